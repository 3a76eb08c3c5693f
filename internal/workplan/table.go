package workplan

import (
	"sort"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// row is one row of a table: the cells by what their column is for.
type row struct {
	cells map[column][]line
}

// column says what a column of a table is for.
type column int

// What columns are for.
const (
	otherColumn       column = iota
	numberColumn             // 序号
	taskColumn               // 工作任务
	dueColumn                // 完成时限
	leadColumn               // 牵头单位
	jointColumn              // 配合单位
	responsibleColumn        // 责任单位: lead unless another column is
	measureColumn            // 计量单位
	targetColumn             // 目标值
	baseColumn               // 基数
	skipColumn               // 责任领导, 备注
)

// headings tell a column's purpose by the words in its heading; the first that
// fits decides.
var headings = []struct {
	words  lexicon.Words
	column column
}{
	{lexicon.Split("序号 编号 项目编号"), numberColumn},
	{lexicon.Split("责任领导 牵头领导 分管领导 负责人 责任人 联系人 联系电话 备注 类别 属性 分类 领域"), skipColumn},
	{lexicon.Split("牵头 主办"), leadColumn},
	{lexicon.Split("配合 参与 参加 协办 协助 协同"), jointColumn},
	{lexicon.Split("责任单位 责任部门 责任主体 承办单位 负责单位 实施单位 主管部门 建设单位"), responsibleColumn},
	{lexicon.Split("时限 完成时间 时间节点 完成期限 时间要求 完成日期"), dueColumn},
	{lexicon.Split("计量单位 指标单位"), measureColumn},
	{lexicon.Split("基数 基期 现状 完成值 实际值 上年"), baseColumn},
	{lexicon.Split("目标值 年目标 预期目标 计划目标"), targetColumn},
	{lexicon.Split("任务 项目 内容 事项 指标 工作 举措 措施 计划 要求 目标 名称 标准 进度"), taskColumn},
}

func columnOf(heading string) column {
	if heading == "单位" {
		return measureColumn
	}
	for _, h := range headings {
		if h.words.In(heading) {
			return h.column
		}
	}
	return otherColumn
}

// longestColumnHeading is the most characters of a column's heading.
const longestColumnHeading = 14

// tableAt reads the table of tasks with each cell on a line whose heading is at line i.
// It returns i when there is none.
func tableAt(s *script, i int) (rows []node, next int) {
	if columns, first := stackedHeading(s, i); columns != nil {
		return stackedRows(s, first, columns)
	}
	return nil, i
}

// columnsOf is what the cells of a heading are for, or nil when they are no
// heading: there must be a task and something else.
func columnsOf(s *script, cells []line) []column {
	columns := make([]column, len(cells))
	found := map[column]bool{}
	for i, c := range cells {
		if c.end-c.start > longestColumnHeading {
			return nil
		}
		columns[i] = columnOf(s.compactLine(c))
		found[columns[i]] = true
	}
	if !found[taskColumn] && !found[targetColumn] || len(found) < 2 {
		return nil
	}
	for i, c := range columns {
		if c == responsibleColumn {
			columns[i] = leadColumn
			if found[leadColumn] {
				columns[i] = jointColumn
			}
		}
	}
	return columns
}

// stackedHeading reads a heading whose cells are lines: 序号, then the others.
func stackedHeading(s *script, i int) (columns []column, first int) {
	var cells []line
	for first = i; first < len(s.lines); first++ {
		l := s.lines[first]
		if l.start == l.end {
			continue
		}
		text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestColumnHeading+1)})
		if l.end-l.start > longestColumnHeading || columnOf(text) == otherColumn {
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
func stackedRows(s *script, first int, columns []column) (rows []node, next int) {
	next = first
	for n := 1; next < len(s.lines); n++ {
		start := nextFilled(s, next)
		if start >= len(s.lines) || s.compactLine(s.lines[start]) != strconv.Itoa(n) {
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

func nextFilled(s *script, i int) int {
	for i < len(s.lines) && s.lines[i].start == s.lines[i].end {
		i++
	}
	return i
}

// longestRow is the most lines one row of a stacked table takes.
const longestRow = 40

// rowEnd is the line of the next row's number, or the line after as many cells
// as there are columns.
func rowEnd(s *script, start, nextNumber, cells int) int {
	want := strconv.Itoa(nextNumber)
	for i := start; i < len(s.lines) && i < start+longestRow; i++ {
		if l := s.lines[i]; l.end-l.start == len(want) && s.compactLine(l) == want {
			return i
		}
	}
	end := start
	for ; end < len(s.lines) && cells > 0; end++ {
		if l := s.lines[end]; l.start < l.end {
			cells--
		}
	}
	for end < len(s.lines) && end < start+longestRow && namesAgency(s, s.lines[end]) {
		end++
	}
	return end
}

// namesAgency reports whether a line begins with the name of an agency: the
// last row of a table may have a task of several lines before its agencies.
func namesAgency(s *script, l line) bool {
	text := s.compactLine(line{start: l.start, end: min(l.end, l.start+longestStatement)})
	first, _, _ := strings.Cut(text, "、")
	return markerAt(text).level == noLevel && !endsBody(text) && looksLikeAgency(first)
}

func stackedRow(s *script, n, start, end int, columns []column) node {
	var cells []line
	for i := start + 1; i < end; i++ {
		if l := s.lines[i]; l.start < l.end {
			l.whole = true
			cells = append(cells, l)
		}
	}
	r := &row{cells: map[column][]line{numberColumn: {s.lines[start]}}}
	rest := columns[1:]
	for len(rest) > 1 && len(cells) > 1 && rest[len(rest)-1] != taskColumn {
		last := len(rest) - 1
		r.cells[rest[last]] = append(r.cells[rest[last]], cells[len(cells)-1])
		rest, cells = rest[:last], cells[:len(cells)-1]
	}
	for k, c := range cells {
		at := rest[min(k, len(rest)-1)]
		r.cells[at] = append(r.cells[at], c)
	}
	return node{level: tableLine, n: n, first: start, last: end, row: r}
}

// lines are the cells of columns, in the order of the text.
func (r *row) lines(columns ...column) []line {
	var cells []line
	for _, c := range columns {
		cells = append(cells, r.cells[c]...)
	}
	sort.Slice(cells, func(i, j int) bool { return cells[i].start < cells[j].start })
	return cells
}
