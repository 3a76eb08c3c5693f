package loop

import (
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// IssueState is how far an issue has come.
type IssueState string

// The states, in their order.
const (
	IssueRaised       IssueState = "raised"
	IssueCoordinating IssueState = "coordinating"
	IssueResolving    IssueState = "resolving"
	IssueResolved     IssueState = "resolved"
	IssueClosed       IssueState = "closed"
)

// IssueStates are all states.
var IssueStates = []IssueState{IssueRaised, IssueCoordinating, IssueResolving, IssueResolved, IssueClosed}

// Words lists the states.
func (IssueState) Words() []string { return wordsOf(IssueStates) }

// Label is the state in words.
func (s IssueState) Label() fault.Text {
	return map[IssueState]fault.Text{
		IssueRaised: {ZH: "已提出", EN: "raised"}, IssueCoordinating: {ZH: "协调中", EN: "coordinating"}, IssueResolving: {ZH: "解决中", EN: "resolving"},
		IssueResolved: {ZH: "已解决，待销号", EN: "resolved, to be closed"}, IssueClosed: {ZH: "已销号", EN: "closed"},
	}[s]
}

// IssueCause is what stands in the way.
type IssueCause string

// The causes. Rules know all but the last.
const (
	CauseBehind      IssueCause = "behind"
	CauseMissed      IssueCause = "missed"
	CauseNotReported IssueCause = "not_reported"
	CauseCaution     IssueCause = "caution"
	CauseOther       IssueCause = "other"
)

// IssueCauses are all causes.
var IssueCauses = []IssueCause{CauseBehind, CauseMissed, CauseNotReported, CauseCaution, CauseOther}

// Words lists the causes.
func (IssueCause) Words() []string { return wordsOf(IssueCauses) }

// Label is the cause in words.
func (c IssueCause) Label() fault.Text {
	return map[IssueCause]fault.Text{
		CauseBehind: {ZH: "进度滞后", EN: "behind schedule"}, CauseMissed: {ZH: "到期未完成", EN: "missed"}, CauseNotReported: {ZH: "未报送", EN: "not reported"},
		CauseCaution: {ZH: "数据存疑", EN: "doubtful figures"}, CauseOther: {ZH: "其他", EN: "other"},
	}[c]
}

// IssueLevel is how grave an issue is.
type IssueLevel string

// The levels, the lowest first.
const (
	LevelOrdinary IssueLevel = "ordinary"
	LevelSerious  IssueLevel = "serious"
	LevelGrave    IssueLevel = "grave"
)

// IssueLevels are all levels, the lowest first.
var IssueLevels = []IssueLevel{LevelOrdinary, LevelSerious, LevelGrave}

// Label is the level in words.
func (l IssueLevel) Label() fault.Text {
	return map[IssueLevel]fault.Text{
		LevelOrdinary: {ZH: "一般", EN: "ordinary"}, LevelSerious: {ZH: "较重", EN: "serious"}, LevelGrave: {ZH: "严重", EN: "grave"},
	}[l]
}

// Above reports whether a level is higher than another.
func (l IssueLevel) Above(o IssueLevel) bool {
	return slices.Index(IssueLevels, l) > slices.Index(IssueLevels, o)
}

func wordsOf[W ~string](list []W) []string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return words
}

// IssueStepKind is what happens to an issue.
type IssueStepKind string

// What happens to an issue. The first begins it, the last two only rules take.
const (
	StepRaised       IssueStepKind = "raised"
	StepCoordinating IssueStepKind = "coordinating"
	StepResolving    IssueStepKind = "resolving"
	StepResolved     IssueStepKind = "resolved"
	StepClosed       IssueStepKind = "closed"
	StepSentBack     IssueStepKind = "sent_back"
	StepReopened     IssueStepKind = "reopened"
	StepCommented    IssueStepKind = "commented"
	StepAssigned     IssueStepKind = "assigned"
	StepDated        IssueStepKind = "dated"
	StepEscalated    IssueStepKind = "escalated"
	StepProposed     IssueStepKind = "resolution_proposed"
	StepWithdrawn    IssueStepKind = "proposal_withdrawn"
)

// IssueSteps are the steps that people take.
var IssueSteps = []IssueStepKind{
	StepCoordinating, StepResolving, StepResolved, StepClosed, StepSentBack, StepReopened, StepCommented, StepAssigned, StepDated, StepEscalated,
}

// Label is the step in words.
func (k IssueStepKind) Label() fault.Text {
	return map[IssueStepKind]fault.Text{
		StepRaised: {ZH: "提出", EN: "raised"}, StepCoordinating: {ZH: "开始协调", EN: "coordinating"}, StepResolving: {ZH: "着手解决", EN: "resolving"},
		StepResolved: {ZH: "报已解决", EN: "resolved"}, StepClosed: {ZH: "销号", EN: "closed"}, StepSentBack: {ZH: "退回", EN: "sent back"},
		StepReopened: {ZH: "重新打开", EN: "reopened"}, StepCommented: {ZH: "说明", EN: "comment"}, StepAssigned: {ZH: "转交", EN: "handed on"},
		StepDated: {ZH: "改期", EN: "date set"}, StepEscalated: {ZH: "升级", EN: "escalated"},
		StepProposed: {ZH: "建议销号", EN: "resolution proposed"}, StepWithdrawn: {ZH: "撤回建议", EN: "proposal withdrawn"},
	}[k]
}

// IssueStep is the content of an event of an issue.
type IssueStep struct {
	On     string        `json:"on"` // the day, as the service's days are
	Text   string        `json:"text,omitempty"`
	Title  string        `json:"title,omitempty"`  // of what is raised
	Cause  IssueCause    `json:"cause,omitempty"`  // of what is raised
	Agency string        `json:"agency,omitempty"` // whom it is assigned to, as it was called then
	DueOn  string        `json:"due_on,omitempty"`
	Level  IssueLevel    `json:"level,omitempty"`
	Rule   bool          `json:"rule,omitempty"`  // a rule has taken the step
	Cycle  string        `json:"cycle,omitempty"` // the newest cycle that the rule looked at
	Term   string        `json:"term,omitempty"`  // the due day of the indicator that was missed
	By     []IssueFigure `json:"by,omitempty"`    // what the rule spoke by, the newest cycle first
}

// IssueFigure is how an indicator stood in a cycle. Numbers are written as they are printed, and
// empty where they are undefined.
type IssueFigure struct {
	Period     string   `json:"period"`
	On         string   `json:"on"` // the day judged
	Status     string   `json:"status"`
	Percent    string   `json:"percent,omitempty"`
	Pace       string   `json:"pace,omitempty"`
	Gap        string   `json:"gap,omitempty"`
	Missing    bool     `json:"missing,omitempty"` // nothing was reported
	LastReport string   `json:"last_report,omitempty"`
	Cautions   []string `json:"cautions,omitempty"`
}

// IssueEvent is a step with who took it, and when.
type IssueEvent struct {
	Event
	Step IssueStep
}

// Issue (问题) is something in the way of an indicator or a task.
type Issue struct {
	ID        int64
	Plan      string
	Indicator string // code; empty for one about a task
	Task      string // number; empty for one about an indicator
	Cause     IssueCause
	Title     string
	Text      string
	Rule      bool // a rule raised it
	State     IssueState
	Level     IssueLevel
	Agency    int64 // whose matter it is
	// AgencyName is what the agency was called when it got the matter.
	AgencyName string
	DueOn      indicator.Date
	// Proposed says that a rule proposes to close it, by the figures in ProposedBy.
	Proposed   bool
	ProposedBy []IssueFigure
	RaisedBy   []IssueFigure // the figures that a rule raised it by
	ResolvedOn indicator.Date
	ClosedOn   indicator.Date
	History    []IssueEvent

	declined string // the cycle of a proposal that a person has not followed
	proposed string // the cycle of the last proposal
	term     string
}

// IsOpen reports whether the issue is not closed.
func (i Issue) IsOpen() bool { return i.State != IssueClosed }

// Overdue reports whether the issue is neither resolved nor closed although its day is over.
func (i Issue) Overdue(on indicator.Date) bool { return i.DaysOverdue(on) > 0 }

// DaysOverdue is by how many days the issue is overdue on a day; 0 when it is not.
func (i Issue) DaysOverdue(on indicator.Date) int {
	if i.State == IssueResolved || i.State == IssueClosed || i.DueOn.IsZero() || !on.After(i.DueOn) {
		return 0
	}
	return on.DaysSince(i.DueOn)
}

// Late reports whether it was resolved after its day.
func (i Issue) Late() bool { return !i.ResolvedOn.IsZero() && i.ResolvedOn.After(i.DueOn) }

// RaisedAt and UpdatedAt are the moments of the first and of the last event.
func (i Issue) RaisedAt() time.Time { return i.History[0].At }

// UpdatedAt is the moment of the last event.
func (i Issue) UpdatedAt() time.Time { return i.History[len(i.History)-1].At }

// FoldIssue is what a thread comes to.
func FoldIssue(t Thread) (Issue, error) {
	i := Issue{ID: t.ID(), Plan: t[0].Plan, Indicator: IndicatorOf(t[0].About), Task: TaskOf(t[0].About)}
	for _, e := range t {
		step, err := contentOf[IssueStep](e)
		if err != nil {
			return i, err
		}
		i.History = append(i.History, IssueEvent{e, step})
		if err := i.take(IssueStepKind(e.Type), e.Agency, step); err != nil {
			return i, err
		}
	}
	return i, nil
}

// dayOf reads a day that was checked when it was stored.
func dayOf(text string) (indicator.Date, error) {
	if text == "" {
		return indicator.Date{}, nil
	}
	return indicator.ParseDate(text)
}

// take lets a step change the issue.
func (i *Issue) take(kind IssueStepKind, agency int64, step IssueStep) error {
	on, err := dayOf(step.On)
	if err != nil {
		return err
	}
	due, err := dayOf(step.DueOn)
	if err != nil {
		return err
	}
	if agency != 0 && step.Agency != "" {
		i.Agency, i.AgencyName = agency, step.Agency
	}
	if !due.IsZero() {
		i.DueOn = due
	}
	if step.Level != "" {
		i.Level = step.Level
	}
	switch kind {
	case StepRaised:
		i.State, i.Cause, i.Title, i.Text, i.Rule = IssueRaised, step.Cause, step.Title, step.Text, step.Rule
		i.RaisedBy, i.term = step.By, step.Term
	case StepCoordinating:
		i.State = IssueCoordinating
	case StepResolving:
		i.State = IssueResolving
	case StepResolved:
		i.State, i.ResolvedOn = IssueResolved, on
	case StepClosed:
		if i.ResolvedOn.IsZero() {
			i.ResolvedOn = on
		}
		i.State, i.ClosedOn = IssueClosed, on
		i.Proposed, i.ProposedBy = false, nil
	case StepSentBack, StepReopened:
		i.State = IssueResolving
		if kind == StepReopened {
			i.State = IssueRaised
		}
		i.ResolvedOn, i.ClosedOn = indicator.Date{}, indicator.Date{}
		i.Proposed, i.ProposedBy, i.declined = false, nil, i.proposed
	case StepProposed:
		i.Proposed, i.ProposedBy, i.proposed = true, step.By, step.Cycle
	case StepWithdrawn:
		i.Proposed, i.ProposedBy, i.declined = false, nil, ""
	}
	return nil
}
