package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// DirectionOf says which way is better for what a name measures, and whether
// the name says so at all.
func DirectionOf(name string) (indicator.Direction, bool) {
	name = bareName(name)
	if lexicon.ReductionVerbs.Suffix(name) != "" { // 会议费压减 may be a rate of change or what is saved
		return "", false
	}
	s := senseAtEnd(name)
	switch s {
	case fall:
		return indicator.Decrease, true
	case rise:
		if name = strings.TrimSuffix(name, sensesOf.Suffix(name)); risesWell(name) {
			return indicator.Increase, true
		}
		return "", false
	}
	if direction := s.direction(); direction != "" {
		return direction, true
	}
	if s == unsaid && beginsWithAction(name) {
		return indicator.Increase, true
	}
	return "", false
}

// beginsWithAction reports whether a name says what is done to the things that it
// counts: 新建公园数.
func beginsWithAction(name string) bool {
	verb := lexicon.ActionVerbs.Prefix(name)
	return verb != "" && verb != name
}

// direction is the way that is better, or "" where the sense is silent.
func (s sense) direction() indicator.Direction {
	switch s {
	case more, taken:
		return indicator.Increase
	case badEvent, badThing, badMeasure:
		return indicator.Decrease
	}
	return ""
}

// risesWell reports whether a thing that grows is plainly better for it: no
// price or cost.
func risesWell(name string) bool {
	s := senseOfName(name)
	return s != neither && s != usage && s.direction() != indicator.Decrease
}

// bareName is a name without the marks that tell it from others of its task.
func bareName(name string) string {
	name = strings.TrimSpace(unquote.Replace(name))
	for strings.HasSuffix(name, ")") {
		open := strings.LastIndexByte(name, '(')
		if open <= 0 {
			break
		}
		name = name[:open]
	}
	return name
}

var unquote = strings.NewReplacer("（", "(", "）", ")", "“", "", "”", "", " ", "", "Ⅴ", "V", "ＰＭ", "PM", "．", ".")

// senseOfName is what the end of a name says about which way is better.
func senseOfName(name string) sense { return senseAtEnd(bareName(name)) }

// mostTails is how many words such as 率 or 人数 a name may end with.
const mostTails = 4

func senseAtEnd(name string) sense {
	if at := strings.LastIndex(name, "占"); at > 0 && lexicon.ShareTails.Suffix(name) != "" { // the share of what stands before it
		if s, found := (ending{rest: name[:at], share: true}).sense(mostTails); found {
			return s
		}
	}
	s, _ := ending{rest: name}.sense(mostTails)
	return s
}

// ending is a name without the tails at its end, and what they were.
type ending struct {
	rest                  string
	share, people, tailed bool
}

// sense is that of the word at the end, or of the word before a tail: of the
// longest tail that leaves one, since 案件数 ends in 件数 as well as in 数.
func (e ending) sense(tails int) (s sense, found bool) {
	if word := sensesOf.Suffix(e.rest); word != "" {
		return e.turned(sensesOf.Class(word), e.rest[:len(e.rest)-len(word)]), true
	}
	if strings.HasSuffix(e.rest, "化") && len(e.rest) > len("化") { // 城镇化率, 资源化
		return more, true
	}
	for _, tail := range lexicon.NeutralTails.Suffixes(e.rest) {
		if tails == 0 || tail == e.rest {
			continue
		}
		next := ending{e.rest[:len(e.rest)-len(tail)], e.share || lexicon.ShareTails.Has(tail), e.people || lexicon.PeopleTails.Has(tail), true}
		if s, found := next.sense(tails - 1); found {
			return s, true
		}
	}
	if verb := lexicon.ActionVerbs.Suffix(e.rest); verb != "" && e.tailed {
		return e.turned(more, e.rest[:len(e.rest)-len(verb)]), true
	}
	return unsaid, false
}

// turned is the sense of a word with what stands before it: 不合格, 零投诉,
// 化解债务.
func (e ending) turned(s sense, before string) sense {
	switch s {
	case more, bearer:
		if lexicon.Negators.Suffix(before) != "" {
			return badThing
		}
		if s == bearer {
			if word := sensesOf.Suffix(before); word != "" && sensesOf.Class(word).direction() == indicator.Decrease {
				return e.turned(sensesOf.Class(word), before[:len(before)-len(word)])
			}
			return more
		}
	case taken:
		if lexicon.NegatorsOfRemoval.Suffix(before) != "" {
			return badThing
		}
	case badEvent, badThing:
		if lexicon.Preventers.Suffix(before) != "" && lexicon.NotPreventing.Suffix(before) == "" || !e.share && countsAway(before, e.people) {
			return taken
		}
	case usage:
		if lexicon.PerOutput.In(before) {
			return badMeasure
		}
	}
	return s
}

// countsAway reports whether a verb at the head of a name, or right before the
// bad thing, says what is done about it.
func countsAway(before string, people bool) bool {
	for word := lexicon.BeforeRemovalVerb.Prefix(before); word != ""; word = lexicon.BeforeRemovalVerb.Prefix(before) {
		before = before[len(word):]
	}
	return lexicon.RemovalVerbs.Prefix(before) != "" || lexicon.RemovalVerbs.Suffix(before) != "" || people && lexicon.HelpVerbs.Prefix(before) != ""
}
