package store

import (
	"context"
	"slices"
	"sync"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reporters are those that this process has met, by their numbers. They are few and
// never change, so all are kept.
type reporters struct {
	mu   sync.RWMutex
	list []indicator.Reporter
	ids  map[indicator.Reporter]int64
}

// grow takes in reporters that come after those known.
func (r *reporters) grow(list []indicator.Reporter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ids == nil {
		r.ids = map[indicator.Reporter]int64{}
	}
	for _, one := range list {
		r.ids[one] = int64(len(r.list))
		r.list = append(r.list, one)
	}
}

func (r *reporters) id(of indicator.Reporter) (int64, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	id, known := r.ids[of]
	return id, known
}

// of is a reporter by its number; zero for one that is not known.
func (r *reporters) of(id int64) indicator.Reporter {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if id < 0 || id >= int64(len(r.list)) {
		return indicator.Reporter{}
	}
	return r.list[id]
}

func (r *reporters) count() int64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return int64(len(r.list))
}

// refresh reads the reporters that other processes have stored.
func (r *reporters) refresh(ctx context.Context, q querier) error {
	rows, err := q.QueryContext(ctx, "SELECT agency, key_id, key_name FROM reporters WHERE id >= $1 ORDER BY id", r.count())
	if err != nil {
		return err
	}
	var list []indicator.Reporter
	err = eachRow(rows, func() error {
		var one indicator.Reporter
		err := rows.Scan(&one.Agency, &one.Key, &one.Name)
		list = append(list, one)
		return err
	})
	if err == nil {
		r.grow(list)
	}
	return err
}

// loadReporters gives each reporter of the rows its number, and makes sure that those
// which states speak of are known. New ones are known to others once the transaction
// is committed.
func (w *writing) loadReporters(rows []indicator.Row, spoken int64) error {
	known := &w.store.reporters
	fresh := false // whether all that are stored are known
	refresh := func() error {
		if fresh {
			return nil
		}
		fresh = true
		return known.refresh(w.ctx, w.conn.tx)
	}
	if spoken >= known.count()+int64(len(w.reporters)) {
		if err := refresh(); err != nil {
			return err
		}
	}
	for _, r := range rows {
		by := r.Measurement.ReportedBy
		if _, ok := w.reporterID(by); ok || r.Refusal != nil {
			continue
		}
		if len(w.reporters) == 0 {
			if err := refresh(); err != nil {
				return err
			}
			if _, ok := w.reporterID(by); ok {
				continue
			}
		}
		id := known.count() + int64(len(w.reporters))
		if _, err := w.conn.tx.ExecContext(w.ctx, "INSERT INTO reporters (id, agency, key_id, key_name) VALUES ($1, $2, $3, $4)",
			id, by.Agency, by.Key, by.Name); err != nil {
			return err
		}
		w.reporters = append(w.reporters, by)
	}
	return nil
}

// reporterID is the number of a reporter; false when it has none yet.
func (w *writing) reporterID(by indicator.Reporter) (int64, bool) {
	if id, ok := w.store.reporters.id(by); ok {
		return id, true
	}
	at := slices.Index(w.reporters, by)
	return w.store.reporters.count() + int64(at), at >= 0
}

// reporter is a reporter by its number.
func (w *writing) reporter(id int64) indicator.Reporter {
	if at := id - w.store.reporters.count(); at >= 0 && at < int64(len(w.reporters)) {
		return w.reporters[at]
	}
	return w.store.reporters.of(id)
}
