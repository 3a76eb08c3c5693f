package workplan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
)

// longestName is the most characters of a name.
const longestName = 60

// readName writes the name as a ledger would: what is done, what is counted
// and, where the unit calls for it, 数 or 面积.
func (f *candidate) readName() {
	subject, verb := f.subject, f.verb
	if s := f.mention; s.series != nil {
		if listed := s.series.subject(s); listed != "" && (s.series.mentions[0].candidate == nil || subject == "" || len(s.series.datesBefore(f.dates)) == 0) {
			subject = trimOpening(listed)
			if first := lexicon.ActionVerbs.Prefix(trimOpening(s.segment.Text[s.series.start:s.series.at])); first != "" && !endsInAction(subject) && verb == "" || first == verb && verb != "" {
				verb, subject = first, strings.TrimPrefix(subject, first)
			}
		}
	}
	if lexicon.SelfNamedDeeds.Has(verb) && subject == "" {
		verb, subject = "", verb
	}
	if subject == "" && f.mention.previous != nil {
		subject, f.inherited = f.mention.previous.candidate.subject, true
		if verb != "" {
			subject = strings.TrimSuffix(subject, lexicon.EndingVerbs.Suffix(subject)) // 改造开工20套、基本建成10套
		}
		if f.mention.previous.token.Unit != f.mention.token.Unit { // 标准提高5元 and 标准达到80% are not about one change
			subject = strings.TrimSuffix(subject, lexicon.ChangeVerbs.Suffix(subject))
		}
	}
	if subject == "" && f.mention.passed != nil {
		subject = subjectOf(f.mention.passed)
	}
	if subject == "" && verb == "" {
		subject, f.unnamed = f.block.title, true
	}
	if p := f.mention.previous; p != nil && lexicon.AuthorityRanks.Has(subject) {
		subject += afterRank(p.candidate.subject)
		f.subject = subject
	}
	if p := f.mention.previous; p != nil && f.mention.isPart() && f.sharesRate(p) { // 覆盖率达到45%,其中重点人群达80%
		subject += p.candidate.subject
	}
	if at, word := levels.Find(subject); at > 0 && strings.HasPrefix(subject[at+len(word):], "每") {
		subject = subject[:at]
	}
	if verb == "" && lexicon.AmountNouns.Has(subject) {
		subject = f.field() + subject
	}
	change := changeBefore(f.leadText())
	if f.mention.token.UnitClass != quantity.ShareUnit {
		subject = withoutExamples(subject)
	}
	name := verb + subject
	switch {
	case lexicon.RelativeOpeners.Prefix(subject) != "" && f.mention.previous != nil:
		name = f.mention.previous.candidate.subject + subject
	case (f.mention.token.UnitClass == quantity.ShareUnit || f.mention.baseline != nil && f.changesBy() || f.inherited && verb == "") && change != "" && !strings.HasSuffix(name, change):
		name = subject + yearly(f.leadText()) + change
	case verb == "" && f.inheritedVerb() && !f.loose:
		name = f.head + subject
	}
	if change != "" {
		name = strings.Replace(name, "要"+change, change, 1)
	}
	f.name = polish(name + suffixFor(name, f.mention.token))
	if subject == "" {
		f.name += "（" + f.block.title + "）"
	}
	if f.subject == "" {
		f.subject = subject
	}
}

// afterRank is a name without its rank: 创新平台 of 市级以上创新平台.
func afterRank(name string) string {
	rest := strings.TrimPrefix(name, lexicon.AuthorityRanks.Prefix(name))
	return strings.TrimPrefix(rest, lexicon.AfterAtLeast.Prefix(rest))
}

// sharesRate reports whether a part has no rate of its own.
func (f *candidate) sharesRate(p *mention) bool {
	return f.mention.token.UnitClass == quantity.ShareUnit && p.token.UnitClass == quantity.ShareUnit && f.subject != "" &&
		lexicon.QuantityNouns.Suffix(f.subject) == "" && lexicon.RateNouns.Suffix(p.candidate.subject) != ""
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
	if topic := f.block.topic; topic != "" {
		if strings.HasSuffix(topic, "产业") && strings.HasPrefix(f.subject, "产业") {
			return strings.TrimSuffix(topic, "产业")
		}
		return topic
	}
	if p := f.mention.previous; p != nil && !lexicon.AmountNouns.Has(p.candidate.subject) && lexicon.QuantityNouns.Suffix(p.candidate.subject) != "" && f.head == "" {
		field := strings.TrimSuffix(p.candidate.subject, lexicon.QuantityNouns.Suffix(p.candidate.subject))
		return strings.TrimSuffix(field, lexicon.ActionVerbs.Suffix(field))
	}
	return ""
}

// suffixFor is what a name lacks to say what is measured.
func suffixFor(name string, t *number.Token) string {
	if strings.HasSuffix(name, "标准") && t.UnitClass == quantity.CountUnit {
		return "数"
	}
	if lexicon.QuantityNouns.Suffix(name) != "" || lexicon.ChangeVerbs.Suffix(name) != "" && (t.UnitClass == quantity.ShareUnit || t.UnitClass == quantity.MoneyUnit) {
		return ""
	}
	switch t.UnitClass {
	case quantity.ShareUnit:
		if strings.HasSuffix(name, "占") {
			return "比"
		}
		return "比例"
	case quantity.EventUnit:
		if strings.HasSuffix(t.Unit, "次") && t.Unit != "次" {
			return strings.TrimLeft(t.Unit, "十百千万亿")
		}
		return strings.TrimLeft(t.Unit, "十百千万亿") + "数"
	case quantity.AreaUnit:
		return "面积"
	case quantity.LengthUnit:
		return "长度"
	case quantity.MoneyUnit:
		return "金额"
	case quantity.MassUnit:
		return "量"
	case quantity.CountUnit, quantity.HeadUnit:
		return "数"
	case quantity.TimeUnit:
		return "时限"
	case quantity.OtherUnit:
		if endsInAction(name) { // 食品抽检
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
