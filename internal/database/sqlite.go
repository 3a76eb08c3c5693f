package database

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
	"strconv"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// busyTimeout is how long a statement waits for another process.
const busyTimeout = 5 * time.Second

// checkpointEvery is how many pages the log gathers before they are brought to
// the file. Reports touch pages all over the indexes: brought home seldom, most
// of them are written there once for many commits.
const checkpointEvery = 16 << 10

// driverName is the driver with settings that an address cannot hold.
const driverName = "tracker-sqlite3"

var register = sync.OnceFunc(func() {
	sql.Register(driverName, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(fmt.Sprintf("PRAGMA wal_autocheckpoint = %d; PRAGMA cache_size = -8192", checkpointEvery), nil)
		return err
	}})
})

// sqliteEngine is one file. Its one writer handle queues transactions in this
// process in order; readers never wait for it.
type sqliteEngine struct {
	sqliteBulk

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

func (e *sqliteEngine) connect(ctx context.Context, to purpose) (pools, error) {
	if to == toLook {
		return e.look(ctx)
	}
	if err := os.MkdirAll(filepath.Dir(e.path), 0o750); err != nil {
		return pools{}, err
	}
	write, err := e.pool(ctx, 1, url.Values{"_txlock": {"immediate"}, "_journal_mode": {"WAL"}})
	if err != nil {
		return pools{}, err
	}
	read, err := e.pool(ctx, max(4, runtime.NumCPU())+MostSnapshots, url.Values{"_query_only": {"1"}})
	if err != nil {
		return pools{}, errors.Join(err, write.Close())
	}
	if e.file, err = os.Stat(e.path); err != nil {
		return pools{}, errors.Join(err, read.Close(), write.Close())
	}
	return pools{write: write, read: read}, nil
}

// look opens a file that is there to read it. Where a folder that may not be written to
// has no log beside the file, nobody has it open, and SQLite is told that it does not change.
func (e *sqliteEngine) look(ctx context.Context) (pools, error) {
	var err error
	if e.file, err = os.Stat(e.path); err != nil {
		return pools{}, badDatabase("没有数据库文件 %s", "there is no database %s", e.path).Because(err)
	}
	db, err := e.pool(ctx, MostSnapshots, url.Values{"mode": {"ro"}})
	if _, missing := os.Stat(e.path + "-wal"); err != nil && missing != nil {
		db, err = e.pool(ctx, MostSnapshots, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	}
	return pools{write: db, read: db}, err
}

// statementsKept is how many prepared statements each connection keeps: preparing the short ones
// that daily runs and single reports are made of takes longer than carrying them out.
const statementsKept = 32

// pool opens the file with pragmas in its address: set by a statement they
// would reach one connection of the pool.
func (e *sqliteEngine) pool(ctx context.Context, size int, options url.Values) (*sql.DB, error) {
	options.Set("_busy_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10))
	options.Set("_synchronous", "FULL")
	options.Set("_stmt_cache_size", strconv.Itoa(statementsKept))
	options.Set("_foreign_keys", "1")
	options.Set("_recursive_triggers", "1") // else INSERT OR REPLACE passes by the delete triggers
	address := url.URL{Scheme: "file", Path: e.path, RawQuery: options.Encode()}
	register()
	db, err := sql.Open(driverName, address.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	if err := patiently(ctx, db.PingContext); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// patiently calls again while another process is in the way. SQLite does not
// wait by itself when two processes turn a new file's log to WAL at a time.
func patiently(ctx context.Context, call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		err := call(ctx)
		var raised sqlite3.Error
		if !errors.As(err, &raised) || raised.Code != sqlite3.ErrBusy {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(10 * time.Millisecond):
		}
	}
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

// size is that of the file and of the log beside it, which is gone while nobody has written.
func (e *sqliteEngine) size(context.Context, *sql.DB) (bytes int64, err error) {
	for _, path := range []string{e.path, e.path + "-wal"} {
		file, err := os.Stat(path)
		if errors.Is(err, os.ErrNotExist) && path != e.path {
			continue
		}
		if err != nil {
			return 0, err
		}
		bytes += file.Size()
	}
	return bytes, nil
}

// lockLedgerSoon has nothing to lock: an immediate transaction is alone already.
func (e *sqliteEngine) lockLedgerSoon(*gorm.DB) (bool, error) { return true, nil }

// bounded never ends by itself: SQLite waits for busyTimeout at most, and a
// context that can end costs a goroutine for each statement.
func (e *sqliteEngine) bounded(ctx context.Context, _ time.Duration) (context.Context, context.CancelFunc) {
	return ctx, func() {}
}

func (e *sqliteEngine) oneWriter() bool { return true }

// endStuck has nothing to do: what holds the file waits for nobody but the disk.
func (e *sqliteEngine) endStuck(context.Context, *sql.DB, map[int]int64) (map[int]int64, error) {
	return nil, nil //nolint:nilnil // nobody was looked at
}

func (e *sqliteEngine) ownsWaiting() bool { return true }

func (e *sqliteEngine) moment(v any) any {
	if at, ok := v.(time.Time); ok {
		return MomentOf(at)
	}
	return v
}

// commitUncertain is about a disk that failed while the log was being written;
// a transaction that SQLite could not write for lack of room or locks is gone.
func (e *sqliteEngine) commitUncertain(err error) bool {
	var raised sqlite3.Error
	return errors.As(err, &raised) && raised.Code == sqlite3.ErrIoErr
}

func (e *sqliteEngine) snapshotIsolation() sql.IsolationLevel { return sql.LevelDefault }

// backup reads through a connection of its own: the readers' may write nothing,
// and the writer's is wanted.
func (e *sqliteEngine) backup(ctx context.Context, file string) error {
	db, err := e.pool(ctx, 1, url.Values{})
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", file)
	return errors.Join(err, db.Close())
}

func (e *sqliteEngine) unavailable(err error) bool {
	waits := []sqlite3.ErrNo{
		sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrIoErr, sqlite3.ErrFull,
		sqlite3.ErrCantOpen, sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrProtocol,
	}
	var raised sqlite3.Error
	return errors.As(err, &raised) && slices.Contains(waits, raised.Code)
}
