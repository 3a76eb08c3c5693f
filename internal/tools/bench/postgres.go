package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// postgres measures one NDJSON batch against a COPY of the same rows into a
// table of the same columns and indexes.
func postgres(ctx context.Context, o options, out io.Writer) ([]ratio, error) {
	conn, err := pgx.Connect(ctx, o.postgres)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+schemaOf(conn)+" CASCADE; CREATE SCHEMA "+schemaOf(conn)); err != nil {
		return nil, err
	}
	if text, err := exec.CommandContext(ctx, o.binary, "migrate", "--database", o.postgres).CombinedOutput(); err != nil { //nolint:gosec // the program to measure
		return nil, fmt.Errorf("%w: %s", err, text)
	}
	s, err := service.Start(ctx, o.binary, o.postgres, filepath.Join(o.dir, "postgres.log"), "")
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Stop() }()
	codes, err := seedMany(ctx, s, (o.rows+weeks-1)/weeks)
	if err != nil {
		return nil, err
	}
	floor, err := rawCopy(ctx, conn, o.rows)
	if err != nil {
		return nil, err
	}
	took, err := fill(ctx, s, weeklyOf, codes, 0, o.rows)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "PostgreSQL batch of %d rows: %.2f s by COPY, %.2f s served\n", o.rows, floor.Seconds(), took.Seconds())
	return []ratio{{what: "PostgreSQL batch / plain COPY", value: floor.Seconds() / took.Seconds(), least: 0.50}}, nil
}

func schemaOf(conn *pgx.Conn) string {
	if path := conn.Config().RuntimeParams["search_path"]; path != "" {
		return pgx.Identifier{path}.Sanitize()
	}
	return "public"
}

func rawCopy(ctx context.Context, conn *pgx.Conn, rows int) (time.Duration, error) {
	if _, err := conn.Exec(ctx, "CREATE TABLE plain (LIKE measurements INCLUDING INDEXES)"); err != nil {
		return 0, err
	}
	defer func() { _, _ = conn.Exec(ctx, "DROP TABLE plain") }()
	at := time.Date(2023, 10, 8, 2, 15, 0, 0, time.UTC)
	n := -1
	source := pgx.CopyFromFunc(func() ([]any, error) {
		if n++; n == rows {
			return nil, nil
		}
		var value pgtype.Numeric
		if err := value.Scan(fmt.Sprintf("%d.%02d", n%1000, n%100)); err != nil {
			return nil, err
		}
		return []any{
			int64(n + 1), int64(1 + n/weeks), fmt.Sprintf("2023-W%02d", 1+n%weeks), "increment", int32(1),
			value, "家", fmt.Sprintf("kj-%08d", n), "按月报汇总", "", int64(0), at,
		}, nil
	})
	began := time.Now()
	_, err := conn.CopyFrom(ctx, pgx.Identifier{"plain"}, []string{
		"id", "indicator_id", "period", "basis", "revision", "value", "unit", "source_id", "note", "evidence_url", "retracts", "recorded_at",
	}, source)
	return time.Since(began), err
}
