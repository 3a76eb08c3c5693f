package outline

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/workplan/calendar"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// longestPageLine is the most characters of a line of a page's own data.
const longestPageLine = 300

// MarkPage marks the lines in which a page tells about the document: they are no
// part of its text, and nothing goes on into them or out of them.
func MarkPage(s *prose.Source) {
	labelled := false // the line before ends in a label without its value
	for i, l := range s.Lines {
		if l.Start == l.End {
			continue
		}
		n, text := l.End-l.Start, ""
		if n <= longestPageLine {
			text = string(s.Norm[l.Start:l.End])
		}
		if !isPageLine(text) && !(labelled && isPageValue(text)) {
			labelled = false
			continue
		}
		s.Lines[i].Page, s.Lines[i].Whole = true, true
		labelled = strings.HasSuffix(text, ":") || lexicon.PageLabels.Has(text)
	}
}

// isPageValue reports whether a line holds no more than a number, a date or a code.
func isPageValue(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool {
		return r > 0x7f && !strings.ContainsRune("年月日时分秒次人号", r)
	}) < 0
}

// isPageLine reports whether a line holds data of a page: it begins with a label
// of one, has several with their colons, or begins with a date before one.
func isPageLine(text string) bool {
	text = strings.TrimLeft(text, "[(| ")
	if lexicon.PageOpeners.Prefix(text) != "" || lexicon.PageMarks.In(text) {
		return true
	}
	if strings.Contains(text, "。") {
		return false
	}
	if label := lexicon.PageLabels.Prefix(text); label != "" && endsLabel(text[len(label):]) {
		return true
	}
	labels, strong := labelsIn(text)
	if _, size := calendar.At(text); size > 0 && strong {
		return true
	}
	label := lexicon.ColonLabels.Prefix(text)
	return labels > 1 && (strong || label != "" && strings.HasPrefix(strings.TrimLeft(text[len(label):], " "), ":"))
}

// endsLabel reports whether what follows a label is its value and not the rest of
// a word.
func endsLabel(rest string) bool {
	return rest == "" || strings.ContainsRune(" :([|-", prose.FirstRune(rest)) || prose.StartsDigit(rest)
}

// labelsIn counts the labels with a colon in a line; strong says that one of them
// is used for nothing else.
func labelsIn(text string) (n int, strong bool) {
	for rest := text; ; {
		left, right, found := strings.Cut(rest, ":")
		if !found {
			return n, strong
		}
		left = strings.TrimRight(left, " ")
		switch {
		case lexicon.PageLabels.Suffix(left) != "":
			n, strong = n+1, true
		case lexicon.ColonLabels.Suffix(left) != "":
			n++
		}
		rest = right
	}
}

// pageDate is the date that a page gives its document, zero where it gives none.
// When it was written says more than when it was put there.
func pageDate(s *prose.Source) indicator.Date {
	var found indicator.Date
	best := 0
	for _, l := range s.Lines {
		if !l.Page {
			continue
		}
		text := s.CompactLine(l)
		for at, label := lexicon.DatedPageLabels.Find(text); at >= 0; at, label = lexicon.DatedPageLabels.Find(text) {
			text = strings.TrimLeft(text[at+len(label):], ":")
			w, size := calendar.At(text)
			if size == 0 || w.Year == 0 || w.Day == 0 {
				continue
			}
			if rank := labelRank(label); rank > best {
				found, best = w.Start(w.Year), rank
			}
		}
	}
	return found
}

func labelRank(label string) int {
	if strings.HasPrefix(label, "发布") || strings.HasPrefix(label, "公开") {
		return 1
	}
	return 2
}
