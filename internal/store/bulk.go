package store

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// kind is the type of a column of a bulk table.
type kind string

// The kinds, by their names in PostgreSQL.
const (
	integer   kind = "bigint"  // int64
	small     kind = "integer" // int64 that fits
	text      kind = "text"    // string
	numeric   kind = "numeric" // string of digits, nil for NULL
	blob      kind = "bytea"   // []byte
	timestamp kind = "timestamptz"
)

type column struct {
	name string
	kind kind
}

// bulkTable is a table that rows are put into many at a time.
type bulkTable struct {
	name    string
	columns []column
	onTaken string // what to do about a row whose key is taken; empty fails
}

var measurementsTable = &bulkTable{name: "measurements", columns: []column{
	{"id", integer},
	{"indicator_id", integer},
	{"period", text},
	{"basis", text},
	{"revision", small},
	{"value", numeric},
	{"unit", text},
	{"source_id", text},
	{"note", text},
	{"evidence_url", text},
	{"retracts", integer},
	{"recorded_at", timestamp},
	{"numerator", numeric},
	{"denominator", numeric},
	{"reporter_id", integer},
	{"observation_status", text},
}}

var statesTable = &bulkTable{name: "indicator_states", columns: []column{
	{"indicator_id", integer},
	{"state", blob},
}, onTaken: "ON CONFLICT (indicator_id) DO UPDATE SET state = excluded.state"}

var auditTable = &bulkTable{name: "audit_log", columns: []column{
	{"seq", integer},
	{"at", timestamp},
	{"actor_key", text},
	{"actor_name", text},
	{"from_address", text},
	{"request_id", text},
	{"action", text},
	{"target", text},
	{"first_id", integer},
	{"last_id", integer},
	{"before_hash", blob},
	{"after_hash", blob},
	{"records_hash", blob},
	{"hash", blob},
}}

var answersTable = &bulkTable{name: "idempotency_keys", columns: []column{
	{"scope", text},
	{"fingerprint", blob},
	{"status", integer},
	{"header", text},
	{"answer", blob},
	{"expires_at", timestamp},
}, onTaken: `ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
	header = excluded.header, answer = excluded.answer, expires_at = excluded.expires_at`}

var bulkTables = []*bulkTable{measurementsTable, statesTable, auditTable, answersTable}

// bulk is how an engine moves many rows in few statements. The queries have the
// same columns on every engine.
type bulk interface {
	// prepare makes the statements of the hot path ready.
	prepare(ctx context.Context, db *sql.DB) error
	// lockLedger reads the ledger's row and holds back every other writer.
	lockLedger() string
	// targets selects id, code, version, state of review, whether there is a
	// state of reports, and that, for a list of codes.
	targets(codes []string) (query string, args []any)
	// sources selects the place of each key, from 0, and the columns of the newest measurement
	// under it, which is the agency's, or that of one whose reporter is not known.
	sources(keys []sourceQuery) (query string, args []any)
	// prepared is a statement that was made ready, nil for any other.
	prepared(query string) *sql.Stmt
	// portion is how many rows of a batch are best committed together: enough
	// that a commit costs little for each, few enough that memory stays flat and
	// other writers wait for moments only.
	portion() int
	// insert puts rows into a table, at most so many. It asks for them while the
	// ones before are on their way, so that making them may take time too.
	insert(ctx context.Context, c *connection, t *bulkTable, most int, rows iter.Seq[[]any]) error
}

// connection is a connection to the database with a transaction open on it.
type connection struct {
	conn *sql.Conn
	tx   *sql.Tx
	read bool // whether it is one of the readers', where nothing is prepared
}

// query runs a query of the hot path.
func (c *connection) query(ctx context.Context, b bulk, query string, args ...any) (*sql.Rows, error) {
	if stmt := b.prepared(query); stmt != nil && !c.read {
		return c.tx.StmtContext(ctx, stmt).QueryContext(ctx, args...) //nolint:sqlclosecheck // closed with its transaction
	}
	return c.tx.QueryContext(ctx, query, args...)
}

// exec runs a statement of the hot path.
func (c *connection) exec(ctx context.Context, b bulk, query string, args ...any) error {
	var err error
	if stmt := b.prepared(query); stmt != nil {
		_, err = c.tx.StmtContext(ctx, stmt).ExecContext(ctx, args...) //nolint:sqlclosecheck // closed with its transaction
	} else {
		_, err = c.tx.ExecContext(ctx, query, args...)
	}
	return err
}

// querier is a transaction, whether gorm's or one of ours.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const measurementColumns = `m.id, m.indicator_id, m.period, m.basis, m.revision, m.value, m.unit,
	m.source_id, m.note, m.evidence_url, m.retracts, m.recorded_at, m.numerator, m.denominator,
	m.reporter_id, m.observation_status, ` + reporterColumns

const reporterColumns = "r.agency, r.key_id, r.key_name, r.agency_id"

// sourceOwned holds of a measurement o whose source is that of the agency: what an
// agency has reported, what takes that back, and what is known of nobody.
func sourceOwned(agency, among string) string {
	return `(SELECT w.id = 0 OR CASE WHEN w.agency_id = 0 THEN w.agency = ` + agency + ` ELSE w.agency_id ` + among + ` END FROM reporters w WHERE w.id =
		CASE WHEN o.retracts = 0 THEN o.reporter_id ELSE (SELECT b.reporter_id FROM measurements b WHERE b.id = o.retracts) END)`
}

// joinReporter is what the columns above need beside the measurements.
const joinReporter = " JOIN reporters r ON r.id = m.reporter_id "

// scanMeasurement reads the columns above.
func scanMeasurement(rows *sql.Rows, extra ...any) (measurementRow, error) {
	var r measurementRow
	err := rows.Scan(append(extra, &r.ID, &r.IndicatorID, &r.Period, &r.Basis, &r.Revision, &r.Value, &r.Unit,
		&r.SourceID, &r.Note, &r.EvidenceURL, &r.Retracts, &r.Recorded, &r.Numerator, &r.Denominator,
		&r.ReporterID, &r.ObservationStatus, &r.Agency, &r.KeyID, &r.KeyName, &r.AgencyID)...)
	return r, err
}

// measurementValues are the columns of measurementsTable.
func measurementValues(id int64, m indicator.Measurement, reporter int64) []any {
	var value, numerator, denominator any
	if m.IsFigure() {
		value = m.Value.String()
	}
	if m.Share != nil {
		numerator, denominator = m.Share.Numerator.String(), m.Share.Denominator.String()
	}
	return []any{
		m.ID, id, m.Period.String(), string(m.Basis), int64(m.Revision), value, m.Unit.String(),
		m.SourceID, m.Note, m.EvidenceURL, m.Retracts, m.RecordedAt, numerator, denominator, reporter, m.ObservationStatus(),
	}
}

// eachRow visits the rows of a query.
func eachRow(rows *sql.Rows, visit func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := visit(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
