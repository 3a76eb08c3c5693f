package httpapi_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/statement"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// stateOn stores the seed and a report in a database and states what came of it.
func stateOn(t *testing.T, database string) []byte {
	t.Helper()
	a := &api{t: t, now: time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC)}
	db, err := store.Open(t.Context(), database, a.clock)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	a.db = db
	a.seed()
	a.underAProfile()
	period, err := indicator.ParsePeriod("2023-09")
	if err != nil {
		t.Fatal(err)
	}
	m := indicator.Measurement{
		Indicator: "donghe-2023-2-2", Period: period, Basis: indicator.Total, Value: quantity.MustNumber("66.6667"), Unit: quantity.MustUnit("%"),
		Share: &indicator.Share{Numerator: quantity.MustNumber("2.0"), Denominator: quantity.MustNumber("3")}, Provisional: true, SourceID: "a", Note: "<初步>",
		ReportedBy: indicator.Reporter{Agency: "市农业农村局", Key: "k3v7q2mxw4ab", Name: "农业系统"},
	}
	if _, _, err := db.Submit(t.Context(), indicator.Row{Measurement: m}, indicator.Idempotency{}); err != nil {
		t.Fatal(err)
	}
	service := tracker.New(db, a.clock, time.UTC, progress.DefaultProfile())
	facts, err := service.StatementFacts(t.Context(), m.Indicator, tracker.Moment{On: indicator.DateOf(2023, 9, 30)})
	if err != nil {
		t.Fatal(err)
	}
	document, err := statement.Of(facts)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestBothEnginesStateTheSame(t *testing.T) {
	if os.Getenv("TRACKER_TEST_POSTGRES") == "" {
		t.Skip("TRACKER_TEST_POSTGRES is not set")
	}
	onServer, inFile := stateOn(t, newDatabase(t)), stateOn(t, filepath.Join(t.TempDir(), "tracker.db"))
	if !bytes.Equal(onServer, inFile) {
		t.Errorf("PostgreSQL\n%s\nSQLite\n%s", onServer, inFile)
	}
}
