package workplan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is the most characters of a name.
const longestName = 60

// readName writes the name as a ledger would: what is done, what is counted
// and, where the unit calls for it, 数 or 面积.
func (f *found) readName() {
	subject, verb := f.subject, f.verb
	if s := f.site; s.series != nil {
		if listed := s.series.subject(s); listed != "" && (s.series.sites[0].found == nil || subject == "" || len(s.series.datesBefore(f.dates)) == 0) {
			subject = trimOpening(listed)
			if first := deeds.prefix(trimOpening(s.p.text[s.series.start:s.series.at])); first != "" && !endsInDeed(subject) && verb == "" || first == verb && verb != "" {
				verb, subject = first, strings.TrimPrefix(subject, first)
			}
		}
	}
	if complete.has(verb) && subject == "" {
		verb, subject = "", verb
	}
	if subject == "" && f.site.previous != nil {
		subject, f.inherited = f.site.previous.found.subject, true
		if verb != "" {
			subject = strings.TrimSuffix(subject, ends.suffix(subject)) // 改造开工20套、基本建成10套
		}
		if f.site.previous.token.unit != f.site.token.unit { // 标准提高5元 and 标准达到80% are not about one change
			subject = strings.TrimSuffix(subject, growthVerbs.suffix(subject))
		}
	}
	if subject == "" && f.site.passed != nil {
		subject = subjectOf(f.site.passed)
	}
	if subject == "" && verb == "" {
		subject, f.unnamed = f.group.title, true
	}
	if p := f.site.previous; p != nil && ranks.has(subject) {
		subject += afterRank(p.found.subject)
		f.subject = subject
	}
	if p := f.site.previous; p != nil && f.site.isPart() && f.sharesRate(p) { // 覆盖率达到45%,其中重点人群达80%
		subject += p.found.subject
	}
	if at, word := levels.find(subject); at > 0 && strings.HasPrefix(subject[at+len(word):], "每") {
		subject = subject[:at]
	}
	if verb == "" && generic.has(subject) {
		subject = f.field() + subject
	}
	change := changeBefore(f.leadText())
	if f.site.token.unitClass != shareUnit {
		subject = withoutExamples(subject)
	}
	name := verb + subject
	switch {
	case relativeTo.prefix(subject) != "" && f.site.previous != nil:
		name = f.site.previous.found.subject + subject
	case (f.site.token.unitClass == shareUnit || f.site.baseline != nil && f.changesBy() || f.inherited && verb == "") && change != "" && !strings.HasSuffix(name, change):
		name = subject + yearly(f.leadText()) + change
	case verb == "" && f.inheritedVerb() && !f.loose:
		name = f.head + subject
	}
	if change != "" {
		name = strings.Replace(name, "要"+change, change, 1)
	}
	f.name = polish(name + suffixFor(name, f.site.token))
	if subject == "" {
		f.name += "（" + f.group.title + "）"
	}
	if f.subject == "" {
		f.subject = subject
	}
}

var (
	ends  = words("开工 竣工 完工 建成 投产")
	ranks = words("国家级 省级 市级 县级 区级 世界级 部级 省部级")
	above = words("及以上 以上 及其以上")
)

// afterRank is a name without its rank: 创新平台 of 市级以上创新平台.
func afterRank(name string) string {
	rest := strings.TrimPrefix(name, ranks.prefix(name))
	return strings.TrimPrefix(rest, above.prefix(rest))
}

// sharesRate reports whether a part has no rate of its own.
func (f *found) sharesRate(p *site) bool {
	return f.site.token.unitClass == shareUnit && p.token.unitClass == shareUnit && f.subject != "" &&
		quantityNouns.suffix(f.subject) == "" && rates.suffix(p.found.subject) != ""
}

var relativeTo = words("比 较 同比")

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
		return strings.TrimSuffix(noun, deeds.suffix(noun))
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
	if at <= 0 || !strings.Contains(subject[:at], "、") || gradesOf.in(subject[max(0, at-len("高")):]) {
		return subject
	}
	rest := strings.TrimPrefix(subject[at+len("等"):], "的")
	if utf8.RuneCountInString(rest) < 3 || !startsNoun(rest) {
		return subject
	}
	return rest
}

// gradesOf are words with 等 that end no list.
var gradesOf = words("高等 中等 初等 平等 对等 均等 同等 优等 上等 一等 二等 三等 等级 等次 等额 等值 等距 等待 等候")

// field is what a noun such as 产值 is about: the paragraph's topic, else what
// the target before it is about.
func (f *found) field() string {
	if topic := f.group.topic; topic != "" {
		if strings.HasSuffix(topic, "产业") && strings.HasPrefix(f.subject, "产业") {
			return strings.TrimSuffix(topic, "产业")
		}
		return topic
	}
	if p := f.site.previous; p != nil && !generic.has(p.found.subject) && quantityNouns.suffix(p.found.subject) != "" && f.head == "" {
		field := strings.TrimSuffix(p.found.subject, quantityNouns.suffix(p.found.subject))
		return strings.TrimSuffix(field, deeds.suffix(field))
	}
	return ""
}

// generic nouns do not say of what; the paragraph's topic does.
var generic = words("总产量 产值 总产值 产量 总产 产业规模 规模 增加值 收入 产业投资 投资 营收 营业收入 年产值 综合产值 全产业链产值 面积 总面积")

// suffixFor is what a name lacks to say what is measured.
func suffixFor(name string, t *token) string {
	if strings.HasSuffix(name, "标准") && t.unitClass == countUnit {
		return "数"
	}
	if quantityNouns.suffix(name) != "" || growthVerbs.suffix(name) != "" && (t.unitClass == shareUnit || t.unitClass == moneyUnit) {
		return ""
	}
	switch t.unitClass {
	case shareUnit:
		if strings.HasSuffix(name, "占") {
			return "比"
		}
		return "比例"
	case eventUnit:
		if strings.HasSuffix(t.unit, "次") && t.unit != "次" {
			return strings.TrimLeft(t.unit, "十百千万亿")
		}
		return strings.TrimLeft(t.unit, "十百千万亿") + "数"
	case areaUnit:
		return "面积"
	case lengthUnit:
		return "长度"
	case moneyUnit:
		return "金额"
	case massUnit:
		return "量"
	case countUnit, headUnit:
		return "数"
	case timeUnit:
		return "时限"
	case otherUnit:
		if endsInDeed(name) { // 食品抽检
			return "量"
		}
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
