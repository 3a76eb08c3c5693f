package workplan

import (
	"cmp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// aim is a target that a clause states without a figure: 全覆盖, 清零, 前20名.
type aim struct {
	prose.Span // of the words that state it, in the segment
	value      string
	unit       string
	class      quantity.Class
	kind       indicator.Kind
	compare    indicator.Comparator
	better     indicator.Direction
	course     indicator.Course
	tail       string // what the name ends with: 覆盖率
	subject    string // what it is about; empty where the clause does not say
}

// readImplied keeps the aims of a clause that no figure states. They are proposals:
// nobody has said the number that stands for them.
func (g *blockReader) readImplied(sentence, c prose.Span, dates []*number.Token, mentions []*mention, previous *candidate) {
	if g.past || g.reviewing {
		return
	}
	own := c.Start // where the words about the next aim begin
	for i := c.Start; i < c.End; {
		r, size := prose.RuneAt(g.segment.Text, i)
		a, ok := g.aimAt(c, own, i, r)
		if !ok {
			i += size
			continue
		}
		i = a.End
		s := &mention{
			segment: g.segment, token: &number.Token{Start: a.Start, End: a.End, Class: number.Quantity, Value: a.value, Unit: a.unit, UnitClass: a.class},
			sentence: sentence, clause: c, own: prose.Span{Start: own, End: a.End}, comparison: comparison{comparator: a.compare}, first: true,
			block: g.block, setting: g.setting(), dates: dates, previous: previous.of(),
		}
		s.run = &run{length: 1, first: s}
		own = a.End
		if restates := a.subject == "" && a.value == "0" && previous != nil; !restates && g.setsAim(s, mentions) {
			g.propose(s, a, previous)
		}
	}
	if c.Start < c.End && len(mentions) == 0 {
		g.warnOfNone(c)
		g.warnOfTurns(c)
	}
}

// setsAim reports whether words that may state an aim do: not where the text tells of
// results or cites a name, and not where a number says the same.
func (g *blockReader) setsAim(s *mention, mentions []*mention) bool {
	if g.discourseAt(s.token.Start) != "" || g.segment.Depth[s.token.Start]&prose.InBracket != 0 || isPast(s) || isBaseline(s) {
		return false
	}
	if anyWithin(mentions, s.token.Start, s.token.End) {
		return false
	}
	if n := len(g.targets); s.token.Unit == "%" && n > g.firstTarget { // 达到100%,实现全覆盖
		t := g.targets[n-1].mention.token
		return t.Value != s.token.Value || t.Unit != "%"
	}
	return true
}

// anyWithin reports whether one of the mentions, which are in order, stands within a stretch.
func anyWithin(mentions []*mention, start, end int) bool {
	i := sort.Search(len(mentions), func(i int) bool { return mentions[i].token.End > start })
	return i < len(mentions) && mentions[i].token.Start < end
}

// aimAt is the aim whose words begin at a byte of a clause.
func (g *blockReader) aimAt(c prose.Span, own, i int, r rune) (aim, bool) {
	quoted := g.segment.Depth[i]&prose.InQuote != 0
	if quoted && !g.isQuotedAlone(i) {
		return aim{}, false
	}
	left := prose.Before(g.segment.Text[:i], i, min(prose.Window, i-own))
	right := prose.After(g.segment.Text[:c.End], i, prose.Window)
	g.work += utf8.RuneLen(r)
	var a aim
	switch {
	case r == '全':
		a = coverageAim(left, right)
	case r == '前' || r == '第' || r == '首' || r == '榜':
		a = rankAim(left, right)
	case r == '不':
		a = neverAim(left, right)
	default:
		if a = firstAim(left, right); a.End == 0 {
			a = zeroAim(left, right)
		}
	}
	if a.End == 0 {
		return aim{}, false
	}
	if lexicon.UnmetMarks.Suffix(trimSpaceSigns(left)) != "" || !closes(right[a.End:]) {
		return aim{}, false
	}
	a.Start, a.End = i, i+a.End
	g.work += len(left) + len(right)
	return a, true
}

// isQuotedAlone reports whether a quotation begins at a byte and holds no more than an
// aim: 实现“全覆盖”.
func (g *block) isQuotedAlone(i int) bool {
	if !strings.HasSuffix(g.segment.Text[:i], "“") {
		return false
	}
	rest := prose.After(g.segment.Text, i, prose.Window)
	if word := lexicon.FirstOfKind.Prefix(rest); strings.HasPrefix(word, "零”") {
		return true
	}
	for _, size := range []int{len(lexicon.FullCoverage.Prefix(rest)), len(lexicon.ZeroWords.Prefix(rest)), noneAimAt(rest, 0)} {
		if size > 0 && strings.HasPrefix(rest[size:], "”") {
			return true
		}
	}
	return false
}

func trimSpaceSigns(left string) string { return strings.TrimRight(left, "“") }

// closes reports whether a clause or a part of a list ends here, perhaps with a word
// such as 目标: an aim before any other word only describes it, as in 全覆盖检查.
func closes(rest string) bool {
	rest = strings.TrimPrefix(rest, "”")
	rest = rest[len(lexicon.AimClosings.Prefix(rest)):]
	if rest == "" || strings.ContainsRune("、。;,:)(!?\n", prose.FirstRune(rest)) {
		return true
	}
	return (strings.HasPrefix(rest, "或") || lexicon.ListSigns.Prefix(rest) != "") && lexicon.ParticleNouns.Prefix(rest) == ""
}

// coverageAim reads 全覆盖 as a share of 100%; end is its length.
func coverageAim(left, right string) aim {
	word := lexicon.FullCoverage.Prefix(right)
	if word == "" {
		return aim{}
	}
	a := aim{
		Span: prose.Span{Start: 0, End: len(word)}, value: "100", unit: "%", class: quantity.ShareUnit, kind: indicator.Ratio, compare: indicator.Equal,
		better: indicator.Increase, course: indicator.Accrue, tail: "覆盖率", subject: aimSubject(left),
	}
	opening := trimOpening(left)
	if lexicon.KeepVerbs.Prefix(opening) != "" || lexicon.KeepVerbs.Suffix(left) != "" || strings.HasPrefix(opening, "巩固") {
		a.course = indicator.Hold
	}
	if lexicon.NearlyWords.Suffix(left) != "" {
		a.compare = indicator.About
	}
	return a
}

// aimSubject is what an aim is about, by the words before it in its own part.
func aimSubject(left string) string {
	text := strings.TrimRight(left, "、“的")
	for {
		before := text
		text = strings.TrimRight(trimClosing(trimAimVerb(text)), "、“")
		if text == before {
			break
		}
	}
	if at := strings.LastIndex(text, "实现"); at >= 0 && at+len("实现") < len(text) {
		text = text[at+len("实现"):]
	}
	return nounPart(text)
}

// trimAimVerb drops the verb that leads to an aim: 基本实现.
func trimAimVerb(text string) string {
	for _, list := range []lexicon.Words{lexicon.NearlyWords, lexicon.AimVerbs} {
		if word := list.Suffix(text); word != "" {
			return strings.TrimSuffix(text, word)
		}
	}
	return text
}

// nounPart is what a clause is about without its opening words and its verb.
func nounPart(text string) string {
	for {
		rest := strings.TrimLeft(text, "、,:")
		for size := openingAt(rest); size > 0 && lexicon.NounOpeners.Prefix(rest) == ""; size = openingAt(rest) {
			rest = rest[size:]
		}
		if lexicon.NounOpeners.Prefix(rest) == "" && lexicon.KeptOpenings.Prefix(rest) == "" {
			word := lexicon.PlainVerbs.Prefix(rest)
			if rest != word {
				rest = rest[len(word):]
			}
		}
		if rest == text {
			return polishSubject(text)
		}
		text = rest
	}
}

func polishSubject(text string) string {
	for word := lexicon.ScopeWords.Prefix(text); word != "" && lexicon.KeptOpenings.Prefix(text) == "" && word != text; word = lexicon.ScopeWords.Prefix(text) {
		text = strings.TrimPrefix(text, word)
	}
	text = strings.Trim(text, "、,:的“”")
	if prose.StartsDigit(text) { // 12个村 counts what is covered
		t := number.QuantityAt(text)
		if counted := t.UnitClass == quantity.CountUnit || t.UnitClass == quantity.HeadUnit; counted && wordsAfter.Prefix(text[t.End:]) == "" {
			text = text[t.End:]
		}
	}
	return text
}

// propose keeps an aim as a target that somebody has to accept.
func (g *blockReader) propose(s *mention, a aim, previous *candidate) {
	f := &candidate{block: g.block, mention: s, previous: previous, dates: s.dates, kind: a.kind, subject: a.subject}
	if f.subject == "" || lexicon.RankFields.Has(f.subject) || lexicon.RankNouns.Has(f.subject) {
		f.subject = cmp.Or(g.rankedBefore(s), g.subjectBefore(s, previous)) + f.subject
	}
	if a.subject == "" && a.value == "0" && a.class == quantity.CountUnit {
		a = noneOf(f.subject)
		s.token.Unit, f.kind = a.unit, a.kind
	}
	f.name = polish(f.subject + strings.TrimPrefix(a.tail, lexicon.RankNouns.Suffix(f.subject)))
	if f.subject == "" {
		f.name = polish(a.tail)
	}
	f.binding = f.bindingOf()
	g.dateTarget(f, s.dates)
	if f.kind == indicator.Growth {
		f.over = indicator.OverYear
	}
	f.start, f.end = s.quotedAim()
	if n := len(g.notes); n > 0 && g.notes[n-1].Start >= s.token.Start && g.notes[n-1].End <= s.token.End {
		g.notes = g.notes[:n-1] // a number within the aim is part of it: 一次死亡3人以上事故
	}
	if f.name == "" { // nothing says of what there is to be none
		g.notes = append(g.notes, note{prose.Span{Start: s.token.Start, End: s.token.End}, indicator.WarnNone})
		return
	}
	if g.claim(f.name, f.term.due) {
		g.proposals = append(g.proposals, proposal{f, a})
	}
}

// quotedAim is the part of the segment that states an aim, with the quotation marks
// around what it holds.
func (s *mention) quotedAim() (start, end int) {
	start, end = s.token.Start-len(trimOpening(s.lead())), s.token.End
	if strings.HasPrefix(s.segment.Text[end:], "”") {
		end += len("”")
	}
	if strings.HasSuffix(s.segment.Text[:start], "“") && strings.Contains(s.segment.Text[start:end], "”") {
		start -= len("“")
	}
	return start, end
}

// claim keeps a name and its day for the block, and reports whether nobody had them.
func (g *blockReader) claim(name string, due indicator.Date) bool {
	key := due.String() + name
	if g.kept[key] {
		return false
	}
	if g.kept == nil {
		g.kept = map[string]bool{}
	}
	g.kept[key] = true
	return true
}

// proposal is an aim without a figure, read.
type proposal struct {
	found *candidate
	aim   aim
}

// subjectBefore is what the text before a clause is about that does not say so itself:
// the clause before it, else the target before it, else the task.
func (g *block) subjectBefore(s *mention, previous *candidate) string {
	opening := strings.TrimRight(s.opening(), ",:")
	clause := opening[strings.LastIndexAny(opening, ",:;")+1:]
	if !prose.HasDigit(clause) {
		text := trimClosing(nounPart(clause))
		if text != "" && utf8.RuneCountInString(text) <= longestName/2 {
			return text
		}
	}
	if previous != nil && previous.subject != "" {
		return previous.subject
	}
	return g.titleSubject()
}

// titleSubject is what the title of a task is about.
func (g *block) titleSubject() string {
	title := prose.CompactText(g.title)
	if subject := nounPart(title); utf8.RuneCountInString(subject) > 2 {
		return subject
	}
	return title
}

// record is the aim as an indicator.
func (p proposal) record() (indicator.Indicator, indicator.WarningCode) {
	f := p.found
	in, code := f.indicatorAt(f.mention.segment.Place(f.start, f.end))
	if code != "" {
		return in, code
	}
	in.Direction, in.Course = p.aim.better, p.aim.course
	in.Binding, in.Source.Rule, in.Confidence = f.binding, indicator.Implied, indicator.Low
	settle(&in)
	in.LeadAgencies, in.ParticipatingAgencies = f.block.agenciesAt(f.mention.token.End)
	return in, ""
}
