package progress

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// PaceBy is the clock that pace runs by.
type PaceBy string

// The clocks.
const (
	ByDays   PaceBy = "days"
	ByMonths PaceBy = "months"
)

// Profile (规则) is how an organisation judges: data, not code.
type Profile struct {
	Name string

	// Classes are the verdicts by gap, best first. Together they must hold
	// every gap exactly once.
	Classes []Class

	// Tolerance eases targets written with 左右 or 约: a fraction, 0 to 1.
	Tolerance quantity.Number

	// EqualIsExact demands equality of a target without a word such as 以上;
	// otherwise more than it is attained too (less, where less is better).
	EqualIsExact bool

	PaceBy PaceBy

	Attained      Mark
	AttainedLate  Mark // of Attained, when it was late
	Missed        Mark
	NoData        Mark
	NotComputable Mark

	// Refused are the cautions for which a report is refused; for the others it is
	// stored and flagged. Only cautions about a report itself can be here.
	Refused []Caution

	// Loop is how the management of plans goes beside the figures.
	Loop loop.Settings

	// Place is where days begin, to tell whether a period was over when it was
	// reported; nil stands for UTC.
	Place *time.Location
}

// Mark is how a status is shown.
type Mark struct {
	Label fault.Text
	Color string // #rrggbb
}

// Class is one verdict by gap. It holds the gaps from From up to, not
// including, the From of the class before it.
type Class struct {
	Status Status
	From   *quantity.Number // lowest gap, in percentage points; nil for the last class, which has no lowest
	Below  *quantity.Number // optional: the gap it ends below, which must be where the class before begins
	Mark
}

// DefaultProfile judges as the documentation says: on track from a gap of 0, at
// risk from −10, else behind, paced by days.
func DefaultProfile() Profile {
	from := func(gap int64) *quantity.Number {
		n := quantity.FromInt(gap)
		return &n
	}
	mark := func(zh, en, color string) Mark { return Mark{fault.Text{ZH: zh, EN: en}, color} }
	return Profile{
		Name:   "default",
		PaceBy: ByDays,
		Classes: []Class{
			{Status: OnTrack, From: from(0), Mark: mark("达序时", "On track", "#2e7d32")},
			{Status: AtRisk, From: from(-10), Mark: mark("略滞后", "Slightly behind", "#f9a825")},
			{Status: Behind, Mark: mark("滞后", "Behind schedule", "#c62828")},
		},
		Attained:      mark("已达标", "Target attained", "#1565c0"),
		AttainedLate:  mark("逾期完成", "Attained late", "#5e35b1"),
		Missed:        mark("未完成", "Target missed", "#6a1b9a"),
		NoData:        mark("无数据", "No data", "#757575"),
		NotComputable: mark("无法计算", "Not computable", "#455a64"),
		Loop:          loop.DefaultSettings(),
	}
}

func (p Profile) place() *time.Location {
	if p.Place == nil {
		return time.UTC
	}
	return p.Place
}

var (
	colorForm  = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	statusForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
)

// Validate refuses a profile that could leave a gap without a verdict or give
// it two, or that could not be shown; the fault names the field by JSON
// pointer.
func (p Profile) Validate() error {
	if p.Name == "" {
		return fault.Newf(fault.RequiredField, "规则应有名称", "a profile needs a name").At("/name")
	}
	if p.PaceBy != ByDays && p.PaceBy != ByMonths {
		return invalid("/pace_by", "序时进度只能按 days 或 months 计算", "pace runs by days or by months")
	}
	if p.Tolerance.Sign() < 0 || p.Tolerance.Cmp(quantity.FromInt(1)) > 0 {
		return invalid("/tolerance", "容差 %s 不在 0 至 1 之间", "the tolerance %s is not within 0 to 1", p.Tolerance)
	}
	marks := []struct {
		field string
		mark  Mark
	}{
		{"/attained", p.Attained}, {"/attained_late", p.AttainedLate}, {"/missed", p.Missed},
		{"/no_data", p.NoData}, {"/not_computable", p.NotComputable},
	}
	for _, m := range marks {
		if err := m.mark.validate(m.field); err != nil {
			return err
		}
	}
	for i, c := range p.Refused {
		if !slices.Contains(AboutReports, c) {
			return invalid(fmt.Sprintf("/refused/%d", i), "“%s”不是可以拒收的提示", "%q is no caution that a report can be refused for", c)
		}
	}
	if err := p.Loop.Validate(); err != nil {
		f := fault.From(err)
		return f.At("/loop" + f.Field)
	}
	return p.validateClasses()
}

// Statuses lists every status that progress can have under the profile: the outcomes,
// then its classes.
func (p Profile) Statuses() []Status {
	all := slices.Clone(Outcomes)
	for _, c := range p.Classes {
		all = append(all, c.Status)
	}
	return all
}

// Label is what a status is called, Attained as what is not late; empty for one that the
// profile does not give.
func (p Profile) Label(s Status) fault.Text {
	for _, c := range p.Classes {
		if c.Status == s {
			return c.Label
		}
	}
	return map[Status]Mark{Attained: p.Attained, Missed: p.Missed, NoData: p.NoData, NotComputable: p.NotComputable}[s].Label
}

// Light is the light of a task whose only indicator has a result: green where it is attained in
// time or in the first class, red where it is missed or in the last of three classes or more, yellow
// otherwise, and grey where nobody can say.
func (p Profile) Light(r Result) loop.Light {
	switch r.Status {
	case Attained:
		if r.Late {
			return loop.Yellow
		}
		return loop.Green
	case Missed:
		return loop.Red
	case NoData, NotComputable:
		return loop.Grey
	}
	at := slices.IndexFunc(p.Classes, func(c Class) bool { return c.Status == r.Status })
	switch {
	case at == 0:
		return loop.Green
	case at == len(p.Classes)-1 && at >= 2:
		return loop.Red
	}
	return loop.Yellow
}

func (p Profile) validateClasses() error {
	if len(p.Classes) == 0 {
		return invalid("/classes", "至少应有一个等级", "there must be at least one class")
	}
	taken := slices.Clone(Outcomes)
	for i, c := range p.Classes {
		field := fmt.Sprintf("/classes/%d", i)
		if !statusForm.MatchString(string(c.Status)) {
			return invalid(field+"/status", "等级代码应为小写字母、数字和下划线", "a status is lower-case letters, digits and underscores")
		}
		if slices.Contains(taken, c.Status) {
			return invalid(field+"/status", "等级代码“%s”重复或已保留", "the status %q is repeated or reserved", c.Status)
		}
		taken = append(taken, c.Status)
		if err := c.validate(field); err != nil {
			return err
		}
		if err := p.validateBounds(i, field); err != nil {
			return err
		}
	}
	return nil
}

// validateBounds checks that class i begins where the next one ends.
func (p Profile) validateBounds(i int, field string) error {
	c, last := p.Classes[i], i == len(p.Classes)-1
	switch {
	case last && c.From != nil:
		return invalid(field+"/from", "差距低于 %s 时没有等级：最后一个等级不设下限", "a gap below %s has no class: the last class has no lower bound", c.From)
	case !last && c.From == nil:
		return invalid(field+"/from", "只有最后一个等级可以不设下限，否则与后面的等级重叠", "only the last class may have no lower bound, or it overlaps those after it")
	case i == 0 && c.Below != nil:
		return invalid(field+"/below", "差距达到 %s 时没有等级：第一个等级不设上限", "a gap of %s has no class: the first class has no upper bound", c.Below)
	case i == 0:
		return nil
	}
	before := p.Classes[i-1].From
	if !last && c.From.Cmp(*before) >= 0 {
		return invalid(field+"/from", "下限 %s 应低于前一等级的下限 %s，否则等级重叠", "the lower bound %s must be below that of the class before, %s, or they overlap", c.From, before)
	}
	if c.Below == nil {
		return nil
	}
	switch c.Below.Cmp(*before) {
	case -1:
		return invalid(field+"/below", "差距在 %s 与 %s 之间时没有等级", "a gap from %s to %s has no class", c.Below, before)
	case 1:
		return invalid(field+"/below", "差距在 %s 与 %s 之间时有两个等级", "a gap from %s to %s has two classes", before, c.Below)
	}
	return nil
}

func (m Mark) validate(field string) error {
	if m.Label.ZH == "" || m.Label.EN == "" {
		return invalid(field+"/label", "标签应有中文和英文", "a label needs Chinese and English")
	}
	if !colorForm.MatchString(m.Color) {
		return invalid(field+"/color", "颜色“%s”应写作 #rrggbb", "the colour %q should be written #rrggbb", m.Color)
	}
	return nil
}

func invalid(field, zh, en string, args ...any) error {
	return fault.Newf(fault.InvalidValue, zh, en, args...).At(field)
}

// verdict is a status as the profile shows it, and why it was given.
type verdict struct {
	status Status
	Mark
	because telling
}

// judge gives the verdict on a result whose figures are set.
func (j *judgement) judge(r Result) verdict {
	p, due := j.profile, j.in.DueOn
	switch {
	case r.Late:
		return verdict{Attained, p.AttainedLate, tell("当前值已达到目标，但晚于完成时限 %s", "the current value attains the target, after the due date, %s", due)}
	case r.Attained && j.overall.holds:
		return verdict{Attained, p.Attained, tell("至完成时限，最后计入的实绩守住目标", "at the due date, what was counted last keeps the target")}
	case r.Attained:
		return verdict{Attained, p.Attained, tell("当前值已达到目标", "the current value attains the target")}
	case r.Reason == TargetWaits && len(j.actual.fit) > 0:
		return verdict{NotComputable, p.NotComputable, tell("目标值待定，不能判定进度", "the target waits for its value, so progress cannot be judged")}
	case r.Reason == TargetWaits:
		return verdict{NoData, p.NoData, tell("目标值待定，也没有实绩", "the target waits for its value, and there is no report")}
	case r.On.After(due):
		return verdict{Missed, p.Missed, tell("已过完成时限 %s 而未达到目标", "the due date, %s, is past and the target is not attained", due)}
	case r.Reason == NoFigure:
		return verdict{NoData, p.NoData, tell("截止日前的报送都注明没有数值", "all reports up to the cut-off say that there is no figure")}
	case r.Reason == NoMeasurement:
		return verdict{NoData, p.NoData, tell("截止日前没有实绩", "there is no report up to the cut-off")}
	case j.kept && j.overall.holds && (j.due.gap == nil || j.due.gap.Sign() < 0):
		kept := p.classOf(new(big.Rat), j.due.runs)
		kept.because = tell("当前值守住了目标", "the current value keeps the target")
		return kept
	case !j.kept && j.overall.holds && j.due.gap != nil && j.due.gap.Sign() >= 0: // less than 5, and it is 5
		atBound := p.classOf(big.NewRat(-1, 1_000_000), j.due.runs)
		atBound.because = tell("当前值恰在界限上，没有守住目标", "the current value is at the bound, which does not keep the target")
		return atBound
	case j.due.gap == nil:
		return verdict{NotComputable, p.NotComputable, tell("完成率无法计算，不能判定进度", "the percent is undefined, so progress cannot be judged")}
	}
	return p.classOf(j.due.gap, j.due.runs)
}

// classOf is the class that a gap falls into: the gap to the amount due or,
// where none is due, to the pace.
func (p Profile) classOf(gap *big.Rat, toDue bool) verdict {
	name := fault.Text{ZH: "差距", EN: "the gap"}
	if toDue {
		name = fault.Text{ZH: "与应达之差", EN: "the gap to what is due"}
	}
	for _, c := range p.Classes {
		if c.From == nil {
			return verdict{c.Status, c.Mark, func() fault.Text {
				return fault.Say("%[1]s低于其他各等级的下限", "%[2]s is below the lower bound of every other class", name.ZH, name.EN)
			}}
		}
		if c.holds(gap) {
			return verdict{c.Status, c.Mark, func() fault.Text {
				return fault.Say("%[1]s不低于 %[3]s 个百分点", "%[2]s is not below %[3]s percentage points", name.ZH, name.EN, c.From)
			}}
		}
	}
	return verdict{NotComputable, p.NotComputable, tell("规则没有适用的等级", "the profile has no class for the gap")}
}

// holds reports whether a gap is not below the lowest of the class, which has one.
func (c Class) holds(gap *big.Rat) bool {
	if c.From.Sign() == 0 {
		return gap.Sign() >= 0
	}
	return gap.Cmp(c.From.Rat()) >= 0
}
