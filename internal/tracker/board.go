package tracker

import (
	"cmp"
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Order is how a list of progress is sorted.
type Order string

// The orders; a figure that is undefined sorts last.
const (
	ByPlan        Order = "code" // plans, their tasks, and within a task by number
	ByPercent     Order = "percent"
	ByPercentDown Order = "-percent"
	ByGap         Order = "gap"
	ByGapDown     Order = "-gap"
	ByDueOn       Order = "due_on"
)

// Orders lists the orders.
var Orders = []Order{ByPlan, ByPercent, ByPercentDown, ByGap, ByGapDown, ByDueOn}

// ProgressQuery selects and sorts the progress of many indicators.
type ProgressQuery struct {
	Query  indicator.Query // Page and States are ignored
	Status progress.Status // empty: all
	At     Moment
	// Settled says that At is the moment of an earlier list.
	Settled bool
	Order   Order // empty: ByPlan
}

// ProgressList is the progress of many indicators at one settled moment.
type ProgressList struct {
	At    Moment
	Items []IndicatorProgress
}

// ProgressOfMany computes the progress of every indicator that the query
// selects and that is confirmed, at the moment whose knowledge is used, sorted.
// The list's moment reproduces the same list later. It refuses a status that
// the profile does not give.
func (s *Service) ProgressOfMany(ctx context.Context, q ProgressQuery) (ProgressList, error) {
	ins, at, err := s.selected(ctx, q)
	if err != nil {
		return ProgressList{}, err
	}
	items, err := s.progressOfAll(ctx, ins, at)
	if err != nil {
		return ProgressList{}, err
	}
	if q.Status != "" {
		items = slices.DeleteFunc(items, func(p IndicatorProgress) bool { return p.Result.Status != q.Status })
	}
	sortProgress(items, q.Order)
	return ProgressList{At: at, Items: items}, nil
}

// selected are the confirmed indicators that a query selects, as they were at its moment, in the
// order of the plans, and that moment settled. It refuses a status that the profile does not give.
func (s *Service) selected(ctx context.Context, q ProgressQuery) ([]indicator.Indicator, Moment, error) {
	at, err := s.settleList(ctx, q)
	if err != nil {
		return nil, at, err
	}
	q.Query.Page, q.Query.States = indicator.Page{}, []indicator.State{indicator.Confirmed}
	profile, err := s.profileAt(ctx, at.AsOf)
	if err != nil {
		return nil, at, err
	}
	if err := checkStatus(q.Status, profile.Profile); err != nil {
		return nil, at, err
	}
	if q.Query.DutiesAt, err = s.dutiesAt(ctx, at); err != nil {
		return nil, at, err
	}
	ins, err := s.figures.IndicatorsAsOf(ctx, access.Visibility(ctx), q.Query, at.AsOf)
	return ins, at, err
}

// settleList is the settled moment of a list. That of an earlier one is as it was, and
// the ledger has come to it by now.
func (s *Service) settleList(ctx context.Context, q ProgressQuery) (Moment, error) {
	if !q.Settled {
		return s.settle(ctx, q.At)
	}
	head, err := s.head(ctx)
	if err == nil && q.At.AsOf.After(head.Moment) {
		err = fault.Newf(fault.InvalidParameter, "游标无效，请使用上一页返回的 next_cursor", "the cursor is not valid; use the next_cursor of the page before").At("cursor")
	}
	return q.At, err
}

func checkStatus(status progress.Status, profile progress.Profile) error {
	if status == "" {
		return nil
	}
	if _, err := indicator.ParseWord(string(status), profile.Statuses()); err != nil {
		return fault.New(fault.InvalidParameter, fault.From(err).Detail).At("status")
	}
	return nil
}

func sortProgress(items []IndicatorProgress, order Order) {
	figure := map[Order]func(progress.Result) *quantity.Number{
		ByPercent:     func(r progress.Result) *quantity.Number { return r.Percent },
		ByPercentDown: func(r progress.Result) *quantity.Number { return r.Percent },
		ByGap:         func(r progress.Result) *quantity.Number { return r.DueGap },
		ByGapDown:     func(r progress.Result) *quantity.Number { return r.DueGap },
	}[order]
	switch {
	case figure != nil:
		down := order[0] == '-'
		slices.SortStableFunc(items, func(a, b IndicatorProgress) int {
			return compareFigures(figure(a.Result), figure(b.Result), down)
		})
	case order == ByDueOn:
		slices.SortStableFunc(items, func(a, b IndicatorProgress) int {
			return cmp.Compare(a.Indicator.DueOn.String(), b.Indicator.DueOn.String())
		})
	}
}

func compareFigures(a, b *quantity.Number, down bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	case down:
		return b.Cmp(*a)
	}
	return a.Cmp(*b)
}
