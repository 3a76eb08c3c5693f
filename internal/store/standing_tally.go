package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// betweenTallies parts tallies: a call into the database for each of hundreds of thousands of
// rows would cost more than all of the counting, so that those of a plan come as one text.
const betweenTallies = "\x1e"

// EachTally visits the standings that a query selects in the order of the plans, at one
// moment of the database; sorts and pages of the query are ignored. Before that it tells the
// others, selected or not: indicators whose standing is not known. It is false where those
// are too many: then nothing was told or visited.
func (s *Store) EachTally(ctx context.Context, visible indicator.Visibility, q progress.StandingQuery, others func([]int64) error, visit func(progress.Tally) error) (known bool, err error) {
	err = s.db.Read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		ids, err := unsettled(tx, q)
		if err != nil {
			return err
		}
		if known = len(ids) <= q.MostUnsettled; !known {
			return nil
		}
		if err := others(ids); err != nil {
			return err
		}
		view, err := s.viewAt(tx, q.AsOf)
		if err != nil {
			return err
		}
		selected, err := s.standingsSelected(tx, visible, q, ids)
		if err != nil {
			return err
		}
		rows, err := selected.Select("MIN(s.plan), s.plan_id, string_agg(s.tally, '" + betweenTallies + "' ORDER BY s.task_place, s.indicator_id)").
			Group("s.plan_id").Order("s.plan_id").Rows() //nolint:rowserrcheck // EachRow does
		if err != nil {
			return err
		}
		return database.EachRow(rows, func() error {
			var plan, tallies string
			var place int64
			if err := rows.Scan(&plan, &place, &tallies); err != nil {
				return err
			}
			for text := range strings.SplitSeq(tallies, betweenTallies) {
				t, err := progress.ReadTally(text, view.Agency)
				if err != nil {
					return err
				}
				t.Plan, t.Place.Plan = plan, place
				if err := visit(t); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}, s.db.Snapshot())
	return known, s.db.Translate(ctx, err)
}
