package number

import (
	"sort"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Deadlines are the dates of a sentence that can be deadlines, in order: not the
// ones a change is measured from, and not those in names.
func Deadlines(p *prose.Segment, sentence prose.Span, figures []Token) []*Token {
	var dates []*Token
	for i := range figures {
		t := &figures[i]
		if t.Class != Date || t.Start < sentence.Start || t.End > sentence.End {
			continue
		}
		if p.Depth[t.Start]&prose.InQuote != 0 && !strings.HasPrefix(p.Text[t.Start:], "“") {
			continue
		}
		if len(dates) > 0 && namedBefore(p, dates[len(dates)-1], t) {
			continue
		}
		if !comparesWith(p, t) && !namesWhole(p, t) && !namesPlan(p, t) && !qualifies(p, t) {
			dates = append(dates, t)
		}
	}
	return dates
}

// namedBefore reports whether a date says no more than the one before it: the year that this names, or
// what happens on its day, 9月1日开学前.
func namedBefore(p *prose.Segment, before, t *Token) bool {
	return p.Text[t.Start:t.End] == yearNamed || t.When.Unsure && !before.When.Unsure && t.Start == before.End
}

// yearNamed is the year that a text speaks of, or the plan's own where it speaks of none.
const yearNamed = "当年"

// comparesWith reports whether a date is what a change is measured from:
// 较2022年, 2020年以来.
func comparesWith(p *prose.Segment, t *Token) bool {
	return lexicon.BeforeBaseDate.Suffix(prose.Before(p.Text, t.Start, 12)) != "" || lexicon.AfterBaseDate.Prefix(prose.After(p.Text, t.End, 24)) != ""
}

// namesWhole reports whether a date only says of which time the whole is that a share is of:
// 全年任务的55%.
func namesWhole(p *prose.Segment, t *Token) bool {
	rest := prose.After(p.Text, t.End, 30)
	noun := lexicon.AssignedNouns.Prefix(rest)
	return noun != "" && strings.HasPrefix(rest[len(noun):], "的") && prose.StartsDigit(rest[len(noun)+len("的"):])
}

// namesPlan reports whether a term of years is only part of what a plan or a
// stage is called: “十四五”机器人产业规划, “十五五”良好开局. Where it is a time it
// says so, or the clause ends with it.
func namesPlan(p *prose.Segment, t *Token) bool {
	if cited := prose.After(p.Text, t.End, 30); t.When.Year != 0 {
		if at, _ := lexicon.CitedPlans.Find(cited); at >= 0 && !strings.ContainsAny(cited[:at], ",:;。、\n0123456789") {
			return true
		}
	}
	text := p.Text[t.Start:t.End]
	if aims := strings.TrimPrefix(prose.After(p.Text, t.End, 30), "主要"); lexicon.AimNouns.Prefix(aims) != "" {
		return false
	}
	if t.When.EndYear == 0 || !strings.Contains(text, "五") || lexicon.SpanMarks.Suffix(text) != "" {
		return false
	}
	next := prose.FirstRune(prose.After(p.Text, t.End, 3))
	return t.End < len(p.Text) && !strings.ContainsRune(",:、。;\n", next)
}

// qualifies reports whether a date belongs to a noun by a verb with 的: 2000年底
// 前建成的小区.
func qualifies(p *prose.Segment, t *Token) bool {
	verb, _, tied := strings.Cut(prose.After(p.Text, t.End, 36), "的")
	if !tied || strings.ContainsAny(verb, ",:;。、\n") || strings.HasSuffix(prose.Before(p.Text, t.Start, 3), "到") {
		return false
	}
	return lexicon.ActionVerbs.Suffix(verb) != "" || lexicon.EndingVerbs.Suffix(verb) != "" || lexicon.IssuingVerbs.Suffix(verb) != ""
}

// LeadsUpTo reports whether a date is a deadline rather than a stretch of
// time: 到2025年, 2025年底前.
func LeadsUpTo(p *prose.Segment, t *Token) bool {
	if t.End > len(p.Text) || t.Apart {
		return false
	}
	text := p.Text[t.Start:t.End]
	left := prose.Before(p.Text, t.Start, 6)
	return strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至") || strings.ContainsAny(text, "底末前")
}

// Completion is the date in a clause that only says by when all is done:
// 11月底前完工, 完成时间为9月底. It is nil for any other clause.
func Completion(p *prose.Segment, c prose.Span, dates []*Token, dateAlone bool) *Token {
	i := sort.Search(len(dates), func(i int) bool { return dates[i].Start >= c.Start })
	if i == len(dates) || dates[i].End > c.End {
		return nil
	}
	d := dates[i]
	lead, rest := p.Text[c.Start:d.Start], p.Text[d.End:c.End]
	label := lexicon.DueLabels.Prefix(lead)
	if !onlyOpensDate(lead[len(label):], label != "") {
		return nil
	}
	if EndsAt(rest) || (dateAlone || label != "") && onlyOpensDate(rest, false) {
		return d
	}
	return nil
}

// EndsAt reports whether the words after a date say no more than that all is done by then.
func EndsAt(rest string) bool { return lexicon.EndingVerbs.Has(DoneBy(rest)) }

// DoneBy is what the words after a date say is done by then, without those that only lead to it: 竣工 of
// 全部竣工.
func DoneBy(rest string) string {
	for word := lexicon.StepOpenings.Prefix(rest); word != "" && !lexicon.EndingVerbs.Has(rest); word = lexicon.StepOpenings.Prefix(rest) {
		rest = rest[len(word):]
	}
	return rest
}

// onlyOpensDate reports whether the words before a date only lead to it: 并于, 预计, and after a label 为.
func onlyOpensDate(lead string, labelled bool) bool {
	if labelled {
		lead = strings.TrimPrefix(strings.TrimPrefix(lead, ":"), "为")
	}
	for lead = strings.TrimSpace(lead); lead != ""; {
		word := lexicon.StepOpenings.Prefix(lead)
		if before := lexicon.BeforeDate.Prefix(lead); len(before) > len(word) {
			word = before
		}
		if word == "" {
			return false
		}
		lead = lead[len(word):]
	}
	return true
}
