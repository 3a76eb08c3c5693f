package ledger

import (
	"database/sql"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

var measurementsTable = &database.Table{Name: "measurements", Columns: []database.Column{
	{Name: "id", Kind: database.Int64},
	{Name: "indicator_id", Kind: database.Int64},
	{Name: "period", Kind: database.Text},
	{Name: "basis", Kind: database.Text},
	{Name: "revision", Kind: database.Int32},
	{Name: "value", Kind: database.Numeric},
	{Name: "unit", Kind: database.Text},
	{Name: "source_id", Kind: database.Text},
	{Name: "note", Kind: database.Text},
	{Name: "evidence_url", Kind: database.Text},
	{Name: "retracts", Kind: database.Int64},
	{Name: "recorded_at", Kind: database.Timestamp},
	{Name: "numerator", Kind: database.Numeric},
	{Name: "denominator", Kind: database.Numeric},
	{Name: "reporter_id", Kind: database.Int64},
	{Name: "observation_status", Kind: database.Text},
}}

var statesTable = &database.Table{Name: "indicator_states", Columns: []database.Column{
	{Name: "indicator_id", Kind: database.Int64},
	{Name: "state", Kind: database.Bytes},
}, OnTaken: "ON CONFLICT (indicator_id) DO UPDATE SET state = excluded.state"}

var staleTable = &database.Table{Name: "stale_standings", Columns: []database.Column{
	{Name: "indicator_id", Kind: database.Int64},
	{Name: "since", Kind: database.Int64},
}, OnTaken: "ON CONFLICT (indicator_id) DO UPDATE SET since = excluded.since"}

var auditTable = &database.Table{Name: "audit_log", Columns: []database.Column{
	{Name: "seq", Kind: database.Int64},
	{Name: "at", Kind: database.Timestamp},
	{Name: "actor_key", Kind: database.Text},
	{Name: "actor_name", Kind: database.Text},
	{Name: "from_address", Kind: database.Text},
	{Name: "request_id", Kind: database.Text},
	{Name: "action", Kind: database.Text},
	{Name: "target", Kind: database.Text},
	{Name: "first_id", Kind: database.Int64},
	{Name: "last_id", Kind: database.Int64},
	{Name: "before_hash", Kind: database.Bytes},
	{Name: "after_hash", Kind: database.Bytes},
	{Name: "records_hash", Kind: database.Bytes},
	{Name: "hash", Kind: database.Bytes},
}}

var idempotencyTable = &database.Table{Name: "idempotency_keys", Columns: []database.Column{
	{Name: "scope", Kind: database.Text},
	{Name: "fingerprint", Kind: database.Bytes},
	{Name: "status", Kind: database.Int64},
	{Name: "header", Kind: database.Text},
	{Name: "answer", Kind: database.Bytes},
	{Name: "expires_at", Kind: database.Timestamp},
}, OnTaken: `ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
	header = excluded.header, answer = excluded.answer, expires_at = excluded.expires_at`}

var bulkTables = []*database.Table{measurementsTable, statesTable, staleTable, standingsTable, auditTable, idempotencyTable, statusChangesTable}

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
