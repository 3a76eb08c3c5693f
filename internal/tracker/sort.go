package tracker

import (
	"cmp"
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/progress"
)

// SortBy is a figure that a list of progress is sorted by.
type SortBy string

// The figures; one that is undefined sorts last, whichever way.
const (
	ByCode       SortBy = "code" // plans, their tasks, and within a task by number
	ByName       SortBy = "name"
	ByPercent    SortBy = "percent"
	ByGap        SortBy = "gap" // due_gap
	ByDueOn      SortBy = "due_on"
	ByDaysLeft   SortBy = "days_left"
	ByHowBad     SortBy = "status"      // the worst first
	ByLastReport SortBy = "last_report" // when it was stored
	ByUpdated    SortBy = "updated_at"  // when the indicator was changed
)

// SortFigures lists the figures.
var SortFigures = []SortBy{ByCode, ByName, ByPercent, ByGap, ByDueOn, ByDaysLeft, ByHowBad, ByLastReport, ByUpdated}

// SortKey is one of the figures that a list is sorted by; those after it decide among equals.
type SortKey struct {
	By   SortBy
	Down bool // the largest first
}

// comparisons order progress by a figure, the smallest first. ByCode is the order that lists have
// before they are sorted. What has no such figure is told apart by without.
var comparisons = map[SortBy]struct {
	compare func(a, b IndicatorProgress) int
	without func(IndicatorProgress) bool
}{
	ByName: {compare: func(a, b IndicatorProgress) int { return cmp.Compare(a.Indicator.Name, b.Indicator.Name) }},
	ByPercent: {
		compare: func(a, b IndicatorProgress) int { return a.Result.Percent.Cmp(*b.Result.Percent) },
		without: func(p IndicatorProgress) bool { return p.Result.Percent == nil },
	},
	ByGap: {
		compare: func(a, b IndicatorProgress) int { return a.Result.DueGap.Cmp(*b.Result.DueGap) },
		without: func(p IndicatorProgress) bool { return p.Result.DueGap == nil },
	},
	ByDueOn: {compare: func(a, b IndicatorProgress) int {
		return cmp.Compare(a.Indicator.DueOn.String(), b.Indicator.DueOn.String())
	}},
	ByDaysLeft: {compare: func(a, b IndicatorProgress) int { return cmp.Compare(a.Result.DaysLeft, b.Result.DaysLeft) }},
	ByLastReport: {
		compare: func(a, b IndicatorProgress) int { return cmp.Compare(a.Last.ID, b.Last.ID) },
		without: func(p IndicatorProgress) bool { return p.Last == nil },
	},
	ByUpdated: {compare: func(a, b IndicatorProgress) int { return a.Indicator.UpdatedAt.Compare(b.Indicator.UpdatedAt) }},
}

// Severity lists the statuses of a profile, the worst first: what was missed, the classes from the
// last to the first, what is not known, and what is attained.
func Severity(profile progress.Profile) []progress.Status {
	order := []progress.Status{progress.Missed}
	for _, class := range slices.Backward(profile.Classes) {
		order = append(order, class.Status)
	}
	return append(order, progress.NoData, progress.NotComputable, progress.Attained)
}

// sortProgress sorts progress that stands in the order of the plans by the keys of a settled
// query; equals keep that order.
func (s *Service) sortProgress(ctx context.Context, items []IndicatorProgress, q ProgressQuery) error {
	if len(q.Sort) == 0 {
		return nil
	}
	profile, err := s.profileAt(ctx, q.At.AsOf)
	if err != nil {
		return err
	}
	severity := map[progress.Status]int{}
	for i, status := range Severity(profile.Profile) {
		severity[status] = i
	}
	place := make(map[string]int, len(items))
	for i, item := range items {
		place[item.Indicator.Code] = i
	}
	byKey := func(key SortKey, a, b IndicatorProgress) int {
		switch key.By {
		case ByCode:
			return turned(key.Down, cmp.Compare(place[a.Indicator.Code], place[b.Indicator.Code]))
		case ByHowBad:
			return turned(key.Down, cmp.Compare(severity[a.Result.Status], severity[b.Result.Status]))
		}
		figure := comparisons[key.By]
		if figure.without != nil {
			switch withoutA, withoutB := figure.without(a), figure.without(b); {
			case withoutA && withoutB:
				return 0
			case withoutA:
				return 1
			case withoutB:
				return -1
			}
		}
		return turned(key.Down, figure.compare(a, b))
	}
	slices.SortStableFunc(items, func(a, b IndicatorProgress) int {
		for _, key := range q.Sort {
			if order := byKey(key, a, b); order != 0 {
				return order
			}
		}
		return 0
	})
	return nil
}

func turned(down bool, order int) int {
	if down {
		return -order
	}
	return order
}
