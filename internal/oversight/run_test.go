package oversight_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var schemas storetest.Schemas

func TestMain(m *testing.M) { os.Exit(storetest.RunTests(m, &schemas)) }

// newDatabase names an empty database: a schema of TRACKER_TEST_POSTGRES, else a file.
func newDatabase(t *testing.T) string {
	t.Helper()
	if server := os.Getenv("TRACKER_TEST_POSTGRES"); server != "" {
		return schemas.Migrated(t, server)
	}
	return filepath.Join(t.TempDir(), "tracker.db")
}

// world is a plan of ten tasks with an indicator each, and a clock that the test sets.
type world struct {
	t       *testing.T
	db      *store.Store
	figures *tracker.Service
	mu      sync.Mutex
	now     time.Time
}

var place = time.FixedZone("UTC+8", 8*60*60)

func newWorld(t *testing.T, address string) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2024, 1, 1, 0, 0, 0, 0, place)}
	db, err := store.Open(t.Context(), address, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	w.db, w.figures = db, tracker.New(db, w.clock, place, progress.DefaultProfile())
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(time.Millisecond)
	return w.now
}

// day lets it be two in the morning of a day.
func (w *world) day(text string) indicator.Date {
	w.t.Helper()
	d, err := indicator.ParseDate(text)
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = time.Date(d.Year(), d.Month(), d.Day(), 2, 0, 0, 0, place)
	return d
}

func (w *world) plan() {
	w.t.Helper()
	text := &strings.Builder{}
	text.WriteString("东河市2024年重点工作任务\n一、民生\n")
	for n := range 10 {
		fmt.Fprintf(text, "%d.建设站点。新增甲%c类站点120个（牵头单位：市工信局，参与单位：市交通局）。\n", n+1, rune('A'+n))
	}
	read, err := w.figures.ImportPlan(w.t.Context(), tracker.PlanFile{Code: "p", Data: []byte(text.String()), MediaType: "text/plain", Confirm: true})
	if err != nil || len(read.Indicators) != 10 {
		w.t.Fatalf("%d indicators, %v", len(read.Indicators), err)
	}
}

func (w *world) report(task int, period, value string) {
	w.t.Helper()
	r := tracker.Report{Indicator: fmt.Sprintf("p-%d-1", task), Period: period, Value: value, Unit: "个"}
	if _, err := w.figures.RecordOnce(w.t.Context(), r, indicator.Idempotency{}); err != nil {
		w.t.Fatal(err)
	}
}

// story is what people do, by the day on which they do it, before the run of that day.
func (w *world) story(day string, service *oversight.Service) {
	w.t.Helper()
	switch day {
	case "2024-02-03": // of ten, four report as they should, two too little, one a figure in doubt
		for task := range 4 {
			w.report(task+1, "2024-01", "12")
		}
		w.report(5, "2024-01", "1")
		w.report(6, "2024-01", "1")
	case "2024-03-03":
		for task := range 3 {
			w.report(task+1, "2024-02", "12")
		}
		w.report(5, "2024-02", "1")
		w.report(6, "2024-02", "1")
		w.notice(service, "2024-03-11") // which nobody answers
		w.notice(service, "2024-03-31")
	case "2024-03-12": // made up, late
		w.report(5, "2024-02", "40")
		w.report(7, "2024-02", "20")
	case "2024-03-15": // closed although its cause stands
		w.step(service, "p-8-1", loop.CauseNotReported, loop.StepClosed, loop.IssueStep{Text: "年初无任务"})
	}
}

// notice asks the lead agency of a task for something by a day.
func (w *world) notice(service *oversight.Service, due string) {
	w.t.Helper()
	asked := oversight.NoticeAction{NoticeStep: loop.NoticeStep{Title: "关于加快建设的督办", Asked: "说明原因", DueOn: due, Tasks: []string{"1"}}, Lead: "市工信局"}
	if _, err := service.IssueNotice(w.t.Context(), "p", asked); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) issue(service *oversight.Service, code string, cause loop.IssueCause) oversight.IssueRow {
	w.t.Helper()
	page, err := service.Issues(w.t.Context(), oversight.IssueQuery{
		Selection: loop.IssueSelection{Indicators: []string{code}, Causes: []loop.IssueCause{cause}}, Page: indicator.Page{Limit: 10},
	})
	if err != nil || len(page.Rows) == 0 {
		w.t.Fatalf("%s has no issue %s: %v", code, cause, err)
	}
	return page.Rows[0]
}

func (w *world) step(service *oversight.Service, code string, cause loop.IssueCause, kind loop.IssueStepKind, step loop.IssueStep) {
	w.t.Helper()
	if _, err := service.StepIssue(w.t.Context(), w.issue(service, code, cause).ID, kind, step); err != nil {
		w.t.Fatal(err)
	}
}

// told is all that was appended about issues, cycles and notices and by runs, without moments, processes and ids.
func (w *world) told() (all []string) {
	w.t.Helper()
	log, err := w.db.LoopLog(w.t.Context(), 0, 100_000)
	if err != nil {
		w.t.Fatal(err)
	}
	order := map[int64]int{} // of issues, as ids hang on how often a run was taken
	for _, e := range log {
		switch {
		case e.Kind == loop.KindIssue || e.Kind == loop.KindCycle || e.Kind == loop.KindNotice:
			if order[e.Thread] == 0 {
				order[e.Thread] = len(order) + 1
			}
			all = append(all, fmt.Sprintf("%s.%s %d of %s by %s: %s", e.Kind, e.Type, order[e.Thread], e.About, e.By.Key, e.Content))
		case e.Type == loop.RunPortion || e.Type == loop.RunFinished:
			content := string(e.Content)
			if strings.Contains(content, "overdue_issues") { // whose positions are ids
				content, _, _ = strings.Cut(content, `"next"`)
			}
			all = append(all, fmt.Sprintf("%s.%s of %s: %s", e.Kind, e.Type, e.About, content))
		}
	}
	return all
}

// days are those of the story, which a run follows; in between the service is down.
var days = []string{"2024-02-03", "2024-02-12", "2024-03-03", "2024-03-11", "2024-03-12", "2024-03-15", "2024-03-29", "2024-04-10"}

// broken is a store that fails in one of several ways after some more calls.
type broken struct {
	*store.Store
	calls int
	how   int
	end   context.CancelFunc
}

var errKilled = errors.New("killed")

func (b *broken) call() error {
	if b.calls--; b.calls != 0 {
		return nil
	}
	switch b.how {
	case 0:
		return errKilled
	case 1:
		panic(errKilled)
	case 2:
		b.end() // as a process that stops
	}
	return nil
}

func (b *broken) WriteLoop(ctx context.Context, run func(loop.Book) error) error {
	if err := b.call(); err != nil {
		return err
	}
	if err := b.Store.WriteLoop(ctx, func(book loop.Book) error { return run(brokenBook{book, b}) }); err != nil {
		return err
	}
	return b.call() // stored, and the process ends before it knows
}

func (b *broken) LoopThreads(ctx context.Context, q loop.ThreadQuery) ([]loop.Thread, error) {
	if err := b.call(); err != nil {
		return nil, err
	}
	return b.Store.LoopThreads(ctx, q)
}

type brokenBook struct {
	loop.Book
	of *broken
}

func (b brokenBook) Append(thread int64, d loop.Draft) (e loop.Event, added bool, err error) {
	if err := b.of.call(); err != nil {
		return e, false, err
	}
	e, added, err = b.Book.Append(thread, d)
	if err == nil {
		err = b.of.call()
	}
	return e, added, err
}

// portionOf is a service whose runs take three matters at a time.
func portionOf(s oversight.Store, w *world) *oversight.Service {
	service := oversight.New(s, w.figures, w.clock)
	service.PortionOf(3)
	return service
}

func (w *world) undisturbed() []string {
	w.t.Helper()
	w.plan()
	service := portionOf(w.db, w)
	for _, day := range days {
		on := w.day(day)
		w.story(day, service)
		if run, err := service.RunUntil(w.t.Context(), oversight.RunRequest{On: on, Worker: "one"}); err != nil || run.Finished.IsZero() {
			w.t.Fatalf("%s: %+v, %v", day, run, err)
		}
	}
	return w.told()
}

func TestARunKilledAnywhereComesToTheSame(t *testing.T) {
	want := newWorld(t, filepath.Join(t.TempDir(), "whole.db")).undisturbed()
	for _, kind := range []string{"issue.raised", "issue.resolution_proposed", "issue.escalated", "issue.closed", "cycle.due", "cycle.agency_late", "notice.reminded_before", "notice.reminded_after", "notice.escalated"} {
		if !slices.ContainsFunc(want, func(s string) bool { return strings.HasPrefix(s, kind) }) {
			t.Errorf("the story has no %s, so it shows nothing of it", kind)
		}
	}
	w := newWorld(t, newDatabase(t))
	w.plan()
	random, killed, workers := rand.New(rand.NewPCG(1, 2)), 0, 0
	for _, day := range days {
		on := w.day(day)
		w.story(day, portionOf(w.db, w))
		for finished := false; !finished; {
			ctx, end := context.WithCancel(t.Context())
			b := &broken{Store: w.db, calls: 1 + random.IntN(45), how: random.IntN(3), end: end}
			if killed > 400 {
				b.calls = 0 // never
			}
			workers++
			err := fault.Guard(func() error {
				run, err := portionOf(b, w).RunUntil(ctx, oversight.RunRequest{On: on, Worker: fmt.Sprint("worker ", workers), StandsStill: time.Nanosecond})
				finished = err == nil && !run.Finished.IsZero() && run.On == on
				return err
			})
			end()
			if err != nil {
				killed++
			}
		}
	}
	if killed < 100 {
		t.Errorf("only %d runs were killed", killed)
	}
	if diff := cmp.Diff(want, w.told()); diff != "" {
		t.Error(diff)
	}
	if v, err := w.db.Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) > 0 {
		t.Errorf("%+v, %v", v.Findings, err)
	}
}

func TestTwoProcessesAtOnceDoEachThingOnce(t *testing.T) {
	want := newWorld(t, filepath.Join(t.TempDir(), "whole.db")).undisturbed()
	address := newDatabase(t)
	one := newWorld(t, address)
	one.plan()
	two := newWorld(t, address)
	for _, day := range days {
		on := one.day(day)
		one.story(day, portionOf(one.db, one))
		two.day(day)
		var both sync.WaitGroup
		for name, w := range map[string]*world{"one": one, "two": two} {
			both.Go(func() {
				for { // each takes the run from the other as often as it can
					run, err := portionOf(w.db, w).RunUntil(t.Context(), oversight.RunRequest{On: on, Worker: name, StandsStill: time.Nanosecond})
					if err != nil {
						t.Error(err)
						return
					}
					if !run.Finished.IsZero() && run.On == on {
						return
					}
				}
			})
		}
		both.Wait()
	}
	if diff := cmp.Diff(want, one.told()); diff != "" {
		t.Error(diff)
	}
}

func TestARunIsLeftAloneWhileItMoves(t *testing.T) {
	w := newWorld(t, newDatabase(t))
	w.plan()
	on := w.day("2024-02-12")
	ask := func(s oversight.Store, worker string) (loop.Run, error) {
		return portionOf(s, w).RunUntil(t.Context(), oversight.RunRequest{On: on, Worker: worker})
	}
	if _, err := ask(&broken{Store: w.db, calls: 12}, "one"); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	run, err := ask(w.db, "two")
	if err != nil || !run.Finished.IsZero() || run.Worker != "one" {
		t.Fatalf("not left alone: %+v, %v", run, err)
	}
	w.mu.Lock()
	w.now = w.now.Add(oversight.StandsStill)
	w.mu.Unlock()
	if run, err = ask(w.db, "two"); err != nil || run.Finished.IsZero() || run.Taken != 1 {
		t.Fatalf("not taken over: %+v, %v", run, err)
	}
	before := w.told()
	if run, err = ask(w.db, "three"); err != nil || run.Finished.IsZero() || !slices.Equal(before, w.told()) {
		t.Errorf("run again: %+v, %v", run, err)
	}
}

func TestDaysOfRuns(t *testing.T) {
	w := newWorld(t, newDatabase(t))
	w.plan()
	service := portionOf(w.db, w)
	run := func(on indicator.Date) error {
		_, err := service.RunUntil(t.Context(), oversight.RunRequest{On: on, Worker: "one"})
		return err
	}
	if err := run(w.day("2024-02-01")); err != nil {
		t.Fatal(err)
	}
	if err := run(w.day("2024-02-04")); err != nil {
		t.Fatal(err)
	}
	on := func() (list []string) {
		runs, _, err := service.Runs(t.Context(), time.Time{}, indicator.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range runs {
			list = append(list, r.On.String())
		}
		return list
	}
	if got := strings.Join(on(), " "); got != "2024-02-04 2024-02-03 2024-02-02 2024-02-01" {
		t.Errorf("the days that were missed are not made up for, in order: %s", got)
	}
	if err := run(w.day("2024-02-04").AddDays(1)); !fault.Is(err, fault.InvalidParameter) {
		t.Errorf("a day to come: %v", err)
	}
	if err := run(w.day("2024-02-04").AddDays(-10)); !fault.Is(err, fault.RunOutOfOrder) {
		t.Errorf("a day before the first: %v", err)
	}
	if err := run(w.day("2024-06-30")); err != nil {
		t.Fatal(err)
	}
	if got := on(); len(got) != 4+oversight.MostMadeUp || got[oversight.MostMadeUp-1] != "2024-05-31" {
		t.Errorf("%d days are made up for", len(got)-4)
	}
}
