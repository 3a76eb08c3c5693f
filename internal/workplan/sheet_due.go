package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// dueOfCell is the date that the cell of a column of deadlines begins with.
func dueOfCell(text string) calendar.When {
	for _, opening := range []string{"", "于", "确保", "力争", "到", "每年"} {
		if rest, ok := strings.CutPrefix(text, opening); ok {
			if w, size := calendar.At(rest); size > 0 && !w.Unsure {
				if listsTimes(rest[size:]) {
					return calendar.When{}
				}
				return w
			}
		}
	}
	if day := calendar.ShortDay(text); !day.IsZero() {
		return day
	}
	return calendar.Short(text)
}

// listsTimes reports whether what follows a date is another one, each of which is for a part: 4月、10月.
func listsTimes(rest string) bool {
	for _, sign := range []string{"、", ",", "/", ";", "和", "及"} {
		if after, ok := strings.CutPrefix(rest, sign); ok {
			_, size := calendar.At(after)
			return size > 0 && strings.Trim(after[size:], "前底") == ""
		}
	}
	return false
}

// readDue settles the time of a row by its own column, else by the title of the table. A deadline
// with figures that cannot be read is warned of.
func (g *blockReader) readDue(r *sheetRow) {
	if r.due.IsZero() {
		for k, c := range r.columns {
			if c.Role == table.Due && prose.HasDigit(r.cellText(r.at, k)) {
				g.noteCell(r.sheet, r.at, k, indicator.WarnTable)
			}
		}
	}
	if r.due.IsZero() && r.year != 0 && g.within(r.year) {
		r.due = calendar.When{Year: r.year, FirstMonth: 12, LastMonth: 12}
	}
}

func (g *block) within(year int) bool {
	f := g.front
	return f.StartsOn.IsZero() || year >= f.StartsOn.Year() && year < f.DueOn.Year()
}

// startWithMonth begins what is added in a month that a column or row is for with that month.
func (f *candidate) startWithMonth(r *sheetRow, k int) {
	if due := f.term.due; f.kind == indicator.Increment && (r.month || table.OneMonth(r.columns[k].Head) != 0) {
		f.term.starts = indicator.DateOf(due.Year(), due.Month(), 1)
	}
}

// termOfCell is the time of a target: that of its column, within that of its row.
func (g *block) termOfCell(r *sheetRow, due calendar.When, f *candidate) term {
	whole := term{g.front.StartsOn, g.front.DueOn}
	switch {
	case due.IsZero():
		due = r.due
	case !r.due.IsZero() && r.due.Year == 0 && due.FirstMonth == 12:
		year := due.Year
		due = r.due
		due.Year = year
	}
	if due.IsZero() {
		return whole
	}
	if due.Year == 0 && r.year != 0 && (due.FirstMonth == 1 || due.FirstMonth == due.LastMonth) {
		due.Year = r.year
	}
	if f.kind == indicator.Increment && r.goalYears() > 1 && !f.mention.summed && due.FirstMonth == 12 {
		due.FirstMonth = 1
	}
	return g.resolve(&number.Token{When: due, Apart: true}, whole)
}

// goalYears counts the years that have columns of targets.
func (s *sheet) goalYears() int {
	years := map[int]bool{}
	for _, c := range s.columns {
		if c.Role == table.Goal && c.Year != 0 {
			years[c.Year] = true
		}
	}
	return len(years)
}
