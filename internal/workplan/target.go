package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// found is a target while it is put together.
type found struct {
	site    *site
	group   *group
	dates   []*token // of the sentence
	verb    string   // that says what is done, "" for none
	head    string   // verb taken over from the list the target is in
	subject string   // what is counted
	name    string
	spoken  string // the name with the verb that carries its number
	kind    indicator.Kind
	binding indicator.Binding
	term    term
	each    indicator.Frequency // that the target holds for on its own
	over    indicator.Over      // of a change
	yearly  bool                // a level of a year
	dated   bool                // the text gives it a deadline of its own

	unnamed    bool // only the task's title says what is counted
	loose      bool // the list's verb says how it adds up, not what is done to it
	part       bool // of the target before it
	inherited  bool // the target before names what is counted
	nounAfter  bool // the thing counted stands after the number
	start, end int  // bytes of the passage that are quoted

	cell   bool   // it is read from a cell of a table
	cells  line   // what is quoted of the table
	area   string // place whose share of another target it is, "" for none
	partOf string // name of that target, "" where it is no share
	before *token // what a flow came to the year before
}

// newFound reads everything about a target but its agencies. The targets
// before it in the sentence are read already.
func newFound(g *group, s *site, dates []*token) *found {
	f := &found{site: s, group: g, dates: dates}
	s.found = f
	f.readSubject()
	f.readHead()
	f.readName()
	f.readPace()
	f.part = s.pace == nil && f.isPartOf(s.previous)
	if f.kind = f.kindOf(); s.token.pair {
		f.kind = indicator.Ratio
	}
	f.binding = f.bindingOf()
	f.term = g.termOf(s, dates)
	f.dated = governing(s, dates) != nil
	f.countOverTime()
	f.over = f.overOf()
	f.spoken, f.name = f.name, f.ledgerName()
	if s.series != nil {
		f.start = min(f.start, s.series.start+len(leadingFillers(s.p.text[s.series.start:s.series.at])))
		last := s.series.sites[len(s.series.sites)-1]
		f.end = max(f.end, last.wordEnd())
	}
	return f
}

func leadingFillers(text string) string { return text[:len(text)-len(trimOpening(text))] }

// leadText is the own part before the number, or in a series the words that
// the whole list shares.
func (f *found) leadText() string {
	s := f.site
	if s.series != nil && bareNumber(s) {
		return s.series.sites[0].lead()
	}
	return s.lead()
}

// inheritsSubject reports whether the number's own part does not name what is
// counted, so that the target before it does.
func (f *found) inheritsSubject() bool {
	return f.subject == "" || f.site.own != f.site.clause && !f.site.first
}

// readHead takes over the verb of the list that the target continues:
// 新增甲10家,乙5家. A target that names a level of its own does not continue one.
func (f *found) readHead() {
	if p := f.site.previous; p != nil && f.takesVerb() && f.goesOnFrom(p) {
		f.head, f.loose = f.verbOfList(p), f.isOfOtherKind(p)
	}
}

// takesVerb reports whether a target can have its verb from a list: it has none of its
// own, and is nothing that nobody brings about.
func (f *found) takesVerb() bool {
	s := f.site
	switch {
	case f.verb != "", s.token.unitClass == quantity.ShareUnit, strings.HasPrefix(strings.TrimLeft(s.lead(), "、"), "实现"):
		return false
	case senseOfName(f.subject) == badEvent: // nobody brings accidents about
		return false
	case lexicon.RelativeOpeners.Prefix(f.subject) != "", f.nounAfter && lexicon.ServedOpeners.In(s.lead()):
		return false
	case s.isPart():
		return !endsInDeed(f.subject) // 其中高效节水灌溉2万亩
	}
	return !f.namesLevel()
}

// namesLevel reports whether the words before the number say where a thing stands, or
// by how much it changes, and not only what the least of it is.
func (f *found) namesLevel() bool {
	return saysLevel(f.leadText()) && !f.onlyFloor() && !f.onlyAbout() || changeBefore(f.leadText()) != ""
}

// goesOnFrom reports whether a target stands in a list with the one before it: in its
// clause or as a part of it, or in the next clause without words of its own.
func (f *found) goesOnFrom(p *site) bool {
	s := f.site
	if p.clause == s.clause || s.isPart() {
		return true
	}
	if p.clause.end+1 != s.clause.start || f.isAmount() || lexicon.RateNouns.Suffix(f.subject) != "" {
		return false
	}
	_, own := strong(s.lead())
	return own == "" && (s.token.unitClass != quantity.MoneyUnit || !f.isOfOtherKind(p))
}

// isOfOtherKind reports whether the target in the clause before counts something else,
// so that its verb says how the number adds up and not what is done to it.
func (f *found) isOfOtherKind(p *site) bool {
	s := f.site
	return p.clause != s.clause && !s.isPart() && s.token.unitClass != p.token.unitClass && !bothCounted(s, p)
}

// verbOfList is the verb of the list that ends with the target before.
func (f *found) verbOfList(p *site) string {
	if lexicon.ActionVerbs.In(p.found.verb) {
		rework := lexicon.ReworkVerbs.Prefix(p.found.subject)
		if len(p.found.subject)-len(rework) > len("农村") { // 建设改造公路4公里、电网5公里
			return p.found.verb + rework
		}
		return p.found.verb
	}
	if p.found.head != "" || p.clause != f.site.clause {
		return p.found.head
	}
	if _, verb := strong(p.lead()); adds(verb) { // 服务设施新增托位1500个、床位800张
		return verb
	}
	return ""
}

// bothCounted reports whether two numbers count people or things.
func bothCounted(a, b *site) bool {
	return (a.token.unitClass == quantity.CountUnit || a.token.unitClass == quantity.HeadUnit) && (b.token.unitClass == quantity.CountUnit || b.token.unitClass == quantity.HeadUnit)
}

// onlyFloor reports whether no more than a floor stands before the number of
// a thing in a list, which leaves the list's verb to it: 引进甲10家、乙不少于5家.
func (f *found) onlyFloor() bool {
	s := f.site
	counted := s.token.unitClass == quantity.CountUnit || s.token.unitClass == quantity.HeadUnit
	return counted && s.own != s.clause && floors.Suffix(s.lead()) != "" && lexicon.TotalNouns.Suffix(f.subject) == "" && lexicon.AmountNouns.Suffix(f.subject) == ""
}

// onlyAbout reports whether no more than 约 stands before the number of a thing in
// a list, which says nothing of a level: 减少税费3亿元、收费约2亿元.
func (f *found) onlyAbout() bool {
	s := f.site
	return s.own != s.clause && wordsBefore.Class(wordsBefore.Suffix(s.lead())) == indicator.About && lexicon.TotalNouns.Suffix(f.subject) == "" && lexicon.AmountNouns.Suffix(f.subject) == "" && s.previous.token.unitClass == s.token.unitClass
}

// isPart reports whether 其中 opens the number's own part, or stands alone
// before its clause.
func (s *site) isPart() bool {
	return strings.HasPrefix(strings.TrimLeft(s.lead(), "、,"), "其中") || strings.HasSuffix(strings.TrimRight(s.opening(), ",:"), "其中") && s.first
}

func (f *found) inheritedVerb() bool { return f.head != "" }

// rule names the language rule that a target was read by.
func (f *found) rule() string {
	s := f.site
	switch {
	case s.reference != "":
		return "相对目标"
	case s.series != nil:
		return "分别列举"
	case s.token.isRange():
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

// record is the target as an indicator; ok is false, with the code of a
// warning, when the number cannot be kept.
func (f *found) record() (in indicator.Indicator, code indicator.WarningCode) {
	s := f.site
	if f.cell {
		return f.cellRecord()
	}
	if in, code = f.indicatorAt(s.p.span(f.start, f.end)); code != "" {
		return in, code
	}
	in.Direction, in.Course = f.directionOf(), f.courseOf()
	in.Binding, in.Source.Rule, in.Confidence = f.binding, f.rule(), f.confidenceOf()
	settle(&in)
	in.LeadAgencies, in.ParticipatingAgencies = f.group.agenciesAt(s.token.end)
	return in, ""
}

// cellRecord is record for a target of a table.
func (f *found) cellRecord() (in indicator.Indicator, code indicator.WarningCode) {
	if in, code = f.indicatorAt(f.cells.start, f.cells.end); code != "" {
		return in, code
	}
	in.Direction, in.Course = f.directionOf(), f.courseOf()
	in.Binding, in.Source.Rule, in.Confidence = f.binding, "指标表", indicator.High
	if f.site.reference != "" {
		in.Source.Rule, in.Confidence = "相对目标", f.relativeConfidence()
	}
	settle(&in)
	in.LeadAgencies, in.ParticipatingAgencies = f.group.allAgencies()
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
func (f *found) indicatorAt(from, to int) (in indicator.Indicator, code indicator.WarningCode) {
	target, code := targetOf(f.site)
	if code != "" {
		return in, code
	}
	starts := f.term.starts
	if level := f.kind == indicator.Cumulative || f.kind == indicator.Ratio; level && !f.group.front.startsOn.IsZero() && f.group.front.startsOn.Before(starts) {
		starts = f.group.front.startsOn // a level is reached from where the plan begins
	}
	in = indicator.Indicator{
		Task: f.group.number, Section: f.group.section, Name: f.name,
		Kind: f.kind, Target: target, Baseline: f.baseline(),
		StartsOn: starts, DueOn: f.term.due, TermEndsOn: later(f.term.due, f.group.front.dueOn),
		Frequency: f.frequencyOf(), Each: f.each, Over: f.over,
		Source: indicator.Source{Start: from, End: to, Quote: string(f.site.p.script.raw[from:to])},
	}
	return in, ""
}

func later(a, b indicator.Date) indicator.Date {
	if a.After(b) {
		return a
	}
	return b
}

func targetOf(s *site) (indicator.Target, indicator.WarningCode) {
	t := s.token
	if s.reference != "" {
		return waitingTarget(s), ""
	}
	target := indicator.Target{Comparator: s.comparison.comparator}
	value, err := quantity.ParseNumber(t.value)
	if err != nil {
		return target, indicator.WarnValue
	}
	target.Value = value
	if target.Unit, err = quantity.ParseUnit(unitText(s)); err != nil && !t.pair && !isIndex(s) {
		return target, indicator.WarnUnit
	}
	if !t.isRange() {
		return target, ""
	}
	high, err := quantity.ParseNumber(t.high)
	if err != nil {
		return target, indicator.WarnValue
	}
	if high.Cmp(value) <= 0 {
		return target, indicator.WarnRange
	}
	target.ValueHigh = &high
	return target, ""
}

// isIndex reports whether a target of a table is that of an index, which has no unit.
func isIndex(s *site) bool { return s.token.unit == "" && s.found == nil }

// unitText is the unit as the plan writes it, without the spaces a page sets.
func unitText(s *site) string {
	t := s.token
	unit := t.unit
	if strings.Contains(unit, "(") {
		if at := strings.LastIndex(s.p.text[t.start:t.end], unit); at >= 0 {
			return s.p.written(t.start+at, t.start+at+len(unit))
		}
	}
	return unit
}

// baseline is the number that the target starts from, when the clause gives it
// in the target's unit: 由81%提高到88%. A change has no start of its own.
func (f *found) baseline() *quantity.Number {
	b := f.site.baseline
	if b == nil || f.kind == indicator.Growth || f.kind == indicator.Increment || f.changesBy() || f.site.token.isRange() || (b.unit != f.site.token.unit && b.unit != "") {
		return nil
	}
	n, err := quantity.ParseNumber(b.value)
	if err != nil {
		return nil
	}
	return &n
}
