package indicator

import (
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Date is a day of the civil calendar, without a time or a zone. The zero
// value means "no date".
type Date struct {
	t time.Time // midnight UTC of the day
}

// DateOf returns the day; months and days beyond their range carry over as in
// time.Date.
func DateOf(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// DateIn returns the day it is at a moment in a place.
func DateIn(moment time.Time, place *time.Location) Date {
	y, m, d := moment.In(place).Date()
	return DateOf(y, m, d)
}

// ParseDate reads an ISO date, "2023-09-30", of the years 1900 to 2999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < minYear || t.Year() > maxYear {
		return Date{}, fault.Newf(fault.InvalidDate, "“%s”不是日期，应写作 2023-09-30", "%q is not a date; write 2023-09-30", clip(s))
	}
	return Date{t}, nil
}

// The years that a date or period may name: outside them a typing error is
// likelier than a plan.
const (
	minYear = 1900
	maxYear = 2999
)

// clip keeps an echo of bad input short.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// String returns the ISO form, or "" for the zero date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(time.DateOnly)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.t.IsZero() }

// Year is the calendar year.
func (d Date) Year() int { return d.t.Year() }

// Month is the month of the year.
func (d Date) Month() time.Month { return d.t.Month() }

// Day is the day of the month.
func (d Date) Day() int { return d.t.Day() }

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.t.Before(o.t) }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.t.After(o.t) }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return Date{d.t.AddDate(0, 0, n)} }

// DaysSince returns the days from o to d: 1 from one day to the next.
func (d Date) DaysSince(o Date) int {
	return int(d.t.Sub(o.t) / (24 * time.Hour))
}
