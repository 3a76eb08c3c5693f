package indicator

import (
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Date is a day of the civil calendar, without a time or a zone. The zero
// value means "no date".
type Date struct {
	days int32 // since 0001-01-01
}

const (
	secondsADay = 24 * 60 * 60
	// unixDay is the day that Unix time counts from.
	unixDay = 719162
)

func dateAt(midnight time.Time) Date {
	return Date{int32(midnight.Unix()/secondsADay + unixDay)} //nolint:gosec // a few million days at most
}

// midnight is the moment in UTC at which the day begins.
func (d Date) midnight() time.Time {
	return time.Unix((int64(d.days)-unixDay)*secondsADay, 0).UTC()
}

// DateOf returns the day; months and days beyond their range carry over as in
// time.Date.
func DateOf(year int, month time.Month, day int) Date {
	return dateAt(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateIn returns the day it is at a moment in a place.
func DateIn(moment time.Time, place *time.Location) Date {
	_, offset := moment.In(place).Zone()
	seconds := moment.Unix() + int64(offset)
	days := seconds / secondsADay
	if seconds%secondsADay < 0 { // rounds down before 1970 too
		days--
	}
	return Date{int32(days + unixDay)} //nolint:gosec // a few million days at most
}

// ParseDate reads an ISO date, "2023-09-30", of the years 1900 to 2999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < minYear || t.Year() > maxYear {
		return Date{}, fault.Newf(fault.InvalidDate, "“%s”不是日期，应写作 2023-09-30", "%q is not a date; write 2023-09-30", clip(s))
	}
	return dateAt(t), nil
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
	return d.midnight().Format(time.DateOnly)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.days == 0 }

// Year is the calendar year.
func (d Date) Year() int { return d.midnight().Year() }

// Month is the month of the year.
func (d Date) Month() time.Month { return d.midnight().Month() }

// Day is the day of the month.
func (d Date) Day() int { return d.midnight().Day() }

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.days < o.days }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.days > o.days }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return Date{d.days + int32(n)} } //nolint:gosec // a few million days at most

// DaysSince returns the days from o to d: 1 from one day to the next.
func (d Date) DaysSince(o Date) int {
	return int(d.days - o.days)
}
