package workplan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// longestName is the most characters of a name.
const longestName = 60

// readName writes the name as it is spoken: what is done, what is counted and,
// where the unit calls for it, 数 or 面积.
func (f *candidate) readName() {
	verb, subject := f.ownThing()
	if subject == "" {
		verb, subject = f.thingBefore(verb)
	}
	if subject == "" {
		subject = f.titleThing(verb)
	}
	subject = f.shortened(f.completed(verb, subject))
	name := f.composed(verb, subject)
	f.name = polish(withoutAsides(ledger.Replace(name + f.suffix(name))))
	if subject == "" && (verb == "" || !strings.ContainsAny(f.block.title, ",，、0123456789")) { // a title that is a sentence names nothing
		f.name += "（" + f.block.title + "）"
	}
	if f.subject == "" {
		f.subject = subject
	}
}

// suffix is what the name lacks to say what is measured; of things that the number before
// counted, how many households or people they are of: 12个村、300户.
func (f *candidate) suffix(name string) string {
	t := f.mention.token
	if p := f.previous; p != nil && f.inherited && p.nounAfter && p.mention.token.Unit != t.Unit && p.mention.token.UnitClass == quantity.CountUnit {
		switch countedThing(t.Unit) {
		case "户":
			return "户数"
		case "人":
			return "人数"
		}
	}
	return suffixFor(name, t)
}

// ownThing is what the number's own words, or the list before 分别, say is done
// and counted.
func (f *candidate) ownThing() (verb, subject string) {
	verb, subject = f.verb, f.subject
	if s := f.mention; s.series != nil {
		if listed := s.series.subject(s); listed != "" && (subject == "" || len(s.series.datesBefore(f.dates)) == 0) {
			subject = trimOpening(listed)
			if first := lexicon.ActionVerbs.Prefix(trimOpening(s.segment.Text[s.series.start:s.series.at])); first != "" && !endsInAction(subject) && verb == "" || first == verb && verb != "" {
				verb, subject = first, strings.TrimPrefix(subject, first)
			}
		}
	}
	if own, thing := f.deedInTurn(); own != "" {
		verb, subject = own, thing
		f.subject = thing
	}
	if lexicon.SelfNamedDeeds.Has(verb) && subject == "" {
		verb, subject = "", verb
	}
	return verb, subject
}

// deedInTurn is what is done to the thing of a row of numbers, where as many verbs stand before it
// as there are numbers: 新建、改建公路30公里、50公里.
func (f *candidate) deedInTurn() (verb, thing string) {
	row := f.mention.run
	if row.length < 2 {
		return "", ""
	}
	rest := trimOpening(trimClosing(row.first.lead()))
	var verbs []string
	for {
		next := lexicon.ActionVerbs.Prefix(rest)
		if next == "" {
			return "", ""
		}
		verbs, rest = append(verbs, next), rest[len(next):]
		sign := lexicon.ListSigns.Prefix(rest)
		if sign == "" {
			break
		}
		rest = rest[len(sign):]
	}
	if len(verbs) != row.length || rest == "" {
		return "", ""
	}
	return verbs[f.mention.place], rest
}

// thingBefore is what the number before is about, for one that does not say.
func (f *candidate) thingBefore(verb string) (taken, subject string) {
	if verb == "" {
		if verb, subject = f.announced(); subject != "" {
			return verb, subject
		}
	}
	if p := f.sameUnitBefore(); p != nil {
		subject, f.inherited = p.subject, true
		switch {
		case verb == "完成" && lexicon.AmountNouns.Suffix(subject) != "": // 投资30亿元、力争完成35亿元
			verb = ""
		case verb != "":
			verb, subject = takesTurn(verb, subject)
		}
		if p.mention.token.Unit != f.mention.token.Unit { // 标准提高5元 and 标准达到80% are not about one change
			subject = strings.TrimSuffix(subject, lexicon.ChangeVerbs.Suffix(subject))
		}
	}
	if subject == "" && f.mention.passed != nil {
		subject = strings.TrimPrefix(subjectOf(f.mention.passed), verb)
	}
	return verb, subject
}

// announced is what the clause before says is done or measured, where a colon ends it and the
// number stands there by its day alone: 开放率:2026年60%、2027年75%.
func (f *candidate) announced() (verb, subject string) {
	s := f.mention
	text, colon := strings.CutSuffix(s.opening(), ":")
	if !s.first || !colon || len(trimOpening(s.lead())) > 0 || s.lead() == "" {
		return "", ""
	}
	text = text[strings.LastIndexAny(text, ",;:。(")+1:]
	verb, subject = splitVerb(trimOpening(text))
	if len(text) > longestObject*len("率") || prose.HasDigit(subject) || lexicon.TaskNouns.Suffix(subject) != "" || lexicon.GoalNouns.Suffix(subject) != "" {
		return "", ""
	}
	if verb == "" && lexicon.QuantityNouns.Suffix(subject) == "" && lexicon.RateNouns.Suffix(subject) == "" || lexicon.PlanKinds.Suffix(subject) != "" {
		return "", ""
	}
	f.verb = verb // which the numbers after this one share
	return verb, subject
}

// farthestThing is how many targets back a part looks for the thing it is one of.
const farthestThing = 6

// sameUnitBefore is the target before, or for a part of the sentence's things (其中) the last that
// counts in the same unit: 新建学校3所、新增学位900个,其中秋季投用2所.
func (f *candidate) sameUnitBefore() *candidate {
	s := f.mention
	if !s.isPart() || s.token.UnitClass != quantity.CountUnit {
		return f.previous
	}
	for p, left := f.previous, farthestThing; p != nil && left > 0 && p.mention.sentence == s.sentence; p, left = p.previous, left-1 {
		if p.mention.token.Unit == s.token.Unit {
			return p
		}
	}
	return f.previous
}

// titleThing is what the task's title says is counted, "" for nothing.
func (f *candidate) titleThing(verb string) string {
	if verb == "" {
		f.unnamed = true
		return f.block.title
	}
	subject := objectOf(f.block.title, f.mention.token.Unit)
	f.unnamed = f.unnamed || subject != ""
	return subject
}

// completed is a thing with what it leaves to the words before it.
func (f *candidate) completed(verb, subject string) string {
	if f.previous != nil {
		subject = f.completedBy(f.previous, verb, subject)
	}
	if verb != "" {
		return subject
	}
	if lexicon.AmountNouns.Has(subject) {
		subject = f.field() + subject
	}
	if f.previous != nil {
		subject = f.measured(f.previous) + subject
	}
	return subject
}

// completedBy is a thing with what it leaves to the target before.
func (f *candidate) completedBy(p *candidate, verb, subject string) string {
	switch {
	case f.mention.sizeBefore() != "":
		subject = f.mention.sizeBefore() + withoutSize(p.subject)
		f.subject = subject
	case lexicon.PerOne.Has(subject) && verb == "": // GDP达2000亿元,人均突破10万元
		subject += p.subject
	case lexicon.AuthorityRanks.Has(subject):
		subject += afterRank(p.subject)
		f.subject = subject
	case f.mention.isPart() && f.sharesRate(p): // 覆盖率达到45%,其中重点人群达80%
		subject += p.subject
	case lexicon.CarryingVerbs.Has(verb) && f.isBareOf(p): // 固定资产投资30亿元,一季度完成投资6亿元
		subject = p.subject
		f.subject = subject
	case verb == "" && f.head != "" && f.sharesDeed(p):
		subject += lexicon.ActionVerbs.Suffix(p.subject)
	}
	return subject
}

// sizeBefore is how big the things are that a number counts, where nothing but that stands before it:
// 10亿元以上 of 其中10亿元以上20个.
func (s *mention) sizeBefore() string {
	size := s.passed
	if size == nil || size.sentence != s.sentence || size.wordEnd() != s.token.Start || limits.Prefix(size.comparison.after) == "" {
		return ""
	}
	return s.segment.Text[size.token.Start:s.token.Start]
}

// withoutSize drops how big things are from the head of what they are called: 亿元以上项目.
func withoutSize(thing string) string {
	at, word := limits.Find(thing)
	if at < 0 || !startsNoun(thing[at+len(word):]) {
		return thing
	}
	return strings.TrimPrefix(thing[at+len(word):], "的")
}

// isBareOf reports whether a thing says no more than how the one before it in the sentence is
// measured, in the same unit.
func (f *candidate) isBareOf(p *candidate) bool {
	s := f.mention
	return f.subject != "" && p.subject != f.subject && isBareMeasure(f.subject) && strings.HasSuffix(p.subject, f.subject) &&
		p.mention.sentence == s.sentence && p.mention.token.UnitClass == s.token.UnitClass
}

// measured is the thing before that a bare total, or a share of something, measures:
// 基站 of 新建基站5座,总数达到9座, 研发投入 of 研发投入增长9%,占GDP比重达到2%.
func (f *candidate) measured(p *candidate) string {
	if strings.HasPrefix(f.subject, "占") {
		return strings.TrimSuffix(p.subject, lexicon.ChangeVerbs.Suffix(p.subject))
	}
	if lexicon.BareRates.Has(f.subject) && p.mention.token.UnitClass == quantity.MoneyUnit && strings.HasSuffix(p.subject, "额") { // 交易额, 溢价率
		return strings.TrimSuffix(p.subject, lexicon.QuantityNouns.Suffix(p.subject))
	}
	if lexicon.BareRates.Has(f.subject) && p.mention.token.UnitClass != quantity.ShareUnit && p.mention.token.UnitClass != quantity.MoneyUnit {
		return strings.TrimPrefix(p.subject, lexicon.ActionVerbs.Prefix(p.subject))
	}
	if action := lexicon.ActionVerbs.Suffix(p.subject); adds(action) && lexicon.BareTotals.Has(f.subject) { // 企业净增9家,总数达到30家
		return strings.TrimSuffix(p.subject, action)
	}
	made := p.verb != "" || p.head != ""
	if made && p.mention.token.UnitClass == quantity.CountUnit && lexicon.BareTotals.Has(f.subject) {
		return p.subject
	}
	return ""
}

// sharesDeed reports whether a thing of a list is one of the kind before it, to
// which the same is done: 县道提升3条、村道4条.
func (f *candidate) sharesDeed(p *candidate) bool {
	action := lexicon.ActionVerbs.Suffix(p.subject)
	if action == "" || f.nounAfter || f.mention.isPart() || p.mention.token.Unit != f.mention.token.Unit {
		return false
	}
	kind := prose.LastRune(strings.TrimSuffix(p.subject, action))
	return kind == prose.LastRune(f.subject) && kind > 0x2fff
}

// shortened is a thing without examples, the title of an event and the words of a
// goal.
func (f *candidate) shortened(subject string) string {
	if change := changeBefore(f.leadText()); change != "" {
		subject = goalOf(subject, change)
	}
	if at, word := levels.Find(subject); at > 0 && strings.HasPrefix(subject[at+len(word):], "每") {
		subject = subject[:at]
	}
	if f.mention.token.UnitClass != quantity.ShareUnit {
		subject = withoutExamples(subject)
	}
	if t := f.mention.token; t.UnitClass == quantity.EventUnit && t.Unit != "次" && (!strings.HasSuffix(t.Unit, "人次") || strings.Contains(subject, "+")) { // “甲+乙”培训500人次 says how
		subject = withoutTitle(subject)
	}
	return subject
}

// composed puts a verb of its own, of the list or of a change to a thing.
func (f *candidate) composed(verb, subject string) string {
	change := changeBefore(f.leadText())
	name := verb + subject
	switch p := f.previous; {
	case isRelative(subject) && p != nil:
		name = p.subject + subject
	case verb == "" && p != nil && p.isReworkOf(subject):
		name = p.subject + p.verb + subject
	case f.namesChange(verb) && change != "" && !strings.HasSuffix(name, change):
		name = subject + yearly(f.leadText()) + change
	case verb == "" && f.inheritedVerb() && !f.loose && !endsInAction(subject): // 新建公厕9座,公交线路优化6条
		name = f.head + strings.TrimPrefix(subject, reworkAtEnd(f.head))
	}
	if change != "" {
		name = strings.Replace(name, "要"+change, change, 1)
	}
	return name
}

// isReworkOf reports whether a target is a rework, and a subject after it says whom that affects:
// 改造小区2个、涉及居民40户; 城中村改造2个、涉及40户.
func (f *candidate) isReworkOf(subject string) bool {
	return lexicon.AffectingVerbs.Prefix(subject) != "" && (lexicon.ReworkVerbs.Has(f.verb) || lexicon.ReworkVerbs.Suffix(f.subject) != "")
}

// reworkAtEnd is the verb of rework that a list's verb ends with after another: 改造 of 建设改造.
func reworkAtEnd(head string) string {
	if rework := lexicon.ReworkVerbs.Suffix(head); len(rework) < len(head) {
		return rework
	}
	return ""
}

// isRelative reports whether a name is only what something is compared with: 较上年, and
// not 较大事故.
func isRelative(name string) bool {
	return lexicon.RelativeOpeners.Prefix(name) != "" && lexicon.NotRelative.Prefix(name) == ""
}

// namesChange reports whether the change before a number is part of its name.
func (f *candidate) namesChange(verb string) bool {
	return f.mention.token.UnitClass == quantity.ShareUnit || f.mention.baseline != nil && f.changesBy() || f.inherited && verb == ""
}

// goalOf is what a goal of growth is for: 经济 of 经济增长预期目标是.
func goalOf(subject, change string) string {
	at, _ := lexicon.GoalNouns.Find(subject)
	if at <= 0 || !changeOfGoal(subject) {
		return subject
	}
	return strings.TrimSuffix(subject[:at], change)
}

// takesTurn puts a verb where the thing before had its own: 改造基本建成 after
// 改造开工20套, 农田改造 after 农田新建1万亩.
func takesTurn(verb, subject string) (ownVerb, ownSubject string) {
	if !lexicon.ActionVerbs.Has(verb) {
		return verb, strings.TrimSuffix(subject, lexicon.EndingVerbs.Suffix(subject))
	}
	action := lexicon.EndingVerbs.Suffix(subject)
	if action == "" {
		action = lexicon.ActionVerbs.Suffix(subject)
	}
	if action == "" || action == subject {
		return verb, subject
	}
	return "", strings.TrimSuffix(subject, action) + verb
}

// afterRank is a name without its rank: 创新平台 of 市级以上创新平台.
func afterRank(name string) string {
	rest := strings.TrimPrefix(name, lexicon.AuthorityRanks.Prefix(name))
	return strings.TrimPrefix(rest, atLeastAfter.Prefix(rest))
}

// sharesRate reports whether a part has no rate of its own.
func (f *candidate) sharesRate(p *candidate) bool {
	return f.mention.token.UnitClass == quantity.ShareUnit && p.mention.token.UnitClass == quantity.ShareUnit && f.subject != "" &&
		lexicon.QuantityNouns.Suffix(f.subject) == "" && lexicon.RateNouns.Suffix(p.subject) != ""
}

func yearly(head string) string {
	if strings.Contains(head, "年均") {
		return "年均"
	}
	return ""
}

// subjectOf is what a number is about that is no target itself.
func subjectOf(s *mention) string {
	f := candidate{mention: s}
	f.readSubject()
	if strings.HasPrefix(strings.TrimPrefix(s.rest(), "的"), "基础上") { // 在去年新增企业30家的基础上
		_, subject := splitVerb(trimOpening(strings.TrimPrefix(s.lead(), "在")))
		return subject
	}
	if f.nounAfter {
		noun, _, _ := strings.Cut(f.subject, "的")
		return strings.TrimSuffix(noun, lexicon.ActionVerbs.Suffix(noun))
	}
	if f.verb == "" {
		return f.subject
	}
	return f.verb + f.subject
}

// withoutExamples is what a list of examples is of: 全民健身活动 of 村跑、骑行等全民健身
// 活动. A share keeps them, since they say of what it is one.
func withoutExamples(subject string) string {
	at := strings.LastIndex(subject, "等")
	if at <= 0 || !strings.Contains(subject[:at], "、") || lexicon.NotAndSoOn.In(subject[max(0, at-len("高")):]) {
		return subject
	}
	rest := strings.TrimPrefix(subject[at+len("等"):], "的")
	if utf8.RuneCountInString(rest) < 3 || !startsNoun(rest) {
		return subject
	}
	return rest
}

// field is what a noun such as 产值 is about: the paragraph's topic, else what
// the target before it is about.
func (f *candidate) field() string {
	if topic := f.mention.setting.topic; topic != "" {
		if strings.HasSuffix(topic, "产业") && strings.HasPrefix(f.subject, "产业") {
			return strings.TrimSuffix(topic, "产业")
		}
		return topic
	}
	if p := f.previous; p != nil && !lexicon.AmountNouns.Has(p.subject) && lexicon.QuantityNouns.Suffix(p.subject) != "" && f.head == "" {
		field := strings.TrimSuffix(p.subject, lexicon.QuantityNouns.Suffix(p.subject))
		return strings.TrimSuffix(field, lexicon.ActionVerbs.Suffix(field))
	}
	return ""
}

var ledger = strings.NewReplacer("(", "（", ")", "）", ",", "，", "“", "", "”", "", "\n", "", "|", "", respectively, "", "力争", "")

// printed drops what a file of odd origin has between its characters.
func printed(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

func polish(name string) string {
	name = strings.Trim(strings.Map(printed, ledger.Replace(name)), "*、，的")
	if utf8.RuneCountInString(name) > longestName {
		r := []rune(name)
		name = string(r[len(r)-longestName:])
	}
	return name
}
