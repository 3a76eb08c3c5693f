package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// indicatorTable is a table of indicators whose cells hold two lines. Columns
// that grow with the texts are bounded, so that the whole fits 100 columns of a
// terminal.
func indicatorTable(header table.Row, widths ...table.ColumnConfig) table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateRows = true
	t.AppendHeader(header)
	t.SetColumnConfigs(widths)
	return t
}

// goalCell is a target with its deadline, on the line of which it says that the
// value waits.
func goalCell(in indicator.Indicator) string {
	target, due := phrase(in.Target), in.DueOn.String()
	if asked, waits := strings.CutSuffix(target, waitsMark); waits {
		return asked + "\n待定，" + due
	}
	return target + "\n" + due
}

// assumedMark stands behind what nothing but an assumption settled.
const assumedMark = "？"

// meaningCell says which way is better and how the target is held against time.
func meaningCell(in indicator.Indicator) string {
	arrow := map[indicator.Direction]string{indicator.Increase: "↑ ", indicator.Decrease: "↓ "}[in.Direction]
	return arrow + markAssumed(in.Direction.Label(), in.DirectionBy) + "\n" + courseOf(in)
}

// courseOf is the course with the time that the target is set for, where that is
// not the whole term.
func courseOf(in indicator.Indicator) string {
	course := markAssumed(in.Course.Label(), in.CourseBy)
	switch {
	case in.Each != "":
		return in.Span().ZH
	case in.Kind == indicator.Growth:
		return in.Span().ZH + "，" + course
	}
	return course
}

func markAssumed(label fault.Text, by indicator.Settled) string {
	if by == indicator.Assumed {
		return label.ZH + assumedMark
	}
	return label.ZH
}

// isAssumed reports whether nothing settled which way is better, or whether the
// target is reached bit by bit or held.
func isAssumed(in indicator.Indicator) bool {
	return in.DirectionBy == indicator.Assumed || in.CourseBy == indicator.Assumed && in.Each == ""
}

// printMark explains the mark, where a table of the indicators has it.
func printMark(out io.Writer, ins []indicator.Indicator) error {
	if !slices.ContainsFunc(ins, isAssumed) {
		return nil
	}
	_, err := fmt.Fprintf(out, "标有“%[1]s”的为推定，请核对 / %[1]s marks what was assumed: check it\n", assumedMark)
	return err
}
