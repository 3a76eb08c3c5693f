package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// candidate is a target while it is put together.
type candidate struct {
	mention  *mention
	block    *block
	previous *candidate      // in the sentence, nil for none
	listed   *candidate      // the first of those that 分别 hands out with it, else itself
	dates    []*number.Token // of the sentence
	verb     string          // that says what is done, "" for none
	head     string          // verb taken over from the list the target is in
	subject  string          // what is counted
	name     string
	spoken   string // the name with the verb that carries its number
	kind     indicator.Kind
	binding  indicator.Binding
	term     term
	each     indicator.Frequency // that the target holds for on its own
	over     indicator.Over      // of a change
	yearly   bool                // a level of a year
	dated    bool                // the text gives it a deadline of its own
	stated   bool                // the text gives it a date, if only the year of the plan
	unsure   bool                // which is no day: 春节前

	unnamed    bool // only the task's title says what is counted
	loose      bool // the list's verb says how it adds up, not what is done to it
	part       bool // of the target before it
	inherited  bool // the target before names what is counted
	nounAfter  bool // the thing counted stands after the number
	start, end int  // bytes of the segment that are quoted

	cell   bool          // it is read from a cell of a table
	cells  prose.Line    // what is quoted of the table
	area   string        // place whose share of another target it is, "" for none
	partOf string        // name of that target, "" where it is no share
	before *number.Token // what a flow came to the year before
	row    *rowAgents    // of the row of the table, nil where the whole table is one task
}

// newCandidate reads everything about a target but its agencies; previous is the target
// before it in the sentence, nil for none.
func newCandidate(g *blockReader, s *mention, previous *candidate, dates []*number.Token) *candidate {
	f := &candidate{mention: s, block: g.block, previous: previous, dates: dates}
	if f.listed = f; s.series != nil && previous != nil && previous.mention.series == s.series {
		f.listed = previous.listed
	}
	f.readSubject()
	f.readHead()
	f.readName()
	f.readPace()
	f.part = s.pace == nil && f.isPartOf(previous)
	if f.kind = f.kindOf(); s.token.Pair {
		f.kind = indicator.Ratio
	}
	f.binding = f.bindingOf()
	g.dateTarget(f, dates)
	f.countOverTime()
	f.over = f.overOf()
	f.spoken, f.name = f.name, f.ledgerName()
	if s.series != nil {
		f.start = min(f.start, s.series.start+len(leadingFillers(s.segment.Text[s.series.start:s.series.at])))
		last := s.series.mentions[len(s.series.mentions)-1]
		f.end = max(f.end, last.wordEnd())
	}
	return f
}

func leadingFillers(text string) string { return text[:len(text)-len(trimOpening(text))] }

// of is the mention of a target, nil for none.
func (f *candidate) of() *mention {
	if f == nil {
		return nil
	}
	return f.mention
}

// leadText is the own part before the number, or in a series the words that
// the whole list shares.
func (f *candidate) leadText() string {
	s := f.mention
	if s.series != nil && bareNumber(s) {
		return s.series.mentions[0].lead()
	}
	return s.lead()
}

// inheritsSubject reports whether the number's own part does not name what is
// counted, so that the target before it does.
func (f *candidate) inheritsSubject() bool {
	return f.subject == "" || f.mention.own != f.mention.clause && !f.mention.first
}

// readHead takes over the verb of the list that the target continues:
// 新增甲10家,乙5家. A target that names a level of its own does not continue one.
func (f *candidate) readHead() {
	if p := f.previous; p != nil && f.takesVerb() && f.goesOnFrom(p) {
		f.head = f.verbOfList(p)
		f.loose = f.isOfOtherKind(p) || isTurning(f.subject) && !adds(f.head) // “个转企”40户
	}
}

// takesVerb reports whether a target can have its verb from a list: it has none of its
// own, and is nothing that nobody brings about.
func (f *candidate) takesVerb() bool {
	s := f.mention
	switch {
	case f.verb != "", s.token.UnitClass == quantity.ShareUnit, strings.HasPrefix(strings.TrimLeft(s.lead(), "、"), "实现"):
		return false
	case senseOfName(f.subject) == badEvent: // nobody brings accidents about
		return false
	case isRelative(f.subject), f.nounAfter && lexicon.ServedOpeners.In(s.lead()):
		return false
	case s.isPart():
		return !endsInAction(f.subject) // 其中高效节水灌溉2万亩
	}
	return !f.namesLevel()
}

// namesLevel reports whether the words before the number say where a thing stands, or
// by how much it changes, and not only what the least of it is.
func (f *candidate) namesLevel() bool {
	return saysLevel(f.leadText()) && !f.onlyFloor() && !f.onlyAbout() || changeBefore(f.leadText()) != ""
}

// goesOnFrom reports whether a target stands in a list with the one before it: in its
// clause or as a part of it, or in the next clause without words of its own.
func (f *candidate) goesOnFrom(target *candidate) bool {
	s, p := f.mention, target.mention
	if p.clause == s.clause || s.isPart() {
		return true
	}
	if p.clause.End+1 != s.clause.Start && !f.block.listsAfter(p.clause.End, s.clause.Start) || f.isAmount() || lexicon.RateNouns.Suffix(f.subject) != "" {
		return false
	}
	_, own := strong(s.lead())
	return own == "" && (s.token.UnitClass != quantity.MoneyUnit || !f.isOfOtherKind(target))
}

// isOfOtherKind reports whether the target in the clause before counts something else,
// so that its verb says how the number adds up and not what is done to it.
func (f *candidate) isOfOtherKind(target *candidate) bool {
	s, p := f.mention, target.mention
	return p.clause != s.clause && !s.isPart() && s.token.UnitClass != p.token.UnitClass && !bothCounted(s, p)
}

// verbOfList is the verb of the list that ends with the target before.
func (f *candidate) verbOfList(p *candidate) string {
	if lexicon.ActionVerbs.In(p.verb) {
		rework := lexicon.ReworkVerbs.Prefix(p.subject)
		if len(p.subject)-len(rework) > len("农村") { // 建设改造公路4公里、电网5公里
			return p.verb + rework
		}
		return p.verb
	}
	if p.head != "" || p.mention.clause != f.mention.clause {
		return p.head
	}
	if _, verb := strong(p.mention.lead()); adds(verb) { // 服务设施新增托位1500个、床位800张
		return verb
	}
	return ""
}

// bothCounted reports whether two numbers count people or things.
func bothCounted(a, b *mention) bool {
	return (a.token.UnitClass == quantity.CountUnit || a.token.UnitClass == quantity.HeadUnit) && (b.token.UnitClass == quantity.CountUnit || b.token.UnitClass == quantity.HeadUnit)
}

// onlyFloor reports whether no more than a floor stands before the number of
// a thing in a list, which leaves the list's verb to it: 引进甲10家、乙不少于5家.
func (f *candidate) onlyFloor() bool {
	s := f.mention
	counted := s.token.UnitClass == quantity.CountUnit || s.token.UnitClass == quantity.HeadUnit
	return counted && s.own != s.clause && floors.Suffix(s.lead()) != "" && lexicon.TotalNouns.Suffix(f.subject) == "" && lexicon.AmountNouns.Suffix(f.subject) == ""
}

// onlyAbout reports whether no more than 约 stands before the number of a thing in
// a list, which says nothing of a level: 减少税费3亿元、收费约2亿元.
func (f *candidate) onlyAbout() bool {
	s := f.mention
	return s.own != s.clause && wordsBefore.Class(wordsBefore.Suffix(s.lead())) == indicator.About && lexicon.TotalNouns.Suffix(f.subject) == "" && lexicon.AmountNouns.Suffix(f.subject) == "" && s.previous.token.UnitClass == s.token.UnitClass
}

// isPart reports whether 其中 opens the number's own part, or stands alone
// before its clause.
func (s *mention) isPart() bool {
	return s.includes() != "" || strings.HasPrefix(strings.TrimLeft(s.lead(), "、,"), "其中") || strings.HasSuffix(strings.TrimRight(s.opening(), ",:"), "其中") && s.first
}

// includes is the word such as 含 that opens the number's own part, where the target before it has
// the same unit or this one counts things, which are among what that counts: 20处,含旧址1处.
func (s *mention) includes() string {
	p := s.previous
	if p == nil || p.sentence != s.sentence || p.token.UnitClass == quantity.ShareUnit || p.token.Unit != s.token.Unit && s.token.UnitClass != quantity.CountUnit {
		return ""
	}
	own := strings.TrimLeft(s.lead(), "、,")
	if lexicon.KeptOpenings.Prefix(own) != "" { // 含氟产品
		return ""
	}
	word := lexicon.PartOpeners.Prefix(own)
	return word + lexicon.PartOpeners.Prefix(own[len(word):]) // 其中含
}

func (f *candidate) inheritedVerb() bool { return f.head != "" }

// rule names the language rule that a target was read by.
func (f *candidate) rule() string {
	s := f.mention
	switch {
	case s.reference != "":
		return "相对目标"
	case s.series != nil:
		return "分别列举"
	case s.token.IsRange():
		return "区间"
	case f.head != "":
		return "并列共用动词"
	case s.isCompared():
		return "比较词"
	case f.nounAfter:
		return "数量在前"
	case f.verb != "":
		return "动词加数量"
	case saysLevel(s.lead()):
		return "水平值"
	}
	return "名称加数量"
}

// longestQuote is the most bytes that are quoted of what stands before a number, and after it:
// each number of a list quotes the list.
const longestQuote = 2000

// quoted is the part of the segment that is quoted of a target.
func (f *candidate) quoted() (start, end int) {
	text, token := f.mention.segment.Text, f.mention.token
	start, end = max(f.start, token.Start-longestQuote), min(f.end, token.End+longestQuote)
	for start > f.start && !utf8.RuneStart(text[start]) {
		start--
	}
	for end < f.end && !utf8.RuneStart(text[end]) {
		end++
	}
	return start, end
}

// record is the target as an indicator; ok is false, with the code of a
// warning, when the number cannot be kept.
func (f *candidate) record() (in indicator.Indicator, code indicator.WarningCode) {
	s := f.mention
	if f.cell {
		return f.cellRecord()
	}
	if in, code = f.indicatorAt(s.segment.Place(f.quoted())); code != "" {
		return in, code
	}
	in.Direction, in.Course = f.directionOf(), f.courseOf()
	in.Binding, in.Source.Rule, in.Confidence = f.binding, f.rule(), f.confidenceOf()
	settle(&in)
	in.LeadAgencies, in.ParticipatingAgencies = f.block.agenciesAt(s.token.End)
	return in, ""
}

// cellRecord is record for a target of a table.
func (f *candidate) cellRecord() (in indicator.Indicator, code indicator.WarningCode) {
	if in, code = f.indicatorAt(f.cells.Start, f.cells.End); code != "" {
		return in, code
	}
	in.Direction, in.Course = f.directionOf(), f.courseOf()
	in.Binding, in.Source.Rule, in.Confidence = f.binding, indicator.OfTable, indicator.High
	if f.mention.reference != "" {
		in.Source.Rule, in.Confidence = "相对目标", f.relativeConfidence()
	}
	settle(&in)
	in.LeadAgencies, in.ParticipatingAgencies = f.block.allAgencies()
	if f.row != nil {
		in.LeadAgencies, in.ParticipatingAgencies = f.row.lead, f.row.joint
	}
	return in, ""
}

// settle marks what the words said, and lets the rest follow from it. A reading
// that had to assume which way is better is not sure.
func settle(in *indicator.Indicator) {
	if in.Direction != "" {
		in.DirectionBy = indicator.ByText
	}
	if in.Course != "" {
		in.CourseBy = indicator.ByText
	}
	in.Settle()
	if in.DirectionBy == indicator.Assumed && in.Confidence == indicator.High {
		in.Confidence = indicator.Medium
	}
}

// indicatorAt is the record without what only prose can say; the positions are
// code points.
func (f *candidate) indicatorAt(from, to int) (in indicator.Indicator, code indicator.WarningCode) {
	target, code := f.targetOf()
	if code != "" {
		return in, code
	}
	starts := f.term.starts
	if level := f.kind == indicator.Cumulative || f.kind == indicator.Ratio; level && !f.block.front.StartsOn.IsZero() && f.block.front.StartsOn.Before(starts) {
		starts = f.block.front.StartsOn // a level is reached from where the plan begins
	}
	in = indicator.Indicator{
		Task: f.block.number, Section: f.block.section, Name: f.name,
		Kind: f.kind, Target: target, Baseline: f.baseline(),
		StartsOn: starts, DueOn: f.term.due, TermEndsOn: later(f.term.due, f.block.front.DueOn),
		Frequency: f.frequencyOf(), Each: f.each, Over: f.over,
		Source: indicator.Source{Start: from, End: to, Quote: string(f.mention.segment.Source.Raw[from:to])},
	}
	return in, ""
}

func later(a, b indicator.Date) indicator.Date {
	if a.After(b) {
		return a
	}
	return b
}

func (f *candidate) targetOf() (indicator.Target, indicator.WarningCode) {
	s := f.mention
	t := s.token
	if s.reference != "" {
		return waitingTarget(s), ""
	}
	target := indicator.Target{Comparator: s.comparison.comparator}
	value, err := quantity.ParseNumber(t.Value)
	if err != nil {
		return target, indicator.WarnValue
	}
	target.Value = value
	if target.Unit, err = quantity.ParseUnit(unitText(s)); err != nil && !t.Pair && !f.isIndex() {
		return target, indicator.WarnUnit
	}
	if !t.IsRange() {
		return target, ""
	}
	high, err := quantity.ParseNumber(t.High)
	if err != nil {
		return target, indicator.WarnValue
	}
	if high.Cmp(value) <= 0 {
		return target, indicator.WarnRange
	}
	target.ValueHigh = &high
	return target, ""
}

// isIndex reports whether a target is that of an index, which has no unit.
func (f *candidate) isIndex() bool {
	return f.mention.token.Unit == "" && (f.cell || measuresIndex(f.mention))
}

// measuresIndex reports whether a number without a unit is where an index is to stand:
// 利用系数提高到0.58.
func measuresIndex(s *mention) bool {
	if s.token.Unit != "" || s.token.Numeral || startsNoun(s.tail()) {
		return false
	}
	head := s.head()
	name := trimClosing(head)
	if lexicon.IndexNouns.Suffix(name) != "" {
		return saysLevel(head)
	}
	return (saysLevel(head) || s.isCompared()) && isRatePer(name)
}

// unitText is the unit as the plan writes it, without the spaces a page sets.
func unitText(s *mention) string {
	t := s.token
	unit := t.Unit
	if strings.Contains(unit, "(") {
		if at := strings.LastIndex(s.segment.Text[t.Start:t.End], unit); at >= 0 {
			return s.segment.Written(t.Start+at, t.Start+at+len(unit))
		}
	}
	return unit
}

// baseline is the number that the target starts from, when the clause gives it
// in the target's unit: 由81%提高到88%. A change has no start of its own.
func (f *candidate) baseline() *quantity.Number {
	b := f.mention.baseline
	if b == nil || f.kind == indicator.Growth || f.kind == indicator.Increment || f.changesBy() || f.mention.token.IsRange() || (b.Unit != f.mention.token.Unit && b.Unit != "") {
		return nil
	}
	n, err := quantity.ParseNumber(b.Value)
	if err != nil {
		return nil
	}
	return &n
}
