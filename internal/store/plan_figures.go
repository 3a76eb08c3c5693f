package store

import (
	"context"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AgencyHolders returns who had the duties of agencies on a day, by its last moment, as known at
// another, by the ids of the agencies.
func (s *Store) AgencyHolders(ctx context.Context, ids []int64, asOf, at time.Time) (map[int64]indicator.AgencyRef, error) {
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewAt(tx, asOf)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	view.At = at
	holders := make([]int64, len(ids))
	for i, id := range ids {
		holders[i] = view.Holder(view.Agency(id))
	}
	refs, err := view.refs(tx, distinct(slices.Clone(holders)))
	held := make(map[int64]indicator.AgencyRef, len(ids))
	for i, id := range ids {
		held[id] = refs[holders[i]]
	}
	return held, s.db.Translate(ctx, err)
}

// TaskAgencies returns the ids of the names of agencies that the tasks of a version of a plan
// write, rising.
func (s *Store) TaskAgencies(ctx context.Context, plan string, version int) ([]int64, error) {
	var ids []int64
	err := s.db.Read.WithContext(ctx).Table("task_agencies AS a").Joins("JOIN tasks t ON t.id = a.task_id").
		Where("t.plan = ? AND t.version = ?", plan, version).Distinct("a.name_id").Order("a.name_id").Pluck("a.name_id", &ids).Error
	return ids, s.db.Translate(ctx, err)
}

// PlanIndicators returns the ids of the indicators of a plan after one, whatever their state, rising, at
// most so many.
func (s *Store) PlanIndicators(ctx context.Context, plan string, after int64, limit int) ([]int64, error) {
	var ids []int64
	err := s.db.Read.WithContext(ctx).Table("indicators").Where("plan = ? AND id > ?", plan, after).Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, s.db.Translate(ctx, err)
}
