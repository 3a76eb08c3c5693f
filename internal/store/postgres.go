package store

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

const (
	postgresConns    = 16
	postgresConnLife = 30 * time.Minute
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

func (e *postgresEngine) connect(ctx context.Context) (pools, error) {
	db := stdlib.OpenDB(*e.config)
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns)
	db.SetConnMaxLifetime(postgresConnLife)
	if err := db.PingContext(ctx); err != nil {
		return pools{}, errors.Join(err, db.Close())
	}
	return pools{write: db, read: db}, nil
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

func (e *postgresEngine) bounded(timeout time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), timeout)
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
	return errors.As(err, &refused) || errors.As(err, &network) ||
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
		"57", // operator intervention
		"58", // the server's own system
	}
	states := []string{
		"25006", // read-only: the server is a standby
		"3D000", // no such database
		"40001", // serialization failure
		"40P01", // deadlock
		"55P03", // lock not available
	}
	return len(state) == 5 && (slices.Contains(classes, state[:2]) || slices.Contains(states, state))
}
