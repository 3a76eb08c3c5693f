package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// answered is what became of one report of several that were sent at once.
type answered struct {
	report indicator.Measurement
	stored indicator.Measurement
	err    error
}

// held takes the one writer, so that what is sent waits and is committed
// together once it is given back.
func held(t *testing.T, s *store.Store) *sql.Tx {
	t.Helper()
	tx, err := s.Writer().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	return tx
}

// send sends reports at once and gives their answers when all have come.
func send(ctx context.Context, s *store.Store, reports []indicator.Measurement) func() []answered {
	all := make([]answered, len(reports))
	var wg sync.WaitGroup
	for i, m := range reports {
		wg.Go(func() {
			stored, _, err := storetest.Report(ctx, s, m)
			all[i] = answered{m, stored, err}
		})
	}
	return func() []answered { wg.Wait(); return all }
}

func release(t *testing.T, tx *sql.Tx) {
	t.Helper()
	time.Sleep(100 * time.Millisecond) // for all to be waiting
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
}

// noted are reports of the code, each with a note of its own.
func noted(code string, n int) []indicator.Measurement {
	all := make([]indicator.Measurement, n)
	for i := range all {
		all[i] = reportOf(code, fmt.Sprint("n", i))
	}
	return all
}

func stored(t *testing.T, s *store.Store, code string) []indicator.Measurement {
	t.Helper()
	ms, _, err := s.Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

func TestReportsThatShareACommit(t *testing.T) {
	t.Run("each get the receipt of their own, one revision apart", func(t *testing.T) {
		s := opened(t, newFile(t))
		code := filled(t, s)
		tx := held(t, s)
		wait := send(t.Context(), s, noted(code, store.MostTogether+50)) // more than one commit takes
		release(t, tx)
		revisions := map[int]bool{}
		for _, a := range wait() {
			if a.err != nil || a.stored.Note != a.report.Note || revisions[a.stored.Revision] {
				t.Fatalf("%s became %+v, %v", a.report.Note, a.stored, a.err)
			}
			revisions[a.stored.Revision] = true
		}
		for i := range len(revisions) {
			if !revisions[i+2] { // revision 1 was there
				t.Errorf("no revision %d", i+2)
			}
		}
		if _, found := verified(t, s, ""); found != "" {
			t.Error(found)
		}
	})
	t.Run("are stored though a neighbour is refused", func(t *testing.T) {
		s := opened(t, newFile(t))
		code := filled(t, s)
		reports := noted(code, 20)
		reports[7].Indicator = "p-9-9"
		reports[13].Period = indicator.PeriodOf(indicator.Quarterly, reports[13].Period.Start())
		tx := held(t, s)
		wait := send(t.Context(), s, reports)
		release(t, tx)
		for i, a := range wait() {
			want := map[int]fault.Code{7: fault.UnknownIndicator, 13: fault.PeriodOverlap}[i]
			if want == "" && a.err != nil || want != "" && !fault.Is(a.err, want) {
				t.Errorf("report %d: %v, want %q", i, a.err, want)
			}
		}
		if n := len(stored(t, s, code)); n != 1+18 {
			t.Errorf("%d stored", n)
		}
	})
	t.Run("are stored though the database refuses a neighbour", func(t *testing.T) {
		s := opened(t, newFile(t))
		code := filled(t, s)
		execute(t, s, "CREATE TRIGGER poison BEFORE INSERT ON measurements WHEN NEW.note = 'n5' BEGIN SELECT RAISE(ABORT, 'poisoned'); END")
		tx := held(t, s)
		wait := send(t.Context(), s, noted(code, 20))
		release(t, tx)
		for i, a := range wait() {
			switch {
			case i != 5 && a.err != nil:
				t.Errorf("report %d: %v", i, a.err)
			case i == 5:
				f := fault.From(a.err)
				if !fault.Is(a.err, fault.Internal) || f.Detail != fault.Internal.Title() || !strings.Contains(fmt.Sprint(f.Unwrap()), "poisoned") {
					t.Errorf("report %d: %v", i, a.err)
				}
			}
		}
		if n := len(stored(t, s, code)); n != 1+19 {
			t.Errorf("%d stored", n)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("readiness suffers from a row at fault: %v", err)
		}
		if _, found := verified(t, s, ""); found != "" {
			t.Error(found)
		}
	})
}

func TestReportsWhoseSendersLeave(t *testing.T) {
	s := opened(t, newFile(t))
	code := filled(t, s)
	tx := held(t, s)
	first := send(t.Context(), s, noted(code, 1)) // taken by the writer, who waits
	time.Sleep(50 * time.Millisecond)
	gone, leave := context.WithCancel(t.Context())
	left, stayed := send(gone, s, noted(code, 10)), send(t.Context(), s, noted(code, 10))
	time.Sleep(50 * time.Millisecond)
	leave()
	for _, a := range left() {
		if !fault.Is(a.err, fault.Timeout) || !errors.Is(a.err, context.Canceled) {
			t.Errorf("one who left: %v", a.err)
		}
	}
	release(t, tx)
	for _, a := range append(first(), stayed()...) {
		if a.err != nil {
			t.Errorf("one who stayed: %v", a.err)
		}
	}
	if n := len(stored(t, s, code)); n != 1+1+10 {
		t.Errorf("%d stored", n)
	}
}

func TestAStoreThatCloses(t *testing.T) {
	file := newFile(t)
	s := opened(t, file)
	code := filled(t, s)
	tx := held(t, s)
	wait := send(t.Context(), s, noted(code, 30))
	time.Sleep(50 * time.Millisecond)
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	release(t, tx)
	acknowledged := 0
	for _, a := range wait() {
		switch {
		case a.err == nil:
			acknowledged++
		case !fault.Is(a.err, fault.Unavailable):
			t.Errorf("answered with %v", a.err)
		}
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	t.Run("has stored what it acknowledged and nothing else", func(t *testing.T) {
		if n := len(stored(t, opened(t, file), code)); n != 1+acknowledged {
			t.Errorf("%d stored, %d acknowledged", n, 1+acknowledged)
		}
	})
	t.Run("takes nothing more, and may be closed again", func(t *testing.T) {
		if _, _, err := storetest.Report(t.Context(), s, reportOf(code, "")); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v", err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
