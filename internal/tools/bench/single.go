package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"   //nolint:depguard // echo alone is the ceiling that the service is measured against
	_ "github.com/mattn/go-sqlite3" // the driver that the service uses

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// report is the body that is posted.
type report struct {
	Indicator string         `json:"indicator"`
	Period    string         `json:"period"`
	Value     jsontext.Value `json:"value"`
	Unit      string         `json:"unit"`
	Basis     string         `json:"basis"`
	SourceID  string         `json:"source_id"`
	Note      string         `json:"note"`
}

// bodyOf is the nth report: of many indicators, in months and with names of
// their own, and of values that are not doubtful.
func bodyOf(codes []string, n int64) []byte {
	return fmt.Appendf(nil, `{"indicator":%q,"period":"2023-%02d","value":%d,"unit":"家","basis":"increment","source_id":"kj-%08d","note":"按月报汇总"}`,
		codes[n%int64(len(codes))], 1+n/int64(len(codes))%months, 1+n%3, n)
}

const (
	months = 12
	weeks  = 52
)

// weeklyOf is the nth row of a batch, in which none has the indicator and the period
// of another as long as there are indicators enough.
func weeklyOf(codes []string, n int64) []byte {
	return fmt.Appendf(nil, `{"indicator":%q,"period":"2023-W%02d","value":%d.%02d,"unit":"家","basis":"increment","source_id":"kj-%08d","note":"按月报汇总"}`,
		codes[n/weeks%int64(len(codes))], 1+n%weeks, n%1000, n%100, n)
}

// serveCeiling is a service that decodes the same body with the same frame and
// stores nothing or, told to, each report in a durable transaction of its own.
func serveCeiling(ctx context.Context, args []string) error {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	var insert func(r report) error
	if len(args) > 0 && strings.HasPrefix(args[0], "file:") {
		page, err := os.ReadFile(strings.TrimPrefix(args[0], "file:")) //nolint:gosec // a file that the caller made
		if err != nil {
			return err
		}
		e.GET("/page", func(c echo.Context) error { return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, page) })
		args = nil
	}
	if len(args) > 0 {
		db, err := sql.Open("sqlite3", "file:"+args[0]+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_busy_timeout=5000")
		if err != nil {
			return err
		}
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(ctx, "CREATE TABLE m (id INTEGER PRIMARY KEY, indicator TEXT, period TEXT, basis TEXT, value TEXT, unit TEXT, source_id TEXT, note TEXT)"); err != nil {
			return err
		}
		stmt, err := db.PrepareContext(ctx, "INSERT INTO m (indicator, period, basis, value, unit, source_id, note) VALUES (?, ?, ?, ?, ?, ?, ?)")
		if err != nil {
			return err
		}
		defer func() { _ = stmt.Close() }()
		insert = func(r report) error {
			_, err := stmt.ExecContext(ctx, r.Indicator, r.Period, r.Basis, string(r.Value), r.Unit, r.SourceID, r.Note)
			return err
		}
	}
	e.POST("/api/v1/measurements", func(c echo.Context) error {
		var r report
		if err := json.UnmarshalRead(c.Request().Body, &r, json.RejectUnknownMembers(true)); err != nil {
			return err
		}
		if insert != nil {
			if err := insert(r); err != nil {
				return err
			}
		}
		c.Response().Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
		c.Response().WriteHeader(http.StatusCreated)
		return json.MarshalWrite(c.Response(), r)
	})
	e.Server.Addr = "127.0.0.1:0"
	go func() {
		for e.ListenerAddr() == nil {
			time.Sleep(time.Millisecond)
		}
		fmt.Fprintln(os.Stdout, "http://"+e.ListenerAddr().String())
	}()
	return e.Start("127.0.0.1:0")
}

// ceiling runs serveCeiling as a process of its own.
func ceiling(ctx context.Context, args ...string) (base string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"ceiling"}, args...)...) //nolint:gosec // this program itself
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	var line [64]byte
	n, err := out.Read(line[:])
	return strings.TrimSpace(string(line[:n])), func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }, err
}

// load posts reports from many clients for a while and gives how many were
// answered with 201 in a second.
func load(ctx context.Context, base *service.Service, codes []string, o options, next *atomic.Int64) (float64, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: o.clients}}
	defer client.CloseIdleConnections()
	var done atomic.Int64
	var failure atomic.Value
	var clients sync.WaitGroup
	began := time.Now()
	for range o.clients {
		clients.Go(func() {
			for time.Since(began) < o.during && failure.Load() == nil {
				if err := post(ctx, client, base, bodyOf(codes, next.Add(1))); err != nil {
					failure.Store(err)
				}
				done.Add(1)
			}
		})
	}
	clients.Wait()
	if err, failed := failure.Load().(error); failed {
		return 0, err
	}
	return float64(done.Load()) / time.Since(began).Seconds(), nil
}

func post(ctx context.Context, client *http.Client, base *service.Service, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base.Base+"/api/v1/measurements", bytes.NewReader(body))
	if err != nil {
		return err
	}
	base.Sign(req)
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1024))
		return fmt.Errorf("%s: %s", resp.Status, text)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// single measures durable single POSTs, in rounds that alternate with those of
// the ceilings so that what else the machine does meets all alike.
func single(ctx context.Context, o options, out io.Writer) ([]ratio, error) {
	s, err := service.Start(ctx, o.binary, filepath.Join(o.dir, "single.db"), filepath.Join(o.dir, "single.log"), "")
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Stop() }()
	codes, err := s.Seed(ctx, "bench", 500)
	if err != nil {
		return nil, err
	}
	nothing, stopNothing, err := ceiling(ctx)
	if err != nil {
		return nil, err
	}
	defer stopNothing()
	each, stopEach, err := ceiling(ctx, filepath.Join(o.dir, "each.db"))
	if err != nil {
		return nil, err
	}
	defer stopEach()
	alone, err := service.Start(ctx, o.binary, filepath.Join(o.dir, "alone.db"), filepath.Join(o.dir, "alone.log"), "", "--share-commits", "1")
	if err != nil {
		return nil, err
	}
	defer func() { _ = alone.Stop() }()
	if _, err := alone.Seed(ctx, "bench", 500); err != nil {
		return nil, err
	}
	bases := []*service.Service{{Base: nothing}, {Base: each}, s, alone}
	next, rates := make([]atomic.Int64, len(bases)), make([][]float64, len(bases))
	for range o.rounds {
		for i, base := range bases {
			rate, err := load(ctx, base, codes, o, &next[i])
			if err != nil {
				return nil, err
			}
			rates[i] = append(rates[i], rate)
		}
	}
	n, e, t, a := median(rates[0]), median(rates[1]), median(rates[2]), median(rates[3])
	fmt.Fprintf(out, "single POSTs a second, %d clients: %.0f storing nothing, %.0f with a commit each, %.0f served, %.0f served in groups of one\n", o.clients, n, e, t, a)
	return []ratio{
		{what: "durable single POSTs / the same stored nowhere", value: t / n, least: 0.28},
		{what: "durable single POSTs / one commit for each", value: t / e},
		{what: "durable single POSTs / this service in groups of one", value: t / a, least: 4},
	}, nil
}
