package agency

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Statement is a place in a segment that names agencies: a bracket at the end
// of an item or clause, or a line of its own.
type Statement struct {
	Start, End  int // bytes of the segment
	Lead, Joint []string
	Due         *number.Token // in the same bracket, 完成时限 or without a label, else nil
	Beside      bool          // that date has no label: it is of the sentence before alone
	answering   bool          // the lead agencies are only said to be responsible
}

// Places is where statements stand.
func Places(statements []Statement) []prose.Span {
	all := make([]prose.Span, len(statements))
	for i, st := range statements {
		all[i] = prose.Span{Start: st.Start, End: st.End}
	}
	return all
}

// role is what a label says of the agencies after it.
type role int

const (
	leads role = iota
	joins
	answers // 责任单位: leads, unless the statement says who does
	persons // 责任领导: no agency
	dates   // 完成时限
)

// roleLabels say before a colon what the agencies after them do, asideLabels stand
// in the same brackets and name no agencies, and predicates end a list of agencies.
var (
	roleLabels = lexicon.Classify(map[role]lexicon.Words{
		leads: lexicon.AgencyLabel.Of("lead"), joins: lexicon.AgencyLabel.Of("joint"), answers: lexicon.AgencyLabel.Of("responsible"),
	})
	asideLabels = lexicon.Classify(map[role]lexicon.Words{persons: lexicon.PersonLabels, dates: lexicon.DueLabels})
	predicates  = lexicon.Classify(map[role]lexicon.Words{
		leads: lexicon.AgencyVerb.Of("lead"), joins: lexicon.AgencyVerb.Of("joint"), answers: lexicon.AgencyVerb.Of("responsible"),
	})
)

// LongestStatement is the most bytes a bracket of agencies takes.
const LongestStatement = 1800

// Statements finds the agency statements of a segment in order. Statements
// that follow each other without text between are one.
func Statements(p *prose.Segment, firstLeads bool) []Statement {
	var found []Statement
	add := func(st Statement) {
		if n := len(found); n > 0 && strings.Trim(p.Text[found[n-1].End:st.Start], "\n,;。") == "" {
			last := &found[n-1]
			last.join(st)
			return
		}
		found = append(found, st)
	}
	opens := true // a label may stand here
	for i := 0; i < len(p.Text); {
		r, size := prose.RuneAt(p.Text, i)
		if st, ok := statementAt(p, i, r, opens, firstLeads); ok {
			add(st)
			i, opens = st.End, true
			continue
		}
		opens = strings.ContainsRune("。;\n!,", r)
		i += size
	}
	return found
}

// join takes in the statement after this one. Agencies that are only
// responsible lead in neither when the other names who does.
func (st *Statement) join(next Statement) {
	if st.answering && !next.answering && len(next.Lead) > 0 {
		st.Joint, st.Lead = Union(st.Lead, st.Joint), nil
	}
	if next.answering && !st.answering && len(st.Lead) > 0 {
		next.Joint, next.Lead = Union(next.Lead, next.Joint), nil
	}
	if st.Due == nil {
		st.Due, st.Beside = next.Due, next.Beside
	}
	st.End, st.answering = next.End, st.answering && next.answering
	st.Lead = Union(st.Lead, next.Lead)
	st.Joint = Without(Union(st.Joint, next.Joint), st.Lead)
}

func statementAt(p *prose.Segment, i int, r rune, opens, firstLeads bool) (Statement, bool) {
	if r == '(' || r == '[' {
		end := closing(p.Text, i)
		if end < 0 {
			return Statement{}, false
		}
		from, to, due := withoutTimes(p, i+1, end)
		inner := namesIn{from: from, to: to, after: end + 1, alone: from == i+1 && to == end}
		st, ok := bracketStatement(p, inner, firstLeads)
		if st.Start, st.End = i, end+1; st.Due == nil && due != nil {
			st.Due, st.Beside = due, true
		}
		return st, ok
	}
	if !opens {
		return Statement{}, false
	}
	if st, ok := statementInSentence(p, i, firstLeads); ok {
		return st, true
	}
	label := roleLabels.Prefix(p.Text[i:])
	if label == "" || !strings.HasPrefix(p.Text[i+len(label):], ":") || strings.HasSuffix(p.Text[:i], ",") {
		return Statement{}, false
	}
	end := lineEnd(p.Text, i)
	st := labelled(p, i, end, firstLeads)
	st.Start, st.End = i, end
	return st, len(st.Lead)+len(st.Joint) > 0
}

// closing is the place of the bracket that closes the one at i, or -1.
func closing(text string, i int) int {
	depth := 0
	for k, r := range prose.After(text, i, LongestStatement) {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return i + k
			}
		case '\n':
			return -1
		}
	}
	return -1
}

// lineEnd is where a labelled line ends: at its break or full stop.
func lineEnd(text string, i int) int {
	rest := prose.After(text, i, LongestStatement)
	if at := strings.IndexAny(rest, "\n。"); at >= 0 {
		return i + at
	}
	return i + len(rest)
}

// namesIn is the part of a bracket that can name agencies.
type namesIn struct {
	from, to int  // bytes of the segment
	after    int  // behind the bracket
	alone    bool // the bracket says no more
}

// bracketStatement reads what stands in a bracket; ok is false when it names
// no agencies. A list without any word about roles has to look like agencies
// and to stand where a sentence or a part of one ends.
func bracketStatement(p *prose.Segment, in namesIn, firstLeads bool) (st Statement, ok bool) {
	if _, _, ok := labelAt(p.Text[in.from:in.to]); ok {
		st = labelled(p, in.from, in.to, firstLeads)
		return st, len(st.Lead)+len(st.Joint) > 0
	}
	if st, ok = predicated(p, in.from, in.to, firstLeads); ok {
		return st, true
	}
	before, rest := prose.Before(p.Text, in.from-1, prose.Window), p.Text[in.after:]
	if !endsSentence(rest) && !endsPart(before, rest) {
		return Statement{}, false
	}
	names := Names(p, in.from, in.to)
	return assign(nil, names, nil, firstLeads), len(names) > 0 && allNames(names)
}

func endsSentence(rest string) bool {
	return rest == "" || strings.ContainsRune("。;\n!", prose.FirstRune(rest))
}

// endsPart reports whether a bracket stands where a part of a sentence ends: 新建学校3所(市教育局)、.
// After the name of an agency it says more of that: 市教育局(市体育局)、.
func endsPart(before, rest string) bool {
	if !strings.HasPrefix(rest, ",") && lexicon.ListSigns.Prefix(rest) == "" {
		return false
	}
	ending := lexicon.AgencyEndings.Suffix(before)
	return ending == "" || prose.IsDigit(prose.LastRune(strings.TrimSuffix(before, ending))) // 3所
}

// labelled reads 牵头单位:A、B,参与单位:C.
func labelled(p *prose.Segment, start, end int, firstLeads bool) Statement {
	var by [persons][]string
	var due *number.Token
	current, from := answers, start
	flush := func(to int) {
		if current == dates {
			due = firstDate(p, from, to)
		}
		if current >= persons {
			return
		}
		if word := predicates.Suffix(p.Text[from:to]); predicates.Class(word) == leads && word != "" {
			current, to = leads, to-len(word)
		}
		by[current] = append(by[current], Names(p, from, to)...)
	}
	for i := start; i < end; {
		if label, role, ok := labelAt(p.Text[i:end]); ok {
			flush(i)
			current, from = role, i+len(label)+1
			i = from
			continue
		}
		_, size := prose.RuneAt(p.Text, i)
		i += size
	}
	flush(end)
	st := assign(by[leads], by[answers], by[joins], firstLeads)
	st.Due = due
	return st
}

// labelAt reads the label that a text begins with, and the colon or stroke after it.
func labelAt(text string) (label string, r role, ok bool) {
	label = roleLabels.Prefix(text)
	r = roleLabels.Class(label)
	if aside := asideLabels.Prefix(text); len(aside) > len(label) {
		label, r = aside, asideLabels.Class(aside)
	}
	return label, r, label != "" && strings.IndexAny(text[len(label):], ":|") == 0
}

// firstDate is the date that a part of the segment begins with, or nil.
func firstDate(p *prose.Segment, from, to int) *number.Token {
	w, size := calendar.At(p.Text[from:to])
	if size == 0 {
		return nil
	}
	return &number.Token{Start: from, End: from + size, Class: number.Date, When: w}
}

// predicated reads A牵头,B、C配合, A牵头、B配合, A、B负责 and A会同B负责.
func predicated(p *prose.Segment, start, end int, firstLeads bool) (Statement, bool) {
	var by [persons][]string
	from, any := start, false
	for i := start; i <= end; {
		r, size := rune(','), 1
		if i < end {
			r, size = prose.RuneAt(p.Text, i)
		}
		if word := predicates.Suffix(p.Text[from:i]); word != "" && strings.ContainsRune(",;。、", r) {
			names, beside := namesTogether(p, from, i-len(word))
			if !allNames(names) || !allNames(beside) {
				return Statement{}, false
			}
			by[predicates.Class(word)] = append(by[predicates.Class(word)], names...)
			by[joins] = append(by[joins], beside...)
			any = any || len(names) > 0
			from = i + size
		}
		i += size
	}
	if !any || strings.Trim(p.Text[min(from, end):end], " ") != "" {
		return Statement{}, false
	}
	return assign(by[leads], by[answers], by[joins], firstLeads), true
}

// namesTogether is a list of agencies, and those behind 会同, who take part.
func namesTogether(p *prose.Segment, start, end int) (names, beside []string) {
	at, word := lexicon.TogetherWith.Find(p.Text[start:end])
	if at <= 0 {
		return Names(p, start, end), nil
	}
	return Names(p, start, start+at), Names(p, start+at+len(word), end)
}

// assign settles the agencies that only answer for a task: they lead when
// nobody else does, or the first of them when the plan says so.
func assign(lead, answering, joint []string, firstLeads bool) Statement {
	onlyAnswering := len(lead) == 0
	switch {
	case !onlyAnswering:
		joint = append(answering, joint...)
	case firstLeads && len(answering) > 0:
		lead, joint = answering[:1], append(answering[1:len(answering):len(answering)], joint...)
	default:
		lead = answering
	}
	lead = Union(nil, lead)
	return Statement{Lead: lead, Joint: Without(Union(nil, joint), lead), answering: onlyAnswering}
}

// Names splits a list of agencies as the plan writes them.
func Names(p *prose.Segment, start, end int) []string {
	var names []string
	depth, from := 0, start
	take := func(to int) {
		if a, b := trimAgency(p.Text, from, to); a < b {
			names = append(names, p.Written(a, b))
		}
	}
	for i := start; i < end; {
		r, size := prose.RuneAt(p.Text, i)
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth <= 0 && strings.ContainsRune("、,;。\n", r):
			take(i)
			from = i + size
		case depth <= 0 && joinsAgencies(p.Text[from:i], p.Text[i:end]):
			take(i)
			from = i + size
		case depth <= 0 && p.SpaceBefore(i) && isOneAfter(p.Text[from:i], p.Text[i:end]): // 市工信局 市科技局
			take(i)
			from = i
		}
		i += size
	}
	take(end)
	return names
}

// joinsAgencies reports whether 和, 及 or 与 stands between two agencies rather
// than within the name of one (自然资源和规划局).
func joinsAgencies(left, right string) bool {
	word := lexicon.ListSigns.Prefix(right)
	if word == "" {
		word = right[:len(right)-len(strings.TrimPrefix(right, "/"))]
	}
	return word != "" && isOneAfter(left, right[len(word):])
}

// isOneAfter reports whether a text is the name of an agency, and what stands after it begins as
// another does.
func isOneAfter(left, right string) bool {
	return lexicon.AgencyEndings.Suffix(left) != "" && lexicon.AgencyPrefixes.Prefix(right) != "" && IsName(left)
}

// trimAgency drops what is said about an agency: 由, 等有关部门, a remark about
// who leads.
func trimAgency(text string, start, end int) (int, int) {
	for word := lexicon.BeforeAgencies.Prefix(text[start:end]); word != ""; word = lexicon.BeforeAgencies.Prefix(text[start:end]) {
		start += len(word)
	}
	if at := strings.LastIndex(text[start:end], "("); at > 0 && strings.HasSuffix(text[start:end], ")") && strings.Contains(text[start+at:end], "牵头") {
		end = start + at
	}
	for word := lexicon.AfterAgencies.Suffix(text[start:end]); word != ""; word = lexicon.AfterAgencies.Suffix(text[start:end]) {
		end -= len(word)
	}
	return start, max(start, end)
}

// LongestName is the most characters of an agency's name.
const LongestName = 40

// IsName reports whether a text, as a plan writes it, is the name of an agency: it ends like
// one, and begins with a place or ends in a word that few other names end in.
func IsName(name string) bool {
	n := utf8.RuneCountInString(name)
	if n < 2 || n > LongestName {
		return false
	}
	name = prose.CompactText(name)
	if strings.ContainsAny(name, "0123456789%。;:|“”") {
		return false
	}
	bare, _, _ := strings.Cut(name, "(")
	return lexicon.AgencyEndings.Suffix(bare) != "" && (lexicon.AgencyPrefixes.Prefix(bare) != "" || lexicon.CertainAgencyEndings.Suffix(bare) != "")
}

// Union is the names of a and then those of b that are not in a.
func Union(a, b []string) []string {
	for _, name := range b {
		if !slices.Contains(a, name) {
			a = append(a, name)
		}
	}
	return a
}

// Without is the names but for those to drop.
func Without(names, drop []string) []string {
	var kept []string
	for _, name := range names {
		if !slices.Contains(drop, name) {
			kept = append(kept, name)
		}
	}
	return kept
}

// FirstLeads reports whether the plan says that the agency named first is
// the one that leads.
func FirstLeads(s *prose.Source) bool {
	text := s.CompactLine(prose.Line{Start: 0, End: len(s.Norm)})
	for {
		at := strings.Index(text, "牵头")
		if at < 0 {
			return false
		}
		around := prose.Before(text, at, 60)
		if lexicon.FirstPlaceWords.In(around) && strings.Contains(around, "为") || lexicon.FirstPlaceWords.In(around) && strings.HasPrefix(text[at:], "牵头单位") {
			return true
		}
		text = text[at+len("牵头"):]
	}
}
