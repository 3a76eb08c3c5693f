package ledger

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Retract takes a measurement back: its period and basis count no more until
// they are reported again, as a further revision. The retraction is itself a
// revision, with the reason as its note, so that nothing of the history is lost.
// Retracting again what is retracted gives the same retraction as
// indicator.Unchanged.
//
// version is that of its indicator that the caller has seen, 0 for any: where it is not the
// current one, Retract fails with fault.PreconditionFailed.
//
// cycle is the one that the measurement counts for. Where that is locked, Retract fails with
// fault.PeriodLocked.
//
// It fails with fault.NotFound, with fault.IndicatorWithdrawn when the indicator takes no
// reports any more, and with fault.Superseded when the measurement
// has a newer revision, which is the one to retract.
func (l *Ledger) Retract(ctx context.Context, id int64, reason string, by indicator.Reporter, version int, cycle indicator.RowCycle) (indicator.Receipt, error) {
	w, err := l.begin(ctx)
	if err != nil {
		return indicator.Receipt{}, l.db.Translate(ctx, err)
	}
	defer w.abandon()
	receipt, err := w.retract(id, reason, by, version, cycle, indicator.ActorFrom(ctx))
	if err != nil || receipt.Outcome == indicator.Unchanged {
		return receipt, l.db.Translate(ctx, err)
	}
	w.reports.Count(receipt.Outcome)
	return receipt, l.db.Translate(ctx, w.commit())
}

func (w *ledgerTx) retract(id int64, reason string, by indicator.Reporter, version int, cycle indicator.RowCycle, actor indicator.Actor) (indicator.Receipt, error) {
	m, err := measurement(w.ctx, w.conn.Tx, id)
	if err != nil {
		return indicator.Receipt{}, err
	}
	if err := w.load([]indicator.Row{{Measurement: indicator.Measurement{Indicator: m.Indicator, ReportedBy: by}}}); err != nil {
		return indicator.Receipt{}, err
	}
	t := w.targets[m.Indicator]
	if version != 0 && version != t.version {
		return indicator.Receipt{}, errStale
	}
	if t.review == indicator.Withdrawn { // what is taken back could not be reported again
		return indicator.Receipt{}, indicator.WithdrawnRefusal(t.code)
	}
	newest := t.state.of(key{m.Period, m.Basis})
	switch {
	case newest.id == id && newest.retracts == 0:
	case newest.retracts == id || newest.id == id:
		receipt := indicator.Receipt{Outcome: indicator.Unchanged, At: w.head.last(), Profile: w.head.profile}
		if receipt.Measurement, err = measurement(w.ctx, w.conn.Tx, newest.id); err == nil {
			receipt.Current = t.state.snapshot().current(t.code)
		}
		return receipt, err
	default:
		return indicator.Receipt{}, fault.Newf(fault.Superseded,
			"实绩 %[1]d 已有更新的修订 %[2]d，请撤回 %[2]d", "the measurement %[1]d has a newer revision: retract %[2]d instead", id, newest.id).Of(newest.id)
	}
	if err := w.checkCycle(cycle, by); err != nil {
		return indicator.Receipt{}, err
	}
	m.Retracts, m.Note, m.EvidenceURL, m.ReportedBy = id, reason, "", by
	stored, before := w.add(t, m)
	after := t.state.of(key{m.Period, m.Basis}).hash
	w.audited(actor, "measurement.retracted", m.Indicator, [2]int64{stored.ID, stored.ID}, before, after[:])
	receipt := indicator.Receipt{Outcome: indicator.Retracted, Measurement: stored, At: stored.RecordedAt, Profile: w.head.profile}
	receipt.Current = t.state.snapshot().current(t.code)
	return receipt, nil
}

// measurement reads one measurement. It fails with fault.NotFound.
func measurement(ctx context.Context, q database.Querier, id int64) (indicator.Measurement, error) {
	rows, err := q.QueryContext(ctx, `SELECT i.code, `+measurementColumns+`
		FROM measurements m JOIN indicators i ON i.id = m.indicator_id`+joinReporter+`WHERE m.id = $1`, id)
	if err != nil {
		return indicator.Measurement{}, err
	}
	ms, err := scanFeed(rows)
	if err != nil {
		return indicator.Measurement{}, err
	}
	if len(ms) == 0 {
		return indicator.Measurement{}, database.NotFound(kindMeasurement, strconv.FormatInt(id, 10))
	}
	return ms[0], nil
}

// Measurement returns one measurement or retraction. It fails with
// fault.NotFound.
func (l *Ledger) Measurement(ctx context.Context, id int64) (indicator.Measurement, error) {
	m, err := measurement(ctx, l.db.Reader(), id)
	return m, l.db.Translate(ctx, err)
}

// Successor is the revision that took the place of a measurement, a retraction too; zero
// while the measurement is the newest of its period and basis.
func (l *Ledger) Successor(ctx context.Context, m indicator.Measurement) (indicator.Measurement, error) {
	var id int64
	err := l.db.Reader().QueryRowContext(ctx, `SELECT m.id FROM measurements m JOIN measurements before ON before.id = $1
		WHERE m.indicator_id = before.indicator_id AND m.period = before.period AND m.basis = before.basis
		  AND m.revision = before.revision + 1`, m.ID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return indicator.Measurement{}, nil
	}
	if err != nil {
		return indicator.Measurement{}, l.db.Translate(ctx, err)
	}
	return l.Measurement(ctx, id)
}

var kindMeasurement = fault.Text{ZH: "实绩", EN: "measurement"}
