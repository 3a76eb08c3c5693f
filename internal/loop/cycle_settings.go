package loop

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// CycleSettings are what a profile says of cycles.
type CycleSettings struct {
	// Every is the length of a cycle.
	Every indicator.Frequency `json:"every"`
	// Due and Locks are days of work after the end of the period; a cycle never locks where
	// Locks is 0.
	Due      int      `json:"due_working_days"`
	Locks    int      `json:"lock_working_days"`
	Calendar Calendar `json:"calendar,omitzero"`
}

// defaultCycles has reports due on the 5th day of work after each month, and locks none.
func defaultCycles() CycleSettings { return CycleSettings{Every: indicator.Monthly, Due: 5} }

// mostWorkingDays is how long after its period a cycle may be due or lock.
const mostWorkingDays = 250

func (s CycleSettings) validate(at string) error {
	if _, err := indicator.ParseWord(string(s.Every), indicator.Everies); err != nil {
		return fault.At(err, at+"/every")
	}
	if s.Due < 1 || s.Due > mostWorkingDays {
		return fault.Newf(fault.InvalidValue, "应为 1 至 %d 个工作日", "1 to %d days of work are expected", mostWorkingDays).At(at + "/due_working_days")
	}
	if s.Locks != 0 && (s.Locks < s.Due || s.Locks > mostWorkingDays) {
		return fault.Newf(fault.InvalidValue, "锁定不能早于截止（第 %d 个工作日），最迟第 %d 个工作日，0 为不锁定", "a cycle cannot lock before it is due (day of work %d), and at the latest on day %d; 0 never locks",
			s.Due, mostWorkingDays).At(at + "/lock_working_days")
	}
	if _, err := s.Calendar.Ready(); err != nil {
		f := fault.From(err)
		return f.At(at + "/calendar" + f.Field)
	}
	return nil
}
