package tracker

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Batches are what a batch needs of the store.
type Batches interface {
	Replay(ctx context.Context, key indicator.Idempotency) (*indicator.Answered, error)
	// SaveIdempotentBatch keeps under its key that a request was answered with a batch.
	SaveIdempotentBatch(ctx context.Context, key indicator.Idempotency, batch string, unread ...string) error
	// Batch returns a batch.
	Batch(ctx context.Context, id string) (indicator.Batch, error)
	// OpenBatch begins a batch, or takes up the one that an earlier request with
	// the key began; a dry run stores nothing.
	OpenBatch(ctx context.Context, mode indicator.Mode, dryRun bool, key indicator.Idempotency) (indicator.BatchWriter, error)
}

// Rows gives the rows of a batch one after another.
type Rows interface {
	// Next reads one row. A refusal is about this row alone, and the rows after
	// it can be read; the report then says where it stands and, if that could be
	// read, its indicator. Any other error ends the batch, io.EOF as it should.
	Next() (r Report, refusal *fault.Fault, err error)
}

// Intake is how a batch is taken in.
type Intake struct {
	Mode   indicator.Mode
	DryRun bool
	// Key, when set, lets a batch that was cut short go on after the rows that it
	// stored, once they come again under the same key.
	Key indicator.Idempotency
	// Done, when set, is told the number of rows judged so far.
	Done func(rows int64)
	// Again, when set, gives the rows from their beginning, for a batch that gave way.
	Again func() (Rows, error)
}

// mostAgain is how often a batch begins anew after it gave way.
const mostAgain = 5

// ImportBatch reads a batch to its end and stores it. Rows are read and checked while
// those before them are being stored, so a batch of any length takes little
// memory. The writer gives the receipts and must be discarded.
//
// When the rows cannot be read to the end, it fails with the reason: in partial
// mode what was read before is stored and the batch can be looked up; in atomic
// mode, and where no row was read, there is no batch, nor a writer: a body without a row
// fails with fault.EmptyBatch. When a row of
// an atomic batch is refused, it fails with fault.BatchRefused; the receipts say
// which and why. It fails with fault.Unauthorized once the caller's access key is good no
// more; nothing is stored after that. Under a key whose rows were others it fails with fault.KeyReused,
// and with fault.KeyInUse when another process is taking them in.
func (s *Service) ImportBatch(ctx context.Context, rows Rows, how Intake) (indicator.Batch, indicator.BatchWriter, error) {
	for tries := 0; ; tries++ {
		b, w, err := s.importBatch(ctx, rows, how)
		if !errors.Is(err, indicator.ErrGaveWay) || how.Again == nil || tries == mostAgain {
			return b, w, err
		}
		if w != nil {
			w.Discard()
		}
		if rows, err = how.Again(); err != nil {
			return indicator.Batch{}, nil, err
		}
	}
}

func (s *Service) importBatch(ctx context.Context, rows Rows, how Intake) (indicator.Batch, indicator.BatchWriter, error) {
	w, err := s.batches.OpenBatch(ctx, how.Mode, how.DryRun, how.Key)
	if err != nil {
		return indicator.Batch{}, nil, err
	}
	handed := false // to the caller, who discards it
	defer func() {
		if !handed {
			w.Discard() // after a panic too: it may hold every other writer back
		}
	}()
	piped, unread, err := s.pipe(ctx, rows, w, how)
	if err != nil {
		return indicator.Batch{}, nil, err
	}
	if unread != nil && (how.Mode == indicator.Atomic || piped == 0) {
		return indicator.Batch{}, nil, unread
	}
	if unread == nil && piped == 0 {
		return indicator.Batch{}, nil, fault.Newf(fault.EmptyBatch,
			"没有可报送的行：请求体没有数据行，或各行都没有填写数值；未建立批次",
			"there is no row to report: the body has none, or no row has a value; there is no batch")
	}
	b, err := w.Close(ctx)
	if unread != nil {
		err = errors.Join(unread, err)
	}
	if err == nil && b.State == indicator.BatchRefused {
		err = refusedBatch(b, w)
	}
	handed = true
	return b, w, err
}

// refusedBatch says why nothing of an atomic batch was stored, in the words of
// the first row that was refused.
func refusedBatch(b indicator.Batch, w indicator.BatchWriter) error {
	var first indicator.RowReceipt
	err := w.Receipts(func(row int64, r indicator.Receipt) error {
		if r.Refusal != nil {
			first = indicator.RowReceipt{Row: row, Receipt: r}
			return io.EOF
		}
		return nil
	})
	if first.Refusal == nil {
		return err
	}
	why, where := first.Refusal, first.Origin.Where(first.Row)
	return fault.New(fault.BatchRefused, fault.Text{
		ZH: fmt.Sprintf("%d 行中有 %d 行未被接受，整批未保存。%s：%s", b.Tally.Rows, b.Tally.Refused, where.ZH, why.Detail.ZH),
		EN: fmt.Sprintf("of %d rows %d were refused, so nothing was stored; %s: %s", b.Tally.Rows, b.Tally.Refused, where.EN, why.Detail.EN),
	}).At(fmt.Sprintf("/%d%s", first.Row-1, why.Field))
}

// pipe reads and checks rows on the one hand and stores them on the other.
// piped counts them; unread is why they could not be read to their end.
func (s *Service) pipe(ctx context.Context, rows Rows, w indicator.BatchWriter, how Intake) (piped int64, unread, err error) {
	reading, stop := context.WithCancel(ctx)
	chunks := make(chan []indicator.Row) // one is made while another is stored
	ended := make(chan error, 1)
	defer func() { // the reader ends before the request does, which its rows come from
		stop()
		for range chunks {
			continue
		}
	}()
	go func() {
		defer close(chunks)
		ended <- fault.Guard(func() error { return s.readRows(reading, rows, chunks, w.Portion(), how.Key.Scope != "") })
	}()
	for chunk := range chunks {
		if err != nil {
			continue
		}
		if err = w.Write(ctx, chunk); err != nil {
			stop()
			continue
		}
		piped += int64(len(chunk))
		if how.Done != nil {
			how.Done(piped)
		}
	}
	stop()
	return piped, <-ended, err
}

// contentOf hashes what was sent as a row: its texts or, where they could not be
// read, why. The figures of a share, whom it is reported for, what it replaces, external
// codes and what figure it is are there only when they were sent, so that rows kept from
// before there were any hash as they did.
func contentOf(r Report, refusal *fault.Fault) []byte {
	texts := []string{r.Indicator, r.Period, r.Value, r.Unit, r.Basis, r.SourceID, r.Note, r.EvidenceURL}
	if r.Numerator != "" || r.Denominator != "" {
		texts = append(texts, r.Numerator, r.Denominator)
	}
	if r.Agency != "" || r.Replaces != "" {
		texts = append(texts, "agency", r.Agency, "replaces", r.Replaces)
	}
	if r.External != "" || r.Namespace != nil { // three or four texts, so that they are not taken for figures
		texts = append(texts, "external_code", r.External, "")
		if r.Namespace != nil {
			texts = append(texts, *r.Namespace)
		}
	}
	if r.Missing != "" || r.Provisional {
		texts = append(texts, "missing", r.Missing, "provisional", strconv.FormatBool(r.Provisional))
	}
	if refusal != nil {
		texts = []string{string(refusal.Code), refusal.Field, refusal.Detail.EN}
	}
	var b []byte
	for _, text := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	sum := sha256.Sum256(b)
	return sum[:]
}
