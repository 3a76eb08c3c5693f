package workplan

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// isCapacity holds for how big one project is: 年产60万吨油料项目. With a verb
// right before the number it is the aim itself: 淘汰落后产能30万吨.
func isCapacity(s *mention) bool {
	if sizesProject(s) || isPartOfCost(s) || sizesThing(s) {
		return true
	}
	noun := strings.TrimPrefix(s.rest(), "的")
	if !measuresCapacity(s.token) || s.isCompared() || !startsNoun(noun) || startsPredicate(noun) {
		return false
	}
	head := s.head()
	if lexicon.CapacityWords.Suffix(head) != "" || lexicon.ProjectPhases.Suffix(head) != "" {
		return true
	}
	_, verb := lexicon.ActionVerbs.FindLast(head)
	if verb != "" && strings.HasSuffix(head, verb) && !lexicon.ModestVerbs.Has(verb) || strings.HasSuffix(head, "剩余") {
		return false
	}
	at, _ := lexicon.ProjectNouns.Find(noun)
	return at >= 0 && at < 60
}

// sizesThing holds for how big one thing is, built, designed or spread.
func sizesThing(s *mention) bool {
	return isDesigned(s) || isDimension(s) || sizesNamed(s) || isReach(s) || sizesCounted(s) || sizesNext(s) || sizesEach(s)
}

// sizesNext holds for how strong or heavy each of the things is that are counted right after their
// name: 新建500千瓦时储能站3座. A length or an area may as well be that of all of them.
func sizesNext(s *mention) bool {
	switch s.token.UnitClass {
	case quantity.PowerUnit, quantity.MassUnit, quantity.OtherUnit:
		return !s.isCompared() && actionBefore(s.head()) && startsNoun(s.rest()) && isCountedNext(s.rest())
	}
	return false
}

// sizesEach holds for how big each of the things is whose own number ends the part: 新建100张床位的
// 康养中心2个, 新建12米宽道路3条. Without 的 a length or an area may as well be that of all of them, and
// what is counted one by one another thing.
func sizesEach(s *mention) bool {
	noun := strings.TrimPrefix(s.rest(), limits.Prefix(s.rest()))
	tied := strings.HasPrefix(noun, "的")
	if !lexicon.ActionVerbs.In(s.lead()) || !startsNoun(strings.TrimPrefix(noun, "的")) || !isCountedAtEnd(noun) {
		return false
	}
	tied = tied || strings.Contains(noun[:strings.IndexAny(noun, "0123456789")], "的")
	switch s.token.UnitClass {
	case quantity.LengthUnit:
		return tied || lexicon.DimensionStarts.Prefix(noun) != ""
	case quantity.MoneyUnit:
		return tied || s.isCompared() && lexicon.HolderNouns.Prefix(noun) != ""
	case quantity.AreaUnit, quantity.HeadUnit, quantity.EventUnit:
		return tied
	case quantity.CountUnit:
		return tied || sizedRightBefore(s) && !lexicon.WholeThingUnits.Has(countedThing(s.token.Unit))
	}
	return false
}

// sizedRightBefore reports whether a verb or a word of size stands right before a number, so that its
// noun comes after it: 新增床位260张 counts the one before.
func sizedRightBefore(s *mention) bool {
	return !s.isCompared() && (actionBefore(s.head()) || lexicon.CapacityWords.Suffix(s.head()) != "")
}

// isCountedAtEnd reports whether the things named right after a number have a number of their own,
// with which the part ends: 的招聘会10场.
func isCountedAtEnd(noun string) bool {
	at := strings.IndexAny(noun, "0123456789")
	if at <= 0 || at > longestListed || strings.ContainsAny(noun[:at], "、和及与并,;:()“") || lexicon.ActionVerbs.In(noun[:at]) && !strings.HasPrefix(noun, "的") {
		return false
	}
	next := number.QuantityAt(noun[at:])
	switch next.UnitClass {
	case quantity.CountUnit, quantity.EventUnit, quantity.HeadUnit:
		rest := noun[at+next.End:]
		return !startsNoun(rest[len(limits.Prefix(rest)):])
	}
	return false
}

// sizesCounted holds for how big each of the things is that the number right before it counts:
// 2栋12层住宅楼, 1个3000平方米仓库. Households and their people are two counts: 带动200户600人增收.
func sizesCounted(s *mention) bool {
	if s.token.UnitClass == quantity.ShareUnit || !startsNoun(s.rest()[len(limits.Prefix(s.rest())):]) {
		return false
	}
	for _, counted := range []*mention{s.previous, s.passed} {
		if counted != nil && counted.wordEnd() == s.token.Start && counted.token.UnitClass == quantity.CountUnit && counted.token.Unit != "户" {
			return true
		}
	}
	return false
}

// isDimension holds for how high, long or roomy one thing is built: 坝高78米, 核载55人. A number that
// it is to reach or to change by is an aim, as is what is added of it: 新增库容3万吨.
func isDimension(s *mention) bool {
	lead := trimComparing(s.lead())
	noun := lexicon.DimensionNouns.Suffix(lead)
	return noun != "" && !levelBefore(s.head()) && lexicon.ActionVerbs.Suffix(strings.TrimSuffix(lead, noun)) == ""
}

// sizesNamed holds where the clauses before name a project, and the words before the number no more
// than a size of it: 推进水库建设,总库容2亿立方米.
func sizesNamed(s *mention) bool {
	lead := trimOpening(s.lead())
	word := lexicon.CapacityWords.Suffix(lead)
	if word == "" || s.isCompared() || s.token.UnitClass == quantity.MoneyUnit || s.previous != nil && s.previous.sentence == s.sentence {
		return false
	}
	thing := strings.TrimSuffix(strings.TrimSuffix(lead, word), "总")
	return (thing == "" || lexicon.ProjectNouns.Has(thing)) && lexicon.ProjectNouns.In(s.opening())
}

// isReach holds for how many people live where a circle around a place reaches: 3小时交通圈覆盖
// 人口6000万. A number that is to be reached is an aim.
func isReach(s *mention) bool {
	lead := s.lead()
	return lexicon.ReachNouns.Suffix(lead) != "" && strings.Contains(lead, "圈") && !s.isCompared()
}

// isDesigned holds for what a thing is designed for: 按日处理3万吨设计, 设计供水保证率95%.
func isDesigned(s *mention) bool {
	return strings.HasPrefix(trimOpening(s.lead()), "设计") || strings.HasPrefix(s.rest(), "设计") && lexicon.AccordingTo.In(s.head())
}

// isPartOfCost holds for what of a project's cost comes from where: 总投资5亿元,其中债券2亿元.
func isPartOfCost(s *mention) bool {
	return s.token.UnitClass == quantity.MoneyUnit && s.passed != nil && s.isPart() && sizesProject(s.passed)
}

// measuresCapacity reports whether a number has a unit in which a project is
// measured: one of size, or a count in 万 or the like of what is no thing by itself.
func measuresCapacity(t *number.Token) bool {
	switch t.UnitClass {
	case quantity.MassUnit, quantity.PowerUnit, quantity.OtherUnit, quantity.MoneyUnit, quantity.AreaUnit, quantity.LengthUnit:
		return true
	case quantity.CountUnit:
		thing := countedThing(t.Unit)
		return lexicon.Magnitudes.Has(strings.TrimSuffix(t.Unit, thing)) && !lexicon.WholeThingUnits.Has(thing)
	}
	return false
}

// sizesProject holds where a word of size stands right before the number and
// the clause goes on to name the project: 总投资36亿元、年产1万台的制造基地.
func sizesProject(s *mention) bool {
	if lexicon.CapacityWords.Suffix(trimComparing(s.head())) == "" || s.comparison.after != "" {
		return false
	}
	rest := s.rest()
	if lexicon.ProjectOpenings.Prefix(trimOpening(s.lead())) != "" {
		return true
	}
	if !startsNoun(strings.TrimPrefix(rest, "的")) && lexicon.CapacityWords.Prefix(strings.TrimPrefix(rest, "、")) == "" {
		return false
	}
	at, _ := lexicon.ProjectNouns.Find(rest)
	return at >= 0
}

// countsNames holds for a number that only counts the names before it:
// 长白山、三江、吉光3个省实验室.
func countsNames(s *mention) bool {
	if s.isCompared() || s.token.IsRange() || !startsNoun(s.tail()) {
		return false
	}
	list := s.lead()
	if at, verb := lexicon.ActionVerbs.FindLast(list); at >= 0 {
		if lexicon.FirmActionVerbs.Has(verb) { // 建成城北、城南2所学校
			return false
		}
		list = list[at+len(verb):]
	}
	names := strings.Split(list, "、")
	last := names[len(names)-1]
	return len(names) > 1 && s.token.Value == strconv.Itoa(len(names)) && last != "" && len(last) <= longestListed
}

// isUpkeep holds where a verb that sets no number wants what exists to do
// better: 推动2家实验室提质.
func isUpkeep(s *mention) bool {
	if s.isCompared() || s.token.UnitClass != quantity.CountUnit {
		return false
	}
	urge := lexicon.UrgingVerbs.Suffix(trimComparing(s.head()))
	wish := lexicon.UpkeepWords.Suffix(s.segment.Text[s.token.End:s.clause.End])
	if urge == "" || wish == "" || !startsNoun(s.tail()) {
		return false
	}
	return !lexicon.DriveVerbs.Has(urge) || !lexicon.BettermentWords.Has(wish)
}

// longestListed is the most bytes of the last name of such a list.
const longestListed = 36

// isRhetoric holds for numerals that are a manner of speaking: 一个窗口, 两个
// 毫不动摇. A numeral is a target where a verb or a comparison calls for it.
func isRhetoric(s *mention) bool {
	switch t := s.token; {
	case !t.Numeral, t.UnitClass == quantity.ShareUnit && t.Unit != "成", s.isCompared(), t.IsRange():
		return false
	case t.Value == "0":
		return !happensBadly(s)
	case t.Unit == "批", t.Value == "1" && t.UnitClass == quantity.EventUnit && t.Unit == "次":
		return true
	case callsForNumber(s), s.isReckoned() && !startsNoun(s.tail()):
		return false
	case startsNoun(s.tail()):
		return !s.repeats()
	}
	return !broughtAbout(s)
}

// isReckoned reports whether a numeral is too exact or large for a manner of speaking: 一千二百个, 三万亩.
func (s *mention) isReckoned() bool {
	return len(s.token.Value) > 2 && s.token.UnitClass != quantity.EventUnit || number.MagnitudeAt(s.token.Unit) != "" && measured(s.token.UnitClass)
}

// callsForNumber reports whether a verb right before a numeral means the number; one
// thing is only brought about by a verb that leaves no doubt.
func callsForNumber(s *mention) bool {
	verb := lexicon.ActionVerbs.Suffix(trimComparing(s.head()))
	if s.token.Value == "1" {
		return lexicon.FirmActionVerbs.Has(verb)
	}
	return verb != "" || levels.Suffix(s.head()) != ""
}

// happensBadly reports whether 零 before a unit counts what must not be: 重大事故零起,
// and not the 零件 of a machine.
func happensBadly(s *mention) bool {
	switch senseAtEnd(trimClosing(s.head())) {
	case badEvent, badThing:
		return !startsNoun(s.tail())
	}
	return false
}

// broughtAbout reports whether the item that ends in a number says what is
// done, or goes on with a list that does: 新建书房一个、泵站三座.
func broughtAbout(s *mention) bool {
	item := s.head()
	if at := strings.LastIndex(item, "、"); at >= 0 {
		item = item[at+len("、"):]
	}
	if s.token.Value != "1" && lexicon.ActionVerbs.In(item) {
		return true
	}
	if item = trimOpening(item); lexicon.FirmActionVerbs.Has(lexicon.ActionVerbs.Prefix(item)) && !strings.ContainsAny(item, "每各") {
		return true
	}
	return s.continuesList()
}

// repeats reports whether a numeral before the thing it counts follows a target
// of that form in a list: 新建两个书房、三座泵站.
func (s *mention) repeats() bool {
	if s.previous == nil || s.previous.clause != s.clause || !s.previous.token.Numeral || !bothCounted(s, s.previous) {
		return false
	}
	gap := s.segment.Text[s.previous.wordEnd():s.token.Start]
	return startsNoun(gap) && lexicon.ListSigns.Suffix(gap) != "" && len(gap) <= prose.Window
}

// continuesList reports whether the thing before a number stands in a list
// after the target before it, which is no share: 书房一个、泵站三座.
func (s *mention) continuesList() bool {
	if s.previous == nil || s.previous.clause != s.clause || s.token.UnitClass == quantity.ShareUnit || s.previous.token.UnitClass == quantity.ShareUnit {
		return false
	}
	gap := s.segment.Text[s.previous.wordEnd():s.token.Start]
	sign := lexicon.ListSigns.Prefix(gap)
	return sign != "" && len(gap) > len(sign) && len(gap) <= prose.Window && !strings.ContainsAny(gap, "每各")
}
