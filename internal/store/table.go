package store

import (
	"database/sql"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

var measurementsTable = &bulkTable{name: "measurements", columns: []column{
	{name: "id", kind: integer},
	{name: "indicator_id", kind: integer},
	{name: "period", kind: text},
	{name: "basis", kind: text},
	{name: "revision", kind: small},
	{name: "value", kind: numeric},
	{name: "unit", kind: text},
	{name: "source_id", kind: text},
	{name: "note", kind: text},
	{name: "evidence_url", kind: text},
	{name: "retracts", kind: integer},
	{name: "recorded_at", kind: timestamp},
	{name: "numerator", kind: numeric},
	{name: "denominator", kind: numeric},
	{name: "reporter_id", kind: integer},
	{name: "observation_status", kind: text},
}}

var statesTable = &bulkTable{name: "indicator_states", columns: []column{
	{name: "indicator_id", kind: integer},
	{name: "state", kind: blob},
}, onTaken: "ON CONFLICT (indicator_id) DO UPDATE SET state = excluded.state"}

var auditTable = &bulkTable{name: "audit_log", columns: []column{
	{name: "seq", kind: integer},
	{name: "at", kind: timestamp},
	{name: "actor_key", kind: text},
	{name: "actor_name", kind: text},
	{name: "from_address", kind: text},
	{name: "request_id", kind: text},
	{name: "action", kind: text},
	{name: "target", kind: text},
	{name: "first_id", kind: integer},
	{name: "last_id", kind: integer},
	{name: "before_hash", kind: blob},
	{name: "after_hash", kind: blob},
	{name: "records_hash", kind: blob},
	{name: "hash", kind: blob},
}}

var answersTable = &bulkTable{name: "idempotency_keys", columns: []column{
	{name: "scope", kind: text},
	{name: "fingerprint", kind: blob},
	{name: "status", kind: integer},
	{name: "header", kind: text},
	{name: "answer", kind: blob},
	{name: "expires_at", kind: timestamp},
}, onTaken: `ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
	header = excluded.header, answer = excluded.answer, expires_at = excluded.expires_at`}

var bulkTables = []*bulkTable{measurementsTable, statesTable, auditTable, answersTable}

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
