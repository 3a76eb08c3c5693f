package store

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
	integer   kind = "bigint"  // int64
	small     kind = "integer" // int64 that fits
	text      kind = "text"    // string
	numeric   kind = "numeric" // string of digits, nil for NULL
	blob      kind = "bytea"   // []byte
	timestamp kind = "timestamptz"
)

type column struct {
	name string
	kind kind
}

// bulkTable is a table that rows are put into many at a time.
type bulkTable struct {
	name    string
	columns []column
	onTaken string // what to do about a row whose key is taken; empty fails
}

// bulk is how an engine moves many rows in few statements.
type bulk interface {
	// prepare makes the inserts of tables and the queries of the hot path ready.
	prepare(ctx context.Context, db *sql.DB, tables []*bulkTable, queries []string) error
	// prepared is a statement that was made ready, nil for any other.
	prepared(query string) *sql.Stmt
	// portion is how many rows of a batch are best committed together: enough
	// that a commit costs little for each, few enough that memory stays flat and
	// other writers wait for moments only.
	portion() int
	// insert puts rows into a table, at most so many. It asks for them while the
	// ones before are on their way, so that making them may take time too.
	insert(ctx context.Context, c *connection, t *bulkTable, most int, rows iter.Seq[[]any]) error
}

// prepare makes the inserts of tables and the queries of a hot path ready.
func (d *DB) prepare(ctx context.Context, tables []*bulkTable, queries []string) error {
	return d.engine.prepare(ctx, d.writer(), tables, queries)
}

// portion is how many rows of a batch are best committed together.
func (d *DB) portion() int { return d.engine.portion() }

// connection is a connection to the database with a transaction open on it, for many
// rows at a time. It is for one goroutine.
type connection struct {
	tx   *sql.Tx
	db   *DB
	conn *sql.Conn
	read bool // whether it is one of the readers', where nothing is prepared
}

// beginWrite begins a transaction on the writer. Its statements run under
// DB.running of the context.
func (d *DB) beginWrite(ctx context.Context) (connection, error) {
	conn, err := d.writer().Conn(ctx)
	if err != nil {
		return connection{}, err
	}
	ctx = d.running(ctx)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		_, _ = conn.ExecContext(ctx, "ROLLBACK") // a commit that failed may have left its transaction behind
		if tx, err = conn.BeginTx(ctx, nil); err != nil {
			return connection{}, errors.Join(err, conn.Close())
		}
	}
	return connection{db: d, conn: conn, tx: tx}, nil
}

// beginSnapshot begins a transaction that reads the database as it is now.
func (d *DB) beginSnapshot(ctx context.Context) (connection, error) {
	conn, err := d.reader().Conn(ctx)
	if err != nil {
		return connection{}, err
	}
	tx, err := conn.BeginTx(d.running(ctx), d.snapshot())
	if err != nil {
		return connection{}, errors.Join(err, conn.Close())
	}
	return connection{db: d, conn: conn, tx: tx, read: true}, nil
}

// abandon ends the transaction without a trace.
func (c *connection) abandon() {
	_ = c.tx.Rollback() // what cannot be rolled back is gone with its connection
	_ = c.conn.Close()
}

// errUncertain is the answer when the database went away during a commit.
var errUncertain = fault.Newf(fault.Unavailable,
	"提交时数据库中断，无法确认是否已保存；请以相同的 source_id 或 Idempotency-Key 重发，不会重复计数",
	"the database went away during the commit, so it is not known whether this was stored; send it again with the same source_id or Idempotency-Key: it will count once")

// commit makes the transaction durable and gives the connection back. Where it fails, the
// connection is for abandon.
func (c *connection) commit(ctx context.Context) error {
	if err := c.db.inPlace(ctx); err != nil {
		return err
	}
	if err := c.tx.Commit(); err != nil {
		_, _ = c.conn.ExecContext(ctx, "ROLLBACK")
		if c.db.engine.commitUncertain(err) {
			return errUncertain.Because(err)
		}
		return err
	}
	_ = c.conn.Close() // it goes back to the pool
	return nil
}

// insert puts rows into a table, at most so many. It asks for them while the ones before
// are on their way, so that making them may take time too.
func (c *connection) insert(ctx context.Context, t *bulkTable, most int, rows iter.Seq[[]any]) error {
	return c.db.engine.insert(ctx, c, t, most, rows)
}

// query runs a query of the hot path.
func (c *connection) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := c.statement(query); stmt != nil {
		return c.tx.StmtContext(ctx, stmt).QueryContext(ctx, args...) //nolint:sqlclosecheck // closed with its transaction
	}
	return c.tx.QueryContext(ctx, query, args...)
}

// exec runs a statement of the hot path.
func (c *connection) exec(ctx context.Context, query string, args ...any) error {
	var err error
	if stmt := c.statement(query); stmt != nil {
		_, err = c.tx.StmtContext(ctx, stmt).ExecContext(ctx, args...) //nolint:sqlclosecheck // closed with its transaction
	} else {
		_, err = c.tx.ExecContext(ctx, query, args...)
	}
	return err
}

// statement is a query that was made ready for this connection, else nil.
func (c *connection) statement(query string) *sql.Stmt {
	if c.read {
		return nil
	}
	return c.db.engine.prepared(query)
}

// querier is a transaction, whether gorm's or one of ours.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// eachRow visits the rows of a query.
func eachRow(rows *sql.Rows, visit func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := visit(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
