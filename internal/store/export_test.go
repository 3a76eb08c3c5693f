package store

import (
	"context"
	"database/sql"
	"time"
)

// Writer and Reader let tests look below the store.
func (s *Store) Writer() *sql.DB { return s.pools[0] }

// Reader is the pool that reads go to.
func (s *Store) Reader() *sql.DB { return s.pools[len(s.pools)-1] }

// MigrateTo makes a database as an older release would have left it.
func MigrateTo(ctx context.Context, database string, version int64) error {
	s, err := connect(ctx, database, time.Now, true)
	if err != nil {
		return err
	}
	defer s.Close()
	p, err := s.provider()
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return err
}

// Newest is the schema version of this program.
func Newest(database string) (int64, error) {
	s, err := connect(context.Background(), database, time.Now, true)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	p, err := s.provider()
	if err != nil {
		return 0, err
	}
	return newest(p), nil
}
