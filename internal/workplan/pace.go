package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// pace is a share that says how fast a thing is to change, before the verb that
// says so: 按不低于5%的幅度压减会议费, 以年均8%的速度增长.
type pace struct {
	subject string
	change  string
	yearly  bool
	end     int // byte of the segment where the change and what it is done to end
}

// paceOf reads the pace that a number gives, nil where it gives none.
func paceOf(s *mention) *pace {
	if s.token.UnitClass != quantity.ShareUnit || s.token.Unit == "番" {
		return nil
	}
	rest := s.rest()
	rest = strings.TrimPrefix(rest, s.comparison.after)
	word := lexicon.PaceNouns.Prefix(rest)
	head, average, led := paceHead(s.head())
	if word == "" || !led {
		return nil
	}
	rest = rest[len(word):]
	for filler := lexicon.VerbAdverbs.Prefix(rest); filler != ""; filler = lexicon.VerbAdverbs.Prefix(rest) {
		rest = rest[len(filler):]
	}
	change := lexicon.ObjectChangeVerbs.Prefix(rest)
	object := rest[len(change):]
	if change == "" || strings.ContainsAny(object, "0123456789") {
		return nil
	}
	if at := strings.IndexAny(object, "、,;("); at >= 0 {
		object = object[:at]
	}
	p := &pace{subject: object, change: change, yearly: average}
	p.end = s.token.End + len(s.rest()) - len(rest) + len(change) + len(object)
	if p.subject == "" {
		p.subject = whoseIs(head)
	}
	if p.subject == "" || !startsNoun(p.subject) {
		return nil
	}
	return p
}

// paceHead is what stands before 按 or 以 in front of a pace; led is false where
// neither leads to it.
func paceHead(head string) (before string, average, led bool) {
	for {
		rest, compared := cutComparator(head)
		if filler := lexicon.BetweenVerbAndNumber.Suffix(head); compared == "" {
			average = average || lexicon.YearlyMeans.Has(filler) || filler == "每年"
			rest = strings.TrimSuffix(head, filler)
		}
		if rest == head {
			break
		}
		head = rest
	}
	word := lexicon.PaceOpeners.Suffix(head)
	if word == "" {
		return "", false, false
	}
	return strings.TrimSuffix(head, word), average, true
}

// whoseIs is the thing at the head of a clause without those who act on it.
func whoseIs(text string) string {
	text = trimOpening(text)
	for word := lexicon.WhoeverWords.Prefix(text); word != ""; word = lexicon.WhoeverWords.Prefix(text) {
		text = trimOpening(text[len(word):])
	}
	for word := lexicon.WhoeverWords.Suffix(text); word != ""; word = lexicon.WhoeverWords.Suffix(text) {
		text = strings.TrimSuffix(text, word)
	}
	return text
}

// readPace names a target by its pace, where it has one.
func (f *candidate) readPace() {
	p := f.mention.pace
	if p == nil {
		return
	}
	f.subject, f.verb, f.head, f.inherited, f.nounAfter = p.subject, "", "", false, false
	name := p.subject
	if p.yearly {
		name += "年均"
	}
	f.name = polish(name + p.change)
	f.end = max(f.end, p.end)
}
