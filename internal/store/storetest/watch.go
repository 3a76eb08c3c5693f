package storetest

import (
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/store"
)

var watchBehaviours = []behaviour{
	{"watch: commits are told with what became of their reports", watchCommits},
	{"watch: what waits is counted", watchBacklog},
	{"watch: the database has a size and answers", watchDatabase},
}

// commits adds up what a watcher is told.
type commits struct {
	mu      sync.Mutex
	number  int
	reports indicator.Tally
}

// Committed implements ledger.Watcher.
func (c *commits) Committed(_ time.Duration, t indicator.Tally) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.number++
	c.reports.Rows += t.Rows
	c.reports.Stored += t.Stored
	c.reports.Revised += t.Revised
	c.reports.Unchanged += t.Unchanged
	c.reports.Superseded += t.Superseded
	c.reports.Refused += t.Refused
}

// since is what was told after the last call of it.
func (c *commits) since() (number int, t indicator.Tally) {
	c.mu.Lock()
	defer c.mu.Unlock()
	number, t = c.number, c.reports
	c.number, c.reports = 0, indicator.Tally{}
	return number, t
}

func watchCommits(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	var told commits
	s.Watch(&told)
	is := func(what string, commits int, want indicator.Tally) {
		t.Helper()
		number, got := told.since()
		equal(t, what, got, want)
		if number != commits {
			t.Errorf("%s: %d commits, want %d", what, number, commits)
		}
	}
	m := increment(in.Code, "2023-01", "1")
	m.SourceID = "1"
	first := appended(t, s, m)
	is("a report", 1, indicator.Tally{Rows: 1, Stored: 1})
	appended(t, s, m)
	is("the same report", 1, indicator.Tally{Rows: 1, Unchanged: 1})
	if _, _, err := Report(t.Context(), s, increment("nobody", "2023-01", "1")); err == nil {
		t.Fatal("a report of nothing was stored")
	}
	is("a report that is refused", 1, indicator.Tally{})
	rows := rowsOf(m, increment(in.Code, "2023-02", "1"), increment("nobody", "2023-03", "1"))
	taken(t, s, indicator.Partial, true, rows)
	is("a dry run", 0, indicator.Tally{})
	taken(t, s, indicator.Atomic, false, rows)
	is("a batch that is refused whole", 1, indicator.Tally{Rows: 3, Unchanged: 1, Refused: 1})
	taken(t, s, indicator.Partial, false, rows[:1], rows[1:])
	is("a batch in two portions, and its end", 3, indicator.Tally{Rows: 3, Stored: 1, Unchanged: 1, Refused: 1})
	taken(t, s, indicator.Atomic, false, rowsOf(increment(in.Code, "2023-02", "2"), increment(in.Code, "2023-03", "1")))
	is("a batch that is stored whole", 1, indicator.Tally{Rows: 2, Stored: 1, Revised: 1})
	must(s.Retract(t.Context(), first.ID, "错报", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	is("a retraction", 1, indicator.Tally{Rows: 1, Revised: 1})
}

func watchBacklog(t *testing.T, s *store.Store) {
	if b := must(s.Backlog(t.Context()))(t); b != (store.Backlog{}) {
		t.Errorf("an empty database has %+v", b)
	}
	for _, url := range []string{"https://a.invalid/", "https://b.invalid/"} {
		must(s.CreateWebhook(t.Context(), loop.Webhook{Code: url, URL: url, Events: []string{"*"}}, 10))(t)
	}
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	appended(t, s, increment(in.Code, "2023-01", "1"))
	now := time.Date(2023, 7, 2, 0, 0, 0, 0, time.UTC)
	lagging := must(s.LaggingWebhooks(t.Context(), now))(t)
	for _, l := range lagging {
		must(s.Dispatch(t.Context(), l.Webhook.ID, 10, 10, func(_ loop.Webhook, _ loop.Occurrence, seq int64) (loop.Delivery, bool) {
			return loop.Delivery{Event: "e", Subject: "s", Seq: seq}, true
		}))(t)
	}
	head := must(s.AuditHead(t.Context()))(t)
	want := store.Backlog{Standings: 1, Pending: 2, Webhooks: 2, LastAudit: head.Seq, LastMeasurement: head.LastMeasurement, LastMomentSeconds: head.Moment.Unix()}
	equal(t, "what waits", must(s.Backlog(t.Context()))(t), want)

	attempt := func(of loop.Lagging, state loop.DeliveryState, disable string) {
		t.Helper()
		due := must(s.ClaimDeliveries(t.Context(), of.Webhook.ID, now, now.Add(time.Minute), "lease", 1))(t)
		if len(due) != 1 {
			t.Fatalf("%d deliveries are due", len(due))
		}
		must(s.KeepTried(t.Context(), of.Webhook, loop.Tried{Delivery: due[0], Lease: "lease", At: now, State: state, NextAt: now, Error: "no", Disable: disable}))(t)
	}
	attempt(lagging[0], loop.Failed, "")
	attempt(lagging[1], loop.Pending, "gone")
	got := must(s.Backlog(t.Context()))(t)
	want.Pending, want.Failed, want.Webhooks, want.FailingWebhooks, want.DisabledWebhooks = 1, 1, 1, 1, 1
	want.LastAudit, want.LastMomentSeconds = got.LastAudit, got.LastMomentSeconds // disabling is recorded
	equal(t, "what waits after two attempts", got, want)
}

func watchDatabase(t *testing.T, s *store.Store) {
	if size := must(s.Size(t.Context()))(t); size < 4096 {
		t.Errorf("the database has %d bytes", size)
	}
	if err := s.Answers(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Answers(t.Context()); err == nil {
		t.Error("a database that is closed answers")
	}
}
