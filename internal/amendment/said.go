package amendment

import (
	"strings"
	"unicode"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// said is what a text says of an indicator. The quote of a cell of a table runs from one end of
// its row to the other of name and cell; what stands between belongs to other cells, whose
// indicators say themselves that they changed.
func said(s indicator.Source) string {
	cells := cellsOf(s)
	if len(cells) < 2 {
		return compact(s.Quote)
	}
	return compact(cells[0]) + "\n" + compact(cells[len(cells)-1])
}

// cellsOf are the cells that the quote of a table's cell goes over, nil for any other quote. A
// waiting target has another rule, and its row shows by what sets cells apart.
func cellsOf(s indicator.Source) []string {
	for _, apart := range []string{"|", "\t"} {
		if strings.Contains(s.Quote, apart) {
			return filled(strings.Split(s.Quote, apart))
		}
	}
	switch {
	case s.Rule != indicator.OfTable:
		return nil
	case strings.Contains(s.Quote, "\n"):
		return filled(strings.Split(s.Quote, "\n"))
	case strings.Contains(s.Quote, gap):
		return filled(strings.Split(s.Quote, gap))
	}
	return strings.FieldsFunc(s.Quote, unicode.IsSpace)
}

// gap is the least that sets two cells apart where nothing but blanks does.
const gap = "  "

func filled(cells []string) (all []string) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			all = append(all, c)
		}
	}
	return all
}
