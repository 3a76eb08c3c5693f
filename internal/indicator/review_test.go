package indicator_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestReviewCountsEveryState(t *testing.T) {
	var r indicator.Review
	for i, state := range indicator.States {
		r.Add(state, i+1)
	}
	r.Add(indicator.Draft, 10)
	if want := (indicator.Review{Draft: 11, Confirmed: 2, Rejected: 3, Withdrawn: 4}); r != want {
		t.Errorf("%+v, want %+v", r, want)
	}
}

func TestOnlyConfirmedIndicatorsTakeMeasurements(t *testing.T) {
	if err := indicator.Confirmed.CheckReportable("p-1-1"); err != nil {
		t.Error(err)
	}
	for state, words := range map[indicator.State][2]string{
		indicator.Draft:     {"请先确认", "confirm it first"},
		indicator.Rejected:  {"如属误判", "if that was wrong"},
		indicator.Withdrawn: {"现行的指标", "that the plan has now"},
	} {
		f := fault.From(state.CheckReportable("p-1-1"))
		if f == nil || f.Code != fault.IndicatorNotConfirmed || f.Field != "/indicator" {
			t.Fatalf("%s: %v", state, f)
		}
		if !strings.Contains(f.Detail.ZH, words[0]) || !strings.Contains(f.Detail.EN, words[1]) || !strings.Contains(f.Detail.EN, "p-1-1") {
			t.Errorf("%s: %+v", state, f.Detail)
		}
	}
}

func TestHidesIsGoingOutOfSight(t *testing.T) {
	for _, from := range indicator.States {
		for _, to := range indicator.States {
			want := from != to && (to == indicator.Draft || to == indicator.Rejected)
			if got := from.Hides(to); got != want {
				t.Errorf("%s to %s: %t", from, to, got)
			}
		}
	}
}

func TestCheckReview(t *testing.T) {
	good := indicator.Indicator{State: indicator.Draft, Confidence: indicator.Low}
	if err := good.CheckReview(); err != nil {
		t.Error(err)
	}
	for field, bad := range map[string]indicator.Indicator{
		"/state":      {State: "approved", Confidence: indicator.Low},
		"/confidence": {State: indicator.Draft, Confidence: "sure"},
	} {
		if f := fault.From(bad.CheckReview()); f == nil || f.Code != fault.InvalidValue || f.Field != field {
			t.Errorf("%v, want invalid_value at %s", f, field)
		}
	}
}
