package agency

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// withoutTimes is what a bracket says between the first and the last part that only says by when all is
// done, and that date: 市住建局,6月底前; 长期,市文旅局.
func withoutTimes(p *prose.Segment, start, end int) (from, to int, due *number.Token) {
	for cut := firstSign(p.Text[start:end]); cut > 0; cut = firstSign(p.Text[start:end]) {
		date, ok := timeAlone(p, start, start+cut)
		if !ok {
			break
		}
		due, start = date, start+cut+len(",")
	}
	for cut := strings.LastIndexAny(p.Text[start:end], timeSigns); cut > 0; cut = strings.LastIndexAny(p.Text[start:end], timeSigns) {
		_, size := prose.RuneAt(p.Text, start+cut)
		date, ok := timeAlone(p, start+cut+size, end)
		if !ok {
			break
		}
		end = start + cut
		if date != nil {
			due = date
		}
	}
	return start, end, due
}

// timeSigns stand between the agencies of a bracket and a time.
const timeSigns = ",;。"

// firstSign is where the first comma or semicolon of a text stands, or -1.
func firstSign(text string) int { return strings.IndexAny(text, ",;") }

// timeAlone reports whether a part of a bracket says no more than a time: 于9月底前完成, 全年, 长期. The date
// is nil where that ends with the plan.
func timeAlone(p *prose.Segment, from, to int) (*number.Token, bool) {
	if lexicon.StandingTimes.Has(p.Text[from:to]) || from == to {
		return nil, true
	}
	opening := lexicon.BeforeDate.Prefix(p.Text[from:to])
	from += len(opening)
	w, size := calendar.At(p.Text[from:to])
	if size == 0 {
		return nil, false
	}
	if rest := p.Text[from+size : to]; rest != "" && !number.EndsAt(rest) {
		return nil, false
	}
	return &number.Token{Start: from, End: from + size, Class: number.Date, When: w}, true
}
