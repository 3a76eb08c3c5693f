package board

import (
	"net/http"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// cycleList is the view of the cycles of a plan.
type cycleList struct {
	Items     []v1.Cycle
	On, AsOf  string
	Downloads downloads
}

func showCycles(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "cycles"
	content := cycleList{On: v.day(), AsOf: v.AsOf}
	var list v1.CycleList
	if err := v.get(&list, v.clocks(), "plans", v.Plan.Code, "cycles"); err != nil {
		return err
	}
	content.Items = list.Items
	content.Downloads = v.downloads(v.clocks(), content.On, content.AsOf, "plans", v.Plan.Code, "cycles")
	v.board.write(v, http.StatusOK, "cycles", v.T("调度", "Cycles")+" · "+v.Plan.Title, content)
	return nil
}

// cyclePage is the view of a cycle.
type cyclePage struct {
	Cycle      v1.Cycle
	Agencies   []v1.CycleRow
	Filters    filters
	Indicators []v1.CycleRow
	Next       string
	On, AsOf   string
	Names      []string
	Forms      []form
	// Withdrawals are the forms of exceptions by their ids.
	Withdrawals map[string][]form
	ByAgency    downloads
	ByIndicator downloads
}

// CycleStep is what happened to a cycle, in words.
func (v *visit) CycleStep(code string) string { return loop.CycleStepLabel(code).In(v.Lang) }

func showCycle(v *visit) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "cycles"
	path := []string{"plans", v.Plan.Code, "cycles", v.r.PathValue("period")}
	content := cyclePage{On: v.day(), AsOf: v.AsOf, Filters: v.filtersOf([]field{
		{Name: "state", Label: v.T("逐项只看", "Of the indicators"), Kind: "choice", Choices: choicesOf(v, v.T("全部", "all"), loop.ReportStates)},
	})}
	var agencies, indicators v1.CycleRowPage
	err := together(
		func() error { return v.get(&agencies, v.clocks(), path...) },
		func() error { return v.get(&indicators, v.paged(content.Filters, "group_by", "indicator"), path...) },
		func() (err error) { content.Names, err = v.names(); return err },
	)
	if err != nil {
		return err
	}
	content.Cycle, content.Agencies, content.Indicators = agencies.Cycle, agencies.Items, indicators.Items
	content.Next = v.next(content.Filters, indicators.NextCursor, path...)
	content.ByAgency = v.downloads(v.clocks(), content.On, content.AsOf, path...)
	content.ByIndicator = v.downloads(content.Filters.asked("group_by", "indicator"), content.On, content.AsOf, path...)
	if v.acts("supervise") {
		content.Forms, content.Withdrawals = v.cycleForms(content.Cycle)
	}
	v.board.write(v, http.StatusOK, "cycle", v.T("调度期", "Cycle")+" "+v.PeriodName(content.Cycle.Period)+" · "+v.Plan.Title, content)
	return nil
}

// cycleForms are what a supervisor may do about a cycle, and about its exceptions by their ids.
func (v *visit) cycleForms(c v1.Cycle) (forms []form, withdrawals map[string][]form) {
	switch loop.CycleState(c.State) {
	case loop.CycleIsLocked:
		forms = append(forms, v.formOf(loop.CycleReopened, v.T("重开", "Open again"), v.reasonField()))
	case loop.CycleOpen, loop.CycleOverdue:
		forms = append(forms, v.formOf(loop.CycleLocked, v.T("锁定", "Lock"), v.reasonField()))
	}
	forms = append(forms,
		v.formOf(loop.CycleDated, v.T("改日期", "Move the dates"),
			field{Name: "due_on", Label: v.T("截止", "Due"), Kind: "date", Hint: v.T("不改则留空", "empty as before")},
			field{Name: "locks_on", Label: v.T("锁定", "Locks"), Kind: "date", Hint: v.T("不改则留空；写了即到期锁定", "empty as before; given, it locks then")}, v.reasonField()),
		v.formOf("exception", v.T("开例外", "Grant an exception"), v.agencyField("agency", v.T("单位", "Agency"), true),
			field{Name: "until", Label: v.T("至", "Until"), Kind: "date", Required: true}, v.reasonField()),
	)
	withdrawals = map[string][]form{}
	for _, e := range c.Exceptions {
		if !e.Withdrawn {
			withdrawals[e.ID] = []form{v.formOf(loop.CycleExceptionWithdrawn+" "+e.ID, v.T("收回", "Withdraw"), v.reasonField())}
		}
	}
	return forms, withdrawals
}

func stepCycle(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	path := []string{"plans", v.r.PathValue("plan"), "cycles", v.r.PathValue("period")}
	kind, exception, _ := strings.Cut(v.posted("form"), " ")
	var err error
	if kind == "exception" {
		err = v.send(http.MethodPost, v1.ExceptionRequest{Agency: v.posted("agency"), Until: v.posted("until"), Reason: v.posted("reason")}, nil, nil, nil,
			append(path, "exceptions")...)
	} else {
		err = v.send(http.MethodPost, v1.CycleStepRequest{
			Type: kind, Reason: v.posted("reason"), DueOn: v.posted("due_on"), LocksOn: v.posted("locks_on"), Exception: exception,
		}, nil, nil, nil, append(path, "events")...)
	}
	if err != nil {
		return v.again(err, showCycle)
	}
	return v.done("saved", path...)
}
