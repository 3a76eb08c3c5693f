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

// impliedMark stands behind the name of an indicator whose target no figure states.
const impliedMark = "※"

func nameCell(in indicator.Indicator) string {
	if in.Source.IsImplied() {
		return in.Name + impliedMark
	}
	return in.Name
}

// printImplied says what the mark means, where it stands.
func printImplied(out io.Writer, ins []indicator.Indicator) error {
	if !slices.ContainsFunc(ins, func(in indicator.Indicator) bool { return in.Source.IsImplied() }) {
		return nil
	}
	_, err := fmt.Fprintf(out, "标有“%[1]s”的没有写明数值，由文意推定，审核后方生效 / %[1]s marks a target that no figure states: a draft until somebody confirms it\n", impliedMark)
	return err
}

// printMark explains the mark, where a table of the indicators has it.
func printMark(out io.Writer, ins []indicator.Indicator) error {
	if !slices.ContainsFunc(ins, isAssumed) {
		return nil
	}
	_, err := fmt.Fprintf(out, "标有“%[1]s”的为推定，请核对 / %[1]s marks what was assumed: check it\n", assumedMark)
	return err
}
