package progress

import (
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// caution is something to be said about a figure, with the reports that made it
// speak; none where it is about the target.
type caution struct {
	code Caution
	text telling
	by   []int64 // IDs of measurements
}

func say(code Caution, by []int64, zh, en string, args ...any) caution {
	return caution{code, tell(zh, en, args...), by}
}

// cautions lists what a reader must know about the figures: first about the
// target, then about the reports.
func (j *judgement) cautions() []caution {
	var all []caution
	if j.actual.value != nil && !j.in.Target.Waits {
		all = j.aboutTarget(all)
	}
	if n := len(j.actual.overlapping); n > 0 {
		r := j.actual.overlapping[0]
		all = append(all, say(IncrementOverlapsTotal, idsOf(j.actual.overlapping),
			"%s 的本期数 %s%s 跨越累计数的截止日，未计入", "the increment of %s, %s%s, straddles the end of a total and was left out",
			r.Period, r.Value, r.Unit))
	}
	return append(append(all, j.aboutReports()...), j.figureMissing()...)
}

func (j *judgement) aboutTarget(all []caution) []caution {
	in, g := j.in, j.goal
	level := in.Kind == indicator.Cumulative || in.Kind == indicator.Ratio
	switch {
	case !level || in.Baseline != nil || g.within:
	case !g.holds:
		all = append(all, say(BaselineMissing, nil,
			"未设基数，起点按 0 计算，完成率可能偏高", "no baseline is set, so the start is taken as 0 and the percent may be too high"))
	case g.rule == ruleCeiling && in.CourseBy == indicator.ByBaseline:
		all = append(all, say(BaselineMissing, nil,
			"目标须由高降低而未设基数，只能对照目标判断是否守住", "the target is to be come down to and has no baseline, so it is only held against the value"))
	}
	if in.DirectionBy == indicator.Assumed {
		all = append(all, say(DirectionAssumed, nil,
			"计划没有写明何者为优，按“%[1]s”处理，请核定方向（direction）", "the plan does not say which way is better; “%[2]s” is assumed: please settle direction",
			in.Direction.Label().ZH, in.Direction.Label().EN))
	}
	if in.CourseBy == indicator.Assumed && len(in.Curve) == 0 {
		all = append(all, say(CourseAssumed, nil,
			"计划没有写明是逐步达到还是始终保持，按“%[1]s”处理，请核定目标要求（course）", "the plan does not say whether the target is reached bit by bit or held at any time; “%[2]s” is assumed: please settle course",
			in.Course.Label().ZH, in.Course.Label().EN))
	}
	return all
}

// setCautions lists each code once, with the first of its texts and how many
// more there are.
func (r *Result) setCautions(found []caution) {
	more := map[Caution]int{}
	for _, c := range found {
		if slices.Contains(r.Cautions, c.code) {
			more[c.code]++
			continue
		}
		r.Cautions = append(r.Cautions, c.code)
		r.CautionDetails = append(r.CautionDetails, CautionDetail{c.code, c.text()})
	}
	for i := range r.CautionDetails {
		if d := &r.CautionDetails[i]; more[d.Code] > 0 {
			d.Text.ZH += fmt.Sprintf("（另有 %d 处）", more[d.Code])
			d.Text.EN += fmt.Sprintf(" (and %d more)", more[d.Code])
		}
	}
}

func idsOf(reports []report) []int64 {
	ids := make([]int64, len(reports))
	for i, r := range reports {
		ids[i] = r.ID
	}
	return ids
}

// Refusal is the fault of a report that the profile refuses for a caution which
// it gives rise to: fault.Implausible at "/value", or at "/period" where that is
// what is wrong. It is nil for a report that is to be stored. existing are the
// newest measurements that the report is stored beside; the profile must be
// valid. m needs no ID.
func Refusal(in indicator.Indicator, existing []indicator.Measurement, m indicator.Measurement, p Profile) error {
	if len(p.Refused) == 0 {
		return nil
	}
	m.ID, m.Revision = 1, 1
	for _, other := range existing {
		m.ID = max(m.ID, other.ID+1)
		if other.Period == m.Period && other.Basis == m.Basis {
			m.Revision = max(m.Revision, other.Revision+1)
		}
	}
	after := in.TermEndsOn.AddDays(1)
	for _, c := range newJudgement(in, append(slices.Clone(existing), m), after, p).cautions() {
		if !slices.Contains(p.Refused, c.code) || !slices.Contains(c.by, m.ID) {
			continue
		}
		switch c.code {
		case GapInSeries:
			old := newJudgement(in, existing, after, p).cautions()
			if slices.ContainsFunc(old, func(o caution) bool { return o.code == c.code && o.text() == c.text() }) {
				continue // it was missing before
			}
			return fault.New(fault.Implausible, c.text()).At("/period")
		case PeriodNotOver:
			return fault.New(fault.Implausible, c.text()).At("/period")
		}
		return fault.New(fault.Implausible, c.text()).At("/value")
	}
	return nil
}

// CautionsBy lists, by measurement, the cautions that reports give rise to, as
// known after the whole term, each once.
func CautionsBy(in indicator.Indicator, ms []indicator.Measurement, p Profile) map[int64][]string {
	var by map[int64][]string
	for _, c := range newJudgement(in, ms, in.TermEndsOn.AddDays(1), p).cautions() {
		for _, id := range c.by {
			if by == nil {
				by = map[int64][]string{}
			}
			if code := string(c.code); !slices.Contains(by[id], code) {
				by[id] = append(by[id], code)
			}
		}
	}
	return by
}
