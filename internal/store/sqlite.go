package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// busyMilliseconds is how long a statement waits for another process.
const busyMilliseconds = "5000"

// sqliteEngine is one file. Its one writer handle queues transactions in this
// process in order; readers never wait for it.
type sqliteEngine struct {
	path string
	file os.FileInfo
}

func newSQLite(path string) (*sqliteEngine, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, badDatabase("无法确定数据库文件的位置", "the place of the database file cannot be made out").Because(err)
	}
	return &sqliteEngine{path: abs}, nil
}

func (e *sqliteEngine) connect(ctx context.Context) (pools, error) {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o750); err != nil {
		return pools{}, err
	}
	write, err := e.pool(ctx, 1, url.Values{"_txlock": {"immediate"}})
	if err != nil {
		return pools{}, err
	}
	read, err := e.pool(ctx, max(4, runtime.NumCPU()), url.Values{"_query_only": {"1"}})
	if err != nil {
		return pools{}, errors.Join(err, write.Close())
	}
	if e.file, err = os.Stat(e.path); err != nil {
		return pools{}, errors.Join(err, read.Close(), write.Close())
	}
	return pools{write: write, read: read}, nil
}

// pool opens the file with pragmas in its address: set by a statement they
// would reach one connection of the pool.
func (e *sqliteEngine) pool(ctx context.Context, size int, options url.Values) (*sql.DB, error) {
	options.Set("_busy_timeout", busyMilliseconds)
	options.Set("_journal_mode", "WAL")
	options.Set("_synchronous", "FULL")
	options.Set("_foreign_keys", "1")
	options.Set("_recursive_triggers", "1") // else INSERT OR REPLACE passes by the delete triggers
	address := url.URL{Scheme: "file", Path: e.path, RawQuery: options.Encode()}
	db, err := sql.Open(sqlite.DriverName, address.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (e *sqliteEngine) session(pool *sql.DB) (*gorm.DB, error) {
	return session(sqlite.New(sqlite.Config{Conn: pool}))
}

func (e *sqliteEngine) dialect() goose.Dialect { return goose.DialectSQLite3 }

func (e *sqliteEngine) migrationOptions() ([]goose.ProviderOption, error) { return nil, nil }

func (e *sqliteEngine) migratesOnOpen() bool { return true }

func (e *sqliteEngine) present() error {
	there, err := os.Stat(e.path)
	if err != nil {
		return err
	}
	if !os.SameFile(there, e.file) {
		return fmt.Errorf("%s was replaced by another file", e.path)
	}
	return nil
}

// serialise has nothing to do: an immediate transaction is alone already.
func (e *sqliteEngine) serialise(*gorm.DB) error { return nil }

func (e *sqliteEngine) unavailable(err error) bool {
	waits := []sqlite3.ErrNo{
		sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrIoErr, sqlite3.ErrFull,
		sqlite3.ErrCantOpen, sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrProtocol,
	}
	var raised sqlite3.Error
	return errors.As(err, &raised) && slices.Contains(waits, raised.Code)
}
