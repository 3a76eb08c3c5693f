package loop

import (
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// What happens to a notice.
const (
	NoticeIssued         = "issued"
	NoticeSigned         = "signed"
	NoticeInterim        = "interim"
	NoticeReply          = "reply"
	NoticeAccepted       = "accepted"
	NoticeSentBack       = "sent_back"
	NoticeEscalated      = "escalated"
	NoticeDateMoved      = "date_moved"
	NoticeHandedOn       = "handed_on"
	NoticeSplit          = "split"
	NoticeWithdrawn      = "withdrawn"
	NoticeComment        = "comment"
	NoticeRemindedBefore = "reminded_before"
	NoticeRemindedAfter  = "reminded_after"
)

var noticeStepLabels = map[string]fault.Text{
	NoticeIssued: {ZH: "交办", EN: "issued"}, NoticeSigned: {ZH: "签收", EN: "signed for"}, NoticeInterim: {ZH: "中期答复", EN: "interim reply"},
	NoticeReply: {ZH: "答复", EN: "reply"}, NoticeAccepted: {ZH: "销号", EN: "accepted"}, NoticeSentBack: {ZH: "退回", EN: "sent back"},
	NoticeEscalated: {ZH: "升级", EN: "escalated"}, NoticeDateMoved: {ZH: "延期", EN: "date moved"}, NoticeHandedOn: {ZH: "转办", EN: "handed on"},
	NoticeSplit: {ZH: "分办", EN: "split"}, NoticeWithdrawn: {ZH: "撤销", EN: "withdrawn"}, NoticeComment: {ZH: "留言", EN: "comment"},
	NoticeRemindedBefore: {ZH: "临期提醒", EN: "reminded before the date"}, NoticeRemindedAfter: {ZH: "催办", EN: "reminded after the date"},
}

// NoticeStepLabel is what happens to a notice, in words.
func NoticeStepLabel(step string) fault.Text { return noticeStepLabels[step] }

// NoticeSteps are what a person may do with a notice that was issued.
var NoticeSteps = []string{
	NoticeSigned, NoticeInterim, NoticeReply, NoticeAccepted, NoticeSentBack, NoticeEscalated, NoticeDateMoved, NoticeHandedOn,
	NoticeSplit, NoticeWithdrawn, NoticeComment,
}

// Level (督办等级) is the colour of a notice.
type Level string

// The levels, the lowest first.
const (
	LevelBlue   Level = "blue"
	LevelYellow Level = "yellow"
	LevelRed    Level = "red"
)

// Levels are all levels, the lowest first.
var Levels = []Level{LevelBlue, LevelYellow, LevelRed}

// Label is the level in words.
func (l Level) Label() fault.Text {
	return map[Level]fault.Text{LevelBlue: {ZH: "蓝色", EN: "blue"}, LevelYellow: {ZH: "黄色", EN: "yellow"}, LevelRed: {ZH: "红色", EN: "red"}}[l]
}

// Above reports whether a level is higher than another.
func (l Level) Above(o Level) bool { return slices.Index(Levels, l) > slices.Index(Levels, o) }

// NoticeState is where a notice stands.
type NoticeState string

// The states. Accepted, withdrawn and divided are final; the work of a divided one goes on in its parts.
const (
	StateIssued    NoticeState = "issued"
	StateSigned    NoticeState = "signed"
	StateReplied   NoticeState = "replied"
	StateSentBack  NoticeState = "sent_back"
	StateAccepted  NoticeState = "accepted"
	StateDivided   NoticeState = "divided"
	StateWithdrawn NoticeState = "withdrawn"
)

// NoticeStates are all states.
var NoticeStates = []NoticeState{StateIssued, StateSigned, StateReplied, StateSentBack, StateAccepted, StateDivided, StateWithdrawn}

// Label is the state in words.
func (s NoticeState) Label() fault.Text {
	return map[NoticeState]fault.Text{
		StateIssued: {ZH: "待签收", EN: "to be signed for"}, StateSigned: {ZH: "承办中", EN: "in hand"}, StateReplied: {ZH: "待审核", EN: "answered, to be judged"},
		StateSentBack: {ZH: "已退回", EN: "sent back"}, StateAccepted: {ZH: "已销号", EN: "closed"}, StateDivided: {ZH: "已分办", EN: "divided"},
		StateWithdrawn: {ZH: "已撤销", EN: "withdrawn"},
	}[s]
}

// Party is an agency that a notice names, by what it was called then.
type Party struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// NoticeStep is the content of an event of a notice. Which fields it has hangs on the event.
type NoticeStep struct {
	// On is the day of the event, where days begin for the plan's office.
	On string `json:"on"`

	// Of the notice that is issued.
	Number     string   `json:"number,omitempty"`
	Title      string   `json:"title,omitempty"`
	Asked      string   `json:"asked,omitempty"`
	Tasks      []string `json:"tasks,omitempty"`
	Indicators []string `json:"indicators,omitempty"`
	Issues     []int64  `json:"issues,omitempty"`
	Parent     int64    `json:"parent,omitempty"` // the notice that it is a part of

	Level        Level   `json:"level,omitempty"`        // issued, escalated
	DueOn        string  `json:"due_on,omitempty"`       // issued, date_moved, and of which a rule spoke
	Lead         *Party  `json:"lead,omitempty"`         // issued, handed_on
	Participants []Party `json:"participants,omitempty"` // issued, handed_on
	Children     []int64 `json:"children,omitempty"`     // split

	Agency   string   `json:"agency,omitempty"` // who signed, replied or commented; empty for a supervisor
	Text     string   `json:"text,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Rule     bool     `json:"rule,omitempty"` // done by rule
}

// NoticeEvent is one thing that happened to a notice.
type NoticeEvent struct {
	NoticeStep
	Type string
	At   time.Time
	By   indicator.Actor
}

// Notice (督办单) is what a supervisor asks of agencies: one matter, with one reply.
type Notice struct {
	ID           int64
	Plan         string
	Number       string
	Title        string
	Text         string
	Asked        string
	Tasks        []string
	Indicators   []string
	Issues       []int64
	Parent       int64
	Children     []int64
	Lead         Party
	Participants []Party
	State        NoticeState
	Level        Level
	IssuedOn     indicator.Date
	DueOn        indicator.Date
	FirstDueOn   indicator.Date
	SignedOn     indicator.Date // zero until the agency that has it now signed
	RepliedOn    indicator.Date // of the last final reply
	ClosedOn     indicator.Date
	History      []NoticeEvent

	late int // by how many days it was late when it was answered, moved, divided or withdrawn
}

// Open reports whether the matter still goes on.
func (n Notice) Open() bool {
	return n.State != StateAccepted && n.State != StateDivided && n.State != StateWithdrawn
}

// Awaits reports whether the agency owes a reply.
func (n Notice) Awaits() bool { return n.Open() && n.State != StateReplied }

// Overdue reports whether on a day a reply is owed whose date is over.
func (n Notice) Overdue(on indicator.Date) bool { return n.Awaits() && on.After(n.DueOn) }

// DaysLate is by how many days the notice is late on a day, or ever was: what was late stays late,
// whatever was answered or granted afterwards.
func (n Notice) DaysLate(on indicator.Date) int {
	if n.Overdue(on) {
		return max(n.late, on.DaysSince(n.DueOn))
	}
	return n.late
}

// RecordLevel is the level that counts in the record: a red one that was answered and accepted is
// yellow, and never less; of one that was withdrawn none counts.
func (n Notice) RecordLevel() Level {
	switch {
	case n.State == StateWithdrawn:
		return ""
	case n.State == StateAccepted && n.Level == LevelRed:
		return LevelYellow
	}
	return n.Level
}

// FoldNotice is what a thread comes to. Levels only rise, so that the level is the highest ever.
func FoldNotice(t Thread) (n Notice, err error) {
	n.ID, n.Plan = t.ID(), t[0].Plan
	for _, e := range t {
		step, err := contentOf[NoticeStep](e)
		if err != nil {
			return n, err
		}
		n.History = append(n.History, NoticeEvent{NoticeStep: step, Type: e.Type, At: e.At, By: e.By})
		if err := n.take(e.Type, step); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (n *Notice) take(kind string, s NoticeStep) error {
	on, err := indicator.ParseDate(s.On)
	if err != nil {
		return err
	}
	if kind != NoticeIssued && slices.Contains([]string{NoticeReply, NoticeDateMoved, NoticeSplit, NoticeWithdrawn}, kind) {
		n.late = n.DaysLate(on)
	}
	switch kind {
	case NoticeIssued:
		n.Number, n.Title, n.Text, n.Asked, n.Parent = s.Number, s.Title, s.Text, s.Asked, s.Parent
		n.Tasks, n.Indicators, n.Issues = s.Tasks, s.Indicators, s.Issues
		n.Lead, n.Participants, n.Level, n.State, n.IssuedOn = *s.Lead, s.Participants, s.Level, StateIssued, on
		n.DueOn, err = indicator.ParseDate(s.DueOn)
		n.FirstDueOn = n.DueOn
	case NoticeSigned:
		n.State, n.SignedOn = StateSigned, on
	case NoticeReply:
		n.State, n.RepliedOn = StateReplied, on
	case NoticeAccepted:
		n.State, n.ClosedOn = StateAccepted, on
	case NoticeSentBack:
		n.State = StateSentBack
	case NoticeEscalated:
		n.Level = s.Level
	case NoticeDateMoved:
		n.DueOn, err = indicator.ParseDate(s.DueOn)
	case NoticeHandedOn:
		n.Lead, n.Participants, n.State, n.SignedOn = *s.Lead, s.Participants, StateIssued, indicator.Date{}
	case NoticeSplit:
		n.State, n.ClosedOn, n.Children = StateDivided, on, s.Children
	case NoticeWithdrawn:
		n.State, n.ClosedOn = StateWithdrawn, on
	}
	return err
}

// Standing is as whom somebody may act on a notice.
type Standing struct {
	Supervises bool
	Leads      bool // acts for the agency that has it now
	TakesPart  bool // acts for one of the participants
}

// Next are the steps that somebody may take now, in the order of NoticeSteps.
func (n Notice) Next(as Standing) []string {
	var next []string
	for _, kind := range NoticeSteps {
		if as.may(kind) && n.fits(kind) {
			next = append(next, kind)
		}
	}
	return next
}

func (as Standing) may(kind string) bool {
	switch kind {
	case NoticeSigned, NoticeInterim, NoticeReply:
		return as.Leads
	case NoticeComment:
		return as.Supervises || as.Leads || as.TakesPart
	}
	return as.Supervises
}

// fits reports whether the state of the notice lets a step be taken.
func (n Notice) fits(kind string) bool {
	switch kind {
	case NoticeSigned:
		return n.State == StateIssued
	case NoticeInterim, NoticeReply:
		return n.State == StateSigned || n.State == StateSentBack
	case NoticeAccepted, NoticeSentBack:
		return n.State == StateReplied
	case NoticeHandedOn, NoticeSplit, NoticeDateMoved:
		return n.Awaits()
	case NoticeEscalated:
		return n.Open() && n.Level != LevelRed
	}
	return n.Open()
}
