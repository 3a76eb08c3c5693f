package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Shown names a database to people: the path of a file, or the scheme, host and
// name of a PostgreSQL database. An address can hold a password in more than
// one place, so nothing else of it is shown.
func Shown(database string) string {
	scheme, _, isURL := strings.Cut(database, "://")
	if !isURL {
		return database
	}
	config, err := pgx.ParseConfig(database)
	if err != nil {
		return scheme + "://"
	}
	return scheme + "://" + config.Host + "/" + config.Database
}

// Beside is the path of a file beside a database that is one: the database's own with an
// ending; "" where the database is on a server.
func Beside(database, ending string) string {
	if strings.Contains(database, "://") {
		return ""
	}
	return database + ending
}

// Absent reports whether a database is a file that does not exist yet, which
// Open would create.
func Absent(database string) bool {
	if strings.Contains(database, "://") {
		return false
	}
	_, err := os.Stat(database)
	return errors.Is(err, fs.ErrNotExist)
}

// refuseForeign refuses a file with tables of another program in it, which a
// slip in a path can name. A PostgreSQL schema may be shared on purpose, and
// is only migrated when told to.
func (s *Store) refuseForeign(ctx context.Context) error {
	if !s.engine.migratesOnOpen() {
		return nil
	}
	tables, err := s.write.WithContext(ctx).Migrator().GetTables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		if table == goose.DefaultTablename {
			return nil
		}
	}
	for _, table := range tables {
		if !strings.HasPrefix(table, "sqlite_") {
			return fault.Newf(fault.InvalidParameter,
				"这个文件是其他程序的数据库（有表 %s），请换一个路径", "the file is the database of another program, with a table %s: give another path", table).At("database")
		}
	}
	return nil
}
