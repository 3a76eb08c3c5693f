package loop

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Kind is what an event speaks of.
type Kind string

// The kinds.
const (
	KindUpdate     Kind = "update"
	KindMilestone  Kind = "milestone"
	KindCycle      Kind = "cycle"
	KindIssue      Kind = "issue"
	KindNotice     Kind = "notice"
	KindAssessment Kind = "assessment"
	KindRun        Kind = "run"
)

// Event is one thing that happened, as it is kept.
type Event struct {
	ID     int64 // from 1, in the order in which events were stored
	Thread int64 // id of the first event of the matter
	Seq    int   // place within the thread, from 1
	Draft

	At time.Time       // the ledger's moment; no two events have the same
	By indicator.Actor // who did it; only Key and Name are kept
}

// Draft is an event that is not stored yet.
type Draft struct {
	Kind Kind
	Type string // what happened, such as raised
	Plan string // code of the plan; empty where it is of none
	// About is what the matter is about, as AboutIndicator and the others write it.
	About string
	// Agency is the id of the agency whose matter it is from this event on, or that did it; 0
	// for none.
	Agency int64
	// Content is a JSON object, whose shape hangs on Kind and Type.
	Content json.RawMessage
	// Once is a text that no two events have; empty for an event that may happen again. What
	// is done by rule has one, so that doing it again does nothing.
	Once string
}

// AboutIndicator names an indicator as what a matter is about.
func AboutIndicator(code string) string { return "indicator:" + code }

// AboutTask names a task of the plan as what a matter is about.
func AboutTask(number string) string { return "task:" + number }

// TaskOf is the number of the task that a matter is about; empty where it is about none.
func TaskOf(about string) string {
	if number, ok := strings.CutPrefix(about, AboutTask("")); ok {
		return number
	}
	return ""
}

// IndicatorOf is the code of the indicator that a matter is about; empty where it is about none.
func IndicatorOf(about string) string {
	if code, ok := strings.CutPrefix(about, AboutIndicator("")); ok {
		return code
	}
	return ""
}

// AboutPeriod names a period of the plan as what a matter is about.
func AboutPeriod(period indicator.Period) string { return "period:" + period.String() }

// Thread is all events of one matter that were known at a moment, the first first.
type Thread []Event

// ID names the thread.
func (t Thread) ID() int64 { return t[0].Thread }

// ThreadQuery selects threads by their first events.
type ThreadQuery struct {
	Kind   Kind
	Plan   string   // empty for all plans
	About  string   // empty for whatever they are about
	Abouts []string // one of these; nil for whatever they are about
	IDs    []int64  // nil for any
	Plans  []string // further plans beside Plan; nil for none
	// AsOf leaves out what was stored after a moment; zero for nothing.
	AsOf time.Time
	// Before and After leave out threads whose id is not below, or not above, an id; 0 for none.
	Before, After int64
	// Oldest gives the oldest threads first, not the newest.
	Oldest bool
	Limit  int
}

// Book is the loop's events within one transaction, during which nothing else is stored.
type Book interface {
	// Now is the moment of what is appended next, or before it.
	Now() time.Time
	// Threads are the threads that a query selects, with what the transaction has appended.
	Threads(q ThreadQuery) ([]Thread, error)
	// Append stores an event in a thread, or as the first of a new one when thread is 0. Where an
	// event with the same Once is there already, nothing is stored and added is false.
	Append(thread int64, d Draft) (e Event, added bool, err error)
}
