package store

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Rows of one statement: few sizes, so that all can be prepared.
var sqliteSizes = []int{64, 8, 1}

// sqliteBulk sends many rows in one prepared statement, which costs a call into
// SQLite each, and lists as JSON.
type sqliteBulk struct {
	inserts map[*bulkTable][]*sql.Stmt // in the order of sqliteSizes
	queries map[string]*sql.Stmt
}

func (b *sqliteBulk) prepare(ctx context.Context, db *sql.DB) error {
	b.inserts = map[*bulkTable][]*sql.Stmt{}
	for _, t := range bulkTables {
		for _, size := range sqliteSizes {
			stmt, err := db.PrepareContext(ctx, insertOf(t, size)) //nolint:sqlclosecheck // closed with the pool
			if err != nil {
				return err
			}
			b.inserts[t] = append(b.inserts[t], stmt)
		}
	}
	b.queries = map[string]*sql.Stmt{}
	targets, _ := b.targets(nil)
	sources, _ := b.sources(nil)
	for _, query := range []string{targets, sources, b.lockLedger(), saveLedger} {
		stmt, err := db.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the pool
		if err != nil {
			return err
		}
		b.queries[query] = stmt
	}
	return nil
}

func (b *sqliteBulk) prepared(query string) *sql.Stmt { return b.queries[query] }

func (b *sqliteBulk) portion() int { return 5000 }

// insertOf is the INSERT of a number of rows.
func insertOf(t *bulkTable, rows int) string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", len(names)), ",") + ")"
	return "INSERT INTO " + t.name + " (" + strings.Join(names, ", ") + ") VALUES " +
		strings.TrimSuffix(strings.Repeat(row+",", rows), ",") + " " + t.onTaken
}

// lockLedger has nothing to lock: an immediate transaction is alone already.
func (b *sqliteBulk) lockLedger() string {
	return "SELECT " + ledgerColumns + " FROM ledger WHERE id = 1"
}

func (b *sqliteBulk) targets(codes []string) (string, []any) {
	return `SELECT i.id, i.code, i.version, v.state, s.indicator_id IS NOT NULL, s.state
		  FROM json_each(?) j JOIN indicators i ON i.code = j.value
		  JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		  LEFT JOIN indicator_states s ON s.indicator_id = i.id`, []any{asJSON(codes)}
}

func (b *sqliteBulk) sources(keys []sourceQuery) (string, []any) {
	list := make([][4]any, len(keys))
	for i, k := range keys {
		list[i] = [4]any{k.indicator, k.source, k.name, k.agencies}
	}
	return `SELECT j.key, ` + measurementColumns + ` FROM json_each(?) j JOIN measurements m ON m.id =
		(SELECT o.id FROM measurements o
		  WHERE o.indicator_id = j.value ->> 0 AND o.source_id = j.value ->> 1 AND o.source_id <> '' AND ` + sourceOwned("j.value ->> 2", "IN (SELECT a.value FROM json_each(j.value -> 3) a)") + `
		  ORDER BY o.id DESC LIMIT 1)` + joinReporter, []any{asJSON(list)}
}

// asJSON writes a list of texts and numbers, which cannot fail.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "[]"
	}
	return string(b)
}

func (b *sqliteBulk) insert(ctx context.Context, c *connection, t *bulkTable, most int, all iter.Seq[[]any]) error {
	largest := min(most, sqliteSizes[0])
	args := make([]any, 0, largest*len(t.columns))
	for row := range all {
		for _, v := range row {
			if at, ok := v.(time.Time); ok {
				v = at.UTC().Format(momentLayout)
			}
			args = append(args, v)
		}
		if len(args) == sqliteSizes[0]*len(t.columns) {
			if err := b.send(ctx, c, t, args); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	return b.send(ctx, c, t, args)
}

// send inserts the rows whose values stand one after another.
func (b *sqliteBulk) send(ctx context.Context, c *connection, t *bulkTable, args []any) error {
	for i, size := range sqliteSizes {
		width := size * len(t.columns)
		if len(args) < width {
			continue
		}
		stmt := c.tx.StmtContext(ctx, b.inserts[t][i]) //nolint:sqlclosecheck // closed with its transaction
		for ; len(args) >= width; args = args[width:] {
			if _, err := stmt.ExecContext(ctx, args[:width]...); err != nil {
				return err
			}
		}
	}
	return nil
}
