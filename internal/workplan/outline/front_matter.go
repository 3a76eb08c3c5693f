package outline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// FrontMatter is what a plan says about itself.
type FrontMatter struct {
	Title    string
	Issuer   string
	IssuedOn indicator.Date
	StartsOn indicator.Date
	DueOn    indicator.Date
	years    string // the line of years under the title
	TitleAt  int    // line of the title, -1 for none

	Guessed      bool // the term is no more than the first year that the text names
	TellsResults bool // the title says that the text tells what was reached
	OtherKind    bool // the title or the form says that the text is no plan
	opened       bool // a numbered heading was met
}

// isNotice reports whether a title is that of the letter a plan comes with.
func isNotice(title string) bool { return strings.HasSuffix(title, "通知") }

// LongestTitle is the most characters of a title, and frontLines the number of
// filled lines it is looked for in.
const (
	LongestTitle = 80
	frontLines   = 40
)

// ReadFrontMatter reads the title, issuer, dates and term.
func ReadFrontMatter(s *prose.Source) FrontMatter {
	f := FrontMatter{TitleAt: -1}
	filled := 0
	for i, l := range s.Lines {
		if l.Start == l.End || l.Page {
			continue
		}
		if filled++; filled > frontLines {
			break
		}
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+2*LongestTitle)})
		f.readTitle(s, i, text)
		f.opened = f.opened || MarkerAt(text).Level != NoLevel
		f.readSignature(s, i, text)
	}
	if f.IssuedOn.IsZero() {
		f.readClosing(s)
	}
	if f.IssuedOn.IsZero() {
		f.IssuedOn = pageDate(s)
	}
	if f.TitleAt >= 0 {
		s.Lines[f.TitleAt].Whole = true
	}
	title := prose.CompactText(f.Title)
	f.TellsResults = tellsResults(title)
	f.OtherKind = !lexicon.PlanKinds.In(title) && (namesOtherKind(title) || isInArticles(s))
	f.readTerm(s)
	return f
}

// readTitle takes a line for the title, or for the years under it. The title of a letter
// gives way to that of the plan it comes with.
func (f *FrontMatter) readTitle(s *prose.Source, i int, text string) {
	if (f.Title == "" || isNotice(f.Title) && !isNotice(text) && !f.opened) && isTitle(text) {
		l := s.Lines[i]
		f.Title, f.TitleAt = titleStart(s, i)+s.AsWritten(l.Start, l.End), i
	} else if f.Title != "" && f.years == "" && strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		f.years = text
	}
}

// titleStart is the line before a title when the title began there: 某市关于加快
// 发展 / 某产业的意见.
func titleStart(s *prose.Source, i int) string {
	if i == 0 {
		return ""
	}
	l := s.Lines[i-1]
	text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+LongestTitle)})
	if n := utf8.RuneCountInString(text); n == 0 || n > agency.LongestName || !strings.Contains(text, "关于") || strings.ContainsAny(text, "。:;,》") {
		return ""
	}
	return s.AsWritten(l.Start, l.End)
}

// isTitle reports whether a line is the title of a document.
func isTitle(text string) bool {
	n := utf8.RuneCountInString(text)
	if n < 5 || n > LongestTitle || strings.ContainsAny(text, "。;|") || strings.HasSuffix(text, ":") {
		return false
	}
	if MarkerAt(text).Level != NoLevel {
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

// namesOtherKind reports whether a title is that of a text which is no plan: 管理办法,
// 申报指南, 关于召开会议的通知.
func namesOtherKind(title string) bool {
	title = withoutNote(title)
	if at := strings.LastIndex(title, "("); at > 0 && strings.HasSuffix(title, ")") {
		title = title[:at] // 暂行办法(试行)
	}
	if lexicon.OtherKindEndings.Suffix(title) != "" {
		return true
	}
	_, about, found := strings.Cut(title, "关于")
	if !found {
		return false
	}
	about = strings.TrimPrefix(about, lexicon.BeforeKindActs.Prefix(about))
	return lexicon.OtherKindActs.Prefix(about) != ""
}

// fewArticles is from how many on the articles of a text make it a regulation.
const fewArticles = 5

// isInArticles reports whether a text consists of articles, 第一条, as regulations and
// contracts do.
func isInArticles(s *prose.Source) bool {
	articles := 0
	for _, l := range s.Lines {
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+articleMark)})
		if m := MarkerAt(text); m.Level == Numbered && strings.HasPrefix(text, "第") && strings.HasSuffix(text[:m.Size], "条") {
			if articles++; articles >= fewArticles {
				return true
			}
		}
	}
	return false
}

// articleMark is the most characters of the number of an article that are looked at.
const articleMark = 12

// titleYears are the first and the last year that a title names, by where they
// stand in it, as its halves: 2024年执行情况与2025年计划.
func titleYears(title string) (first, last int) {
	for _, d := range yearsNamed(title) {
		if first == 0 {
			first = d.When.Year
		}
		last = d.When.Year
	}
	return first, last
}

// yearsNamed are the dates with a year in a normalized title.
func yearsNamed(text string) []number.Token {
	var found []number.Token
	for i, previous := 0, ' '; i < len(text); {
		r, size := prose.RuneAt(text, i)
		if !prose.IsDigit(previous) && !numeral.Is(previous) || r == '十' {
			if w, n := titleDateAt(text[i:]); n > 0 && w.Year != 0 {
				found = append(found, number.Token{Start: i, End: i + n, Class: number.Date, When: w})
				size = n
			}
		}
		previous = prose.LastRune(text[i : i+size])
		i += size
	}
	return found
}

// titleDateAt is calendar.At, and reads the number of a plan for five years too, which makes
// a title's term: 第十四个五年规划.
func titleDateAt(text string) (calendar.When, int) {
	if rest, ok := strings.CutPrefix(text, "第"); ok {
		number, _, five := strings.Cut(prose.After(rest, 0, 30), "个五年")
		if w, n := calendar.FiveYears(number + "五"); five && n > 0 && n == len(number)+len("五") {
			return w, len("第") + len(number) + len("个五年")
		}
	}
	return calendar.At(text)
}

// readSignature reads a date that stands alone on a line, and the issuers on the
// lines before it: several stand on a line each, or on one with spaces between.
func (f *FrontMatter) readSignature(s *prose.Source, i int, text string) {
	w, size := calendar.At(text)
	if size == 0 || size != len(text) || w.Day == 0 || w.Year == 0 || !f.IssuedOn.IsZero() {
		return
	}
	f.IssuedOn = w.Start(w.Year)
	k := i - 1
	for k >= 0 && s.Lines[k].Start == s.Lines[k].End {
		k--
	}
	var issuers []string
	for ; k >= 0; k-- {
		on := signatories(s, s.Lines[k])
		if len(on) == 0 || len(issuers) > 0 && !indicator.BeginsWithPlace(on[0]) {
			break
		}
		issuers = append(on, issuers...)
	}
	f.Issuer = cmp.Or(strings.Join(issuers, "、"), f.Issuer)
}

// signatories are the agencies that alone make up a line, nil where anything else
// stands on it. Spaces part them where each names its place; else they only space a
// name out.
func signatories(s *prose.Source, l prose.Line) []string {
	if l.End-l.Start > LongestTitle {
		return nil
	}
	var parts []string
	for start, i := l.Start, l.Start; i <= l.End; i++ {
		if i < l.End && s.Norm[i] != ' ' {
			continue
		}
		if part := (prose.Line{Start: start, End: i}); s.CompactLine(part) != "" {
			name := s.AsWritten(start, i)
			if !isSignatory(s, part) || !indicator.BeginsWithPlace(name) {
				parts = nil
				break
			}
			parts = append(parts, name)
		}
		start = i
	}
	if len(parts) == 0 && isSignatory(s, l) {
		parts = []string{s.AsWritten(l.Start, l.End)}
	}
	return parts
}

// isSignatory reports whether a line is the name of one agency.
func isSignatory(s *prose.Source, l prose.Line) bool {
	name := s.CompactLine(l)
	return l.End-l.Start <= agency.LongestName && !strings.ContainsAny(name, ",。:;、") && lexicon.AgencyEndings.Suffix(name) != ""
}

// closingLines is how many filled lines at the end are looked at for a date.
const closingLines = 5

// readClosing reads who published the plan and when from its last lines.
func (f *FrontMatter) readClosing(s *prose.Source) {
	left := closingLines
	for k := len(s.Lines) - 1; k >= 0 && left > 0 && f.IssuedOn.IsZero(); k-- {
		l := s.Lines[k]
		if l.Start == l.End {
			continue
		}
		left--
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+LongestTitle)})
		if f.readSignature(s, k, text); f.IssuedOn.IsZero() {
			f.readPublished(text)
		}
	}
}

// readPublished reads a line such as 某市某局2026年3月13日发布.
func (f *FrontMatter) readPublished(text string) {
	for i := range text {
		w, size := calendar.At(text[i:])
		if size == 0 || w.Day == 0 || w.Year == 0 {
			continue
		}
		if lexicon.PublishingVerbs.Prefix(text[i+size:]) != "" {
			f.IssuedOn = w.Start(w.Year)
			if agency.IsName(text[:i]) {
				f.Issuer = text[:i]
			}
		}
		return
	}
}

// goalYear is the year that the goals of a plan for so many years are set for,
// as a sentence that opens with it says: 到2027年. Of several it is the last that
// lies within so many years of the first: a plan may look far beyond its end.
func goalYear(s *prose.Source, years int) int {
	var named []int
	for _, l := range s.Lines {
		text := s.CompactLine(prose.Line{Start: l.Start, End: l.End})
		for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("。;:", r) }) {
			lead := lexicon.GoalOpeners.Prefix(sentence)
			if w, size := calendar.At(sentence[len(lead):]); lead != "" && size > 0 && w.Year != 0 && w.EndYear == 0 {
				named = append(named, w.Year)
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
func documentYear(s *prose.Source) int {
	left := frontLines
	for _, l := range s.Lines {
		if l.Start == l.End {
			continue
		}
		if left--; left < 0 || l.Start > opening {
			break
		}
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+LongestTitle)})
		_, rest, ok := strings.Cut(text, "[")
		if year, n := calendar.YearAt(rest); ok && n > 0 && strings.HasPrefix(rest[n:], "]") && strings.HasSuffix(text, "号") {
			return year
		}
	}
	return 0
}

// firstYearIn is the first year that the opening of the text names as its own:
// not one that something is to be reached by, nor one that a change is measured
// from or that is part of a name, nor one that opens with where things stood before
// the plan's first year (2024年,普及率87%。2025年底前,…).
func firstYearIn(s *prose.Source) int {
	text := s.CompactLine(prose.Line{Start: 0, End: min(len(s.Norm), opening)})
	p := prose.CompactSegment(text)
	reached := 0 // the first year that something is to be reached by
	stood := 0   // the year that the text opens with where things stood
	for _, d := range number.Deadlines(p, prose.Span{Start: 0, End: len(text)}, number.Tokens(text)) {
		if d.When.Year == 0 || d.When.EndYear != 0 {
			continue
		}
		if left := text[:d.Start]; strings.HasSuffix(left, "到") || strings.HasSuffix(left, "至") {
			reached = cmp.Or(reached, d.When.Year)
			continue
		}
		if number.LeadsUpTo(p, d) && reached != 0 && reached < d.When.Year { // 2030年前 after 到2025年 is a later goal
			return 0
		}
		if stood == 0 && tellsState(p, d) {
			stood = d.When.Year
			continue
		}
		if stood != 0 && (d.When.Year != stood+1 || !number.LeadsUpTo(p, d)) {
			return stood
		}
		return d.When.Year
	}
	return stood
}

// tellsState reports whether a sentence opens with a year and nothing in it says that
// anything is done.
func tellsState(p *prose.Segment, d *number.Token) bool {
	sentence, _, _ := strings.Cut(p.Text[d.End:], "。")
	opens := d.Start == 0 || strings.HasSuffix(p.Text[:d.Start], "\n") || strings.HasSuffix(p.Text[:d.Start], "。")
	if !opens || !strings.HasPrefix(sentence, ",") || number.LeadsUpTo(p, d) {
		return false
	}
	for _, clause := range strings.FieldsFunc(sentence, func(r rune) bool { return r == ',' || r == ';' }) {
		if lexicon.ActionVerbs.Prefix(clause) != "" || lexicon.AimAdverbs.In(clause) {
			return false
		}
	}
	return true
}
