package store_test

import (
	"database/sql"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// testBelow runs what every engine must show and only a look below the store
// can tell. Each call of empty must name an empty database.
func testBelow(t *testing.T, empty func(t *testing.T) string) {
	for name, run := range map[string]func(t *testing.T, address string){
		"refuses to change or delete what is append-only":  appendOnly,
		"holds what was stored after it is opened again":   reopened,
		"brings an older schema up to date and keeps rows": upgraded,
		"refuses a newer schema in words":                  newerSchema,
		"migrates once when many processes ask at a time":  migratedAtOnce,
		"keeps what the driver says from the public text":  privateCause,
	} {
		t.Run(name, func(t *testing.T) { run(t, empty(t)) })
	}
}

// filled stores one plan with one indicator that has two versions and one
// measurement, and returns the indicator's code.
func filled(t *testing.T, s *store.Store) string {
	t.Helper()
	p := indicator.Plan{
		Code: "p", Title: "安排", StartsOn: indicator.DateOf(2023, 1, 1), DueOn: indicator.DateOf(2023, 12, 31),
		Tasks: []indicator.Task{{Plan: "p", Number: "1", Title: "修路"}},
		Parts: []indicator.PlanPart{{Task: "1", Area: "东山镇", DueOn: indicator.DateOf(2023, 12, 31)}},
	}
	if err := s.CreatePlan(t.Context(), p, nil); err != nil {
		t.Fatal(err)
	}
	in, err := s.CreateIndicator(t.Context(), indicator.Indicator{
		Plan: "p", Task: "1", Name: "里程", LeadAgencies: []string{"路政局"}, State: indicator.Confirmed,
		Target: indicator.Target{Value: quantity.MustNumber("75.40"), Unit: quantity.MustUnit("公里")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.UpdateIndicator(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	append1(t, s, in.Code)
	return in.Code
}

// indicatorOf is filled, and the indicator as it stands.
func indicatorOf(t *testing.T, s *store.Store) indicator.Indicator {
	t.Helper()
	in, err := s.Indicator(t.Context(), indicator.AllVisible(), filled(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func append1(t *testing.T, s *store.Store, code string) {
	t.Helper()
	m := indicator.Measurement{
		Indicator: code, Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, 9, 1)), Basis: indicator.ThisPeriod,
		Value: quantity.MustNumber("0.10"), Unit: quantity.MustUnit("公里"),
	}
	if _, _, err := storetest.Report(t.Context(), s, m); err != nil {
		t.Fatal(err)
	}
}

// connected is a handle of its own, as another program would have it.
func connected(t *testing.T, address string) *sql.DB {
	t.Helper()
	driver := "sqlite3"
	if strings.HasPrefix(address, "postgres://") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// values are those of an indicator's revisions.
func values(t *testing.T, s *store.Store, code string) string {
	t.Helper()
	ms, _, err := s.Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range ms {
		all = append(all, m.Value.String())
	}
	return strings.Join(all, " ")
}

func appendOnly(t *testing.T, address string) {
	migrated(t, address)
	s := opened(t, address)
	code := filled(t, s)
	for _, statement := range []string{
		"UPDATE plan_versions SET title = 'x'",
		"DELETE FROM documents",
		"UPDATE measurements SET note = 'x'",
		"DELETE FROM measurements",
		"UPDATE indicator_versions SET name = 'x'",
		"DELETE FROM indicator_versions WHERE version = 1",
		"UPDATE indicator_agencies SET ordinal = 9",
		"DELETE FROM indicator_agencies",
		"UPDATE plan_parts SET area = 'x'",
		"DELETE FROM plan_parts",
	} {
		_, err := s.Writer().ExecContext(t.Context(), statement)
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v, want it refused as append-only", statement, err)
		}
	}
	if got := values(t, s, code); got != "0.10" {
		t.Errorf("measurements %q", got)
	}
}

func reopened(t *testing.T, address string) {
	migrated(t, address)
	s := opened(t, address)
	code := filled(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = opened(t, address)
	append1(t, s, code)
	if got := values(t, s, code); got != "0.10 0.10" {
		t.Errorf("measurements %q", got)
	}
	if in, err := s.Indicator(t.Context(), indicator.AllVisible(), code); err != nil || in.Version != 2 {
		t.Errorf("version %d, %v", in.Version, err)
	}
}

func upgraded(t *testing.T, address string) {
	if err := database.MigrateTo(t.Context(), address, 1); err != nil {
		t.Fatal(err)
	}
	below := connected(t, address)
	for _, statement := range []string{
		`INSERT INTO plans (code, version, created_at) VALUES ('old', 1, '2023-01-01T00:00:00.000000Z')`,
		`INSERT INTO plan_versions
			(plan, version, title, issuer, starts_on, due_on, sha256, media_type, characters, updated_at)
			VALUES ('old', 1, 'x', '', '2023-01-01', '2023-12-31', '', '', 0, '2023-01-01T00:00:00.000000Z')`,
	} {
		if _, err := below.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	from, to, err := ledger.Migrate(t.Context(), address)
	if err != nil || from != 1 || to != newest(t) {
		t.Errorf("migrated from %d to %d, %v", from, to, err)
	}
	if from, _, err = ledger.Migrate(t.Context(), address); err != nil || from != to {
		t.Errorf("migrated again from %d, %v", from, err)
	}
	s := opened(t, address)
	filled(t, s)
	plans, _, err := s.Plans(t.Context(), indicator.PlanSelection{}, indicator.Page{})
	if err != nil || len(plans) != 2 || plans[0].Code != "old" || plans[0].DueOn != indicator.DateOf(2023, 12, 31) {
		t.Errorf("plans %+v, %v", plans, err)
	}
	old, err := s.Plan(t.Context(), "old")
	if err != nil || old.Parts != nil {
		t.Errorf("a plan of before shares were kept has %#v, %v: want them unknown", old.Parts, err)
	}
}

// newest is the schema version of this program, which is that of a new database.
func newest(t *testing.T) int64 {
	t.Helper()
	_, version, err := ledger.Migrate(t.Context(), newFile(t))
	if err != nil {
		t.Fatal(err)
	}
	return version
}

func newerSchema(t *testing.T, address string) {
	migrated(t, address)
	_, err := connected(t, address).ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9001, TRUE)")
	if err != nil {
		t.Fatal(err)
	}
	_, _, migrating := ledger.Migrate(t.Context(), address)
	_, opening := store.Open(t.Context(), address, time.Now)
	for _, err := range []error{opening, migrating} {
		f := fault.From(err)
		if f == nil || f.Code != fault.Unavailable || !strings.Contains(f.Detail.EN, "9001") || !strings.Contains(f.Detail.EN, "newer") {
			t.Errorf("%v, want the newer schema named", err)
		}
	}
}

func migratedAtOnce(t *testing.T, address string) {
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if _, to, err := ledger.Migrate(t.Context(), address); err != nil || to < 3 {
				t.Errorf("version %d, %v", to, err)
			}
		})
	}
	wg.Wait()
	filled(t, opened(t, address))
}

func privateCause(t *testing.T, address string) {
	migrated(t, address)
	s := opened(t, address)
	if _, err := s.Writer().ExecContext(t.Context(), "DROP TABLE measurements"); err != nil {
		t.Fatal(err)
	}
	_, err := s.MeasurementsOf(t.Context(), []string{"p-1-1"}, time.Time{})
	f := fault.From(err)
	if f == nil || f.Code != fault.Internal || f.Detail != fault.Internal.Title() {
		t.Fatalf("%v, want a bare internal fault", err)
	}
	if f.Unwrap() == nil || !strings.Contains(f.Unwrap().Error(), "measurements") {
		t.Errorf("cause %v, want what the driver said", f.Unwrap())
	}
}
