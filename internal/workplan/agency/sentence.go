package agency

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// statementInSentence reads a clause that says within the sentence who answers for
// it: 责任单位为市商务局, 牵头单位是市科技局, 由市教育局牵头, 市工信局牵头,市商务局配合. It has to end the sentence,
// and to name nothing but agencies.
func statementInSentence(p *prose.Segment, i int, firstLeads bool) (Statement, bool) {
	end := sentenceEnd(p, i)
	if _, _, ok := labelAt(p.Text[i:end]); ok && strings.HasSuffix(p.Text[:i], ",") {
		st := labelled(p, i, end, firstLeads)
		st.Start, st.End = i, end
		return st, len(st.Lead) > 0 && allNames(st.Lead) && allNames(st.Joint)
	}
	if st, ok := copulaStatement(p, i, end, firstLeads); ok {
		return st, true
	}
	from := strings.TrimPrefix(p.Text[i:end], "由")
	if predicates.Suffix(from) == "" {
		return Statement{}, false
	}
	st, ok := predicated(p, end-len(from), end, firstLeads)
	st.Start, st.End = i, end
	return st, ok && len(st.Lead) > 0
}

// sentenceEnd is where the sentence that goes on at i ends.
func sentenceEnd(p *prose.Segment, i int) int {
	rest := prose.After(p.Text, i, prose.Window)
	if at := strings.IndexAny(rest, "。;!\n"); at >= 0 {
		return i + at
	}
	return i + len(rest)
}

func allNames(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !IsName(name) })
}

// copulaStatement reads 责任单位为A,配合单位为B to the end of the sentence.
func copulaStatement(p *prose.Segment, start, end int, firstLeads bool) (Statement, bool) {
	var by [persons][]string
	for at := start; at < end; {
		label := roleLabels.Prefix(p.Text[at:end])
		word := lexicon.Copulas.Prefix(p.Text[at+len(label) : end])
		if label == "" || word == "" {
			return Statement{}, false
		}
		at += len(label) + len(word)
		next := nextLabel(p.Text[at:end])
		stop := at + next
		if cut := strings.IndexByte(p.Text[at:stop], ','); cut >= 0 { // 责任单位为A,B配合
			if more, ok := predicated(p, at+cut+len(","), stop, firstLeads); ok && len(more.Lead) == 0 && allNames(more.Joint) {
				by[joins] = append(by[joins], more.Joint...)
				stop = at + cut
			}
		}
		names := Names(p, at, stop)
		if len(names) == 0 || !allNames(names) {
			return Statement{}, false
		}
		by[roleLabels.Class(label)] = append(by[roleLabels.Class(label)], names...)
		at = min(end, at+next+len(","))
	}
	st := assign(by[leads], by[answers], by[joins], firstLeads)
	st.Start, st.End = start, end
	return st, len(st.Lead)+len(st.Joint) > 0
}

// nextLabel is where in a text a comma stands before the label of a further role,
// or the end of the text.
func nextLabel(text string) int {
	for i, r := range text {
		if r == ',' && roleLabels.Prefix(text[i+len(","):]) != "" {
			return i
		}
	}
	return len(text)
}
