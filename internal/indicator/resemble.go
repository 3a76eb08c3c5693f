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

// agencyParts takes a name apart: the word for its place, what it is for, and its
// ending. The name of the jurisdiction itself counts as the word that it ends in:
// 东河市工信局 of 东河市 is 市工信局.
func agencyParts(name, jurisdiction string) (level, field, ending string) {
	if rest, found := strings.CutPrefix(name, jurisdiction); found && jurisdiction != "" {
		last, size := utf8.DecodeLastRuneInString(jurisdiction)
		if size > 0 && strings.ContainsRune(levels, last) {
			name = string(last) + rest
		}
	}
	for _, e := range agencyEndings {
		if rest, found := strings.CutSuffix(name, e.written); found {
			name, ending = rest, e.short
			break
		}
	}
	first, size := utf8.DecodeRuneInString(name)
	if size > 0 && strings.ContainsRune(levels, first) {
		level, name = name[:size], name[size:]
	}
	return level, name, ending
}

// Resemble reports whether one of two names of a jurisdiction may be short for the
// other, 市工信局 for 市工业和信息化局: both have the same word for their place and the same
// ending, and the characters between them are, from the same first one on, among those
// of the longer name in their order.
func Resemble(a, b, jurisdiction string) bool {
	levelA, fieldA, endingA := agencyParts(a, jurisdiction)
	levelB, fieldB, endingB := agencyParts(b, jurisdiction)
	if a == b || endingA == "" || endingA != endingB || levelA != levelB {
		return false
	}
	short, long := []rune(fieldA), []rune(fieldB)
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
