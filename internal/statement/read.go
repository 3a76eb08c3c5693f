package statement

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// reading reads the texts of a document and keeps the first fault, with the place of the
// text as a JSON pointer.
type reading struct{ err error }

func (r *reading) keep(at string, err error) {
	if r.err == nil && err != nil {
		r.err = fault.From(err).At(at)
	}
}

func parsed[T any](r *reading, at, s string, parse func(string) (T, error)) T {
	v, err := parse(s)
	r.keep(at, err)
	return v
}

// optional is nil for null.
func optional[T any](r *reading, at string, s *string, parse func(string) (T, error)) *T {
	if s == nil {
		return nil
	}
	v := parsed(r, at, *s, parse)
	return &v
}

// wordOf is the word that a text spells, none for null.
func wordOf[W ~string](s *string) W {
	if s == nil {
		return ""
	}
	return W(*s)
}

func parseUnit(s string) (quantity.Unit, error) {
	if s == "" {
		return quantity.Unit{}, nil
	}
	return quantity.ParseUnit(s)
}

func malformed(s string) error {
	return fault.Newf(fault.InvalidValue, "写法不正确：%q", "this is not written correctly: %q", s)
}

func parseMoment(s string) (time.Time, error) {
	t, err := time.Parse(momentForm, s)
	if err != nil {
		return t, malformed(s)
	}
	return t.UTC(), nil
}

func parseID(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, malformed(s)
	}
	return id, nil
}

func parseHash(s string) ([]byte, error) {
	hash, err := hex.DecodeString(s)
	if err != nil || hex.EncodeToString(hash) != s {
		return nil, malformed(s)
	}
	return hash, nil
}

func parsePlace(s string) (*time.Location, error) {
	place, err := time.LoadLocation(s)
	if err != nil || place == time.Local {
		return nil, malformed(s)
	}
	return place, nil
}

// factsOf reads the facts of a statement. Of a reporter with a key the id is byKey, for
// the statement does not say it.
func factsOf(s v1.Statement) (Facts, error) {
	r := &reading{}
	f := Facts{
		Program: s.Program, On: parsed(r, "/on", s.On, indicator.ParseDate), AsOf: parsed(r, "/as_of", s.AsOf, parseMoment),
		Plan: r.plan(s.Plan), Indicator: r.indicator(s.Indicator), ProfileVersion: s.Profile.Version,
	}
	f.Indicator.Plan = f.Plan.Code
	for i, m := range s.Measurements {
		f.Evidence.Measurements = append(f.Evidence.Measurements, r.measurement(fmt.Sprintf("/measurements/%d", i), s.Indicator.Code, m))
	}
	if src := s.Indicator.Source; src != nil {
		f.Evidence.Document = src.SHA256
	}
	if head := s.AuditHead; head != nil {
		f.Evidence.Head = indicator.AuditEntry{
			Seq: parsed(r, "/audit_head/seq", head.Seq, parseID), At: parsed(r, "/audit_head/at", head.At, parseMoment),
			Hash: parsed(r, "/audit_head/hash", head.Hash, parseHash),
		}
	}
	f.Profile = parsed(r, "/profile/content", string(s.Profile.Content), func(s string) (progress.Profile, error) { return progress.ParseProfile([]byte(s)) })
	f.Profile.Place = parsed(r, "/profile/timezone", s.Profile.Timezone, parsePlace)
	return f, r.err
}

func (r *reading) plan(p v1.StatementPlan) indicator.Plan {
	plan := indicator.Plan{
		Code: p.Code, Version: p.Version, Title: p.Title, Issuer: p.Issuer, Jurisdiction: p.Jurisdiction,
		StartsOn: parsed(r, "/plan/starts_on", p.StartsOn, indicator.ParseDate), DueOn: parsed(r, "/plan/due_on", p.DueOn, indicator.ParseDate),
	}
	if issued := optional(r, "/plan/issued_on", p.IssuedOn, indicator.ParseDate); issued != nil {
		plan.IssuedOn = *issued
	}
	return plan
}

func (r *reading) indicator(w v1.StatementIndicator) indicator.Indicator {
	in := indicator.Indicator{
		Code: w.Code, Version: w.Version, Task: w.Task, Section: w.Section, Name: w.Name,
		Kind: indicator.Kind(w.Kind), Direction: indicator.Direction(w.Direction), DirectionBy: indicator.Settled(w.DirectionBy),
		Course: indicator.Course(w.Course), CourseBy: indicator.Settled(w.CourseBy),
		Over: wordOf[indicator.Over](w.Over), Each: wordOf[indicator.Frequency](w.Each), DefaultBasis: indicator.Basis(w.DefaultBasis),
		Target: r.target(w.Target), Baseline: optional(r, "/indicator/baseline", w.Baseline, quantity.ParseNumber),
		StartsOn:   parsed(r, "/indicator/starts_on", w.StartsOn, indicator.ParseDate),
		DueOn:      parsed(r, "/indicator/due_on", w.DueOn, indicator.ParseDate),
		TermEndsOn: parsed(r, "/indicator/term_ends_on", w.TermEndsOn, indicator.ParseDate),
		Frequency:  indicator.Frequency(w.Frequency), Binding: indicator.Binding(w.Binding), State: indicator.State(w.State), Confidence: indicator.Confidence(w.Confidence),
		LeadAgencies: w.LeadAgencies, ParticipatingAgencies: w.ParticipatingAgencies,
		CreatedAt: parsed(r, "/indicator/created_at", w.CreatedAt, parseMoment), UpdatedAt: parsed(r, "/indicator/updated_at", w.UpdatedAt, parseMoment),
	}
	for i, p := range w.Curve {
		at := fmt.Sprintf("/indicator/curve/%d", i)
		in.Curve = append(in.Curve, indicator.CurvePoint{
			On: parsed(r, at+"/on", p.On, indicator.ParseDate), Percent: parsed(r, at+"/percent", p.Percent, quantity.ParseNumber),
		})
	}
	if s := w.Source; s != nil {
		in.Source = indicator.Source{
			Version: s.DocumentVersion, Start: s.Start, End: s.End, Quote: s.Quote, Rule: s.Rule, Page: s.Page, Paragraph: s.Paragraph,
		}
	}
	return in
}

func (r *reading) target(w v1.StatementTarget) indicator.Target {
	t := indicator.Target{
		Comparator: indicator.Comparator(w.Comparator), ValueHigh: optional(r, "/indicator/target/value_high", w.ValueHigh, quantity.ParseNumber),
		Unit: parsed(r, "/indicator/target/unit", w.Unit, parseUnit), Reference: w.Reference,
	}
	value := optional(r, "/indicator/target/value", w.Value, quantity.ParseNumber)
	if value == nil {
		t.Waits = true
		return t
	}
	t.Value = *value
	return t
}

func (r *reading) measurement(at, code string, w v1.StatementMeasurement) indicator.Measurement {
	m := indicator.Measurement{
		ID: parsed(r, at+"/id", w.ID, parseID), Indicator: code, Revision: w.Revision,
		Period: parsed(r, at+"/period", w.Period, indicator.ParsePeriod), Basis: indicator.Basis(w.Basis),
		Unit: parsed(r, at+"/unit", w.Unit, parseUnit), Missing: wordOf[indicator.Missing](w.Missing), Provisional: w.Provisional,
		SourceID: w.SourceID, Note: w.Note, EvidenceURL: w.EvidenceURL, RecordedAt: parsed(r, at+"/recorded_at", w.RecordedAt, parseMoment),
	}
	if value := optional(r, at+"/value", w.Value, quantity.ParseNumber); value != nil {
		m.Value = *value
	}
	over, under := optional(r, at+"/numerator", w.Numerator, quantity.ParseNumber), optional(r, at+"/denominator", w.Denominator, quantity.ParseNumber)
	switch {
	case over == nil || under == nil:
	case under.Sign() <= 0:
		r.keep(at+"/denominator", malformed(under.String()))
	default:
		m.Share = &indicator.Share{Numerator: *over, Denominator: *under}
	}
	parsed(r, at+"/hash", w.Hash, parseHash)
	if by := w.ReportedBy; by != nil {
		if by.By != byKey && !keyless[by.By] {
			r.keep(at+"/reported_by/by", malformed(by.By))
		}
		m.ReportedBy = indicator.Reporter{Agency: by.Agency, Key: by.By, Name: by.KeyName}
	}
	return m
}

// nameSenders puts the id of a key, of those given, where it gives a measurement the hash
// that the statement has, and lists the places of the measurements whose key is not known.
func nameSenders(ms []indicator.Measurement, stated []v1.StatementMeasurement, senders []string) (unknown []int) {
	for i := range ms {
		m := &ms[i]
		if m.ReportedBy.Key != byKey {
			continue
		}
		at := slices.IndexFunc(senders, func(id string) bool {
			sent := *m
			sent.ReportedBy.Key = id
			return hashText(sent) == stated[i].Hash
		})
		if at < 0 {
			unknown = append(unknown, i)
			continue
		}
		m.ReportedBy.Key = senders[at]
	}
	return unknown
}
