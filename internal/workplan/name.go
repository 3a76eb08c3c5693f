package workplan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// longestName is the most characters of a name.
const longestName = 60

// readName writes the name as it is spoken: what is done, what is counted and,
// where the unit calls for it, 数 or 面积.
func (f *found) readName() {
	verb, subject := f.ownThing()
	if subject == "" {
		verb, subject = f.thingBefore(verb)
	}
	if subject == "" {
		subject = f.titleThing(verb)
	}
	subject = f.shortened(f.completed(verb, subject))
	name := f.composed(verb, subject)
	f.name = polish(withoutAsides(ledger.Replace(name + suffixFor(name, f.site.token))))
	if subject == "" {
		f.name += "（" + f.group.title + "）"
	}
	if f.subject == "" {
		f.subject = subject
	}
}

// ownThing is what the number's own words, or the list before 分别, say is done
// and counted.
func (f *found) ownThing() (verb, subject string) {
	verb, subject = f.verb, f.subject
	if s := f.site; s.series != nil {
		if listed := s.series.subject(s); listed != "" && (s.series.sites[0].found == nil || subject == "" || len(s.series.datesBefore(f.dates)) == 0) {
			subject = trimOpening(listed)
			if first := lexicon.ActionVerbs.Prefix(trimOpening(s.p.text[s.series.start:s.series.at])); first != "" && !endsInDeed(subject) && verb == "" || first == verb && verb != "" {
				verb, subject = first, strings.TrimPrefix(subject, first)
			}
		}
	}
	if lexicon.SelfNamedDeeds.Has(verb) && subject == "" {
		verb, subject = "", verb
	}
	return verb, subject
}

// thingBefore is what the number before is about, for one that does not say.
func (f *found) thingBefore(verb string) (taken, subject string) {
	if p := f.site.previous; p != nil {
		subject, f.inherited = p.found.subject, true
		if verb != "" {
			verb, subject = takesTurn(verb, subject)
		}
		if p.token.unit != f.site.token.unit { // 标准提高5元 and 标准达到80% are not about one change
			subject = strings.TrimSuffix(subject, lexicon.ChangeVerbs.Suffix(subject))
		}
	}
	if subject == "" && f.site.passed != nil {
		subject = subjectOf(f.site.passed)
	}
	return verb, subject
}

// titleThing is what the task's title says is counted, "" for nothing.
func (f *found) titleThing(verb string) string {
	if verb == "" {
		f.unnamed = true
		return f.group.title
	}
	subject := objectOf(f.group.title, f.site.token.unit)
	f.unnamed = f.unnamed || subject != ""
	return subject
}

// completed is a thing with what it leaves to the words before it.
func (f *found) completed(verb, subject string) string {
	p := f.site.previous
	switch {
	case p != nil && lexicon.AuthorityRanks.Has(subject):
		subject += afterRank(p.found.subject)
		f.subject = subject
	case p != nil && f.site.isPart() && f.sharesRate(p): // 覆盖率达到45%,其中重点人群达80%
		subject += p.found.subject
	case p != nil && verb == "" && f.head != "" && f.sharesDeed(p):
		subject += lexicon.ActionVerbs.Suffix(p.found.subject)
	}
	if verb == "" && lexicon.AmountNouns.Has(subject) {
		subject = f.field() + subject
	}
	if verb == "" && p != nil {
		subject = f.measured(p) + subject
	}
	return subject
}

// measured is the thing before that a bare total, or a share of something, measures:
// 基站 of 新建基站5座,总数达到9座, 研发投入 of 研发投入增长9%,占GDP比重达到2%.
func (f *found) measured(p *site) string {
	if strings.HasPrefix(f.subject, "占") {
		return strings.TrimSuffix(p.found.subject, lexicon.ChangeVerbs.Suffix(p.found.subject))
	}
	made := p.found.verb != "" || p.found.head != ""
	if made && p.token.unitClass == quantity.CountUnit && lexicon.BareTotals.Has(f.subject) {
		return p.found.subject
	}
	return ""
}

// sharesDeed reports whether a thing of a list is one of the kind before it, to
// which the same is done: 县道提升3条、村道4条.
func (f *found) sharesDeed(p *site) bool {
	deed := lexicon.ActionVerbs.Suffix(p.found.subject)
	if deed == "" || f.nounAfter || f.site.isPart() || p.token.unit != f.site.token.unit {
		return false
	}
	kind := lastRune(strings.TrimSuffix(p.found.subject, deed))
	return kind == lastRune(f.subject) && kind > 0x2fff
}

// shortened is a thing without examples, the title of an event and the words of a
// goal.
func (f *found) shortened(subject string) string {
	if change := changeBefore(f.leadText()); change != "" {
		subject = goalOf(subject, change)
	}
	if at, word := levels.Find(subject); at > 0 && strings.HasPrefix(subject[at+len(word):], "每") {
		subject = subject[:at]
	}
	if f.site.token.unitClass != quantity.ShareUnit {
		subject = withoutExamples(subject)
	}
	if t := f.site.token; t.unitClass == quantity.EventUnit && t.unit != "次" {
		subject = withoutTitle(subject)
	}
	return subject
}

// composed puts a verb of its own, of the list or of a change to a thing.
func (f *found) composed(verb, subject string) string {
	change := changeBefore(f.leadText())
	name := verb + subject
	switch p := f.site.previous; {
	case lexicon.RelativeOpeners.Prefix(subject) != "" && p != nil:
		name = p.found.subject + subject
	case verb == "" && p != nil && lexicon.AffectingVerbs.Prefix(subject) != "" && lexicon.ReworkVerbs.Has(p.found.verb):
		name = p.found.subject + p.found.verb + subject // 改造小区2个、涉及居民40户
	case f.namesChange(verb) && change != "" && !strings.HasSuffix(name, change):
		name = subject + yearly(f.leadText()) + change
	case verb == "" && f.inheritedVerb() && !f.loose && !endsInDeed(subject): // 新建公厕9座,公交线路优化6条
		name = f.head + subject
	}
	if change != "" {
		name = strings.Replace(name, "要"+change, change, 1)
	}
	return name
}

// namesChange reports whether the change before a number is part of its name.
func (f *found) namesChange(verb string) bool {
	return f.site.token.unitClass == quantity.ShareUnit || f.site.baseline != nil && f.changesBy() || f.inherited && verb == ""
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
	deed := lexicon.EndingVerbs.Suffix(subject)
	if deed == "" {
		deed = lexicon.ActionVerbs.Suffix(subject)
	}
	if deed == "" || deed == subject {
		return verb, subject
	}
	return "", strings.TrimSuffix(subject, deed) + verb
}

// afterRank is a name without its rank: 创新平台 of 市级以上创新平台.
func afterRank(name string) string {
	rest := strings.TrimPrefix(name, lexicon.AuthorityRanks.Prefix(name))
	return strings.TrimPrefix(rest, lexicon.AfterAtLeast.Prefix(rest))
}

// sharesRate reports whether a part has no rate of its own.
func (f *found) sharesRate(p *site) bool {
	return f.site.token.unitClass == quantity.ShareUnit && p.token.unitClass == quantity.ShareUnit && f.subject != "" &&
		lexicon.QuantityNouns.Suffix(f.subject) == "" && lexicon.RateNouns.Suffix(p.found.subject) != ""
}

func yearly(head string) string {
	if strings.Contains(head, "年均") {
		return "年均"
	}
	return ""
}

// subjectOf is what a number is about that is no target itself.
func subjectOf(s *site) string {
	f := found{site: s}
	f.readSubject()
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
func (f *found) field() string {
	if topic := f.group.topic; topic != "" {
		if strings.HasSuffix(topic, "产业") && strings.HasPrefix(f.subject, "产业") {
			return strings.TrimSuffix(topic, "产业")
		}
		return topic
	}
	if p := f.site.previous; p != nil && !lexicon.AmountNouns.Has(p.found.subject) && lexicon.QuantityNouns.Suffix(p.found.subject) != "" && f.head == "" {
		field := strings.TrimSuffix(p.found.subject, lexicon.QuantityNouns.Suffix(p.found.subject))
		return strings.TrimSuffix(field, lexicon.ActionVerbs.Suffix(field))
	}
	return ""
}

var ledger = strings.NewReplacer("(", "（", ")", "）", ",", "，", "“", "", "”", "", "\n", "", respectively, "", "力争", "")

// printed drops what a file of odd origin has between its characters.
func printed(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

func polish(name string) string {
	name = strings.Trim(strings.Map(printed, ledger.Replace(name)), "、，的")
	if utf8.RuneCountInString(name) > longestName {
		r := []rune(name)
		name = string(r[len(r)-longestName:])
	}
	return name
}
