package workplan

import (
	"cmp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// step is something to be done by a date, without a number of its own.
type step struct {
	title      string
	date       *number.Token
	start, end int // bytes of the segment that are quoted
}

// stepFrame is what the clauses of a sentence have said before the one that is read.
type stepFrame struct {
	subject string        // what the sentence is about: 市民中心项目
	start   int           // byte where that stands
	counted bool          // a target stands in the clause before
	alone   *number.Token // date of a clause that says nothing else
	minutes bool          // it tells what a meeting decided
	dueNext bool          // the clause before is a label such as 完成时限
	stepped bool          // a step stands before
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
func (g *blockReader) readSteps(sentence, c prose.Span, dates []*number.Token, mentions []*mention) {
	frame := g.dated
	g.dated.alone, g.dated.dueNext, g.dated.counted = nil, lexicon.DueLabels.Has(g.segment.Text[c.Start:c.End]), len(mentions) > 0
	g.dated.minutes = frame.minutes || lexicon.MinutesOpeners.Prefix(g.segment.Text[c.Start:c.End]) != ""
	if g.past || g.reviewing || g.dated.minutes {
		return
	}
	due := g.deadlinesIn(c, dates)
	if len(due) == 0 {
		if len(mentions) == 0 {
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
		if !anyWithin(mentions, part.lead.Start, part.text.End) && !g.holdsProposal(part) {
			g.takeStep(part, frame)
		}
		frame.subject, frame.start, frame.counted = g.dated.subject, g.dated.start, false
	}
}

// readUndated takes a clause without a date and without a number for a step of the date
// that the clause before was, else for what the steps after it are about.
func (g *blockReader) readUndated(c prose.Span, frame stepFrame) {
	if frame.alone == nil {
		g.setSubject(c)
		return
	}
	g.takeStep(stepText{date: frame.alone, lead: prose.Span{Start: c.Start, End: c.Start}, text: c, start: frame.alone.Start}, frame)
}

// partsByDate divides a clause among its deadlines.
func (g *block) partsByDate(c prose.Span, due []*number.Token) []stepText {
	var parts []stepText
	from := c.Start // where the words about the next date begin
	for i, d := range due {
		part := stepText{date: d, lead: prose.Span{Start: from, End: d.Start}, text: prose.Span{Start: d.End, End: c.End}, start: from}
		if i+1 < len(due) {
			part.text.End = due[i+1].Start
		}
		if bracket := g.bracketAround(c, d); bracket.End > 0 {
			part.lead, part.text, part.bracketed = prose.Span{Start: from, End: max(from, bracket.Start)}, prose.Span{Start: d.End, End: max(d.End, bracket.End)}, true
			from = min(part.text.End+len(")"), c.End)
		} else {
			from = part.text.End
		}
		parts = append(parts, part)
	}
	return parts
}

// stepText are the parts of a clause that say what is to be done by a date.
type stepText struct {
	date  *number.Token
	lead  prose.Span // before the date
	text  prose.Span // after it
	start int        // of what is quoted

	bracketed bool // the date stands in a bracket after what is done
}

// end is where what is quoted ends.
func (s stepText) end(p *prose.Segment) int {
	end := max(s.date.End, s.text.Start+len(strings.TrimRight(p.Text[s.text.Start:s.text.End], "、,并和及")))
	if s.bracketed && strings.HasPrefix(p.Text[end:], ")") {
		end++
	}
	return end
}

// titleAbove is what the title of the task is about, where that is no part of the
// sentence that is read.
func (g *block) titleAbove(part stepText) string {
	title := prose.CompactText(g.title)
	if title == "" || prose.HasDigit(title) || len(title) >= part.start && strings.HasPrefix(g.segment.Text, title) || utf8.RuneCountInString(title) > longestSubject {
		return ""
	}
	return g.titleSubject()
}

// holdsProposal reports whether an aim of the clause is what the date is for.
func (g *blockReader) holdsProposal(part stepText) bool {
	n := len(g.proposals)
	return n > 0 && g.proposals[n-1].found.mention.token.Start >= part.lead.Start
}

// deadlinesIn are the dates of a clause by which something may be due: 6月底前, 年底,
// 上半年; not days on which something happens, years and times that come again.
func (g *blockReader) deadlinesIn(c prose.Span, dates []*number.Token) []*number.Token {
	var due []*number.Token
	for _, d := range dates[sort.Search(len(dates), func(i int) bool { return dates[i].Start >= c.Start }):] {
		if d.End > c.End {
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
func (g *blockReader) isDeadline(d *number.Token) bool {
	w, text := d.When, g.segment.Text[d.Start:d.End]
	if w.Shift < 0 || w.Unsure || w.Years != 0 || g.isNoDeadline(d) || g.discourseAt(d.Start) != "" {
		return false
	}
	switch {
	case strings.Contains(text, "前") && !strings.HasPrefix(strings.TrimLeft(text, "0123456789年"), "前"), strings.ContainsAny(text, "底末"), strings.HasSuffix(text, "内"):
		return true
	case w.Day > 0 || w.EndYear != 0:
		return false
	}
	if !w.IsPartOfYear() { // 2024年 dates a step in a plan of several years; 到2027年 a goal
		whole := term{g.front.StartsOn, g.front.DueOn}
		return w.Year != 0 && whole.isLong() && !number.LeadsUpTo(g.segment, d)
	}
	return w.FirstMonth == w.LastMonth || quarterOrHalf(w)
}

// isNoDeadline reports whether the words around a date make it the beginning of a time,
// one that comes again, or one that a thing is held against.
func (g *block) isNoDeadline(d *number.Token) bool {
	left := prose.Before(g.segment.Text, d.Start, 18)
	if lexicon.NotDue.Suffix(left) != "" || lexicon.OpenEnds.Prefix(prose.After(g.segment.Text, d.End, 12)) != "" {
		return true
	}
	if strings.HasPrefix(g.segment.Text[d.Start:d.End], "年") && lexicon.RecurringMarks.Suffix(left+"年") != "" {
		return true
	}
	at := strings.LastIndex(left, "截")
	return lexicon.RecurringMarks.Suffix(left) != "" || at >= 0 && len(left)-at <= len("截至")
}

// quarterOrHalf reports whether a date is a quarter, or up to a quarter's end.
func quarterOrHalf(w calendar.When) bool {
	return w.LastMonth%3 == 0 && (w.FirstMonth == 1 || w.LastMonth-w.FirstMonth == 2 || w.FirstMonth == 7)
}

// isDateAlone reports whether a clause says no more than a date.
func (g *block) isDateAlone(c prose.Span, due []*number.Token) bool {
	if len(due) != 1 {
		return false
	}
	lead, rest := g.segment.Text[c.Start:due[0].Start], g.segment.Text[due[0].End:c.End]
	return trimBeforeDate(strings.Trim(lead, "()、.一二三四五六七八九十0123456789\n")) == "" && strings.Trim(rest, "()前、\n") == ""
}

// bracketAround is the bracket that holds a date, where that opens it.
func (g *block) bracketAround(c prose.Span, d *number.Token) prose.Span {
	if g.segment.Depth[d.Start]&prose.InBracket == 0 {
		return prose.Span{}
	}
	open := strings.LastIndexByte(prose.Before(g.segment.Text[:d.Start], d.Start, min(prose.Window, d.Start-c.Start)), '(')
	if open < 0 {
		return prose.Span{}
	}
	start := d.Start - min(prose.Window, d.Start-c.Start) + open
	end := c.End
	if at := strings.IndexByte(prose.After(g.segment.Text[:c.End], d.End, prose.Window), ')'); at >= 0 {
		end = d.End + at
	}
	return prose.Span{Start: start, End: end}
}

// setSubject keeps what a clause without a date is about, for the steps that follow.
func (g *blockReader) setSubject(c prose.Span) {
	text := prose.After(g.segment.Text[:c.End], c.Start, prose.Window)
	subject := strings.TrimRight(nounPart(text), "、")
	if utf8.RuneCountInString(subject) > longestSubject {
		subject = ""
	}
	g.dated.subject, g.dated.start = subject, c.Start
}

// takeStep keeps a step where the words say what is to be done, and nothing but that.
func (g *blockReader) takeStep(part stepText, frame stepFrame) {
	subject, action, ok := g.subjectAndDeed(part)
	if !ok {
		return
	}
	if subject == "" && frame.subject == "" && !frame.counted && endsAlone(action) {
		frame.subject = g.titleAbove(part)
	}
	if action != "" && !frame.counted {
		g.nameSteps(subject, part.lead.Start)
	}
	title, ok := stepTitle(subject, action, frame)
	if !ok {
		return
	}
	start := part.start
	if subject == "" && g.dated.subject == frame.subject && frame.isNamedIn(title) {
		start = frame.start
	}
	if g.claim("节点"+title, g.dueBy(part.date)) {
		g.steps = append(g.steps, step{title: title, date: part.date, start: start, end: part.end(g.segment)})
		g.dated.stepped = true
	}
}

// nameSteps keeps the subject of a step, which stands at a byte of the segment, for the steps
// that follow.
func (g *blockReader) nameSteps(subject string, at int) {
	if subject == "" {
		return
	}
	if named := nounPart(subject); named != "" && utf8.RuneCountInString(named) <= longestSubject {
		g.dated.subject, g.dated.start = named, at
	}
}

// dueBy is the day of a deadline, zero where nothing says in which year it is.
func (g *block) dueBy(date *number.Token) indicator.Date {
	if g.lacksYear(date) {
		return indicator.Date{}
	}
	return g.resolve(date, term{g.front.StartsOn, g.front.DueOn}).due
}

// subjectAndDeed are what stands before the date of a step and what is done by then. ok
// is false where the words tell of what was done, or of whom, or of ongoing work.
func (g *blockReader) subjectAndDeed(part stepText) (subject, action string, ok bool) {
	lead := prose.After(g.segment.Text[:part.lead.End], part.lead.Start, prose.Window)
	text := strings.Trim(prose.After(g.segment.Text[:part.text.End], part.text.Start, prose.Window), "、()“ \n")
	if strings.HasPrefix(lead, "请") || saysPast(lead) || saysPast(text) || conditionOfOthers(text) {
		return "", "", false
	}
	g.work += len(lead) + len(text)
	subject, action = strings.TrimPrefix(trimBeforeDate(lead), lexicon.OwnAgents.Prefix(lead)), trimStepOpening(withoutAgent(trimStepOpening(text)))
	if whole := trimStepOpening(lead); part.bracketed && (action == "" || lexicon.EndingVerbs.Has(action) && lexicon.MakingVerbs.Prefix(whole) != "") {
		subject, action = "", whole
	}
	ongoing := lexicon.WeakMaking.Has(lexicon.MakingVerbs.Prefix(action)) && !strings.ContainsAny(g.segment.Text[part.date.Start:part.date.End], "前底末内")
	return subject, action, !ongoing
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
func stepTitle(subject, action string, frame stepFrame) (title string, ok bool) {
	if subject == "" && frame.counted && endsAlone(action) { // the number is due by then
		return "", false
	}
	verb := lexicon.MakingVerbs.Prefix(action)
	if lexicon.EndingVerbs.Has(action) {
		verb = action
	}
	object := action[len(verb):]
	ending := lexicon.EndingVerbs.Suffix(action)
	switch {
	case lexicon.PerfectMarks.Prefix(object) != "":
		return "", false
	case endsAlone(action), verb != "" && object == "":
		return titleOfEnding(cmp.Or(nounOrPhrase(subject), frame.subject), action, frame)
	case lexicon.MakingVerbs.Has(verb):
		return titleOfMaking(subject, action, object, frame)
	case ending == "" || ending == action:
		return "", false
	case subject == "" && utf8.RuneCountInString(action)-utf8.RuneCountInString(ending) > 1 && lexicon.PartsOfWork.Prefix(action) == "":
		return boundStep(action), true // 水厂二期通水 says of what
	}
	return boundStep(nounBefore(subject, frame) + action), true
}

// endsAlone reports whether nothing is named that is done: 完工, 建成并投入使用.
func endsAlone(action string) bool {
	if lexicon.EndingVerbs.Has(action) {
		return true
	}
	object := strings.TrimPrefix(action, lexicon.MakingVerbs.Prefix(action))
	rest := strings.TrimLeft(object, "、并且和及")
	return object != action && rest != object && lexicon.EndingVerbs.Has(rest)
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
	near := prose.Before(text, min(len(text), longestAgent), longestAgent)
	if at, _ := lexicon.MakingVerbs.Find(near); at > len("局") && lexicon.ActingAgencies.Suffix(near[:at]) != "" && !strings.Contains(near[:at], "《") {
		return text[at:]
	}
	return strings.TrimPrefix(text, lexicon.OwnAgents.Prefix(text))
}

// titleOfMaking puts what is made, object, and what it is made for into a title: a long
// object says itself of what it is.
func titleOfMaking(subject, action, object string, frame stepFrame) (string, bool) {
	rest := strings.TrimLeft(object, "、并且和及")
	if isVague(object) || !startsNoun(rest) && !prose.StartsDigit(rest) {
		return "", false
	}
	if subject == "" && utf8.RuneCountInString(object) > ownObject {
		return boundStep(action), true
	}
	return boundStep(nounBefore(subject, frame) + action), true
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
// which they are written: 完成规划编制, 市民中心投入使用. After another step of the sentence
// the verb alone is a step of the task: 6月底前完成设备采购,9月底全部开工.
func titleOfEnding(subject, verb string, frame stepFrame) (string, bool) {
	if lexicon.EndingVerbs.Suffix(verb) == "" {
		return "", false
	}
	if subject == "" {
		return boundStep(verb), frame.stepped
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

// allSteps are the steps of a block; an item without a target and without any step that
// has a date as a whole is one itself.
func (g *block) allSteps(found *findings) []step {
	due := found.dueOfAll
	for _, st := range g.statements {
		if due == nil {
			due = st.Due
		}
	}
	if due == nil || len(found.steps) > 0 || len(found.targets) > 0 || g.past {
		return found.steps
	}
	title := prose.CompactText(g.title)
	action := trimStepOpening(title)
	if prose.HasDigit(action) || !isStepByItself(action) {
		return nil
	}
	end := min(len(g.segment.Text), len(title))
	return []step{{title: boundStep(action), date: due, start: 0, end: max(end, 1)}}
}

// isStepByItself reports whether a title says what is to be done, and to what.
func isStepByItself(action string) bool {
	verb := lexicon.MakingVerbs.Prefix(action)
	object := action[len(verb):]
	if verb != "" && object != "" && !lexicon.WeakMaking.Has(verb) && !isVague(object) {
		return true
	}
	ended := lexicon.EndingVerbs.Suffix(action)
	return ended != "" && ended != action
}

// lacksYear reports whether nothing says in which year a date is.
func (g *block) lacksYear(date *number.Token) bool {
	return date.When.Year == 0 && g.front.StartsOn.IsZero()
}

// milestone is a step as the draft has it; ok is false where the date has no year, or
// lies before the plan's term.
func (g *block) milestone(st step) (m indicator.PlanMilestone, ok bool) {
	whole := term{g.front.StartsOn, g.front.DueOn}
	if g.lacksYear(st.date) {
		return m, false
	}
	due := g.resolve(st.date, whole).due
	if st.date.When.Year != 0 && !whole.starts.IsZero() && due.Before(whole.starts) {
		return m, false
	}
	from, to := g.segment.Place(st.start, st.end)
	return indicator.PlanMilestone{
		Task: g.number, Title: st.title, DueOn: due, Start: from, End: to, Quote: string(g.segment.Source.Raw[from:to]),
	}, !due.IsZero()
}
