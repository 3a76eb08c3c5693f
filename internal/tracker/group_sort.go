package tracker

import (
	"cmp"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

// GroupSortBy is what the groups of a summary may be sorted by.
type GroupSortBy string

// The sorts of groups. What is undefined comes last, whichever way.
const (
	GroupsByGap     GroupSortBy = "gap"     // the least due gap in the group
	GroupsByPercent GroupSortBy = "percent" // the mean of the defined percents
	GroupsByCount   GroupSortBy = "count"
)

// GroupSortsBy lists the sorts of groups.
var GroupSortsBy = []GroupSortBy{GroupsByGap, GroupsByPercent, GroupsByCount}

// GroupSort is one of the keys that groups are sorted by; those after it decide among equals.
type GroupSort struct {
	By   GroupSortBy
	Down bool // the largest first
}

// compareGroups is negative where a comes before b.
func compareGroups(by []GroupSort, a, b *Counts) int {
	for _, key := range by {
		x, y := a.sortKey(key.By), b.sortKey(key.By)
		order := cmp.Compare(x, y)
		switch {
		case order == 0:
			continue
		case x == "":
			return 1
		case y == "":
			return -1
		case key.Down:
			return -order
		}
		return order
	}
	return 0
}

// sortKey is a text that sorts as what a group is sorted by; empty for what is undefined.
func (f *Counts) sortKey(by GroupSortBy) string {
	switch by {
	case GroupsByGap:
		if len(f.Worst) > 0 {
			return f.Worst[0].gapKey
		}
	case GroupsByPercent:
		if f.MeanPercent != nil {
			return f.MeanPercent.SortKey()
		}
	case GroupsByCount:
		return quantity.FromInt(int64(f.Count)).SortKey()
	}
	return ""
}
