package lexicon

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Words is a set of words that can be looked for at a place in a text.
type Words struct {
	all   map[string]bool
	first map[rune][]string // by first character, longest word first
	last  map[rune][]string // by last character, longest word first
}

// Of is the set of the words given, each of them once.
func Of(words ...string) Words {
	l := Words{map[string]bool{}, map[rune][]string{}, map[rune][]string{}}
	for _, word := range words {
		if l.all[word] {
			continue
		}
		l.all[word] = true
		f, _ := utf8.DecodeRuneInString(word)
		e, _ := utf8.DecodeLastRuneInString(word)
		l.first[f] = append(l.first[f], word)
		l.last[e] = append(l.last[e], word)
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

// Split is the set of the words that lists have, with spaces between.
func Split(lists ...string) Words { return Of(strings.Fields(strings.Join(lists, " "))...) }

// KeysOf is the words that m has something for.
func KeysOf[V any](m map[string]V) Words { return Of(slices.Collect(maps.Keys(m))...) }

// Has reports whether s is one of the words.
func (l Words) Has(s string) bool { return l.all[s] }

// Prefix returns the longest word that s begins with, or "".
func (l Words) Prefix(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	for _, word := range l.first[r] {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}

// Suffix returns the longest word that s ends with, or "".
func (l Words) Suffix(s string) string {
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, word := range l.last[r] {
		if strings.HasSuffix(s, word) {
			return word
		}
	}
	return ""
}

// Suffixes returns every word that s ends with, the longest first.
func (l Words) Suffixes(s string) []string {
	var found []string
	r, _ := utf8.DecodeLastRuneInString(s)
	for _, word := range l.last[r] {
		if strings.HasSuffix(s, word) {
			found = append(found, word)
		}
	}
	return found
}

// Find returns the first place in s where a word stands, and the longest word
// there; the place is -1 when there is none.
func (l Words) Find(s string) (at int, word string) {
	for i, r := range s {
		for _, word := range l.first[r] {
			if strings.HasPrefix(s[i:], word) {
				return i, word
			}
		}
	}
	return -1, ""
}

// FindLast returns the last place in s where a word stands, and the longest
// word that ends there; the place is -1 when there is none.
func (l Words) FindLast(s string) (at int, word string) {
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

// In reports whether one of the words stands in s.
func (l Words) In(s string) bool {
	at, _ := l.Find(s)
	return at >= 0
}

// All goes through the words in the order of their characters.
func (l Words) All() iter.Seq[string] {
	return slices.Values(slices.Sorted(maps.Keys(l.all)))
}

// Or is the words of both sets.
func (l Words) Or(other Words) Words {
	return Of(slices.Concat(slices.Collect(l.All()), slices.Collect(other.All()))...)
}

// Without is the words that are not among the others.
func (l Words) Without(other Words) Words {
	var kept []string
	for word := range l.All() {
		if !other.Has(word) {
			kept = append(kept, word)
		}
	}
	return Of(kept...)
}

// After is every word with each of the openers before it: 低于 after 不 and 不得 is
// 不低于 and 不得低于. Words that begin with an opener already are left out.
func (l Words) After(openers Words) Words {
	var all []string
	for word := range l.All() {
		if openers.Prefix(word) != "" {
			continue
		}
		for opener := range openers.All() {
			all = append(all, opener+word)
		}
	}
	return Of(all...)
}

// Before is every word with each of the endings after it: 提高 before 到 and 至 is
// 提高到 and 提高至.
func (l Words) Before(endings ...string) Words {
	var all []string
	for word := range l.All() {
		for _, ending := range endings {
			all = append(all, word+ending)
		}
	}
	return Of(all...)
}

// Classes is words of which each is of one class.
type Classes[C comparable] struct {
	Words
	class map[string]C
}

// Classify is the words of the sets, each with the class of its set. It panics
// where a word is in two of them: a word says one thing.
func Classify[C comparable](sets map[C]Words) Classes[C] {
	class := map[string]C{}
	for c, set := range sets {
		for word := range set.all {
			if other, twice := class[word]; twice {
				panic(fmt.Sprintf("%s is of the classes %v and %v", word, other, c))
			}
			class[word] = c
		}
	}
	return Classes[C]{Of(slices.Collect(maps.Keys(class))...), class}
}

// Class is the class of a word of the set, and the zero value for any other.
func (c Classes[C]) Class(word string) C { return c.class[word] }

// Of is the words of a class.
func (c Classes[C]) Of(class C) Words {
	var all []string
	for word, own := range c.class {
		if own == class {
			all = append(all, word)
		}
	}
	return Of(all...)
}

// As is classes under the names of another type.
func As[C ~string](of Classes[string]) Classes[C] {
	class := make(map[string]C, len(of.class))
	for word, c := range of.class {
		class[word] = C(c)
	}
	return Classes[C]{of.Words, class}
}
