package tracker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// rows gives reports, each as refused when its Note says so, and ends with an
// error of its own instead of io.EOF when it has one.
type rows struct {
	reports []tracker.Report
	end     error
}

const unreadable = "unreadable"

func (r *rows) Next() (tracker.Report, *fault.Fault, error) {
	if len(r.reports) == 0 {
		if r.end != nil {
			return tracker.Report{}, nil, r.end
		}
		return tracker.Report{}, nil, io.EOF
	}
	next := r.reports[0]
	r.reports = r.reports[1:]
	if next.Note == unreadable {
		return tracker.Report{}, fault.New(fault.WrongType, fault.WrongType.Title()), nil
	}
	return next, nil, nil
}

// takeIn hands rows in and gives the receipts in one line each.
func (b *bench) takeIn(how tracker.Intake, end error, reports ...tracker.Report) (batch indicator.Batch, lines []string, err error) {
	b.t.Helper()
	batch, w, err := b.ImportBatch(b.t.Context(), &rows{reports, end}, how)
	if w == nil {
		return batch, nil, err
	}
	defer w.Discard()
	failed := w.Receipts(func(row int64, r indicator.Receipt) error {
		line := fmt.Sprint(row, " ", r.Outcome)
		if r.Refusal != nil {
			line += fmt.Sprint(" ", r.Refusal.Code, r.Refusal.Field)
		}
		if len(r.Cautions) > 0 {
			line += " " + strings.Join(r.Cautions, "+")
		}
		lines = append(lines, line)
		return nil
	})
	if failed != nil {
		b.t.Fatal(failed)
	}
	return batch, lines, err
}

// history counts the stored revisions of an indicator.
func (b *bench) history(code string) int {
	b.t.Helper()
	ms, _, err := b.db.Measurements(b.t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(ms)
}

func of(code, period, value string) tracker.Report {
	return tracker.Report{Indicator: code, Period: period, Value: value}
}

// wide is a plan of as many indicators as dailyOf needs for its first n reports.
func wide(n int) string {
	var text strings.Builder
	text.WriteString("东河市2024年重点工作任务\n一、产业发展\n")
	for task := range (n + daysOf2024 - 1) / daysOf2024 {
		fmt.Fprintf(&text, "%d.壮大企业。新增企业30家以上（牵头单位：市科技局）。\n", task+1)
	}
	return text.String()
}

const daysOf2024 = 366

// dailyOf is one of many reports, no two of which are of the same indicator and day.
func dailyOf(i int) tracker.Report {
	day := indicator.DateOf(2024, 1, 1).AddDays(i % daysOf2024)
	return of(fmt.Sprintf("x-%d-1", 1+i/daysOf2024), day.String(), fmt.Sprint(i))
}

// all counts the stored revisions of every indicator.
func (b *bench) all() int {
	b.t.Helper()
	ms, _, _, err := b.db.Feed(b.t.Context(), indicator.FeedSelection{}, indicator.Page{})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(ms)
}

// named is a report under its sender's own name.
func named(source string, r tracker.Report) tracker.Report {
	r.SourceID = source
	return r
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("receipts %q, want %q", got, want)
	}
}

func TestImportBatchPartial(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	partial := tracker.Intake{Mode: indicator.Partial}

	t.Run("stores what it can, and says of each row why it cannot", func(t *testing.T) {
		batch, lines, err := b.takeIn(partial, nil,
			named("a", of("x-1-1", "2024-01", "1")), named("a", of("x-1-1", "2024-01", "1.0")), named("a", of("x-1-1", "2024-01", "2")),
			of("x-9-9", "2024-01", "1"), of("", "2024-01", "1"), of("x-1-1", "2024-13", "1"), of("x-1-1", "2024-02", "many"),
			tracker.Report{Indicator: "x-1-1", Period: "2024-02", Value: "1", Unit: "亩"},
			tracker.Report{Indicator: "x-1-1", Period: "2024-02", Value: "1", Basis: "sum"},
			of("x-1-1", "2023-12", "1"), of("x-1-1", "2024-Q1", "1"), tracker.Report{Note: unreadable}, of("x\x00", "2024-01", "1"))
		if err != nil {
			t.Fatal(err)
		}
		wantLines(t, lines, "1 stored", "2 unchanged", "3 refused duplicate_in_batch/period",
			"4 refused unknown_indicator/indicator", "5 refused required_field/indicator",
			"6 refused invalid_period/period", "7 refused invalid_number/value", "8 refused unit_mismatch/unit",
			"9 refused invalid_value/basis", "10 refused period_outside_term/period", "11 refused period_overlap/period",
			"12 refused wrong_type", "13 refused unknown_indicator/indicator")
		if want := (indicator.Tally{Rows: 13, Stored: 1, Unchanged: 1, Refused: 11}); batch.Tally != want || batch.State != indicator.BatchDone {
			t.Errorf("%+v, want %+v", batch, want)
		}
		if n := b.history("x-1-1"); n != 1 {
			t.Errorf("%d revisions", n)
		}
	})
	t.Run("keeps what was read before the rows broke off, to be looked up", func(t *testing.T) {
		broken := errors.New("cut off")
		batch, lines, err := b.takeIn(partial, broken, of("x-3-1", "2024-01", "1"))
		if !errors.Is(err, broken) {
			t.Errorf("%v, want %v", err, broken)
		}
		wantLines(t, lines, "1 stored")
		if found, err := b.db.Batch(t.Context(), batch.ID); err != nil || found.Tally.Stored != 1 {
			t.Errorf("%+v, %v", found, err)
		}
	})
	t.Run("leaves no batch where nothing could be read", func(t *testing.T) {
		broken := errors.New("cut off")
		_, w, err := b.ImportBatch(b.t.Context(), &rows{end: broken}, partial)
		if !errors.Is(err, broken) || w != nil {
			t.Errorf("%v, %v", w, err)
		}
	})
	t.Run("refuses a list without rows, and leaves no batch", func(t *testing.T) {
		_, w, err := b.ImportBatch(b.t.Context(), &rows{end: io.EOF}, partial)
		if !fault.Is(err, fault.EmptyBatch) || w != nil {
			t.Errorf("%v, %v", w, err)
		}
	})
	t.Run("sees an indicator that was confirmed since an earlier batch", func(t *testing.T) {
		b.draft("y", river)
		_, lines, err := b.takeIn(partial, nil, of("y-1-1", "2024-01", "1"))
		if err != nil {
			t.Fatal(err)
		}
		wantLines(t, lines, "1 refused indicator_not_confirmed/indicator")
		b.review("y", indicator.Decision{ConfirmRest: true})
		if _, lines, err = b.takeIn(partial, nil, of("y-1-1", "2024-01", "1")); err != nil {
			t.Fatal(err)
		}
		wantLines(t, lines, "1 stored")
	})
}

func TestImportBatchAtomic(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	atomic := tracker.Intake{Mode: indicator.Atomic}
	good := of("x-1-1", "2024-01", "1")

	t.Run("stores nothing with one row refused, in the words of the first", func(t *testing.T) {
		batch, lines, err := b.takeIn(atomic, nil, good, of("x-1-1", "2024-02", "many"), of("x-9-9", "2024-01", "1"))
		wantFault(t, err, fault.BatchRefused, "/1/value")
		wantLines(t, lines, "1 not_stored", "2 refused invalid_number/value", "3 refused unknown_indicator/indicator")
		if batch.State != indicator.BatchRefused || batch.Tally.Stored != 0 || batch.Tally.Refused != 2 || b.history("x-1-1") != 0 {
			t.Errorf("%+v, %d stored", batch, b.history("x-1-1"))
		}
	})
	t.Run("stores nothing when the rows break off", func(t *testing.T) {
		broken := errors.New("cut off")
		if _, lines, err := b.takeIn(atomic, broken, good); !errors.Is(err, broken) || lines != nil || b.history("x-1-1") != 0 {
			t.Errorf("%v, %q, %d stored", err, lines, b.history("x-1-1"))
		}
	})
	t.Run("leaves the writer to others after either", func(t *testing.T) {
		b.record(of("x-3-1", "2024-01", "1"))
	})
	t.Run("stores all where each is accepted", func(t *testing.T) {
		_, lines, err := b.takeIn(atomic, nil, good, of("x-1-1", "2024-02", "2"), of("x-1-1", "2024-03", "3"))
		if err != nil || b.history("x-1-1") != 3 {
			t.Errorf("%v, %d stored", err, b.history("x-1-1"))
		}
		wantLines(t, lines, "1 stored", "2 stored", "3 stored")
	})
}

func TestImportBatchDryRun(t *testing.T) {
	for _, mode := range indicator.Modes {
		t.Run("says what "+string(mode)+" would do and does nothing", func(t *testing.T) {
			b := newBench(t)
			b.load("x", river)
			batch, lines, err := b.takeIn(tracker.Intake{Mode: mode, DryRun: true}, nil, of("x-1-1", "2024-01", "1"), of("x-1-1", "2024-02", "2"))
			if err != nil || !batch.DryRun || b.history("x-1-1") != 0 {
				t.Errorf("%+v, %v, %d stored", batch, err, b.history("x-1-1"))
			}
			wantLines(t, lines, "1 stored", "2 stored")
			if _, err := b.db.Batch(t.Context(), batch.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("the batch can be looked up: %v", err)
			}
			if got := b.record(of("x-1-1", "2024-01", "2")); got.Outcome != indicator.Stored {
				t.Errorf("afterwards %s", got.Outcome)
			}
		})
	}
	t.Run("of an atomic batch tells that it would be refused", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		_, _, err := b.takeIn(tracker.Intake{Mode: indicator.Atomic, DryRun: true}, nil, of("x-1-1", "2024-01", "1"), of("x-9-9", "2024-01", "1"))
		wantFault(t, err, fault.BatchRefused, "/1/indicator")
	})
}

func TestImportBatchAgainUnderItsKey(t *testing.T) {
	const n = 11_345
	reports := func() []tracker.Report {
		all := make([]tracker.Report, n)
		for i := range all {
			all[i] = dailyOf(i)
		}
		all[3].Value = "many"
		return all
	}
	how := tracker.Intake{Mode: indicator.Partial, Key: indicator.Idempotency{Scope: "k", ExpiresAt: time.Now().Add(time.Hour)}}

	t.Run("counts each row once, wherever it broke off", func(t *testing.T) {
		b := newBench(t)
		b.now = b.now.AddDate(1, 0, 0)
		b.load("x", wide(n))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		abandoned := how
		abandoned.Done = func(int64) { cancel() }
		if _, _, err := b.ImportBatch(ctx, &rows{reports: reports()}, abandoned); err == nil {
			t.Error("a request that was abandoned is answered as done")
		}
		first := b.all()
		broken := errors.New("cut off")
		if _, _, err := b.takeIn(how, broken, reports()[:first-10]...); !errors.Is(err, broken) {
			t.Errorf("broken off sooner than before: %v", err)
		}
		part, _, err := b.takeIn(how, broken, reports()[:first+20]...)
		if !errors.Is(err, broken) || first == 0 || first >= n {
			t.Errorf("%v, %d stored at first", err, first)
		}
		batch, lines, err := b.takeIn(how, nil, reports()...)
		if err != nil || batch.ID != part.ID || batch.Tally != (indicator.Tally{Rows: n, Stored: n - 1, Refused: 1}) {
			t.Errorf("%+v, %v", batch, err)
		}
		if got := b.all(); got != n-1 || len(lines) != n {
			t.Errorf("%d stored, %d receipts", got, len(lines))
		}
		wantLines(t, []string{lines[0], lines[3], lines[n-1]}, "1 stored", "4 refused invalid_number/value", fmt.Sprint(n, " stored"))
	})
	t.Run("tells every text of a row from another", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		whole := tracker.Report{
			Indicator: "x-1-1", Period: "2024-01", Value: "1", Unit: "家", Basis: "increment",
			SourceID: "a", Note: "bc", EvidenceURL: "https://a.cn/1",
		}
		broken := errors.New("cut off")
		if _, lines, err := b.takeIn(how, broken, whole); !errors.Is(err, broken) || len(lines) != 1 {
			t.Fatal(lines, err)
		}
		for name, change := range map[string]func(*tracker.Report){
			"indicator":        func(r *tracker.Report) { r.Indicator = "x-3-1" },
			"period":           func(r *tracker.Report) { r.Period = "2024-02" },
			"value":            func(r *tracker.Report) { r.Value = "2" },
			"unit":             func(r *tracker.Report) { r.Unit = "" },
			"basis":            func(r *tracker.Report) { r.Basis = "" },
			"source_id":        func(r *tracker.Report) { r.SourceID = "d" },
			"note":             func(r *tracker.Report) { r.Note = "c" },
			"evidence_url":     func(r *tracker.Report) { r.EvidenceURL = "" },
			"border of two":    func(r *tracker.Report) { r.SourceID, r.Note = "ab", "c" },
			"whether readable": func(r *tracker.Report) { r.Note = unreadable },
		} {
			other := whole
			change(&other)
			_, _, err := b.takeIn(how, nil, other)
			if !fault.Is(err, fault.KeyReused) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, lines, err := b.takeIn(how, nil, whole); err != nil || len(lines) != 1 || b.history("x-1-1") != 1 {
			t.Errorf("%q, %v", lines, err)
		}
	})
}

// counting is a store that counts how often indicators are looked up one by one
// and together.
type counting struct {
	tracker.Store
	alone, together int
}

func (c *counting) Indicator(ctx context.Context, visible indicator.Visibility, code string) (indicator.Indicator, error) {
	c.alone++
	return c.Store.Indicator(ctx, visible, code)
}

func (c *counting) Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error) {
	c.together++
	return c.Store.Indicators(ctx, visible, q)
}

func TestImportBatchLooksIndicatorsUpTogether(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	over := &counting{Store: b.db}
	b.Service = tracker.New(over, func() time.Time { return b.now }, time.UTC, progress.DefaultProfile())
	for range 2 { // what is known from the batch before may have changed since
		over.alone, over.together = 0, 0
		_, lines, err := b.takeIn(tracker.Intake{Mode: indicator.Partial}, nil, of("x-1-1", "2024-01", "1"), of("x-3-1", "2024-01", "1"),
			of("x-9-9", "2024-01", "1"), of("x-1-1", "2024-02", "1"), tracker.Report{Note: unreadable}, of("x-9-9", "2024-02", "1"))
		if err != nil || len(lines) != 6 {
			t.Fatal(lines, err)
		}
		if over.together != 1 || over.alone != 1 { // alone for the one that is unknown
			t.Errorf("%d lookups together, %d alone", over.together, over.alone)
		}
	}
}

func TestImportBatchOfManyRows(t *testing.T) {
	b := newBench(t)
	b.now = b.now.AddDate(1, 0, 0)
	const n = 11_345
	b.load("x", wide(n))
	reports := make([]tracker.Report, n)
	for i := range reports {
		reports[i] = dailyOf(i)
	}
	t.Run("tells how far it has come, up to the last row", func(t *testing.T) {
		var steps []int64
		how := tracker.Intake{Mode: indicator.Partial, Done: func(done int64) { steps = append(steps, done) }}
		batch, lines, err := b.takeIn(how, nil, reports...)
		if err != nil || batch.Tally.Rows != n || len(lines) != n || batch.Tally.Stored != n {
			t.Errorf("%+v, %d receipts, %v", batch.Tally, len(lines), err)
		}
		if len(steps) < 2 || !slices.IsSorted(steps) || steps[len(steps)-1] != n {
			t.Errorf("steps %v", steps)
		}
	})
	t.Run("ends with the request, and keeps what it acknowledged whole", func(t *testing.T) {
		b := newBench(t)
		b.now = b.now.AddDate(1, 0, 0)
		b.load("x", wide(n))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var done int64
		how := tracker.Intake{Mode: indicator.Partial, Done: func(rows int64) { done = rows; cancel() }}
		if _, _, err := b.ImportBatch(ctx, &rows{reports: reports}, how); err == nil {
			t.Error("a request that was abandoned is answered as done")
		}
		if stored := b.all(); done == 0 || done == n || int64(stored) != done {
			t.Errorf("%d rows stored, %d acknowledged", stored, done)
		}
		b.record(dailyOf(0))
	})
}

func TestReceiptsOfABatchNameWhatIsDoubtful(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	total := func(period, value string) tracker.Report {
		r := of("x-1-1", period, value)
		r.Basis = "total"
		return r
	}
	_, lines, err := b.takeIn(tracker.Intake{Mode: indicator.Partial}, nil,
		total("2024-01", "6"), total("2024-02", "9"), total("2024-03", "8"), total("2024-04", "12.5"))
	if err != nil {
		t.Fatal(err)
	}
	wantLines(t, lines, "1 stored", "2 stored total_falls", "3 stored total_falls", "4 stored fraction_of_count")
}

func TestAProfileMayRefuseWhatIsDoubtful(t *testing.T) {
	p := progress.DefaultProfile()
	p.Refused = []progress.Caution{progress.TotalFalls, progress.FractionOfCount}
	b := newBenchWith(t, p)
	b.load("x", river)
	total := func(period, value string) tracker.Report {
		r := of("x-1-1", period, value)
		r.Basis = "total"
		return r
	}
	b.record(total("2024-02", "9"))
	_, err := b.try(total("2024-03", "8"))
	wantFault(t, err, fault.Implausible, "/value")
	b.record(total("2024-03", "11"))
	_, lines, err := b.takeIn(tracker.Intake{Mode: indicator.Partial}, nil, total("2024-04", "10"), total("2024-05", "12.5"), total("2024-06", "13"))
	if err != nil {
		t.Fatal(err)
	}
	wantLines(t, lines, "1 refused implausible/value", "2 refused implausible/value", "3 stored gap_in_series")
}

// watched are rows that call a function before one of them is read.
type watched struct {
	rows
	before int // how many rows come before it
	call   func()
}

func (w *watched) Next() (tracker.Report, *fault.Fault, error) {
	if w.before == 0 {
		w.call()
	}
	w.before--
	return w.rows.Next()
}

// TestCautionsGoByTheVersionThatARowIsStoredUnder holds that a batch warns as one does
// that comes after the change which its own rows have met.
func TestCautionsGoByTheVersionThatARowIsStoredUnder(t *testing.T) {
	const n = 10_200 // several portions
	warned := func(before int) (cautions []string) {
		b := newBench(t)
		b.now = b.now.AddDate(1, 0, 0)
		b.load("x", wide(n+daysOf2024))
		const code = "x-29-1"
		reports := []tracker.Report{of(code, "2030", "1")} // refused, and the indicator seen
		for i := range n {
			reports = append(reports, dailyOf(i))
		}
		reports = append(reports, of(code, "2024-01", "30"))
		_, w, err := b.ImportBatch(t.Context(), &watched{rows: rows{reports: reports}, before: before, call: func() {
			_, err := b.ChangeIndicator(t.Context(), code, 1, func(in *indicator.Indicator) error {
				in.Target.Value = quantity.MustNumber("3")
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}}, tracker.Intake{Mode: indicator.Partial})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Discard()
		err = w.Receipts(func(row int64, r indicator.Receipt) error {
			if int(row) == len(reports) {
				cautions = append(cautions, append([]string{string(r.Outcome)}, r.Cautions...)...)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return cautions
	}
	if first, midway := warned(0), warned(n); !slices.Equal(first, midway) {
		t.Errorf("changed before: %q; changed midway: %q", first, midway)
	}
}

func TestImportBatchGivesWayToARevocation(t *testing.T) {
	b := newBench(t)
	b.now = b.now.AddDate(1, 0, 0)
	const n = 21_000 // so that chunks of it are judged when the key is revoked, and others follow
	b.load("x", wide(n))
	reports := make([]tracker.Report, n)
	for i := range reports {
		reports[i] = dailyOf(i)
	}
	key, err := b.db.CreateKey(t.Context(), access.Key{ID: "k", Name: "n", Role: access.Analyst, Digest: "d"})
	if err != nil {
		t.Fatal(err)
	}
	revoked := make(chan error, 1)
	begun := &watched{rows: rows{reports: reports}, before: 11_000, call: func() {
		go func() {
			_, err := b.db.RevokeKey(t.Context(), key.ID)
			revoked <- err
		}()
		time.Sleep(100 * time.Millisecond) // for it to wait
	}}
	again := 0
	how := tracker.Intake{Mode: indicator.Atomic, Again: func() (tracker.Rows, error) {
		again++
		return &rows{reports: reports}, nil
	}}
	batch, w, err := b.ImportBatch(t.Context(), begun, how)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	select {
	case err := <-revoked:
		if err != nil {
			t.Error(err)
		}
	default:
		t.Error("the key is still not revoked when the batch has ended")
	}
	if again != 1 || batch.Tally.Stored != n || b.all() != n {
		t.Errorf("begun %d times more, %+v, %d stored", again, batch.Tally, b.all())
	}
}
