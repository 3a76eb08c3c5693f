package loop

import (
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Calendar says which days are worked on: all but Saturdays and Sundays, less Holidays, and
// Workdays beside (调休).
type Calendar struct {
	Holidays []string `json:"holidays,omitempty"`
	Workdays []string `json:"workdays,omitempty"`
}

// mostDays is how many days each list of a calendar may have.
const mostDays = 2000

// WorkingDays is a calendar made ready. The zero value has weekends alone.
type WorkingDays struct{ free, worked map[indicator.Date]bool }

// Ready reads the days of a calendar.
func (c Calendar) Ready() (WorkingDays, error) {
	free, err := daysOf("/holidays", c.Holidays)
	if err != nil {
		return WorkingDays{}, err
	}
	worked, err := daysOf("/workdays", c.Workdays)
	if err != nil {
		return WorkingDays{}, err
	}
	for i, d := range c.Workdays {
		if slices.Contains(c.Holidays, d) {
			return WorkingDays{}, fault.Newf(fault.InvalidValue, "%s 不能既是节假日又是工作日", "%s cannot be both a holiday and a day of work", d).At(fmt.Sprintf("/workdays/%d", i))
		}
	}
	return WorkingDays{free, worked}, nil
}

func daysOf(field string, list []string) (map[indicator.Date]bool, error) {
	if len(list) > mostDays {
		return nil, fault.Newf(fault.InvalidValue, "最多 %d 天", "at most %d days", mostDays).At(field)
	}
	days := make(map[indicator.Date]bool, len(list))
	for i, s := range list {
		d, err := indicator.ParseDate(s)
		if err != nil {
			return nil, fault.At(err, fmt.Sprintf("%s/%d", field, i))
		}
		days[d] = true
	}
	return days, nil
}

// IsWorked reports whether a day is worked on.
func (w WorkingDays) IsWorked(d indicator.Date) bool {
	switch weekday := d.Weekday(); {
	case w.worked[d]:
		return true
	case w.free[d]:
		return false
	default:
		return weekday >= 1 && weekday <= 5
	}
}

// mostSearched bounds the search for a day that is worked on: no holiday is longer.
const mostSearched = 4000

// After is the nth day of work after a day; n is 1 or more.
func (w WorkingDays) After(d indicator.Date, n int) indicator.Date {
	for range mostSearched {
		if d = d.AddDays(1); w.IsWorked(d) {
			if n--; n == 0 {
				break
			}
		}
	}
	return d
}
