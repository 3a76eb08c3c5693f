package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// markedRow is an indicator whose standing is to be made.
type markedRow struct {
	IndicatorID int64
	Since       int64
	Marked      bool
}

// Unjudged are some indicators whose standing does not follow from what is known, or does not
// speak for a day; as many as it is told to read.
func (s *Store) Unjudged(ctx context.Context, on indicator.Date, most int) (list []indicator.Unjudged, err error) {
	tx := s.db.Read.WithContext(ctx)
	marked, err := unjudged(tx, on, most)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	list, err = s.unjudgedOf(tx, marked)
	return list, s.db.Translate(ctx, err)
}

// unjudgedOf reads what standings are made of, but for reports.
func (s *Store) unjudgedOf(tx *gorm.DB, marked []markedRow) ([]indicator.Unjudged, error) {
	seen := make(map[int64]markedRow, len(marked))
	ids := make([]int64, len(marked))
	for i, m := range marked {
		ids[i], seen[m.IndicatorID] = m.IndicatorID, m
	}
	found, err := placedIndicators(tx, ids)
	if err != nil {
		return nil, err
	}
	names, err := namesOfAgencies(tx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]indicator.Unjudged, len(found))
	for i, f := range found {
		of := names[versionKey{f.Found.ID, f.Found.Version.Version}]
		list[i] = indicator.Unjudged{
			Placed: indicator.Placed{Indicator: f.Found.indicator(), Place: f.place()}, ID: f.Found.ID,
			LeadNames: of[indicator.Lead], ParticipatingNames: of[indicator.Participating], Since: time.UnixMicro(seen[f.Found.ID].Since).UTC(), Marked: seen[f.Found.ID].Marked,
		}
	}
	return list, nil
}

// unjudged are indicators whose standing is stale, or not for a day.
func unjudged(tx *gorm.DB, on indicator.Date, most int) (marked []markedRow, err error) {
	for _, find := range []*gorm.DB{
		tx.Table("stale_standings").Select("indicator_id, since, TRUE AS marked").Order("indicator_id"),
		tx.Table("standings").Select("indicator_id, since, FALSE AS marked").Where("good_until < ?", database.Day{Date: on}).Order("good_until"),
		tx.Table("standings").Select("indicator_id, since, FALSE AS marked").Where("good_from > ?", database.Day{Date: on}).Order("good_from"),
	} {
		var some []markedRow
		if err := find.Limit(most - len(marked)).Find(&some).Error; err != nil {
			return nil, err
		}
		for _, m := range some {
			if !slices.ContainsFunc(marked, func(other markedRow) bool { return other.IndicatorID == m.IndicatorID }) {
				marked = append(marked, m)
			}
		}
		if len(marked) >= most {
			break
		}
	}
	return marked, nil
}

// placedIndicator is the current version of an indicator with its place.
type placedIndicator struct {
	Found foundIndicator `gorm:"embedded"`

	PlanPlace int64
	TaskPlace int64
}

func (p placedIndicator) place() indicator.Place {
	return indicator.Place{Plan: p.PlanPlace, Task: p.TaskPlace, Indicator: p.Found.ID}
}

const placedColumns = foundColumns + ", p.id AS plan_place, COALESCE(k.id, t.id) AS task_place"

func placedIndicators(tx *gorm.DB, ids []int64) (all []placedIndicator, err error) {
	for part := range slices.Chunk(ids, database.ChunkSize) {
		var found []placedIndicator
		err := tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask).Joins(placeCurrent).
			Where("i.id IN ?", part).Order("i.id").Select(placedColumns).Find(&found).Error
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// versionKey is a version of an indicator.
type versionKey struct {
	id      int64
	version int
}

// namesOfAgencies are the names of the agencies of all versions of indicators, in their order.
func namesOfAgencies(tx *gorm.DB, ids []int64) (map[versionKey]map[indicator.Role][]int64, error) {
	names := make(map[versionKey]map[indicator.Role][]int64, len(ids))
	for part := range slices.Chunk(ids, database.ChunkSize) {
		var rows []indicatorAgencyRow
		if err := tx.Where("indicator_id IN ?", part).Order("indicator_id, version, role, ordinal").Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			of := versionKey{r.IndicatorID, r.Version}
			if names[of] == nil {
				names[of] = map[indicator.Role][]int64{}
			}
			names[of][r.Assignment.Role] = append(names[of][r.Assignment.Role], r.Assignment.NameID)
		}
	}
	return names, nil
}

// KeptStandings lists standings that are kept and not to be made anew, by the ids of their
// indicators, after one of these: what each was made of, and the first day it speaks for.
func (s *Store) KeptStandings(ctx context.Context, after int64, most int) ([]indicator.Standing, error) {
	tx := s.db.Read.WithContext(ctx)
	var kept []struct {
		IndicatorID int64
		Since       int64
		GoodFrom    database.Day
	}
	err := tx.Table("standings AS s").Select("indicator_id, since, good_from").
		Where("indicator_id > ? AND NOT EXISTS (SELECT 1 FROM stale_standings x WHERE x.indicator_id = s.indicator_id)", after).
		Order("indicator_id").Limit(most).Find(&kept).Error
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	marked, days := make([]markedRow, len(kept)), make(map[int64]indicator.Date, len(kept))
	for i, k := range kept {
		marked[i], days[k.IndicatorID] = markedRow{IndicatorID: k.IndicatorID, Since: k.Since}, k.GoodFrom.Date
	}
	made, err := s.unjudgedOf(tx, marked)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	list := make([]indicator.Standing, len(made))
	for i, u := range made {
		list[i] = indicator.Standing{Unjudged: u, GoodFrom: days[u.ID]}
	}
	return list, nil
}

// SettledIndicators are the current versions of indicators, by their ids, with their agencies as
// of a moment, in no order.
func (s *Store) SettledIndicators(ctx context.Context, ids []int64, asOf time.Time) ([]indicator.Indicator, error) {
	tx := s.db.Read.WithContext(ctx)
	var all []indicator.Indicator
	for part := range slices.Chunk(ids, database.ChunkSize) {
		found, err := findIndicators(tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask).Where("i.id IN ?", part))
		if err != nil {
			return nil, s.db.Translate(ctx, err)
		}
		ins, err := s.withAgencies(tx, found, asOf)
		if err != nil {
			return nil, s.db.Translate(ctx, err)
		}
		all = append(all, ins...)
	}
	return all, nil
}
