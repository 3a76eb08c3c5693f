package indicator

import (
	"cmp"
	"slices"
)

// Nearest are up to n of the names that a name may be misspelled for, the nearest
// first: those that share at least half of the longer one's characters in their
// order.
func Nearest(name string, among []string, n int) []string {
	type candidate struct {
		name  string
		apart int // characters that one has and the other has not
	}
	var near []candidate
	wanted := []rune(name)
	for _, other := range among {
		runes := []rune(other)
		common := shared(wanted, runes)
		if longer := max(len(wanted), len(runes)); 2*common >= longer {
			near = append(near, candidate{other, len(wanted) + len(runes) - 2*common})
		}
	}
	slices.SortFunc(near, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(a.name, b.name)) })
	near = slices.Compact(near)
	names := make([]string, min(n, len(near)))
	for i := range names {
		names[i] = near[i].name
	}
	return names
}

// shared is the length of the longest text that both contain, with gaps.
func shared(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0 // of the row above, one to the left
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			before = above
		}
	}
	return row[len(b)]
}
