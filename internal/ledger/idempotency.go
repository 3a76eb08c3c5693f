package ledger

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// What a key keeps is told by its status. Any but these is that of an answer which an
// earlier release gave: with a body, which is not given again; without, of a batch whose
// id is the header.
const (
	// statusBegun stands for a batch that is not answered yet: the header is its id,
	// and the fingerprint the hash over the rows of it that are stored. It is written
	// together with them, so that whoever sends the request again finds where it
	// broke off.
	statusBegun = 0
	// statusReceipt stands for a receipt, which is packed into the answer.
	statusReceipt = 1
	// statusSheets stands for a batch that is answered, with the names of sheets
	// that were not read.
	statusSheets = 2
	// statusBatch stands for a batch that is answered.
	statusBatch = 200
)

// idempotencyRecord is what a key keeps.
type idempotencyRecord struct {
	fingerprint []byte
	status      int
	header      string
	answer      []byte
}

// receiptRecord keeps of a receipt what it can be made from again: the report, the
// version of its indicator, and the last report that the ledger knew then. What
// these are never changes.
func receiptRecord(r indicator.Receipt, version int, last int64) idempotencyRecord {
	b := []byte{byte(slices.Index(outcomes, r.Outcome))} //nolint:gosec // a small index
	for _, n := range [...]int64{r.Measurement.ID, last, int64(version), r.At.UnixMicro()} {
		b = binary.AppendVarint(b, n)
	}
	return idempotencyRecord{status: statusReceipt, answer: b}
}

// Replay returns what a request with the key led to, nil when there was none yet
// or its time is over. It fails with fault.KeyReused when the key came with another
// payload.
func (l *Ledger) Replay(ctx context.Context, key indicator.Idempotency) (*indicator.Answered, error) {
	k, err := l.findIdempotency(ctx, l.db.Reader(), key)
	if err != nil || k == nil {
		return nil, l.db.Translate(ctx, err)
	}
	answered, err := l.restore(ctx, *k)
	return answered, l.db.Translate(ctx, err)
}

// replay looks for what a key keeps inside the transaction, for keys that race:
// with another process, or with a request of the same group.
func (w *ledgerTx) replay(key indicator.Idempotency) (*idempotencyRecord, error) {
	if k, ok := w.idempotency[key.Scope]; ok {
		return &k, sameKey(k.fingerprint, key)
	}
	return w.ledger.findIdempotency(w.ctx, w.conn.Tx, key)
}

func (l *Ledger) findIdempotency(ctx context.Context, q database.Querier, key indicator.Idempotency) (*idempotencyRecord, error) {
	var k idempotencyRecord
	err := q.QueryRowContext(ctx, "SELECT fingerprint, status, header, answer FROM idempotency_keys WHERE scope = $1 AND expires_at > $2",
		key.Scope, database.MomentOf(l.db.Now())).Scan(&k.fingerprint, &k.status, &k.header, &k.answer)
	switch {
	case database.IsMissing(err):
		return nil, nil //nolint:nilnil // nothing kept is an answer
	case err != nil:
		return nil, err
	case k.status == statusBegun:
		return nil, nil //nolint:nilnil // nothing kept is an answer
	}
	if err := sameKey(k.fingerprint, key); err != nil {
		return nil, err
	}
	return &k, nil
}

// restore makes of what a key keeps what its request led to.
func (l *Ledger) restore(ctx context.Context, k idempotencyRecord) (*indicator.Answered, error) {
	switch {
	case k.status == statusReceipt:
		return l.restoreReceipt(ctx, k.answer)
	case k.status == statusSheets:
		var unread []string
		err := json.Unmarshal(k.answer, &unread)
		return &indicator.Answered{Batch: k.header, Unread: unread}, err
	case len(k.answer) == 0:
		return &indicator.Answered{Batch: k.header}, nil
	}
	return nil, errAnsweredEarlier
}

// restoreReceipt reads what receiptRecord wrote, and the rows that it names.
func (l *Ledger) restoreReceipt(ctx context.Context, b []byte) (*indicator.Answered, error) {
	r := &packed{b: b}
	outcome, id, last, version, at := int(r.byte()), r.varint(), r.varint(), r.varint(), r.varint()
	if r.err != nil || outcome >= len(outcomes) {
		return nil, errTorn
	}
	m, err := measurement(ctx, l.db.Reader(), id)
	if err != nil {
		return nil, err
	}
	in, err := l.version(ctx, m.Indicator, int(version))
	if err != nil {
		return nil, err
	}
	current := map[string][]indicator.Measurement{}
	if err := newestOf(l.db.Read.WithContext(ctx), []string{m.Indicator}, joinUpTo, last, current); err != nil {
		return nil, err
	}
	return &indicator.Answered{Indicator: in, Receipt: indicator.Receipt{
		Outcome: outcomes[outcome], Measurement: m, Current: current[m.Indicator], At: time.UnixMicro(at).UTC(),
	}}, nil
}

// errAnsweredEarlier is about a key whose answer an earlier release kept as bytes, of
// which nothing can be made. Such keys are known for a day.
var errAnsweredEarlier = fault.Newf(fault.KeyReused,
	"该 Idempotency-Key 的请求已由旧版程序应答，其应答未保留，请换用新的",
	"a request with this Idempotency-Key was answered by an earlier release, whose answer is not kept; use a new one")

var errKeyReused = fault.Newf(fault.KeyReused,
	"该 Idempotency-Key 已用于内容不同的请求，请换用新的", "this Idempotency-Key was used for a request with other content; use a new one")

// sameKey refuses a key that comes with another payload than it did before.
func sameKey(fingerprint []byte, key indicator.Idempotency) error {
	if bytes.Equal(fingerprint, key.Fingerprint) {
		return nil
	}
	return errKeyReused
}

// saveIdempotency stores something under a key, in the transaction of what it is about.
func (w *ledgerTx) saveIdempotency(key indicator.Idempotency, k idempotencyRecord) {
	k.fingerprint = key.Fingerprint
	w.idempotency[key.Scope] = k
	w.idempotencyRows = append(w.idempotencyRows, []any{
		key.Scope, orEmpty(k.fingerprint), int64(k.status), k.header, orEmpty(k.answer), database.Micro(key.ExpiresAt),
	})
}

// SaveIdempotentBatch keeps under its key that a request was answered with a batch, whose
// rows are committed already, and which sheets were not read.
func (l *Ledger) SaveIdempotentBatch(ctx context.Context, key indicator.Idempotency, batch string, unread ...string) error {
	k := idempotencyRecord{status: statusBatch, header: batch}
	if len(unread) > 0 {
		names, err := json.Marshal(unread)
		if err != nil {
			return err
		}
		k = idempotencyRecord{status: statusSheets, header: batch, answer: names}
	}
	w, err := l.begin(ctx)
	if err != nil {
		return l.db.Translate(ctx, err)
	}
	defer w.abandon()
	w.saveIdempotency(key, k)
	return l.db.Translate(ctx, w.commit())
}

// ForgetAnswers drops the answers that have expired, and says how many.
func (l *Ledger) ForgetAnswers(ctx context.Context) (int64, error) {
	result, err := l.db.Writer().ExecContext(ctx, "DELETE FROM idempotency_keys WHERE expires_at <= $1", database.MomentOf(l.db.Now()))
	if err != nil {
		return 0, l.db.Translate(ctx, err)
	}
	n, err := result.RowsAffected()
	return n, l.db.Translate(ctx, err)
}
