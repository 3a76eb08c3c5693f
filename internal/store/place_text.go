package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// placeTexts reads what plans call places of theirs; the two gaps are the places and how a
// version of a plan is chosen.
const placeTexts = `WITH wanted (plan, task, section) AS (VALUES %s)
SELECT w.plan, w.task, w.section, v.title AS plan_title, COALESCE(t.title, '') AS task_title, COALESCE(s.heading, '') AS heading
  FROM wanted w JOIN plans p ON p.code = w.plan %s
  LEFT JOIN tasks t ON t.plan = p.code AND t.version = v.version AND t.number = w.task
  LEFT JOIN sections s ON s.plan = p.code AND s.version = v.version AND s.number = w.section`

// PlaceTexts returns the titles of plans and their tasks and the headings of their sections, as they
// were at a moment (zero: now), by place. What a plan did not have then is empty.
func (s *Store) PlaceTexts(ctx context.Context, places []indicator.PlanPlace, asOf time.Time) (map[indicator.PlanPlace]indicator.PlaceText, error) {
	texts := make(map[indicator.PlanPlace]indicator.PlaceText, len(places))
	var distinct []indicator.PlanPlace
	for _, at := range places {
		if _, met := texts[at]; !met {
			texts[at], distinct = indicator.PlaceText{}, append(distinct, at)
		}
	}
	for part := range slices.Chunk(distinct, database.ChunkSize) {
		var values []string
		var args []any
		for _, at := range part {
			values = append(values, "(?, ?, "+strconv.Itoa(at.Section)+")")
			args = append(args, at.Plan, at.Task)
		}
		join := planCurrent
		if !asOf.IsZero() {
			join, args = planAsOf, append(args, database.MomentOf(asOf))
		}
		var rows []struct {
			Place indicator.PlanPlace `gorm:"embedded"`
			Text  indicator.PlaceText `gorm:"embedded"`
		}
		query := strings.Replace(strings.Replace(placeTexts, "%s", strings.Join(values, ", "), 1), "%s", join, 1)
		if err := s.db.Read.WithContext(ctx).Raw(query, args...).Scan(&rows).Error; err != nil {
			return nil, s.db.Translate(ctx, err)
		}
		for _, r := range rows {
			texts[r.Place] = r.Text
		}
	}
	return texts, nil
}
