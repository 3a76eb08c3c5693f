package ledger

import (
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Watcher is told of every commit of measurements: how long it took to make what was judged
// durable, and what became of the reports in it. A report that comes alone and is refused is
// answered with a problem and leaves nothing to commit, so it is not counted here; refused
// rows of a batch are.
type Watcher interface {
	Committed(took time.Duration, reports indicator.Tally)
}

// Watch lets one watcher be told from now on.
func (l *Ledger) Watch(w Watcher) { l.watcher.Store(&w) }

// Waiting is how many single reports wait for the writer, of MostWaiting that can.
func (l *Ledger) Waiting() int { return len(l.queue) }

// told tells the watcher, if there is one, of a commit that began at a moment.
func (l *Ledger) told(began time.Time, reports indicator.Tally) {
	if w := l.watcher.Load(); w != nil {
		(*w).Committed(time.Since(began), reports)
	}
}

// without is what one tally counts beyond another.
func without(t, before indicator.Tally) indicator.Tally {
	return indicator.Tally{
		Rows: t.Rows - before.Rows, Stored: t.Stored - before.Stored, Revised: t.Revised - before.Revised,
		Unchanged: t.Unchanged - before.Unchanged, Superseded: t.Superseded - before.Superseded, Refused: t.Refused - before.Refused,
	}
}
