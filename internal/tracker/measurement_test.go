package tracker_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func TestRetract(t *testing.T) {
	total := func(period, value string) tracker.Report {
		return tracker.Report{Indicator: "x-1-1", Period: period, Value: value, Basis: "total"}
	}
	t.Run("judges the end of the period without the measurement", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(total("2024-05", "12"))
		june := b.record(total("2024-06", "15"))
		got, err := b.Retract(t.Context(), june.Measurement.ID, "重复统计", "")
		if err != nil || got.Outcome != indicator.Retracted || got.Measurement.Retracts != june.Measurement.ID || got.Measurement.Note != "重复统计" {
			t.Fatalf("%+v, %v", got.Measurement, err)
		}
		if r := got.Progress.Result; r.On.String() != "2024-06-30" || r.Percent.String() != "40.00" {
			t.Errorf("judged on %s: %s", r.On, r.Percent)
		}
		again, err := b.Retract(t.Context(), june.Measurement.ID, "另一原因", "")
		if err != nil || again.Outcome != indicator.Unchanged || again.Measurement.Note != "重复统计" || again.Progress.Result.Percent.String() != "40.00" {
			t.Errorf("again: %+v, %v", again.Measurement, err)
		}
	})
	t.Run("leaves no figure when it takes the only report back, and then as before", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		only := b.record(total("2024-06", "15"))
		then := b.now
		got, err := b.Retract(t.Context(), only.Measurement.ID, "误报", "")
		if err != nil || got.Progress.Result.Actual != nil {
			t.Errorf("%+v, %v", got.Progress.Result, err)
		}
		old, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{On: date(t, "2024-06-30"), AsOf: then})
		if err != nil || old.Result.Actual == nil || old.Result.Actual.String() != "15" {
			t.Errorf("as of then %+v, %v", old.Result, err)
		}
	})
	t.Run("refuses without a reason, with one too long, and what is not there or not the newest", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		first := b.record(total("2024-06", "15")).Measurement.ID
		second := b.record(total("2024-06", "16")).Measurement.ID
		for _, c := range []struct {
			id     int64
			reason string
			code   fault.Code
			field  string
		}{
			{second, "", fault.RequiredField, "/reason"},
			{second, " \t\n", fault.RequiredField, "/reason"},
			{second, strings.Repeat("因", 2001), fault.InvalidValue, "/reason"},
			{second, "a\x00b", fault.InvalidValue, "/reason"},
			{first, "x", fault.Superseded, ""},
			{second + 9, "x", fault.NotFound, ""},
		} {
			_, err := b.Retract(t.Context(), c.id, c.reason, "")
			wantFault(t, err, c.code, c.field)
		}
		if n := b.history("x-1-1"); n != 2 {
			t.Errorf("%d revisions", n)
		}
	})
}

func TestRecordOnce(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	key := func(scope, payload string) indicator.Idempotency {
		return indicator.Idempotency{Scope: scope, Fingerprint: []byte(payload), ExpiresAt: b.now.Add(time.Hour)}
	}
	first, err := b.RecordOnce(t.Context(), of("x-1-1", "2024-01", "3"), key("k", "1"))
	if err != nil || first.Replayed || first.Outcome != indicator.Stored {
		t.Fatalf("%+v, %v", first, err)
	}
	same := func(t *testing.T) {
		t.Helper()
		again, err := b.RecordOnce(t.Context(), of("x-1-1", "2024-01", "3"), key("k", "1"))
		if err != nil || !again.Replayed {
			t.Fatalf("%+v, %v", again, err)
		}
		again.Replayed = false
		if !reflect.DeepEqual(again, first) {
			t.Errorf("%+v\nat first %+v", again, first)
		}
	}
	t.Run("gives the same record and figures again, though more was reported since", func(t *testing.T) {
		b.record(of("x-1-1", "2024-02", "3"))
		b.record(of("x-1-1", "2024-01", "5"))
		same(t)
		if n := b.history("x-1-1"); n != 3 {
			t.Errorf("%d revisions", n)
		}
	})
	t.Run("and though its target was changed, and it was retracted", func(t *testing.T) {
		_, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, func(in *indicator.Indicator) error {
			in.Name, in.Target.Value, in.LeadAgencies = "另一名称", quantity.MustNumber("60"), []string{"市水务局"}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		newest := b.record(of("x-1-1", "2024-01", "6")).Measurement.ID
		if _, err := b.Retract(t.Context(), newest, "误报", ""); err != nil {
			t.Fatal(err)
		}
		same(t)
	})
	t.Run("gives what was unchanged again as it was known then", func(t *testing.T) {
		named := of("x-1-1", "2024-05", "1")
		named.SourceID = "may"
		first := b.record(named)
		at := first.Measurement.RecordedAt
		unchanged, err := b.RecordOnce(t.Context(), named, key("u", "1"))
		if err != nil || unchanged.Outcome != indicator.Unchanged || unchanged.Progress.AsOf.Before(at) {
			t.Fatalf("%+v, %v", unchanged, err)
		}
		b.record(of("x-1-1", "2024-04", "9"))
		again, err := b.RecordOnce(t.Context(), named, key("u", "1"))
		if err != nil || !again.Replayed || again.Outcome != indicator.Unchanged || again.Measurement.ID != unchanged.Measurement.ID ||
			again.Progress.Result.Percent.String() != unchanged.Progress.Result.Percent.String() || !again.Progress.AsOf.Equal(unchanged.Progress.AsOf) {
			t.Errorf("%+v, %v, first %+v", again, err, unchanged)
		}
	})
	t.Run("refuses the key with another payload", func(t *testing.T) {
		_, err := b.RecordOnce(t.Context(), of("x-1-1", "2024-03", "3"), key("k", "2"))
		wantFault(t, err, fault.KeyReused, "")
	})
	t.Run("leaves the key of a refused report free", func(t *testing.T) {
		_, err := b.RecordOnce(t.Context(), of("x-1-1", "2024-Q1", "3"), key("l", "1"))
		wantFault(t, err, fault.PeriodOverlap, "/period")
		if got, err := b.RecordOnce(t.Context(), of("x-1-1", "2024-03", "3"), key("l", "2")); err != nil || got.Replayed {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestRecordFollowsItsIndicator(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	in := b.record(of("x-1-1", "2024-01", "3")).Progress.Indicator // the service has seen version 1
	other := tracker.New(b.db, func() time.Time { return b.now }, time.UTC, progress.DefaultProfile())
	_, err := other.ChangeIndicator(t.Context(), in.Code, in.Version, func(in *indicator.Indicator) error {
		in.Target.Value, in.Target.Unit = quantity.MustNumber("0.006"), quantity.MustUnit("万家")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-02", Value: "3", Unit: "家"})
	if got.Progress.Indicator.Version != 2 || got.Progress.Result.Percent.String() != "10.00" {
		t.Errorf("judged against version %d: %s", got.Progress.Indicator.Version, got.Progress.Result.Percent)
	}
	if bare := b.record(of("x-1-1", "2024-03", "0.0006")); bare.Measurement.Unit.String() != "万家" {
		t.Errorf("a bare number is in %s", bare.Measurement.Unit)
	}
}

func TestAmendmentEdges(t *testing.T) {
	t.Run("the same text with the token of none changes nothing", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		a := b.amend("x", river, "whatever")
		if a.Applied || a.Token != "" || a.Diff.Unchanged != 3 || a.To.Version != 1 || len(a.Fields()) != 0 {
			t.Errorf("%+v", a)
		}
	})
	t.Run("names the fields of the plan that the newer text changes", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		fields := b.amend("x", riverAmended, "").Fields()
		if len(fields) != 1 || fields[0].Field != "/title" || fields[0].Before != "东河市2024年重点工作任务" || fields[0].After != "东河市2024年重点工作任务（调整）" {
			t.Errorf("%+v", fields)
		}
	})
	t.Run("gives the same token to the same comparison and another to another", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		first := b.amend("x", riverAmended, "").Token
		if again := b.amend("x", riverAmended, "").Token; again != first {
			t.Errorf("%s, then %s", first, again)
		}
		if other := b.amend("x", riverAmended+"5.改造老旧小区。改造老旧小区12个（牵头单位：市住建局）。\n", "").Token; other == first {
			t.Error("two texts share a token")
		}
	})
	t.Run("keeps a report that came between the comparison and its token", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		token := b.amend("x", riverAmended, "").Token
		b.record(of("x-1-1", "2024-06", "18"))
		if a := b.amend("x", riverAmended, token); !a.Applied {
			t.Fatal("not applied")
		}
		got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{On: date(t, "2024-06-30")})
		if err != nil || got.Result.Percent == nil || got.Result.Percent.String() != "50.00" {
			t.Errorf("%v, %v", got.Result.Percent, err)
		}
	})
	t.Run("brings back as another indicator what one amendment withdrew", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.amend("x", riverAmended, b.amend("x", riverAmended, "").Token)
		a := b.amend("x", river, b.amend("x", river, "").Token)
		if !a.Applied || a.To.Version != 3 {
			t.Fatalf("%+v", a.To)
		}
		if old, err := b.db.Indicator(t.Context(), indicator.AllVisible(), "x-3-2"); err != nil || old.State != indicator.Withdrawn {
			t.Errorf("the withdrawn one is %s, %v", old.State, err)
		}
		for _, added := range a.Diff.Added {
			if added.Indicator.Code == "x-3-2" {
				t.Error("a code is given twice")
			}
		}
	})
}
