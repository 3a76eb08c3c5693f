package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var panicBehaviours = []together{
	{"panic: where a report is judged fails it alone, and holds nobody back", panicSingle},
	{"panic: in the midst of a batch fails it, and holds nobody back", panicBatch},
}

func explode([]indicator.Measurement) error { panic("nobody foresaw this") }

// wantPanic fails unless an error is a fault that shows where the panic came from.
func wantPanic(t *testing.T, err error) {
	t.Helper()
	var p *fault.Panic
	if !fault.Is(err, fault.Internal) || !errors.As(err, &p) || !strings.Contains(string(p.Stack), "storetest.explode") {
		t.Errorf("got %v, want a panic and where it came from", err)
	}
}

func panicSingle(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	for round := range 4 {
		atOnce(8, func(n int) {
			row := indicator.Row{Measurement: sourced(in.Code, "2023-09", "1", fmt.Sprint(round, n))}
			if n == 3 {
				row.Refuse = explode
			}
			_, _, err := a.Submit(t.Context(), row, indicator.Idempotency{})
			switch {
			case n == 3:
				wantPanic(t, err)
			case err != nil:
				t.Error(err)
			}
		})
		for _, s := range []*store.Store{a, b} {
			must(0, second(Report(t.Context(), s, increment(in.Code, "2023-10", "1"))))(t)
		}
	}
	equal(t, "stored", len(listed(t, a, in.Code)), 4*(7+2))
	equal(t, "audit", len(must(b.Verify(t.Context(), store.VerifyOptions{}))(t).Findings), 0)
}

// second drops what was stored.
func second(_ indicator.Measurement, _ indicator.Outcome, err error) error { return err }

func panicBatch(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	rows := make([]indicator.Row, 900) // enough that PostgreSQL gets them by COPY
	for i := range rows {
		rows[i].Measurement = increment(in.Code, dayAfter("2020-12-31", 1+i), "1")
	}
	rows[700].Refuse = explode
	for i, how := range []struct {
		mode indicator.Mode
		dry  bool
	}{{indicator.Partial, false}, {indicator.Atomic, false}, {indicator.Partial, true}} {
		w := must(a.OpenBatch(t.Context(), how.mode, how.dry, indicator.Idempotency{}))(t)
		wantPanic(t, fault.Guard(func() error { return w.Write(t.Context(), rows) })) // as whoever serves the request has it
		w.Discard()
		for _, s := range []*store.Store{a, b} {
			must(0, second(Report(t.Context(), s, increment(in.Code, "2023-10", "1"))))(t)
		}
		equal(t, "stored", len(listed(t, a, in.Code)), 2*(i+1))
	}
	equal(t, "audit", len(must(b.Verify(t.Context(), store.VerifyOptions{}))(t).Findings), 0)
}
