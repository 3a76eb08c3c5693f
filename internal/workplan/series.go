package workplan

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// series is a list of numbers that 分别 hands out to a list before it.
type series struct {
	mentions []*mention
	at       int      // where 分别 stands
	start    int      // of the clause
	named    string   // the list of names that the numbers are handed out to
	names    []string // its parts
}

const respectively = "分别"

// joinSeries joins the numbers of a clause that follow 分别.
func joinSeries(mentions []*mention) {
	for i, s := range mentions {
		at := strings.LastIndex(s.head(), respectively)
		if at < 0 {
			continue
		}
		run := mentions[i : i+1]
		for k := i + 1; k < len(mentions) && bareNumber(mentions[k]); k++ {
			run = mentions[i : k+1]
		}
		if len(run) < 2 {
			return
		}
		found := &series{mentions: run, at: s.token.Start - len(s.head()) + at, start: s.clause.Start}
		found.readNames(s.segment)
		for _, member := range run {
			member.series = found
		}
		return
	}
}

// bareNumber reports whether a number's own part holds nothing before it.
func bareNumber(s *mention) bool { return strings.Trim(trimComparing(s.lead()), "、和及与") == "" }

func (r *series) index(s *mention) int {
	for i, member := range r.mentions {
		if member == s {
			return i
		}
	}
	return 0
}

// list is the list that the numbers are handed out to.
func (r *series) list() string {
	return prose.After(r.mentions[0].segment.Text[:r.at], r.start, prose.Window)
}

func (r *series) datesBefore(dates []*number.Token) []*number.Token {
	var listed []*number.Token
	for _, d := range dates {
		if d.Start >= r.start && d.End <= r.at {
			listed = append(listed, d)
		}
	}
	return listed
}

// joinRuns joins the numbers of a clause that follow one another with nothing
// between them, and gives those without a word of their own what compares the first.
func joinRuns(mentions []*mention) {
	for i, s := range mentions {
		if i == 0 || !bareNumber(s) || mentions[i-1].clause != s.clause || s.token.Unit != mentions[i-1].token.Unit {
			continue
		}
		s.run = mentions[i-1].run
		s.place = s.run.length
		s.run.length++
		if first := s.run.first.comparison; s.comparison.after == "" && s.comparison.before == "" && first.after == "" && !s.token.More && levels.Suffix(s.lead()) == "" {
			s.comparison.comparator = first.comparator
		}
	}
}

// run is numbers that follow one another with nothing between them.
type run struct {
	length int
	first  *mention
}

// listsDates reports whether no more than the sign of a list, and 到, stands between
// two dates: 到2022年和到2030年.
func listsDates(between string) bool {
	return lexicon.ListSigns.Has(strings.TrimSuffix(strings.TrimSuffix(between, "到"), "至"))
}

// listedDates are the dates that stand in a list which ends with the nearest
// one before a number: 到2022年和2030年.
func listedDates(s *mention, dates []*number.Token) []*number.Token {
	end := sort.Search(len(dates), func(i int) bool { return dates[i].End > s.token.Start })
	from := max(end-1, 0)
	for from > 0 && end-from <= s.run.length && listsDates(s.segment.Text[dates[from-1].End:dates[from].Start]) {
		from--
	}
	return dates[from:end]
}

// subject is the name that the list before 分别 gives to a number, or "".
func (r *series) subject(s *mention) string {
	list, names := r.named, r.names
	if len(names) != len(r.mentions) {
		if rest, both := strings.CutPrefix(list, "城乡"); both && len(r.mentions) == 2 {
			return []string{"城镇", "农村"}[r.index(s)] + rest
		}
		return r.whole()
	}
	last := names[len(names)-1]
	name := whole(names[r.index(s)], names[0], last)
	tail := lexicon.QuantityNouns.Suffix(last)
	switch {
	case tail == "" || lexicon.QuantityNouns.Suffix(name) != "":
	case utf8.RuneCountInString(tail) > 1:
		return name + tail
	default: // where the thing ends and its rate begins is not to be told
		return r.whole() + "(" + name + ")"
	}
	return name
}

// whole is the list as a name, or the last name of one that is too long for any.
func (r *series) whole() string {
	if len(r.named) > prose.Window && len(r.names) > 0 {
		return r.names[len(r.names)-1]
	}
	return strings.Trim(r.named, "、")
}

// readNames reads the names that stand before 分别.
func (r *series) readNames(p *prose.Segment) {
	r.named = dropComparisons(p.Text[r.start:r.at])
	if at := lastDate(r.named); at > 0 {
		r.named = r.named[at:]
	}
	r.names = namesIn(r.named, len(r.mentions))
}

// namesIn parts a list into as many names as numbers are handed out to them: at its signs, and
// where those are too few at 和, 与 and 及, which may be parts of a name too: 普及率.
func namesIn(list string, n int) []string {
	var names []string
	for _, signs := range []string{"、", "、和", "、和与", "、和与及"} {
		names = strings.FieldsFunc(list, func(c rune) bool { return strings.ContainsRune(signs, c) })
		if len(names) == n {
			return names
		}
	}
	return names
}

// sharedTail is what a name shares with the last of its list, which goes on after the word that
// both end in before it: 报销比例 of 职工医保、居民医保报销比例.
func sharedTail(name, last string) string {
	r := []rune(name)
	for size := min(len(r)-1, longestSharedWord); size > 0; size-- {
		word := string(r[len(r)-size:])
		if at := strings.Index(last, word); at > 0 {
			return last[at+len(word):]
		}
	}
	return ""
}

// longestSharedWord is the most characters of such a word.
const longestSharedWord = 4

// whole is a name of a list with what it shares with the first or the last:
// 城镇 of 城镇和农村居民收入, 能耗 of 单位GDP用水量、能耗.
func whole(name, first, last string) string {
	if per := lexicon.PerOutputOpeners.Prefix(first); per != "" && lexicon.PerOutputOpeners.Prefix(name) == "" {
		return per + name
	}
	if noun := lexicon.AmountNouns.Suffix(last); len(last)-len(noun) == len("食用菌") && len(name) < len(noun) && lexicon.QuantityNouns.Suffix(name) == "" {
		return name + noun // 人参 of 人参、食用菌全产业链产值
	}
	if tail := sharedTail(name, last); name != last && tail != "" && lexicon.QuantityNouns.Suffix(name) == "" && lexicon.RateNouns.Suffix(name) == "" {
		return name + tail
	}
	n, shared := []rune(name), []rune(last)
	if name != last && (len(n) == 2 || alike(n, shared)) && len(shared) > 4 && lexicon.QuantityNouns.Suffix(name) == "" {
		return name + string(shared[len(n):])
	}
	return name
}

// alike reports whether a name of some length and what another begins with are built in the same
// way, with a character that both have at the same place: 甲级影院, 乙级书场.
func alike(name, other []rune) bool {
	if len(name) < 3 || len(other) < len(name)+2 {
		return false
	}
	for i, r := range name {
		if other[i] == r {
			return true
		}
	}
	return false
}

// lastDate is where the last date of a text ends, or 0.
func lastDate(text string) int {
	end := 0
	var previous rune
	for i, r := range text {
		if !prose.IsDigit(previous) && !numeral.Is(previous) {
			if _, size := calendar.At(text[i:]); size > 0 {
				end = i + size
			}
		}
		previous = r
	}
	return end
}
