package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Writers wait for each other before they take a connection, so few are needed; what
// readers take is not theirs.
const (
	postgresWriters  = 4
	postgresReaders  = 14
	postgresConnLife = 30 * time.Minute
)

// How long a process that has stopped, or a statement, may hold back others. Only what
// waits for the ledger waits long for a lock.
var (
	readerTimes = map[string]string{"idle_in_transaction_session_timeout": "10s"}
	writerTimes = map[string]string{
		"idle_in_transaction_session_timeout": "10s",
		"lock_timeout":                        "30s",
		"statement_timeout":                   "60s",
	}
)

type postgresEngine struct {
	postgresBulk

	config *pgx.ConnConfig
}

func newPostgres(address string) (*postgresEngine, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, badDatabase("postgres:// 地址不正确", "the postgres:// address is malformed").Because(err)
	}
	return &postgresEngine{config: config}, nil
}

func (e *postgresEngine) connect(ctx context.Context, to purpose) (pools, error) {
	switch to {
	case toMigrate:
		db, err := e.pool(ctx, postgresWriters, nil)
		return pools{write: db, read: db}, err
	case toLook:
		db, err := e.pool(ctx, postgresWriters, map[string]string{"default_transaction_read_only": "on"})
		return pools{write: db, read: db}, err
	case toServe:
	}
	write, err := e.pool(ctx, postgresWriters, writerTimes)
	if err != nil {
		return pools{}, err
	}
	read, err := e.pool(ctx, postgresReaders, readerTimes)
	if err != nil {
		return pools{}, errors.Join(err, write.Close())
	}
	return pools{write: write, read: read}, nil
}

// pool opens connections with settings that an address which has its own overrides.
func (e *postgresEngine) pool(ctx context.Context, size int, settings map[string]string) (*sql.DB, error) {
	config := e.config.Copy()
	config.RuntimeParams["datestyle"] = "ISO" // days are read as texts, too
	for name, value := range settings {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxLifetime(postgresConnLife)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (e *postgresEngine) session(pool *sql.DB) (*gorm.DB, error) {
	return session(postgres.New(postgres.Config{Conn: pool}))
}

func (e *postgresEngine) dialect() goose.Dialect { return goose.DialectPostgres }

// migrationOptions hold an advisory lock while migrating, so that several
// processes can be told to at once.
func (e *postgresEngine) migrationOptions() ([]goose.ProviderOption, error) {
	const everySecond, times = 1, 300
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(everySecond, times))
	if err != nil {
		return nil, err
	}
	return []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}

func (e *postgresEngine) migratesOnOpen() bool { return false }

// present has nothing to do: a server that is gone does not answer.
func (e *postgresEngine) present() error { return nil }

func (e *postgresEngine) size(ctx context.Context, db *sql.DB) (bytes int64, err error) {
	err = db.QueryRowContext(ctx, "SELECT pg_database_size(current_database())").Scan(&bytes)
	return bytes, err
}

func (e *postgresEngine) lockLedgerSoon(tx *gorm.DB) (bool, error) {
	const tries, pause = 20, 10 * time.Millisecond
	for range tries {
		var taken []int
		if err := tx.Raw("SELECT 1 FROM ledger WHERE id = 1 FOR UPDATE SKIP LOCKED").Scan(&taken).Error; err != nil || len(taken) > 0 {
			return len(taken) > 0, err
		}
		time.Sleep(pause)
	}
	return false, nil
}

func (e *postgresEngine) bounded(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, timeout)
}

func (e *postgresEngine) oneWriter() bool { return false }

// endStuck is about a process that stopped in the middle of a COPY. The server waits
// for its rows, where none of its timeouts reaches. One that is merely slow has sent
// some since the last look.
func (e *postgresEngine) endStuck(ctx context.Context, db *sql.DB, before map[int]int64) (map[int]int64, error) {
	waiting, err := copiesThatWait(ctx, db)
	for pid, sent := range waiting {
		if last, known := before[pid]; known && last == sent && err == nil {
			_, err = db.ExecContext(ctx, "SELECT pg_terminate_backend($1)", pid)
		}
	}
	return waiting, err
}

// copiesThatWait are the processes that hold the ledger and wait for their client in the
// middle of a COPY, with how many bytes that has sent.
func copiesThatWait(ctx context.Context, q Querier) (map[int]int64, error) {
	waiting := map[int]int64{}
	err := Each(ctx, q, `SELECT a.pid, c.bytes_processed FROM pg_stat_activity a JOIN pg_stat_progress_copy c ON c.pid = a.pid
		WHERE a.wait_event = 'ClientRead' AND a.state = 'active' AND a.query_start < clock_timestamp() - INTERVAL '5 seconds'
		  AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.relation = 'ledger'::regclass)`, nil, func(rows *sql.Rows) error {
		var pid int
		var sent int64
		err := rows.Scan(&pid, &sent)
		waiting[pid] = sent
		return err
	})
	return waiting, err
}

func (e *postgresEngine) ownsWaiting() bool { return false }

func (e *postgresEngine) moment(v any) any { return v }

// commitUncertain is about every commit that got no answer from the server.
func (e *postgresEngine) commitUncertain(err error) bool {
	var raised *pgconn.PgError
	return !errors.As(err, &raised) || raised.Code == "57P01"
}

func (e *postgresEngine) snapshotIsolation() sql.IsolationLevel { return sql.LevelRepeatableRead }

func (e *postgresEngine) backup(context.Context, string) error {
	return fault.Newf(fault.InvalidParameter,
		"PostgreSQL 数据库请用 pg_dump 备份，例如 pg_dump --format=custom --file=tracker.dump",
		"a PostgreSQL database is backed up by pg_dump, for example pg_dump --format=custom --file=tracker.dump").At("database")
}

func (e *postgresEngine) unavailable(err error) bool {
	var raised *pgconn.PgError
	if errors.As(err, &raised) {
		return postgresWaits(raised.Code)
	}
	var refused *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &refused) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// postgresWaits knows the SQLSTATEs that pass when the server, or another
// transaction, has moved on.
func postgresWaits(state string) bool {
	classes := []string{
		"08", // connection
		"28", // authorization
		"53", // resources
		"55", // another's use of an object
		"57", // operator intervention
		"58", // the server's own system
	}
	states := []string{
		"25006", // read-only: the server is a standby
		"25P03", // the transaction was idle for too long
		"25P04", // the transaction took too long
		"3D000", // no such database
		"40001", // serialization failure
		"40P01", // deadlock
	}
	return len(state) == 5 && (slices.Contains(classes, state[:2]) || slices.Contains(states, state))
}
