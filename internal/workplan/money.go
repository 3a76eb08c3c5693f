package workplan

import (
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// readMoney gives a number with no more than a magnitude the unit that the noun right before it has
// by itself: 投资500万 is of 元. After a noun that may be counted in another unit it stays as it is.
func readMoney(p *prose.Segment, t *number.Token) {
	if !lexicon.Magnitudes.Has(t.Unit) {
		return
	}
	right := prose.After(p.Text, t.End, 24)
	if startsNoun(right[len(wordsAfter.Prefix(right)):]) {
		return
	}
	if lexicon.SumNouns.Suffix(trimClosing(prose.Before(p.Text, t.Start, 60))) == "" {
		return
	}
	t.Unit, t.UnitClass = t.Unit+"元", quantity.MoneyUnit
}
