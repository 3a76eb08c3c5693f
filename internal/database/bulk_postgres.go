package database

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// copyFrom is how many rows are worth a COPY instead of an INSERT.
const copyFrom = 500

// postgresBulk sends columns as arrays, or by COPY when there are many rows.
type postgresBulk struct{}

// prepare has nothing to do: pgx prepares what it sends.
func (postgresBulk) prepare(context.Context, *sql.DB, []*Table, []string) error { return nil }

func (postgresBulk) prepared(string) *sql.Stmt { return nil }

func (postgresBulk) portion() int { return 10_000 }

func (postgresBulk) insert(ctx context.Context, c *Conn, t *Table, most int, all iter.Seq[[]any]) error {
	if most >= copyFrom && t.OnTaken == "" {
		return copyRows(ctx, c, t, all)
	}
	rows := slices.Collect(all)
	if len(rows) == 0 {
		return nil
	}
	var names, casts []string
	var args []any
	for i, col := range t.Columns {
		given := func(row []any) bool { return row[i] != nil }
		if !slices.ContainsFunc(rows, given) { // nearly always so of the figures of shares
			continue
		}
		names = append(names, col.Name)
		args = append(args, columnOf(col.Kind, rows, i))
		casts = append(casts, fmt.Sprintf("$%d::%s[]", len(args), col.Kind))
	}
	query := "INSERT INTO " + t.Name + " (" + strings.Join(names, ", ") + //nolint:gosec // made of constants
		") SELECT * FROM unnest(" + strings.Join(casts, ", ") + ") " + t.OnTaken
	_, err := c.Tx.ExecContext(ctx, query, args...)
	return err
}

// columnOf is one column of many rows as an array.
func columnOf(k kind, rows [][]any, i int) any {
	switch k {
	case Int64, Int32:
		return arrayOf[int64](rows, i)
	case Bytes:
		return arrayOf[[]byte](rows, i)
	case Timestamp:
		return arrayOf[time.Time](rows, i)
	case Numeric:
		list := make([]pgtype.Numeric, len(rows))
		for r, row := range rows {
			if digits, given := row[i].(string); given {
				list[r] = numericOf(digits)
			}
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
