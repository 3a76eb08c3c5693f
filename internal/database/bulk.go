package database

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// kind is the type of a column of a bulk table.
type kind string

// The kinds, by their names in PostgreSQL.
const (
	Int64     kind = "bigint"  // int64
	Int32     kind = "integer" // int64 that fits
	Text      kind = "text"    // string
	Numeric   kind = "numeric" // string of digits, nil for NULL
	Bytes     kind = "bytea"   // []byte
	Timestamp kind = "timestamptz"
	Date      kind = "date" // string such as 2023-09-30
)

// Column is a column of a table.
type Column struct {
	Name string
	Kind kind
}

// Table is a table that rows are put into many at a time.
type Table struct {
	Name    string
	Columns []Column
	OnTaken string // what to do about a row whose key is taken; empty fails
}

// bulk is how an engine moves many rows in few statements.
type bulk interface {
	// prepare makes the inserts of tables and the queries of the hot path ready.
	prepare(ctx context.Context, db *sql.DB, tables []*Table, queries []string) error
	// prepared is a statement that was made ready, nil for any other.
	prepared(query string) *sql.Stmt
	// portion is how many rows of a batch are best committed together: enough
	// that a commit costs little for each, few enough that memory stays flat and
	// other writers wait for moments only.
	portion() int
	// insert puts rows into a table, at most so many. It asks for them while the
	// ones before are on their way, so that making them may take time too.
	insert(ctx context.Context, c *Conn, t *Table, most int, rows iter.Seq[[]any]) error
}

// Prepare makes the inserts of tables and the queries of a hot path ready.
func (d *DB) Prepare(ctx context.Context, tables []*Table, queries []string) error {
	return d.engine.prepare(ctx, d.Writer(), tables, queries)
}

// Portion is how many rows of a batch are best committed together.
func (d *DB) Portion() int { return d.engine.portion() }

// Conn is a connection to the database with a transaction open on it, for many
// rows at a time. It is for one goroutine.
type Conn struct {
	Tx   *sql.Tx
	db   *DB
	conn *sql.Conn
	read bool // whether it is one of the readers', where nothing is prepared
}

// BeginWrite begins a transaction on the writer. Its statements run under
// DB.running of the context.
func (d *DB) BeginWrite(ctx context.Context) (Conn, error) {
	conn, err := d.Writer().Conn(ctx)
	if err != nil {
		return Conn{}, err
	}
	ctx = d.Running(ctx)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		_, _ = conn.ExecContext(ctx, "ROLLBACK") // a commit that failed may have left its transaction behind
		if tx, err = conn.BeginTx(ctx, nil); err != nil {
			return Conn{}, errors.Join(err, conn.Close())
		}
	}
	return Conn{db: d, conn: conn, Tx: tx}, nil
}

// BeginSnapshot begins a transaction that reads the database as it is now.
func (d *DB) BeginSnapshot(ctx context.Context) (Conn, error) {
	conn, err := d.Reader().Conn(ctx)
	if err != nil {
		return Conn{}, err
	}
	tx, err := conn.BeginTx(d.Running(ctx), d.Snapshot())
	if err != nil {
		return Conn{}, errors.Join(err, conn.Close())
	}
	return Conn{db: d, conn: conn, Tx: tx, read: true}, nil
}

// Abandon ends the transaction without a trace.
func (c *Conn) Abandon() {
	_ = c.Tx.Rollback() // what cannot be rolled back is gone with its connection
	_ = c.conn.Close()
}

// errUncertain is the answer when the database went away during a commit.
var errUncertain = fault.Newf(fault.Unavailable,
	"提交时数据库中断，无法确认是否已保存；请以相同的 source_id 或 Idempotency-Key 重发，不会重复计数",
	"the database went away during the commit, so it is not known whether this was stored; send it again with the same source_id or Idempotency-Key: it will count once")

// Commit makes the transaction durable and gives the connection back. Where it fails, the
// connection is for abandon.
func (c *Conn) Commit(ctx context.Context) error {
	if err := c.db.inPlace(ctx); err != nil {
		return err
	}
	if err := c.Tx.Commit(); err != nil {
		_, _ = c.conn.ExecContext(ctx, "ROLLBACK")
		if c.db.engine.commitUncertain(err) {
			return errUncertain.Because(err)
		}
		return err
	}
	_ = c.conn.Close() // it goes back to the pool
	return nil
}

// Insert puts rows into a table, at most so many. It asks for them while the ones before
// are on their way, so that making them may take time too.
func (c *Conn) Insert(ctx context.Context, t *Table, most int, rows iter.Seq[[]any]) error {
	return c.db.engine.insert(ctx, c, t, most, rows)
}

// Query runs a query of the hot path.
func (c *Conn) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := c.statement(query); stmt != nil {
		return c.Tx.StmtContext(ctx, stmt).QueryContext(ctx, args...) //nolint:sqlclosecheck // closed with its transaction
	}
	return c.Tx.QueryContext(ctx, query, args...)
}

// Each runs a query of the hot path and visits its rows.
func (c *Conn) Each(ctx context.Context, query string, args []any, visit func(rows *sql.Rows) error) error {
	rows, err := c.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	return EachRow(rows, func() error { return visit(rows) })
}

// Exec runs a statement of the hot path.
func (c *Conn) Exec(ctx context.Context, query string, args ...any) error {
	var err error
	if stmt := c.statement(query); stmt != nil {
		_, err = c.Tx.StmtContext(ctx, stmt).ExecContext(ctx, args...) //nolint:sqlclosecheck // closed with its transaction
	} else {
		_, err = c.Tx.ExecContext(ctx, query, args...)
	}
	return err
}

// statement is a query that was made ready for this connection, else nil.
func (c *Conn) statement(query string) *sql.Stmt {
	if c.read {
		return nil
	}
	return c.db.engine.prepared(query)
}

// Querier is a transaction, whether gorm's or one of ours.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Each runs a query and visits its rows.
func Each(ctx context.Context, q Querier, query string, args []any, visit func(rows *sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	return EachRow(rows, func() error { return visit(rows) })
}

// EachRow visits the rows of a query.
func EachRow(rows *sql.Rows, visit func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := visit(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Micro is a time in UTC to the microsecond, as the database keeps it.
func Micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
