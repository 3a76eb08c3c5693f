package store

import (
	"database/sql"
)

// Writer and Reader let tests look below the store.
func (s *Store) Writer() *sql.DB { return s.db.Writer() }

// Reader is the pool that reads go to.
func (s *Store) Reader() *sql.DB { return s.db.Reader() }
