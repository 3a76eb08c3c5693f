package board

import (
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// inText says where in the text that is shown, which is that of the plan's version, the sentence of
// each indicator stands. One of an older version is looked for in its task: an amendment leaves
// what it did not change with the sentence that it was read from.
func (v *visit) inText(ins []v1.Indicator, tasks []v1.Task, text []rune) (map[string]stretch, error) {
	same := map[int]bool{v.Plan.Version: true}
	shown := map[string]stretch{}
	stretches := make(map[string]stretch, len(tasks))
	for _, t := range tasks {
		stretches[t.Number] = stretch{t.Start, t.End}
	}
	for _, in := range ins {
		if in.Source == nil {
			continue
		}
		version := in.Source.DocumentVersion
		if _, known := same[version]; !known {
			older, err := v.planText(in.Plan, version)
			if err != nil {
				return nil, err
			}
			same[version] = slices.Equal(older, text)
		}
		if same[version] {
			shown[in.Code] = stretch{in.Source.Start, in.Source.End}
			continue
		}
		if task, known := stretches[in.Task]; known {
			if at, found := placeIn(text, linesOf(text, task), in.Source.Quote); found && keepsFigure(in, string(text[at.start:at.end])) {
				shown[in.Code] = at
			}
		}
	}
	return shown, nil
}

// keepsFigure reports whether words of a newer text hold the figure of the target as the sentence
// does that it was read from: a share that was added by hand quotes a whole row.
func keepsFigure(in v1.Indicator, words string) bool {
	if in.Target.Value == nil {
		return true
	}
	figure := string(*in.Target.Value)
	return !holdsFigure(in.Source.Quote, figure) || holdsFigure(words, figure)
}

// holdsFigure reports whether a figure stands in a text, and not as a part of another.
func holdsFigure(text, figure string) bool {
	return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }), figure)
}

// linesOf is a part of a text with the rest of its first and last line: the task of a row of a
// table is its name alone.
func linesOf(text []rune, part stretch) stretch {
	for part.start > 0 && part.start <= len(text) && text[part.start-1] != '\n' {
		part.start--
	}
	for part.end >= 0 && part.end < len(text) && text[part.end] != '\n' {
		part.end++
	}
	return part
}

// placeIn finds a sentence in a part of a text, that of a row of a table by its first and its
// last cell, between which other cells may have changed. A sentence that stands there twice is
// that of its first place.
func placeIn(text []rune, part stretch, quote string) (stretch, bool) {
	if quote == "" || part.start < 0 || part.end > len(text) || part.start > part.end {
		return stretch{}, false
	}
	within := string(text[part.start:part.end])
	if at := strings.Index(within, quote); at >= 0 {
		start := part.start + len([]rune(within[:at]))
		return stretch{start, start + len([]rune(quote))}, true
	}
	cells := cellsOf(quote)
	if len(cells) < 2 {
		return stretch{}, false
	}
	at := part.start
	for line := range strings.Lines(within) {
		if n, found := endOfRow(line, cells); found {
			before, _, _ := strings.Cut(line, strings.TrimSpace(cells[0]))
			return stretch{at + len([]rune(before)), at + n}, true
		}
		at += len([]rune(line))
	}
	return stretch{}, false
}

// cellsOf are the cells of a row as its text parts them.
func cellsOf(row string) []string {
	return strings.FieldsFunc(row, func(r rune) bool { return r == '|' || r == '\t' })
}

// endOfRow is where in a line the last of some cells ends, in characters, if the line has the
// first and the last of them in their places.
func endOfRow(line string, cells []string) (end int, found bool) {
	row := cellsOf(line)
	from := slices.IndexFunc(row, func(cell string) bool { return strings.TrimSpace(cell) == strings.TrimSpace(cells[0]) })
	last := from + len(cells) - 1
	if from < 0 || last >= len(row) || strings.TrimSpace(row[last]) != strings.TrimSpace(cells[len(cells)-1]) {
		return 0, false
	}
	at := 0
	for i, cell := range row[:last+1] {
		n := strings.Index(line[at:], cell)
		at += n
		if i < last {
			at += len(cell)
		}
	}
	return len([]rune(line[:at+len(strings.TrimRight(row[last], " \r\n"))])), true
}
