package ledger

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// VerifyOptions say what a database is held against beside itself, and who hears how far
// the look has come.
type VerifyOptions struct {
	// Earlier is a hash of an entry in hex, which an earlier look gave, empty for none: it
	// must be in the chain still. With it even a chain that was made anew from some entry
	// on is found out.
	Earlier string
	// Heads were kept outside of the database: the chain must go on from each.
	Heads []indicator.KeptHead
	// Now is held against the moment that the ledger has come to; zero for no look at that.
	Now time.Time
	// Progress hears how much has been looked at of how much there is to look at, now and
	// then; nil for nobody.
	Progress func(done, of int64)
}

// Finding is something that is not as it was recorded.
type Finding struct {
	Kind string // what it is about: chain, measurement, state, indicator …
	Name string // which one: the code, the id, the number of the entry
	Says fault.Text
}

// mostFindings bounds how many findings of a kind are kept.
const mostFindings = 20

// Verification is what a look at all that decides a figure found.
type Verification struct {
	Entries      int64
	Measurements int64
	Hash         []byte // of the last entry: written down elsewhere, it shows later that nothing before was changed
	// Findings are the first of each kind; Found counts all of them by their kinds. Both
	// are empty when all is whole.
	Findings []Finding
	Found    map[string]int
	// Unproven says what was stored before there was a record to hold it against.
	Unproven []fault.Text
}

// Find notes that something is not as it was recorded.
func (v *Verification) Find(kind, name, zh, en string, args ...any) {
	if v.Found == nil {
		v.Found = map[string]int{}
	}
	v.Found[kind]++
	if v.Found[kind] <= mostFindings {
		v.Findings = append(v.Findings, Finding{kind, name, fault.Say(zh, en, args...)})
	}
}

// verifier is one look at a database, in one snapshot of it.
type verifier struct {
	Verification

	ctx     context.Context //nolint:containedctx // lives as long as the snapshot
	q       database.Querier
	options VerifyOptions
	head    head
	waiting map[string]bool // keys whose last entry is not in the chain yet
	done    int64           // of all, for Progress
	all     int64
}

// Verify looks, in one snapshot, at all that decides a figure: whether the audit chain is
// whole, and whether what is stored is what its entries hashed. It needs no lock, so that
// it can look at a database in use, and memory for a page at a time. It stops with its
// context.
func (l *Ledger) Verify(ctx context.Context, options VerifyOptions) (Verification, error) {
	tx, err := l.db.Reader().BeginTx(ctx, l.db.Snapshot())
	if err != nil {
		return Verification{}, l.db.Translate(ctx, err)
	}
	defer func() { _ = tx.Rollback() }()
	v := verifier{ctx: ctx, q: tx, options: options}
	err = v.run()
	return v.Verification, l.db.Translate(ctx, err)
}

// run takes the steps, each of which looks at one kind of record.
func (v *verifier) run() (err error) {
	if v.head, err = readLedger(v.q.QueryContext(v.ctx, "SELECT "+ledgerColumns+" FROM ledger WHERE id = 1")); err != nil {
		return err
	}
	for _, step := range []func() error{
		v.size, v.chain, v.heads, v.spoken, v.states, v.underWay, v.records, v.revocations, v.currents, v.externals, v.ledger, v.batches,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if v.options.Progress != nil {
		v.options.Progress(v.all, v.all)
	}
	return nil
}

// size is about how much there is to look at.
func (v *verifier) size() error {
	err := v.q.QueryRowContext(v.ctx, "SELECT (SELECT COUNT(*) FROM indicator_states) + (SELECT COUNT(DISTINCT name) FROM audited_records)").Scan(&v.all)
	v.all += v.head.auditSeq + v.head.measurementID
	return err
}

// unreadable says whether an error is about what a row holds, which is a finding then, and
// not about reading.
func (v *verifier) unreadable(err error) bool { return err != nil && v.ctx.Err() == nil }

// progressEvery is how many records are looked at before somebody hears of it.
const progressEvery = 1000

// step notes that records have been looked at.
func (v *verifier) step(records int64) {
	before := v.done
	v.done += records
	if v.options.Progress != nil && before/progressEvery != v.done/progressEvery {
		v.options.Progress(min(v.done, v.all), v.all)
	}
}
