package indicator

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Mode says what a refused row does to the others that came with it.
type Mode string

// The modes.
const (
	Atomic  Mode = "atomic"  // all rows are stored, or none
	Partial Mode = "partial" // every row stands for itself
)

// Modes lists the modes.
var Modes = []Mode{Atomic, Partial}

// MostRowsInOne is how many rows a batch in one transaction, or a dry run, may have, which
// bounds the memory for it and the time that other writers wait for it.
const MostRowsInOne = 1_000_000

// Row is one measurement that is handed in, or the refusal of what could not
// become one.
type Row struct {
	Measurement Measurement
	Version     int          // of the indicator that the measurement was checked against; 0 when it was not
	Refusal     *fault.Fault // nil unless the row is refused already
	// Replaces is the ID of the measurement that the row is to take the place of, as
	// the sender knows it; 0 where none is named.
	Replaces int64
	// Apart is set for a target for each period: its totals are not held against each
	// other by CheckSameEnd.
	Apart bool
	// Cycle is the cycle that the report counts for; one without a plan never locks.
	Cycle RowCycle
	// Refuse is asked where the row is stored, beside the newest reports of its
	// indicator; nil lets every row pass.
	Refuse func(existing []Measurement) error
	// Again checks the row anew, against the version that is current where it is stored;
	// nil where a row that was checked against another is refused.
	Again func(current Indicator) Row
	// Cautions is asked once for each indicator of a portion of a batch, after it:
	// what its newest reports give rise to, by ID.
	Cautions func(current []Measurement) map[int64][]string
	Content  []byte // hash of what was sent as the row; only where the batch has an Idempotency-Key
	Origin   Origin
}

// RowCycle is a cycle of a plan as far as a profile tells of it.
type RowCycle struct {
	Plan   string
	Period Period
	// LocksOn is the last day to report; zero where nobody has to by then.
	LocksOn Date
	Today   Date
}

// Origin says where a row of a batch stood and what it speaks of, as it was sent.
// What is not known, or makes no sense for the form that was sent, is zero.
type Origin struct {
	Sheet     string       // of a workbook
	Line      int64        // row of the sheet or line of the file, from 1
	Indicator string       // the code
	External  ExternalCode // the code of another system that named it; zero without one
}

// Where says where a row stands, in words: in its file where that has lines, else among
// the rows, from 1.
func (o Origin) Where(row int64) fault.Text {
	switch {
	case o.Sheet != "":
		return fault.Text{ZH: fmt.Sprintf("工作表“%s”第 %d 行", o.Sheet, o.Line), EN: fmt.Sprintf("line %d of sheet %q", o.Line, o.Sheet)}
	case o.Line > 0:
		return fault.Text{ZH: fmt.Sprintf("文件第 %d 行", o.Line), EN: fmt.Sprintf("line %d", o.Line)}
	}
	return fault.Text{ZH: fmt.Sprintf("第 %d 行", row), EN: fmt.Sprintf("row %d", row)}
}

// Receipt says what became of one row.
type Receipt struct {
	Outcome     Outcome
	Measurement Measurement // as it is stored, or stands; of a batch only ID and Revision; zero when refused
	// Vacant is set where the row is Superseded and nothing stands for its period and
	// basis: the measurement is the retraction.
	Vacant   bool
	Refusal  *fault.Fault // nil unless refused
	Cautions []string     // of the row of a batch: what it gives rise to
	Origin   Origin       // of the row of a batch
	// Current are the inputs of the indicator's progress after the row, as
	// Store.Current gives them. Not set for the rows of a batch.
	Current []Measurement
	At      time.Time // the moment at which Current is all that is known
	Profile int       // the newest version of the profile then; of a replay 0
}

// Remark says of a row that was superseded what it gave way to and what to do; it is
// zero for other outcomes.
func (r Receipt) Remark() fault.Text {
	switch {
	case r.Outcome != Superseded:
		return fault.Text{}
	case r.Measurement.ID == 0: // of a dry run: it would be another row's
		return fault.Say("不保存：该来源编号所报已被更正", "not stored: what this source_id said is corrected by another row")
	case r.Vacant:
		return fault.Say(
			"未保存：该来源编号所报已被撤回，该报告期现无实绩；如确要恢复，请在 replaces 中写明撤回记录 %d",
			"not stored: what this source_id said was taken back, and nothing stands for the period now; to bring it back, name the retraction %d in replaces",
			r.Measurement.ID)
	}
	return fault.Say(
		"未保存：该来源编号所报已由实绩 %[1]d 更正；如确要取代，请在 replaces 中写明 %[1]d",
		"not stored: what this source_id said was corrected by the measurement %[1]d, which stands; to take its place, name %[1]d in replaces",
		r.Measurement.ID)
}

// Tally counts rows by what became of them.
type Tally struct {
	Rows, Stored, Revised, Unchanged, Superseded, Refused int64
}

// Count adds one row.
func (t *Tally) Count(o Outcome) {
	t.Rows++
	switch o {
	case Stored:
		t.Stored++
	case Revised, Retracted:
		t.Revised++
	case Unchanged:
		t.Unchanged++
	case Superseded:
		t.Superseded++
	case Refused:
		t.Refused++
	case NotStored:
	}
}

// BatchState says how far a batch has come.
type BatchState string

// The states of a batch.
const (
	BatchRunning BatchState = "running" // also of a batch that was cut short: what it counts is stored
	BatchDone    BatchState = "done"
	BatchRefused BatchState = "refused" // atomic, with a refused row: nothing was stored
)

// Batch (批次) is many measurements that were handed in together.
type Batch struct {
	ID        string
	ActorKey  string // of who handed it in
	Mode      Mode
	DryRun    bool     // nothing was stored, and the batch cannot be read again
	Unread    []string // sheets of a workbook that were not read; known while it is answered
	State     BatchState
	Tally     Tally
	CreatedAt time.Time
	UpdatedAt time.Time
}

// AuditEntry is one link of the audit chain.
type AuditEntry struct {
	Seq     int64
	At      time.Time
	Actor   Actor
	Action  string // "measurement.stored", "plan.imported", …
	Target  string // code of the plan or indicator, "batch:ID", …
	FirstID int64  // first measurement that was written, 0 when none was
	LastID  int64
	Before  []byte // SHA-256 of what was replaced; empty when nothing was
	After   []byte // SHA-256 of what was written
	Records []byte // SHA-256 over the hashes of the records that were written; empty when none was
	Hash    []byte // SHA-256 over the entry before and this one
}

// AuditHead is where the audit chain ends and what is stored with its last entry: whoever
// keeps one elsewhere can tell later whether the chain goes on from there.
type AuditHead struct {
	Seq             int64     // of the last entry; 0 where there is none
	Hash            []byte    // SHA-256 of the last entry; empty where there is none
	Moment          time.Time // the last that the ledger gave
	LastMeasurement int64     // the last id that a measurement or retraction got
	Plans           int64
	Indicators      int64
}

// KeptHead is what a line of heads says that were kept outside of the database.
type KeptHead struct {
	Line int // counted from 1
	Head AuditHead
	// Fault is why the line is no head that a trusted key signed; nil where it is one.
	Fault *fault.Fault
}

// AuditQuery selects audit entries; a zero field selects all.
type AuditQuery struct {
	ActorKey string
	Action   string
	Target   string
	From, To time.Time
	Page     Page
}

// BatchWriter takes the rows of one batch, in order and some at a time, so that
// a batch of any length takes little memory.
type BatchWriter interface {
	// Portion is how many rows are best written at a time.
	Portion() int
	// Write judges rows and, with Partial, stores them durably.
	Write(ctx context.Context, rows []Row) error
	// Close ends the batch: with Atomic it stores all rows or none, durably. It
	// says what became of the batch.
	Close(ctx context.Context) (Batch, error)
	// Receipts visits the receipt of every row in order, rows from 1.
	Receipts(visit func(row int64, r Receipt) error) error
	// Discard frees what the writer holds, and undoes what is not stored yet.
	// It may be called more than once, and after Close.
	Discard()
}

// ErrGaveWay is the cause of the failure of a batch with Atomic whose writer gave way to
// something urgent. Nothing is stored, and the batch may be written again at once.
var ErrGaveWay = errors.New("the batch gave way")

// RowReceipt is the receipt of one row of a batch, rows from 1.
type RowReceipt struct {
	Row int64
	Receipt
}
