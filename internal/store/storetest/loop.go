package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/store"
)

var loopBehaviours = []behaviour{
	{"loop: events stand in threads, and are read as of any moment", loopThreads},
	{"loop: all that a transaction appends is stored, or nothing", loopAllOrNothing},
	{"loop: what happens once happens once, whoever does it", loopOnce},
	{"loop: pages of threads skip and repeat nothing", loopPages},
}

// write appends one event.
func write(t *testing.T, s *store.Store, thread int64, d loop.Draft) (e loop.Event, added bool) {
	t.Helper()
	ctx := indicator.WithActor(t.Context(), indicator.Actor{Key: "k", Name: "督查室"})
	err := s.WriteLoop(ctx, func(b loop.Book) (err error) {
		e, added, err = b.Append(thread, d)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, added
}

// shown writes threads as a text: each with its id, and the types of its events.
func shown(threads []loop.Thread) string {
	var list []string
	for _, t := range threads {
		var types []string
		for i, e := range t {
			if e.Seq != i+1 || e.Thread != t.ID() {
				types = append(types, fmt.Sprintf("(%d of %d)", e.Seq, e.Thread))
			}
			types = append(types, e.Type)
		}
		list = append(list, fmt.Sprintf("%d:%s", t.ID(), strings.Join(types, "+")))
	}
	return strings.Join(list, " ")
}

func loopThreads(t *testing.T, s *store.Store) {
	issue := func(plan, about, kind string) loop.Draft {
		return loop.Draft{Kind: loop.KindIssue, Type: kind, Plan: plan, About: about, Agency: 7, Content: []byte(`{"text":"堵点"}`)}
	}
	first, _ := write(t, s, 0, issue("p", "task:1", "raised"))
	second, _ := write(t, s, 0, issue("p", "task:2", "raised"))
	third, _ := write(t, s, 0, issue("q", "task:1", "raised"))
	write(t, s, 0, loop.Draft{Kind: loop.KindNotice, Type: "issued", Plan: "p", About: "task:1"})
	before := must(s.Head(t.Context()))(t).Moment
	closed, _ := write(t, s, first.ID, issue("p", "task:1", "closed"))
	if !closed.At.After(before) || closed.Seq != 2 || closed.By.Name != "督查室" || closed.Agency != 7 {
		t.Errorf("%+v", closed)
	}
	for name, c := range map[string]struct {
		query loop.ThreadQuery
		want  string
	}{
		"all":               {loop.ThreadQuery{}, fmt.Sprintf("%d:raised %d:raised %d:raised+closed", third.ID, second.ID, first.ID)},
		"the oldest first":  {loop.ThreadQuery{Oldest: true, Limit: 2}, fmt.Sprintf("%d:raised+closed %d:raised", first.ID, second.ID)},
		"of a plan":         {loop.ThreadQuery{Plan: "p"}, fmt.Sprintf("%d:raised %d:raised+closed", second.ID, first.ID)},
		"about a task":      {loop.ThreadQuery{Plan: "p", About: "task:1"}, fmt.Sprintf("%d:raised+closed", first.ID)},
		"about some":        {loop.ThreadQuery{Plan: "p", Abouts: []string{"task:2", "task:9"}}, fmt.Sprintf("%d:raised", second.ID)},
		"before it was":     {loop.ThreadQuery{AsOf: first.At.Add(-time.Microsecond)}, ""},
		"before it closed":  {loop.ThreadQuery{Plan: "p", About: "task:1", AsOf: before}, fmt.Sprintf("%d:raised", first.ID)},
		"when it closed":    {loop.ThreadQuery{Plan: "p", About: "task:1", AsOf: closed.At}, fmt.Sprintf("%d:raised+closed", first.ID)},
		"by id":             {loop.ThreadQuery{IDs: []int64{second.ID, 999}}, fmt.Sprintf("%d:raised", second.ID)},
		"of no thread":      {loop.ThreadQuery{IDs: []int64{}}, ""},
		"of several plans":  {loop.ThreadQuery{Plans: []string{"q", "x"}}, fmt.Sprintf("%d:raised", third.ID)},
		"after an id":       {loop.ThreadQuery{After: first.ID, Oldest: true, Limit: 1}, fmt.Sprintf("%d:raised", second.ID)},
		"before an id":      {loop.ThreadQuery{Before: third.ID, Limit: 1}, fmt.Sprintf("%d:raised", second.ID)},
		"of a kind of none": {loop.ThreadQuery{Kind: loop.KindRun}, ""},
	} {
		if c.query.Kind == "" {
			c.query.Kind = loop.KindIssue
		}
		if got := shown(must(s.LoopThreads(t.Context(), c.query))(t)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	log := must(s.LoopLog(t.Context(), second.ID, 10))(t)
	if len(log) != 3 || log[0].ID != third.ID || log[2].ID != closed.ID || string(log[2].Content) != `{"text":"堵点"}` {
		t.Errorf("the log has %+v", log)
	}
}

func loopAllOrNothing(t *testing.T, s *store.Store) {
	failed := errors.New("no")
	head := must(s.Head(t.Context()))(t)
	err := s.WriteLoop(t.Context(), func(b loop.Book) error {
		e, _, err := b.Append(0, loop.Draft{Kind: loop.KindIssue, Type: "raised", Plan: "p"})
		if err != nil {
			return err
		}
		if _, _, err := b.Append(e.ID, loop.Draft{Kind: loop.KindIssue, Type: "closed", Plan: "p"}); err != nil {
			return err
		}
		if threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindIssue}); err != nil || len(threads) != 1 || len(threads[0]) != 2 {
			t.Errorf("a transaction sees %s, %v", shown(threads), err)
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	if left := must(s.LoopThreads(t.Context(), loop.ThreadQuery{Kind: loop.KindIssue}))(t); len(left) != 0 {
		t.Errorf("left: %s", shown(left))
	}
	if now := must(s.Head(t.Context()))(t); now != head {
		t.Errorf("the ledger moved from %+v to %+v", head, now)
	}
	if e, _ := write(t, s, 0, loop.Draft{Kind: loop.KindIssue, Type: "raised"}); e.ID != e.Thread || string(e.Content) != "{}" {
		t.Errorf("%+v", e)
	}
}

func loopOnce(t *testing.T, s *store.Store) {
	d := loop.Draft{Kind: loop.KindIssue, Type: "raised", Plan: "p", Once: "behind:p-1-1:2023-09"}
	if _, added := write(t, s, 0, d); !added {
		t.Error("the first was not stored")
	}
	if e, added := write(t, s, 0, d); added || e.ID != 0 {
		t.Errorf("stored again: %+v", e)
	}
	done := make(chan int, 8)
	for range cap(done) {
		go func() {
			n := 0
			for i := range 10 {
				_ = s.WriteLoop(t.Context(), func(b loop.Book) error {
					_, added, err := b.Append(0, loop.Draft{Kind: loop.KindRun, Type: "begun", Once: fmt.Sprint("run:", i)})
					if added {
						n++
					}
					return err
				})
			}
			done <- n
		}()
	}
	total := 0
	for range cap(done) {
		total += <-done
	}
	if stored := must(s.LoopThreads(t.Context(), loop.ThreadQuery{Kind: loop.KindRun}))(t); total != 10 || len(stored) != 10 {
		t.Errorf("%d were said to be stored, and %d were", total, len(stored))
	}
}

func loopPages(t *testing.T, s *store.Store) {
	var want, got []int64
	for i := range 37 {
		e, _ := write(t, s, 0, loop.Draft{Kind: loop.KindIssue, Type: "raised", Plan: fmt.Sprint("p", i%2)})
		want = append([]int64{e.ID}, want...)
	}
	for q := (loop.ThreadQuery{Kind: loop.KindIssue, Limit: 5}); ; {
		page := must(s.LoopThreads(t.Context(), q))(t)
		if len(page) == 0 {
			break
		}
		for _, thread := range page {
			got = append(got, thread.ID())
		}
		q.Before = got[len(got)-1]
		write(t, s, 0, loop.Draft{Kind: loop.KindIssue, Type: "raised"}) // while the list is read
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
