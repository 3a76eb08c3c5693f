package tracker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/amendment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan"
)

// PlanAmendments are what amending a plan needs of the store.
type PlanAmendments interface {
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// Document returns the document of a version of a plan.
	Document(ctx context.Context, plan string, version int) (indicator.Document, error)
	Tasks(ctx context.Context, plan string, selected indicator.TaskSelection, page indicator.Page) ([]indicator.Task, int64, error)
	// AmendPlan stores the next version of a plan, or refuses when the plan or
	// its indicators are not those the amendment was made for.
	AmendPlan(ctx context.Context, a indicator.Amendment) error
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// NewCodes returns free codes for indicators of a plan's tasks, in their order.
	NewCodes(ctx context.Context, plan string, tasks []string) ([]string, error)
	// Current returns the newest revisions known at a moment by indicator code.
	Current(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error)
}

// Amendment is a newer text of a plan held against the plan.
type Amendment struct {
	From indicator.Plan // as it stands, without tasks and text
	To   indicator.Plan // as the newer text has it; From once more when nothing differs
	// Token stands for this comparison: both texts and every indicator as it was.
	// Empty when there is nothing to apply.
	Token   string
	Applied bool
	Diff    amendment.Diff // Added with the codes they get
	// Texts are both texts side by side; nil when they are the same or too long for it.
	Texts *amendment.Texts
}

// Bounds of what an answer shows of two texts.
const (
	shownTextChanges = 300
	shownTextBytes   = 300_000
)

// AmendPlan compares a newer text with a plan and, given the token of that very
// comparison, makes it the plan's next version in one transaction: indicators
// added are confirmed, but for those that its words only imply, which are drafts; changed ones get a new version, removed ones are
// withdrawn, and measurements stay with their indicators. Without a token
// nothing is stored. The text that the plan has already, for the same term,
// changes nothing, with or without a token.
//
// It refuses a token of any other comparison, as the plan, one of its
// indicators or the text is not the one that was looked at.
func (s *Service) AmendPlan(ctx context.Context, file PlanFile, token string) (Amendment, error) {
	from, err := s.amendments.Plan(ctx, file.Code)
	if err != nil {
		return Amendment{}, err
	}
	file.silent, file.Jurisdiction = term{from.StartsOn, from.DueOn}, from.Jurisdiction
	next, err := ReadPlan(ctx, file)
	if err != nil {
		return Amendment{}, err
	}
	if err := checkTerm(next.Plan); err != nil {
		return Amendment{}, err
	}
	all, _, err := s.amendments.Indicators(ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{file.Code}}})
	if err != nil {
		return Amendment{}, err
	}
	current := slices.DeleteFunc(slices.Clone(all), func(in indicator.Indicator) bool { return in.State == indicator.Withdrawn })
	if sameText(from, next.Plan) {
		return Amendment{From: from, To: from, Diff: amendment.Diff{Unchanged: len(current)}}, nil
	}
	next.advance(from)
	a := Amendment{From: from, To: next.Plan}
	if a.Diff, err = s.compare(ctx, from, current, next); err != nil {
		return Amendment{}, err
	}
	doc, err := s.amendments.Document(ctx, from.Code, from.Version)
	if err != nil {
		return Amendment{}, err
	}
	if texts, ok := amendment.CompareTexts(doc.Text, a.To.Document.Text, shownTextChanges, shownTextBytes); ok {
		a.Texts = &texts
	}
	a.Token = tokenOf(a, all)
	if token == "" {
		return a, nil
	}
	if token != a.Token {
		return Amendment{}, fault.Newf(fault.PreconditionFailed,
			"比对之后计划、指标或文本已有变动，请重新比对并核对差异", "the plan, its indicators or the text is not the one that was compared: compare again and look at the difference").At("confirm")
	}
	if err := s.amendments.AmendPlan(ctx, a.plan(all)); err != nil {
		return Amendment{}, err
	}
	a.Applied = true
	return a, nil
}

// Fields are the fields of the plan itself that the newer text changes.
func (a Amendment) Fields() []amendment.FieldChange {
	var changed []amendment.FieldChange
	for _, f := range []amendment.FieldChange{
		{Field: "/title", Before: a.From.Title, After: a.To.Title},
		{Field: "/issuer", Before: a.From.Issuer, After: a.To.Issuer},
		{Field: "/issued_on", Before: a.From.IssuedOn.String(), After: a.To.IssuedOn.String()},
		{Field: "/starts_on", Before: a.From.StartsOn.String(), After: a.To.StartsOn.String()},
		{Field: "/due_on", Before: a.From.DueOn.String(), After: a.To.DueOn.String()},
	} {
		if f.Before != f.After {
			changed = append(changed, f)
		}
	}
	return changed
}

func sameText(a, b indicator.Plan) bool {
	return a.Document.SHA256 == b.Document.SHA256 && a.StartsOn == b.StartsOn && a.DueOn == b.DueOn
}

// advance makes a reading the version after the one that the plan has.
func (p *ImportedPlan) advance(from indicator.Plan) {
	p.Plan.Version = from.Version + 1
	for i := range p.Indicators {
		p.Indicators[i].Source.Version = p.Plan.Version
	}
}

// compare holds the newer reading against the plan.
func (s *Service) compare(ctx context.Context, from indicator.Plan, current []indicator.Indicator, next ImportedPlan) (amendment.Diff, error) {
	old, err := s.held(ctx, from, current)
	if err != nil {
		return amendment.Diff{}, err
	}
	diff := amendment.Compare(old, amendment.New{DueOn: next.Plan.DueOn, Tasks: next.Plan.Tasks, Indicators: next.Indicators})
	tasks := make([]string, len(diff.Added))
	for i, a := range diff.Added {
		tasks[i] = a.Indicator.Task
	}
	codes, err := s.amendments.NewCodes(ctx, from.Code, tasks)
	if err != nil {
		return amendment.Diff{}, err
	}
	for i := range diff.Added {
		diff.Added[i].Indicator.Code = codes[i]
		if added := &diff.Added[i].Indicator; !added.Source.IsImplied() {
			added.State = indicator.Confirmed
		}
	}
	return diff, nil
}

// held is the plan's side of the comparison: every indicator with what its own
// document says of it, read by the reader of today, and whether anything was
// reported for it.
func (s *Service) held(ctx context.Context, from indicator.Plan, current []indicator.Indicator) (amendment.Old, error) {
	tasks, _, err := s.amendments.Tasks(ctx, from.Code, indicator.TaskSelection{}, indicator.Page{})
	if err != nil {
		return amendment.Old{}, err
	}
	codes := make([]string, len(current))
	for i, in := range current {
		codes[i] = in.Code
	}
	reports, err := s.amendments.Current(ctx, codes, time.Time{})
	if err != nil {
		return amendment.Old{}, err
	}
	old := amendment.Old{Tasks: tasks, Indicators: make([]amendment.Held, len(current))}
	readings := readings{documents: s.amendments, from: from, byVersion: map[int]map[place][]indicator.Indicator{}}
	for i, in := range current {
		asRead, err := readings.of(ctx, in)
		if err != nil {
			return amendment.Old{}, err
		}
		old.Indicators[i] = amendment.Held{Indicator: in, AsRead: asRead, Measured: len(reports[in.Code]) > 0}
	}
	return old, nil
}

// place is where in a document an indicator stands.
type place struct{ start, end int }

// readings reads the documents of a plan's versions once more, each once.
type readings struct {
	documents PlanAmendments
	from      indicator.Plan
	byVersion map[int]map[place][]indicator.Indicator
}

// of returns what an indicator's own document says of it, or nil when it has
// none or today's reader finds nothing at its place.
func (r readings) of(ctx context.Context, in indicator.Indicator) (*indicator.Indicator, error) {
	version := in.Source.Version
	if in.Source.ByHand() {
		return nil, nil //nolint:nilnil // no reading is a valid answer
	}
	if _, known := r.byVersion[version]; !known {
		doc, err := r.documents.Document(ctx, r.from.Code, version)
		if err != nil {
			return nil, err
		}
		if r.byVersion[version], err = r.read(ctx, doc, version); err != nil {
			return nil, err
		}
	}
	at := place{in.Source.Start, in.Source.End}
	found := r.byVersion[version][at]
	if len(found) == 0 {
		return nil, nil //nolint:nilnil // no reading is a valid answer
	}
	// One sentence may set several targets: the same name first, else in order.
	n := max(0, slices.IndexFunc(found, func(read indicator.Indicator) bool { return read.Name == in.Name }))
	asRead := found[n]
	r.byVersion[version][at] = slices.Delete(found, n, n+1)
	return &asRead, nil
}

// read finds the indicators of a document. Their term is the plan's: an
// indicator that kept an older source was not touched by a change of it.
func (r readings) read(ctx context.Context, doc indicator.Document, version int) (map[place][]indicator.Indicator, error) {
	plan := r.from
	plan.Version = version
	found := map[place][]indicator.Indicator{}
	draft, err := workplan.ReadWithin(ctx, doc.Text, plan.StartsOn, plan.DueOn)
	if err != nil {
		return nil, err
	}
	for _, in := range complete(draft, plan, indicator.Draft) {
		at := place{in.Source.Start, in.Source.End}
		found[at] = append(found[at], in)
	}
	return found, nil
}

// tokenOf is a hash over both texts, their terms, and each indicator with its
// version: all that the difference follows from, and what it is.
func tokenOf(a Amendment, all []indicator.Indicator) string {
	var b strings.Builder
	for _, p := range []indicator.Plan{a.From, a.To} {
		fmt.Fprintln(&b, p.Code, p.Version, p.Document.SHA256, p.StartsOn, p.DueOn)
	}
	for _, in := range all {
		fmt.Fprintln(&b, in.Code, in.Version)
	}
	for _, added := range a.Diff.Added {
		fmt.Fprintln(&b, "added", added.Indicator.Code, added.Replaces)
	}
	for _, removed := range a.Diff.Removed {
		fmt.Fprintln(&b, "removed", removed.Indicator.Code)
	}
	for _, in := range a.Diff.Replaced {
		fmt.Fprintln(&b, "replaced", in.Code)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:16])
}

// plan is the amendment as the store takes it.
func (a Amendment) plan(all []indicator.Indicator) indicator.Amendment {
	change := indicator.Amendment{Plan: a.To, Known: make(map[string]int, len(all)), Changed: slices.Clone(a.Diff.Replaced)}
	for _, in := range all {
		change.Known[in.Code] = in.Version
	}
	for _, removed := range a.Diff.Removed {
		removed.Indicator.State = indicator.Withdrawn
		change.Changed = append(change.Changed, removed.Indicator)
	}
	for _, added := range a.Diff.Added {
		change.Added = append(change.Added, added.Indicator)
	}
	return change
}
