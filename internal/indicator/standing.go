package indicator

import (
	"cmp"
	"time"
)

// Standing (当前进度) is the progress of an indicator as lists are filtered, sorted and
// counted by it. It is kept ready, and is worth nothing beside what it follows from. What is
// undefined is empty.
type Standing struct {
	Unjudged

	Status     string
	PercentKey string // sorts as the percent does
	GapKey     string // sorts as the due gap does
	TargetKey  string // sorts as the target does among targets of its unit
	// LastReportKey sorts as the newest report that stands, and UpdatedKey as the moment of
	// the indicator's version.
	LastReportKey, UpdatedKey string
	ReportMissing             bool
	Provisional               bool
	Cautions                  []string
	Tally                     string // what a summary counts
	GoodFrom                  Date   // the days for which it says the same
	GoodUntil                 Date
}

// Unjudged is an indicator whose standing is to be made.
type Unjudged struct {
	Placed

	ID int64 // as the store numbers indicators
	// LeadNames and ParticipatingNames are the names of its agencies, as the store numbers them.
	LeadNames, ParticipatingNames []int64
	Since                         time.Time // the moment of the last change
	Marked                        bool      // it changed since its standing was made; else only the day did
}

// Placed is an indicator with its place.
type Placed struct {
	Indicator

	Place Place
}

// Place is where an indicator stands in the order of the plans: by plan, by task, by age.
type Place struct{ Plan, Task, Indicator int64 }

// Before reports whether a place comes before another.
func (p Place) Before(o Place) bool {
	return cmp.Or(cmp.Compare(p.Plan, o.Plan), cmp.Compare(p.Task, o.Task), cmp.Compare(p.Indicator, o.Indicator)) < 0
}
