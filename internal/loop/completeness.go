package loop

import (
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// ReportState is what became of a report that a cycle expects.
type ReportState string

// The states. What is pending is not there yet and not due.
const (
	ReportOnTime  ReportState = "on_time"
	ReportLate    ReportState = "late"
	ReportMissing ReportState = "missing"
	ReportPending ReportState = "pending"
)

// ReportStates are all states.
var ReportStates = []ReportState{ReportOnTime, ReportLate, ReportMissing, ReportPending}

// Label is the state in words.
func (s ReportState) Label() fault.Text {
	return map[ReportState]fault.Text{
		ReportOnTime: {ZH: "按时", EN: "on time"}, ReportLate: {ZH: "迟报", EN: "late"}, ReportMissing: {ZH: "缺报", EN: "missing"}, ReportPending: {ZH: "未到期", EN: "not due yet"},
	}[s]
}

// Reported is what was reported for a period and stands: by its first revision after the last
// retraction.
type Reported struct {
	ID     int64 // of that revision
	Period indicator.Period
	At     time.Time
	On     indicator.Date // the day of it where days begin
	Agency string         // who reported; empty where it was nobody's
	Empty  bool           // it says that there is no figure
}

// Completeness counts reports that cycles expect.
type Completeness struct {
	Expected, OnTime, Late, Missing, Pending int
	Empty                                    int // of those on time or late
}

// Add adds one report of a state.
func (c *Completeness) Add(state ReportState, counted *Reported) {
	c.Expected++
	switch state {
	case ReportOnTime:
		c.OnTime++
	case ReportLate:
		c.Late++
	case ReportMissing:
		c.Missing++
	case ReportPending:
		c.Pending++
	}
	if counted != nil && counted.Empty {
		c.Empty++
	}
}

// Plus are the counts of both.
func (c Completeness) Plus(o Completeness) Completeness {
	return Completeness{
		c.Expected + o.Expected, c.OnTime + o.OnTime, c.Late + o.Late, c.Missing + o.Missing, c.Pending + o.Pending, c.Empty + o.Empty,
	}
}

// Expects reports whether the cycle expects a report on an indicator that was there from a day on:
// whose own period ends in it, within its term. What came after the cycle was due is not expected.
func (c Cycle) Expects(in indicator.Indicator, there indicator.Date) bool {
	frequency := in.Frequency
	if frequency == "" {
		frequency = c.Period.Frequency()
	}
	if in.StartsOn.After(c.Period.End()) || in.DueOn.Before(c.Period.Start()) || there.After(c.Due) {
		return false
	}
	if slices.Index(indicator.Frequencies, frequency) <= slices.Index(indicator.Frequencies, c.Period.Frequency()) {
		return true
	}
	end := indicator.PeriodOf(frequency, c.Period.End()).End()
	if end.After(in.DueOn) {
		end = in.DueOn
	}
	return !end.After(c.Period.End())
}

// Judge says what became of a report that the cycle expects, on a day, and which of what was
// reported counts: what was there first of the periods that end in the cycle.
func (c Cycle) Judge(reported []Reported, on indicator.Date) (ReportState, *Reported) {
	var counted *Reported
	for i, r := range reported {
		if end := r.Period.End(); end.Before(c.Period.Start()) || end.After(c.Period.End()) {
			continue
		}
		if counted == nil || r.At.Before(counted.At) {
			counted = &reported[i]
		}
	}
	switch {
	case counted != nil && counted.On.After(c.Due):
		return ReportLate, counted
	case counted != nil:
		return ReportOnTime, counted
	case on.After(c.Due):
		return ReportMissing, nil
	}
	return ReportPending, nil
}
