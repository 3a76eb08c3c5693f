package loop_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
)

func TestEveryStepHasWordsInBothLanguages(t *testing.T) {
	for of, steps := range map[string]struct {
		all   []string
		label func(string) fault.Text
	}{
		"notice":    {append([]string{loop.NoticeIssued, loop.NoticeRemindedBefore, loop.NoticeRemindedAfter}, loop.NoticeSteps...), loop.NoticeStepLabel},
		"cycle":     {[]string{loop.CycleLocked, loop.CycleReopened, loop.CycleDated, loop.CycleExcepted, loop.CycleExceptionWithdrawn, loop.CycleDue, loop.CycleAgencyLate}, loop.CycleStepLabel},
		"milestone": {[]string{loop.MilestoneSet, loop.MilestoneChanged, loop.MilestoneDone, loop.MilestoneReopened, loop.MilestoneRemoved}, loop.MilestoneStepLabel},
	} {
		for _, step := range steps.all {
			if text := steps.label(step); text.ZH == "" || text.EN == "" {
				t.Errorf("%s, %s: %+v", of, step, text)
			}
		}
	}
}
