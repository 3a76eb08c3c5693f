package httpapi

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// measurementRows makes the rows of a list of measurements.
type measurementRows struct {
	feed FeedReader
	keys bool // whether the caller may learn the ids of keys
	// replaced adds what a revision took the place of.
	replaced bool
}

// measurementRows adds what was replaced where revisions are asked for, or the field is.
func (s *server) measurementRows(c echo.Context, selected indicator.MeasurementSelection, fields fieldSet) measurementRows {
	asked := fields == nil && selected.Revised != nil && *selected.Revised || slices.Contains(fields.names(), "replaced")
	return measurementRows{feed: s.feed, keys: seesKeys(c), replaced: asked}
}

// optional are the fields that the rows have beside what all have.
func (r measurementRows) optional() []string {
	if r.replaced {
		return []string{"replaced"}
	}
	return nil
}

func (r measurementRows) rows(ctx context.Context, ms []indicator.Measurement) ([]v1.Measurement, error) {
	rows := each(ms, func(m indicator.Measurement) v1.Measurement { return wireMeasurement(m, r.keys) })
	var revisions []int64
	for _, m := range ms {
		if r.replaced && m.Revision > 1 {
			revisions = append(revisions, m.ID)
		}
	}
	if len(revisions) == 0 {
		return rows, nil
	}
	replaced, err := r.feed.Replaced(ctx, revisions)
	for i, m := range ms {
		if before, has := replaced[m.ID]; has {
			was := wireMeasurement(before, false)
			rows[i].Replaced = &v1.ReplacedMeasurement{ID: was.ID, Value: was.Value, Unit: was.Unit, Missing: was.Missing, Note: was.Note}
		}
	}
	return rows, err
}
