package workplan

import (
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Read reads a plan's text. It never fails: what it cannot settle is a
// warning. The work grows linearly with the length of the text.
func Read(text string) Draft {
	return newReader(text).draft
}

// The most tasks, targets and warnings that ReadWithin takes from one text, each.
const mostRecords = 20_000

// ReadWithin reads a plan's text as Read does. Where the text does not say which
// years it is for, the term given is its own: dates without a year are in it,
// and a flow counts one year where it is no longer. It fails with the context's error soon
// after that has ended, and with fault.UnreadableFile where there are more than 20,000
// tasks, targets or warnings.
func ReadWithin(ctx context.Context, text string, starts, due indicator.Date) (Draft, error) {
	r := newReaderWithin(text, term{starts, due}, func(d Draft, found int) error {
		if max(len(d.Tasks), len(d.Indicators), len(d.Parts), len(d.Implied), len(d.Milestones), len(d.Warnings), found) > mostRecords {
			return fault.Newf(fault.UnreadableFile, "文本的任务、指标或提示各自超过 %d 项，不像一份计划；请拆分后再导入",
				"the text has more than %d tasks, targets or warnings, more than a plan; split it", mostRecords)
		}
		return ctx.Err()
	})
	return r.draft, r.stopped
}

// reader is one reading of a plan.
type reader struct {
	source     *prose.Source
	front      outline.FrontMatter
	firstLeads bool // the plan says that the first agency named leads
	draft      Draft
	blocks     []*block
	stop       func(read Draft, found int) error // says why not to go on, if so
	stopped    error
	undated    bool // a step has a date without a year, and the text does not say which
	pastUntil  int  // targets before the results that were set aside last
	natures    natures
	notes      *bool // the text has notes to tables; nil before that was looked for
}

func newReader(text string) *reader {
	return newReaderWithin(text, term{}, func(Draft, int) error { return nil })
}

// goesOn reports whether to go on reading, with as many blocks found, or targets or
// warnings that are not in the draft yet.
func (r *reader) goesOn(found int) bool {
	if r.stopped == nil {
		r.stopped = r.stop(r.draft, found)
	}
	return r.stopped == nil
}

func newReaderWithin(text string, given term, stop func(Draft, int) error) *reader {
	r := &reader{source: prose.NewSource(text), stop: stop}
	outline.MarkPage(r.source)
	r.front = outline.ReadFrontMatter(r.source)
	silent := r.front.DueOn.IsZero()
	if silent && r.front.StartsOn.IsZero() && !given.starts.IsZero() && !given.due.Before(given.starts) {
		r.front.StartsOn, r.front.DueOn = given.starts, given.due
	}
	r.firstLeads = agency.FirstLeads(r.source)
	r.natures = naturesIn(r.source)
	f := r.front
	r.draft = Draft{Title: f.Title, Issuer: f.Issuer, IssuedOn: f.IssuedOn, StartsOn: f.StartsOn, DueOn: f.DueOn}
	if strings.TrimSpace(text) == "" {
		return r
	}
	r.blocks = r.structure(outline.Nodes(r.source, tableReader(r.source)))
	for _, g := range r.blocks {
		if !r.goesOn(0) {
			return r
		}
		if g.sheet == nil {
			g.read(func() bool { return r.goesOn(max(len(g.targets), len(g.notes), len(g.proposals), len(g.steps))) })
		}
		r.keep(g)
	}
	if !r.goesOn(0) {
		return r
	}
	if f.TellsResults && len(r.draft.Indicators) == 0 {
		r.saysOnlyResults()
	}
	if silent && (r.undated || len(r.draft.Indicators)+len(r.draft.Implied)+len(r.draft.Milestones) > 0) {
		r.warn(0, 0, indicator.WarnTerm)
	}
	sort.SliceStable(r.draft.Indicators, func(i, j int) bool {
		return r.draft.Indicators[i].Source.Start < r.draft.Indicators[j].Source.Start
	})
	sort.SliceStable(r.draft.Milestones, func(i, j int) bool { return r.draft.Milestones[i].Start < r.draft.Milestones[j].Start })
	sort.SliceStable(r.draft.Warnings, func(i, j int) bool { return r.draft.Warnings[i].Start < r.draft.Warnings[j].Start })
	return r
}

// keepNotes takes over the warnings of a block.
func (r *reader) keepNotes(g *block) {
	for i, n := range g.notes {
		from, to := g.segment.Place(n.Start, n.End)
		if i == 0 && n.code == indicator.WarnResults {
			r.warnOfResults(from, to)
			continue
		}
		r.warn(from, to, n.code)
	}
	for _, n := range g.cellNotes {
		r.warnAt(n.Line, n.code, n.where)
	}
}

// saysOnlyResults puts one warning at the title of a text that only tells what was
// reached, in place of those at each stretch.
func (r *reader) saysOnlyResults() {
	r.draft.Warnings = slices.DeleteFunc(r.draft.Warnings, func(w indicator.Warning) bool { return w.Code == indicator.WarnResults })
	l := r.source.Lines[r.front.TitleAt]
	r.warn(l.Start, l.End, indicator.WarnOnlyPast)
}

// keep takes over what a block has read. Text outside of tasks is a task of
// its own only where it sets a target.
func (r *reader) keep(g *block) {
	r.keepNotes(g)
	kept := 0
	for _, f := range g.targets {
		in, code := f.record()
		if code != "" {
			r.warnOfTarget(f, code)
			continue
		}
		r.draft.Indicators = append(r.draft.Indicators, in)
		r.draft.keepBefore(in, f)
		kept++
	}
	kept += r.keepParts(g)
	for _, p := range g.proposals {
		if in, code := p.record(); code == "" {
			r.draft.Implied = append(r.draft.Implied, in)
			kept++
		}
	}
	for _, st := range g.allSteps() {
		if m, ok := g.milestone(st); ok {
			r.draft.Milestones = append(r.draft.Milestones, m)
			kept++
		}
		r.undated = r.undated || g.lacksYear(st.date)
	}
	if g.optional && kept == 0 {
		return
	}
	lead, joint := g.allAgencies()
	start, end := g.segment.Place(0, len(g.segment.Text))
	r.draft.Tasks = append(r.draft.Tasks, indicator.Task{
		Number: g.number, Section: g.section, Title: g.title,
		LeadAgencies: lead, ParticipatingAgencies: joint, Start: start, End: end,
	})
}

// warnOfTarget warns of a target that cannot be kept.
func (r *reader) warnOfTarget(f *candidate, code indicator.WarningCode) {
	if f.cell {
		r.warn(f.cells.Start, f.cells.End, code)
		return
	}
	from, to := f.block.segment.Place(f.mention.token.Start, f.mention.token.End)
	r.warn(from, to, code)
}

// keepParts takes over the shares that a table hands out to places.
func (r *reader) keepParts(g *block) (kept int) {
	for _, f := range g.parts {
		in, code := f.record()
		if code != "" {
			r.warnOfTarget(f, code)
			continue
		}
		r.draft.Parts = append(r.draft.Parts, Part{Indicator: in, Area: f.area, PartOf: f.partOf})
		kept++
	}
	return kept
}
