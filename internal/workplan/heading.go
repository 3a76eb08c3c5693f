package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// level is how deep in a plan's numbering a marker stands.
type level int

// The levels.
const (
	noLevel   level = iota
	chapter         // 一、 第一章
	article         // （一）
	numbered        // 1. 1、
	tableLine       // a row of a table
)

// marker is the number that a line begins with.
type marker struct {
	level level
	n     int
	size  int  // bytes of the compact line
	loose bool // it is one only where the number before it stands
}

// markerAt reads the marker of a compact line. Markers of points within an
// item, such as (1) and ①, are no markers here: they belong to the item.
func markerAt(s string) marker {
	for _, read := range []func(string) marker{chapterAt, articleAt, numberAt} {
		if m := read(s); m.level != noLevel {
			return m
		}
	}
	return marker{}
}

func chapterAt(s string) marker {
	rest, ordinal := strings.CutPrefix(s, "第")
	run := numeralRun(after(rest, 0, 20))
	n, ok := parseNumeral(rest[:run])
	if !ok || n == 0 || n > 99 {
		return marker{}
	}
	size := len(s) - len(rest) + run
	if ordinal {
		if sign := lexicon.ChapterMarks.Prefix(rest[run:]); sign != "" {
			return marker{level: chapter, n: int(n), size: size + len(sign)}
		}
		if strings.HasPrefix(rest[run:], "条") {
			return marker{level: numbered, n: int(n), size: size + len("条")}
		}
		return marker{}
	}
	for _, sign := range []string{"、", ".", ","} {
		if strings.HasPrefix(rest[run:], sign) {
			return marker{level: chapter, n: int(n), size: size + len(sign)}
		}
	}
	return marker{}
}

func articleAt(s string) marker {
	rest, ok := strings.CutPrefix(s, "(")
	if !ok {
		return marker{}
	}
	run := numeralRun(after(rest, 0, 20))
	n, ok := parseNumeral(rest[:run])
	if !ok || n == 0 || n > 199 || !strings.HasPrefix(rest[run:], ")") {
		return marker{}
	}
	return marker{level: article, n: int(n), size: len("(") + run + len(")")}
}

// numberAt reads 1. and 1、. A digit after the point (6.6月底前) makes the
// marker loose: it is one only where the number before it stands.
func numberAt(s string) marker {
	n, size := digitsAt(s, 3)
	if size == 0 || n == 0 {
		return marker{}
	}
	for _, sign := range []string{"、", ".", ")", ","} {
		if rest, ok := strings.CutPrefix(s[size:], sign); ok {
			return marker{level: numbered, n: n, size: size + len(sign), loose: startsDigit(rest) || sign == ","}
		}
	}
	return marker{}
}

// longestHeading is the most characters a heading without a full stop has.
const longestHeading = 50

// headingEnd is where the heading that a compact line begins with ends: at the
// first full stop or at the end of the line. A line that is too long for a
// heading, or is cut into clauses, is none and ends at its first clause.
func headingEnd(s string) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '“', '《', '(':
			depth++
		case '”', '》', ')':
			depth--
		case '。', ';', '\n':
			return i
		case ':':
			if depth <= 0 && i > 0 {
				return i
			}
		}
	}
	return len(s)
}
