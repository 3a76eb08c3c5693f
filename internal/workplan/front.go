package workplan

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// front is what a plan says about itself.
type front struct {
	title    string
	issuer   string
	issuedOn indicator.Date
	startsOn indicator.Date
	dueOn    indicator.Date
	years    string // the line of years under the title
	titleAt  int    // line of the title, -1 for none

	guessed      bool // the term is no more than the first year that the text names
	tellsResults bool // the title says that the text tells what was reached
	opened       bool // a numbered heading was met
}

// isNotice reports whether a title is that of the letter a plan comes with.
func isNotice(title string) bool { return strings.HasSuffix(title, "通知") }

// longestTitle is the most characters of a title, and frontLines the number of
// filled lines it is looked for in.
const (
	longestTitle = 80
	frontLines   = 40
)

// readFront reads the title, issuer, dates and term.
func readFront(s *script) front {
	f := front{titleAt: -1}
	filled := 0
	for i, l := range s.lines {
		if l.start == l.end || l.page {
			continue
		}
		if filled++; filled > frontLines {
			break
		}
		text := s.compactLine(line{start: l.start, end: min(l.end, l.start+2*longestTitle)})
		f.readTitle(s, i, text)
		f.opened = f.opened || markerAt(text).level != noLevel
		f.readSignature(s, i, text)
	}
	if f.issuedOn.IsZero() {
		f.readClosing(s)
	}
	if f.issuedOn.IsZero() {
		f.issuedOn = pageDate(s)
	}
	if f.titleAt >= 0 {
		s.lines[f.titleAt].whole = true
	}
	f.tellsResults = tellsResults(foldedText(f.title))
	f.readTerm(s)
	return f
}

// readTitle takes a line for the title, or for the years under it. The title of a letter
// gives way to that of the plan it comes with.
func (f *front) readTitle(s *script, i int, text string) {
	if (f.title == "" || isNotice(f.title) && !isNotice(text) && !f.opened) && isTitle(text) {
		l := s.lines[i]
		f.title, f.titleAt = titleStart(s, i)+s.asWritten(l.start, l.end), i
	} else if f.title != "" && f.years == "" && strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		f.years = text
	}
}

// titleStart is the line before a title when the title began there: 某市关于加快
// 发展 / 某产业的意见.
func titleStart(s *script, i int) string {
	if i == 0 {
		return ""
	}
	l := s.lines[i-1]
	text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestTitle)})
	if n := utf8.RuneCountInString(text); n == 0 || n > longestAgency || !strings.Contains(text, "关于") || strings.ContainsAny(text, "。:;,》") {
		return ""
	}
	return s.asWritten(l.start, l.end)
}

// isTitle reports whether a line is the title of a document.
func isTitle(text string) bool {
	n := utf8.RuneCountInString(text)
	if n < 5 || n > longestTitle || strings.ContainsAny(text, "。;|") || strings.HasSuffix(text, ":") {
		return false
	}
	if markerAt(text).level != noLevel {
		return false
	}
	text = withoutNote(text)
	if at := strings.LastIndex(text, "("); at > 0 && strings.HasSuffix(text, ")") {
		if first, last := yearsIn(text[at:]); last > first && !strings.Contains(text, ",") {
			return true // 健康行动(2019-2030年)
		}
		text = text[:at]
	}
	return lexicon.TitleEndings.Suffix(strings.TrimRight(text, "”》")) != "" && !strings.ContainsAny(text, ",")
}

// withoutNote is a title without the mark of a footnote: 公报[1].
func withoutNote(text string) string {
	if at := strings.LastIndex(text, "["); at > 0 && strings.HasSuffix(text, "]") && strings.Trim(text[at:], "[]0123456789") == "" {
		return text[:at]
	}
	return text
}

// tellsResults reports whether a title ends in what was reached, and names nothing
// that is to be: 统计公报, 重点任务完成情况的通报.
func tellsResults(title string) bool {
	title = withoutNote(title)
	if at := strings.LastIndex(title, "("); at > 0 && strings.HasSuffix(title, ")") {
		title = title[:at]
	}
	title = strings.TrimSuffix(title, lexicon.ReportTitleEndings.Suffix(title))
	ending := lexicon.ResultTitleEndings.Suffix(title)
	if ending == "" {
		return false
	}
	first, second := titleYears(title)
	return second == first || !lexicon.AimTitleWords.In(title[:len(title)-len(ending)])
}

// titleYears are the first and the last year that a title names, by where they
// stand in it, as its halves: 2024年执行情况与2025年计划.
func titleYears(title string) (first, last int) {
	for _, d := range yearsNamed(title) {
		if first == 0 {
			first = d.when.year
		}
		last = d.when.year
	}
	return first, last
}

// yearsNamed are the dates with a year in a folded title.
func yearsNamed(text string) []token {
	var found []token
	for i, previous := 0, ' '; i < len(text); {
		r, size := runeAt(text, i)
		if !isDigit(previous) && !isNumeral(previous) || r == '十' {
			if w, n := titleDateAt(text[i:]); n > 0 && w.year != 0 {
				found = append(found, token{start: i, end: i + n, class: dateClass, when: w})
				size = n
			}
		}
		previous = lastRune(text[i : i+size])
		i += size
	}
	return found
}

// titleDateAt is dateAt, and reads the number of a plan for five years too, which makes
// a title's term: 第十四个五年规划.
func titleDateAt(text string) (when, int) {
	if rest, ok := strings.CutPrefix(text, "第"); ok {
		number, _, five := strings.Cut(after(rest, 0, 30), "个五年")
		if w, n := fiveYears(number + "五"); five && n > 0 && n == len(number)+len("五") {
			return w, len("第") + len(number) + len("个五年")
		}
	}
	return dateAt(text)
}

// readSignature reads a date that stands alone on a line, and the issuers on the
// lines before it: several stand on a line each, or on one with spaces between.
func (f *front) readSignature(s *script, i int, text string) {
	w, size := dateAt(text)
	if size == 0 || size != len(text) || w.day == 0 || w.year == 0 || !f.issuedOn.IsZero() {
		return
	}
	f.issuedOn = w.start(w.year)
	k := i - 1
	for k >= 0 && s.lines[k].start == s.lines[k].end {
		k--
	}
	var issuers []string
	for ; k >= 0; k-- {
		on := signatories(s, s.lines[k])
		if len(on) == 0 || len(issuers) > 0 && !indicator.BeginsWithPlace(on[0]) {
			break
		}
		issuers = append(on, issuers...)
	}
	f.issuer = cmp.Or(strings.Join(issuers, "、"), f.issuer)
}

// signatories are the agencies that alone make up a line, nil where anything else
// stands on it. Spaces part them where each names its place; else they only space a
// name out.
func signatories(s *script, l line) []string {
	if l.end-l.start > longestTitle {
		return nil
	}
	var parts []string
	for start, i := l.start, l.start; i <= l.end; i++ {
		if i < l.end && s.norm[i] != ' ' {
			continue
		}
		if part := (line{start: start, end: i}); s.compactLine(part) != "" {
			name := s.asWritten(start, i)
			if !isSignatory(s, part) || !indicator.BeginsWithPlace(name) {
				parts = nil
				break
			}
			parts = append(parts, name)
		}
		start = i
	}
	if len(parts) == 0 && isSignatory(s, l) {
		parts = []string{s.asWritten(l.start, l.end)}
	}
	return parts
}

// isSignatory reports whether a line is the name of one agency.
func isSignatory(s *script, l line) bool {
	name := s.compactLine(l)
	return l.end-l.start <= longestAgency && !strings.ContainsAny(name, ",。:;、") && lexicon.AgencyEndings.Suffix(name) != ""
}

// closingLines is how many filled lines at the end are looked at for a date.
const closingLines = 5

// readClosing reads who published the plan and when from its last lines.
func (f *front) readClosing(s *script) {
	left := closingLines
	for k := len(s.lines) - 1; k >= 0 && left > 0 && f.issuedOn.IsZero(); k-- {
		l := s.lines[k]
		if l.start == l.end {
			continue
		}
		left--
		text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestTitle)})
		if f.readSignature(s, k, text); f.issuedOn.IsZero() {
			f.readPublished(text)
		}
	}
}

// readPublished reads a line such as 某市某局2026年3月13日发布.
func (f *front) readPublished(text string) {
	for i := range text {
		w, size := dateAt(text[i:])
		if size == 0 || w.day == 0 || w.year == 0 {
			continue
		}
		if lexicon.PublishingVerbs.Prefix(text[i+size:]) != "" {
			f.issuedOn = w.start(w.year)
			if looksLikeAgency(text[:i]) {
				f.issuer = text[:i]
			}
		}
		return
	}
}

// readTerm takes the term from the years in the title, else from the title of
// the paragraph that a plan opens with, else it is the year of issue. Where
// only the title's number of years is known, the years end with the goals'.
func (f *front) readTerm(s *script) {
	first, last := yearsIn(f.title)
	if first == 0 {
		first, last = yearsIn(f.years)
	}
	if first != 0 {
		f.setTerm(first, last)
		if years := spanOfYears(f.title); last == first && years > 1 && !f.issuedOn.IsZero() {
			f.setTerm(first, first+years-1)
		}
		return
	}
	if !f.issuedOn.IsZero() {
		year := f.issuedOn.Year()
		f.setTerm(year, year+spanOfYears(f.title)-1)
		return
	}
	years := spanOfYears(f.title)
	year := documentYear(s)
	if year == 0 && years > 1 {
		year = max(0, goalYear(s, years)-years+1)
	}
	if year == 0 && f.title != "" {
		year, f.guessed = firstYearIn(s), true
	}
	if year != 0 {
		f.setTerm(year, year+years-1)
	}
}

func (f *front) setTerm(first, last int) {
	f.startsOn = indicator.DateOf(first, 1, 1)
	f.dueOn = indicator.DateOf(last, 12, 31)
}

// yearsIn is the span of years or year that a title is for: the first that it
// names, or the last where the first half tells of results and the second of what
// is to come (2024年执行情况与2025年计划).
func yearsIn(title string) (first, last int) {
	text := foldedText(title)
	named := yearsNamed(text)
	if len(named) == 0 {
		return 0, 0
	}
	d, end := named[0], named[len(named)-1]
	if len(named) > 1 && end.when.year > d.when.year && lexicon.ResultTitleWords.In(text[d.end:end.start]) && lexicon.AimTitleWords.In(text[end.end:]) {
		d = end
	}
	return d.when.year, max(d.when.year, d.when.endYear)
}

// spanOfYears is the number of years a title names: 三年行动计划. It is 1 when
// the title names none.
func spanOfYears(title string) int {
	for word := range lexicon.TitleSpans.All() {
		before, _, ok := strings.Cut(title, "年"+word)
		if !ok {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(before)
		if n, _ := numeralDigit(r); n > 1 {
			return int(n)
		}
	}
	return 1
}

// goalYear is the year that the goals of a plan for so many years are set for,
// as a sentence that opens with it says: 到2027年. Of several it is the last that
// lies within so many years of the first: a plan may look far beyond its end.
func goalYear(s *script, years int) int {
	var named []int
	for _, l := range s.lines {
		text := s.compactLine(line{start: l.start, end: l.end})
		for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("。;:", r) }) {
			lead := lexicon.GoalOpeners.Prefix(sentence)
			if w, size := dateAt(sentence[len(lead):]); lead != "" && size > 0 && w.year != 0 && w.endYear == 0 {
				named = append(named, w.year)
			}
		}
	}
	if len(named) == 0 {
		return 0
	}
	first, last := slices.Min(named), 0
	for _, year := range named {
		if year < first+years {
			last = max(last, year)
		}
	}
	return last
}

// opening is how many characters at the start of a plan its year is looked for
// in, where no title names one.
const opening = 400

// documentYear is the year in the document's own number: 国办发[2018]121号. It
// stands on a line of its own; one in the text belongs to another document.
func documentYear(s *script) int {
	left := frontLines
	for _, l := range s.lines {
		if l.start == l.end {
			continue
		}
		if left--; left < 0 || l.start > opening {
			break
		}
		text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestTitle)})
		_, rest, ok := strings.Cut(text, "[")
		if year, n := yearAt(rest); ok && n > 0 && strings.HasPrefix(rest[n:], "]") && strings.HasSuffix(text, "号") {
			return year
		}
	}
	return 0
}

// firstYearIn is the first year that the opening of the text names as its own:
// not one that something is to be reached by, nor one that a change is measured
// from or that is part of a name.
func firstYearIn(s *script) int {
	text := s.compactLine(line{start: 0, end: min(len(s.norm), opening)})
	p := compactPassage(text)
	for _, d := range datesOf(p, span{0, len(text)}, tokens(text)) {
		left := text[:d.start]
		if d.when.year != 0 && d.when.endYear == 0 && !strings.HasSuffix(left, "到") && !strings.HasSuffix(left, "至") {
			return d.when.year
		}
	}
	return 0
}
