package outline

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/numeral"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Level is how deep in a plan's numbering a marker stands.
type Level int

// The levels.
const (
	NoLevel   Level = iota
	Chapter         // 一、 第一章
	Article         // （一）
	Numbered        // 1. 1、
	TableLine       // a row of a table
)

// Marker is the number that a line begins with.
type Marker struct {
	Level Level
	N     int
	Size  int  // bytes of the compact line
	Loose bool // it is one only where the number before it stands
}

// MarkerAt reads the marker of a compact line. Markers of points within an
// item, such as (1) and ①, are no markers here: they belong to the item.
func MarkerAt(s string) Marker {
	for _, read := range []func(string) Marker{chapterAt, articleAt, numberAt} {
		if m := read(s); m.Level != NoLevel {
			return m
		}
	}
	return Marker{}
}

func chapterAt(s string) Marker {
	rest, ordinal := strings.CutPrefix(s, "第")
	run := numeral.Run(prose.After(rest, 0, 20))
	n, ok := numeral.Parse(rest[:run])
	if !ok || n == 0 || n > 99 {
		return Marker{}
	}
	size := len(s) - len(rest) + run
	if ordinal {
		if sign := lexicon.ChapterMarks.Prefix(rest[run:]); sign != "" {
			return Marker{Level: Chapter, N: int(n), Size: size + len(sign)}
		}
		if strings.HasPrefix(rest[run:], "条") {
			return Marker{Level: Numbered, N: int(n), Size: size + len("条")}
		}
		return Marker{}
	}
	for _, sign := range []string{"、", ".", ","} {
		if strings.HasPrefix(rest[run:], sign) {
			return Marker{Level: Chapter, N: int(n), Size: size + len(sign)}
		}
	}
	return Marker{}
}

func articleAt(s string) Marker {
	rest, ok := strings.CutPrefix(s, "(")
	if !ok {
		return Marker{}
	}
	run := numeral.Run(prose.After(rest, 0, 20))
	n, ok := numeral.Parse(rest[:run])
	if !ok || n == 0 || n > 199 || !strings.HasPrefix(rest[run:], ")") {
		return Marker{}
	}
	return Marker{Level: Article, N: int(n), Size: len("(") + run + len(")")}
}

// numberAt reads 1. and 1、. A digit after the point (6.6月底前) makes the
// marker loose: it is one only where the number before it stands.
func numberAt(s string) Marker {
	n, size := prose.DigitsAt(s, 3)
	if size == 0 || n == 0 {
		return Marker{}
	}
	for _, sign := range []string{"、", ".", ")", ","} {
		if rest, ok := strings.CutPrefix(s[size:], sign); ok {
			return Marker{Level: Numbered, N: n, Size: size + len(sign), Loose: prose.StartsDigit(rest) || sign == ","}
		}
	}
	return Marker{}
}

// LongestHeading is the most characters a heading without a full stop has.
const LongestHeading = 50

// HeadingEnd is where the heading that a compact line begins with ends: at the
// first full stop or at the end of the line. A line that is too long for a
// heading, or is cut into clauses, is none and ends at its first clause.
func HeadingEnd(s string) int {
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
