package tracker_test

import (
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// lenient is on track from a gap of −90.
func lenient(t *testing.T) *progress.Profile {
	t.Helper()
	p, err := progress.ParseProfile([]byte(`{"name":"lenient","classes":[
		{"status":"on_track","from":-90,"label":{"zh":"达序时","en":"On track"},"color":"#2e7d32"},
		{"status":"behind","label":{"zh":"滞后","en":"Behind"},"color":"#c62828"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return &p
}

func TestFiguresAreJudgedByTheProfileOfThen(t *testing.T) {
	b := newBench(t)
	status := func(s *tracker.Service, at tracker.Moment) (progress.Status, int, time.Time) {
		t.Helper()
		p, err := s.Progress(t.Context(), "river-3-1", at)
		if err != nil {
			t.Fatal(err)
		}
		return p.Result.Status, p.Profile, p.AsOf
	}
	settled, err := b.UseProfile(t.Context(), nil, time.UTC, false)
	if err != nil || settled.Version != 1 || !settled.Adopted {
		t.Fatalf("%+v, %v", settled, err)
	}
	b.load("river", river)
	b.record(tracker.Report{Indicator: "river-3-1", Period: "2024-03", Value: "1"})
	on := tracker.Moment{On: date(t, "2024-05-31")}
	before, version, then := status(b.Service, on)
	if before != progress.Behind || version != 1 {
		t.Fatalf("%s by version %d", before, version)
	}

	other := tracker.New(b.db, func() time.Time { return b.now }, time.UTC, progress.DefaultProfile())
	t.Run("another profile, or other days, are refused", func(t *testing.T) {
		if _, err := other.UseProfile(t.Context(), lenient(t), time.UTC, false); !fault.Is(err, fault.InvalidParameter) {
			t.Errorf("profile: %v", err)
		}
		if _, err := other.UseProfile(t.Context(), nil, time.FixedZone("Asia/Shanghai", 8*3600), false); !fault.Is(err, fault.InvalidParameter) {
			t.Errorf("place: %v", err)
		}
		same := progress.DefaultProfile()
		if again, err := other.UseProfile(t.Context(), &same, time.UTC, false); err != nil || again.Version != 1 || again.Adopted {
			t.Errorf("the same: %+v, %v", again, err)
		}
	})

	if settled, err = other.UseProfile(t.Context(), lenient(t), time.UTC, true); err != nil || settled.Version != 2 {
		t.Fatalf("%+v, %v", settled, err)
	}
	t.Run("the newest judges, in every process", func(t *testing.T) {
		for _, s := range []*tracker.Service{b.Service, other} {
			if now, version, _ := status(s, on); now != progress.OnTrack || version != 2 {
				t.Errorf("%s by version %d", now, version)
			}
		}
	})
	t.Run("and what was known earlier as it was", func(t *testing.T) {
		for _, s := range []*tracker.Service{b.Service, other} {
			if was, version, _ := status(s, tracker.Moment{On: on.On, AsOf: then}); was != before || version != 1 {
				t.Errorf("%s by version %d", was, version)
			}
		}
	})
	t.Run("a report is judged by the newest in a process that has not met it", func(t *testing.T) {
		if settled, err = other.UseProfile(t.Context(), func() *progress.Profile { p := progress.DefaultProfile(); p.Name = "again"; return &p }(), time.UTC, true); err != nil {
			t.Fatal(err)
		}
		r := b.record(tracker.Report{Indicator: "river-3-1", Period: "2024-05", Value: "2"})
		if r.Progress.Profile != 3 || r.Progress.Result.Status != progress.Behind {
			t.Errorf("%s by version %d", r.Progress.Result.Status, r.Progress.Profile)
		}
	})
}

func TestKnowledgeBeforeTheFirstProfileIsJudgedByIt(t *testing.T) {
	b := newBench(t)
	b.load("river", river)
	then := b.now
	if _, err := b.UseProfile(t.Context(), lenient(t), time.UTC, false); err != nil {
		t.Fatal(err)
	}
	p, err := b.Progress(t.Context(), "river-3-1", tracker.Moment{On: indicator.DateOf(2024, 5, 31), AsOf: then})
	if err != nil || p.Profile != 1 {
		t.Errorf("by version %d, %v", p.Profile, err)
	}
}
