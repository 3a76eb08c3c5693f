package number

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// unitClassOf is the unit words that a text is read with, each with its class.
var unitClassOf = maps.Collect(quantity.Words())

// Units is the same words, to be looked for.
var Units = lexicon.KeysOf(unitClassOf)

// wholeUnits are those that begin with a magnitude that is part of them: 千瓦, 百分点.
var wholeUnits = func() lexicon.Words {
	var whole []string
	for word := range Units.All() {
		if lexicon.Magnitudes.Prefix(word) != "" {
			whole = append(whole, word)
		}
	}
	return lexicon.Of(whole...)
}()

// otherWords are characters that make another word of a unit's: 3万人才 counts 人才 and not 人.
var otherWords = maps.Collect(quantity.OtherWords())

// UnitAt reads the unit that s begins with: magnitude words and the unit word,
// with the words of an alternative in brackets or of a quotient. The size is 0
// when there is none.
func UnitAt(s string) (unit string, class quantity.Class) {
	if size := perPower(s); size > 0 {
		return s[:size], quantity.OtherUnit
	}
	magnitude := MagnitudeAt(s)
	rest := s[len(magnitude):]
	word := unitWordAt(rest)
	if word == "" {
		if magnitude == "" {
			return "", quantity.NoUnit
		}
		return magnitude, quantity.CountUnit
	}
	class = unitClassOf[word]
	size := len(magnitude) + len(word)
	size += alternative(s[size:])
	if per := quotientTail(s[size:]); per > 0 {
		size += per
		if class == quantity.CountUnit || class == quantity.HeadUnit || class == quantity.EventUnit {
			class = quantity.OtherUnit
		}
	}
	return s[:size], class
}

// perPower is the length of what a bare rate is taken per: /10万, /十万人.
func perPower(s string) int {
	rest, ok := strings.CutPrefix(s, "/")
	if !ok {
		return 0
	}
	_, size := quantity.PerPower(rest)
	if size == 0 {
		return 0
	}
	per := rest[size:]
	return len("/") + size + max(len(unitWordAt(per)), len(lexicon.PerUnits.Prefix(per)))
}

// MagnitudeAt is the magnitude words that s begins with and that only multiply a unit: 万.
func MagnitudeAt(s string) string {
	m := lexicon.Magnitudes.Prefix(s)
	if wholeUnits.Prefix(s) != "" {
		return ""
	}
	if strings.HasSuffix(m, "千") || strings.HasSuffix(m, "百") {
		head := strings.TrimSuffix(strings.TrimSuffix(m, "千"), "百")
		if w := unitWordAt(s[len(head):]); head != "" && utf8.RuneCountInString(w) > 1 {
			return head
		}
	}
	return m
}

func unitWordAt(s string) string {
	word := Units.Prefix(s)
	for word != "" {
		next := s[len(word):]
		if !startsOtherWord(word, next) {
			return word
		}
		word = shorterUnit(word)
	}
	return ""
}

// shorterUnit is the longest unit word that the word begins with, but for the
// word itself.
func shorterUnit(word string) string {
	_, size := utf8.DecodeLastRuneInString(word)
	for short := word[:len(word)-size]; short != ""; short = short[:len(short)-size] {
		if Units.Has(short) {
			return short
		}
		_, size = utf8.DecodeLastRuneInString(short)
	}
	return ""
}

func startsOtherWord(word, next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	if next == "" {
		return false
	}
	if c := word[len(word)-1]; c < 0x80 && prose.IsLatin(rune(c)) {
		return prose.IsLatin(r) || prose.IsDigit(r)
	}
	return strings.ContainsRune(otherWords[word], r) && lexicon.UnitLikeOpenings.Prefix(next) == ""
}

// alternative is the length of a second unit in brackets: 套(间).
func alternative(s string) int {
	inner, ok := strings.CutPrefix(s, "(")
	if !ok {
		return 0
	}
	word := Units.Prefix(inner)
	if word == "" || !strings.HasPrefix(inner[len(word):], ")") {
		return 0
	}
	size := 1 + len(word) + 1
	if strings.HasPrefix(s[size:], "次") {
		size += len("次")
	}
	return size
}

// quotientTail is the length of what a unit is taken per, and of a further
// product: /千人, /月·平方公里.
func quotientTail(s string) int {
	size := 0
	for sign := lexicon.UnitSigns.Prefix(s[size:]); sign != ""; sign = lexicon.UnitSigns.Prefix(s[size:]) {
		if power := perPower(s[size:]); power > 0 {
			size += power
			continue
		}
		rest := s[size+len(sign):]
		magnitude := MagnitudeAt(rest)
		word := lexicon.PerUnits.Prefix(rest)
		if other := unitWordAt(rest[len(magnitude):]); len(magnitude)+len(other) > len(word) && other != "" {
			word = rest[:len(magnitude)+len(other)]
		}
		if word == "" {
			word = rest[:latinRun(rest)]
		}
		if word == "" {
			break
		}
		size += len(sign) + len(word)
	}
	return size
}

func latinRun(s string) int {
	size := 0
	for size < len(s) && prose.IsLatin(rune(s[size])) {
		size++
	}
	return size
}

// longestLetters is the most letters of a unit that no list has.
const longestLetters = 8

// lettersOfUnit reports whether letters after a figure are a unit that no list
// has. A single figure before letters makes a name (5G, 4K), as do the heights
// of pictures (1080P).
func lettersOfUnit(figure, letters string) bool {
	switch {
	case letters == "" || len(letters) > longestLetters || latinRun(letters) < len(letters) || len(figure) < 2:
		return false
	case len(letters) == 1:
		return strings.ContainsAny(letters, "PTEVWANJ") && len(figure) > 2 && !lexicon.PictureHeights.Has(figure)
	}
	return true
}

// unitByShape is the length of a unit that no list has: letters right after
// the figure, or a single character that ends the clause.
func unitByShape(figure, rest string) int {
	if size := latinRun(rest); size > 0 {
		number := strings.TrimRight(figure, "余多来")
		if !lettersOfUnit(number, rest[:size]) || prose.StartsDigit(rest[size:]) {
			return 0
		}
		return size + quotientTail(rest[size:])
	}
	r, size := utf8.DecodeRuneInString(rest)
	if !unicode.Is(unicode.Han, r) || numeral.Is(r) || strings.ContainsRune(noClassifiers, r) || len(figure) == 4 && IsYearText(figure) {
		return 0
	}
	if next := rest[size:]; next == "" || strings.ContainsRune("，,。;、)\n", prose.FirstRune(next)) || lexicon.AfterNumber.Prefix(next) != "" {
		return size
	}
	return 0
}

// IsYearText reports whether figures are a year.
func IsYearText(figure string) bool {
	year, n := prose.DigitsAt(figure, 4)
	return n == 4 && calendar.IsYear(year)
}

// noClassifiers never count the number before them.
const noClassifiers = "强后前中内外上下多余的和与及至到或等为是在了系市县省区版时含起共各均又并且以不为之"
