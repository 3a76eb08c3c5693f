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
// new unit. A first day that the change empties follows the due date, and a direction or
// course that it empties follows the plan's words and the target.
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
	if in.Baseline == before.Baseline {
		if in.Baseline, err = before.BaselineBeside(in.Target.Unit); err != nil {
			return indicator.Indicator{}, err
		}
	}
	in.TermEndsOn = later(in.DueOn, plan.DueOn)
	noteGiven(&in, before, plan)
	if err := s.giveBack(ctx, &in, plan); err != nil {
		return indicator.Indicator{}, err
	}
	if !in.SettlesAs(before) {
		in.Settle()
	}
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

// noteGiven notes what a person has set, and empties what is to follow from the rest. The
// first day follows a due date that it was derived from, unless it is given with it
// (zero: it is not given).
func noteGiven(in *indicator.Indicator, before indicator.Indicator, plan indicator.Plan) {
	if in.StartsOn.IsZero() {
		in.StartsOn = before.StartsOn
		if in.DueOn != before.DueOn {
			in.StartsOn = movedStart(before, in.DueOn, plan.StartsOn)
		}
	}
	if in.Direction != before.Direction && in.Direction != "" {
		in.DirectionBy = indicator.ByPerson
	}
	if in.Course != before.Course && in.Course != "" {
		in.CourseBy = indicator.ByPerson
	}
	if in.Kind != before.Kind && in.Kind == indicator.Growth && in.Over == before.Over {
		in.Over = ""
	}
}

// giveBack fills in what the plan's words say of a direction and a course that are given
// back to the rules (empty), so that what was read at first is not lost by having been set
// otherwise. What the words do not say is left to follow from the target.
func (s *Service) giveBack(ctx context.Context, in *indicator.Indicator, plan indicator.Plan) error {
	if in.Direction != "" && in.Course != "" {
		return nil
	}
	read, err := s.asWorded(ctx, *in, plan)
	if err != nil {
		return err
	}
	if in.Direction == "" {
		if in.CourseBy != indicator.ByPerson { // it had followed from the direction that was set
			in.Course = ""
		}
		in.DirectionBy = ""
		better, known := workplan.DirectionOf(in.Name)
		switch {
		case read != nil && read.DirectionBy == indicator.ByText:
			in.Direction, in.DirectionBy = read.Direction, indicator.ByText
		case read == nil && known && in.Kind != indicator.Growth:
			in.Direction, in.DirectionBy = better, indicator.ByText
		}
	}
	if in.Course == "" {
		in.CourseBy = ""
		if read != nil && read.CourseBy == indicator.ByText {
			in.Course, in.CourseBy = read.Course, indicator.ByText
		}
	}
	return nil
}

// asWorded is what the sentence of an indicator says of it: of several targets of the
// sentence the one of the same name, else of the same number. Nil for none.
func (s *Service) asWorded(ctx context.Context, in indicator.Indicator, plan indicator.Plan) (*indicator.Indicator, error) {
	if in.Source.ByHand() {
		return nil, nil //nolint:nilnil // no reading is a valid answer
	}
	doc, err := s.indicators.Document(ctx, in.Plan, in.Source.Version)
	if err != nil {
		return nil, err
	}
	found, err := readings{from: plan}.read(ctx, doc, in.Source.Version)
	if err != nil {
		return nil, err
	}
	at := found[place{in.Source.Start, in.Source.End}]
	for i := range at {
		if at[i].Name == in.Name || len(at) == 1 {
			return &at[i], nil
		}
	}
	for i := range at {
		if at[i].Target.Value.Equal(in.Target.Value) && at[i].Target.Unit.Equal(in.Target.Unit) {
			return &at[i], nil
		}
	}
	return nil, nil //nolint:nilnil // no reading is a valid answer
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
