package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// RowTexts are what rows of progress need of the store beside the progress.
type RowTexts interface {
	// PlaceTexts returns the words of plans as they were at a moment, by plan, task and section.
	PlaceTexts(ctx context.Context, places []indicator.PlanPlace, asOf time.Time) (map[indicator.PlanPlace]indicator.PlaceText, error)
	// AgenciesOf returns the agencies that sent measurements, by the ids of these; a
	// measurement of nobody's is left out.
	AgenciesOf(ctx context.Context, measurements []int64) (map[int64]string, error)
}

// ProgressRow is a progress with what is written elsewhere of its indicator and its reports.
type ProgressRow struct {
	IndicatorProgress
	Text indicator.PlaceText
	// LastAgency is who sent the newest of the reports that stand; empty for nobody known.
	LastAgency string
}

// Rows adds to progress what stands elsewhere, of its own moment, which all of it shares. It
// asks the store once for all.
func (s *Service) Rows(ctx context.Context, items []IndicatorProgress) ([]ProgressRow, error) {
	if len(items) == 0 {
		return nil, nil
	}
	places := make([]indicator.PlanPlace, len(items))
	var last []int64
	for i, item := range items {
		places[i] = item.Indicator.Place()
		if item.Last != nil {
			last = append(last, item.Last.ID)
		}
	}
	texts, err := s.rowTexts.PlaceTexts(ctx, places, items[0].AsOf)
	if err != nil {
		return nil, err
	}
	senders, err := s.rowTexts.AgenciesOf(ctx, last)
	if err != nil {
		return nil, err
	}
	rows := make([]ProgressRow, len(items))
	for i, item := range items {
		rows[i] = ProgressRow{IndicatorProgress: item, Text: texts[places[i]]}
		if item.Last != nil {
			rows[i].LastAgency = senders[item.Last.ID]
		}
	}
	return rows, nil
}

// newest is the report that was stored last; nil for none.
func newest(reports []indicator.Measurement) *indicator.Measurement {
	var last *indicator.Measurement
	for i := range reports {
		if last == nil || reports[i].ID > last.ID {
			last = &reports[i]
		}
	}
	return last
}

// periodsOfReports counts the periods that reports are of.
func periodsOfReports(reports []indicator.Measurement) int {
	periods := make(map[indicator.Period]bool, len(reports))
	for _, m := range reports {
		periods[m.Period] = true
	}
	return len(periods)
}
