package tracker

import (
	"context"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan"
)

// IndicatorChanges are what keeping indicators needs of the store.
type IndicatorChanges interface {
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// Document returns the document of a version of a plan.
	Document(ctx context.Context, plan string, version int) (indicator.Document, error)
	// Task returns one task of a plan.
	Task(ctx context.Context, plan, number string) (indicator.Task, error)
	// CreateIndicator stores a new indicator and gives it a code when it has none.
	CreateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error)
	// Indicator returns the current version of one indicator, if it is within sight.
	Indicator(ctx context.Context, visible indicator.Visibility, code string) (indicator.Indicator, error)
	// UpdateIndicator replaces the version that the indicator carries, or
	// refuses when another one is current.
	UpdateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error)
}

// CreateIndicator adds an indicator to a task by hand, confirmed. Term, agencies
// and words that are left empty come from the plan and the task; agencies are
// left out when nil, and none when empty. A source that has an end is a sentence
// marked in the plan's current text, and its quote, if any, has to be that sentence.
func (s *Service) CreateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error) {
	plan, err := s.indicators.Plan(ctx, in.Plan)
	if err != nil {
		return indicator.Indicator{}, unknownAs(err, fault.UnknownPlan, "/plan", in.Plan)
	}
	task, err := s.indicators.Task(ctx, in.Plan, in.Task)
	if err != nil {
		return indicator.Indicator{}, unknownAs(err, fault.UnknownTask, "/task", in.Task)
	}
	in.Section, in.State, in.Confidence = task.Section, indicator.Confirmed, indicator.High
	fillFrom(&in, plan, task)
	if err := in.Check(); err != nil {
		return indicator.Indicator{}, err
	}
	if err := s.checkCodesFree(ctx, in); err != nil {
		return indicator.Indicator{}, err
	}
	if in.Source.End != 0 {
		if in.Source, err = s.marked(ctx, plan, in.Source); err != nil {
			return indicator.Indicator{}, err
		}
	}
	return s.indicators.CreateIndicator(ctx, in)
}

// mostMarked is how long a sentence that a person marks may be, in characters.
const mostMarked = 2000

// marked is a sentence that a person marked in the current text of a plan.
func (s *Service) marked(ctx context.Context, plan indicator.Plan, mark indicator.Source) (indicator.Source, error) {
	doc, err := s.indicators.Document(ctx, plan.Code, plan.Version)
	if err != nil {
		return indicator.Source{}, err
	}
	text := []rune(doc.Text)
	switch {
	case mark.Start < 0 || mark.Start >= len(text):
		return indicator.Source{}, fault.Newf(fault.InvalidValue, "起点 %d 不在文本之内，文本共 %d 字", "the text of %[2]d characters has no place %[1]d", mark.Start, len(text)).At("/source/start")
	case mark.End <= mark.Start || mark.End > len(text):
		return indicator.Source{}, fault.Newf(fault.InvalidValue, "终点应在起点 %d 之后，且不超过文本的 %d 字", "the end has to be after the start %d and within the text of %d characters", mark.Start, len(text)).At("/source/end")
	case mark.End-mark.Start > mostMarked:
		return indicator.Source{}, fault.Newf(fault.InvalidValue, "最多标注 %d 字", "at most %d characters can be marked", mostMarked).At("/source/end")
	}
	quote := string(text[mark.Start:mark.End])
	switch {
	case strings.TrimSpace(quote) == "":
		return indicator.Source{}, fault.Newf(fault.InvalidValue, "标注之处没有文字", "nothing is written where it was marked").At("/source/start")
	case mark.Quote != "" && mark.Quote != quote:
		return indicator.Source{}, fault.Newf(fault.InvalidValue, "标注之处的文字与 quote 不同，请按计划现行文本标注", "what is written there is not the quote: mark it in the plan's current text").At("/source/quote")
	}
	return indicator.Source{Version: plan.Version, Start: mark.Start, End: mark.End, Quote: quote, Rule: indicator.MarkedByHand}, nil
}

func fillFrom(in *indicator.Indicator, plan indicator.Plan, task indicator.Task) {
	if in.StartsOn.IsZero() {
		in.StartsOn = plan.StartsOn
	}
	if in.DueOn.IsZero() {
		in.DueOn = plan.DueOn
	}
	in.TermEndsOn = later(in.DueOn, plan.DueOn)
	if in.LeadAgencies == nil {
		in.LeadAgencies = task.LeadAgencies
	}
	if in.ParticipatingAgencies == nil {
		in.ParticipatingAgencies = task.ParticipatingAgencies
	}
	switch better, known := workplan.DirectionOf(in.Name); {
	case in.Direction != "":
		in.DirectionBy = indicator.ByPerson
	case known && in.Kind != indicator.Growth: // a fall is said, never read from a name
		in.Direction, in.DirectionBy = better, indicator.ByText
	}
	if in.Course != "" {
		in.CourseBy = indicator.ByPerson
	}
	if in.Binding == "" {
		in.Binding = indicator.Committed
	}
	switch {
	case in.Frequency != "":
	case in.Over == indicator.OverAverage:
		in.Frequency = indicator.Yearly
	default:
		in.Frequency = indicator.Monthly
	}
	in.Settle()
}

// unknownAs turns "not found" into a fault of the field that names the thing.
func unknownAs(err error, code fault.Code, field, name string) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	t := code.Title()
	return fault.Newf(code, "%[1]s：%[3]s", "%[2]s: %[3]s", t.ZH, strings.ToLower(t.EN[:1])+t.EN[1:], name).At(field)
}

// ChangeIndicator applies a change to the version of an indicator that the
// caller has read. It refuses when that version is no longer current or is
// withdrawn, when a new unit is of another dimension than the one its reports
// are in, and when measurements forbid the new state; only an amendment
// withdraws. A baseline that the change leaves alone follows the target into a
// new unit.
func (s *Service) ChangeIndicator(ctx context.Context, code string, version int, change func(*indicator.Indicator) error) (indicator.Indicator, error) {
	in, err := s.indicators.Indicator(ctx, indicator.AllVisible(), code)
	if err != nil {
		return indicator.Indicator{}, err
	}
	if version != in.Version {
		return indicator.Indicator{}, fault.Newf(fault.PreconditionFailed,
			"当前版本为 %d，请求针对版本 %d，请重新读取后再改", "the current version is %d, the request is for %d: read it again", in.Version, version)
	}
	if in.State == indicator.Withdrawn {
		return indicator.Indicator{}, indicator.WithdrawnRefusal(code)
	}
	before := in
	if err := change(&in); err != nil {
		return indicator.Indicator{}, err
	}
	if in.State == indicator.Withdrawn {
		return indicator.Indicator{}, fault.Newf(fault.InvalidValue,
			"停用（withdrawn）只能由计划调整产生；不作指标的请用 rejected", "only an amendment of the plan withdraws an indicator; use rejected for what is none").At("/state")
	}
	if err := in.CheckReview(); err != nil {
		return indicator.Indicator{}, err
	}
	plan, err := s.indicators.Plan(ctx, in.Plan)
	if err != nil {
		return indicator.Indicator{}, err
	}
	if unit := before.Target.Unit; !before.Target.Accepts(in.Target.Unit) {
		return indicator.Indicator{}, fault.Newf(fault.UnitMismatch,
			"单位“%s”与原单位“%s”量纲不同，已报实绩将无法换算", "the unit %s is of another dimension than %s, so reports could not be converted", in.Target.Unit, unit).At("/target/unit")
	}
	if in.Baseline == before.Baseline {
		if in.Baseline, err = before.BaselineIn(in.Target.Unit); err != nil {
			return indicator.Indicator{}, err
		}
	}
	in.TermEndsOn = later(in.DueOn, plan.DueOn)
	resettle(&in, before, plan)
	if err := in.Check(); err != nil {
		return indicator.Indicator{}, err
	}
	if isSame(before, in) {
		return before, nil
	}
	after := in
	after.ExternalCodes = before.ExternalCodes
	if err := after.CheckFurtherCodes(in.ExternalCodes); err != nil {
		return indicator.Indicator{}, fault.From(err).At("/external_codes")
	}
	if err := s.checkCodesFree(ctx, in); err != nil {
		return indicator.Indicator{}, err
	}
	return s.indicators.UpdateIndicator(ctx, in)
}

// resettle notes what a person has set and lets the rest follow from it. What
// is not touched stays as it is, so that a change of a name never changes a
// figure. The first day follows a due date that it was derived from.
func resettle(in *indicator.Indicator, before indicator.Indicator, plan indicator.Plan) {
	if in.StartsOn == before.StartsOn && in.DueOn != before.DueOn {
		in.StartsOn = movedStart(before, in.DueOn, plan.StartsOn)
	}
	if in.Direction != before.Direction {
		in.DirectionBy = indicator.ByPerson
	}
	if in.Course != before.Course {
		in.CourseBy = indicator.ByPerson
	}
	if in.Kind != before.Kind && in.Kind == indicator.Growth && in.Over == before.Over {
		in.Over = ""
	}
	if !in.SettlesAs(before) {
		in.Settle()
	}
}

// movedStart is the first day once the due date is corrected. One that was derived
// moves with it: the plan's first day, which a due date before it cannot have,
// and 1 January of the due date's year for what counts one year. Any other was
// given, and stays.
func movedStart(before indicator.Indicator, due, planStarts indicator.Date) indicator.Date {
	newYear := func(d indicator.Date) indicator.Date { return indicator.DateOf(d.Year(), 1, 1) }
	switch {
	case due.IsZero():
	case before.StartsOn == planStarts && due.Before(planStarts):
		return newYear(due)
	case before.StartsOn == planStarts || before.StartsOn != newYear(before.DueOn):
	case before.DueOn.Before(planStarts) && !due.Before(planStarts):
		return planStarts
	default:
		return newYear(due)
	}
	return before.StartsOn
}
