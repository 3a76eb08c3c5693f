package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// readSubject reads what is counted, by the words before the number, and where it
// begins in the segment.
func (f *candidate) readSubject() {
	s := f.mention
	lead := s.lead()
	if word := s.includes(); word != "" {
		lead = strings.TrimPrefix(strings.TrimLeft(lead, "、,"), word)
	}
	start := s.token.Start - len(lead)
	trimmed := trimOpening(lead)
	f.start = start + len(lead) - len(trimmed)
	if open := strings.Index(trimmed, "“"); strings.Contains(trimmed, "”") && (open < 0 || open > strings.Index(trimmed, "”")) && strings.HasSuffix(s.segment.Text[:f.start], "“") {
		f.start -= len("“") // the quotation mark is part of what is quoted
	}
	text := trimClosing(dropComparisons(afterOther(trimmed)))
	text = withoutDateAtEnd(text)
	f.verb, f.subject = splitVerb(text)
	if onlyChanges(text) { // 年均增长12% is a change of what came before
		f.verb, f.subject = "", ""
	}
	if at, word := lexicon.ServiceVerbs.FindLast(f.subject); at > 0 && !s.first && lexicon.SelfNamedDeeds.Has(f.subject[at+len(word):]) {
		f.subject = f.subject[at+len(word):] // 100家企业办理续贷10亿元
	}
	f.subject = withoutReaching(withoutScope(f.subject))
	whole := trimFollow(s.follow())
	if follow := afterSize(f.withoutDateWithin(whole)); f.countsAfter(follow) {
		f.nounAfter = true
		f.verb = lastVerbOf(text)
		f.subject = nounOf(follow, s.token)
		if strings.HasSuffix(f.subject, "级") { // 1个千亿级、3个百亿级产业集群
			rest := s.segment.Text[s.token.End:s.clause.End]
			f.subject += rest[strings.LastIndex(rest, "级")+len("级"):]
		}
		f.end = s.wordEnd() + len(whole)
		return
	}
	if f.verb == "" && f.subject != "" && s.token.UnitClass != quantity.ShareUnit {
		f.subject += f.endingAfter()
	}
	f.end = s.wordEnd()
}

// endingAfter is what is done to the things of a number by a date right after it: 竣工 of
// 186户10月底前全部竣工.
func (f *candidate) endingAfter() string {
	s := f.mention
	d := trailing(s, f.dates)
	if d == nil || d.Start != s.wordEnd() {
		return ""
	}
	return lexicon.EndingVerbs.Prefix(number.DoneBy(s.segment.Text[d.End:s.own.End]))
}

// withoutDateWithin drops a time that stands in what follows a number, before what is done by then:
// 3个公路项目6月底前开工.
func (f *candidate) withoutDateWithin(follow string) string {
	d := trailing(f.mention, f.dates)
	if d == nil || d.Until == 0 || f.mention.segment.Depth[d.Start]&prose.InBracket != 0 {
		return follow
	}
	from, to := d.Start-f.mention.wordEnd(), d.End-f.mention.wordEnd()
	if from <= 0 || to > len(follow) {
		return follow
	}
	return follow[:from] + number.DoneBy(follow[to:])
}

// withoutReaching drops a verb after what already says what is measured: 固定资产投资确保完成.
func withoutReaching(subject string) string {
	rest := strings.TrimSuffix(subject, "完成")
	if rest == subject {
		return subject
	}
	if rest = trimHedges(rest); lexicon.AmountNouns.Suffix(rest) == "" || len(rest) == len(lexicon.AmountNouns.Suffix(rest)) {
		return subject
	}
	return rest
}

// withoutDateAtEnd drops a time between what is measured and its number: 拨付率一季度达到.
func withoutDateAtEnd(text string) string {
	tail := prose.Before(text, len(text), longestDateAtEnd)
	for i := range tail {
		if _, size := calendar.At(tail[i:]); size > 0 && size == len(tail)-i && len(text) > size {
			return text[:len(text)-size]
		}
	}
	return text
}

// longestDateAtEnd is the most bytes of such a time.
const longestDateAtEnd = 24

// afterSize is what follows a number without how big the things are: 燃煤锅炉 of
// 20蒸吨以下燃煤锅炉.
func afterSize(follow string) string {
	if !prose.StartsDigit(follow) {
		return follow
	}
	if _, size := calendar.At(follow); size > 0 { // 186户10月底前竣工
		return follow
	}
	rest := follow[number.QuantityAt(follow).End:]
	rest = rest[len(limits.Prefix(rest)):]
	if rest = strings.TrimPrefix(rest, "的"); startsNoun(rest) && !startsPredicate(rest) {
		return rest
	}
	return follow
}

// withoutScope drops words of scope before what is counted. 各类 stays before a bare
// noun, which needs it: 各类人员.
func withoutScope(subject string) string {
	for {
		word := lexicon.ScopeWords.Prefix(subject)
		rest := subject[len(word):]
		if word == "" || lexicon.KeptOpenings.Prefix(subject) != "" || lexicon.SortWords.Has(word) && utf8.RuneCountInString(rest) < fewestBare {
			return subject
		}
		subject = rest
	}
}

// afterOther drops a level that another number reaches before this one:
// 寿命达到10000小时、自由度.
func afterOther(text string) string {
	at := strings.LastIndex(text, "、")
	if at < 0 || !prose.HasDigit(text[:at]) || !levels.In(text[:at]) || lexicon.QuantityNouns.Suffix(text[:at]) != "" {
		return text
	}
	return text[at+len("、"):]
}

// onlyChanges reports whether a text is a verb of change and nothing else.
func onlyChanges(text string) bool {
	change := changeBefore(text)
	if change == "" {
		return false
	}
	switch strings.TrimSuffix(text, change) {
	case "", "年均", "平均", "累计", "年平均":
		return true
	}
	return false
}

// countsAfter reports whether the thing counted follows the number. A share
// has its subject before it, unless nothing stands there.
func (f *candidate) countsAfter(follow string) bool {
	if !startsNoun(strings.TrimPrefix(follow, "的")) || lexicon.NotCounted.Prefix(follow) != "" {
		return false
	}
	return f.subject == "" || f.mention.token.UnitClass != quantity.ShareUnit && changeBefore(f.mention.lead()) == "" && strings.TrimSpace(follow) != ""
}

// longestVerb is the most bytes of the words before a number that are taken as
// its verb whole: 新建和改扩建.
const longestVerb = 24

func lastVerbOf(text string) string {
	if len(text) <= longestVerb {
		return text
	}
	if at, verb := lexicon.ActionVerbs.FindLast(text); at >= 0 {
		return verb
	}
	return ""
}

// trimOpening drops the words before what is done or counted.
func trimOpening(lead string) string {
	for {
		size := openingAt(lead)
		if size == 0 {
			return lead
		}
		lead = lead[size:]
	}
}

// openingAt is the length of the date, mark or filler that a part begins with.
func openingAt(lead string) int {
	if _, size := calendar.At(lead); size > 0 {
		if tiesDate(lead[size:]) { // 2005年底前建成的小区
			return 0
		}
		return size
	}
	if size := pointAt(lead); size > 0 {
		return size
	}
	kept := lexicon.KeptOpenings.Prefix(lead) != ""
	if size := yearsAt(lead); size > 0 && !kept {
		return size
	}
	if r, size := utf8.DecodeRuneInString(lead); r >= '①' && r <= '⑳' {
		return size
	}
	if kept || lexicon.ActionVerbs.Prefix(lead) != "" {
		return 0
	}
	if size := placeAt(lead); size > 0 {
		return size
	}
	if size := agentAt(lead); size > 0 {
		return size
	}
	if size := circumstanceAt(lead); size > 0 {
		return size
	}
	return fillerAt(lead)
}

// pointAt is the length of the mark of a point within a task: 1), 一是.
func pointAt(lead string) int {
	if size := numeral.Run(prose.After(lead, 0, 9)); size > 0 && strings.HasPrefix(lead[size:], "是") && !strings.HasPrefix(lead[size:], "是否") {
		size += len("是")
		return size + len(lexicon.Hedges.Prefix(lead[size:]))
	}
	open := len(lead) - len(strings.TrimPrefix(lead, "("))
	if _, size := prose.DigitsAt(lead[open:], 2); size > 0 && strings.HasPrefix(lead[open+size:], ")") {
		return open + size + len(")")
	}
	return 0
}

// tiesDate reports whether a verb with 的 after a date makes it part of a noun.
func tiesDate(rest string) bool {
	verb, _, tied := strings.Cut(prose.Before(rest, min(len(rest), 36), 36), "的")
	return tied && (lexicon.ActionVerbs.Has(verb) || lexicon.EndingVerbs.Has(verb))
}

// fillerAt is the length of the period, filler or adverb that a part begins with.
func fillerAt(lead string) int {
	if w := everyWords.Prefix(lead); w != "" && opensEvery(w, lead[len(w):]) {
		return len(w)
	}
	if w := lexicon.Fillers.Prefix(lead); w != "" {
		return len(w)
	}
	w := lexicon.VerbAdverbs.Prefix(lead)
	if rest := lead[len(w):]; lexicon.ActionVerbs.Prefix(rest) != "" || lexicon.VerbAdverbs.Prefix(rest) != "" || w != "" && placeAt(rest) > 0 {
		return len(w)
	}
	return 0
}

// placeAt is the length of words on where something is done: 在6大领域.
func placeAt(s string) int {
	if !strings.HasPrefix(s, "在") {
		return 0
	}
	near := prose.After(s, 0, 75)
	if at, _ := lexicon.ActionVerbs.Find(near); at > 0 && lexicon.PlaceNouns.Suffix(near[:at]) != "" && !strings.ContainsAny(near[:at], ",") {
		return at
	}
	at, word := lexicon.PlaceTails.Find(prose.Before(s, min(len(s), 60), 60))
	if at < 0 || strings.ContainsAny(s[:at], "、,") || lexicon.ActionVerbs.Prefix(s[at+len(word):]) == "" && lexicon.VerbAdverbs.Prefix(s[at+len(word):]) == "" {
		return 0
	}
	return at + len(word)
}

// agentAt is the length of words on who does what the verb after them says: 全县水利系统要.
func agentAt(s string) int {
	near := prose.After(s, 0, longestDoer)
	at, word := lexicon.Agents.Find(near)
	if at <= 0 || strings.ContainsAny(near[:at], "、,:") || prose.HasDigit(near[:at]) || lexicon.ActionVerbs.In(near[:at]) {
		return 0
	}
	size := at + len(word)
	size += len(lexicon.Hedges.Prefix(s[size:]))
	if lexicon.ActionVerbs.Prefix(s[size:]) == "" {
		return 0
	}
	return size
}

// longestDoer is the most bytes of such words.
const longestDoer = 36

// circumstanceAt is the length of words on the circumstances in which a level is
// held: 正常年景下.
func circumstanceAt(s string) int {
	near := prose.After(s, 0, 36)
	at, word := lexicon.CircumstanceTails.Find(near)
	if at <= 0 || strings.ContainsAny(near[:at], "、,") || trimClosing(s[at+len(word):]) == "" { // 合格率一般情况下不低于
		return 0
	}
	return at + len(word)
}

// yearsAt is the length of a stretch of years: 三年, 3年内.
func yearsAt(s string) int {
	if _, size := calendar.YearsWithin(s); size > 0 { // 3年左右时间
		return size
	}
	_, size := prose.DigitsAt(s, 2)
	if size == 0 {
		size = numeral.Run(prose.After(s, 0, 9))
	}
	if size == 0 || !strings.HasPrefix(s[size:], "年") {
		return 0
	}
	return size + len("年") + len(lexicon.CumulativeAdverbs.Prefix(s[size+len("年"):]))
}

// trimClosing drops the words at the end of a text that lead to the number after it,
// the longest first, each with what softens it: 不得低于, 应达到, 分别.
func trimClosing(text string) string {
	for {
		rest, _ := cutComparator(text)
		if word := lexicon.LevelVerbs.Suffix(text); len(word) > 0 && lexicon.LevelLike.Suffix(text) == "" && len(word) >= len(text)-len(rest) {
			rest = trimHedges(strings.TrimSuffix(text, word))
		}
		if filler := lexicon.FillersBeforeNumber.Suffix(text); len(filler) > len(text)-len(rest) && len(lexicon.PerOne.Suffix(text)) <= len(filler) {
			rest = strings.TrimSuffix(text, filler)
		}
		if rest == text || lexicon.ActionVerbs.Has(text) || len(lexicon.ActionVerbs.Suffix(text)) > len(text)-len(rest) {
			return text
		}
		text = rest
	}
}

// dropComparisons takes out what a change is measured from: 较去年, 比2020年.
func dropComparisons(text string) string {
	for _, sign := range []string{"较", "比", "同比", "环比", "由", "从"} {
		at := strings.LastIndex(text, sign)
		if at < 0 {
			continue
		}
		tail := text[at+len(sign):]
		_, size := calendar.At(tail)
		if end := levelEnd(tail, size); end > 0 && (at > 0 || onlyChanges(tail[end:])) && lexicon.FromWords.Suffix(sign) == "" {
			text = text[:at] + tail[end:]
			continue
		}
		switch {
		case at > 0 && (sign == "由" || sign == "从") && prose.HasDigit(tail[size:]):
			text = text[:at]
		case size > 0 && (at > 0 || onlyChanges(tail[size:])):
			text = text[:at] + tail[size:]
		}
	}
	return strings.ReplaceAll(text, "同比", "")
}

// levelEnd is the end of where a thing stood at the time that a text begins with, which ends at
// dated, 0 where no number says so: 2023年的250家, 目前的61%.
func levelEnd(text string, dated int) int {
	rest := trimTimes(text[dated:])
	if rest == text || !prose.StartsDigit(rest) {
		return 0
	}
	level := number.QuantityAt(rest)
	if level.Unit == "" {
		return 0
	}
	return len(text) - len(rest) + level.End
}

func trimFollow(follow string) string {
	follow = strings.TrimRight(follow, "、和及与并,:")
	if lexicon.TaskNouns.Has(follow) {
		return ""
	}
	return follow
}

// splitVerb parts what is done from what it is done to. Of two verbs in a row
// (完成新增) the second says what is counted.
func splitVerb(text string) (verb, subject string) {
	if rest, ok := strings.CutPrefix(text, "突破"); ok && rest != "" { // 突破关键技术30项
		return "突破", rest
	}
	verb = lexicon.ActionVerbs.Prefix(text)
	subject = text[len(verb):]
	if lexicon.Sectors.Prefix(text) != "" && verb != "" { // 服务业80户
		return "", text
	}
	if verb == "生产" && strings.HasPrefix(subject, "安全") {
		return "", text
	}
	if next := lexicon.ActionVerbs.Prefix(subject); next != "" && verb != "" && next == subject && !lexicon.SelfNamedDeeds.Has(next) {
		return next, ""
	}
	return verb, subject
}

// nounOf is the name of what stands after a number: 企业申报省重点项目 gives
// 申报省重点项目企业.
func nounOf(follow string, t *number.Token) string {
	follow, _, _ = strings.Cut(strings.TrimPrefix(follow, "的"), "用于")
	follow = withoutPurpose(withoutExplanation(follow), t)
	if at, word := lexicon.ServiceVerbs.Find(follow); at > 0 {
		return follow[:at] + follow[at+len(word):]
	}
	if at, _ := lexicon.ResultVerbs.Find(follow); at > 0 && at <= 36 && !strings.Contains(follow[:at], "、") {
		if t.UnitClass == quantity.ShareUnit {
			return follow[at:] + "的" + follow[:at]
		}
		return follow[at:] + follow[:at]
	}
	if at := strings.LastIndex(follow, "的"); at > 0 && (strings.Contains(follow[:at], "、") || at > 30) && len(follow)-at > 6 {
		return follow[at+len("的"):]
	}
	if short := strings.TrimSuffix(follow, "任务"); !lexicon.RankingAdjectives.Has(short) {
		return short
	}
	return follow
}

// withoutExplanation drops a bracket that says what the word before it means.
func withoutExplanation(follow string) string {
	open, end := strings.Index(follow, "("), strings.Index(follow, ")")
	if open <= 0 || end < open || !lexicon.MeaningMarks.In(follow[open:end]) {
		return follow
	}
	return follow[:open] + follow[end+len(")"):]
}

// withoutPurpose drops what the things after a number are for: 示范场景 of
// 示范场景打造特色品牌, 特派员 of 特派员服务乡村.
func withoutPurpose(follow string, t *number.Token) string {
	if at, _ := lexicon.PurposeVerbs.Find(follow); at >= 2*len("的") {
		return follow[:at]
	}
	if at := strings.Index(follow, "服务"); t.UnitClass == quantity.HeadUnit && at > 0 && lexicon.PersonEndings.Suffix(follow[:at]) != "" {
		return follow[:at]
	}
	return follow
}
