package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// copyFrom is how many rows are worth a COPY instead of an INSERT.
const copyFrom = 500

// postgresBulk sends columns as arrays, or by COPY when there are many rows.
type postgresBulk struct{}

// prepare has nothing to do: pgx prepares what it sends.
func (postgresBulk) prepare(context.Context, *sql.DB) error { return nil }

func (postgresBulk) prepared(string) *sql.Stmt { return nil }

func (postgresBulk) portion() int { return 10_000 }

func (postgresBulk) lockLedger() string {
	return "SELECT measurement_id, audit_seq, audit_hash FROM ledger WHERE id = 1 FOR UPDATE"
}

func (postgresBulk) targets(codes []string) (string, []any) {
	return `SELECT i.id, i.code, i.version, v.state, s.indicator_id IS NOT NULL, s.state
		  FROM unnest($1::text[]) j (code) JOIN indicators i ON i.code = j.code
		  JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		  LEFT JOIN indicator_states s ON s.indicator_id = i.id`, []any{codes}
}

func (postgresBulk) sources(keys []sourceKey) (string, []any) {
	ids, sources := make([]int64, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], sources[i] = k.indicator, k.source
	}
	return `SELECT ` + measurementColumns + ` FROM unnest($1::bigint[], $2::text[]) j (indicator_id, source_id)
		CROSS JOIN LATERAL (SELECT * FROM measurements o
		  WHERE o.indicator_id = j.indicator_id AND o.source_id = j.source_id AND o.source_id <> ''
		  ORDER BY o.source_id, o.indicator_id, o.id DESC LIMIT 1) m`, []any{ids, sources}
}

func (postgresBulk) insert(ctx context.Context, c *connection, t *bulkTable, most int, all iter.Seq[[]any]) error {
	if most >= copyFrom && t.onTaken == "" {
		return copyRows(ctx, c, t, all)
	}
	rows := slices.Collect(all)
	if len(rows) == 0 {
		return nil
	}
	names, casts, args := make([]string, len(t.columns)), make([]string, len(t.columns)), make([]any, len(t.columns))
	for i, col := range t.columns {
		names[i] = col.name
		args[i] = columnOf(col.kind, rows, i)
		casts[i] = fmt.Sprintf("$%d::%s[]", i+1, col.kind)
	}
	query := "INSERT INTO " + t.name + " (" + strings.Join(names, ", ") + //nolint:gosec // made of constants
		") SELECT * FROM unnest(" + strings.Join(casts, ", ") + ") " + t.onTaken
	_, err := c.tx.ExecContext(ctx, query, args...)
	return err
}

// columnOf is one column of many rows as an array.
func columnOf(k kind, rows [][]any, i int) any {
	switch k {
	case integer:
		return arrayOf[int64](rows, i)
	case blob:
		return arrayOf[[]byte](rows, i)
	case timestamp:
		return arrayOf[time.Time](rows, i)
	case numeric:
		list := make([]pgtype.Numeric, len(rows))
		for r, row := range rows {
			list[r] = numericOf(row[i].(string))
		}
		return list
	default:
		return arrayOf[string](rows, i)
	}
}

func arrayOf[T any](rows [][]any, i int) []T {
	list := make([]T, len(rows))
	for r, row := range rows {
		list[r] = row[i].(T)
	}
	return list
}

// numericOf turns plain digits into the number PostgreSQL's binary protocol
// takes, with the same digits after the point.
func numericOf(digits string) pgtype.Numeric {
	whole, fraction, _ := strings.Cut(digits, ".")
	n, ok := new(big.Int).SetString(whole+fraction, 10)
	return pgtype.Numeric{Int: n, Exp: int32(-len(fraction)), Valid: ok} //nolint:gosec // numbers have at most 40 digits
}

func copyRows(ctx context.Context, c *connection, t *bulkTable, rows iter.Seq[[]any]) error {
	names := make([]string, len(t.columns))
	for i, col := range t.columns {
		names[i] = col.name
	}
	next, stop := iter.Pull(rows)
	defer stop()
	source := pgx.CopyFromFunc(func() ([]any, error) {
		row, ok := next()
		if !ok {
			return nil, nil
		}
		for i, col := range t.columns {
			if col.kind == numeric {
				row[i] = numericOf(row[i].(string))
			}
		}
		return row, nil
	})
	return c.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{t.name}, names, source)
		return err
	})
}
