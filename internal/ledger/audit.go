package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Link is the hash of an entry in the chain: over the hash before it and all
// that the entry says, texts with their lengths before them. That of an entry without
// records is what it was before entries had any.
func Link(before []byte, e indicator.AuditEntry) []byte {
	b := make([]byte, 0, 384)
	b = appendText(b, string(before))
	b = binary.AppendVarint(b, e.Seq)
	b = binary.AppendVarint(b, e.At.UnixMicro())
	b = binary.AppendVarint(b, e.FirstID)
	b = binary.AppendVarint(b, e.LastID)
	for _, text := range [...]string{
		e.Actor.Key, e.Actor.Name, e.Actor.From, e.Actor.RequestID, e.Action, e.Target, string(e.Before), string(e.After),
	} {
		b = appendText(b, text)
	}
	if len(e.Records) > 0 {
		b = appendText(b, string(e.Records))
	}
	sum := sha256.Sum256(b)
	return sum[:]
}

// chain numbers and links entries after the ledger's last one, and gives them
// as rows of auditTable.
func (h *head) chain(entries []indicator.AuditEntry) [][]any {
	rows := make([][]any, len(entries))
	for i, e := range entries {
		h.auditSeq++
		e.Seq = h.auditSeq
		h.auditHash = Link(h.auditHash, e)
		rows[i] = []any{
			e.Seq, e.At, e.Actor.Key, e.Actor.Name, e.Actor.From, e.Actor.RequestID, e.Action, e.Target,
			e.FirstID, e.LastID, orEmpty(e.Before), orEmpty(e.After), orEmpty(e.Records), h.auditHash,
		}
	}
	return rows
}

// orEmpty keeps nil, which would be NULL, out of the database.
func orEmpty(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Record puts a write that goes through gorm into the audit log. It takes the
// ledger, if the transaction has not: see LockLedger. Before and after are what the
// record was and is, hashed as JSON; nil for none. The entry speaks for the records that the
// transaction has touched.
func (l *Ledger) Record(ctx context.Context, tx *gorm.DB, action, target string, before, after any) error {
	return l.recordEntry(ctx, tx, l.EntryOf(ctx, action, target, before, after))
}

// EntryOf is an entry that has no place in the chain yet, of who acts in the context.
func (l *Ledger) EntryOf(ctx context.Context, action, target string, before, after any) indicator.AuditEntry {
	return indicator.AuditEntry{
		Actor: indicator.ActorFrom(ctx), Action: action, Target: target,
		Before: HashOf(before), After: HashOf(after),
	}
}

func (l *Ledger) recordEntry(ctx context.Context, tx *gorm.DB, e indicator.AuditEntry) error {
	records, err := takeTouched(tx)
	if err != nil {
		return err
	}
	return l.lengthen(ctx, tx.Statement.ConnPool, newEntry{e, records})
}

// newEntry is an entry that is to be chained, with the records that it speaks for.
type newEntry struct {
	indicator.AuditEntry

	records []auditedRecord
}

// lengthen puts entries at the end of the chain, with a moment of the ledger where they
// have none.
func (l *Ledger) lengthen(ctx context.Context, q database.Querier, entries ...newEntry) error {
	head, err := l.lockHead(ctx, q)
	if err != nil {
		return err
	}
	chained := make([]indicator.AuditEntry, len(entries))
	for i, e := range entries {
		if e.At.IsZero() {
			e.At = head.next(l.db.Now())
		}
		e.Records = hashOfRecords(e.records)
		chained[i] = e.AuditEntry
	}
	first := head.auditSeq + 1
	for at, row := range head.chain(chained) {
		for i, v := range row {
			if auditTable.Columns[i].Kind == database.Timestamp {
				row[i] = l.db.Instant(v)
			}
		}
		if _, err := q.ExecContext(ctx, `INSERT INTO audit_log (seq, at, actor_key, actor_name, from_address, request_id,
			action, target, first_id, last_id, before_hash, after_hash, records_hash, hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, row...); err != nil {
			return err
		}
		if err := keepRecords(ctx, q, first+int64(at), entries[at].records); err != nil {
			return err
		}
	}
	return head.save(ctx, q)
}

// HashOf is the hash of what a record says, as JSON; nil for none.
func HashOf(v any) []byte {
	if v == nil {
		return nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil // records are plain values, which JSON can always hold
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

// audited is the entry of measurements that were written together.
func (w *ledgerTx) audited(actor indicator.Actor, action, target string, ids [2]int64, before, after []byte) {
	w.audits = append(w.audits, indicator.AuditEntry{
		At: w.head.last(), Actor: actor, Action: action, Target: target,
		FirstID: ids[0], LastID: ids[1], Before: slices.Clone(before), After: slices.Clone(after),
	})
}
