package amendment

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// words keeps the letters of a text: punctuation, blanks and digits go, so that
// a new number leaves the text alike.
func words(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// compact is a text without its blanks, which line breaks of a file move about.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// alike says how much of two texts' words is the same, from 0 to 100: twice the
// pairs of neighbouring characters they share over all pairs they have (Dice's
// coefficient). Texts without words are not alike.
func alike(a, b string) int {
	pairsA, pairsB := pairs(words(a)), pairs(words(b))
	if len(pairsA) == 0 || len(pairsB) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, p := range pairsA {
		count[p]++
	}
	shared := 0
	for _, p := range pairsB {
		if count[p] > 0 {
			count[p]--
			shared++
		}
	}
	return 200 * shared / (len(pairsA) + len(pairsB))
}

// pairs are the neighbouring characters of a text; one alone is its own pair.
func pairs(s string) []string {
	runes := []rune(s)
	if len(runes) == 1 {
		return []string{s}
	}
	var all []string
	for i := 1; i < len(runes); i++ {
		all = append(all, string(runes[i-1:i+1]))
	}
	return all
}

// pairing is a possible pair of an old and a new item.
type pairing struct{ old, new, score int }

// best takes the pairs of the highest score first, then those earliest in the
// text, and uses no item twice.
func best(candidates []pairing) []pairing {
	slices.SortFunc(candidates, func(a, b pairing) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new))
	})
	usedOld, usedNew := map[int]bool{}, map[int]bool{}
	var taken []pairing
	for _, p := range candidates {
		if usedOld[p.old] || usedNew[p.new] {
			continue
		}
		usedOld[p.old], usedNew[p.new] = true, true
		taken = append(taken, p)
	}
	return taken
}
