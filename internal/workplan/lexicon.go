package workplan

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon is a set of words that can be looked for at a place in a text.
type lexicon struct {
	all   map[string]bool
	first map[rune][]string // by first character, longest word first
	last  map[rune][]string // by last character, longest word first
}

// words makes a lexicon of words that are separated by spaces.
func words(lists ...string) lexicon {
	l := lexicon{map[string]bool{}, map[rune][]string{}, map[rune][]string{}}
	for _, list := range lists {
		for word := range strings.FieldsSeq(list) {
			if l.all[word] {
				continue
			}
			l.all[word] = true
			f, _ := utf8.DecodeRuneInString(word)
			e, _ := utf8.DecodeLastRuneInString(word)
			l.first[f] = append(l.first[f], word)
			l.last[e] = append(l.last[e], word)
		}
	}
	longest := func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) }
	for _, list := range l.first {
		slices.SortFunc(list, longest)
	}
	for _, list := range l.last {
		slices.SortFunc(list, longest)
	}
	return l
}

// has reports whether s is one of the words.
func (l lexicon) has(s string) bool { return l.all[s] }

// prefix returns the longest word that s begins with, or "".
func (l lexicon) prefix(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	for _, word := range l.first[r] {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}

// suffix returns the longest word that s ends with, or "".
func (l lexicon) suffix(s string) string {
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, word := range l.last[r] {
		if strings.HasSuffix(s, word) {
			return word
		}
	}
	return ""
}

// suffixes returns every word that s ends with, the longest first.
func (l lexicon) suffixes(s string) []string {
	var found []string
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, word := range l.last[r] {
		if strings.HasSuffix(s, word) {
			found = append(found, word)
		}
	}
	return found
}

// find returns the first place in s where a word stands, and the longest word
// there; the place is -1 when there is none.
func (l lexicon) find(s string) (at int, word string) {
	for i, r := range s {
		for _, word := range l.first[r] {
			if strings.HasPrefix(s[i:], word) {
				return i, word
			}
		}
	}
	return -1, ""
}

// findLast returns the last place in s where a word stands, and the longest
// word that ends there; the place is -1 when there is none.
func (l lexicon) findLast(s string) (at int, word string) {
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		for _, word := range l.last[r] {
			if strings.HasSuffix(s[:end], word) {
				return end - len(word), word
			}
		}
		end -= size
	}
	return -1, ""
}

// in reports whether one of the words stands in s.
func (l lexicon) in(s string) bool {
	at, _ := l.find(s)
	return at >= 0
}
