package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// ledgerName is a name as a ledger has it: the thing counted with what makes it
// that thing. A verb that only brings it about or holds it is left out, as is
// what praises it; one that says which of the things are counted stays: 新增,
// 改造, 培育.
func (f *candidate) ledgerName() string {
	name, title := f.name, ""
	if at := strings.LastIndex(name, "（"+f.block.title+"）"); at > 0 && f.block.title != "" {
		name, title = name[:at], name[at:]
	}
	name = f.withoutQualities(name)
	if f.mention.token.UnitClass == quantity.ShareUnit {
		name = withoutCount(name)
	}
	if f.mention.token.UnitClass != quantity.ShareUnit || lexicon.ChangeVerbs.Suffix(name) != "" {
		name = f.withoutCarrier(name)
	}
	name = lent(withoutServing(name))
	name = untied.Replace(name)
	if change := lexicon.ChangeVerbs.Suffix(name); change != "" {
		name = strings.TrimSuffix(strings.TrimSuffix(name, change), "累计") + change
	}
	return name + title
}

// withoutCount drops how many things a share is measured of from the head of its name: 21个断面.
func withoutCount(name string) string {
	if !prose.StartsDigit(name) {
		return name
	}
	t := number.QuantityAt(name)
	if rest := name[t.End:]; t.UnitClass == quantity.CountUnit && startsNoun(rest) {
		return rest
	}
	return name
}

// untied drops 的 after words that need none before a noun.
var untied = strings.NewReplacer("以上的", "以上", "以下的", "以下", "身边的", "身边")

// fewestBare is the fewest characters of a noun that names a thing without the
// verb that makes it: 工会驿站数, but 建设公园数.
const fewestBare = 4

// withoutCarrier drops the verbs that only carry the number at the head of a
// name, and where they do so.
func (f *candidate) withoutCarrier(name string) string {
	size := len(suffixFor(f.subject, f.mention.token))
	for lexicon.NounsOfVerbs.Prefix(name) == "" {
		if action := strings.TrimPrefix(name, lexicon.VerbAdverbs.Prefix(name)); action != name && lexicon.CarryingVerbs.Prefix(action) != "" {
			name = action // 全面完成
		}
		fewest := 2
		verb := lexicon.CarryingVerbs.Prefix(name)
		if making := lexicon.BuildingVerbs.Prefix(name); len(making) > len(verb) {
			verb, fewest = making, fewestBare
		}
		rest := name[len(verb):]
		if verb == "争取" && f.mention.token.UnitClass == quantity.MoneyUnit && lexicon.ActionVerbs.Prefix(rest) == "" { // it is for others to give
			return name
		}
		if fewest == fewestBare && lexicon.ActionVerbs.Prefix(rest) != "" { // 建设改造公路
			return name
		}
		rest = withoutScope(rest)
		if verb == "" || utf8.RuneCountInString(rest[:max(0, len(rest)-size)]) < fewest || isBareMeasure(rest) || !startsNoun(rest) && !prose.StartsDigit(rest) {
			return name
		}
		name = rest
	}
	return name
}

// isBareMeasure reports whether a noun says how something is measured, and not
// what: 投资, 年度投资, 岗位.
func isBareMeasure(noun string) bool {
	noun = strings.TrimPrefix(noun, "年度")
	return lexicon.AmountNouns.Has(noun) || lexicon.QuantityNouns.Has(noun) && !lexicon.SelfNamedDeeds.Has(noun)
}

// withoutServing joins those for whom something is done to what is done for
// them: 老年人体检 of 面向老年人开展体检.
func withoutServing(name string) string {
	whom := strings.TrimPrefix(name, lexicon.TowardsWords.Prefix(name))
	at, verb := lexicon.GivingVerbs.Find(whom)
	if at < 0 {
		return name
	}
	what := whom[at+len(verb):]
	if utf8.RuneCountInString(whom[:at]) < 2 || utf8.RuneCountInString(what) < 4 || !startsNoun(what) {
		return name
	}
	return whom[:at] + what
}

// lent names money by what is done with it, as loans are: 绿色贷款投放金额 of
// 投放绿色贷款金额.
func lent(name string) string {
	verb := lexicon.LendingVerbs.Prefix(name)
	loan, money := strings.CutSuffix(name[len(verb):], "金额")
	if verb == "" || !money || loan == "" {
		return name
	}
	return loan + verb + "金额"
}

// withoutQualities drops what a name says in praise of its thing: 具有较大影响力的,
// 带动力强的. What it has stays: 自主知识产权品牌 of 具有自主知识产权的品牌.
func (f *candidate) withoutQualities(name string) string {
	at := strings.Index(name, "的")
	if at < 0 || utf8.RuneCountInString(name[at+len("的"):]) < 3 {
		return name
	}
	before, thing := name[:at], name[at+len("的"):]
	if from := strings.Index(before, "具有"); from >= 0 {
		had := before[from+len("具有"):]
		if lexicon.DegreeWords.Prefix(had) != "" || lexicon.PraisingWords.Suffix(had) != "" {
			had = ""
		}
		return before[:from] + had + thing
	}
	if lexicon.PraisingWords.Suffix(before) == "" {
		return name
	}
	if strings.HasPrefix(before, f.verb) {
		return f.verb + thing
	}
	return thing
}

// withoutAsides drops a bracket that lists the kinds of a thing, or says what is
// among them or what the thing is: 文明单位（校园、村镇）, 企业（含个体）.
func withoutAsides(name string) string {
	open := strings.Index(name, "（")
	end := strings.Index(name, "）")
	if open <= 0 || end < open || len(lexicon.ActionVerbs.Prefix(name)) > open { // 新（改、扩）建
		return name
	}
	if in := name[open+len("（") : end]; !strings.Contains(in, "、") && lexicon.PartOpeners.Prefix(in) == "" && defines(in) < 0 {
		return name
	}
	return name[:open] + name[end+len("）"):]
}

// withoutTitle drops the title of an event that its kind follows: 展销 of
// “百村千品”展销, 丰收节 of 第六届“金秋”丰收节.
func withoutTitle(subject string) string {
	if session := sessionAt(subject); session > 0 {
		subject = subject[session:]
	}
	open := strings.Index(subject, "“")
	end := strings.Index(subject, "”")
	if open < 0 || end < open {
		return subject
	}
	before, kind := subject[:open], subject[end+len("”"):]
	if utf8.RuneCountInString(kind) < 2 || !startsNoun(kind) || lexicon.TitleVerbs.Prefix(kind) != "" {
		return subject
	}
	if before != "" && lexicon.ActionVerbs.Suffix(before) == "" {
		return subject
	}
	return before + kind
}

// sessionAt is the length of 第六届 at the head of a name, or 0.
func sessionAt(name string) int {
	if !strings.HasPrefix(name, "第") {
		return 0
	}
	at := strings.Index(name, "届")
	if at < 0 || at > 4*len("第") || at+len("届") == len(name) {
		return 0
	}
	return at + len("届")
}

// objectOf is the thing that a title says something is done to, where it names no
// more than that, or counts it by the unit given: 高标准农田 of 建设高标准农田.
func objectOf(title, unit string) string {
	title = trimOpening(title)
	whole := title
	for verb := lexicon.ActionVerbs.Prefix(title); verb != "" && verb != title; verb = lexicon.ActionVerbs.Prefix(title) {
		title = title[len(verb):]
	}
	if title == whole {
		return ""
	}
	if at := strings.IndexAny(title, "0123456789"); at > 0 {
		rest := strings.TrimLeft(title[at:], "0123456789.,")
		if unit == "" || !strings.HasPrefix(rest, unit) {
			return ""
		}
		title = title[:at]
	}
	if utf8.RuneCountInString(title) < 2 || utf8.RuneCountInString(title) > longestObject || strings.ContainsAny(title, "、，,。；;：:（(“") {
		return ""
	}
	return title
}

// longestObject is the most characters of a title's object.
const longestObject = 12
