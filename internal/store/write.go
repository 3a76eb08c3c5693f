package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// ledger is the row that every write passes through.
type ledger struct {
	measurementID int64
	auditSeq      int64
	auditHash     []byte
	moment        int64 // the last that was given, in microseconds since 1970
	profile       int   // its newest version, 0 for none; written by AddProfile alone
	agencyEvent   int64 // the last; written with it
}

// next gives the moment of what is stored next: now or, where the clock stands behind
// the ledger, the microsecond after the last one. So all that decides a figure has one
// order, on every process and whatever becomes of clocks.
func (h *ledger) next(now time.Time) time.Time {
	at := h.upcoming(now)
	h.moment = at.UnixMicro()
	return at
}

// upcoming is the moment that would be given now.
func (h *ledger) upcoming(now time.Time) time.Time {
	return time.UnixMicro(max(now.UnixMicro(), h.moment+1)).UTC()
}

// last is the last moment that was given.
func (h *ledger) last() time.Time { return time.UnixMicro(h.moment).UTC() }

// target is an indicator that reports go to.
type target struct {
	id      int64
	code    string
	version int
	review  indicator.State
	state   *state
	changed bool
	counted int // keys of its state that the warm targets' size counts
}

// writing is one transaction of measurements: what it reads is loaded for many
// rows at once, rows are judged in memory, and what they lead to is written in
// few statements. While it runs no other transaction writes, on any process.
type writing struct {
	store   *Store
	ctx     context.Context //nolint:containedctx // lives as long as the transaction
	conn    connection
	leave   func() // lets the next transaction begin
	head    ledger
	targets map[string]*target // nil for a code that does not exist
	absent  []string           // codes that do not exist
	changed []*target
	keys    int // of the states in targets
	sources map[sourceKey]*lastSaid
	rows    [][]any
	audits  []indicator.AuditEntry
	answers [][]any
	kept    map[string]kept // by scope, the answers of this transaction
	seen    *seenKeys       // of a batch, else nil
	past    map[pastKey]past
	// Reporters that this transaction has stored, by their numbers.
	reporters map[int64]indicator.Reporter
	agencies  *agencyView                    // nil until it is asked for
	changes   map[string]indicator.Indicator // current versions of those that rows were checked against another of
	failed    error                          // why judging went wrong, of which nothing may be stored
	trial     *trial                         // of a dry run, which judges on a snapshot; else nil
	ended     bool
}

// begin opens a transaction and takes the ledger. Whoever begins one defers abandon,
// so that a panic, too, leaves neither behind.
func (s *Store) begin(ctx context.Context) (_ *writing, err error) {
	leave, err := s.takeTurn(ctx)
	if err != nil {
		return nil, err
	}
	begun := false
	defer func() {
		if !begun {
			leave()
		}
	}()
	conn, err := s.pools[0].Conn(ctx)
	if err != nil {
		return nil, err
	}
	ctx = s.running(ctx)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		_, _ = conn.ExecContext(ctx, "ROLLBACK") // a commit that failed may have left its transaction behind
		if tx, err = conn.BeginTx(ctx, nil); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	w := newWriting(ctx, s, connection{conn: conn, tx: tx})
	w.leave = leave
	begun = true // and abandon leaves
	taken := false
	defer func() {
		if !taken {
			w.abandon()
		}
	}()
	defer s.freeLedger(ctx)()
	if w.head, err = readLedger(w.conn.query(ctx, s.engine, s.engine.lockLedger())); err != nil {
		return nil, err
	}
	w.targets, w.keys = s.warm.take(w.head)
	s.writing.Store(true)
	taken = true
	return w, nil
}

func newWriting(ctx context.Context, s *Store, conn connection) *writing {
	return &writing{
		store: s, ctx: ctx, conn: conn,
		sources: map[sourceKey]*lastSaid{}, kept: map[string]kept{}, reporters: map[int64]indicator.Reporter{}, past: map[pastKey]past{},
	}
}

func (s *Store) lockLedger(ctx context.Context, q querier) (ledger, error) {
	return readLedger(q.QueryContext(ctx, s.engine.lockLedger()))
}

const ledgerColumns = "measurement_id, audit_seq, audit_hash, moment, profile, agency_event"

// readLedger reads the one row of the ledger.
func readLedger(rows *sql.Rows, err error) (h ledger, _ error) {
	if err != nil {
		return h, err
	}
	found := sql.ErrNoRows
	err = eachRow(rows, func() error {
		found = nil
		return rows.Scan(&h.measurementID, &h.auditSeq, &h.auditHash, &h.moment, &h.profile, &h.agencyEvent)
	})
	return h, cmp.Or(err, found)
}

// abandon ends the transaction without a trace, unless it has ended.
func (w *writing) abandon() {
	if w.ended {
		return
	}
	w.ended = true
	_ = w.conn.tx.Rollback() // what cannot be rolled back is gone with its connection
	_ = w.conn.conn.Close()
	w.leave()
}

// errUncertain is the answer when the database went away during a commit.
var errUncertain = fault.Newf(fault.Unavailable,
	"提交时数据库中断，无法确认是否已保存；请以相同的 source_id 或 Idempotency-Key 重发，不会重复计数",
	"the database went away during the commit, so it is not known whether this was stored; send it again with the same source_id or Idempotency-Key: it will count once")

// commit writes what is left and makes all of it durable.
func (w *writing) commit() error {
	defer w.abandon()
	if err := w.finish(); err != nil {
		return err
	}
	if err := w.store.inPlace(w.ctx); err != nil {
		return err
	}
	if err := w.conn.tx.Commit(); err != nil {
		_, _ = w.conn.conn.ExecContext(w.ctx, "ROLLBACK")
		if w.store.engine.commitUncertain(err) {
			return errUncertain.Because(err)
		}
		return err
	}
	w.ended = true
	defer func() {
		_ = w.conn.conn.Close() // it goes back to the pool
		w.leave()
	}()
	w.store.reporters.keep(w.reporters)
	for _, code := range w.absent {
		delete(w.targets, code)
	}
	w.store.warm.keep(w.head, w.targets, w.keys)
	return nil
}

// finish writes states, answers, audit entries and the ledger.
func (w *writing) finish() error {
	if w.failed != nil {
		return w.failed
	}
	if err := w.flush(); err != nil {
		return err
	}
	states := make([][]any, len(w.changed))
	for i, t := range w.changed {
		states[i] = []any{t.id, t.state.pack()}
		t.changed = false
		w.count(t)
	}
	w.changed = w.changed[:0]
	if err := w.insert(statesTable, states); err != nil {
		return err
	}
	if err := w.insert(answersTable, w.answers); err != nil {
		return err
	}
	w.answers = nil
	records, err := w.newReporters()
	if err != nil {
		return err
	}
	if len(records) > 0 {
		w.audits[0].Records = hashOfRecords(records)
	}
	first := w.head.auditSeq + 1
	chained := w.head.chain(w.audits)
	w.audits = nil
	if err := w.insert(auditTable, chained); err != nil {
		return err
	}
	if err := keepRecords(w.ctx, w.conn.tx, first, records); err != nil {
		return err
	}
	return w.conn.exec(w.ctx, w.store.engine, saveLedger, w.head.measurementID, w.head.auditSeq, w.head.auditHash, w.head.moment)
}

// count keeps the number of keys in mind as states grow.
func (w *writing) count(t *target) {
	w.keys += len(t.state.entries) - t.counted
	t.counted = len(t.state.entries)
}

const saveLedger = "UPDATE ledger SET measurement_id = $1, audit_seq = $2, audit_hash = $3, moment = $4 WHERE id = 1"

func (h ledger) save(ctx context.Context, q querier) error {
	_, err := q.ExecContext(ctx, saveLedger, h.measurementID, h.auditSeq, h.auditHash, h.moment)
	return err
}

// flush writes the measurements that were accepted so far, so that memory stays
// flat; sources are looked up again after it.
func (w *writing) flush() error {
	err := w.insert(measurementsTable, w.rows)
	w.rows = w.rows[:0]
	w.forget()
	return err
}

// forget drops what was looked up for rows that are judged.
func (w *writing) forget() {
	if w.trial != nil {
		w.trial.remember(w)
	}
	clear(w.sources)
	clear(w.past)
}

func (w *writing) insert(t *bulkTable, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	return w.insertAll(t, len(rows), slices.Values(rows))
}

func (w *writing) insertAll(t *bulkTable, most int, rows iter.Seq[[]any]) error {
	if w.trial != nil {
		for range rows { // they are judged as they are asked for
			continue
		}
		return nil
	}
	return w.store.engine.insert(w.ctx, &w.conn, t, most, rows)
}

// load reads what judging the rows takes.
func (w *writing) load(rows []indicator.Row) error {
	var codes []string
	for _, r := range rows {
		if _, known := w.targets[r.Measurement.Indicator]; !known && r.Refusal == nil {
			w.targets[r.Measurement.Indicator] = nil
			codes = append(codes, r.Measurement.Indicator)
		}
	}
	if err := w.loadTargets(codes); err != nil {
		return err
	}
	spoken := int64(0)
	for _, r := range rows {
		if t := w.targets[r.Measurement.Indicator]; t != nil {
			spoken = max(spoken, t.state.reporters)
		}
	}
	if err := w.loadReporters(rows, spoken); err != nil {
		return err
	}
	var asked []sourceQuery
	for _, r := range rows {
		t := w.targets[r.Measurement.Indicator]
		if t == nil || r.Measurement.SourceID == "" || r.Refusal != nil {
			continue
		}
		k := w.sourceOf(t, r.Measurement)
		if _, known := w.sources[k]; !known {
			if w.sources[k] = w.trial.source(t, k); w.sources[k] == nil {
				asked = append(asked, sourceQuery{k, r.Measurement.ReportedBy.Agency, w.namesOf(k.agencyID)})
			}
		}
	}
	if err := w.loadSources(asked); err != nil {
		return err
	}
	return w.loadPast(rows)
}

func (w *writing) loadTargets(codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	query, args := w.store.engine.targets(codes)
	rows, err := w.conn.query(w.ctx, w.store.engine, query, args...)
	if err != nil {
		return err
	}
	var unread []*target
	err = eachTarget(rows, func(t *target, reported bool) error {
		w.targets[t.code] = t
		switch {
		case t.state != nil:
			w.count(t)
			return nil
		case reported:
			unread = append(unread, t)
		}
		t.state = newState()
		return nil
	})
	if err != nil {
		return err
	}
	for _, code := range codes {
		if w.targets[code] == nil {
			w.absent = append(w.absent, code)
		}
	}
	for _, t := range unread {
		if t.state, err = readState(w.ctx, w.conn.tx, t.id, t.code); err != nil {
			return err
		}
		w.count(t)
	}
	return nil
}

// eachTarget visits what the query of targets gives. The state is nil where nothing
// was reported, or what was must be read from the measurements.
func eachTarget(rows *sql.Rows, visit func(t *target, reported bool) error) error {
	return eachRow(rows, func() error {
		var t target
		var reported bool
		var packed []byte
		err := rows.Scan(&t.id, &t.code, &t.version, &t.review, &reported, &packed)
		if err == nil && packed != nil {
			t.state, err = unpackState(packed)
		}
		if err != nil {
			return err
		}
		return visit(&t, reported)
	})
}

// readState makes a state from the measurements of an indicator.
func readState(ctx context.Context, q querier, id int64, code string) (*state, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+measurementColumns+` FROM measurements f JOIN measurements m ON m.id =
		(SELECT o.id FROM measurements o
		  WHERE o.indicator_id = f.indicator_id AND o.period = f.period AND o.basis = f.basis
		  ORDER BY o.revision DESC LIMIT 1)`+joinReporter+`
		WHERE f.indicator_id = $1 AND f.revision = 1 ORDER BY f.id`, id)
	if err != nil {
		return nil, err
	}
	s := newState()
	err = eachRow(rows, func() error {
		r, err := scanMeasurement(rows)
		if err != nil {
			return err
		}
		s.put(entryOf(r.measurement(code), r.ReporterID))
		return nil
	})
	return s, err
}

func entryOf(m indicator.Measurement, reporter int64) entry {
	return entry{
		key: key{m.Period, m.Basis}, id: m.ID, revision: m.Revision, retracts: m.Retracts, value: m.Value, unit: m.Unit, share: m.Share,
		missing: m.Missing, provisional: m.Provisional, reporter: reporter, recorded: m.RecordedAt.UnixMicro(), hash: m.Hash(),
	}
}

func (w *writing) loadSources(asked []sourceQuery) error {
	if len(asked) == 0 {
		return nil
	}
	codes := sync.OnceValue(func() map[int64]string { // most names are new, and nothing is found
		codes := make(map[int64]string, len(w.targets))
		for code, t := range w.targets {
			if t != nil {
				codes[t.id] = code
			}
		}
		return codes
	})
	query, args := w.store.engine.sources(asked)
	rows, err := w.conn.query(w.ctx, w.store.engine, query, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, func() error {
		var at int
		r, err := scanMeasurement(rows, &at)
		if err != nil {
			return err
		}
		m := r.measurement(codes()[r.IndicatorID])
		w.sources[asked[at].sourceKey] = &lastSaid{Measurement: m}
		return nil
	})
}

// missing reports whether a query found no row.
func missing(err error) bool { return errors.Is(err, sql.ErrNoRows) }
