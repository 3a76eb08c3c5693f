package workplan

import (
	"cmp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// step is something to be done by a date, without a number of its own.
type step struct {
	title      string
	date       *token
	start, end int // bytes of the passage that are quoted
}

// stepFrame is what the clauses of a sentence have said before the one that is read.
type stepFrame struct {
	subject string // what the sentence is about: 市民中心项目
	start   int    // byte where that stands
	counted bool   // a target stands in the clause before
	alone   *token // date of a clause that says nothing else
	minutes bool   // it tells what a meeting decided
	dueNext bool   // the clause before is a label such as 完成时限
}

// ownObject is the length, in characters, from which what is done says of what: 完成选址
// leaves that to the words before it.
const ownObject = 4

// longestStep is the most characters of a step's title, and longestSubject those of what
// its sentence is about.
const (
	longestStep    = 60
	longestSubject = 18
)

// readSteps keeps what a clause says is to be done by a date: 6月底前完成规划编制. The
// clause may open with what it is about, or leave that to the clause before it.
func (g *group) readSteps(sentence, c span, dates []*token, sites []*site) {
	frame := g.dated
	g.dated.alone, g.dated.dueNext, g.dated.counted = nil, lexicon.DueLabels.Has(g.p.text[c.start:c.end]), len(sites) > 0
	g.dated.minutes = frame.minutes || lexicon.MinutesOpeners.Prefix(g.p.text[c.start:c.end]) != ""
	if g.past || g.reviewing || g.dated.minutes {
		return
	}
	due := g.deadlinesIn(c, dates)
	if len(due) == 0 {
		if len(sites) == 0 {
			g.readUndated(c, frame)
		}
		return
	}
	if g.isDateAlone(c, due) {
		g.dated.alone, g.dated.subject, g.dated.start = due[0], frame.subject, frame.start
		if c == sentence || frame.dueNext {
			g.dueOfAll = due[0]
		}
		return
	}
	for _, part := range g.partsByDate(c, due) {
		if !anyWithin(sites, part.lead.start, part.text.end) && !g.holdsProposal(part) {
			g.takeStep(part, frame)
		}
		frame.subject, frame.start, frame.counted = g.dated.subject, g.dated.start, false
	}
}

// readUndated takes a clause without a date and without a number for a step of the date
// that the clause before was, else for what the steps after it are about.
func (g *group) readUndated(c span, frame stepFrame) {
	if frame.alone == nil {
		g.setSubject(c)
		return
	}
	g.takeStep(stepText{date: frame.alone, lead: span{c.start, c.start}, text: c, start: frame.alone.start}, frame)
}

// partsByDate divides a clause among its deadlines.
func (g *group) partsByDate(c span, due []*token) []stepText {
	var parts []stepText
	from := c.start // where the words about the next date begin
	for i, d := range due {
		part := stepText{date: d, lead: span{from, d.start}, text: span{d.end, c.end}, start: from}
		if i+1 < len(due) {
			part.text.end = due[i+1].start
		}
		if bracket := g.bracketAround(c, d); bracket.end > 0 {
			part.lead, part.text, part.bracketed = span{from, max(from, bracket.start)}, span{d.end, max(d.end, bracket.end)}, true
			from = min(part.text.end+len(")"), c.end)
		} else {
			from = part.text.end
		}
		parts = append(parts, part)
	}
	return parts
}

// stepText are the parts of a clause that say what is to be done by a date.
type stepText struct {
	date  *token
	lead  span // before the date
	text  span // after it
	start int  // of what is quoted

	bracketed bool // the date stands in a bracket after what is done
}

// end is where what is quoted ends.
func (s stepText) end(p *passage) int {
	end := max(s.date.end, s.text.start+len(strings.TrimRight(p.text[s.text.start:s.text.end], "、,并和及")))
	if s.bracketed && strings.HasPrefix(p.text[end:], ")") {
		end++
	}
	return end
}

// titleAbove is what the title of the task is about, where that is no part of the
// sentence that is read.
func (g *group) titleAbove(part stepText) string {
	title := foldedText(g.title)
	if title == "" || hasDigit(title) || len(title) >= part.start && strings.HasPrefix(g.p.text, title) || utf8.RuneCountInString(title) > longestSubject {
		return ""
	}
	return g.titleSubject()
}

// holdsProposal reports whether an aim of the clause is what the date is for.
func (g *group) holdsProposal(part stepText) bool {
	n := len(g.proposals)
	return n > 0 && g.proposals[n-1].found.site.token.start >= part.lead.start
}

// deadlinesIn are the dates of a clause by which something may be due: 6月底前, 年底,
// 上半年; not days on which something happens, years and times that come again.
func (g *group) deadlinesIn(c span, dates []*token) []*token {
	var due []*token
	for _, d := range dates[sort.Search(len(dates), func(i int) bool { return dates[i].start >= c.start }):] {
		if d.end > c.end {
			break
		}
		if g.isDeadline(d) {
			due = append(due, d)
		}
	}
	return due
}

// isDeadline reports whether something may be due by a date: one that is part of a year,
// and no day on which a thing happens, nor a time that comes again.
func (g *group) isDeadline(d *token) bool {
	w, text := d.when, g.p.text[d.start:d.end]
	if w.shift < 0 || g.isNoDeadline(d) || g.frameAt(d.start) != "" {
		return false
	}
	switch {
	case strings.Contains(text, "前") && !strings.HasPrefix(strings.TrimLeft(text, "0123456789年"), "前"), strings.ContainsAny(text, "底末"), strings.HasSuffix(text, "内"):
		return true
	case w.day > 0 || w.endYear != 0:
		return false
	}
	if !w.isPartOfYear() { // 2024年 dates a step in a plan of several years; 到2027年 a goal
		whole := term{g.front.startsOn, g.front.dueOn}
		return w.year != 0 && whole.isLong() && !leadsUpTo(g.p, d)
	}
	return w.firstMonth == w.lastMonth || quarterOrHalf(w)
}

// isNoDeadline reports whether the words around a date make it the beginning of a time,
// one that comes again, or one that a thing is held against.
func (g *group) isNoDeadline(d *token) bool {
	left := before(g.p.text, d.start, 18)
	if lexicon.NotDue.Suffix(left) != "" || lexicon.OpenEnds.Prefix(after(g.p.text, d.end, 12)) != "" {
		return true
	}
	if strings.HasPrefix(g.p.text[d.start:d.end], "年") && lexicon.RecurringMarks.Suffix(left+"年") != "" {
		return true
	}
	at := strings.LastIndex(left, "截")
	return lexicon.RecurringMarks.Suffix(left) != "" || at >= 0 && len(left)-at <= len("截至")
}

// quarterOrHalf reports whether a date is a quarter, or up to a quarter's end.
func quarterOrHalf(w when) bool {
	return w.lastMonth%3 == 0 && (w.firstMonth == 1 || w.lastMonth-w.firstMonth == 2 || w.firstMonth == 7)
}

// isDateAlone reports whether a clause says no more than a date.
func (g *group) isDateAlone(c span, due []*token) bool {
	if len(due) != 1 {
		return false
	}
	lead, rest := g.p.text[c.start:due[0].start], g.p.text[due[0].end:c.end]
	return trimBeforeDate(strings.Trim(lead, "()、.一二三四五六七八九十0123456789\n")) == "" && strings.Trim(rest, "()前、\n") == ""
}

// bracketAround is the bracket that holds a date, where that opens it.
func (g *group) bracketAround(c span, d *token) span {
	if g.p.depth[d.start]&inBracket == 0 {
		return span{}
	}
	open := strings.LastIndexByte(before(g.p.text[:d.start], d.start, min(window, d.start-c.start)), '(')
	if open < 0 {
		return span{}
	}
	start := d.start - min(window, d.start-c.start) + open
	end := c.end
	if at := strings.IndexByte(after(g.p.text[:c.end], d.end, window), ')'); at >= 0 {
		end = d.end + at
	}
	return span{start, end}
}

// setSubject keeps what a clause without a date is about, for the steps that follow.
func (g *group) setSubject(c span) {
	text := after(g.p.text[:c.end], c.start, window)
	subject := strings.TrimRight(nounPart(text), "、")
	if utf8.RuneCountInString(subject) > longestSubject {
		subject = ""
	}
	g.dated.subject, g.dated.start = subject, c.start
}

// takeStep keeps a step where the words say what is to be done, and nothing but that.
func (g *group) takeStep(part stepText, frame stepFrame) {
	subject, deed, ok := g.subjectAndDeed(part)
	if !ok {
		return
	}
	if subject == "" && frame.subject == "" && !frame.counted && endsAlone(deed) {
		frame.subject = g.titleAbove(part)
	}
	title, ok := stepTitle(subject, deed, frame)
	if !ok {
		return
	}
	if subject != "" && !frame.counted {
		if named := nounPart(subject); named != "" && utf8.RuneCountInString(named) <= longestSubject {
			g.dated.subject, g.dated.start = named, part.lead.start
		}
	}
	start := part.start
	if subject == "" && g.dated.subject == frame.subject && frame.isNamedIn(title) {
		start = frame.start
	}
	if g.claim("节点"+title, g.dueBy(part.date)) {
		g.steps = append(g.steps, step{title: title, date: part.date, start: start, end: part.end(g.p)})
	}
}

// dueBy is the day of a deadline, zero where nothing says in which year it is.
func (g *group) dueBy(date *token) indicator.Date {
	if g.lacksYear(date) {
		return indicator.Date{}
	}
	return g.resolve(date, term{g.front.startsOn, g.front.dueOn}).due
}

// subjectAndDeed are what stands before the date of a step and what is done by then. ok
// is false where the words tell of what was done, or of whom, or of ongoing work.
func (g *group) subjectAndDeed(part stepText) (subject, deed string, ok bool) {
	lead := after(g.p.text[:part.lead.end], part.lead.start, window)
	text := strings.Trim(after(g.p.text[:part.text.end], part.text.start, window), "、()“ \n")
	if strings.HasPrefix(lead, "请") || lexicon.PastMarks.In(lead) || lexicon.PastMarks.In(text) || conditionOfOthers(text) {
		return "", "", false
	}
	g.work += len(lead) + len(text)
	subject, deed = strings.TrimPrefix(trimBeforeDate(lead), lexicon.OwnAgents.Prefix(lead)), trimStepOpening(withoutAgent(trimStepOpening(text)))
	if whole := trimStepOpening(lead); part.bracketed && (deed == "" || lexicon.EndingVerbs.Has(deed) && lexicon.MakingVerbs.Prefix(whole) != "") {
		subject, deed = "", whole
	}
	ongoing := lexicon.WeakMaking.Has(lexicon.MakingVerbs.Prefix(deed)) && !strings.ContainsAny(g.p.text[part.date.start:part.date.end], "前底末内")
	return subject, deed, !ongoing
}

// isNamedIn reports whether a title holds what the sentence is about.
func (f stepFrame) isNamedIn(title string) bool {
	return f.subject != "" && strings.Contains(title, strings.TrimSuffix(f.subject, lexicon.WorkNouns.Suffix(f.subject)))
}

// conditionOfOthers reports whether a text is about those who have done a thing by the
// date, or have not: 完成整改的单位予以通报.
func conditionOfOthers(text string) bool {
	_, rest, tied := strings.Cut(text, "的")
	return tied && (lexicon.LackBearers.Suffix(rest) != "" || lexicon.GrantsTo.In(rest))
}

// trimBeforeDate drops the words between a subject and the date of its step.
func trimBeforeDate(lead string) string {
	lead = strings.TrimRight(lead, "、( ,\n")
	for word := lexicon.BeforeDate.Suffix(lead); word != ""; word = lexicon.BeforeDate.Suffix(lead) {
		lead = strings.TrimSuffix(lead, word)
	}
	return strings.TrimLeft(lead, "、\n")
}

// trimStepOpening drops what stands between a date and what is done by then.
func trimStepOpening(text string) string {
	for {
		rest := strings.TrimLeft(text, "、,:")
		if word := lexicon.StepOpenings.Prefix(rest); word != "" && lexicon.MakingVerbs.Prefix(rest) == "" && lexicon.EndingVerbs.Prefix(rest) == "" {
			rest = rest[len(word):]
		}
		if rest == text {
			return strings.TrimRight(text, "、,并且和及")
		}
		text = rest
	}
}

// stepTitle is what is done as an official would write it: a verb and what it is done
// to. ok is false where nothing that can be ticked off is said.
func stepTitle(subject, deed string, frame stepFrame) (title string, ok bool) {
	if subject == "" && frame.counted && endsAlone(deed) { // the number is due by then
		return "", false
	}
	verb := lexicon.MakingVerbs.Prefix(deed)
	if lexicon.EndingVerbs.Has(deed) {
		verb = deed
	}
	object := deed[len(verb):]
	ending := lexicon.EndingVerbs.Suffix(deed)
	switch {
	case lexicon.PerfectMarks.Prefix(object) != "":
		return "", false
	case endsAlone(deed), verb != "" && object == "":
		return titleOfEnding(cmp.Or(nounOrPhrase(subject), frame.subject), deed)
	case lexicon.MakingVerbs.Has(verb):
		return titleOfMaking(subject, deed, object, frame)
	case ending == "" || ending == deed:
		return "", false
	case subject == "" && utf8.RuneCountInString(deed)-utf8.RuneCountInString(ending) > 1 && lexicon.PartsOfWork.Prefix(deed) == "":
		return boundStep(deed), true // 水厂二期通水 says of what
	}
	return boundStep(nounBefore(subject, frame) + deed), true
}

// endsAlone reports whether nothing is named that is done: 完工, 建成并投入使用.
func endsAlone(deed string) bool {
	if lexicon.EndingVerbs.Has(deed) {
		return true
	}
	object := strings.TrimPrefix(deed, lexicon.MakingVerbs.Prefix(deed))
	rest := strings.TrimLeft(object, "、并且和及")
	return object != deed && rest != object && lexicon.EndingVerbs.Has(rest)
}

// isVague reports whether nobody can tick off what is done to an object: 明显成效.
func isVague(object string) bool {
	return lexicon.VagueObjects.Suffix(object) != "" || lexicon.VagueWholes.Has(object)
}

// longestAgent is the most bytes of who is to do a thing, with the verb.
const longestAgent = 60

// withoutAgent drops who is to do a thing: 市教育局, 市发改委牵头.
func withoutAgent(text string) string {
	if _, rest, ok := strings.Cut(text, "牵头"); ok {
		return rest
	}
	near := before(text, min(len(text), longestAgent), longestAgent)
	if at, _ := lexicon.MakingVerbs.Find(near); at > len("局") && lexicon.ActingAgencies.Suffix(near[:at]) != "" && !strings.Contains(near[:at], "《") {
		return text[at:]
	}
	return strings.TrimPrefix(text, lexicon.OwnAgents.Prefix(text))
}

// titleOfMaking puts what is made, object, and what it is made for into a title: a long
// object says itself of what it is.
func titleOfMaking(subject, deed, object string, frame stepFrame) (string, bool) {
	rest := strings.TrimLeft(object, "、并且和及")
	if isVague(object) || !startsNoun(rest) && !startsDigit(rest) {
		return "", false
	}
	if subject == "" && utf8.RuneCountInString(object) > ownObject {
		return boundStep(deed), true
	}
	return boundStep(nounBefore(subject, frame) + deed), true
}

// nounBefore is what the sentence is about, to stand before a step of it.
func nounBefore(subject string, frame stepFrame) string {
	if subject != "" {
		return nounOrPhrase(subject)
	}
	return frame.subject
}

// nounOrPhrase is the subject of a step without a verb of driving before it; a phrase with
// a verb that brings something about stays whole.
func nounOrPhrase(subject string) string {
	if lexicon.MakingVerbs.Prefix(trimOpening(subject)) != "" {
		return trimOpening(subject)
	}
	return nounPart(subject)
}

// titleOfEnding puts a verb that needs nothing after it, and its subject, in the order in
// which they are written: 完成规划编制, 市民中心投入使用.
func titleOfEnding(subject, verb string) (string, bool) {
	if subject == "" || lexicon.EndingVerbs.Suffix(verb) == "" {
		return "", false
	}
	if lexicon.MadeFirst.Has(verb) {
		if verb == "建成" {
			subject = strings.TrimSuffix(subject, lexicon.WorkNouns.Suffix(subject))
		}
		return boundStep(verb + subject), true
	}
	if short := strings.TrimSuffix(subject, lexicon.WorkNouns.Suffix(subject)); utf8.RuneCountInString(short) > 1 {
		subject = short
	}
	return boundStep(subject + verb), true
}

func boundStep(title string) string {
	title = polish(title)
	if r := []rune(title); len(r) > longestStep {
		return string(r[:longestStep])
	}
	return title
}

// allSteps are the steps of a group; an item without a target and without any step that
// has a date as a whole is one itself.
func (g *group) allSteps() []step {
	due := g.dueOfAll
	for _, st := range g.statements {
		if due == nil {
			due = st.due
		}
	}
	if due == nil || len(g.steps) > 0 || len(g.targets) > 0 || g.past {
		return g.steps
	}
	title := foldedText(g.title)
	deed := trimStepOpening(title)
	if hasDigit(deed) || !isStepByItself(deed) {
		return nil
	}
	end := min(len(g.p.text), len(title))
	return []step{{title: boundStep(deed), date: due, start: 0, end: max(end, 1)}}
}

// isStepByItself reports whether a title says what is to be done, and to what.
func isStepByItself(deed string) bool {
	verb := lexicon.MakingVerbs.Prefix(deed)
	object := deed[len(verb):]
	if verb != "" && object != "" && !lexicon.WeakMaking.Has(verb) && !isVague(object) {
		return true
	}
	ended := lexicon.EndingVerbs.Suffix(deed)
	return ended != "" && ended != deed
}

// lacksYear reports whether nothing says in which year a date is.
func (g *group) lacksYear(date *token) bool { return date.when.year == 0 && g.front.startsOn.IsZero() }

// milestone is a step as the draft has it; ok is false where the date has no year, or
// lies before the plan's term.
func (g *group) milestone(st step) (m indicator.PlanMilestone, ok bool) {
	whole := term{g.front.startsOn, g.front.dueOn}
	if g.lacksYear(st.date) {
		return m, false
	}
	due := g.resolve(st.date, whole).due
	if st.date.when.year != 0 && !whole.starts.IsZero() && due.Before(whole.starts) {
		return m, false
	}
	from, to := g.p.span(st.start, st.end)
	return indicator.PlanMilestone{
		Task: g.number, Title: st.title, DueOn: due, Start: from, End: to, Quote: string(g.p.script.raw[from:to]),
	}, !due.IsZero()
}
