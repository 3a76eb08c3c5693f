package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// readUnitOfName gives a number with no more than a magnitude the unit that the noun right before it has
// by itself: 投资500万 is of 元, 服务人次3000万 of 人次. After a noun that may be counted in another unit it stays as it is.
func readUnitOfName(p *prose.Segment, t *number.Token) {
	if !lexicon.Magnitudes.Has(t.Unit) {
		return
	}
	right := prose.After(p.Text, t.End, 24)
	if startsNoun(right[len(wordsAfter.Prefix(right)):]) {
		return
	}
	name := trimClosing(prose.Before(p.Text, t.Start, 60))
	if lexicon.SumNouns.Suffix(name) != "" {
		t.Unit, t.UnitClass = t.Unit+"元", quantity.MoneyUnit
		return
	}
	turns := number.Units.Suffix(name)
	if strings.HasSuffix(turns, "次") && turns != "次" {
		t.Unit, t.UnitClass = number.UnitAt(t.Unit + turns)
	}
}
