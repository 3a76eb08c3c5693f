package outline

import (
	"sort"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/agency"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// Row is one row of a table: the cells by what their column is for.
type Row struct {
	Cells map[Column][]prose.Line
}

// Column says what a column of a table is for.
type Column int

// What columns are for.
const (
	OtherColumn       Column = iota
	numberColumn             // 序号
	TaskColumn               // 工作任务
	DueColumn                // 完成时限
	LeadColumn               // 牵头单位
	JointColumn              // 配合单位
	responsibleColumn        // 责任单位: lead unless another column is
	measureColumn            // 计量单位
	TargetColumn             // 目标值
	baseColumn               // 基数
	skipColumn               // 责任领导, 备注
)

// headings tell a column's purpose by a word in its heading, where it is none that is
// known as a whole; the first that fits decides.
var headings = []struct {
	words  lexicon.Words
	column Column
}{
	{lexicon.PersonLabels, skipColumn},
	{lexicon.BindingHeads, skipColumn},
	{lexicon.CategoryHeads, skipColumn},
	{lexicon.AgencyVerb.Of("lead"), LeadColumn},
	{lexicon.AgencyVerb.Of("joint"), JointColumn},
	{lexicon.AgencyLabel.Of("responsible"), responsibleColumn},
	{lexicon.DueLabels, DueColumn},
	{lexicon.LongUnitHeads, measureColumn},
	{lexicon.ColumnBases, baseColumn},
	{lexicon.FirmGoalHeads, TargetColumn},
	{lexicon.NameHeads, TaskColumn},
}

func columnOf(heading string) Column {
	switch {
	case lexicon.UnitHeads.Has(heading):
		return measureColumn
	case lexicon.SerialHeads.Has(heading):
		return numberColumn
	case lexicon.AsideHeads.Has(heading):
		return skipColumn
	}
	for _, h := range headings {
		if h.words.In(heading) {
			return h.column
		}
	}
	return OtherColumn
}

// longestColumnHeading is the most characters of a column's heading.
const longestColumnHeading = 14

// TableAt reads the table of tasks with each cell on a line whose heading is at line i.
// It returns i when there is none.
func TableAt(s *prose.Source, i int) (rows []Node, next int) {
	if columns, first := stackedHeading(s, i); columns != nil {
		return stackedRows(s, first, columns)
	}
	return nil, i
}

// columnsOf is what the cells of a heading are for, or nil when they are no
// heading: there must be a task and something else.
func columnsOf(s *prose.Source, cells []prose.Line) []Column {
	columns := make([]Column, len(cells))
	found := map[Column]bool{}
	for i, c := range cells {
		if c.End-c.Start > longestColumnHeading {
			return nil
		}
		columns[i] = columnOf(s.CompactLine(c))
		found[columns[i]] = true
	}
	if !found[TaskColumn] && !found[TargetColumn] || len(found) < 2 {
		return nil
	}
	for i, c := range columns {
		if c == responsibleColumn {
			columns[i] = LeadColumn
			if found[LeadColumn] {
				columns[i] = JointColumn
			}
		}
	}
	return columns
}

// stackedHeading reads a heading whose cells are lines: 序号, then the others.
func stackedHeading(s *prose.Source, i int) (columns []Column, first int) {
	var cells []prose.Line
	for first = i; first < len(s.Lines); first++ {
		l := s.Lines[first]
		if l.Start == l.End {
			continue
		}
		text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+longestColumnHeading+1)})
		if l.End-l.Start > longestColumnHeading || columnOf(text) == OtherColumn {
			break
		}
		if isNumber := columnOf(text) == numberColumn; len(cells) == 0 && !isNumber {
			return nil, i
		} else if len(cells) > 0 && isNumber {
			break // a head has one column of numbers
		}
		cells = append(cells, l)
	}
	if len(cells) < 3 {
		return nil, i
	}
	return columnsOf(s, cells), first
}

// stackedRows reads rows whose cells are lines. A row begins at the line that
// is the next number; agencies are the last cells, and what is left over
// between is the task.
func stackedRows(s *prose.Source, first int, columns []Column) (rows []Node, next int) {
	next = first
	for n := 1; next < len(s.Lines); n++ {
		start := nextFilled(s, next)
		if start >= len(s.Lines) || s.CompactLine(s.Lines[start]) != strconv.Itoa(n) {
			break
		}
		end := rowEnd(s, start+1, n+1, len(columns)-1)
		rows = append(rows, stackedRow(s, n, start, end, columns))
		next = end
	}
	if len(rows) == 0 {
		return nil, first
	}
	return rows, next
}

func nextFilled(s *prose.Source, i int) int {
	for i < len(s.Lines) && s.Lines[i].Start == s.Lines[i].End {
		i++
	}
	return i
}

// longestRow is the most lines one row of a stacked table takes.
const longestRow = 40

// rowEnd is the line of the next row's number, or the line after as many cells
// as there are columns.
func rowEnd(s *prose.Source, start, nextNumber, cells int) int {
	want := strconv.Itoa(nextNumber)
	for i := start; i < len(s.Lines) && i < start+longestRow; i++ {
		if l := s.Lines[i]; l.End-l.Start == len(want) && s.CompactLine(l) == want {
			return i
		}
	}
	end := start
	for ; end < len(s.Lines) && cells > 0; end++ {
		if l := s.Lines[end]; l.Start < l.End {
			cells--
		}
	}
	for end < len(s.Lines) && end < start+longestRow && namesAgency(s, s.Lines[end]) {
		end++
	}
	return end
}

// namesAgency reports whether a line begins with the name of an agency: the
// last row of a table may have a task of several lines before its agencies.
func namesAgency(s *prose.Source, l prose.Line) bool {
	text := s.CompactLine(prose.Line{Start: l.Start, End: min(l.End, l.Start+agency.LongestStatement)})
	first, _, _ := strings.Cut(text, "、")
	return MarkerAt(text).Level == NoLevel && !endsBody(text) && agency.IsName(first)
}

func stackedRow(s *prose.Source, n, start, end int, columns []Column) Node {
	var cells []prose.Line
	for i := start + 1; i < end; i++ {
		if l := s.Lines[i]; l.Start < l.End {
			l.Whole = true
			cells = append(cells, l)
		}
	}
	r := &Row{Cells: map[Column][]prose.Line{numberColumn: {s.Lines[start]}}}
	rest := columns[1:]
	for len(rest) > 1 && len(cells) > 1 && rest[len(rest)-1] != TaskColumn {
		last := len(rest) - 1
		r.Cells[rest[last]] = append(r.Cells[rest[last]], cells[len(cells)-1])
		rest, cells = rest[:last], cells[:len(cells)-1]
	}
	for k, c := range cells {
		at := rest[min(k, len(rest)-1)]
		r.Cells[at] = append(r.Cells[at], c)
	}
	return Node{Level: TableLine, N: n, First: start, Last: end, Row: r}
}

// Lines are the cells of columns, in the order of the text.
func (r *Row) Lines(columns ...Column) []prose.Line {
	var cells []prose.Line
	for _, c := range columns {
		cells = append(cells, r.Cells[c]...)
	}
	sort.Slice(cells, func(i, j int) bool { return cells[i].Start < cells[j].Start })
	return cells
}
