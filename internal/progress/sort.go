package progress

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// SortBy is what a list of progress may be sorted by.
type SortBy string

// The sorts. What is undefined comes last, whichever way.
const (
	ByCode       SortBy = "code" // the order of the plans, of their tasks, and within a task of age
	ByName       SortBy = "name"
	ByPercent    SortBy = "percent"
	ByGap        SortBy = "gap"    // due gap, which the status is judged by
	ByTarget     SortBy = "target" // the lower end of a range; only among those of one unit
	ByDueOn      SortBy = "due_on"
	ByDaysLeft   SortBy = "days_left"
	ByStatus     SortBy = "status"      // the worst first
	ByLastReport SortBy = "last_report" // when it was stored
	ByUpdated    SortBy = "updated_at"  // when the indicator was changed
)

// SortsBy lists the sorts.
var SortsBy = []SortBy{ByCode, ByName, ByPercent, ByGap, ByTarget, ByDueOn, ByDaysLeft, ByStatus, ByLastReport, ByUpdated}

// SortKey is one of the keys that a list is sorted by; those after it decide among equals.
type SortKey struct {
	By   SortBy
	Down bool // the largest first
}

// SortOrder is how a list of progress is sorted.
type SortOrder struct {
	Keys []SortKey // none of them ByCode, in which all lists end
	// PlaceDown says that what is equal by the keys comes in the reverse order of the plans.
	PlaceDown bool
	// Severity are the statuses, the worst first.
	Severity []Status
}

// OrderBy is the order that a list has by some keys, where a profile gives the statuses. Keys
// after ByCode decide nothing.
func OrderBy(keys []SortKey, profile Profile) SortOrder {
	o := SortOrder{Keys: keys, Severity: Severity(profile)}
	if at := slices.IndexFunc(keys, func(k SortKey) bool { return k.By == ByCode }); at >= 0 {
		o.Keys, o.PlaceDown = keys[:at], keys[at].Down
	}
	return o
}

// Severity lists the statuses of a profile, the worst first: what was missed, the classes from
// the last to the first, what is not known, and what is attained.
func Severity(profile Profile) []Status {
	order := []Status{Missed}
	for _, class := range slices.Backward(profile.Classes) {
		order = append(order, class.Status)
	}
	return append(order, NoData, NotComputable, Attained)
}

// SortPosition is where an indicator comes in a sorted list.
type SortPosition struct {
	// Values are texts that compare byte by byte as what they stand for does, one for each
	// key; empty for what is undefined.
	Values []string
	Place  indicator.Place
}

// Takes says of texts whether they can be the values of a position in the list.
func (o SortOrder) Takes(values []string) bool {
	if len(values) != len(o.Keys) {
		return false
	}
	for i, k := range o.Keys {
		if k.By == ByDueOn || k.By == ByDaysLeft {
			if _, err := indicator.ParseDate(values[i]); err != nil {
				return false
			}
		}
	}
	return true
}

// Sorted is what a position follows from.
type Sorted struct {
	Indicator  indicator.Indicator
	Result     Result
	Place      indicator.Place
	LastReport int64 // the id of the newest report that stands, 0 for none
}

// Position is the position of an indicator in the list.
func (o SortOrder) Position(s Sorted) SortPosition {
	p := SortPosition{Values: make([]string, len(o.Keys)), Place: s.Place}
	for i, k := range o.Keys {
		p.Values[i] = o.value(k.By, s)
	}
	return p
}

func (o SortOrder) value(by SortBy, s Sorted) string {
	switch by {
	case ByName:
		return s.Indicator.Name
	case ByPercent:
		return keyOf(s.Result.Percent)
	case ByGap:
		return keyOf(s.Result.DueGap)
	case ByTarget:
		return targetKey(s.Indicator.Target)
	case ByDueOn, ByDaysLeft:
		return s.Indicator.DueOn.String()
	case ByStatus:
		return SeverityKey(slices.Index(o.Severity, s.Result.Status))
	case ByLastReport:
		return idKey(s.LastReport)
	case ByUpdated:
		return MomentKey(s.Indicator.UpdatedAt)
	case ByCode:
	}
	return ""
}

// SeverityKey sorts as the place of a status in SortOrder.Severity does.
func SeverityKey(place int) string { return fmt.Sprintf("%03d", place) }

func idKey(id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("%019d", id)
}

// MomentKey sorts as the moment does, to the microsecond.
func MomentKey(t time.Time) string { return fmt.Sprintf("%019d", t.UnixMicro()) }

// targetKey sorts as the target does among targets of its unit, empty while it waits.
func targetKey(t indicator.Target) string {
	if t.Waits {
		return ""
	}
	return t.Value.SortKey()
}

func keyOf(n *quantity.Number) string {
	if n == nil {
		return ""
	}
	return n.SortKey()
}

// Compare is negative where a comes before b in the list.
func (o SortOrder) Compare(a, b SortPosition) int {
	for i, k := range o.Keys {
		order := strings.Compare(a.Values[i], b.Values[i])
		switch {
		case order == 0:
			continue
		case a.Values[i] == "":
			return 1
		case b.Values[i] == "":
			return -1
		case k.Down:
			return -order
		}
		return order
	}
	if a.Place == b.Place {
		return 0
	}
	if a.Place.Before(b.Place) != o.PlaceDown {
		return -1
	}
	return 1
}

// StandingQuery asks for the standings of confirmed indicators.
type StandingQuery struct {
	indicator.Query // as known at its AsOf; its page is ignored

	// Records says that what is recorded of indicators is asked for, in all states of the
	// query, and no figure.
	Records bool
	Filter  Filter
	On      indicator.Date
	Order   SortOrder
	After   *SortPosition // nil for the first page
	Limit   int           // most rows
	// MostUnsettled is of how many indicators it may be unknown how they stand.
	MostUnsettled int
}

// StandingPage is a page of standings.
type StandingPage struct {
	Rows []StandingRow
	// Unsettled are indicators, selected or not, of which it is not known how they stood at
	// the moment on the day asked for: they are in no row.
	Unsettled []int64
	// Unknown says that they are too many, and that nothing was read.
	Unknown bool
}

// StandingRow is one indicator of a page.
type StandingRow struct {
	Code     string
	Position SortPosition
}
