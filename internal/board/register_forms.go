package board

import (
	"net/http"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// stepTask sends what a form of the page of a task holds.
func stepTask(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	plan, number := v.r.PathValue("plan"), v.r.PathValue("number")
	kind, milestone, _ := strings.Cut(v.posted("form"), " ")
	var err error
	switch kind {
	case "update":
		err = v.send(http.MethodPost, v1.UpdateRequest{
			Period: v.posted("period"), Text: v.posted("text"), Assessed: v.posted("assessed"), Evidence: v.lines("evidence"), Agency: v.posted("agency"),
		}, nil, nil, nil, "plans", plan, "tasks", number, "updates")
	case "set":
		err = v.send(http.MethodPost, v1.MilestoneRequest{Title: v.posted("title"), DueOn: v.posted("due_on")}, nil, nil, nil, "plans", plan, "tasks", number, "milestones")
	default:
		err = v.send(http.MethodPost, v1.MilestoneStepRequest{
			Type: kind, DoneOn: v.posted("done_on"), Title: v.posted("title"), DueOn: v.posted("due_on"), Reason: v.posted("reason"),
			Text: v.posted("text"), Evidence: v.lines("evidence"),
		}, nil, nil, nil, "milestones", milestone, "events")
	}
	if err != nil {
		return v.again(err, showTask)
	}
	return v.done("saved", "plans", plan, "tasks", number)
}
