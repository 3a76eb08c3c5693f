package tracker_test

import (
	"io"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// changing gives daily reports, and calls change before the row at a place.
type changing struct {
	codes  []string
	row    int
	at     int
	change func()
}

func (c *changing) Next() (tracker.Report, *fault.Fault, error) {
	const days = 366
	if c.row == len(c.codes)*days {
		return tracker.Report{}, nil, io.EOF
	}
	if c.row == c.at {
		c.change()
	}
	r := tracker.Report{
		Indicator: c.codes[c.row/days], Period: indicator.DateOf(2024, 1, 1).AddDays(c.row % days).String(), Value: "1",
	}
	c.row++
	return r, nil, nil
}

func TestRowsAreJudgedByTheIndicatorAsItIsWhenTheyAreStored(t *testing.T) {
	for _, mode := range []indicator.Mode{indicator.Partial, indicator.Atomic} {
		b := newBench(t)
		b.load("river", river)
		b.now = time.Date(2025, 1, 8, 0, 0, 0, 0, time.UTC)
		// The first thousand rows have been checked by then.
		all := &changing{codes: []string{"river-1-1", "river-3-1", "river-3-2"}, at: 1050, change: func() {
			_, err := b.ChangeIndicator(t.Context(), "river-1-1", 1, func(in *indicator.Indicator) error {
				in.Name, in.Target.Unit = "另一名称", quantity.MustUnit("万家")
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}}
		batch, w, err := b.ImportBatch(t.Context(), all, tracker.Intake{Mode: mode})
		if err != nil || batch.Tally.Stored != 3*366 {
			t.Fatalf("%s: %+v, %v", mode, batch.Tally, err)
		}
		w.Discard()
		current, err := b.db.Current(t.Context(), []string{"river-1-1"}, time.Time{})
		if ms := current["river-1-1"]; err != nil || len(ms) != 366 || ms[0].Unit.String() != "万家" {
			t.Errorf("%d reports, in the unit that the target has by now, %v", len(ms), err)
		}
	}
}
