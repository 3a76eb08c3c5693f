package database

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"
)

// Rows of one statement: few sizes, so that all can be prepared.
var sqliteSizes = []int{64, 8, 1}

// sqliteBulk sends many rows in one prepared statement, which costs a call into
// SQLite each.
type sqliteBulk struct {
	inserts map[*Table][]*sql.Stmt // in the order of sqliteSizes
	queries map[string]*sql.Stmt
}

func (b *sqliteBulk) prepare(ctx context.Context, db *sql.DB, tables []*Table, queries []string) error {
	b.inserts = map[*Table][]*sql.Stmt{}
	for _, t := range tables {
		for _, size := range sqliteSizes {
			stmt, err := db.PrepareContext(ctx, insertOf(t, size)) //nolint:sqlclosecheck // closed with the pool
			if err != nil {
				return err
			}
			b.inserts[t] = append(b.inserts[t], stmt)
		}
	}
	b.queries = map[string]*sql.Stmt{}
	for _, query := range queries {
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
func insertOf(t *Table, rows int) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", len(names)), ",") + ")"
	return "INSERT INTO " + t.Name + " (" + strings.Join(names, ", ") + ") VALUES " +
		strings.TrimSuffix(strings.Repeat(row+",", rows), ",") + " " + t.OnTaken
}

func (b *sqliteBulk) insert(ctx context.Context, c *Conn, t *Table, most int, all iter.Seq[[]any]) error {
	largest := min(most, sqliteSizes[0])
	args := make([]any, 0, largest*len(t.Columns))
	for row := range all {
		for _, v := range row {
			if at, ok := v.(time.Time); ok {
				v = at.UTC().Format(MomentLayout)
			}
			args = append(args, v)
		}
		if len(args) == sqliteSizes[0]*len(t.Columns) {
			if err := b.send(ctx, c, t, args); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	return b.send(ctx, c, t, args)
}

// send inserts the rows whose values stand one after another.
func (b *sqliteBulk) send(ctx context.Context, c *Conn, t *Table, args []any) error {
	for i, size := range sqliteSizes {
		width := size * len(t.Columns)
		if len(args) < width {
			continue
		}
		stmt := c.Tx.StmtContext(ctx, b.inserts[t][i]) //nolint:sqlclosecheck // closed with its transaction
		for ; len(args) >= width; args = args[width:] {
			if _, err := stmt.ExecContext(ctx, args[:width]...); err != nil {
				return err
			}
		}
	}
	return nil
}
