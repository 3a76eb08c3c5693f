package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// auditedRecord is what an audit entry says of a record.
type auditedRecord struct {
	kind, name string
	hash       []byte
}

// recordsHash is what an entry hashes of its records, in their order.
type recordsHash struct{ hash.Hash }

func newRecordsHash() recordsHash { return recordsHash{sha256.New()} }

func (h recordsHash) add(r auditedRecord) {
	h.Write(appendText(appendText(appendText(nil, r.kind), r.name), string(r.hash)))
}

// readRecords visits records of a kind as they are now, with their hashes. The query goes
// on where the kind's ends, and may select more columns, which go into more.
func (k *RecordKind) readRecords(ctx context.Context, q database.Querier, more, rest string, args []any, visit func(r auditedRecord, more any) error) error {
	var columns []string
	var values, places []any
	return database.Each(ctx, q, "SELECT "+k.id+" AS record_name, "+more+" AS more, "+k.columns+" FROM "+k.from+" "+rest, args, func(rows *sql.Rows) (err error) {
		if columns == nil { // the first row
			if columns, err = rows.Columns(); err != nil {
				return err
			}
			values, places = make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				places[i] = &values[i]
			}
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		name, err := columnText(values[0])
		if err != nil {
			return err
		}
		sum, err := recordHash(columns[2:], values[2:])
		if err != nil {
			return err
		}
		return visit(auditedRecord{k.name, name, sum}, values[1])
	})
}

// neverEmpty are the columns that hold NULL where there is nothing: an empty text in one is
// no value that the program writes, and reads as none.
var neverEmpty = map[string]bool{
	"baseline": true, "target_high": true, "previous_until": true, "expires_at": true, "revoked_at": true,
}

// recordHash is over the columns that say something, each with its name. One that says
// nothing may be NULL, 0 or empty, as each engine has it.
func recordHash(columns []string, values []any) ([]byte, error) {
	sum := sha256.New()
	var length []byte
	for i, value := range values {
		if at, ok := value.(time.Time); ok && strings.HasSuffix(columns[i], "_on") {
			value = at.Format(time.DateOnly) // of a column of days, which SQLite has as texts
		}
		text, err := columnText(value)
		if err != nil {
			return nil, err
		}
		saysNothing := value == nil || value == int64(0) || text == "" && !neverEmpty[columns[i]]
		if saysNothing {
			continue
		}
		for _, part := range [...]string{columns[i], text} {
			length = binary.AppendUvarint(length[:0], uint64(len(part)))
			sum.Write(length)
			sum.Write([]byte(part))
		}
	}
	return sum.Sum(nil), nil
}

// columnText is a value of the database as it is hashed; NULL is as empty as a text can be.
func columnText(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case time.Time:
		return v.UTC().Format(database.MomentLayout), nil
	}
	return "", fmt.Errorf("a record holds %T", value)
}

// touched are the records that a transaction has written and no audit entry has taken yet.
type touched struct {
	writes []touch
	stale  stale
}

type touch struct {
	kind *RecordKind
	at   []any
}

type touchedKey struct{}

// Touch notes that a transaction has written records: the next entry of the audit log
// speaks for them.
func (k *RecordKind) Touch(tx *gorm.DB, at ...any) {
	if t, ok := tx.Statement.Context.Value(touchedKey{}).(*touched); ok {
		t.writes = append(t.writes, touch{k, at})
		t.stale.add(k, at)
	}
}

// errUnaudited says that a transaction has written records that no entry speaks of.
var errUnaudited = errors.New("records were written without an audit entry")

// audited runs a transaction's work, marks the standings that follow from the records it
// wrote as stale, and fails when it leaves records to no entry.
func audited(ctx context.Context, tx *gorm.DB, run func(tx *gorm.DB) error) error {
	var t touched
	err := run(tx.WithContext(context.WithValue(ctx, touchedKey{}, &t)))
	switch {
	case err != nil:
		return err
	case len(t.writes) > 0:
		return errUnaudited
	}
	return t.stale.mark(tx)
}

// takeTouched reads the records that a transaction has written, for an entry to speak of.
func takeTouched(tx *gorm.DB) (records []auditedRecord, err error) {
	t, ok := tx.Statement.Context.Value(touchedKey{}).(*touched)
	if !ok {
		return nil, nil
	}
	for _, w := range t.writes {
		if records, err = w.kind.appendRecords(tx.Statement.Context, tx.Statement.ConnPool, records, w.at...); err != nil {
			return nil, err
		}
	}
	t.writes = nil
	return records, nil
}

// appendRecords reads the records at a place.
func (k *RecordKind) appendRecords(ctx context.Context, q database.Querier, records []auditedRecord, at ...any) ([]auditedRecord, error) {
	err := k.readRecords(ctx, q, "1", "WHERE "+k.at, at, func(r auditedRecord, _ any) error {
		records = append(records, r)
		return nil
	})
	return records, err
}

const insertAudited = "INSERT INTO audited_records (seq, ordinal, kind, name, hash) VALUES ($1, $2, $3, $4, $5)"

// keepRecords stores what the entry with a number says of records, after the entry.
func keepRecords(ctx context.Context, q database.Querier, seq int64, records []auditedRecord) error {
	for i, r := range records {
		if _, err := q.ExecContext(ctx, insertAudited, seq, i, r.kind, r.name, r.hash); err != nil {
			return err
		}
	}
	return nil
}

// hashOfRecords is nil for none.
func hashOfRecords(records []auditedRecord) []byte {
	if len(records) == 0 {
		return nil
	}
	sum := newRecordsHash()
	for _, r := range records {
		sum.add(r)
	}
	return sum.Sum(nil)
}

// takeUp lets one entry speak of every record that there is, where a migration left some
// that no entry speaks of as they are now. What became of them before cannot be proven.
func (l *Ledger) takeUp(ctx context.Context) error {
	var waiting bool
	err := l.db.Writer().QueryRowContext(ctx, "SELECT records_changed <> 0 FROM ledger WHERE id = 1").Scan(&waiting)
	if err != nil || !waiting {
		return err
	}
	tx, err := l.db.Writer().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := l.takeUpIn(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

const actionTakenUp = "records.taken_up"

func (l *Ledger) takeUpIn(ctx context.Context, tx *sql.Tx) error {
	if _, err := l.lockHead(ctx, tx); err != nil { // and another process may have taken them up before
		return err
	}
	done, err := tx.ExecContext(ctx, "UPDATE ledger SET records_changed = 0 WHERE id = 1 AND records_changed <> 0")
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	var records []auditedRecord
	for _, k := range recordKinds {
		err := k.readRecords(ctx, tx, "1", "", nil, func(r auditedRecord, _ any) error {
			records = append(records, r)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(records) == 0 {
		return nil
	}
	entry := indicator.AuditEntry{Actor: indicator.ActorFrom(ctx), Action: actionTakenUp, Target: "records"}
	return l.lengthen(ctx, tx, newEntry{entry, records})
}
