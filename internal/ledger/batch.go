package ledger

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"os"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/scratch"
)

// batch is an indicator.BatchWriter. Receipts go to a file of their own, from
// which they are answered and, once it is settled whether the rows stand, kept.
type batch struct {
	ledger *Ledger
	info   indicator.Batch
	actor  indicator.Actor
	whole  *ledgerTx // of an atomic batch or a dry run: the one transaction
	spool  *os.File
	out    *bufio.Writer
	resume continuation
	seen   *seenKeys
	// Of a batch in one transaction: the last measurement before it, and how many of
	// its rows repeat one of it. What they name is not there when nothing is stored.
	before, inside int64
	over           error // why the one transaction was undone before its end
}

// OpenBatch begins a batch. With a dry run nothing is stored in the end, not
// even the batch, although all is judged as if it were.
//
// Under an idempotency key it takes up the batch that a request with the key began
// and that was not answered: the rows which that stored are passed over when they
// come again, and have the receipts they had. Rows then need their Content. Write
// and Close fail with fault.KeyReused when other rows come, or fewer, and with
// fault.KeyInUse when another request with the key stores rows meanwhile.
//
// They fail with fault.Unauthorized once the actor's access key was revoked or has
// expired, and an atomic batch with indicator.ErrGaveWay when it kept back what is
// urgent. An atomic batch or a dry run of too many rows is fault.BodyTooLarge.
func (l *Ledger) OpenBatch(ctx context.Context, mode indicator.Mode, dryRun bool, key indicator.Idempotency) (indicator.BatchWriter, error) {
	spool, err := scratch.Create(ctx)
	if err != nil {
		return nil, l.db.Unreachable(ctx, err)
	}
	actor, now := indicator.ActorFrom(ctx), database.Micro(l.db.Now())
	b := &batch{
		ledger: l, actor: actor, spool: spool, out: bufio.NewWriter(spool), seen: newSeenKeys(),
		info: indicator.Batch{
			ID: rand.Text(), ActorKey: actor.Key, Mode: mode, DryRun: dryRun, State: indicator.BatchRunning,
			CreatedAt: now, UpdatedAt: now,
		},
	}
	if key.Scope == "" || dryRun {
		return b, nil
	}
	b.resume.key = key
	if err := b.takeUp(ctx); err != nil {
		b.Discard()
		return nil, l.db.Translate(ctx, err)
	}
	return b, nil
}

func (b *batch) target() string { return "batch:" + b.info.ID }

// inOne says whether all rows share one transaction.
func (b *batch) inOne() bool { return b.info.Mode == indicator.Atomic || b.info.DryRun }

// Portion implements indicator.BatchWriter.
func (b *batch) Portion() int { return b.ledger.db.Portion() }

// Write implements indicator.BatchWriter.
func (b *batch) Write(ctx context.Context, rows []indicator.Row) error {
	return b.ledger.db.Translate(ctx, b.write(ctx, rows))
}

func (b *batch) write(ctx context.Context, rows []indicator.Row) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if rows, err = b.passOver(rows); err != nil || len(rows) == 0 {
		return err
	}
	if !b.inOne() {
		var cancel context.CancelFunc
		ctx, cancel = b.ledger.db.Bounded(ctx, portionTimeout)
		defer cancel()
	}
	w, err := b.transaction(ctx, len(rows))
	if err != nil {
		return err
	}
	if !b.inOne() {
		defer w.abandon()
	}
	w.seen = b.seen
	tally, content, first := b.info.Tally, b.resume.content, b.info.Tally.Rows+1
	b.seen.first = first
	b.resume.follow(rows)
	if !b.inOne() {
		err = w.holdKey(b, content)
	}
	var packed []byte
	if err == nil {
		list := make([]judged, 0, len(rows))
		err = w.appendRows(rows, indicator.Partial, b.actor, b.target(), func(i int, r indicator.Receipt) {
			b.info.Tally.Count(r.Outcome)
			if b.inOne() && stands(r.Outcome) && r.Measurement.ID > b.before {
				b.inside++
			}
			list = append(list, judged{r.Outcome, r.Vacant, r.Refusal, r.Measurement.ID, r.Measurement.Revision, rows[i].Origin})
		})
		packed = b.packJudged(list, w.cautions(rows))
	}
	if !b.inOne() {
		if err == nil {
			b.info.UpdatedAt = database.Micro(b.ledger.db.Now())
			err = w.saveBatch(b.info, first, int64(len(rows)), packed)
		}
		if err == nil {
			w.reports = without(b.info.Tally, tally)
			err = w.commit()
		} else {
			w.abandon()
		}
		b.ledger.db.NoteHealth(err)
	}
	if err != nil {
		b.info.Tally, b.resume.content = tally, content
		return err
	}
	return b.spoolChunk(packed, len(rows))
}

// portionTimeout bounds the transaction of a portion, the wait for the ledger with it, so
// that a server which does not answer holds the batch's place and memory for no longer.
const portionTimeout = 3 * time.Minute

// transaction is the one that the next rows, so many, are judged in. It fails when they
// must not be stored any more.
func (b *batch) transaction(ctx context.Context, rows int) (w *ledgerTx, err error) {
	if b.inOne() && b.info.Tally.Rows+int64(rows) > indicator.MostRowsInOne {
		return nil, fault.Newf(fault.BodyTooLarge, "mode=atomic 与 dry_run 的批次最多 %d 行，请分批或用 mode=partial",
			"a batch with mode=atomic or dry_run has at most %d rows; divide it or use mode=partial", indicator.MostRowsInOne)
	}
	switch {
	case b.over != nil:
		return nil, b.over
	case b.whole != nil:
		w = b.whole
	case b.info.DryRun:
		w, err = b.ledger.try(ctx)
	default:
		w, err = b.ledger.begin(ctx)
	}
	if err != nil {
		return nil, err
	}
	if b.inOne() && b.whole == nil {
		b.whole, b.before = w, w.head.measurementID // which Discard abandons
	}
	if err := b.mayGoOn(w); err != nil {
		w.abandon()
		if b.inOne() {
			b.over = err
		}
		return nil, err
	}
	return w, nil
}

// mayGoOn fails when the key that the batch came with has ceased to be good, or when
// the batch, all in one transaction, keeps back what is urgent.
func (b *batch) mayGoOn(w *ledgerTx) error {
	if b.info.DryRun {
		return nil
	}
	if b.inOne() {
		if err := b.ledger.giveWay(); err != nil {
			return err
		}
	}
	return w.checkKey(b.actor.Key)
}

// judged is what became of a row, kept until the cautions of its portion are
// known.
type judged struct {
	outcome  indicator.Outcome
	vacant   bool
	refusal  *fault.Fault
	id       int64
	revision int
	origin   indicator.Origin
}

// stands reports whether a row left what was stored before.
func stands(o indicator.Outcome) bool { return o == indicator.Unchanged || o == indicator.Superseded }

// packJudged writes the receipts of a portion, with the cautions by measurement.
func (b *batch) packJudged(list []judged, cautions map[int64][]string) []byte {
	p := newReceiptPacker(len(list))
	for _, j := range list {
		r := indicator.Receipt{Outcome: j.outcome, Vacant: j.vacant, Refusal: j.refusal, Cautions: cautions[j.id], Origin: j.origin}
		r.Measurement.ID, r.Measurement.Revision = j.id, j.revision
		if b.info.DryRun && !(stands(r.Outcome) && j.id <= b.before) {
			r.Measurement.ID = 0 // it will be another one
		}
		p.add(r)
	}
	return p.b
}

// cautions asks once for each indicator of the rows what its reports give rise
// to, now that all of them are judged.
func (w *ledgerTx) cautions(rows []indicator.Row) map[int64][]string {
	all := map[int64][]string{}
	asked := map[string]bool{}
	for _, r := range rows {
		t := w.targets[r.Measurement.Indicator]
		if r.Cautions == nil || r.Refusal != nil || t == nil || asked[t.code] {
			continue
		}
		asked[t.code] = true
		maps.Copy(all, r.Cautions(t.state.snapshot().current(t.code)))
	}
	return all
}

// spoolChunk puts receipts into the file, with their length and number before
// them.
func (b *batch) spoolChunk(packed []byte, rows int) error {
	var head [16]byte
	binary.BigEndian.PutUint64(head[:8], uint64(len(packed)))
	binary.BigEndian.PutUint64(head[8:], uint64(rows)) //nolint:gosec // a length
	_, err := b.out.Write(head[:])
	if err == nil {
		_, err = b.out.Write(packed)
	}
	return err
}

// chunks visits the receipts of the file, chunk by chunk.
func (b *batch) chunks(visit func(first, rows int64, packed []byte) error) error {
	if err := b.out.Flush(); err != nil {
		return err
	}
	if _, err := b.spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReader(b.spool)
	var head [16]byte
	for first := int64(1); ; {
		if _, err := io.ReadFull(in, head[:]); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		packed := make([]byte, binary.BigEndian.Uint64(head[:8]))
		rows := int64(binary.BigEndian.Uint64(head[8:])) //nolint:gosec // a length
		if _, err := io.ReadFull(in, packed); err != nil {
			return err
		}
		if err := visit(first, rows, packed); err != nil {
			return err
		}
		first += rows
	}
}

// Receipts implements indicator.BatchWriter.
func (b *batch) Receipts(visit func(row int64, r indicator.Receipt) error) error {
	err := b.chunks(func(first, _ int64, packed []byte) error {
		return eachReceipt(packed, func(i int64, r indicator.Receipt) error { return visit(first+i, b.settled(r)) })
	})
	return b.ledger.db.Translate(context.Background(), err)
}

// settled is a receipt as it stands after the batch was closed.
func (b *batch) settled(r indicator.Receipt) indicator.Receipt {
	stood := stands(r.Outcome) && r.Measurement.ID <= b.before
	if b.info.State == indicator.BatchRefused && r.Outcome != indicator.Refused && !stood {
		return indicator.Receipt{Outcome: indicator.NotStored, Origin: r.Origin}
	}
	return r
}

// Close implements indicator.BatchWriter.
func (b *batch) Close(ctx context.Context) (indicator.Batch, error) {
	err := b.close(ctx)
	b.ledger.db.NoteHealth(err)
	return b.info, b.ledger.db.Translate(ctx, err)
}

func (b *batch) close(ctx context.Context) error {
	if b.over != nil {
		return b.over
	}
	if b.resume.passed < b.resume.stored {
		return errKeyReused // not all of its rows came again
	}
	if b.resume.takenUp && b.info.Mode == indicator.Atomic {
		return nil // all of it was stored before
	}
	b.info.State, b.info.UpdatedAt = indicator.BatchDone, database.Micro(b.ledger.db.Now())
	refused := b.info.Mode == indicator.Atomic && b.info.Tally.Refused > 0
	if refused {
		b.info.State, b.info.Tally.Stored, b.info.Tally.Revised = indicator.BatchRefused, 0, 0
		b.info.Tally.Unchanged -= b.inside
	}
	w := b.whole
	b.whole = nil
	if w != nil && (refused || b.info.DryRun) {
		w.abandon()
		w = nil
	}
	if b.info.DryRun {
		return nil
	}
	if w == nil {
		var err error
		if w, err = b.ledger.begin(ctx); err != nil {
			return err
		}
	}
	defer w.abandon()
	err := b.mayGoOn(w)
	if err == nil && b.info.Mode == indicator.Partial {
		err = w.holdKey(b, b.resume.content) // another request may have gone on since
	}
	if err == nil {
		err = w.saveBatch(b.info, 0, 0, nil)
	}
	if err == nil && b.info.Mode == indicator.Atomic {
		err = b.chunks(func(first, rows int64, packed []byte) error {
			if refused {
				receipts := make([]indicator.Receipt, 0, rows)
				err := eachReceipt(packed, func(_ int64, r indicator.Receipt) error {
					receipts = append(receipts, b.settled(r))
					return nil
				})
				if err != nil {
					return err
				}
				packed = packReceipts(receipts)
			}
			if err := b.ledger.giveWay(); err != nil {
				return err
			}
			return w.saveReceipts(b.info.ID, first, rows, packed)
		})
		if err == nil && !refused {
			err = w.holdKey(b, nil)
		}
	}
	if err != nil {
		return err
	}
	if b.info.Mode == indicator.Atomic { // portions of others were counted as they were stored
		w.reports = b.info.Tally
	}
	return w.commit()
}

// Discard implements indicator.BatchWriter.
func (b *batch) Discard() {
	if b.whole != nil {
		b.whole.abandon()
		b.whole = nil
	}
	_ = b.spool.Close() // nothing in it is needed any more
}

// saveBatch keeps how far a batch has come, and the receipts of its last rows.
func (w *ledgerTx) saveBatch(b indicator.Batch, first, rows int64, packed []byte) error {
	t := b.Tally
	_, err := w.conn.Tx.ExecContext(w.ctx, `INSERT INTO batches (id, actor_key, mode, state, rows, stored, revised, unchanged, superseded, refused, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, rows = excluded.rows, stored = excluded.stored,
			revised = excluded.revised, unchanged = excluded.unchanged, superseded = excluded.superseded, refused = excluded.refused, updated_at = excluded.updated_at`,
		b.ID, b.ActorKey, string(b.Mode), string(b.State), t.Rows, t.Stored, t.Revised, t.Unchanged, t.Superseded, t.Refused,
		database.MomentOf(b.CreatedAt), database.MomentOf(b.UpdatedAt))
	if err != nil || rows == 0 {
		return err
	}
	return w.saveReceipts(b.ID, first, rows, packed)
}

func (w *ledgerTx) saveReceipts(id string, first, rows int64, packed []byte) error {
	_, err := w.conn.Tx.ExecContext(w.ctx, "INSERT INTO batch_receipts (batch, first_row, rows, receipts) VALUES ($1, $2, $3, $4)",
		id, first, rows, packed)
	return err
}

// Batch returns a batch. It fails with fault.NotFound.
func (l *Ledger) Batch(ctx context.Context, id string) (indicator.Batch, error) {
	b, err := scanBatch(l.db.Reader().QueryRowContext(ctx, "SELECT "+batchColumns+" FROM batches b WHERE b.id = $1", id))
	if database.IsMissing(err) {
		return indicator.Batch{}, fault.Newf(fault.NotFound, "没有这个批次", "there is no such batch")
	}
	return b, l.db.Translate(ctx, err)
}

const batchColumns = "b.id, b.actor_key, b.mode, b.state, b.rows, b.stored, b.revised, b.unchanged, b.superseded, b.refused, b.created_at, b.updated_at"

// scanBatch reads the columns above.
func scanBatch(row *sql.Row, extra ...any) (b indicator.Batch, err error) {
	var created, updated database.Moment
	err = row.Scan(append(extra, &b.ID, &b.ActorKey, &b.Mode, &b.State,
		&b.Tally.Rows, &b.Tally.Stored, &b.Tally.Revised, &b.Tally.Unchanged, &b.Tally.Superseded, &b.Tally.Refused, &created, &updated)...)
	b.CreatedAt, b.UpdatedAt = created.Time, updated.Time
	return b, err
}

// BatchReceipts lists the receipts of a batch in the order of its rows. next is
// the row that the following page comes after, 0 at the end. It fails with
// fault.NotFound.
func (l *Ledger) BatchReceipts(ctx context.Context, id string, page indicator.Page) (list []indicator.RowReceipt, next int64, err error) {
	if _, err := l.Batch(ctx, id); err != nil {
		return nil, 0, err
	}
	rows, err := l.db.Reader().QueryContext(ctx, `SELECT first_row, receipts FROM batch_receipts
		WHERE batch = $1 AND first_row + rows > $2 ORDER BY first_row`, id, page.After+1)
	if err != nil {
		return nil, 0, l.db.Translate(ctx, err)
	}
	defer rows.Close()
	for rows.Next() && (page.Limit == 0 || len(list) <= page.Limit) {
		var first int64
		var packed []byte
		if err := rows.Scan(&first, &packed); err != nil {
			return nil, 0, l.db.Translate(ctx, err)
		}
		err := eachReceipt(packed, func(i int64, r indicator.Receipt) error {
			if row := first + i; row > page.After && (page.Limit == 0 || len(list) <= page.Limit) {
				list = append(list, indicator.RowReceipt{Row: row, Receipt: r})
			}
			return nil
		})
		if err != nil {
			return nil, 0, l.db.Translate(ctx, err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, 0, l.db.Translate(ctx, err)
	}
	list, next = database.Cut(list, page, func(r indicator.RowReceipt) int64 { return r.Row })
	return list, next, nil
}

// VisitReceipts visits the receipts of a batch in the order of its rows, holding
// a page of them at a time. It fails with fault.NotFound, or as visit does.
func (l *Ledger) VisitReceipts(ctx context.Context, id string, visit func(row int64, r indicator.Receipt) error) error {
	for after := int64(0); ; {
		page, next, err := l.BatchReceipts(ctx, id, indicator.Page{After: after, Limit: 10_000})
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := visit(r.Row, r.Receipt); err != nil {
				return err
			}
		}
		if after = next; next == 0 {
			return nil
		}
	}
}
