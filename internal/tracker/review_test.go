package tracker_test

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// draft imports a plan as the reader leaves it, unreviewed.
func (b *bench) draft(code, text string) tracker.ImportedPlan {
	b.t.Helper()
	imported, err := b.ImportPlan(b.t.Context(), tracker.PlanFile{Code: code, Data: []byte(text), MediaType: "text/plain"})
	if err != nil {
		b.t.Fatal(err)
	}
	return imported
}

func (b *bench) review(plan string, d indicator.Decision) tracker.Reviewed {
	b.t.Helper()
	reviewed, err := b.ReviewPlan(b.t.Context(), plan, d)
	if err != nil {
		b.t.Fatal(err)
	}
	return reviewed
}

func (b *bench) codesInProgress(at tracker.Moment) []string {
	b.t.Helper()
	list, err := b.ProgressPage(b.t.Context(), tracker.ProgressQuery{At: at, Limit: 1000})
	if err != nil {
		b.t.Fatal(err)
	}
	var codes []string
	for _, p := range list.Items {
		codes = append(codes, p.Indicator.Code)
	}
	return codes
}

func TestReview(t *testing.T) {
	t.Run("an import makes drafts, confirmed on request", func(t *testing.T) {
		b := newBench(t)
		for _, in := range b.draft("x", river).Indicators {
			if in.State != indicator.Draft || in.Confidence == "" || in.Source.Version != 1 {
				t.Errorf("%s is %s, %q, document %d", in.Code, in.State, in.Confidence, in.Source.Version)
			}
		}
		imported := b.load("y", river)
		if imported.Plan.Review != (indicator.Review{Confirmed: 3}) || imported.Plan.CreatedAt.IsZero() {
			t.Errorf("%+v at %v", imported.Plan.Review, imported.Plan.CreatedAt)
		}
	})

	t.Run("only confirmed indicators stand in lists and summaries of progress, then as now", func(t *testing.T) {
		b := newBench(t)
		b.draft("x", river)
		drafted := b.now
		reviewed := b.review("x", indicator.Decision{Confirm: []string{"x-1-1"}, Reject: []string{"x-3-1"}})
		if !slices.Equal(reviewed.Changed, []string{"x-1-1", "x-3-1"}) || reviewed.Review != (indicator.Review{Draft: 1, Confirmed: 1, Rejected: 1}) {
			t.Errorf("%+v", reviewed)
		}
		if codes := b.codesInProgress(tracker.Moment{}); !slices.Equal(codes, []string{"x-1-1"}) {
			t.Errorf("now %v", codes)
		}
		if codes := b.codesInProgress(tracker.Moment{AsOf: drafted}); len(codes) != 0 {
			t.Errorf("while all were drafts %v", codes)
		}
		summary, err := b.summaryOf("x", tracker.ByTask, tracker.Moment{})
		if err != nil || len(summary.Groups) != 1 || summary.Groups[0].Count != 1 {
			t.Errorf("summary %+v, %v", summary.Groups, err)
		}
	})

	t.Run("the progress of a draft may be read, and has no data", func(t *testing.T) {
		b := newBench(t)
		b.draft("x", river)
		got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{})
		if err != nil || got.Result.Percent != nil || got.Result.Status != "no_data" {
			t.Errorf("%+v, %v", got.Result, err)
		}
	})

	t.Run("a report for anything but a confirmed indicator is refused", func(t *testing.T) {
		b := newBench(t)
		b.draft("x", river)
		b.review("x", indicator.Decision{Reject: []string{"x-3-1"}})
		for _, code := range []string{"x-1-1", "x-3-1"} {
			_, err := b.try(tracker.Report{Indicator: code, Period: "2024-01", Value: "1"})
			wantFault(t, err, fault.IndicatorNotConfirmed, "/indicator")
		}
	})

	t.Run("a plan that does not exist is not found", func(t *testing.T) {
		_, err := newBench(t).ReviewPlan(t.Context(), "none", indicator.Decision{})
		wantFault(t, err, fault.NotFound, "")
	})
}

func TestChangeState(t *testing.T) {
	to := func(state indicator.State) func(*indicator.Indicator) error {
		return func(in *indicator.Indicator) error {
			in.State, in.Target.Value = state, quantity.MustNumber("31")
			return nil
		}
	}

	t.Run("goes together with a correction", func(t *testing.T) {
		b := newBench(t)
		b.draft("x", river)
		in, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, to(indicator.Confirmed))
		if err != nil || in.State != indicator.Confirmed || in.Target.Value.String() != "31" {
			t.Errorf("%+v, %v", in, err)
		}
	})

	t.Run("is refused once something was reported, and for words that are none", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "3"})
		_, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, to(indicator.Rejected))
		wantFault(t, err, fault.IndicatorHasMeasurements, "/state")
		for _, state := range []indicator.State{indicator.Withdrawn, "approved", ""} {
			_, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, to(state))
			wantFault(t, err, fault.InvalidValue, "/state")
		}
	})
}

func TestIndicatorsMadeByHandAreConfirmed(t *testing.T) {
	b := newBench(t)
	b.draft("x", river)
	in, err := b.CreateIndicator(t.Context(), indicator.Indicator{
		Plan: "x", Task: "2", Name: "办事满意率", Kind: indicator.Ratio,
		Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber("95"), Unit: quantity.MustUnit("%")},
	})
	if err != nil || in.State != indicator.Confirmed || in.Confidence != indicator.High {
		t.Errorf("%s, %s, %v", in.State, in.Confidence, err)
	}
}
