package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

func TestWhenTheDailyRunIsDue(t *testing.T) {
	zone := func(name string) *time.Location {
		place, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return place
	}
	for _, c := range []struct {
		name, at, place, now, want string
	}{
		{"before its hour it is that of the day before", "02:00", "Asia/Shanghai", "2026-11-27T17:59:59Z", "2026-11-27"},
		{"at its hour", "02:00", "Asia/Shanghai", "2026-11-27T18:00:00Z", "2026-11-28"},
		{"the day is the place's, not that of UTC", "00:30", "Asia/Shanghai", "2026-11-27T17:00:00Z", "2026-11-28"},
		{"an hour that clocks leave out has come once they have", "02:30", "America/New_York", "2026-03-08T07:10:00Z", "2026-03-08"},
		{"an hour that comes twice is one", "01:30", "America/New_York", "2026-11-01T06:40:00Z", "2026-11-01"},
		{"an expression of working days, on a Sunday", "0 2 * * 1-5", "Asia/Shanghai", "2026-11-29T04:00:00Z", "2026-11-27"},
		{"once a month", "15 3 1 * *", "Asia/Shanghai", "2026-11-28T04:00:00Z", "2026-11-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := parseDaily(c.at)
			if err != nil {
				t.Fatal(err)
			}
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			if got, ok := d.due(now, zone(c.place)); !ok || got.String() != c.want {
				t.Errorf("%s, %v, want %s", got, ok, c.want)
			}
		})
	}
}

func TestHoursThatAreNone(t *testing.T) {
	for _, bad := range []string{"25:00", "2", "TZ=0", "TZ=", "CRON_TZ=Asia/Tokyo 0 2 * * *", "@every 1h", "@daily", "0 0 30 2 *", "* * * * * *", "0 2 * *", "二点"} {
		if d, err := parseDaily(bad); err == nil {
			t.Errorf("%q is read as %v", bad, d)
		}
	}
	for _, never := range []string{"", "off"} {
		if d, err := parseDaily(never); d != nil || err != nil {
			t.Errorf("%q: %v, %v", never, d, err)
		}
	}
}

func FuzzDailyAt(f *testing.F) {
	for _, s := range []string{"02:00", "0 2 * * *", "TZ=0", "*/5 * * * 1", "61 0 * * *"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseDaily(text)
		if err != nil || d == nil {
			return
		}
		now := time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)
		if day, ok := d.due(now, time.UTC); ok && day.After(indicator.DateIn(now, time.UTC)) {
			t.Errorf("%q is due on %s, which is still to come", text, day)
		}
	})
}

// runs is a runner that fails, leaves alone, and then finishes.
type runs struct{ asked []string }

func (r *runs) RunUntil(_ context.Context, q oversight.RunRequest) (loop.Run, error) {
	r.asked = append(r.asked, q.On.String())
	switch len(r.asked) {
	case 1:
		return loop.Run{}, errors.New("the database is away")
	case 2:
		return loop.Run{On: q.On}, nil // another process is in it
	}
	return loop.Run{On: q.On, Finished: time.Now()}, nil
}

func TestTheDailyRunIsTriedUntilItIsFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, err := parseDaily("02:00")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		r, ticks, now := &runs{}, make(chan time.Time), time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
		clock := func() (time.Time, *time.Location) { return now, time.UTC }
		go keepDaily(ctx, r, d, clock, ticks, slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil)))
		for range 5 {
			ticks <- now
		}
		synctest.Wait()
		now = now.AddDate(0, 0, 1)
		ticks <- now
		synctest.Wait()
		cancel()
		synctest.Wait()
		if want := []string{"2026-11-28", "2026-11-28", "2026-11-28", "2026-11-29"}; !slices.Equal(r.asked, want) {
			t.Errorf("asked %v, want %v", r.asked, want)
		}
	})
}
