package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

const (
	// exportMemory is the most memory, in MB, that the service may have had after all exports.
	exportMemory = 200
	// exportLeast is how fast a CSV is to come, as a part of reading its rows alone.
	exportLeast = 0.4
)

// readRows is what the service asks of the database for its measurements.
const readRows = `SELECT i.code, m.id, m.period, m.basis, m.revision, m.value, m.unit, m.source_id, m.note, m.evidence_url, m.retracts,
	m.recorded_at, m.numerator, m.denominator, m.observation_status, r.agency, r.key_name, r.agency_id
	FROM measurements m JOIN indicators i ON i.id = m.indicator_id JOIN reporters r ON r.id = m.reporter_id ORDER BY m.id`

// rawRead reads the rows of an export through the driver alone, and keeps none.
func rawRead(ctx context.Context, file string) (rows int, took time.Duration, err error) {
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro")
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	began := time.Now()
	found, err := db.QueryContext(ctx, readRows)
	if err != nil {
		return 0, 0, err
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		return 0, 0, err
	}
	cells := make([]sql.NullString, len(names))
	at := make([]any, len(names))
	for i := range cells {
		at[i] = &cells[i]
	}
	for found.Next() {
		if err := found.Scan(at...); err != nil {
			return 0, 0, err
		}
		rows++
	}
	return rows, time.Since(began), found.Err()
}

// export measures tables of all measurements against reading their rows alone.
func export(ctx context.Context, o options, out io.Writer) ([]ratio, error) {
	const mostIndicators = 900 // of one plan
	file, log := filepath.Join(o.dir, "export.db"), filepath.Join(o.dir, "export.log")
	s, err := service.Start(ctx, o.binary, file, log, "")
	if err != nil {
		return nil, err
	}
	codes, err := s.Seed(ctx, "bench", min(mostIndicators, (o.exported+weeks-1)/weeks))
	if err != nil {
		return nil, err
	}
	most := len(codes) * weeks // a batch has one row for each period
	for from := 0; from < o.exported; from += most {
		if _, err := fill(ctx, s, weeklyOf, codes, from, min(most, o.exported-from)); err != nil {
			return nil, err
		}
	}
	token := s.Token
	if err := s.Stop(); err != nil {
		return nil, err
	}
	if s, err = service.Start(ctx, o.binary, file, log, token); err != nil { // so that what is measured is not the filling
		return nil, err
	}
	defer func() { _ = s.Kill() }()
	var ratios []ratio
	for _, format := range []string{"csv", "ndjson", "xlsx", "parquet", "sdmx-csv"} {
		var raw, took []float64
		for range o.rounds {
			rows, t, err := rawRead(ctx, file)
			if err != nil {
				return nil, err
			}
			if rows != o.exported {
				return nil, fmt.Errorf("%d rows were read of %d", rows, o.exported)
			}
			began := time.Now()
			if err := s.Call(ctx, http.MethodGet, "/api/v1/measurements?format="+format, "", nil, nil); err != nil {
				return nil, err
			}
			raw, took = append(raw, t.Seconds()), append(took, time.Since(began).Seconds())
		}
		r := ratio{
			what:   fmt.Sprintf("reading %d rows by the driver alone / as %s", o.exported, format),
			value:  median(raw) / median(took),
			figure: fmt.Sprintf("medians %.2f and %.2f s", median(raw), median(took)),
		}
		if format == "csv" {
			r.least = exportLeast
		}
		ratios = append(ratios, r)
	}
	memory, err := s.Memory()
	if err != nil {
		return nil, err
	}
	return append(ratios, ratio{what: "most memory during the exports, MB", value: float64(memory) / (1 << 20), most: exportMemory}), nil
}
