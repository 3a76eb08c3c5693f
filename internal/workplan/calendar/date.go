// Package calendar reads dates as plans write them: 6月底前, 第三季度, 去年, “十五五”期间.
package calendar

import (
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// When is a stretch of time as a text names it. A zero year is the plan's own.
type When struct {
	Year       int
	FirstMonth int // 1 to 12
	LastMonth  int
	Day        int  // 0 for whole months
	EndDay     int  // of a part of a month, 0 for whole months: 5月中旬
	EndYear    int  // of a span of years, else 0
	Years      int  // of a span of so many years from the plan's own, else 0: 三年内
	Shift      int  // years from the plan's own: -1 for 去年
	Unsure     bool // the words name a time that is no day of their own: 春节前, 2月30日
}

// Start is the first day, with the plan's own year filled in.
func (w When) Start(own int) indicator.Date {
	year := w.yearOr(own)
	return indicator.DateOf(year, time.Month(w.FirstMonth), min(max(1, w.Day), monthEnd(year, w.FirstMonth)))
}

// End is the last day, with the plan's own year filled in.
func (w When) End(own int) indicator.Date {
	year := w.yearOr(own)
	if w.EndYear != 0 {
		year = w.EndYear
	}
	if w.Years != 0 {
		year += w.Years - 1
	}
	if day := max(w.Day, w.EndDay); day > 0 {
		return indicator.DateOf(year, time.Month(w.LastMonth), min(day, monthEnd(year, w.LastMonth)))
	}
	return indicator.DateOf(year, time.Month(w.LastMonth)+1, 0)
}

// monthEnd is the last day of a month of a year.
func monthEnd(year, month int) int { return indicator.DateOf(year, time.Month(month)+1, 0).Day() }

func (w When) yearOr(own int) int {
	if w.Year != 0 {
		return w.Year
	}
	return own + w.Shift
}

// Years that a plan can name; other four-digit numbers before 年 are none.
const (
	firstYear = 1900
	lastYear  = 2199
)

// At reads the date that s begins with; the size is 0 when there is none.
// A number before 年 that is no year is a duration and none of its business.
func At(s string) (w When, size int) {
	for _, read := range []func(string) (When, int){Dotted, shortMonth, shortDay, inYear, inMonth, partOfYear, relativeYear, FiveYears, occasion, ahead} {
		if w, size = read(s); size > 0 {
			return w, size
		}
	}
	return When{}, 0
}

// Dotted reads 2023-08-02, 2023.8.2 and 2023/8/2前.
func Dotted(s string) (When, int) {
	year, n := prose.DigitsAt(s, 4)
	if n != 4 || !IsYear(year) || len(s) < 8 || !strings.ContainsRune("-./", rune(s[4])) {
		return When{}, 0
	}
	month, m := prose.DigitsAt(s[5:], 2)
	size := 5 + m
	if m == 0 || month < 1 || month > 12 || size >= len(s) || s[size] != s[4] {
		return When{}, 0
	}
	day, d := prose.DigitsAt(s[size+1:], 2)
	size += 1 + d
	if d == 0 || day < 1 || day > 31 || prose.StartsDigit(s[size:]) {
		return When{}, 0
	}
	w := When{Year: year, FirstMonth: month, LastMonth: month, Day: day}
	return w.checked(year), size + len(lexicon.DateEdges.Prefix(s[size:]))
}

// shortMonth reads 2024.10 where 前, another edge or what is done then shows that it is no number:
// 2024.10底前, 2024.10完成.
func shortMonth(s string) (When, int) {
	year, n := prose.DigitsAt(s, 4)
	if n != 4 || !IsYear(year) || len(s) < 6 || !strings.ContainsRune("./", rune(s[4])) {
		return When{}, 0
	}
	month, size := prose.DigitsAt(s[5:], 2)
	if size == 0 || month < 1 || month > 12 || prose.StartsDigit(s[5+size:]) {
		return When{}, 0
	}
	return closed(When{Year: year, FirstMonth: month, LastMonth: month}, s, 5+size)
}

// shortDay reads 10.31前, which has no year and is a date for no other reason than what follows.
func shortDay(s string) (When, int) {
	month, m := prose.DigitsAt(s, 2)
	if m == 0 || month < 1 || month > 12 || len(s) <= m || s[m] != '.' {
		return When{}, 0
	}
	day, d := prose.DigitsAt(s[m+1:], 2)
	size := m + 1 + d
	if d == 0 || day < 1 || day > 31 || prose.StartsDigit(s[size:]) {
		return When{}, 0
	}
	edge := lexicon.DateEdges.Prefix(s[size:])
	if !strings.HasSuffix(edge, "前") || strings.HasPrefix(s[size+len(edge):], "沿") {
		return When{}, 0
	}
	return When{FirstMonth: month, LastMonth: month, Day: day}.checked(leapYear), size + len(edge)
}

// closed is a date in short with the edge after it. It is none where neither an edge nor a verb
// follows: 度 after a number is a unit.
func closed(w When, s string, size int) (When, int) {
	rest := s[size:]
	edge := lexicon.DateEdges.Prefix(rest)
	if edge == "度" || edge == "" && lexicon.ActionVerbs.Prefix(rest) == "" {
		return When{}, 0
	}
	return w, size + len(edge)
}

// inYear reads what begins with a year: 2023年, 2023-2025年, 2023年8月2日,
// 2024年上半年, 二〇二三年底.
func inYear(s string) (When, int) {
	year, size := YearAt(s)
	if size == 0 {
		return When{}, 0
	}
	if span, n := yearSpan(s, year, size); n > 0 {
		return span, n
	}
	rest, ok := strings.CutPrefix(s[size:], "年")
	if !ok {
		return misprintedYear(s, year, size)
	}
	size += len("年")
	w := When{Year: year, FirstMonth: 1, LastMonth: 12}
	for _, within := range []func(string) (When, int){inMonth, partOfYear, occasion} {
		if part, n := within(strings.TrimPrefix(rest, "的")); n > 0 {
			part.Year = year
			return part.checked(year), size + n + len(rest) - len(strings.TrimPrefix(rest, "的"))
		}
	}
	return w, size + len(lexicon.DateEdges.Prefix(rest))
}

// misprintedYear reads 2026月3月26日, where 月 stands for 年.
func misprintedYear(s string, year, size int) (When, int) {
	rest, ok := strings.CutPrefix(s[size:], "月")
	if !ok {
		return When{}, 0
	}
	w, n := inMonth(rest)
	if n == 0 {
		return When{Year: year, FirstMonth: 1, LastMonth: 12}, size + len("月")
	}
	w.Year = year
	return w.checked(year), size + len("月") + n
}

// yearSpan reads the rest of 2023-2025年 and 2023年至2025年.
func yearSpan(s string, year, size int) (When, int) {
	rest := strings.TrimPrefix(s[size:], "年")
	sep := lexicon.DateRangeSigns.Prefix(rest)
	if sep == "" {
		return When{}, 0
	}
	last, n := YearAt(rest[len(sep):])
	if n == 0 || last <= year {
		return When{}, 0
	}
	end := len(s) - len(rest) + len(sep) + n
	if strings.HasPrefix(s[end:], "年") {
		end += len("年")
		end += len(lexicon.DateEdges.Prefix(s[end:]))
	}
	return When{Year: year, FirstMonth: 1, LastMonth: 12, EndYear: last}, end
}

// inMonth reads 6月底前, 8月2日, 1-6月, 十二月.
func inMonth(s string) (When, int) {
	first, size := smallNumberAt(s)
	if size == 0 || first < 1 || first > 12 {
		return When{}, 0
	}
	w := When{FirstMonth: first, LastMonth: first}
	if sep := lexicon.DateRangeSigns.Prefix(s[size:]); sep != "" {
		last, n := smallNumberAt(s[size+len(sep):])
		if n > 0 && last > first && last <= 12 {
			w.LastMonth = last
			size += len(sep) + n
		}
	}
	rest, ok := strings.CutPrefix(s[size:], "月")
	if !ok {
		return When{}, 0
	}
	size += len("月")
	if last, n := monthsTo(rest); last > first && w.LastMonth == first {
		w.LastMonth = last
		size += n
		rest = rest[n:]
	}
	if day, n := dayAt(rest); n > 0 {
		w.Day = day
		size += n
		return w.checked(leapYear), size + len(lexicon.DateEdges.Prefix(s[size:]))
	}
	for edge := lexicon.DateEdges.Prefix(s[size:]); edge != ""; edge = lexicon.DateEdges.Prefix(s[size:]) {
		w.EndDay = max(w.EndDay, partsOfMonth.Class(edge))
		size += len(edge)
	}
	return w, size
}

// checked is a date whose month of a year has such a day, else only the year: 2月30日.
func (w When) checked(year int) When {
	if w.Day <= monthEnd(year, w.LastMonth) {
		return w
	}
	return When{Year: w.Year, FirstMonth: 1, LastMonth: 12, Unsure: true}
}

// dayAt reads 15日.
func dayAt(s string) (day, size int) {
	day, n := smallNumberAt(s)
	if n == 0 || day < 1 || day > 31 || !strings.HasPrefix(s[n:], "日") && !strings.HasPrefix(s[n:], "号") {
		return 0, 0
	}
	return day, n + len("日")
}

// monthsTo reads the rest of 1月至6月.
func monthsTo(rest string) (last, size int) {
	sep := lexicon.DateRangeSigns.Prefix(rest)
	last, n := smallNumberAt(rest[len(sep):])
	if sep == "" || n == 0 || last > 12 || !strings.HasPrefix(rest[len(sep)+n:], "月") {
		return 0, 0
	}
	return last, len(sep) + n + len("月")
}

// leapYear is a year in which February has 29 days, which a date without a year may mean.
const leapYear = 2024

// partsOfMonth are parts of a month by their last day.
var partsOfMonth = lexicon.Classify(map[int]lexicon.Words{10: lexicon.PartOfMonth.Of("first"), 20: lexicon.PartOfMonth.Of("second")})

// yearParts are parts of a year without a number, by their first and last month.
var yearParts = lexicon.Classify(map[[2]int]lexicon.Words{
	{1, 6}: lexicon.PartOfYear.Of("first-half"), {7, 12}: lexicon.PartOfYear.Of("second-half"),
	{1, 9}: lexicon.PartOfYear.Of("three-quarters"), {1, 12}: lexicon.PartOfYear.Of("whole"),
})

var quarterDigits = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

// partOfYear reads 上半年, 第三季度, 一季度末, 年底前, Q3.
func partOfYear(s string) (When, int) {
	if len(s) > 2 && s[0] == 'Q' && s[1] >= '1' && s[1] <= '4' {
		return closed(quarter(int(s[1]-'0')), s, 2)
	}
	if word := yearParts.Prefix(s); word != "" {
		months := yearParts.Class(word)
		size := len(word)
		size += len(lexicon.DateEdges.Prefix(s[size:]))
		return When{FirstMonth: months[0], LastMonth: months[1]}, size
	}
	rest := strings.TrimPrefix(s, "第")
	for digit, n := range quarterDigits {
		after, ok := strings.CutPrefix(rest, digit)
		if !ok {
			continue
		}
		if tail, ok := strings.CutPrefix(after, "季度"); ok {
			size := len(s) - len(tail)
			size += len(lexicon.DateEdges.Prefix(tail))
			return quarter(n), size
		}
	}
	return When{}, 0
}

// quarter is the nth of a year.
func quarter(n int) When { return When{FirstMonth: 3*n - 2, LastMonth: 3 * n} }

// relativeYears are named by their distance from the plan's own.
var relativeYears = lexicon.Classify(map[int]lexicon.Words{
	0: lexicon.WhichYear.Of("this"), 1: lexicon.WhichYear.Of("next"), -1: lexicon.WhichYear.Of("last"), -2: lexicon.WhichYear.Of("before-last"),
})

// relativeYear reads 今年, 去年, 明年底.
func relativeYear(s string) (When, int) {
	word := relativeYears.Prefix(s)
	if word == "" {
		return When{}, 0
	}
	size := len(word)
	if EndsGround(word, s[size:]) {
		return When{}, 0
	}
	w := When{FirstMonth: 1, LastMonth: 12, Shift: relativeYears.Class(word)}
	for _, within := range []func(string) (When, int){inMonth, partOfYear, occasion} {
		if part, n := within(s[size:]); n > 0 {
			part.Shift = w.Shift
			return part, size + n
		}
	}
	return w, size + len(lexicon.DateEdges.Prefix(s[size:]))
}

// occasion reads 春节前, 秋季开学之前, 春节前后: a deadline of which the text does not give the day.
func occasion(s string) (When, int) {
	word := lexicon.Occasions.Prefix(s)
	if word == "" {
		return When{}, 0
	}
	size := len(word)
	for more := word; more != ""; size += len(more) { // 暑期开学, 中秋、国庆
		more = lexicon.Occasions.Prefix(s[size:])
		if next, listed := strings.CutPrefix(s[size:], "、"); listed {
			if more = lexicon.Occasions.Prefix(next); more != "" {
				more = "、" + more
			}
		}
	}
	edge := lexicon.DateEdges.Prefix(s[size:])
	if !strings.HasSuffix(edge, "前") {
		return When{}, 0
	}
	size += len(edge)
	size += len(s[size:]) - len(strings.TrimPrefix(s[size:], "后")) // 春节前后
	return When{FirstMonth: 1, LastMonth: 12, Unsure: true}, size
}

// ahead reads a span of years from the plan's own on, 今后五年, 未来3年内, 用3年左右时间, and the middle
// of the century.
func ahead(s string) (When, int) {
	if word := lexicon.CenturyMiddles.Prefix(s); word != "" {
		return When{Year: 2050, FirstMonth: 1, LastMonth: 12, Unsure: true}, len(word)
	}
	word := lexicon.YearsAheadOpeners.Prefix(s)
	if word == "" {
		return When{}, 0
	}
	w, n := yearsFrom(s[len(word):], lexicon.SpanOpeners.Has(word))
	if n == 0 {
		return When{}, 0
	}
	return w, len(word) + n
}

// YearsWithin reads 三年内 and 3年左右时间, which are a time from the plan's own year on where a clause
// opens with them.
func YearsWithin(s string) (When, int) { return yearsFrom(s, false) }

// yearsFrom reads so many years, with the word that ends the time or, where they may be bare, without.
func yearsFrom(s string, bare bool) (When, int) {
	years, size := smallNumberAt(s)
	if size == 0 || years < 1 || years > mostYearsAhead || !strings.HasPrefix(s[size:], "年") {
		return When{}, 0
	}
	size += len("年")
	end := lexicon.YearsAheadEnds.Prefix(s[size:])
	size += len(end)
	if end == "" && !bare || end != "" && strings.HasPrefix(s[size:], "的") || lexicon.NotYearsAhead.Prefix(s[size:]) != "" {
		return When{}, 0
	}
	return When{FirstMonth: 1, LastMonth: 12, Years: years, Unsure: strings.Contains(end, "左右")}, size
}

// mostYearsAhead is the most years that a plan looks ahead by their number.
const mostYearsAhead = 20

// FiveYears reads “十五五”期间 and 十四五末: 十N五 is the years 5N-4 to 5N of the
// century's first decades (十四五 is 2021 to 2025).
func FiveYears(s string) (When, int) {
	rest := strings.TrimPrefix(s, "“")
	quoted := len(rest) < len(s)
	rest, ok := strings.CutPrefix(rest, "十")
	if !ok {
		return When{}, 0
	}
	for digit, n := range map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7} {
		tail, ok := strings.CutPrefix(rest, digit+"五")
		if !ok {
			continue
		}
		if quoted {
			tail, ok = strings.CutPrefix(tail, "”")
			if !ok {
				return When{}, 0
			}
		}
		size := len(s) - len(tail)
		size += len(lexicon.SpanMarks.Prefix(tail))
		last := 2005 + 5*n
		return When{Year: last - 4, FirstMonth: 1, LastMonth: 12, EndYear: last}, size
	}
	return When{}, 0
}

// YearAt reads a year of four digits or numerals.
func YearAt(s string) (year, size int) {
	if year, size = prose.DigitsAt(s, 4); size == 4 && IsYear(year) && !prose.StartsDigit(s[4:]) {
		return year, 4
	}
	if run := numeral.Run(prose.After(s, 0, 15)); run == 4*len("二") {
		if v, ok := numeral.DigitByDigit(s[:run]); ok && IsYear(int(v)) {
			return int(v), run
		}
	}
	return 0, 0
}

// IsYear reports whether a number can be a year that a plan names.
func IsYear(n int) bool { return n >= firstYear && n <= lastYear }

// smallNumberAt reads a month or day in digits or numerals.
func smallNumberAt(s string) (value, size int) {
	if value, size = prose.DigitsAt(s, 3); size > 0 {
		if size > 2 {
			return 0, 0
		}
		return value, size
	}
	run := numeral.Run(prose.After(s, 0, 12))
	if v, ok := numeral.Parse(s[:run]); ok && v <= 31 {
		return int(v), run
	}
	return 0, 0
}

// IsPartOfYear reports whether a date ends or begins within a year.
func (w When) IsPartOfYear() bool {
	return w.EndYear == 0 && (w.FirstMonth > 1 || w.LastMonth < 12 || w.Day > 0)
}

// EndsGround reports whether 上 of 上年 ends the words before it: 基础上年均增长.
func EndsGround(word, rest string) bool { return word == "上年" && strings.HasPrefix(rest, "均") }

// IsZero reports whether no time is named.
func (w When) IsZero() bool { return w == When{} }

// Short reads a month or a quarter as cells of tables abbreviate them, with nothing else in the cell:
// 2024.10, 2024-10, 2024/10, Q3. It is zero for anything else.
func Short(text string) When {
	if n, ok := strings.CutPrefix(text, "Q"); ok && len(n) == 1 && n[0] >= '1' && n[0] <= '4' {
		return quarter(int(n[0] - '0'))
	}
	year, n := prose.DigitsAt(text, 4)
	if n != 4 || !IsYear(year) || len(text) < 6 || !strings.ContainsRune(".-/", rune(text[4])) {
		return When{}
	}
	month, size := prose.DigitsAt(text[5:], 2)
	if 5+size != len(text) || month < 1 || month > 12 {
		return When{}
	}
	return When{Year: year, FirstMonth: month, LastMonth: month}
}
