package loop

import (
	"fmt"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// NoticeSettings are what a profile says of notices. All days are days of the calendar.
type NoticeSettings struct {
	// Off leaves out all that is done with notices by rule; by hand everything can still be done.
	Off bool `json:"off"`
	// RemindBefore are how many days before the date of an unanswered notice it is reminded of.
	RemindBefore []int `json:"remind_before"`
	// RemindAfter are how many days after the date.
	RemindAfter []int `json:"remind_after"`
	// YellowAfter and RedAfter are how many days after its date an unanswered notice becomes yellow and
	// red; 0 for never.
	YellowAfter int `json:"yellow_after"`
	RedAfter    int `json:"red_after"`
	// Days are how many days a notice has by its urgency, where it is given no date.
	Days NoticeDays `json:"days"`
}

// NoticeDays are usual times, in days.
type NoticeDays struct {
	Urgent    int `json:"urgent"`
	Ordinary  int `json:"ordinary"`
	Difficult int `json:"difficult"`
}

// Urgency says how long a notice usually has.
type Urgency string

// The urgencies.
const (
	Urgent    Urgency = "urgent"
	Ordinary  Urgency = "ordinary"
	Difficult Urgency = "difficult"
)

// Urgencies are all urgencies.
var Urgencies = []Urgency{Urgent, Ordinary, Difficult}

// Of is the usual time of an urgency, in days; ordinary where none is said.
func (d NoticeDays) Of(u Urgency) int {
	switch u {
	case Urgent:
		return d.Urgent
	case Difficult:
		return d.Difficult
	case Ordinary:
	}
	return d.Ordinary
}

func defaultNotices() NoticeSettings {
	return NoticeSettings{
		RemindBefore: []int{3}, RemindAfter: []int{1}, YellowAfter: 1, RedAfter: 10,
		Days: NoticeDays{Urgent: 5, Ordinary: 15, Difficult: 30},
	}
}

const (
	mostReminders  = 10
	mostNoticeDays = 366
)

func (s NoticeSettings) validate(at string) error {
	for _, list := range []struct {
		name string
		days []int
		from int
	}{{"/remind_before", s.RemindBefore, 0}, {"/remind_after", s.RemindAfter, 1}} {
		if len(list.days) > mostReminders {
			return fault.Newf(fault.InvalidValue, "最多 %d 个", "at most %d", mostReminders).At(at + list.name)
		}
		for i, d := range list.days {
			if err := checkDays(fmt.Sprintf("%s%s/%d", at, list.name, i), d, list.from); err != nil {
				return err
			}
		}
	}
	for _, one := range []struct {
		name       string
		days, from int
	}{
		{"/yellow_after", s.YellowAfter, 0},
		{"/red_after", s.RedAfter, 0},
		{"/days/urgent", s.Days.Urgent, 1},
		{"/days/ordinary", s.Days.Ordinary, 1},
		{"/days/difficult", s.Days.Difficult, 1},
	} {
		if err := checkDays(at+one.name, one.days, one.from); err != nil {
			return err
		}
	}
	if s.YellowAfter > 0 && s.RedAfter > 0 && s.RedAfter < s.YellowAfter {
		return fault.Newf(fault.InvalidValue, "红色不能早于黄色（逾期 %d 天）", "a notice cannot become red before it becomes yellow, %d days after its date", s.YellowAfter).At(at + "/red_after")
	}
	return nil
}

func checkDays(field string, days, from int) error {
	if days < from || days > mostNoticeDays {
		return fault.Newf(fault.InvalidValue, "应为 %d 至 %d 的天数", "days from %d to %d are wanted", from, mostNoticeDays).At(field)
	}
	return nil
}
