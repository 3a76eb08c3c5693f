package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// rowsOf writes reports as NDJSON.
func rowsOf(body func([]string, int64) []byte, codes []string, from, rows int) io.Reader {
	in, out := io.Pipe()
	go func() {
		var lines bytes.Buffer
		for n := from; n < from+rows; n++ {
			lines.Write(body(codes, int64(n)))
			lines.WriteByte('\n')
			if lines.Len() > 64<<10 {
				if _, err := lines.WriteTo(out); err != nil {
					return
				}
			}
		}
		_, err := lines.WriteTo(out)
		_ = out.CloseWithError(err)
	}()
	return in
}

// fill posts a batch and makes sure that every row was stored.
func fill(ctx context.Context, s *service.Service, body func([]string, int64) []byte, codes []string, from, rows int) (time.Duration, error) {
	began := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Base+"/api/v1/measurements/batch", rowsOf(body, codes, from, rows))
	if err != nil {
		return 0, err
	}
	s.Sign(req)
	req.Header.Set("Content-Type", "application/x-ndjson")
	req.Header.Set("Accept", "application/x-ndjson")
	resp, err := s.Client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var stored int
	buf := make([]byte, 256<<10)
	for {
		n, err := resp.Body.Read(buf)
		stored += bytes.Count(buf[:n], []byte("\n"))
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
	}
	took := time.Since(began)
	var b struct{ Stored, Revised int }
	if err := s.Call(ctx, http.MethodGet, "/api/v1/measurements/batches/"+resp.Header.Get("Batch-Id"), "", nil, &b); err != nil {
		return 0, err
	}
	if resp.StatusCode != http.StatusOK || stored != rows || b.Stored+b.Revised != rows {
		return 0, fmt.Errorf("%s: %d receipts, %+v for %d rows", resp.Status, stored, b, rows)
	}
	return took, nil
}

const insertRow = `INSERT INTO measurements (id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts, recorded_at)
	VALUES (?, ?, ?, 'increment', ?, ?, '家', ?, '按月报汇总', '', 0, '2023-10-08T02:15:00.123456Z')`

// rawInserts puts the same rows into the same table through the driver alone,
// prepared and in one transaction.
func rawInserts(ctx context.Context, file string, rows int) (took time.Duration, err error) {
	db, err := sql.Open("sqlite3", "file:"+file+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate&_foreign_keys=1")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	began := time.Now()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	stmt, err := tx.PrepareContext(ctx, insertRow)
	if err != nil {
		return 0, err
	}
	defer func() { _ = stmt.Close() }()
	for n := range rows {
		_, err := stmt.ExecContext(ctx, n+1, 1+n/weeks, fmt.Sprintf("2023-W%02d", 1+n%weeks), 1,
			fmt.Sprintf("%d.%02d", n%1000, n%100), fmt.Sprintf("kj-%08d", n))
		if err != nil {
			return 0, err
		}
	}
	err = tx.Commit()
	return time.Since(began), err
}

// batch measures one NDJSON batch.
func batch(ctx context.Context, o options, out io.Writer) ([]ratio, error) {
	indicators := (o.rows + weeks - 1) / weeks
	raw := filepath.Join(o.dir, "raw.db")
	s, err := service.Start(ctx, o.binary, raw, filepath.Join(o.dir, "batch.log"), "")
	if err != nil {
		return nil, err
	}
	codes, err := seedMany(ctx, s, indicators)
	if err != nil {
		return nil, errors.Join(err, s.Kill())
	}
	if err := s.Stop(); err != nil {
		return nil, err
	}
	file := filepath.Join(o.dir, "batch.db")
	if err := exec.CommandContext(ctx, "cp", raw, file).Run(); err != nil { //nolint:gosec // copies a file that this run made
		return nil, err
	}
	floor, err := rawInserts(ctx, raw, o.rows)
	if err != nil {
		return nil, err
	}
	if s, err = service.Start(ctx, o.binary, file, filepath.Join(o.dir, "batch.log"), ""); err != nil {
		return nil, err
	}
	defer func() { _ = s.Kill() }()
	took, err := fill(ctx, s, weeklyOf, codes, 0, o.rows)
	if err != nil {
		return nil, err
	}
	memory, err := s.Memory()
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "batch of %d rows: %.2f s by the driver alone, %.2f s served, %.0f rows a second\n", o.rows, floor.Seconds(), took.Seconds(), float64(o.rows)/took.Seconds())
	return []ratio{
		{what: "batch / prepared inserts by the driver alone", value: floor.Seconds() / took.Seconds(), least: 0.35},
		{what: "most memory during the batch, MB", value: float64(memory) / 1e6, most: 150},
	}, nil
}

// seedMany makes indicators, in as many plans as it takes.
func seedMany(ctx context.Context, s *service.Service, indicators int) (codes []string, err error) {
	const mostInPlan = 900 // the numbers of tasks have three digits
	for plan := 1; len(codes) < indicators; plan++ {
		some, err := s.Seed(ctx, fmt.Sprintf("bench%d", plan), min(mostInPlan, indicators-len(codes)))
		if err != nil {
			return nil, err
		}
		codes = append(codes, some...)
	}
	return codes, nil
}

func codesOf(n int) []string {
	codes := make([]string, n)
	for i := range codes {
		codes[i] = fmt.Sprintf("bench-%d-1", i+1)
	}
	return codes
}

// progress measures reads of progress with few and with many measurements of
// the same indicators and periods.
func progress(ctx context.Context, o options, out io.Writer) ([]ratio, error) {
	const indicators = 70
	codes := codesOf(indicators)
	paths := []string{"/api/v1/progress?plan=bench&on=2023-12-31&limit=500", "/api/v1/indicators/bench-7-1/progress?on=2023-12-31"}
	var services [2]*service.Service
	for i, rows := range []int{o.few, o.many} {
		s, err := service.Start(ctx, o.binary, filepath.Join(o.dir, fmt.Sprintf("progress%d.db", i)), filepath.Join(o.dir, "progress.log"), "")
		if err != nil {
			return nil, err
		}
		defer func() { _ = s.Kill() }()
		services[i] = s
		if _, err := s.Seed(ctx, "bench", indicators); err != nil {
			return nil, err
		}
		most := len(codes) * months // a batch has one row for each period
		for from := 0; from < rows; from += most {
			if _, err := fill(ctx, s, bodyOf, codes, from, min(most, rows-from)); err != nil {
				return nil, err
			}
		}
	}
	var ratios []ratio
	for _, path := range paths {
		var times [2][]float64
		for range o.reads {
			for i, s := range services {
				began := time.Now()
				if err := s.Call(ctx, http.MethodGet, path, "", nil, nil); err != nil {
					return nil, err
				}
				times[i] = append(times[i], time.Since(began).Seconds()*1e3)
			}
		}
		few, many := median(times[0]), median(times[1])
		ratios = append(ratios, ratio{
			what: fmt.Sprintf("%.40s… %d / %d rows", path, o.many, o.few), value: many / few, most: 1.2,
			figure: fmt.Sprintf("medians %.2f and %.2f ms", few, many),
		})
	}
	return ratios, nil
}
