package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// holding are the words that hold a target against a figure that the plan does not
// give: those that compare a number, but for the ones that only come near it, and
// some more.
var holding = lexicon.Classify(map[indicator.Comparator]lexicon.Words{
	indicator.MoreThan: wordsBefore.Of(indicator.MoreThan).Or(lexicon.HoldsTo.Of("gt")),
	indicator.LessThan: wordsBefore.Of(indicator.LessThan),
	indicator.AtLeast:  floors.Or(lexicon.HoldsTo.Of("ge")),
	indicator.AtMost:   wordsBefore.Of(indicator.AtMost),
	indicator.Equal:    lexicon.HoldsTo.Of("eq"),
	indicator.About:    lexicon.HoldsTo.Of("approx"),
})

// relation is a figure elsewhere that a clause is held against. Its span
// reaches from the word that holds to the end of the reference.
type relation struct {
	prose.Span
	reference  string // as the plan writes it
	comparator indicator.Comparator
}

// relationIn finds the reference of a clause that has no number of its own:
// 高于全省平均水平, 与经济增长同步.
func relationIn(p *prose.Segment, c prose.Span) (relation, bool) {
	text := prose.After(p.Text[:c.End], c.Start, prose.Window)
	if at, word := yearBefore(text); at > 0 {
		if verb := holding.Suffix(text[:at]); verb != "" {
			return relationAt(p, c.Start, at-len(verb), at, at+len(word), at+len(word), holding.Class(verb)), true
		}
	}
	if at, word := lexicon.References.Find(text); at >= 0 {
		if from, verb := holding.FindLast(text[:at]); from >= 0 {
			return relationAt(p, c.Start, from, from+len(verb), at+len(word), at+len(word), holding.Class(verb)), true
		}
	}
	if at, word := lexicon.InStepWords.Find(text); at >= 0 {
		end := len(text[:at]) - len(lexicon.MostlyAdverbs.Suffix(text[:at]))
		if from, verb := lexicon.WithWords.FindLast(text[:end]); from > 0 && from+len(verb) < end {
			return relationAt(p, c.Start, from, from+len(verb), end, at+len(word), indicator.Equal), true
		}
	}
	return relation{}, false
}

// yearBefore finds what a year before is called at the end of a clause, where it
// stands for its figure: 不低于上年.
func yearBefore(text string) (at int, word string) {
	word = lexicon.YearBeforeWords.Suffix(text)
	if word == "" {
		return -1, ""
	}
	return len(text) - len(word), word
}

// relationAt takes offsets from base: of the word that holds, of the reference,
// and of the end of both.
func relationAt(p *prose.Segment, base, from, name, nameEnd, end int, c indicator.Comparator) relation {
	r := relation{prose.Span{Start: base + from, End: base + end}, p.Written(base+name, base+nameEnd), c}
	if word := wordsAfter.Prefix(p.Text[r.End:]); word != "" && c == indicator.Equal {
		r.comparator, r.End = wordsAfter.Class(word), r.End+len(word)
	}
	return r
}

// readRelative keeps the target of a clause without a number whose value has to
// be looked up. One that names nothing it is about is only warned of.
func (g *blockReader) readRelative(sentence, c prose.Span, dates []*number.Token, previous *candidate) {
	r, ok := relationIn(g.segment, c)
	if !ok || g.past || g.discourseAt(c.End) != "" {
		return
	}
	s := &mention{
		segment: g.segment, token: &number.Token{Start: r.Start, End: r.End, Class: number.Quantity}, sentence: sentence, clause: c,
		own: prose.Span{Start: c.Start, End: r.End}, comparison: comparison{comparator: r.comparator}, first: true,
		block: g.block, setting: g.setting(), dates: dates, reference: r.reference, previous: previous.of(),
	}
	s.run = &run{length: 1, first: s}
	if inName(s) {
		return
	}
	if g.noteResult(s); isPast(s) {
		return
	}
	f := newCandidate(g, s, previous, dates)
	if f.subject == "" || f.subject == g.title {
		g.notes = append(g.notes, note{prose.Span{Start: c.Start, End: r.End}, indicator.WarnRelative})
		return
	}
	if f.inherited { // 增长6%,高于全省平均水平 is about one thing
		f.name, f.kind, s.token.Unit = previous.name, previous.kind, previous.mention.token.Unit
	} else {
		f.name, f.kind = relativeName(f.name, r.reference)
		if f.kind == indicator.Ratio || f.kind == indicator.Growth {
			s.token.Unit = "%"
		}
	}
	f.countOverTime()
	f.over = f.overOf()
	g.targets = append(g.targets, f)
}

// relativeName says what is compared and how its reports add up: what is held
// against a rate of growth is a rate of growth itself.
func relativeName(name, reference string) (string, indicator.Kind) {
	switch {
	case lexicon.ChangeNouns.Suffix(name) != "" || lexicon.ChangeVerbs.Suffix(name) != "":
		return name, indicator.Growth
	case lexicon.RateNouns.Suffix(name) != "":
		return name, indicator.Ratio
	case strings.HasSuffix(reference, "增长") || lexicon.ChangeNouns.Suffix(reference) != "":
		return name + "增速", indicator.Growth
	}
	return name, kindOfName(name, quantity.NoUnit)
}

// waitingTarget is a target without the value of its reference.
func waitingTarget(s *mention) indicator.Target {
	t := indicator.Target{Comparator: s.comparison.comparator, Reference: s.reference, Waits: true}
	if unit, err := quantity.ParseUnit(unitText(s)); err == nil {
		t.Unit = unit
	}
	return t
}

// relativeConfidence is high where the clause names what is compared, and that
// name says how it is measured.
func (f *candidate) relativeConfidence() indicator.Confidence {
	if f.inherited || f.mention.token.Unit == "" {
		return indicator.Medium
	}
	return indicator.High
}
