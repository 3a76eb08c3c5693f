package indicator

import (
	"strings"
	"unicode/utf8"
)

// Endings of agencies' names, written out and short.
var agencyEndings = []struct{ written, short string }{
	{"委员会", "委"}, {"办公室", "办"}, {"局", "局"}, {"委", "委"}, {"办", "办"}, {"厅", "厅"},
}

// levels are the words for a place that names of its agencies begin with.
const levels = "省市州盟县区旗镇乡"

// AgencyName is the name of an agency, taken apart so that it can be held against many.
type AgencyName struct {
	text   string
	level  rune   // the word for its place, 0 without one
	field  []rune // what it is for
	ending string // short; empty for a name that ends otherwise
}

// PartsOf takes the name of an agency of a jurisdiction apart. The name of the
// jurisdiction itself counts as the word that it ends in: 东河市工信局 of 东河市 is 市工信局.
func PartsOf(name, jurisdiction string) AgencyName {
	parts := AgencyName{text: name}
	if rest, found := strings.CutPrefix(name, jurisdiction); found && jurisdiction != "" {
		if last, _ := utf8.DecodeLastRuneInString(jurisdiction); strings.ContainsRune(levels, last) {
			name = string(last) + rest
		}
	}
	for _, e := range agencyEndings {
		if rest, found := strings.CutSuffix(name, e.written); found {
			name, parts.ending = rest, e.short
			break
		}
	}
	parts.field = []rune(name)
	if len(parts.field) > 0 && strings.ContainsRune(levels, parts.field[0]) {
		parts.level, parts.field = parts.field[0], parts.field[1:]
	}
	return parts
}

// Resembles reports whether one of two names of a jurisdiction may be short for the
// other, 市工信局 for 市工业和信息化局: both have the same word for their place and the same
// ending, and the characters between them are, from the same first one on, among those
// of the longer name in their order.
func (a AgencyName) Resembles(b AgencyName) bool {
	if a.text == b.text || a.ending == "" || a.ending != b.ending || a.level != b.level {
		return false
	}
	short, long := a.field, b.field
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 2 || short[0] != long[0] {
		return false
	}
	for _, r := range long {
		if len(short) > 0 && short[0] == r {
			short = short[1:]
		}
	}
	return len(short) == 0
}
