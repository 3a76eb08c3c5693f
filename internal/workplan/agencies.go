package workplan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// statement is a place in a passage that names agencies: a bracket at the end
// of an item or clause, or a line of its own.
type statement struct {
	start, end  int // bytes of the passage
	lead, joint []string
	due         *token // 完成时限 in the same bracket, else nil
	answering   bool   // the lead agencies are only said to be responsible
}

// placesOf is where statements stand.
func placesOf(statements []statement) []span {
	all := make([]span, len(statements))
	for i, st := range statements {
		all[i] = span{st.start, st.end}
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
		leads: lexicon.LeadLabels, joins: lexicon.JointLabels, answers: lexicon.ResponsibleLabels,
	})
	asideLabels = lexicon.Classify(map[role]lexicon.Words{persons: lexicon.PersonLabels, dates: lexicon.DueLabels})
	predicates  = lexicon.Classify(map[role]lexicon.Words{
		leads: lexicon.LeadVerbs, joins: lexicon.JointVerbs, answers: lexicon.ResponsibleVerbs,
	})
)

// longestStatement is the most bytes a bracket of agencies takes.
const longestStatement = 1800

// statements finds the agency statements of a passage in order. Statements
// that follow each other without text between are one.
func statements(p *passage, firstLeads bool) []statement {
	var found []statement
	add := func(st statement) {
		if n := len(found); n > 0 && strings.Trim(p.text[found[n-1].end:st.start], "\n,;。") == "" {
			last := &found[n-1]
			last.join(st)
			return
		}
		found = append(found, st)
	}
	opens := true // a label may stand here
	for i := 0; i < len(p.text); {
		r, size := runeAt(p.text, i)
		if st, ok := statementAt(p, i, r, opens, firstLeads); ok {
			add(st)
			i, opens = st.end, true
			continue
		}
		opens = strings.ContainsRune("。;\n!,", r)
		i += size
	}
	return found
}

// join takes in the statement after this one. Agencies that are only
// responsible lead in neither when the other names who does.
func (st *statement) join(next statement) {
	if st.answering && !next.answering && len(next.lead) > 0 {
		st.joint, st.lead = union(st.lead, st.joint), nil
	}
	if next.answering && !st.answering && len(st.lead) > 0 {
		next.joint, next.lead = union(next.lead, next.joint), nil
	}
	if st.due == nil {
		st.due = next.due
	}
	st.end, st.answering = next.end, st.answering && next.answering
	st.lead = union(st.lead, next.lead)
	st.joint = without(union(st.joint, next.joint), st.lead)
}

func statementAt(p *passage, i int, r rune, opens, firstLeads bool) (statement, bool) {
	if r == '(' || r == '[' {
		end := closing(p.text, i)
		if end < 0 {
			return statement{}, false
		}
		st, ok := bracketStatement(p, i+1, end, firstLeads)
		st.start, st.end = i, end+1
		return st, ok
	}
	if !opens {
		return statement{}, false
	}
	if st, ok := statementInSentence(p, i, firstLeads); ok {
		return st, true
	}
	label := roleLabels.Prefix(p.text[i:])
	if label == "" || !strings.HasPrefix(p.text[i+len(label):], ":") || strings.HasSuffix(p.text[:i], ",") {
		return statement{}, false
	}
	end := lineEnd(p.text, i)
	st := labelled(p, i, end, firstLeads)
	st.start, st.end = i, end
	return st, len(st.lead)+len(st.joint) > 0
}

// closing is the place of the bracket that closes the one at i, or -1.
func closing(text string, i int) int {
	depth := 0
	for k, r := range after(text, i, longestStatement) {
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
	rest := after(text, i, longestStatement)
	if at := strings.IndexAny(rest, "\n。"); at >= 0 {
		return i + at
	}
	return i + len(rest)
}

// bracketStatement reads what stands in a bracket; ok is false when it names
// no agencies. A list without any word about roles has to look like agencies
// and to stand where a sentence ends.
func bracketStatement(p *passage, start, end int, firstLeads bool) (st statement, ok bool) {
	content := p.text[start:end]
	if _, _, ok := labelAt(content); ok {
		st = labelled(p, start, end, firstLeads)
		return st, len(st.lead)+len(st.joint) > 0
	}
	if st, ok = predicated(p, start, end, firstLeads); ok {
		return st, true
	}
	if !endsSentence(p.text[end+1:]) {
		return statement{}, false
	}
	names := agencyNames(p, start, end)
	for _, name := range names {
		if !looksLikeAgency(name) {
			return statement{}, false
		}
	}
	return assign(nil, names, nil, firstLeads), len(names) > 0
}

func endsSentence(rest string) bool {
	return rest == "" || strings.ContainsRune("。;\n!", firstRune(rest))
}

// labelled reads 牵头单位:A、B,参与单位:C.
func labelled(p *passage, start, end int, firstLeads bool) statement {
	var by [persons][]string
	var due *token
	current, from := answers, start
	flush := func(to int) {
		if current == dates {
			due = firstDate(p, from, to)
		}
		if current >= persons {
			return
		}
		if word := predicates.Suffix(p.text[from:to]); predicates.Class(word) == leads && word != "" {
			current, to = leads, to-len(word)
		}
		by[current] = append(by[current], agencyNames(p, from, to)...)
	}
	for i := start; i < end; {
		if label, role, ok := labelAt(p.text[i:end]); ok {
			flush(i)
			current, from = role, i+len(label)+1
			i = from
			continue
		}
		_, size := runeAt(p.text, i)
		i += size
	}
	flush(end)
	st := assign(by[leads], by[answers], by[joins], firstLeads)
	st.due = due
	return st
}

// labelAt reads the label and colon that a text begins with.
func labelAt(text string) (label string, r role, ok bool) {
	label = roleLabels.Prefix(text)
	r = roleLabels.Class(label)
	if aside := asideLabels.Prefix(text); len(aside) > len(label) {
		label, r = aside, asideLabels.Class(aside)
	}
	return label, r, label != "" && strings.HasPrefix(text[len(label):], ":")
}

// firstDate is the date that a part of the passage begins with, or nil.
func firstDate(p *passage, from, to int) *token {
	w, size := dateAt(p.text[from:to])
	if size == 0 {
		return nil
	}
	return &token{start: from, end: from + size, class: dateClass, when: w}
}

// predicated reads A牵头,B、C配合 and A、B负责.
func predicated(p *passage, start, end int, firstLeads bool) (statement, bool) {
	var by [persons][]string
	from, any := start, false
	for i := start; i <= end; {
		if i < end && p.text[i] != ',' && p.text[i] != ';' {
			_, size := runeAt(p.text, i)
			i += size
			continue
		}
		if word := predicates.Suffix(p.text[from:i]); word != "" {
			names := agencyNames(p, from, i-len(word))
			for _, name := range names {
				if !looksLikeAgency(name) {
					return statement{}, false
				}
			}
			by[predicates.Class(word)] = append(by[predicates.Class(word)], names...)
			any = any || len(names) > 0
			from = i + 1
		}
		i++
	}
	if !any || strings.Trim(p.text[min(from, end):end], " ") != "" {
		return statement{}, false
	}
	return assign(by[leads], by[answers], by[joins], firstLeads), true
}

// assign settles the agencies that only answer for a task: they lead when
// nobody else does, or the first of them when the plan says so.
func assign(lead, answering, joint []string, firstLeads bool) statement {
	onlyAnswering := len(lead) == 0
	switch {
	case !onlyAnswering:
		joint = append(answering, joint...)
	case firstLeads && len(answering) > 0:
		lead, joint = answering[:1], append(answering[1:len(answering):len(answering)], joint...)
	default:
		lead = answering
	}
	lead = union(nil, lead)
	return statement{lead: lead, joint: without(union(nil, joint), lead), answering: onlyAnswering}
}

// agencyNames splits a list of agencies as the plan writes them.
func agencyNames(p *passage, start, end int) []string {
	var names []string
	depth, from := 0, start
	take := func(to int) {
		if a, b := trimAgency(p.text, from, to); a < b {
			names = append(names, p.written(a, b))
		}
	}
	for i := start; i < end; {
		r, size := runeAt(p.text, i)
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth <= 0 && strings.ContainsRune("、,;\n", r):
			take(i)
			from = i + size
		case depth <= 0 && joinsAgencies(p.text[from:i], p.text[i:end]):
			take(i)
			from = i + size
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
	return word != "" && lexicon.AgencyEndings.Suffix(left) != "" && lexicon.AgencyPrefixes.Prefix(right[len(word):]) != "" && looksLikeAgency(left)
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

// longestAgency is the most characters of an agency's name.
const longestAgency = 40

// looksLikeAgency reports whether a text is the name of an agency: it ends like one, and
// begins with a place or ends in a word that few other names end in.
func looksLikeAgency(name string) bool {
	n := utf8.RuneCountInString(name)
	if n < 2 || n > longestAgency || strings.ContainsAny(name, "0123456789%。;:“”") {
		return false
	}
	bare, _, _ := strings.Cut(strings.NewReplacer("（", "(", "）", ")").Replace(name), "(")
	return lexicon.AgencyEndings.Suffix(bare) != "" && (lexicon.AgencyPrefixes.Prefix(bare) != "" || lexicon.CertainAgencyEndings.Suffix(bare) != "")
}

// union is the names of a and then those of b that are not in a.
func union(a, b []string) []string {
	for _, name := range b {
		if !slices.Contains(a, name) {
			a = append(a, name)
		}
	}
	return a
}

// without is the names but for those to drop.
func without(names, drop []string) []string {
	var kept []string
	for _, name := range names {
		if !slices.Contains(drop, name) {
			kept = append(kept, name)
		}
	}
	return kept
}

// saysFirstLeads reports whether the plan says that the agency named first is
// the one that leads.
func saysFirstLeads(s *script) bool {
	text := s.compactLine(line{start: 0, end: len(s.norm)})
	for {
		at := strings.Index(text, "牵头")
		if at < 0 {
			return false
		}
		around := before(text, at, 60)
		if lexicon.FirstPlaceWords.In(around) && strings.Contains(around, "为") || lexicon.FirstPlaceWords.In(around) && strings.HasPrefix(text[at:], "牵头单位") {
			return true
		}
		text = text[at+len("牵头"):]
	}
}
