package ledger

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"sync"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// cycleKey names a cycle of a plan.
type cycleKey struct{ plan, about string }

// cycleBook is all that people have said of cycles, up to an event of the loop. It never
// changes: more events make another book.
type cycleBook struct {
	upTo    int64
	changed map[cycleKey]loop.CycleChanges
	threads map[cycleKey]loop.Thread
}

// cycleBooks keeps the book that this process has read last.
type cycleBooks struct {
	mu   sync.Mutex
	last *cycleBook
}

// at is the book up to an event that the transaction sees, and that is stored for good.
func (k *cycleBooks) at(ctx context.Context, q database.Querier, event int64) (*cycleBook, error) {
	k.mu.Lock()
	book := k.last
	k.mu.Unlock()
	switch {
	case book == nil:
		book = &cycleBook{changed: map[cycleKey]loop.CycleChanges{}, threads: map[cycleKey]loop.Thread{}}
	case book.upTo >= event:
		return book, nil
	}
	next := &cycleBook{upTo: event, changed: maps.Clone(book.changed), threads: maps.Clone(book.threads)}
	err := database.Each(ctx, q, `SELECT id, thread, seq, type, plan, about, agency_id, content, actor_name, at FROM loop_events
		WHERE kind = 'cycle' AND id > $1 AND id <= $2 ORDER BY id`, []any{book.upTo, event}, func(rows *sql.Rows) error {
		var r loopRow
		if err := rows.Scan(&r.ID, &r.Thread, &r.Seq, &r.Type, &r.Plan, &r.About, &r.AgencyID, &r.Content, &r.ActorName, &r.At); err != nil {
			return err
		}
		of := cycleKey{r.Plan, r.About}
		thread := slices.Concat(next.threads[of], loop.Thread{r.event()})
		changes, err := loop.FoldCycle(thread)
		next.threads[of], next.changed[of] = thread, changes
		return err
	})
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last == nil || k.last.upTo < next.upTo {
		k.last = next
	}
	return next, nil
}

// cycleBook is what people have said of cycles up to now.
func (w *ledgerTx) cycleBook() (*cycleBook, error) {
	if w.cycles == nil {
		book, err := w.ledger.cycles.at(w.ctx, w.asking(), w.head.loopEvent)
		if err != nil {
			return nil, err
		}
		w.cycles = book
	}
	return w.cycles, nil
}

// checkCycle refuses a change of what was reported for a cycle that is locked, with
// fault.PeriodLocked, but for an agency that has an exception.
func (w *ledgerTx) checkCycle(c indicator.RowCycle, by indicator.Reporter) error {
	if c.Plan == "" || w.head.loopEvent == 0 && (c.LocksOn.IsZero() || !c.Today.After(c.LocksOn)) {
		return nil
	}
	var said loop.CycleChanges
	if w.head.loopEvent > 0 {
		book, err := w.cycleBook()
		if err != nil {
			w.failed = err
			return err
		}
		said = book.changed[cycleKey{c.Plan, loop.AboutPeriod(c.Period)}]
	}
	if !said.IsLocked(c.Today, c.LocksOn) {
		return nil
	}
	for _, x := range said.Exceptions {
		if !x.Withdrawn && !c.Today.After(x.Until) && by.Agency != "" && w.sameAgency(indicator.Reporter{Agency: x.Name, AgencyID: x.Agency}, by) {
			return nil
		}
	}
	who := fault.Text{ZH: "报送单位", EN: "the agency that reports"}
	if by.Agency != "" {
		who = fault.Text{ZH: "“" + by.Agency + "”", EN: "“" + by.Agency + "”"}
	}
	return fault.Newf(fault.PeriodLocked, "调度期 %[1]s 已锁定，不再接受报送、更正和撤回；确需补报或更正的，请督查人员为%[2]s开例外",
		"the cycle %[1]s is locked: reports, corrections and retractions are not taken any more; ask a supervisor for an exception for %[3]s", c.Period, who.ZH, who.EN).At("/period")
}
