package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// TestMain lets the test's own program be the ceiling, as the command's is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "ceiling" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestBenchPrintsEveryLine(t *testing.T) {
	binary, err := service.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := options{binary: binary, clients: 4, rows: 300, few: 140, many: 280, reads: 3, exported: 700, during: 100 * time.Millisecond, rounds: 1}
	want := []string{
		"single POSTs a second, 4 clients: ",
		"durable single POSTs / the same stored nowhere ",
		"durable single POSTs / one commit for each ",
		"durable single POSTs / this service in groups of one ",
		"batch of 300 rows: ",
		"batch / prepared inserts by the driver alone ",
		"most memory during the batch, MB ",
		"/api/v1/progress?plan=bench",
		"/api/v1/indicators/bench-7-1/progress",
		"a page of progress of ",
		"a page of progress / the same bytes ",
		"with If-None-Match ",
		"while ten reports a second come ",
		"reading 700 rows by the driver alone / as csv ",
		"reading 700 rows by the driver alone / as ndjson ",
		"reading 700 rows by the driver alone / as xlsx ",
		"reading 700 rows by the driver alone / as parquet ",
		"reading 700 rows by the driver alone / as sdmx-csv ",
		"most memory during the exports, MB ",
	}
	if o.postgres = schema(t); o.postgres != "" {
		want = append(want[:7:7], append([]string{"PostgreSQL batch of 300 rows: ", "PostgreSQL batch / plain COPY "}, want[7:]...)...)
	}
	var out bytes.Buffer
	status, err := run(t.Context(), o, "", &out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), &out)
	}
	for i, line := range lines {
		if !strings.HasPrefix(line, want[i]) {
			t.Errorf("line %d: %q, want %q", i, line, want[i])
		}
	}
	if below := strings.Contains(out.String(), "BELOW THE BAR"); below != (status == 1) {
		t.Errorf("status %d:\n%s", status, &out)
	}
}

// schema is the address of a PostgreSQL schema for the test, empty without a
// server.
func schema(t *testing.T) string {
	t.Helper()
	server := os.Getenv("TRACKER_TEST_POSTGRES")
	if server == "" {
		return ""
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("bench_%d", os.Getpid())
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), server)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(context.Background(), "DROP SCHEMA IF EXISTS "+name+" CASCADE"); err != nil {
			t.Error(err)
		}
	})
	return address.String()
}

func TestBars(t *testing.T) {
	for name, c := range map[string]struct {
		ratio ratio
		says  string
		held  bool
	}{
		"above the least": {ratio{what: "w", value: 2, least: 1.5}, "at least 1.50", true},
		"at the least":    {ratio{what: "w", value: 1.5, least: 1.5}, "at least 1.50", true},
		"below the least": {ratio{what: "w", value: 1, least: 1.5}, "at least 1.50", false},
		"below the most":  {ratio{what: "w", value: 1, most: 1.5}, "at most 1.50", true},
		"at the most":     {ratio{what: "w", value: 1.5, most: 1.5}, "at most 1.50", true},
		"above the most":  {ratio{what: "w", value: 2, most: 1.5}, "at most 1.50", false},
	} {
		t.Run(name, func(t *testing.T) {
			line, held := c.ratio.judged()
			if held != c.held || strings.Contains(line, "BELOW THE BAR") == c.held || !strings.Contains(line, c.says) {
				t.Errorf("%t: %s", held, line)
			}
		})
	}
	t.Run("the middle of the rounds counts", func(t *testing.T) {
		if got := median([]float64{9, 1, 3}); got != 3 {
			t.Errorf("median %v", got)
		}
	})
}

// fake is a service that answers as the test says.
func fake(t *testing.T, serve http.HandlerFunc) *service.Service {
	t.Helper()
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	return &service.Service{Base: server.URL, Client: server.Client()}
}

func TestFillCountsWhatWasStored(t *testing.T) {
	for name, c := range map[string]struct {
		status, receipts, stored, revised int
		whole                             bool
	}{
		"all of it":          {200, 5, 3, 2, true},
		"a receipt missing":  {200, 4, 3, 2, false},
		"a row not stored":   {200, 5, 2, 2, false},
		"an answer of error": {503, 5, 3, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := fake(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					fmt.Fprintf(w, `{"stored":%d,"revised":%d}`, c.stored, c.revised)
					return
				}
				rows, err := io.ReadAll(r.Body)
				if n := bytes.Count(rows, []byte("\n")); err != nil || n != 5 {
					t.Errorf("%d rows came, %v", n, err)
				}
				w.WriteHeader(c.status)
				fmt.Fprint(w, strings.Repeat("{}\n", c.receipts))
			})
			if _, err := fill(t.Context(), s, weeklyOf, []string{"a", "b"}, 0, 5); (err == nil) != c.whole {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestLoadFailsWhenAReportIsRefused(t *testing.T) {
	var served, next atomic.Int64
	s := fake(t, func(w http.ResponseWriter, _ *http.Request) {
		status := http.StatusCreated
		if served.Add(1) == 3 {
			status = http.StatusServiceUnavailable
		}
		w.WriteHeader(status)
	})
	_, err := load(t.Context(), s, []string{"a"}, options{clients: 2, during: time.Minute}, &next)
	if err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("%v", err)
	}
}
