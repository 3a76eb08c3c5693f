package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// head is the row that every write passes through.
type head struct {
	measurementID int64
	auditSeq      int64
	auditHash     []byte
	moment        int64 // the last that was given, in microseconds since 1970
	profile       int   // its newest version, 0 for none; written by AddProfile alone
	agencyEvent   int64 // the last; written with it
	loopEvent     int64 // the last; written with it
}

// next gives the moment of what is stored next: now or, where the clock stands behind
// the ledger, the microsecond after the last one. So all that decides a figure has one
// order, on every process and whatever becomes of clocks.
func (h *head) next(now time.Time) time.Time {
	at := h.upcoming(now)
	h.moment = at.UnixMicro()
	return at
}

// upcoming is the moment that would be given now.
func (h *head) upcoming(now time.Time) time.Time {
	return time.UnixMicro(max(now.UnixMicro(), h.moment+1)).UTC()
}

// last is the last moment that was given.
func (h *head) last() time.Time { return time.UnixMicro(h.moment).UTC() }

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

// ledgerTx is one transaction of measurements: what it reads is loaded for many
// rows at once, rows are judged in memory, and what they lead to is written in
// few statements. While it runs no other transaction writes, on any process.
type ledgerTx struct {
	ledger          *Ledger
	ctx             context.Context //nolint:containedctx // lives as long as the transaction
	conn            database.Conn
	leave           func() // lets the next transaction begin
	head            head
	targets         map[string]*target // nil for a code that does not exist
	absent          []string           // codes that do not exist
	changed         []*target
	keys            int // of the states in targets
	sources         map[sourceKey]*lastSaid
	rows            [][]any
	audits          []indicator.AuditEntry
	idempotencyRows [][]any
	idempotency     map[string]idempotencyRecord // by scope, the answers of this transaction
	seen            *seenKeys                    // of a batch, else nil
	past            map[pastKey]past
	// Reporters that this transaction has stored, by their numbers.
	reporters map[int64]indicator.Reporter
	agencies  *AgencyView                    // nil until it is asked for
	cycles    *cycleBook                     // nil until it is asked for
	sending   bool                           // rows that are judged as they go are on their way to the database
	changes   map[string]indicator.Indicator // current versions of those that rows were checked against another of
	failed    error                          // why judging went wrong, of which nothing may be stored
	trial     *trial                         // of a dry run, which judges on a snapshot; else nil
	reports   indicator.Tally                // what this transaction makes of reports, for the watcher
	ended     bool
}

// begin opens a transaction and takes the ledger. Whoever begins one defers abandon,
// so that a panic, too, leaves neither behind.
func (l *Ledger) begin(ctx context.Context) (_ *ledgerTx, err error) {
	leave, err := l.db.TakeTurn(ctx)
	if err != nil {
		return nil, err
	}
	begun := false
	defer func() {
		if !begun {
			leave()
		}
	}()
	conn, err := l.db.BeginWrite(ctx)
	if err != nil {
		return nil, err
	}
	ctx = l.db.Running(ctx)
	w := newLedgerTx(ctx, l, conn)
	w.leave = leave
	begun = true // and abandon leaves
	taken := false
	defer func() {
		if !taken {
			w.abandon()
		}
	}()
	defer l.db.FreeLedger(ctx)()
	if w.head, err = readLedger(w.conn.Query(ctx, l.headForUpdate)); err != nil {
		return nil, err
	}
	w.targets, w.keys = l.warm.take(w.head)
	l.db.NoteBusy()
	taken = true
	return w, nil
}

func newLedgerTx(ctx context.Context, l *Ledger, conn database.Conn) *ledgerTx {
	return &ledgerTx{
		ledger: l, ctx: ctx, conn: conn,
		sources: map[sourceKey]*lastSaid{}, idempotency: map[string]idempotencyRecord{}, reporters: map[int64]indicator.Reporter{}, past: map[pastKey]past{},
	}
}

func (l *Ledger) lockHead(ctx context.Context, q database.Querier) (head, error) {
	return readLedger(q.QueryContext(ctx, l.headForUpdate))
}

const ledgerColumns = "measurement_id, audit_seq, audit_hash, moment, profile, agency_event, loop_event"

// readLedger reads the one row of the ledger.
func readLedger(rows *sql.Rows, err error) (h head, _ error) {
	if err != nil {
		return h, err
	}
	found := sql.ErrNoRows
	err = database.EachRow(rows, func() error {
		found = nil
		return rows.Scan(&h.measurementID, &h.auditSeq, &h.auditHash, &h.moment, &h.profile, &h.agencyEvent, &h.loopEvent)
	})
	return h, cmp.Or(err, found)
}

// abandon ends the transaction without a trace, unless it has ended.
func (w *ledgerTx) abandon() {
	if w.ended {
		return
	}
	w.ended = true
	w.conn.Abandon()
	w.leave()
}

// commit writes what is left and makes all of it durable.
func (w *ledgerTx) commit() error {
	defer w.abandon()
	began := time.Now()
	if err := w.finish(); err != nil {
		return err
	}
	if err := w.conn.Commit(w.ctx); err != nil {
		return err
	}
	w.ended = true
	defer w.leave()
	w.ledger.told(began, w.reports)
	w.ledger.reporters.keep(w.reporters)
	for _, code := range w.absent {
		delete(w.targets, code)
	}
	w.ledger.warm.keep(w.head, w.targets, w.keys)
	return nil
}

// finish writes states, which standings are stale, answers, audit entries and the ledger.
func (w *ledgerTx) finish() error {
	if w.failed != nil {
		return w.failed
	}
	if err := w.flush(); err != nil {
		return err
	}
	slices.SortFunc(w.changed, func(a, b *target) int { return int(a.id - b.id) }) // as rows are locked
	states, stale := make([][]any, len(w.changed)), make([][]any, len(w.changed))
	for i, t := range w.changed {
		states[i], stale[i] = []any{t.id, t.state.pack()}, []any{t.id, w.head.moment}
		t.changed = false
		w.count(t)
	}
	w.changed = w.changed[:0]
	if err := w.insert(statesTable, states); err != nil {
		return err
	}
	if err := w.insert(staleTable, stale); err != nil {
		return err
	}
	if err := w.insert(idempotencyTable, w.idempotencyRows); err != nil {
		return err
	}
	w.idempotencyRows = nil
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
	if err := keepRecords(w.ctx, w.conn.Tx, first, records); err != nil {
		return err
	}
	return w.conn.Exec(w.ctx, saveLedger, w.head.measurementID, w.head.auditSeq, w.head.auditHash, w.head.moment)
}

// count keeps the number of keys in mind as states grow.
func (w *ledgerTx) count(t *target) {
	w.keys += len(t.state.entries) - t.counted
	t.counted = len(t.state.entries)
}

const saveLedger = "UPDATE ledger SET measurement_id = $1, audit_seq = $2, audit_hash = $3, moment = $4 WHERE id = 1"

func (h head) save(ctx context.Context, q database.Querier) error {
	_, err := q.ExecContext(ctx, saveLedger, h.measurementID, h.auditSeq, h.auditHash, h.moment)
	return err
}

// flush writes the measurements that were accepted so far, so that memory stays
// flat; sources are looked up again after it.
func (w *ledgerTx) flush() error {
	err := w.insert(measurementsTable, w.rows)
	w.rows = w.rows[:0]
	w.forget()
	return err
}

// forget drops what was looked up for rows that are judged.
func (w *ledgerTx) forget() {
	if w.trial != nil {
		w.trial.remember(w)
	}
	clear(w.sources)
	clear(w.past)
}

func (w *ledgerTx) insert(t *database.Table, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	return w.insertAll(t, len(rows), slices.Values(rows))
}

func (w *ledgerTx) insertAll(t *database.Table, most int, rows iter.Seq[[]any]) error {
	if w.trial != nil {
		for range rows { // they are judged as they are asked for
			continue
		}
		return nil
	}
	w.sending = true
	defer func() { w.sending = false }()
	return w.conn.Insert(w.ctx, t, most, rows)
}

// asking is the transaction, for a query. While rows are on their way the connection takes no other
// statement: on PostgreSQL a query would wait for the end of the rows, and that for the query. All that
// judging takes is loaded before.
func (w *ledgerTx) asking() database.Querier {
	if w.sending {
		panic("a query while rows are judged")
	}
	return w.conn.Tx
}

// load reads what judging the rows takes.
func (w *ledgerTx) load(rows []indicator.Row) error {
	if w.agencyView(); w.failed != nil {
		return w.failed
	}
	if w.head.loopEvent > 0 {
		if _, err := w.cycleBook(); err != nil {
			return err
		}
	}
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

func (w *ledgerTx) loadTargets(codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	query, args := w.ledger.queries.targets(codes)
	rows, err := w.conn.Query(w.ctx, query, args...)
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
		if t.state, err = readState(w.ctx, w.conn.Tx, t.id, t.code); err != nil {
			return err
		}
		w.count(t)
	}
	return nil
}

// eachTarget visits what the query of targets gives. The state is nil where nothing
// was reported, or what was must be read from the measurements.
func eachTarget(rows *sql.Rows, visit func(t *target, reported bool) error) error {
	return database.EachRow(rows, func() error {
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
func readState(ctx context.Context, q database.Querier, id int64, code string) (*state, error) {
	s := newState()
	err := database.Each(ctx, q, `SELECT `+measurementColumns+` FROM measurements f JOIN measurements m ON m.id =
		(SELECT o.id FROM measurements o
		  WHERE o.indicator_id = f.indicator_id AND o.period = f.period AND o.basis = f.basis
		  ORDER BY o.revision DESC LIMIT 1)`+joinReporter+`
		WHERE f.indicator_id = $1 AND f.revision = 1 ORDER BY f.id`, []any{id}, func(rows *sql.Rows) error {
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

func (w *ledgerTx) loadSources(asked []sourceQuery) error {
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
	query, args := w.ledger.queries.sources(asked)
	return w.conn.Each(w.ctx, query, args, func(rows *sql.Rows) error {
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
