package board

import (
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// textMark is a part of a plan's text that is marked, by code points.
type textMark struct {
	Start, End int
	// Class is read, confirmed, rejected, warning or unread.
	Class string
	// ID is what leads to the mark; Address is where it leads, and Label says what it is.
	ID, Address, Label string
	// Sign stands before the mark; it is no part of the text.
	Sign string
}

// segment is a part of a plan's text within which the same marks hold.
type segment struct {
	Text string
	// Class is that of the marks; empty for a part without any.
	Class, Title string
	// Begin are the marks that begin with the segment and have a sign.
	Begin []textMark
	// Address leads from the text itself; empty for none.
	Address string
}

// segmentsOf cuts a text where marks begin and end. Marks may overlap; one that is not within the
// text is left out. What the segments say one after the other is the text.
func segmentsOf(text []rune, marks []textMark) []segment {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m textMark) bool { return m.Start < 0 || m.End > len(text) || m.Start >= m.End })
	slices.SortStableFunc(marks, func(a, b textMark) int { return a.Start - b.Start })
	cuts := []int{0, len(text)}
	for _, m := range marks {
		cuts = append(cuts, m.Start, m.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var all []segment
	var open []textMark
	next := 0
	for i := 0; i+1 < len(cuts); i++ {
		at := cuts[i]
		open = slices.DeleteFunc(open, func(m textMark) bool { return m.End <= at })
		s := segment{Text: string(text[at:cuts[i+1]])}
		for ; next < len(marks) && marks[next].Start == at; next++ {
			open = append(open, marks[next])
			if marks[next].Sign != "" {
				s.Begin = append(s.Begin, marks[next])
			}
		}
		var classes, titles []string
		for _, m := range open {
			if !slices.Contains(classes, m.Class) {
				classes = append(classes, m.Class)
			}
			titles = append(titles, m.Label)
			if m.Sign == "" && s.Address == "" {
				s.Address = m.Address
			}
		}
		s.Class, s.Title = strings.Join(classes, " "), strings.Join(titles, "\n")
		all = append(all, s)
	}
	return all
}

// exactText is a text as it stands in a page, where a parser would change the ends of its lines.
func exactText(s string) template.HTML {
	return template.HTML(strings.ReplaceAll(html.EscapeString(s), "\r", "&#13;")) //nolint:gosec // escaped here
}

// marksOf are all marks of a plan's text: what was read, what was warned of, and, for those who may
// add indicators, numbers that neither is about.
func (v *visit) marksOf(text []rune, places map[string][]v1.Indicator, shown map[string]stretch, content reviewPage) []textMark {
	var marks []textMark
	for _, state := range reviewStates {
		class := state
		if state == "draft" {
			class = "read"
		}
		for i, in := range places[state] {
			at, here := shown[in.Code]
			if !here {
				continue
			}
			address := "#d-" + in.Code
			if page := i/draftsShown + 1; state != content.State || page != content.Page {
				address = v.reviewAddress(state, page) + address
			}
			marks = append(marks, textMark{
				Start: at.start, End: at.end, Class: class, ID: "t-" + in.Code, Address: address,
				Label: v.State(state) + "：" + in.Name + "，" + v.Target(in.Target), Sign: strconv.Itoa(i + 1),
			})
		}
	}
	for _, w := range content.Warnings {
		marks = append(marks, textMark{
			Start: w.Start, End: w.End, Class: "warning", ID: "tw-" + w.ID, Address: "#w-" + w.ID, Label: w.Text, Sign: "⚠ " + w.Text,
		})
	}
	if !v.May("manage") {
		return marks
	}
	taken, shared := make([]bool, len(text)), make([]bool, len(text))
	for _, m := range marks {
		cover(taken, m.Start, m.End)
	}
	for _, p := range v.Plan.Parts {
		cover(shared, p.Source.Start, p.Source.End)
	}
	serials := serialsIn(text)
	for _, n := range numbersIn(text) {
		if taken[n.start] || serials[n.start] || isNoAmount(text, n) {
			continue
		}
		label := v.T("未作为指标的数字；点击作为指标添加", "a number that was not read as an indicator; follow to add it as one")
		if shared[n.start] {
			label = v.T("分解到地区的数字，不是指标；点击作为指标添加", "a share of a place, which is no indicator; follow to add it as one")
		}
		marks = append(marks, textMark{
			Start: n.start, End: n.end, Class: "unread", Address: v.addAddress(content.AddBase, sentenceAround(text, n), n), Label: label,
		})
	}
	return marks
}

// cover marks a part of a text, as far as it is within.
func cover(covered []bool, start, end int) {
	for i := max(start, 0); i < min(end, len(covered)); i++ {
		covered[i] = true
	}
}

// stretch is a part of a text, by code points.
type stretch struct{ start, end int }

func (s stretch) String() string { return strconv.Itoa(s.start) + "-" + strconv.Itoa(s.end) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// numbersIn are the numbers in figures, with their points and separators.
func numbersIn(text []rune) (all []stretch) {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		n := stretch{i, i + 1}
		for n.end < len(text) && (isDigit(text[n.end]) || n.end+1 < len(text) && strings.ContainsRune(".．,，", text[n.end]) && isDigit(text[n.end+1])) {
			n.end++
		}
		all = append(all, n)
		i = n.end
	}
	return all
}

// isNoAmount says that a number is a date, an ordinal or part of a name, by what stands beside it.
func isNoAmount(text []rune, n stretch) bool {
	before, after := '\n', '\n'
	if n.start > 0 {
		before = text[n.start-1]
	}
	if n.end < len(text) {
		after = text[n.end]
	}
	switch {
	case n.end-n.start == len("2023") && strings.ContainsRune("-－–—~～至", after):
		return true // the first of some years
	case strings.ContainsRune("年月日号条届期章节级线时", after), strings.ContainsRune("第〔[【“\"", before):
		return true
	case before < unicode.MaxASCII && unicode.IsLetter(before), after < unicode.MaxASCII && unicode.IsLetter(after):
		return true
	case strings.ContainsRune("、.．)）", after):
		return beginsLine(text, n.start) || bracketed(text, n) && beginsLine(text, n.start-1) // the number of an item
	}
	return false
}

// bracketed says that a number stands in brackets: （1）.
func bracketed(text []rune, n stretch) bool {
	return n.start > 0 && strings.ContainsRune("(（", text[n.start-1]) && n.end < len(text) && strings.ContainsRune(")）", text[n.end])
}

// beginsLine says that only blanks stand before a place in its line or cell. It looks no further
// back than it has to: a text may be one long line of numbers.
func beginsLine(text []rune, at int) bool {
	for at > 0 && text[at-1] != '\n' && text[at-1] != '|' {
		at--
		if !unicode.IsSpace(text[at]) {
			return false
		}
	}
	return true
}

// mostAround is how far the ends of a sentence are looked for.
const mostAround = 300

// sentenceAround is the sentence that a part of the text stands in, without its end and without
// the number of the item that it begins.
func sentenceAround(text []rune, part stretch) stretch {
	isEnd := func(r rune) bool { return strings.ContainsRune("。；;！？\n\r", r) }
	s := part
	for s.start > 0 && part.start-s.start < mostAround && !isEnd(text[s.start-1]) {
		s.start--
	}
	for s.end < len(text) && s.end-part.end < mostAround && !isEnd(text[s.end]) {
		s.end++
	}
	s = trimmed(text, s)
	if first := numbersIn(text[s.start:part.start]); len(first) > 0 && first[0].start == 0 && isNoAmount(text, stretch{s.start, s.start + first[0].end}) {
		if at := s.start + first[0].end; at < part.start && strings.ContainsRune("、.．)）", text[at]) {
			s.start = at + 1
		}
	}
	return trimmed(text, s)
}

// trimmed is a part without blanks at its ends.
func trimmed(text []rune, s stretch) stretch {
	for s.start < s.end && unicode.IsSpace(text[s.start]) {
		s.start++
	}
	for s.end > s.start && unicode.IsSpace(text[s.end-1]) {
		s.end--
	}
	return s
}

// warningShown is a warning in words, with its sentence.
type warningShown struct {
	v1.Warning
	ID, Text, Sentence string
	// Add leads to the form of an indicator with the sentence; empty where none can be made.
	Add string
	// InText says that the warning is about a place in the text.
	InText bool
}

func (v *visit) warningsShown(text []rune, base string) []warningShown {
	all := make([]warningShown, 0, len(v.Plan.Warnings))
	for i, w := range v.Plan.Warnings {
		shown := warningShown{Warning: w, ID: strconv.Itoa(i + 1), Text: v.WarningText(w)}
		if at := (stretch{w.Start, w.End}); at.start >= 0 && at.start < at.end && at.end <= len(text) {
			sentence := sentenceAround(text, at)
			shown.InText, shown.Sentence = true, string(text[sentence.start:sentence.end])
			if v.May("manage") {
				shown.Add = v.addAddress(base, sentence, at)
			}
		}
		all = append(all, shown)
	}
	return all
}

// addAddress leads to the form of an indicator with a sentence and its number.
func (v *visit) addAddress(base string, sentence, number stretch) string {
	return base + "&add=" + sentence.String() + "&number=" + number.String() + "#add"
}
