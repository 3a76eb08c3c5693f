package indicator_test

import (
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func mustDate(t *testing.T, s string) indicator.Date {
	t.Helper()
	d, err := indicator.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDate(t *testing.T) {
	t.Run("reads and writes ISO dates", func(t *testing.T) {
		for _, s := range []string{"2023-09-30", "2024-02-29", "1900-01-01", "2999-12-31"} {
			if got := mustDate(t, s).String(); got != s {
				t.Errorf("%s came back as %s", s, got)
			}
		}
	})

	t.Run("refuses days that are not in the calendar and other spellings", func(t *testing.T) {
		for _, s := range []string{"", "2023-02-29", "2023-13-01", "2023-9-30", "23-09-30", "2023-09-30T00:00:00Z", " 2023-09-30", "0001-01-01", "3000-01-01", "2023年9月30日"} {
			if d, err := indicator.ParseDate(s); !fault.Is(err, fault.InvalidDate) {
				t.Errorf("%q gave %v, %v", s, d, err)
			}
		}
	})
}

func TestDate(t *testing.T) {
	t.Run("is the day it is in the place, not in UTC", func(t *testing.T) {
		shanghai, err := time.LoadLocation("Asia/Shanghai")
		if err != nil {
			t.Skip("no zone data on this machine")
		}
		late := time.Date(2023, 9, 30, 17, 0, 0, 0, time.UTC)
		if got := indicator.DateIn(late, shanghai).String(); got != "2023-10-01" {
			t.Errorf("in Shanghai it is %s", got)
		}
		if got := indicator.DateIn(late, time.UTC).String(); got != "2023-09-30" {
			t.Errorf("in UTC it is %s", got)
		}
	})

	t.Run("counts days across leap days", func(t *testing.T) {
		if got := mustDate(t, "2024-03-01").DaysSince(mustDate(t, "2024-02-28")); got != 2 {
			t.Errorf("days = %d", got)
		}
		if got := mustDate(t, "2023-12-31").DaysSince(mustDate(t, "2023-01-01")); got != 364 {
			t.Errorf("days = %d", got)
		}
	})

	t.Run("orders days and knows none", func(t *testing.T) {
		a, b := mustDate(t, "2023-09-30"), mustDate(t, "2023-10-01")
		if !a.Before(b) || !b.After(a) || a.After(b) || a.AddDays(1) != b {
			t.Error("order is wrong")
		}
		var none indicator.Date
		if !none.IsZero() || none.String() != "" || a.IsZero() {
			t.Error("the zero date is not none")
		}
	})
}

// Each moment, before 1970 and beside the turn of a day too, falls on the day of the calendar.
func TestDateInAgreesWithTheCalendar(t *testing.T) {
	for _, name := range []string{"UTC", "Asia/Shanghai", "America/Lima", "Asia/Kathmandu"} {
		place, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, near := range []string{"1900-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2023-09-30T16:00:00Z", "2999-12-31T05:00:00Z"} {
			moment, err := time.Parse(time.RFC3339, near)
			if err != nil {
				t.Fatal(err)
			}
			for _, more := range []time.Duration{-25 * time.Hour, -time.Nanosecond, 0, time.Nanosecond, 7 * time.Hour, 24 * time.Hour} {
				at := moment.Add(more)
				if got, want := indicator.DateIn(at, place).String(), at.In(place).Format(time.DateOnly); got != want {
					t.Errorf("%s in %s is %s, not %s", at, name, got, want)
				}
			}
		}
	}
}
