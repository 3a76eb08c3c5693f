package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// datesOf are the dates of a sentence that can be deadlines, in order: not the
// ones a change is measured from, and not those in names.
func datesOf(p *passage, sentence span, figures []token) []*token {
	var dates []*token
	for i := range figures {
		t := &figures[i]
		if t.class != dateClass || t.start < sentence.start || t.end > sentence.end {
			continue
		}
		if p.depth[t.start]&inQuote != 0 && !strings.HasPrefix(p.text[t.start:], "“") {
			continue
		}
		if !comparesWith(p, t) && !namesPlan(p, t) && !qualifies(p, t) {
			dates = append(dates, t)
		}
	}
	return dates
}

// comparesWith reports whether a date is what a change is measured from:
// 较2022年, 2020年以来.
func comparesWith(p *passage, t *token) bool {
	return lexicon.BeforeBaseDate.Suffix(before(p.text, t.start, 12)) != "" || lexicon.AfterBaseDate.Prefix(after(p.text, t.end, 24)) != ""
}

// namesPlan reports whether a term of years is only part of what a plan or a
// stage is called: “十四五”机器人产业规划, “十五五”良好开局. Where it is a time it
// says so, or the clause ends with it.
func namesPlan(p *passage, t *token) bool {
	if cited := after(p.text, t.end, 30); t.when.year != 0 {
		if at, _ := lexicon.CitedPlans.Find(cited); at >= 0 && !strings.ContainsAny(cited[:at], ",:;。、\n0123456789") {
			return true
		}
	}
	text := p.text[t.start:t.end]
	if aims := strings.TrimPrefix(after(p.text, t.end, 30), "主要"); lexicon.AimNouns.Prefix(aims) != "" {
		return false
	}
	if t.when.endYear == 0 || !strings.Contains(text, "五") || lexicon.SpanMarks.Suffix(text) != "" {
		return false
	}
	next := firstRune(after(p.text, t.end, 3))
	return t.end < len(p.text) && !strings.ContainsRune(",:、。;\n", next)
}

// qualifies reports whether a date belongs to a noun by a verb with 的: 2000年底
// 前建成的小区.
func qualifies(p *passage, t *token) bool {
	verb, _, tied := strings.Cut(after(p.text, t.end, 36), "的")
	if !tied || strings.ContainsAny(verb, ",:;。、\n") || strings.HasSuffix(before(p.text, t.start, 3), "到") {
		return false
	}
	return lexicon.ActionVerbs.Suffix(verb) != "" || lexicon.EndingVerbs.Suffix(verb) != "" || lexicon.IssuingVerbs.Suffix(verb) != ""
}

// leadsUpTo reports whether a date is a deadline rather than a stretch of
// time: 到2025年, 2025年底前.
func leadsUpTo(p *passage, t *token) bool {
	if t.end > len(p.text) || t.apart {
		return false
	}
	text := p.text[t.start:t.end]
	left := before(p.text, t.start, 6)
	return strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至") || strings.ContainsAny(text, "底末前")
}

// completion is the date in a clause that only says by when all is done:
// 11月底前完工. It is nil for any other clause.
func completion(p *passage, c span, dates []*token, dateAlone bool) *token {
	for _, d := range dates {
		if d.start < c.start || d.end > c.end {
			continue
		}
		if strings.Trim(p.text[c.start:d.start], " ") != "" && lexicon.StepOpenings.Prefix(p.text[c.start:d.start]) == "" {
			return nil
		}
		rest := p.text[d.end:c.end]
		for word := lexicon.StepOpenings.Prefix(rest); word != ""; word = lexicon.StepOpenings.Prefix(rest) {
			rest = rest[len(word):]
		}
		if rest == "" && dateAlone {
			return d
		}
		if word := lexicon.EndingVerbs.Prefix(rest); word != "" && rest[len(word):] == "" {
			return d
		}
		return nil
	}
	return nil
}
