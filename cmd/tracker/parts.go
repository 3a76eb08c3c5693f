package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// printParts lists the shares that tables hand out to places, each whole with its places.
func printParts(out io.Writer, read tracker.ImportedPlan) error {
	parts := read.Plan.Parts
	if len(parts) == 0 {
		return nil
	}
	t := indicatorTable(table.Row{"任务", "分解指标\n时限", "合计", "各地"},
		table.ColumnConfig{Number: 2, WidthMax: 24}, table.ColumnConfig{Number: 4, WidthMax: 48})
	targets := make(map[indicator.WholeKey]indicator.Target, len(read.Indicators))
	for _, in := range read.Indicators {
		targets[indicator.WholeKey{Task: in.Task, Name: in.Name, DueOn: in.DueOn.String()}] = in.Target
	}
	groups := indicator.Grouped(parts, indicator.PlanPart.Key)
	gaps := indicator.Gaps(groups, func(p indicator.PlanPart) (task, area string) { return p.Task, p.Area })
	for i, shares := range groups {
		first := shares[0]
		whole, cells := "—", make([]string, len(shares))
		for j, p := range shares {
			cells[j] = p.Area + " " + strings.TrimPrefix(phrase(p.Target), "= ")
		}
		places := strings.Join(cells, "，")
		if target, found := targets[first.Key().Whole()]; found {
			whole = phrase(target)
			places += sumLine(shares, target, gaps[i])
		} else if target, found := targets[indicator.WholeKey{Task: first.Task, Name: first.Name, DueOn: first.DueOn.String()}]; found && first.PartOf == "" {
			whole = phrase(target)
		}
		t.AppendRow(table.Row{first.Task, first.Name + "\n" + first.DueOn.String(), whole, places})
	}
	_, err := fmt.Fprintf(out, "%s\n分解到各地的指标 %d 项，随计划文本保存，不报实绩 / %[2]d shares of places are kept with the plan's text, and take no measurements\n", t.Render(), len(parts))
	return err
}

// sumLine is a line of what shares add up to; empty where that is not exact.
func sumLine(shares []indicator.PlanPart, whole indicator.Target, gaps bool) string {
	unit := whole.Unit.String()
	figures := make([]string, len(shares))
	for i, p := range shares {
		figures[i] = exactFigure(p.Target, unit)
	}
	sum, ok := indicator.SumOfParts(figures, exactFigure(whole, unit), unit, gaps)
	if !ok {
		return ""
	}
	return "\n" + sum.Said.ZH
}

// exactFigure is the figure of a target that is one, in the unit; else empty.
func exactFigure(t indicator.Target, unit string) string {
	if t.Waits || t.ValueHigh != nil || t.Comparator != indicator.Equal || t.Unit.String() != unit {
		return ""
	}
	return t.Value.String()
}

var partHeader = table.Row{"任务", "指标", "地区", "目标", "时限"}

// printPartsBeside prints the shares that a newer text has and the plan has not, and the other way
// about. Those of a version that was stored before shares were kept are not known.
func printPartsBeside(out io.Writer, from, to indicator.Plan) error {
	if from.Parts == nil {
		if len(to.Parts) == 0 {
			return nil
		}
		_, err := fmt.Fprintf(out, "新文本分解到各地的指标 %d 项；第 %d 版保存时还不留存，无从比较 / the newer text hands out %[1]d shares to places; version %[2]d was stored before they were kept, so they are not compared\n",
			len(to.Parts), from.Version)
		return err
	}
	return printListings(out,
		listing{"新增分解 / shares added", partHeader, partsBeside(to.Parts, from.Parts)},
		listing{"删除分解 / shares removed", partHeader, partsBeside(from.Parts, to.Parts)},
	)
}

// partsBeside are rows of the shares that others do not have, by what they say: a task may have got
// another number.
func partsBeside(parts, others []indicator.PlanPart) (rows []table.Row) {
	said := func(p indicator.PlanPart) [5]string {
		return [...]string{p.Name, p.Area, p.PartOf, phrase(p.Target), p.DueOn.String()}
	}
	known := map[[5]string]bool{}
	for _, o := range others {
		known[said(o)] = true
	}
	for _, p := range parts {
		if !known[said(p)] {
			rows = append(rows, table.Row{p.Task, p.Name, p.Area, phrase(p.Target), p.DueOn.String()})
		}
	}
	return rows
}
