package store

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reporters are those that this process has met, by their numbers in the table. They
// are few and never change, so all are kept.
type reporters struct {
	mu   sync.RWMutex
	byID map[int64]indicator.Reporter
	ids  map[indicator.Reporter]int64
	last int64 // the largest number known
}

// keep takes in reporters with their numbers. The same may come twice: another
// transaction may have read a reporter before the one that stored it says so here.
func (r *reporters) keep(found map[int64]indicator.Reporter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byID == nil {
		r.byID, r.ids, r.last = map[int64]indicator.Reporter{}, map[indicator.Reporter]int64{}, -1
	}
	for id, one := range found {
		r.byID[id], r.ids[one] = one, id
		r.last = max(r.last, id)
	}
}

func (r *reporters) id(of indicator.Reporter) (int64, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	id, known := r.ids[of]
	return id, known
}

func (r *reporters) of(id int64) (indicator.Reporter, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	one, known := r.byID[id]
	return one, known
}

// after is the largest number known; −1 when none is.
func (r *reporters) after() int64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.byID == nil {
		return -1
	}
	return r.last
}

// refresh reads the reporters that were stored since, as a transaction sees them, but for
// its own: they are not there when it is undone. Numbers rise under the ledger's lock, so
// that none comes to be below one that is known.
func (r *reporters) refresh(ctx context.Context, q querier, own map[int64]indicator.Reporter) error {
	rows, err := q.QueryContext(ctx, "SELECT id, agency, key_id, key_name, agency_id FROM reporters WHERE id > $1 ORDER BY id", r.after())
	if err != nil {
		return err
	}
	found := map[int64]indicator.Reporter{}
	err = eachRow(rows, func() error {
		var id int64
		var one indicator.Reporter
		err := rows.Scan(&id, &one.Agency, &one.Key, &one.Name, &one.AgencyID)
		if _, undecided := own[id]; !undecided {
			found[id] = one
		}
		return err
	})
	if err == nil {
		r.keep(found)
	}
	return err
}

// loadReporters gives each reporter of the rows its number, and makes sure that the
// largest which states speak of is known. New ones are known to others once the
// transaction is committed.
func (w *writing) loadReporters(rows []indicator.Row, spoken int64) error {
	known := &w.store.reporters
	fresh := false // whether all that are stored are known
	refresh := func() error {
		if fresh {
			return nil
		}
		fresh = true
		return known.refresh(w.ctx, w.conn.tx, w.reporters)
	}
	if spoken > known.after() && w.reporters[spoken] == (indicator.Reporter{}) {
		if err := refresh(); err != nil {
			return err
		}
	}
	for _, r := range rows {
		by := r.Measurement.ReportedBy
		if _, ok := w.reporterID(by); ok || r.Refusal != nil {
			continue
		}
		if err := refresh(); err != nil {
			return err
		}
		if _, ok := w.reporterID(by); ok {
			continue
		}
		id := known.after() + 1 + int64(len(w.reporters))
		if w.trial == nil {
			if _, err := w.conn.tx.ExecContext(w.ctx, "INSERT INTO reporters (id, agency, key_id, key_name, agency_id) VALUES ($1, $2, $3, $4, $5)",
				id, by.Agency, by.Key, by.Name, by.AgencyID); err != nil {
				return err
			}
		}
		w.reporters[id] = by
	}
	return nil
}

// reporterID is the number of a reporter; false when it has none yet.
func (w *writing) reporterID(by indicator.Reporter) (int64, bool) {
	for id, one := range w.reporters {
		if one == by {
			return id, true
		}
	}
	return w.store.reporters.id(by)
}

// reporter is a reporter by its number.
func (w *writing) reporter(id int64) indicator.Reporter {
	if one, own := w.reporters[id]; own {
		return one
	}
	one, _ := w.store.reporters.of(id)
	return one
}

// newReporters are the records of those that the transaction has stored. Where it has
// stored nothing that they say, they are taken out again: no entry would speak of them.
func (w *writing) newReporters() (records []auditedRecord, err error) {
	for _, id := range slices.Sorted(maps.Keys(w.reporters)) {
		if len(w.audits) == 0 {
			if _, err := w.conn.tx.ExecContext(w.ctx, "DELETE FROM reporters WHERE id = $1", id); err != nil {
				return nil, err
			}
			delete(w.reporters, id)
			continue
		}
		if records, err = reporterRecord.appendRecords(w.ctx, w.conn.tx, records, id); err != nil {
			return nil, err
		}
	}
	return records, nil
}
