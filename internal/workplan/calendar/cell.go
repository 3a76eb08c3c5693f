package calendar

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// ShortDay reads a day as cells of tables abbreviate it, with nothing else in the cell: 20240930,
// 24.9.30. It is zero for anything else.
func ShortDay(text string) When {
	if _, n := prose.DigitsAt(text, 9); n == 8 && n == len(text) {
		return dayOf(text[:4], text[4:6], text[6:])
	}
	for _, sign := range []string{".", "-", "/"} {
		if parts := strings.Split(text, sign); len(parts) == 3 && len(parts[0]) == 2 {
			return dayOf("20"+parts[0], parts[1], parts[2])
		}
	}
	return When{}
}

// dayOf is the day that its parts in figures name, zero for none.
func dayOf(years, months, days string) When {
	year, month, day := wholeOf(years, 4), wholeOf(months, 2), wholeOf(days, 2)
	if !IsYear(year) || month < 1 || month > 12 || day < 1 || day > 31 {
		return When{}
	}
	return When{Year: year, FirstMonth: month, LastMonth: month, Day: day}
}

// wholeOf is the number that a text of at most some figures is, -1 for any other.
func wholeOf(text string, most int) int {
	if n, size := prose.DigitsAt(text, most); size > 0 && size == len(text) {
		return n
	}
	return -1
}
