package table

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

var partsOfYear = []struct {
	word string
	ends int
}{
	{"前三季度", 9}, {"前三个季度", 9}, {"上半年", 6}, {"下半年", 12}, {"一季度", 3}, {"二季度", 6}, {"三季度", 9}, {"四季度", 12},
	{"1季度", 3}, {"2季度", 6}, {"3季度", 9}, {"4季度", 12}, {"一至三季度", 9}, {"全年", 12},
}

// yearIn is the year that a head names last: 2025年, “十四五”目标. A plan that is named
// by its number ends with that year.
func yearIn(s string) int {
	year := 0
	for i := 0; i < len(s); i++ {
		n, size := numberAt(s[i:])
		if size == len("2025") && n >= 1900 && n < 2200 {
			year = n
		}
		i += size
	}
	if year != 0 {
		return year
	}
	return lastYearOfPlan(s)
}

// lastYearOfPlan is the last year of the plan that a text names by its number, 0 for none.
func lastYearOfPlan(s string) int {
	for i, digit := range []string{"一", "二", "三", "四", "五", "六", "七"} {
		if strings.Contains(s, "十"+digit+"五") {
			return 2010 + 5*i
		}
	}
	return 0
}

// NamesPlan reports whether a head or title names a plan of five years by its number:
// “十三五”规划目标.
func NamesPlan(s string) bool { return lastYearOfPlan(s) != 0 }

// numberAt is the number that s begins with, as far as an int reaches, and its length.
func numberAt(s string) (n, size int) {
	for size < len(s) && s[size] >= '0' && s[size] <= '9' {
		if size < 9 {
			n = n*10 + int(s[size]-'0')
		}
		size++
	}
	return n, size
}

// monthsIn is the month that the part of a year in a head ends with, else 0.
func monthsIn(s string) int {
	for _, p := range partsOfYear {
		if strings.Contains(s, p.word) {
			return p.ends
		}
	}
	if _, rest, ok := strings.Cut(s, "1-"); ok {
		if n, size := numberAt(rest); size > 0 && n > 1 && n <= 12 && strings.HasPrefix(rest[size:], "月") {
			return n
		}
	}
	for _, end := range []string{"月底", "月末"} {
		if before, _, ok := strings.Cut(s, end); ok {
			return monthBefore(before)
		}
	}
	if lexicon.YearEndHeads.In(s) {
		return 12
	}
	return OneMonth(s)
}

// OneMonth is the month that a head or a cell is for alone: 3月, 2025年3月, 6月目标; 0 for none.
func OneMonth(s string) int {
	before, rest, ok := strings.Cut(s, "月")
	if !ok || strings.HasPrefix(rest, "龄") {
		return 0
	}
	digits := strings.TrimRight(before, "0123456789")
	if digits != "" && !strings.HasSuffix(digits, "年") && !strings.HasSuffix(digits, "/") {
		return 0
	}
	return monthBefore(before)
}

// monthBefore is the month whose number a text ends with, else 0.
func monthBefore(s string) int {
	digits := strings.TrimRight(s, "0123456789")
	n, err := strconv.Atoi(s[len(digits):])
	if err != nil || n < 1 || n > 12 || strings.HasSuffix(digits, "-") {
		return 0
	}
	return n
}

// nameOfHead is what a head measures: without the year and the words for a target.
func nameOfHead(s string) string {
	s = strings.ReplaceAll(s, "/", "")
	for _, opening := range []string{"其中:", "其中"} {
		s = strings.Replace(s, opening, "", 1)
	}
	if at := strings.Index(s, "年"); at == 4 && yearIn(s[:4]) != 0 {
		s = s[at+len("年"):]
	}
	if rest := withoutTime(s); lexicon.GoalHeadNouns.Has(rest) || rest == "" {
		return ""
	}
	return s
}

// NamesNothing reports whether a head says no more than that its figures are targets, and
// of when.
func NamesNothing(head string) bool { return nameOfHead(head) == "" }

// withoutTime is a head without the part of a year that it names.
func withoutTime(s string) string {
	for _, p := range partsOfYear {
		if rest, ok := strings.CutPrefix(s, p.word); ok {
			return rest
		}
	}
	for _, end := range []string{"月底", "月末"} {
		if before, rest, ok := strings.Cut(s, end); ok && monthBefore(before) != 0 && strings.Trim(before, "0123456789") == "" {
			return rest
		}
	}
	if rest, ok := strings.CutPrefix(s, "1-"); ok && monthsIn(s) != 0 {
		return strings.TrimPrefix(strings.TrimLeft(rest, "0123456789"), "月")
	}
	if before, rest, ok := strings.Cut(s, "月"); ok && OneMonth(s) != 0 && strings.Trim(before, "0123456789") == "" {
		return strings.TrimPrefix(rest, "份")
	}
	return s
}

// NamesPart reports whether a head names a part of a year and nothing else: 1-6月.
func NamesPart(head string) bool { return monthsIn(head) != 0 && withoutTime(head) == "" }
