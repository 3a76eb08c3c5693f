package tracker

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan"
)

// PlanImports are what importing a plan needs of the store.
type PlanImports interface {
	// CreatePlan stores a plan with all its parts and indicators, or nothing.
	CreatePlan(ctx context.Context, p indicator.Plan, indicators []indicator.Indicator) error
	// Plan returns a plan without its document's text and its tasks.
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// Tasks returns the tasks of a plan's current version in its order.
	Tasks(ctx context.Context, plan string, selected indicator.TaskSelection, page indicator.Page) ([]indicator.Task, int64, error)
	// Indicators returns the current versions within sight in the order of the plans and of
	// their tasks, and within a task by number.
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// ProposedMatches are the proposals that names would lead to in a jurisdiction.
	ProposedMatches(ctx context.Context, jurisdiction string, names []string) ([]indicator.AgencyMatch, error)
	// AgencyMatches returns the proposals that a plan has led to.
	AgencyMatches(ctx context.Context, plan string) ([]indicator.AgencyMatch, error)
}

// PlanFile is a document to import.
type PlanFile struct {
	Code      string
	Data      []byte
	MediaType string         // empty: found out from the bytes
	StartsOn  indicator.Date // zero: what the text says
	DueOn     indicator.Date // zero: what the text says
	// Jurisdiction is the place whose agencies the plan names; empty: what issuer or
	// title say. An amendment leaves it as it is.
	Jurisdiction string
	DryRun       bool // read and check, store nothing
	Confirm      bool // import the indicators confirmed, not as drafts

	silent term // the term where neither the request nor the text says
}

// term is the first and the last day of a plan.
type term struct{ starts, due indicator.Date }

// ImportedPlan is a plan with what was read from its text.
type ImportedPlan struct {
	Plan       indicator.Plan
	Indicators []indicator.Indicator
	// Parts are the shares that tables hand out to places, in full; Plan.Parts is what is kept of
	// them. Not there for what was stored.
	Parts []workplan.Part
	// Before is what flows came to the year before; see workplan.Draft.
	Before map[workplan.Key]quantity.Number
	// Matches propose what names that are new in the jurisdiction may be other names of.
	Matches []indicator.AgencyMatch
}

// names are all names of agencies in a plan, in the order it first writes them.
func (p ImportedPlan) names() (names []string) {
	for _, t := range p.Plan.Tasks {
		names = append(append(names, t.LeadAgencies...), t.ParticipatingAgencies...)
	}
	for _, in := range p.Indicators {
		names = append(append(names, in.LeadAgencies...), in.ParticipatingAgencies...)
	}
	return names
}

// ImportPlan reads a document into a plan with its tasks and indicators and
// stores all of it in one transaction; the indicators are drafts unless the
// file is to be confirmed at once. It refuses a code that is taken, a file
// that holds no readable text, and a text whose term can neither be read nor
// was given. What it returns of a dry run has no moments and no versions.
func (s *Service) ImportPlan(ctx context.Context, file PlanFile) (ImportedPlan, error) {
	imported, err := CheckPlan(ctx, file)
	if err != nil {
		return ImportedPlan{}, err
	}
	if file.DryRun {
		if err := s.refuseTaken(ctx, file.Code); err != nil {
			return ImportedPlan{}, err
		}
		imported.Matches, err = s.imports.ProposedMatches(ctx, imported.Plan.Jurisdiction, imported.names())
		return imported, err
	}
	if err := s.imports.CreatePlan(ctx, imported.Plan, imported.Indicators); err != nil {
		return ImportedPlan{}, err
	}
	return s.stored(ctx, imported)
}

// stored reads what the store made of an import.
func (s *Service) stored(ctx context.Context, imported ImportedPlan) (ImportedPlan, error) {
	plan, err := s.imports.Plan(ctx, imported.Plan.Code)
	if err != nil {
		return ImportedPlan{}, err
	}
	if plan.Tasks, _, err = s.imports.Tasks(ctx, plan.Code, indicator.TaskSelection{}, indicator.Page{}); err != nil {
		return ImportedPlan{}, err
	}
	ins, _, err := s.imports.Indicators(ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{plan.Code}}})
	if err != nil {
		return ImportedPlan{}, err
	}
	matches, err := s.imports.AgencyMatches(ctx, plan.Code)
	return ImportedPlan{Plan: plan, Indicators: ins, Matches: matches}, err
}

// CheckPlan turns a file into the plan and indicators that an import would
// store, or refuses it as ImportPlan would, all without any storage.
func CheckPlan(ctx context.Context, file PlanFile) (ImportedPlan, error) {
	if err := indicator.CheckPlanCode(file.Code); err != nil {
		return ImportedPlan{}, err
	}
	if file.Jurisdiction != "" {
		if err := indicator.CheckJurisdiction("jurisdiction", file.Jurisdiction); err != nil {
			return ImportedPlan{}, err
		}
	}
	imported, err := ReadPlan(ctx, file)
	if err != nil {
		return ImportedPlan{}, err
	}
	return imported, checkTerm(imported.Plan)
}

func (s *Service) refuseTaken(ctx context.Context, code string) error {
	_, err := s.imports.Plan(ctx, code)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return err
	}
	return fault.Newf(fault.PlanExists, "计划代码 %s 已被使用", "the plan code %s is taken", code).At("code")
}

// ReadPlan turns a file into the plan and indicators that an import would
// store, and touches no storage. The code may be empty, and the term stays zero
// where neither the file nor its text gives one. It stops with the context.
func ReadPlan(ctx context.Context, file PlanFile) (ImportedPlan, error) {
	text, err := document.Read(ctx, file.Data, file.MediaType)
	if err != nil {
		return ImportedPlan{}, err
	}
	given := file.given()
	draft, err := workplan.ReadWithin(ctx, text.Content, given.starts, given.due)
	if err != nil {
		return ImportedPlan{}, err
	}
	starts, due := termOf(draft, file)
	plan := indicator.Plan{
		Code: file.Code, Title: draft.Title, Issuer: draft.Issuer, IssuedOn: draft.IssuedOn,
		StartsOn: starts, DueOn: due, Version: 1,
		Document: indicator.Document{
			SHA256: text.SHA256, MediaType: text.MediaType, Characters: text.Characters,
			Text: text.Content, Original: file.Data,
		},
		Sections: draft.Sections, Tasks: draft.Tasks, Milestones: draft.Milestones, Warnings: draft.Warnings,
		Jurisdiction: cmp.Or(file.Jurisdiction, indicator.JurisdictionOf(draft.Issuer, draft.Title, file.Code)),
	}
	for i := range plan.Tasks {
		plan.Tasks[i].Plan = file.Code
	}
	state := indicator.Draft
	if file.Confirm {
		state = indicator.Confirmed
	}
	indicators := complete(draft, plan, state)
	for i := range indicators {
		locate(&indicators[i].Source, text)
	}
	plan.Parts = make([]indicator.PlanPart, len(draft.Parts))
	for i := range draft.Parts {
		part := &draft.Parts[i]
		locate(&part.Indicator.Source, text)
		fitTerm(&part.Indicator, draft, plan)
		plan.Parts[i] = part.Kept()
	}
	for _, in := range indicators {
		plan.Review.Add(in.State, 1)
	}
	return ImportedPlan{Plan: plan, Indicators: indicators, Parts: draft.Parts, Before: draft.Before}, nil
}

// locate adds where in the file a quote begins.
func locate(s *indicator.Source, text document.Text) {
	switch place := text.PlaceOf(s.Start); place.Kind {
	case document.Page:
		s.Page = place.Number
	case document.Paragraph:
		s.Paragraph = place.Number
	}
}

// given is the term that the request gives, else that of the plan it amends.
func (file PlanFile) given() term {
	given := file.silent
	if !file.StartsOn.IsZero() {
		given.starts = file.StartsOn
	}
	if !file.DueOn.IsZero() {
		given.due = file.DueOn
	}
	return given
}

// termOf is what the request gives, else what the text says.
func termOf(draft workplan.Draft, file PlanFile) (starts, due indicator.Date) {
	given := file.given()
	starts, due = draft.StartsOn, draft.DueOn
	if !file.StartsOn.IsZero() || starts.IsZero() {
		starts = given.starts
	}
	if !file.DueOn.IsZero() || due.IsZero() {
		due = given.due
	}
	return starts, due
}

func checkTerm(p indicator.Plan) error {
	switch {
	case p.StartsOn.IsZero():
		return fault.Newf(fault.RequiredField, "文本没有写明计划期，请给出起始日期 starts_on", "the text does not say when the term starts; give starts_on").At("starts_on")
	case p.DueOn.IsZero():
		return fault.Newf(fault.RequiredField, "文本没有写明计划期，请给出截止日期 due_on", "the text does not say when the term ends; give due_on").At("due_on")
	case p.DueOn.Before(p.StartsOn):
		return fault.Newf(fault.InvalidDate, "截止日期 %s 早于起始日期 %s", "the term ends on %s, before it starts on %s", p.DueOn, p.StartsOn).At("due_on")
	}
	return nil
}

// complete gives the indicators of a draft their codes, the plan's term and a
// state, in the order of their tasks; those that its words imply come last within their task
// and stay drafts. A reader that does not say how sure it is, is fairly sure.
func complete(draft workplan.Draft, plan indicator.Plan, state indicator.State) []indicator.Indicator {
	count := map[string]int{}
	done := make([]indicator.Indicator, 0, len(draft.Indicators)+len(draft.Implied))
	for _, in := range slices.Concat(draft.Indicators, draft.Implied) {
		count[in.Task]++
		in.Plan = plan.Code
		in.Code = fmt.Sprintf("%s-%s-%d", plan.Code, in.Task, count[in.Task])
		fitTerm(&in, draft, plan)
		if in.Each != "" && len(in.WholeEach()) == 0 { // a term given by hand may be too short
			in.Each = ""
		}
		in.Settle()
		in.Version, in.Source.Version, in.State = 1, plan.Version, state
		if in.Source.IsImplied() {
			in.State = indicator.Draft
		}
		if in.Confidence == "" {
			in.Confidence = indicator.Medium
		}
		done = append(done, in)
	}
	place := make(map[string]int, len(draft.Tasks))
	for i, task := range draft.Tasks {
		place[task.Number] = i
	}
	slices.SortStableFunc(done, func(a, b indicator.Indicator) int { return place[a.Task] - place[b.Task] })
	return done
}

// fitTerm fits an indicator of a draft into the plan's term, which may have been given.
func fitTerm(in *indicator.Indicator, draft workplan.Draft, plan indicator.Plan) {
	if in.DueOn.IsZero() || in.DueOn == draft.DueOn {
		in.DueOn = plan.DueOn
	}
	if in.StartsOn == draft.StartsOn || !in.StartsOn.After(plan.StartsOn) || in.StartsOn.After(in.DueOn) {
		in.StartsOn = plan.StartsOn
	}
	if !in.DueOn.IsZero() && in.DueOn.Before(in.StartsOn) {
		in.StartsOn = indicator.DateOf(in.DueOn.Year(), 1, 1)
	}
	in.TermEndsOn = later(in.DueOn, plan.DueOn)
}

func later(a, b indicator.Date) indicator.Date {
	if a.After(b) {
		return a
	}
	return b
}
