package delivery

import (
	"fmt"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// daysToMend is how many days there are for a webhook that was disabled.
const daysToMend = 7

// IssueOf is the event that raises an issue about a webhook that was disabled, on a day; there is one for
// each time that it begins to fail.
func IssueOf(w loop.Webhook, why string, on indicator.Date) loop.Draft {
	text := "接收方连续多日未收到推送，已停用；请修复后用 POST /api/v1/webhooks/" + w.Code + "/enable 恢复"
	if why == Gone {
		text = "接收方答复 410，表示不再接收，已停用；如仍需推送，请核对地址后恢复"
	}
	return loop.Draft{
		Kind: loop.KindIssue, Type: string(loop.StepRaised), About: "webhook:" + w.Code,
		Content: loop.Content(loop.IssueStep{
			On: on.String(), DueOn: on.AddDays(daysToMend).String(), Cause: loop.CauseOther, Title: "推送已停用：" + w.Code, Text: text, Level: loop.LevelOrdinary, Rule: true,
		}),
		Once: fmt.Sprintf("webhook:%s:%s:%d", w.Code, why, w.FailingSince.UnixMicro()),
	}
}
