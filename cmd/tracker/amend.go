package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type planAmendCommand struct {
	planTerm
	databaseFlag
	Code    string `required:"" help:"The plan's code."`
	Confirm bool   `help:"Apply the difference."`
	File    string `arg:"" type:"existingfile" help:"The newer text, docx, HTML or PDF; - is standard input."`
}

// Run prints what a newer text does to a plan and, when told to, applies
// exactly that.
func (c planAmendCommand) Run(s *session) error {
	file, err := s.openPlan(c.File, c.planTerm)
	if err != nil {
		return err
	}
	file.Code = c.Code
	return c.withPlans(s, func(service *tracker.Service, _ *store.Store) error {
		found, err := service.AmendPlan(s.ctx, file, "")
		if err != nil {
			return err
		}
		if err := printAmendment(s.out, found); err != nil {
			return err
		}
		done := "仅比对，未保存；加 --confirm 生效 / compared, nothing stored; apply with --confirm"
		switch {
		case found.Token == "":
			done = "与现行文本相同，无需调整 / the plan has this text already"
		case c.Confirm:
			if found, err = service.AmendPlan(s.ctx, file, found.Token); err != nil {
				return err
			}
			done = fmt.Sprintf("已调整为第 %d 版 / amended, version %d", found.To.Version, found.To.Version)
		}
		_, err = fmt.Fprintf(s.out, "%s: %s\n", done, c.Code)
		return err
	})
}

// printAmendment prints a difference for people, one table for each kind that
// there is.
func printAmendment(out io.Writer, a tracker.Amendment) error {
	d := a.Diff
	_, err := fmt.Fprintf(out, "第 %d 版 → 第 %d 版：新增 %d，删除 %d，修改 %d，移动 %d，不变 %d\n",
		a.From.Version, a.To.Version, len(d.Added), len(d.Removed), len(d.Changed), len(d.Moved), d.Unchanged)
	if err != nil {
		return err
	}
	var added, removed, changed, moved, plan []table.Row
	var fresh []indicator.Indicator
	for _, f := range a.Fields() {
		plan = append(plan, table.Row{f.Field, orDash(f.Before), orDash(f.After)})
	}
	for _, x := range d.Added {
		in := x.Indicator
		fresh = append(fresh, in)
		added = append(added, table.Row{in.Code, nameCell(in) + "\n" + shorten(in.Source.Quote), goalCell(in), meaningCell(in)})
	}
	for _, x := range d.Removed {
		in, note := x.Indicator, ""
		if x.Successor >= 0 {
			successor := d.Added[x.Successor].Indicator
			note = successor.Code + "：" + x.Why(successor).ZH
		}
		removed = append(removed, table.Row{in.Code, in.Name, phrase(in.Target), in.State.Label().ZH, note})
	}
	for _, x := range d.Changed {
		for _, f := range x.Fields {
			changed = append(changed, table.Row{x.Before.Code, x.After.Name, f.Field, orDash(f.Before), orDash(f.After)})
		}
		if before, after := x.Before.Source.Quote, x.After.Source.Quote; before != after {
			changed = append(changed, table.Row{x.Before.Code, x.After.Name, "原文", orDash(shorten(before)), shorten(after)})
		}
	}
	for _, x := range d.Moved {
		moved = append(moved, table.Row{x.Before.Code, x.After.Name, x.Before.Task, x.After.Task, x.Before.Section, x.After.Section})
	}
	return errors.Join(printListings(out,
		listing{"计划 / plan", table.Row{"字段", "原为", "改为"}, plan},
		listing{"新增 / added", table.Row{"代码", "指标\n原文", "目标\n时限", "方向\n进程"}, added},
		listing{"删除 / removed", table.Row{"代码", "指标", "目标", "状态", "说明"}, removed},
		listing{"修改 / changed", table.Row{"代码", "指标", "字段", "原为", "改为"}, changed},
		listing{"移动 / moved", table.Row{"代码", "指标", "原任务", "现任务", "原篇章", "现篇章"}, moved},
		listing{"新增节点 / milestones added", milestoneHeader, milestonesBeside(a.To.Milestones, a.From.Milestones)},
		listing{"删除节点 / milestones removed", milestoneHeader, milestonesBeside(a.From.Milestones, a.To.Milestones)},
	), printPartsBeside(out, a.From, a.To), printImplied(out, fresh))
}

// milestonesBeside are rows of the dated steps that others do not have, by what is to be done and
// when: a task may have got another number.
func milestonesBeside(steps, others []indicator.PlanMilestone) (rows []table.Row) {
	for _, m := range steps {
		same := func(o indicator.PlanMilestone) bool { return o.Title == m.Title && o.DueOn == m.DueOn }
		if !slices.ContainsFunc(others, same) {
			rows = append(rows, milestoneRow(m))
		}
	}
	return rows
}

// listing is one table of a difference.
type listing struct {
	title  string
	header table.Row
	rows   []table.Row
}

func printListings(out io.Writer, listings ...listing) error {
	for _, l := range listings {
		if len(l.rows) == 0 {
			continue
		}
		t := table.NewWriter()
		t.SetStyle(table.StyleLight)
		t.AppendHeader(l.header)
		t.AppendRows(l.rows)
		t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, WidthMax: 32}, {Number: 5, WidthMax: quoteWidth}})
		if _, err := fmt.Fprintf(out, "%s\n%s\n", l.title, t.Render()); err != nil {
			return err
		}
	}
	return nil
}
