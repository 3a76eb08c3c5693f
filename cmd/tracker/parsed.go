package main

import (
	"encoding/json"
	"io"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
	"github.com/indicator-tracker/tracker/internal/workplan"
)

// parsedPlan is what `plan parse --json` prints. Values are strings as written;
// a date that the text does not give is null.
type parsedPlan struct {
	Document   parsedDocument    `json:"document"`
	Plan       parsedHead        `json:"plan"`
	Sections   []parsedSection   `json:"sections"`
	Tasks      []parsedTask      `json:"tasks"`
	Indicators []parsedIndicator `json:"indicators"`
	Relative   []parsedIndicator `json:"relative"` // indicators whose value waits for that of a reference
	Implied    []parsedIndicator `json:"implied"`  // aims that the words state without a figure, as proposals
	Milestones []parsedMilestone `json:"milestones"`
	Warnings   []parsedWarning   `json:"warnings"`
}

// parsedMilestone is a dated step of a task without a figure.
type parsedMilestone struct {
	Task   string      `json:"task"`
	Title  string      `json:"title"`
	DueOn  string      `json:"due_on"`
	Source parsedPlace `json:"source"`
}

type parsedPlace struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

type parsedDocument struct {
	SHA256     string `json:"sha256"`
	Characters int    `json:"characters"`
	MediaType  string `json:"media_type"`
}

type parsedHead struct {
	Title    string  `json:"title"`
	Issuer   string  `json:"issuer"`
	IssuedOn *string `json:"issued_on"`
	StartsOn *string `json:"starts_on"`
	DueOn    *string `json:"due_on"`
}

type parsedSection struct {
	Number  int    `json:"number"`
	Heading string `json:"heading"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

type parsedTask struct {
	Number                string   `json:"number"`
	Section               int      `json:"section"`
	Title                 string   `json:"title"`
	LeadAgencies          []string `json:"lead_agencies"`
	ParticipatingAgencies []string `json:"participating_agencies"`
	Start                 int      `json:"start"`
	End                   int      `json:"end"`
}

type parsedTarget struct {
	Comparator string  `json:"comparator"`
	Value      *string `json:"value"` // null while the target waits
	ValueHigh  *string `json:"value_high"`
	Unit       string  `json:"unit"` // empty for an index, and may be while the target waits
	Reference  *string `json:"reference"`
}

type parsedSource struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
	Rule  string `json:"rule"`
	// Where the quote begins: the page of a PDF, the paragraph of a docx or HTML
	// file; null elsewhere.
	Page      *int `json:"page"`
	Paragraph *int `json:"paragraph"`
}

type parsedIndicator struct {
	Task                  string       `json:"task"`
	Name                  string       `json:"name"`
	Kind                  string       `json:"kind"`
	Direction             string       `json:"direction"`
	DirectionBy           string       `json:"direction_by"`
	Course                string       `json:"course"`
	CourseBy              string       `json:"course_by"`
	Over                  *string      `json:"over"` // null for all but growth
	Each                  *string      `json:"each"` // null for a target of the whole term
	Target                parsedTarget `json:"target"`
	Baseline              *string      `json:"baseline"` // of an increment: what it came to the year before, which an import does not keep
	DueOn                 *string      `json:"due_on"`
	Binding               string       `json:"binding"`
	Confidence            string       `json:"confidence"`
	Area                  *string      `json:"area"`    // place whose share of a table it is; null elsewhere
	PartOf                *string      `json:"part_of"` // name of the whole; null for what is no share
	LeadAgencies          []string     `json:"lead_agencies"`
	ParticipatingAgencies []string     `json:"participating_agencies"`
	Source                parsedSource `json:"source"`
}

type parsedWarning struct {
	Line    int    `json:"line"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func writeParsed(out io.Writer, read tracker.ImportedPlan) error {
	p := read.Plan
	parsed := parsedPlan{
		Document: parsedDocument{p.Document.SHA256, p.Document.Characters, p.Document.MediaType},
		Plan:     parsedHead{p.Title, p.Issuer, dateOrNull(p.IssuedOn), dateOrNull(p.StartsOn), dateOrNull(p.DueOn)},
		Sections: []parsedSection{}, Tasks: []parsedTask{}, Indicators: []parsedIndicator{}, Relative: []parsedIndicator{},
		Implied: []parsedIndicator{}, Milestones: []parsedMilestone{}, Warnings: []parsedWarning{},
	}
	for _, s := range p.Sections {
		parsed.Sections = append(parsed.Sections, parsedSection{s.Number, s.Heading, s.Start, s.End})
	}
	for _, t := range p.Tasks {
		parsed.Tasks = append(parsed.Tasks, parsedTask{
			t.Number, t.Section, t.Title, append([]string{}, t.LeadAgencies...), append([]string{}, t.ParticipatingAgencies...), t.Start, t.End,
		})
	}
	add := func(in indicator.Indicator, written parsedIndicator) {
		list := &parsed.Indicators
		switch {
		case in.Source.IsImplied():
			list = &parsed.Implied
		case in.Target.Waits:
			list = &parsed.Relative
		}
		*list = append(*list, written)
	}
	for _, in := range read.Indicators {
		written := parseIndicator(in)
		if before, ok := read.Before[workplan.Key{Task: in.Task, Name: in.Name}]; ok && written.Baseline == nil {
			figure := before.String()
			written.Baseline = &figure
		}
		add(in, written)
	}
	for _, part := range read.Parts {
		written := parseIndicator(part.Indicator)
		written.Area, written.PartOf = wordOrNull(part.Area), wordOrNull(part.PartOf)
		add(part.Indicator, written)
	}
	for _, m := range p.Milestones {
		parsed.Milestones = append(parsed.Milestones, parsedMilestone{m.Task, m.Title, m.DueOn.String(), parsedPlace{m.Start, m.End, m.Quote}})
	}
	for _, w := range p.Warnings {
		parsed.Warnings = append(parsed.Warnings, parsedWarning{w.Line, w.Start, w.End, string(w.Code), w.Message})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(parsed)
}

func parseIndicator(in indicator.Indicator) parsedIndicator {
	written := parsedIndicator{
		Task: in.Task, Name: in.Name, Kind: string(in.Kind), Direction: string(in.Direction), DirectionBy: string(in.DirectionBy),
		Course: string(in.Course), CourseBy: string(in.CourseBy), Over: wordOrNull(in.Over), Each: wordOrNull(in.Each),
		Target: parsedTarget{Comparator: string(in.Target.Comparator), Unit: in.Target.Unit.String()},
		DueOn:  dateOrNull(in.DueOn), Binding: string(in.Binding), Confidence: string(in.Confidence),
		LeadAgencies: append([]string{}, in.LeadAgencies...), ParticipatingAgencies: append([]string{}, in.ParticipatingAgencies...),
		Source: parsedSource{in.Source.Start, in.Source.End, in.Source.Quote, in.Source.Rule, numberOrNull(in.Source.Page), numberOrNull(in.Source.Paragraph)},
	}
	if t := in.Target; !t.Waits {
		value := t.Value.String()
		written.Target.Value = &value
	}
	if reference := in.Target.Reference; reference != "" {
		written.Target.Reference = &reference
	}
	if in.Target.ValueHigh != nil {
		high := in.Target.ValueHigh.String()
		written.Target.ValueHigh = &high
	}
	if in.Baseline != nil {
		baseline := in.Baseline.String()
		written.Baseline = &baseline
	}
	return written
}

func wordOrNull[W ~string](w W) *string {
	if w == "" {
		return nil
	}
	s := string(w)
	return &s
}

func numberOrNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func dateOrNull(d indicator.Date) *string {
	if d.IsZero() {
		return nil
	}
	s := d.String()
	return &s
}
