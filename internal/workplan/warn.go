package workplan

import (
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// warn records a warning about code points of the plan.
func (r *reader) warn(start, end int, code indicator.WarningCode) {
	r.draft.Warnings = append(r.draft.Warnings, indicator.Warning{
		Line: r.source.LineOf(start), Start: start, End: end, Code: code, Message: code.Label().ZH,
	})
}

// warnOfResults warns of results that a task begins with. They are one warning with
// those that the task before ends with, while no target stands between.
func (r *reader) warnOfResults(start, end int) {
	if n := len(r.draft.Warnings); n > 0 && r.draft.Warnings[n-1].Code == indicator.WarnResults && r.pastUntil == len(r.draft.Indicators) {
		r.draft.Warnings[n-1].End = end
		return
	}
	r.pastUntil = len(r.draft.Indicators)
	r.warn(start, end, indicator.WarnResults)
}
