package store

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// said is a period and basis under a sender's name for it.
type said struct {
	sourceKey
	key
}

// sayings are all figures that a source has sent for a period and basis.
type sayings []indicator.Measurement

func (s sayings) has(m indicator.Measurement) bool {
	return slices.ContainsFunc(s, func(one indicator.Measurement) bool { return sameAmount(m, one) })
}

// loadSaid reads, for rows whose period was taken back, what their sources have sent
// for it: none of it must come back by itself. There are few such rows.
func (w *writing) loadSaid(rows []indicator.Row) error {
	for _, r := range rows {
		m := r.Measurement
		t := w.targets[m.Indicator]
		if t == nil || m.SourceID == "" || r.Refusal != nil {
			continue
		}
		newest := t.state.of(key{m.Period, m.Basis})
		of := said{sourceKey{t.id, m.SourceID}, key{m.Period, m.Basis}}
		if _, loaded := w.said[of]; loaded || newest == nil || newest.retracts == 0 {
			continue
		}
		found, err := w.conn.tx.QueryContext(w.ctx, "SELECT "+measurementColumns+" FROM measurements m"+joinReporter+
			"WHERE m.source_id = $1 AND m.indicator_id = $2 AND m.period = $3 AND m.basis = $4 ORDER BY m.id",
			m.SourceID, t.id, m.Period.String(), string(m.Basis))
		if err != nil {
			return err
		}
		list := sayings{}
		err = eachRow(found, func() error {
			one, err := scanMeasurement(found)
			list = append(list, one.measurement(t.code))
			return err
		})
		if err != nil {
			return err
		}
		w.said[of] = list
	}
	return nil
}
