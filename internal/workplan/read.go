package workplan

import (
	"context"
	"slices"
	"sort"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Read reads a plan's text. It never fails: what it cannot settle is a
// warning. The work grows linearly with the length of the text.
func Read(text string) Draft {
	r := newReader(text, term{}, func(Draft, int) error { return nil })
	_ = r.read(r.keep) // nothing stops it
	return r.draft
}

// The most tasks, targets and warnings that ReadWithin takes from one text, each.
const mostRecords = 20_000

// ReadWithin reads a plan's text as Read does. Where the text does not say which
// years it is for, the term given is its own: dates without a year are in it,
// and a flow counts one year where it is no longer. It fails with the context's error soon
// after that has ended, and with fault.UnreadableFile where there are more than 20,000
// tasks, targets or warnings.
func ReadWithin(ctx context.Context, text string, starts, due indicator.Date) (Draft, error) {
	r := newReader(text, term{starts, due}, func(d Draft, found int) error {
		if max(len(d.Tasks), len(d.Indicators), len(d.Parts), len(d.Implied), len(d.Milestones), len(d.Warnings), found) > mostRecords {
			return fault.Newf(fault.UnreadableFile, "文本的任务、指标或提示各自超过 %d 项，不像一份计划；请拆分后再导入",
				"the text has more than %d tasks, targets or warnings, more than a plan; split it", mostRecords)
		}
		return ctx.Err()
	})
	err := r.read(r.keep)
	return r.draft, err
}

// reader is one reading of a plan.
type reader struct {
	source     *prose.Source
	front      outline.FrontMatter
	firstLeads bool // the plan says that the first agency named leads
	draft      Draft
	stop       func(read Draft, found int) error // says why not to go on, if so
	silent     bool                              // the text does not say which years it is for
	undated    bool                              // a step has a date without a year, and the text does not say which
	pastUntil  int                               // targets before the results that were set aside last
	natures    natures
	hasNotes   bool // tables of the text have notes
}

// check says why not to go on reading, with as many blocks found, or targets or warnings
// that are not in the draft yet; nil to go on.
func (r *reader) check(found int) error { return r.stop(r.draft, found) }

// newReader reads what the text says of itself as a whole.
func newReader(text string, given term, stop func(Draft, int) error) *reader {
	r := &reader{source: prose.NewSource(text), stop: stop}
	outline.MarkPage(r.source)
	r.front = outline.ReadFrontMatter(r.source)
	r.silent = r.front.DueOn.IsZero()
	if r.silent && r.front.StartsOn.IsZero() && !given.starts.IsZero() && !given.due.Before(given.starts) {
		r.front.StartsOn, r.front.DueOn = given.starts, given.due
	}
	r.firstLeads = agency.FirstLeads(r.source)
	r.natures = naturesIn(r.source)
	r.hasNotes = hasTableNotes(r.source)
	f := r.front
	r.draft = Draft{Title: f.Title, Issuer: f.Issuer, IssuedOn: f.IssuedOn, StartsOn: f.StartsOn, DueOn: f.DueOn}
	return r
}

// read hands each block and what it says to keep, and settles the draft. It stops with the
// first error of check.
func (r *reader) read(keep func(*block, *findings)) error {
	if err := r.readBlocks(keep); err != nil {
		return err
	}
	if r.front.TellsResults && len(r.draft.Indicators) == 0 {
		r.saysOnlyResults()
	}
	if r.front.OtherKind {
		r.doubtsAll()
	}
	if r.silent && (r.undated || len(r.draft.Indicators)+len(r.draft.Implied)+len(r.draft.Milestones) > 0) {
		r.warn(0, 0, indicator.WarnTerm)
	}
	sort.SliceStable(r.draft.Indicators, func(i, j int) bool {
		return r.draft.Indicators[i].Source.Start < r.draft.Indicators[j].Source.Start
	})
	sort.SliceStable(r.draft.Milestones, func(i, j int) bool { return r.draft.Milestones[i].Start < r.draft.Milestones[j].Start })
	sort.SliceStable(r.draft.Warnings, func(i, j int) bool { return r.draft.Warnings[i].Start < r.draft.Warnings[j].Start })
	return nil
}

func (r *reader) readBlocks(keep func(*block, *findings)) error {
	blocks, err := r.structure(outline.Nodes(r.source, tableReader(r.source)))
	if err != nil {
		return err
	}
	var before stretch
	for _, g := range blocks {
		found := g.cells
		if found == nil {
			if found, err = g.read(before, r.check); err != nil {
				return err
			}
		}
		before = found.ends
		keep(g, found)
		if err = r.check(0); err != nil {
			return err
		}
	}
	return nil
}

// keepNotes takes over the warnings of a block.
func (r *reader) keepNotes(g *block, found *findings) {
	for i, n := range found.notes {
		from, to := g.segment.Place(n.Start, n.End)
		if i == 0 && n.code == indicator.WarnResults {
			r.warnOfResults(from, to)
			continue
		}
		r.warn(from, to, n.code)
	}
	for _, n := range slices.Concat(g.unread, found.cellNotes) {
		r.warnAt(n.Line, n.code, n.where)
	}
	for _, n := range g.figures {
		if !found.readIn(g, n.Line) {
			r.warnAt(n.Line, n.code, n.where)
		}
	}
}

// readIn reports whether anything was read, or is warned of, in a stretch of the text.
func (found *findings) readIn(g *block, l prose.Line) bool {
	within := func(start, end int) bool {
		from, to := g.segment.Place(start, end)
		return from < l.End && to > l.Start
	}
	for _, f := range found.targets {
		if t := f.mention.token; within(t.Start, t.End) {
			return true
		}
	}
	for _, p := range found.proposals {
		if within(p.found.start, p.found.end) {
			return true
		}
	}
	for _, st := range found.steps {
		if within(st.start, st.end) {
			return true
		}
	}
	return slices.ContainsFunc(found.notes, func(n note) bool { return within(n.Start, n.End) })
}

// doubtsAll lowers what was read of a text that is no plan to low confidence, and says so at its
// title.
func (r *reader) doubtsAll() {
	for _, all := range [][]indicator.Indicator{r.draft.Indicators, r.draft.Implied} {
		for i := range all {
			all[i].Confidence = indicator.Low
		}
	}
	for i := range r.draft.Parts {
		r.draft.Parts[i].Indicator.Confidence = indicator.Low
	}
	if len(r.draft.Indicators)+len(r.draft.Implied)+len(r.draft.Parts) == 0 {
		return
	}
	if r.front.TitleAt < 0 {
		r.warn(0, 0, indicator.WarnOtherKind)
		return
	}
	l := r.source.Lines[r.front.TitleAt]
	r.warn(l.Start, l.End, indicator.WarnOtherKind)
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
func (r *reader) keep(g *block, found *findings) {
	r.keepNotes(g, found)
	kept := 0
	for _, f := range found.targets {
		in, code := f.record()
		if code != "" {
			r.warnOfTarget(f, code)
			continue
		}
		r.draft.Indicators = append(r.draft.Indicators, in)
		r.draft.keepBefore(in, f)
		kept++
	}
	kept += r.keepParts(found.parts)
	for _, p := range found.proposals {
		if in, code := p.record(); code == "" {
			r.draft.Implied = append(r.draft.Implied, in)
			kept++
		}
	}
	for _, st := range g.allSteps(found) {
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
func (r *reader) keepParts(parts []*candidate) (kept int) {
	for _, f := range parts {
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
