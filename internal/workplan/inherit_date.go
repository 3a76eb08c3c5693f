package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/outline"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// introduction is what a line or a goal says for the sentences after it.
type introduction struct {
	inherited     *number.Token   // date that it sets for them
	inheritedList []*number.Token // the list that date stands in
	opened        bool            // by a line that ends in a colon
	striving      bool            // it hopes for them
}

// completions are how many targets and proposals have met a clause that dates them all.
type completions struct{ complete, completeAims int }

// inheritDate keeps the date of an introduction for the lines it opens: 到2028年,力争
// 实现: and the date that a goal opens with for the rest of its paragraph.
func (g *blockReader) inheritDate(sentence prose.Span, dates []*number.Token) {
	text := g.segment.Text[sentence.Start:sentence.End]
	stop := prose.After(g.segment.Text, sentence.End, 3)
	if strings.HasSuffix(text, ":") && strings.HasPrefix(stop, "\n") {
		if len(dates) > 0 && dates[len(dates)-1].When.Shift >= 0 {
			g.inherited, g.opened = dates[len(dates)-1], true
		}
		g.striving = g.striving || lexicon.HopeVerbs.In(text)
		return
	}
	if len(dates) == 0 {
		return
	}
	ends := stop == "" || stop[0] == '\n'
	if ends && g.isHeadingLine(sentence) {
		g.inherited, g.opened = dates[len(dates)-1], true
		return
	}
	if d := dates[0]; !ends && !g.opened && d.When.Year != 0 && g.opensWith(sentence, d) {
		g.inherited, g.inheritedList = d, openingList(g.segment, dates)
	}
}

// isHeadingLine reports whether a sentence is a line of its own that says what
// the next lines are: “十四五”时期主要目标.
func (g *block) isHeadingLine(sentence prose.Span) bool {
	text := g.segment.Text[sentence.Start:sentence.End]
	opens := sentence.Start == 0 || g.segment.Text[sentence.Start-1] == '\n'
	return opens && len(text) <= outline.LongestHeading*len("一") && !strings.Contains(text, ",") && lexicon.PlanHeadings.Suffix(text) != ""
}

// isTitleLine reports whether a sentence is a short line of its own without
// any sign, such as the titles of a text's parts.
func (g *block) isTitleLine(sentence prose.Span) bool {
	text := g.segment.Text[sentence.Start:sentence.End]
	opens := sentence.Start == 0 || g.segment.Text[sentence.Start-1] == '\n'
	closes := sentence.End == len(g.segment.Text) || g.segment.Text[sentence.End] == '\n'
	return opens && closes && len(text) <= longestPart && !strings.ContainsAny(text, ",:、") && (lexicon.FirmReviewHeadings.In(text) || lexicon.PlanHeadings.In(text))
}

// longestPart is the most bytes of the title of a part.
const longestPart = 75

// looksBack reports whether a title is that of a review.
func (g *block) looksBack(title string, dates []*number.Token) bool {
	if lexicon.FirmReviewHeadings.In(title) {
		return true
	}
	return len(dates) > 0 && dates[0].When.Year != 0 && !number.LeadsUpTo(g.segment, dates[0]) && !g.front.StartsOn.IsZero() && dates[0].When.End(dates[0].When.Year).Before(g.front.StartsOn)
}

// openingList are the dates of the list that a sentence opens with:
// 到2022年和2030年.
func openingList(p *prose.Segment, dates []*number.Token) []*number.Token {
	n := 1
	for n < len(dates) && listsDates(p.Text[dates[n-1].End:dates[n].Start]) {
		n++
	}
	return dates[:n]
}

// opensWith reports whether a sentence begins with a date that holds for more
// than its own clauses: 到2027年, or a term of years that a semicolon does not end.
func (g *block) opensWith(sentence prose.Span, d *number.Token) bool {
	lead := g.segment.Text[sentence.Start:d.Start]
	if lexicon.GoalOpeners.Has(lead) {
		return true
	}
	if at := strings.LastIndexAny(lead, ",:"); at >= 0 && lexicon.GoalOpeners.Has(lead[at+len(","):]) && !prose.HasDigit(lead[:at]) {
		return lexicon.GoalIntroducers.Suffix(lead[:at]) != ""
	}
	return lead == "" && d.When.EndYear != 0 && !g.isOver(d, sentence)
}

// continueDate ends what a goal carried when a new paragraph begins.
func (g *blockReader) continueDate(sentence prose.Span) {
	if g.inherited != nil && !g.opened && strings.HasSuffix(prose.Before(g.segment.Text, sentence.Start, 3), "\n") {
		g.inherited, g.inheritedList = nil, nil
	}
}

// readCompletions gives targets without a date of their own the one of a
// clause that says by when all is done: in their sentence, or in a sentence
// that says nothing else.
func (g *blockReader) readCompletions(parts []prose.Span, dates []*number.Token, firstTarget int) {
	if len(dates) == 0 {
		return
	}
	last := parts[len(parts)-1]
	labelled := len(parts) == 2 && g.isDueLabel(parts[0])
	if len(parts) > 1 && !labelled {
		g.readCompletionsWithin(parts, dates, firstTarget)
		return
	}
	inner, bracketed := g.withinBrackets(last)
	date := number.Completion(g.segment, inner, dates, labelled || bracketed || g.ofTable)
	if date == nil {
		return
	}
	from := g.complete
	g.complete = len(g.targets)
	for _, p := range g.proposals[g.completeAims:] { // what no figure states is due by then, too
		if !p.found.dated {
			p.found.term = g.resolve(date, term{g.front.StartsOn, g.front.DueOn})
		}
	}
	g.completeAims = len(g.proposals)
	g.finishBy(g.targets[from:], date)
}

// withinBrackets is a clause without the brackets that hold the whole of it: (9月底前).
func (g *block) withinBrackets(c prose.Span) (inner prose.Span, bracketed bool) {
	text := g.segment.Text[c.Start:c.End]
	if !strings.HasPrefix(text, "(") || strings.IndexByte(text, ')') != len(text)-1 {
		return c, false
	}
	return prose.Span{Start: c.Start + len("("), End: c.End - len(")")}, true
}

// readCompletionsWithin gives the targets of a sentence the date of the clause behind them that says by
// when they are done: 新建公园3个,10月底前完工,栽植树木2万株.
func (g *blockReader) readCompletionsWithin(parts []prose.Span, dates []*number.Token, firstTarget int) {
	from, to := firstTarget, firstTarget // the targets that are dated
	for k, c := range parts[1:] {
		date := number.Completion(g.segment, c, dates, g.isDueLabel(parts[k]))
		if date == nil {
			continue
		}
		next := to
		for next < len(g.targets) && g.targets[next].mention.token.End <= c.Start {
			next++
		}
		if next > to {
			from, to = to, next
		}
		g.finishBy(g.targets[from:to], date)
	}
}

// isDueLabel reports whether a clause only says that a deadline follows: 完成时限.
func (g *block) isDueLabel(c prose.Span) bool {
	return lexicon.DueLabels.Has(g.segment.Text[c.Start:c.End])
}

// finishBy gives targets the date by which they are done, where they have none of their own.
func (g *blockReader) finishBy(targets []*candidate, date *number.Token) {
	for _, f := range targets {
		if f.dated {
			continue
		}
		end := g.resolve(date, term{g.front.StartsOn, g.front.DueOn})
		if f.stated && end.due.After(f.term.due) { // built by the end of the year, put into use later
			continue
		}
		f.term, f.unsure = end, date.When.Unsure
		if f.unsure {
			g.warnOfDate(date)
		}
	}
}

// agenciesAt are the agencies that answer for the text at a byte of the
// segment: the statement after it, else the one before it, else the heading's.
func (g *block) agenciesAt(at int) (lead, joint []string) {
	if i := g.statementFrom(at); i < len(g.statements) {
		return g.statements[i].Lead, g.statements[i].Joint
	}
	if n := len(g.statements); n > 0 {
		return g.statements[n-1].Lead, g.statements[n-1].Joint
	}
	if len(g.outer) > 0 {
		return g.outer[0].Lead, g.outer[0].Joint
	}
	return nil, nil
}

// statementDue is the date in the bracket that names who answers for the text
// at a byte of the segment, or nil.
func (g *block) statementDue(at int) *number.Token {
	i := g.statementFrom(at)
	if i == len(g.statements) {
		return nil
	}
	st := g.statements[i]
	if st.Beside && strings.ContainsAny(strings.TrimSuffix(g.segment.Text[min(at, st.Start):st.Start], "。"), "。;\n") {
		return nil
	}
	return st.Due
}

// allAgencies are the agencies of every statement of the task.
func (g *block) allAgencies() (lead, joint []string) {
	from := g.statements
	if len(from) == 0 {
		from = g.outer
	}
	for _, st := range from {
		lead, joint = agency.Union(lead, st.Lead), agency.Union(joint, st.Joint)
	}
	return lead, agency.Without(joint, lead)
}

// longestTopic is the most bytes of such a name.
const longestTopic = 36

// readTopic keeps the field that a sentence opens with, for the sentences
// after it that only say 产值突破100亿元. A paragraph ends it.
func (g *blockReader) readTopic(sentence prose.Span) {
	if strings.HasSuffix(prose.Before(g.segment.Text, sentence.Start, 3), "\n") {
		g.topic = ""
	}
	opening := prose.After(g.segment.Text[:sentence.End], sentence.Start, longestTopic)
	at, word := lexicon.TopicNouns.Find(opening)
	if at <= 0 || strings.HasPrefix(opening[at+len(word):], "化") || strings.ContainsAny(opening[:at], ",、的") || strings.HasPrefix(opening, "在") {
		return
	}
	topic := opening[:at+len(word)]
	for more := word; more != ""; topic += more { // 低空经济产业
		more = lexicon.TopicNouns.Prefix(opening[len(topic):])
	}
	if rest := opening[len(topic):]; rest != "" && !strings.HasPrefix(rest, ",") && !opensTheme(rest) {
		return
	}
	if !opensTheme(opening) {
		g.topic = topic
	}
}

// opensTheme reports whether a text begins with what is done about a topic.
func opensTheme(text string) bool {
	return lexicon.ThemeVerbs.Prefix(text) != "" || lexicon.VerbAdverbs.Prefix(text) != "" || lexicon.ActionVerbs.Prefix(text) != ""
}
