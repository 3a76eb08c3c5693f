package amendment

import (
	"slices"
	"strings"
)

const (
	// maxLines bounds the texts whose paragraphs are compared; the longest plans have some thousands.
	maxLines = 100_000
	// maxDepth bounds how often a stretch is divided at lines that only it has once: each round
	// reads the stretch again, and a hostile text could ask for as many rounds as it has lines.
	maxDepth = 48
	// maxTable bounds the table over the lines of a stretch that has no such lines.
	maxTable = 250_000
	// maxPairing bounds the bytes that are read to find which paragraphs belong together.
	maxPairing = 4 << 20
)

// Edit replaces paragraphs [BeforeStart, BeforeEnd) of the older text by [AfterStart, AfterEnd) of
// the newer one. Between two edits both texts are the same.
type Edit struct{ BeforeStart, BeforeEnd, AfterStart, AfterEnd int }

// Row is a paragraph opposite to what has become of it. Nil is none.
type Row struct {
	Unchanged     int // paragraphs alike since the row before
	Before, After *string
}

// Texts are two texts side by side.
type Texts struct {
	Rows      []Row
	More      int // rows beyond the bounds
	Unchanged int // paragraphs alike after the last of Rows
}

// CompareTexts lays the paragraphs of two texts side by side: the first rows that differ, at most
// so many, with at most so many bytes of text. It reports false when a text has too many lines.
func CompareTexts(before, after string, rows, size int) (Texts, bool) {
	if strings.Count(before, "\n") > maxLines || strings.Count(after, "\n") > maxLines {
		return Texts{}, false
	}
	a, b := Paragraphs(before), Paragraphs(after)
	var shown Texts
	at, budget := 0, maxPairing
	for _, e := range Edits(a, b) {
		shown.Unchanged += e.BeforeStart - at
		at = e.BeforeEnd
		for _, row := range sideBySide(a[e.BeforeStart:e.BeforeEnd], b[e.AfterStart:e.AfterEnd], &budget) {
			size -= row.size()
			if shown.More > 0 || len(shown.Rows) == rows || size < 0 {
				shown.More++
				continue
			}
			row.Unchanged, shown.Unchanged = shown.Unchanged, 0
			shown.Rows = append(shown.Rows, row)
		}
	}
	shown.Unchanged += len(a) - at
	return shown, true
}

func (r Row) size() int {
	n := 0
	for _, text := range []*string{r.Before, r.After} {
		if text != nil {
			n += len(*text)
		}
	}
	return n
}

// Paragraphs are the lines of a text that are not blank, without the blanks around them.
func Paragraphs(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// Edits find what makes one list of paragraphs of another, in their order. Both are divided at the
// paragraphs that they have once each (patience diff), the stretches in between again, and short
// stretches without any by their longest common subsequence. What is beyond the bounds is replaced whole.
func Edits(before, after []string) []Edit {
	ids := map[string]int{}
	number := func(list []string) []int {
		out := make([]int, len(list))
		for i, p := range list {
			id, known := ids[p]
			if !known {
				id = len(ids)
				ids[p] = id
			}
			out[i] = id
		}
		return out
	}
	d := differ{a: number(before), b: number(after)}
	d.seen = make([]occurrence, len(ids))
	d.compare(Edit{0, len(before), 0, len(after)}, 0)
	return d.edits
}

type occurrence struct{ inA, inB, lastA int }

type differ struct {
	a, b  []int
	seen  []occurrence // by paragraph; all zero between uses
	edits []Edit
}

func (d *differ) compare(e Edit, depth int) {
	for e.BeforeStart < e.BeforeEnd && e.AfterStart < e.AfterEnd && d.a[e.BeforeStart] == d.b[e.AfterStart] {
		e.BeforeStart++
		e.AfterStart++
	}
	for e.BeforeStart < e.BeforeEnd && e.AfterStart < e.AfterEnd && d.a[e.BeforeEnd-1] == d.b[e.AfterEnd-1] {
		e.BeforeEnd--
		e.AfterEnd--
	}
	n, m := e.BeforeEnd-e.BeforeStart, e.AfterEnd-e.AfterStart
	if n == 0 && m == 0 {
		return
	}
	var anchors [][2]int
	if n > 0 && m > 0 && depth < maxDepth {
		anchors = d.unique(e)
	}
	if len(anchors) == 0 && n > 0 && m > 0 && n*m <= maxTable {
		for _, pair := range common(n, m, func(i, j int) int {
			if d.a[e.BeforeStart+i] == d.b[e.AfterStart+j] {
				return 1
			}
			return 0
		}) {
			anchors = append(anchors, [2]int{e.BeforeStart + pair[0], e.AfterStart + pair[1]})
		}
	}
	if len(anchors) == 0 {
		d.add(e)
		return
	}
	for _, at := range anchors {
		d.compare(Edit{e.BeforeStart, at[0], e.AfterStart, at[1]}, depth+1)
		e.BeforeStart, e.AfterStart = at[0]+1, at[1]+1
	}
	d.compare(e, depth+1)
}

// add notes an edit; what touches the one before is part of it.
func (d *differ) add(e Edit) {
	if n := len(d.edits) - 1; n >= 0 && d.edits[n].BeforeEnd == e.BeforeStart && d.edits[n].AfterEnd == e.AfterStart {
		d.edits[n].BeforeEnd, d.edits[n].AfterEnd = e.BeforeEnd, e.AfterEnd
		return
	}
	d.edits = append(d.edits, e)
}

// unique finds the longest list of paragraphs that both stretches have once each and in the same order.
func (d *differ) unique(e Edit) [][2]int {
	for i := e.BeforeStart; i < e.BeforeEnd; i++ {
		d.seen[d.a[i]].inA++
		d.seen[d.a[i]].lastA = i
	}
	for j := e.AfterStart; j < e.AfterEnd; j++ {
		d.seen[d.b[j]].inB++
	}
	var pairs [][2]int
	for j := e.AfterStart; j < e.AfterEnd; j++ {
		if o := d.seen[d.b[j]]; o.inA == 1 && o.inB == 1 {
			pairs = append(pairs, [2]int{o.lastA, j})
		}
	}
	for i := e.BeforeStart; i < e.BeforeEnd; i++ {
		d.seen[d.a[i]] = occurrence{}
	}
	for j := e.AfterStart; j < e.AfterEnd; j++ {
		d.seen[d.b[j]] = occurrence{}
	}
	return rising(pairs)
}

// rising is the longest part of pairs, which rise by their second, that rises by the first as well.
func rising(pairs [][2]int) [][2]int {
	var ends []int // the pair that a rising part of that length ends in, the lowest there is
	previous := make([]int, len(pairs))
	for k, p := range pairs {
		at, _ := slices.BinarySearchFunc(ends, p[0], func(end, first int) int { return pairs[end][0] - first })
		previous[k] = -1
		if at > 0 {
			previous[k] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, k)
		}
		ends[at] = k
	}
	if len(ends) == 0 {
		return nil
	}
	var found [][2]int
	for k := ends[len(ends)-1]; k >= 0; k = previous[k] {
		found = append(found, pairs[k])
	}
	slices.Reverse(found)
	return found
}

// common finds the pairs, in the order of both lists, whose scores have the greatest sum; a score
// of 0 is no pair.
func common(n, m int, score func(i, j int) int) [][2]int {
	scores, sums := make([]int, n*m), make([]int, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			s := score(i, j)
			best := max(sums[(i+1)*(m+1)+j], sums[i*(m+1)+j+1])
			if s > 0 {
				best = max(best, s+sums[(i+1)*(m+1)+j+1])
			}
			scores[i*m+j], sums[i*(m+1)+j] = s, best
		}
	}
	var found [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch here := sums[i*(m+1)+j]; {
		case scores[i*m+j] > 0 && here == scores[i*m+j]+sums[(i+1)*(m+1)+j+1]:
			found = append(found, [2]int{i, j})
			i++
			j++
		case here == sums[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
	return found
}

// sideBySide puts paragraphs that are half alike opposite each other, and the others opposite
// none. Where looking for them costs more than the budget has left, it goes by their order.
func sideBySide(before, after []string, budget *int) []Row {
	var rows []Row
	upTo := func(i, j int) {
		for ; len(before) > i; before = before[1:] {
			rows = append(rows, Row{Before: &before[0]})
		}
		for ; len(after) > j; after = after[1:] {
			rows = append(rows, Row{After: &after[0]})
		}
	}
	n, m := len(before), len(after)
	var pairs [][2]int
	if cost := n*bytes(after) + m*bytes(before); n*m <= maxTable && cost <= *budget {
		*budget -= cost
		pairs = common(n, m, func(i, j int) int {
			if s := alike(before[i], after[j]); s >= 50 {
				return s
			}
			return 0
		})
	} else {
		for k := range min(n, m) {
			pairs = append(pairs, [2]int{k, k})
		}
	}
	for _, pair := range pairs {
		upTo(n-pair[0], m-pair[1])
		rows = append(rows, Row{Before: &before[0], After: &after[0]})
		before, after = before[1:], after[1:]
	}
	upTo(0, 0)
	return rows
}

func bytes(list []string) int {
	n := 0
	for _, s := range list {
		n += len(s)
	}
	return n
}
