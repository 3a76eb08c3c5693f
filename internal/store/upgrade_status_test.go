package store_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// sharesAndReporters are measurements as schema 10 has them, below an indicator of an
// older database.
var sharesAndReporters = []string{
	`INSERT INTO reporters (id, agency, key_id, key_name) VALUES (7, '甲局', 'k', '甲')`,
	`INSERT INTO measurements (id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts, recorded_at, numerator, denominator, reporter_id)
		SELECT 9001, MIN(indicator_id), '2022', 'total', 1, '66.67', '%', 's', 'n', 'https://a.cn', 0, '2024-01-01T00:00:00.000000Z', '2.0', '3', 7 FROM measurements`,
}

const wholeMeasurements = `SELECT id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts,
	recorded_at, numerator, denominator, reporter_id FROM measurements ORDER BY id`

// TestSQLiteUpgradeOfStatuses and TestPostgresUpgradeOfStatuses bring up a database in
// which every report has a final figure.
func TestSQLiteUpgradeOfStatuses(t *testing.T) {
	file := newFile(t)
	upgradedStatuses(t, file, func() error { return os.WriteFile(file, kept(t, "schema6.db.gz"), 0o600) })
}

func TestPostgresUpgradeOfStatuses(t *testing.T) {
	database := storetest.EmptySchema(t, postgresServer(t))
	upgradedStatuses(t, database, func() error {
		_, err := connected(t, database).ExecContext(t.Context(), string(kept(t, "schema6.sql.gz")))
		return err
	})
}

func upgradedStatuses(t *testing.T, database string, fill func() error) {
	if err := fill(); err != nil {
		t.Fatal(err)
	}
	if err := store.MigrateTo(t.Context(), database, 10); err != nil {
		t.Fatal(err)
	}
	below := connected(t, database)
	for _, statement := range sharesAndReporters {
		if _, err := below.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	all := func() (rows []string) {
		if err := eachOf(t, below, wholeMeasurements, func(cells []string) { rows = append(rows, strings.Join(cells, "|")) }); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	before := all()
	if _, _, err := store.Migrate(t.Context(), database); err != nil {
		t.Fatal(err)
	}
	if after := all(); !slices.Equal(before, after) || len(before) < 2 {
		t.Errorf("%d rows were\n%s\nand are\n%s", len(before), strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	for _, c := range []struct {
		value, status string
		stored        bool
	}{
		{"'1'", "", true}, {"'1'", "provisional", true}, {"NULL", "not_available", true}, {"NULL", "not_applicable", true},
		{"NULL", "", false}, {"NULL", "provisional", false}, {"'1'", "not_available", false}, {"'1'", "unknown", false},
	} {
		_, err := below.ExecContext(t.Context(), fmt.Sprintf(`INSERT INTO measurements
			(id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts, recorded_at, observation_status)
			SELECT MAX(id) + 1, MIN(indicator_id), '2022', 'increment', MAX(id), %s, '', '', '', '', 0, '2024-01-01T00:00:00.000000Z', '%s' FROM measurements`, c.value, c.status))
		if (err == nil) != c.stored {
			t.Errorf("value %s with the status %q: %v", c.value, c.status, err)
		}
	}
	for _, statement := range []string{"UPDATE measurements SET note = 'x'", "DELETE FROM measurements"} {
		if _, err := below.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v, want it refused as append-only", statement, err)
		}
	}
}
