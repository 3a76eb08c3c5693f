package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// carry keeps the date of an introduction for the lines it opens: 到2028年,力争
// 实现: and the date that a goal opens with for the rest of its paragraph.
func (g *group) carry(sentence span, dates []*token) {
	text := g.p.text[sentence.start:sentence.end]
	stop := after(g.p.text, sentence.end, 3)
	if strings.HasSuffix(text, ":") && strings.HasPrefix(stop, "\n") {
		if len(dates) > 0 && dates[len(dates)-1].when.shift >= 0 {
			g.carried, g.opened = dates[len(dates)-1], true
		}
		g.striving = g.striving || lexicon.HopeVerbs.In(text)
		return
	}
	if len(dates) == 0 {
		return
	}
	ends := stop == "" || stop[0] == '\n'
	if ends && g.isHeadingLine(sentence) {
		g.carried, g.opened = dates[len(dates)-1], true
		return
	}
	if d := dates[0]; !ends && !g.opened && d.when.year != 0 && g.opensWith(sentence, d) {
		g.carried, g.carriedList = d, openingList(g.p, dates)
	}
}

// isHeadingLine reports whether a sentence is a line of its own that says what
// the next lines are: “十四五”时期主要目标.
func (g *group) isHeadingLine(sentence span) bool {
	text := g.p.text[sentence.start:sentence.end]
	opens := sentence.start == 0 || g.p.text[sentence.start-1] == '\n'
	return opens && len(text) <= longestHeading*len("一") && !strings.Contains(text, ",") && lexicon.PlanHeadings.Suffix(text) != ""
}

// isTitleLine reports whether a sentence is a short line of its own without
// any sign, such as the titles of a text's parts.
func (g *group) isTitleLine(sentence span) bool {
	text := g.p.text[sentence.start:sentence.end]
	opens := sentence.start == 0 || g.p.text[sentence.start-1] == '\n'
	closes := sentence.end == len(g.p.text) || g.p.text[sentence.end] == '\n'
	return opens && closes && len(text) <= longestPart && !strings.ContainsAny(text, ",:、") && (lexicon.FirmReviewHeadings.In(text) || lexicon.PlanHeadings.In(text))
}

// longestPart is the most bytes of the title of a part.
const longestPart = 75

// looksBack reports whether a title is that of a review.
func (g *group) looksBack(title string, dates []*token) bool {
	if lexicon.FirmReviewHeadings.In(title) {
		return true
	}
	return len(dates) > 0 && dates[0].when.year != 0 && !leadsUpTo(g.p, dates[0]) && !g.front.startsOn.IsZero() && dates[0].when.end(dates[0].when.year).Before(g.front.startsOn)
}

// openingList are the dates of the list that a sentence opens with:
// 到2022年和2030年.
func openingList(p *passage, dates []*token) []*token {
	n := 1
	for n < len(dates) && listsDates(p.text[dates[n-1].end:dates[n].start]) {
		n++
	}
	return dates[:n]
}

// opensWith reports whether a sentence begins with a date that holds for more
// than its own clauses: 到2027年, or a term of years that a semicolon does not end.
func (g *group) opensWith(sentence span, d *token) bool {
	lead := g.p.text[sentence.start:d.start]
	if lexicon.GoalOpeners.Has(lead) {
		return true
	}
	if at := strings.LastIndexAny(lead, ",:"); at >= 0 && lexicon.GoalOpeners.Has(lead[at+len(","):]) && !hasDigit(lead[:at]) {
		return lexicon.GoalIntroducers.Suffix(lead[:at]) != ""
	}
	return lead == "" && d.when.endYear != 0 && !g.isOver(d, sentence)
}

// continueDate ends what a goal carried when a new paragraph begins.
func (g *group) continueDate(sentence span) {
	if g.carried != nil && !g.opened && strings.HasSuffix(before(g.p.text, sentence.start, 3), "\n") {
		g.carried, g.carriedList = nil, nil
	}
}

// readCompletions gives targets without a date of their own the one of a
// clause that says by when all is done: in their sentence, or in a sentence
// that says nothing else.
func (g *group) readCompletions(parts []span, dates []*token, firstTarget int) {
	if len(dates) == 0 {
		return
	}
	last := parts[len(parts)-1]
	labelled := len(parts) == 2 && lexicon.DueLabels.Has(g.p.text[parts[0].start:parts[0].end])
	date := completion(g.p, last, dates, labelled || g.ofTable && len(parts) == 1)
	if date == nil {
		return
	}
	from := firstTarget
	if len(parts) == 1 || labelled {
		from, g.complete = g.complete, len(g.targets)
		for _, p := range g.proposals[g.completeAims:] { // what no figure states is due by then, too
			if !p.found.dated {
				p.found.term = g.resolve(date, term{g.front.startsOn, g.front.dueOn})
			}
		}
		g.completeAims = len(g.proposals)
	}
	for _, f := range g.targets[from:] {
		if !f.dated {
			f.term = g.resolve(date, term{g.front.startsOn, g.front.dueOn})
		}
	}
}

// agenciesAt are the agencies that answer for the text at a byte of the
// passage: the statement after it, else the one before it, else the heading's.
func (g *group) agenciesAt(at int) (lead, joint []string) {
	if i := g.statementFrom(at); i < len(g.statements) {
		return g.statements[i].lead, g.statements[i].joint
	}
	if n := len(g.statements); n > 0 {
		return g.statements[n-1].lead, g.statements[n-1].joint
	}
	if len(g.outer) > 0 {
		return g.outer[0].lead, g.outer[0].joint
	}
	return nil, nil
}

// statementDue is the date in the bracket that names who answers for the text
// at a byte of the passage, or nil.
func (g *group) statementDue(at int) *token {
	if i := g.statementFrom(at); i < len(g.statements) {
		return g.statements[i].due
	}
	return nil
}

// allAgencies are the agencies of every statement of the task.
func (g *group) allAgencies() (lead, joint []string) {
	from := g.statements
	if len(from) == 0 {
		from = g.outer
	}
	for _, st := range from {
		lead, joint = union(lead, st.lead), union(joint, st.joint)
	}
	return lead, without(joint, lead)
}

// longestTopic is the most bytes of such a name.
const longestTopic = 36

// readTopic keeps the field that a sentence opens with, for the sentences
// after it that only say 产值突破100亿元. A paragraph ends it.
func (g *group) readTopic(sentence span) {
	if strings.HasSuffix(before(g.p.text, sentence.start, 3), "\n") {
		g.topic = ""
	}
	opening := after(g.p.text[:sentence.end], sentence.start, longestTopic)
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
