package store_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

var schemas storetest.Schemas

func TestMain(m *testing.M) { os.Exit(storetest.RunTests(m, &schemas)) }

func TestPostgres(t *testing.T) {
	server := postgresServer(t)
	storetest.Run(t, func(t *testing.T) string { return schemas.Migrated(t, server) })
}

func TestPostgresBelow(t *testing.T) {
	server := postgresServer(t)
	testBelow(t, func(t *testing.T) string { return storetest.EmptySchema(t, server) })
}

func TestPostgresRefusesTruncation(t *testing.T) {
	s := opened(t, migrated(t, storetest.EmptySchema(t, postgresServer(t))))
	code := filled(t, s)
	_, err := s.Writer().ExecContext(t.Context(), "TRUNCATE measurements")
	if err == nil || !strings.Contains(err.Error(), "append-only") {
		t.Errorf("%v, want it refused as append-only", err)
	}
	if got := values(t, s, code); got != "0.10" {
		t.Errorf("measurements %q", got)
	}
}

func TestPostgresRefusesAnOlderSchema(t *testing.T) {
	server := postgresServer(t)
	for version := range int64(3) {
		address := storetest.EmptySchema(t, server)
		if version > 0 {
			if err := database.MigrateTo(t.Context(), address, version); err != nil {
				t.Fatal(err)
			}
		}
		before := tables(t, address)
		_, err := store.Open(t.Context(), address, storetest.Ticking())
		f := fault.From(err)
		if f == nil || f.Code != fault.Unavailable || !strings.Contains(f.Detail.EN, "tracker migrate") || !strings.Contains(f.Detail.ZH, "tracker migrate") {
			t.Errorf("version %d: %v, want to be told to migrate", version, err)
		}
		if after := tables(t, address); after != before {
			t.Errorf("version %d: opening made %d tables of %d", version, after, before)
		}
	}
}

func tables(t *testing.T, address string) (n int) {
	t.Helper()
	const count = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA()"
	if err := connected(t, address).QueryRowContext(t.Context(), count).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPostgresUnreachable(t *testing.T) {
	const database = "postgres://reader:secret-word@127.0.0.1:1/none?sslmode=disable&connect_timeout=2"
	_, err := store.Open(t.Context(), database, storetest.Ticking())
	f := fault.From(err)
	if f == nil || f.Code != fault.Unavailable {
		t.Fatalf("%v, want it unavailable", err)
	}
	if strings.Contains(err.Error(), "secret-word") || strings.Contains(f.Detail.EN, "127.0.0.1") {
		t.Errorf("%v, %q: too much is told", err, f.Detail.EN)
	}
}

// postgresServer is the address of a database that tests may make schemas in.
func postgresServer(t *testing.T) string {
	t.Helper()
	address := os.Getenv("TRACKER_TEST_POSTGRES")
	if address == "" {
		t.Skip("TRACKER_TEST_POSTGRES is not set: give it the postgres:// address of a database for tests")
	}
	return address
}

func migrated(t *testing.T, address string) string {
	t.Helper()
	if _, _, err := ledger.Migrate(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestPostgresTwoProcessesStoreARacingReportOnce(t *testing.T) {
	address := migrated(t, storetest.EmptySchema(t, postgresServer(t)))
	processes := []*store.Store{opened(t, address), opened(t, address)}
	code := filled(t, processes[0])
	const reports, senders = 100, 8
	var wg sync.WaitGroup
	var stored, unchanged atomic.Int64
	for sender := range senders {
		wg.Go(func() {
			for i := range reports {
				n := (i*13 + sender) % reports
				m := reportOf(code, "")
				m.SourceID = fmt.Sprint("s", n)
				m.Period = indicator.PeriodOf(indicator.Daily, indicator.DateOf(2023, 1, 1).AddDays(n))
				got, outcome, err := storetest.Report(t.Context(), processes[sender%2], m)
				switch {
				case err != nil || got.SourceID != m.SourceID:
					t.Errorf("%+v, %v", got, err)
				case outcome == indicator.Unchanged:
					unchanged.Add(1)
				default:
					stored.Add(1)
				}
			}
		})
	}
	wg.Wait()
	ms, _, err := processes[1].Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	if err != nil || len(ms) != reports+1 || stored.Load() != reports || unchanged.Load() != (senders-1)*reports {
		t.Errorf("%d rows, %d stored, %d unchanged, %v", len(ms), stored.Load(), unchanged.Load(), err)
	}
	if v, err := processes[0].Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) > 0 {
		t.Errorf("audit: %+v, %v", v, err)
	}
}
