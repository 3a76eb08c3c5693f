package loop

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Bounds of what a notice names.
const (
	MaxParties = 50  // participants of a notice, and parts of one that is split
	MaxMatters = 100 // tasks, indicators and issues, of each
)

// Check refuses a step that somebody may not take, that the notice cannot take now, or that lacks
// what it needs; s.On is its day.
func (n Notice) Check(kind string, s NoticeStep, as Standing) error {
	if !as.may(kind) {
		return fault.Newf(fault.Forbidden, "督办单 %s 由%s承办：承办单位签收和答复，参与单位只能留言，其余由督查人员办理",
			"the notice %s is with %s, which signs for it and replies; participants comment, and supervisors do the rest", n.Number, n.Lead.Name).At("/type")
	}
	if !n.fits(kind) {
		next := strings.Join(n.Next(as), "、")
		if next == "" {
			next = "-"
		}
		label := n.State.Label()
		return fault.Newf(fault.WrongState, "督办单 %[1]s 现为“%[2]s”，不能 %[4]s；可以：%[5]s", "the notice %[1]s is “%[3]s” and cannot be %[4]s; possible: %[5]s",
			n.Number, label.ZH, label.EN, kind, next).At("/type")
	}
	if err := s.checkFields(kind); err != nil {
		return err
	}
	return n.checkTarget(kind, s)
}

// checkTarget refuses a level that is not higher, and a date that is not another or is over.
func (n Notice) checkTarget(kind string, s NoticeStep) error {
	switch kind {
	case NoticeEscalated:
		if _, err := indicator.ParseWord(string(s.Level), Levels); err != nil {
			return fault.At(err, "/level")
		}
		if !s.Level.Above(n.Level) {
			label := n.Level.Label()
			return fault.Newf(fault.InvalidValue, "等级只升不降：现为%[1]s", "levels only rise: the notice is %[2]s", label.ZH, label.EN).At("/level")
		}
	case NoticeDateMoved:
		to, err := indicator.ParseDate(s.DueOn)
		if err != nil {
			return fault.At(err, "/due_on")
		}
		on, err := indicator.ParseDate(s.On)
		if err != nil {
			return err
		}
		if to == n.DueOn || to.Before(on) {
			return fault.Newf(fault.InvalidValue, "新的时限应不早于今天（%s），且不同于现在的 %s", "the new date has to be today (%s) or later, and another than %s", on, n.DueOn).At("/due_on")
		}
	}
	return nil
}

// checkFields refuses what a step lacks, and what says nothing with it.
func (s NoticeStep) checkFields(kind string) error {
	is := func(kinds ...string) bool { return slices.Contains(kinds, kind) }
	wantsReason := is(NoticeSentBack, NoticeEscalated, NoticeDateMoved, NoticeHandedOn, NoticeSplit, NoticeWithdrawn)
	wantsText := is(NoticeInterim, NoticeReply, NoticeComment)
	for _, f := range []struct {
		field        string
		given, taken bool
	}{
		{"/text", s.Text != "", wantsText || is(NoticeSigned, NoticeAccepted)},
		{"/evidence", len(s.Evidence) > 0, wantsText},
		{"/reason", s.Reason != "", wantsReason},
		{"/level", s.Level != "", is(NoticeEscalated)},
		{"/due_on", s.DueOn != "", is(NoticeDateMoved)},
	} {
		if f.given && !f.taken {
			return fault.Newf(fault.InvalidValue, "%s 不用此项", "%s does not take this", kind).At(f.field)
		}
	}
	switch {
	case is(NoticeEscalated) && s.Level == "":
		return fault.Required("/level")
	case is(NoticeDateMoved) && s.DueOn == "":
		return fault.Required("/due_on")
	}
	if err := CheckText("/reason", s.Reason, MaxReason, wantsReason); err != nil {
		return err
	}
	if err := CheckText("/text", s.Text, MaxText, wantsText); err != nil {
		return err
	}
	return CheckEvidence("/evidence", s.Evidence)
}

// CheckIssue refuses a notice that cannot be issued, of which agencies and matters are known to be
// there.
func (s NoticeStep) CheckIssue() error {
	if err := CheckText("/title", s.Title, MaxTitle, true); err != nil {
		return err
	}
	if err := CheckText("/text", s.Text, MaxText, false); err != nil {
		return err
	}
	if err := CheckText("/asked", s.Asked, MaxText, true); err != nil {
		return err
	}
	if _, err := indicator.ParseWord(string(s.Level), Levels); err != nil {
		return fault.At(err, "/level")
	}
	due, err := indicator.ParseDate(s.DueOn)
	if err != nil {
		return fault.At(err, "/due_on")
	}
	on, err := indicator.ParseDate(s.On)
	if err != nil {
		return err
	}
	if due.Before(on) {
		return fault.Newf(fault.InvalidValue, "时限 %s 已过，今天是 %s", "the date %s is over: today is %s", due, on).At("/due_on")
	}
	for _, l := range []struct {
		field string
		n     int
	}{{"/tasks", len(s.Tasks)}, {"/indicators", len(s.Indicators)}, {"/issues", len(s.Issues)}} {
		if l.n > MaxMatters {
			return fault.Newf(fault.InvalidValue, "最多 %d 个", "at most %d", MaxMatters).At(l.field)
		}
	}
	if len(s.Tasks)+len(s.Indicators)+len(s.Issues) == 0 {
		return fault.Newf(fault.RequiredField, "请写明所督办的任务、指标或问题", "say which tasks, indicators or issues the notice is about").At("/tasks")
	}
	return nil
}

// About is the matter that the thread of a notice is kept under: its first task, else its first
// indicator; empty for one about issues alone.
func (s NoticeStep) About() string {
	switch {
	case len(s.Tasks) > 0:
		return AboutTask(s.Tasks[0])
	case len(s.Indicators) > 0:
		return AboutIndicator(s.Indicators[0])
	}
	return ""
}
