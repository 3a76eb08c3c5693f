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

	"github.com/jackc/pgx/v5/pgtype"
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
	return "SELECT " + ledgerColumns + " FROM ledger WHERE id = 1 FOR UPDATE"
}

func (postgresBulk) targets(codes []string) (string, []any) {
	return `SELECT i.id, i.code, i.version, v.state, s.indicator_id IS NOT NULL, s.state
		  FROM unnest($1::text[]) j (code) JOIN indicators i ON i.code = j.code
		  JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		  LEFT JOIN indicator_states s ON s.indicator_id = i.id`, []any{codes}
}

// sourcesQuery looks at the span of the names first: most names are new and follow
// those before them, so that no stored one lies between the first and the last, and
// one look into the index answers for all of them.
var sourcesQuery = `WITH span AS MATERIALIZED (SELECT min(s) AS first, max(s) AS last FROM unnest($2::text[]) s)
	SELECT j.place - 1, ` + measurementColumns + ` FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY j (indicator_id, source_id, agency, agencies, place)
	CROSS JOIN LATERAL (SELECT * FROM measurements o
	  WHERE o.indicator_id = j.indicator_id AND o.source_id = j.source_id AND o.source_id <> '' AND ` + sourceOwned("j.agency", "= ANY (j.agencies::bigint[])") + `
	  ORDER BY o.source_id, o.indicator_id, o.id DESC LIMIT 1) m` + joinReporter + `
	WHERE (SELECT n.source_id FROM measurements n
	  WHERE n.source_id >= (SELECT first FROM span) AND n.source_id <> ''
	  ORDER BY n.source_id, n.indicator_id, n.id LIMIT 1) <= (SELECT last FROM span)`

func (postgresBulk) sources(keys []sourceQuery) (string, []any) {
	ids, sources, names, agencies := make([]int64, len(keys)), make([]string, len(keys)), make([]string, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], sources[i], names[i] = k.indicator, k.source, k.name
		agencies[i] = strings.NewReplacer("[", "{", "]", "}", " ", ",").Replace(fmt.Sprint(k.agencies))
	}
	return sourcesQuery, []any{ids, sources, names, agencies}
}

func (postgresBulk) insert(ctx context.Context, c *connection, t *bulkTable, most int, all iter.Seq[[]any]) error {
	if most >= copyFrom && t.onTaken == "" {
		return copyRows(ctx, c, t, all)
	}
	rows := slices.Collect(all)
	if len(rows) == 0 {
		return nil
	}
	var names, casts []string
	var args []any
	for i, col := range t.columns {
		given := func(row []any) bool { return row[i] != nil }
		if !slices.ContainsFunc(rows, given) { // nearly always so of the figures of shares
			continue
		}
		names = append(names, col.name)
		args = append(args, columnOf(col.kind, rows, i))
		casts = append(casts, fmt.Sprintf("$%d::%s[]", len(args), col.kind))
	}
	query := "INSERT INTO " + t.name + " (" + strings.Join(names, ", ") + //nolint:gosec // made of constants
		") SELECT * FROM unnest(" + strings.Join(casts, ", ") + ") " + t.onTaken
	_, err := c.tx.ExecContext(ctx, query, args...)
	return err
}

// columnOf is one column of many rows as an array.
func columnOf(k kind, rows [][]any, i int) any {
	switch k {
	case integer, small:
		return arrayOf[int64](rows, i)
	case blob:
		return arrayOf[[]byte](rows, i)
	case timestamp:
		return arrayOf[time.Time](rows, i)
	case numeric:
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
