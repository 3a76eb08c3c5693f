package workplan

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// statementInSentence reads a clause that says within the sentence who answers for
// it: 责任单位为市商务局, 牵头单位是市科技局, 由市教育局牵头. It has to end the sentence,
// and to name nothing but agencies.
func statementInSentence(p *passage, i int, firstLeads bool) (statement, bool) {
	end := sentenceEnd(p, i)
	if _, _, ok := labelAt(p.text[i:end]); ok && strings.HasSuffix(p.text[:i], ",") {
		st := labelled(p, i, end, firstLeads)
		st.start, st.end = i, end
		return st, len(st.lead) > 0 && allAgencies(st.lead) && allAgencies(st.joint)
	}
	if st, ok := copulaStatement(p, i, end, firstLeads); ok {
		return st, true
	}
	from, ok := strings.CutPrefix(p.text[i:end], "由")
	if !ok || predicates.Suffix(from) == "" {
		return statement{}, false
	}
	st, ok := predicated(p, i+len("由"), end, firstLeads)
	st.start, st.end = i, end
	return st, ok && len(st.lead) > 0
}

// sentenceEnd is where the sentence that goes on at i ends.
func sentenceEnd(p *passage, i int) int {
	rest := after(p.text, i, window)
	if at := strings.IndexAny(rest, "。;!\n"); at >= 0 {
		return i + at
	}
	return i + len(rest)
}

func allAgencies(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !looksLikeAgency(name) })
}

// copulaStatement reads 责任单位为A,配合单位为B to the end of the sentence.
func copulaStatement(p *passage, start, end int, firstLeads bool) (statement, bool) {
	var by [persons][]string
	for at := start; at < end; {
		label := roleLabels.Prefix(p.text[at:end])
		word := lexicon.Copulas.Prefix(p.text[at+len(label) : end])
		if label == "" || word == "" {
			return statement{}, false
		}
		at += len(label) + len(word)
		next := nextLabel(p.text[at:end])
		stop := at + next
		if cut := strings.IndexByte(p.text[at:stop], ','); cut >= 0 { // 责任单位为A,B配合
			if more, ok := predicated(p, at+cut+len(","), stop, firstLeads); ok && len(more.lead) == 0 && allAgencies(more.joint) {
				by[joins] = append(by[joins], more.joint...)
				stop = at + cut
			}
		}
		names := agencyNames(p, at, stop)
		if len(names) == 0 || !allAgencies(names) {
			return statement{}, false
		}
		by[roleLabels.Class(label)] = append(by[roleLabels.Class(label)], names...)
		at = min(end, at+next+len(","))
	}
	st := assign(by[leads], by[answers], by[joins], firstLeads)
	st.start, st.end = start, end
	return st, len(st.lead)+len(st.joint) > 0
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
