package indicator

import (
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Longest texts, in characters.
const (
	maxCode = 64
	maxName = 200
	maxNote = 2000
	maxURL  = 2000
)

var codeForm = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// CheckPlanCode refuses a code that could not stand in an address: lower-case
// letters, digits and single hyphens, at most 64 characters.
func CheckPlanCode(code string) error {
	if len(code) > maxCode || !codeForm.MatchString(code) {
		return fault.Newf(fault.InvalidValue,
			"计划代码只能用小写字母、数字和连字符，最长%d个字符，如 qingzhou-2023",
			"a plan code is lower-case letters, digits and hyphens, at most %d characters, such as qingzhou-2023", maxCode).At("code")
	}
	return nil
}

// Check reports the first thing that keeps the indicator from being a valid
// record, naming the field by JSON pointer.
func (in Indicator) Check() error {
	checks := []func() error{
		func() error { return checkText("/name", in.Name, maxName, true) },
		in.Target.check,
		in.checkWords,
		in.checkTerm,
		in.checkBaseline,
		in.checkCourse,
		in.checkEach,
		in.checkCurve,
		func() error { return checkAgencies("/lead_agencies", in.LeadAgencies) },
		func() error { return checkAgencies("/participating_agencies", in.ParticipatingAgencies) },
		func() error { return CheckExternalCodes(in.ExternalCodes) },
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (in Indicator) checkWords() error {
	if _, err := ParseWord(string(in.Kind), Kinds); err != nil {
		return fault.At(err, "/kind")
	}
	if _, err := ParseWord(string(in.Direction), Directions); err != nil {
		return fault.At(err, "/direction")
	}
	if in.Direction == Within && in.Target.ValueHigh == nil {
		return fault.Newf(fault.InvalidValue, "只有区间目标的方向可以是 within", "only a range has the direction within").At("/direction")
	}
	if _, err := ParseWord(string(in.Binding), Bindings); err != nil {
		return fault.At(err, "/binding")
	}
	if _, err := ParseWord(string(in.Frequency), Frequencies); err != nil {
		return fault.At(err, "/frequency")
	}
	return nil
}

func (in Indicator) checkTerm() error {
	switch {
	case in.StartsOn.IsZero():
		return fault.Required("/starts_on")
	case in.DueOn.IsZero():
		return fault.Required("/due_on")
	case in.DueOn.Before(in.StartsOn):
		return fault.Newf(fault.InvalidDate, "完成时限 %s 早于起始日期 %s", "the due date %s is before the first day %s", in.DueOn, in.StartsOn).At("/due_on")
	case in.TermEndsOn.Before(in.DueOn):
		return fault.Newf(fault.InvalidDate, "计划期截止日 %s 早于完成时限 %s", "the term ends on %s, before the due date %s", in.TermEndsOn, in.DueOn).At("/term_ends_on")
	}
	return nil
}

func (t Target) check() error {
	if _, err := ParseWord(string(t.Comparator), Comparators); err != nil {
		return fault.At(err, "/target/comparator")
	}
	if err := checkText("/target/reference", t.Reference, maxName, t.Waits); err != nil {
		return err
	}
	if t.Waits && t.ValueHigh != nil {
		return fault.Newf(fault.InvalidValue, "目标值待定时不能有区间上限", "a target whose value waits has no upper end").At("/target/value_high")
	}
	if t.ValueHigh == nil {
		return nil
	}
	if t.Comparator != Equal {
		return fault.Newf(fault.InvalidValue, "区间目标的比较符必须是 eq", "a target with an upper end has the comparator eq").At("/target/comparator")
	}
	if t.ValueHigh.Cmp(t.Value) <= 0 {
		return fault.Newf(fault.InvalidValue, "区间上限 %s 应大于下限 %s", "the upper end %s is not above the lower end %s", t.ValueHigh, t.Value).At("/target/value_high")
	}
	return nil
}

// checkBaseline refuses a baseline where the percent of target has no place for
// one: an increment counts from 0, and a range with two limits is met or not.
func (in Indicator) checkBaseline() error {
	switch {
	case in.Baseline == nil:
		return nil
	case in.Target.Unit.IsZero() && in.Target.Waits:
		return fault.Required("/target/unit")
	case in.Kind == Increment:
		return fault.Newf(fault.InvalidValue,
			"增量指标从 0 起算，不设基数；由某数增至某数的指标，类型应为 cumulative",
			"an increment counts from 0 and has no baseline; what grows from one number to another is of kind cumulative").At("/baseline")
	case in.Direction == Within:
		return fault.Newf(fault.InvalidValue, "上下限都要守住的区间目标不设基数；如只须达到一端，请将 direction 设为 increase 或 decrease",
			"a range with two limits has no baseline; if one end is to be reached, set direction to increase or decrease").At("/baseline")
	case in.Kind == Growth && in.Over != OverYear:
		return fault.Newf(fault.InvalidValue, "年均或累计的增速从 0 起算，不设基数", "growth over the term or on average counts from 0 and has no baseline").At("/baseline")
	}
	return nil
}

// checkCourse refuses words that are none, growth over a time where nothing
// grows, and a course that the target has no place for.
func (in Indicator) checkCourse() error {
	if _, err := ParseWord(string(in.Course), Courses); err != nil {
		return fault.At(err, "/course")
	}
	if _, err := ParseWord(string(in.DefaultBasis), Bases); err != nil {
		return fault.At(err, "/default_basis")
	}
	if in.Kind != Growth {
		if in.Over != "" {
			return fault.Newf(fault.InvalidValue, "只有增速指标才有 over", "only an indicator of kind growth has over").At("/over")
		}
	} else if _, err := ParseWord(string(in.Over), Overs); err != nil {
		return fault.At(err, "/over")
	} else if in.Over == OverAverage && !in.Target.Unit.IsPercent() && !in.Target.Waits {
		return fault.Newf(fault.InvalidValue, "年均增速的单位应为 %%、‰ 或百分点", "growth on average is in %%, ‰ or points").At("/target/unit")
	} else if in.Over == OverAverage && in.Frequency != Yearly {
		return fault.Newf(fault.InvalidValue, "年均增速按整年计算，报送频次应为 year", "an average is of whole years: its frequency is year").At("/frequency")
	}
	if in.Course != Accrue || in.CourseBy != ByPerson {
		return nil
	}
	switch {
	case in.Kind == Growth && in.Over == OverAverage:
		return fault.Newf(fault.InvalidValue, "年均增速逐年保持，目标要求只能是“始终保持”（course 为 hold）", "an average rate is held every year: its course is hold").At("/course")
	case in.Target.Waits:
	case in.Direction == Within:
		return fault.Newf(fault.InvalidValue, "上下限都要守住的区间目标，目标要求只能是“始终保持”（course 为 hold）", "a range with two limits is kept: its course is hold").At("/course")
	case in.Kind == Increment:
		if in.Direction == Decrease && in.Each == "" && in.Target.Value.Sign() >= 0 {
			return fault.Newf(fault.InvalidValue, "上限指标只能守住，目标要求只能是“始终保持”（course 为 hold）", "a ceiling is kept: its course is hold").At("/course")
		}
	default:
		if _, limit := in.limits(in.SignedTarget()); limit {
			return fault.Newf(fault.InvalidValue, "该目标是须守住的限度，目标要求只能是“始终保持”（course 为 hold）；如由基数逐步达到，请给出 baseline",
				"this target is a limit to keep: its course is hold; give a baseline if it is reached from one").At("/course")
		}
	}
	return nil
}

// checkEach refuses a target for each period (每季度20个) that could not be
// counted: of a level or share, of a range with a term of no whole period, or
// reported in longer periods.
func (in Indicator) checkEach() error {
	if in.Each == "" {
		return nil
	}
	if _, err := ParseWord(string(in.Each), Everies); err != nil {
		return fault.At(err, "/each")
	}
	switch {
	case in.Kind != Increment:
		return fault.Newf(fault.InvalidValue, "只有增量指标可以逐期考核（each）；每期的率，course 为 hold",
			"only an increment has a target for each period; a share of every period has the course hold").At("/each")
	case len(in.WholeEach()) == 0:
		return fault.Newf(fault.InvalidValue, "%s 至 %s 没有完整的一期", "from %s to %s there is no whole period", in.StartsOn, in.DueOn).At("/each")
	case in.Course == Hold && in.CourseBy == ByPerson:
		return fault.Newf(fault.InvalidValue, "逐期考核的指标按已过的期数计进度，course 不能是 hold", "a target for each period is paced by its periods: its course is accrue").At("/course")
	case len(in.Curve) > 0:
		return fault.Newf(fault.InvalidValue, "逐期考核的指标不设进度曲线", "a target for each period has no curve").At("/curve")
	case in.Frequency == Weekly && in.Each != Weekly:
		return fault.Newf(fault.InvalidValue, "一周可能跨两个考核期，报送频次请改为天，或与考核期一致", "a week may lie in two periods of the target: report by day or by its periods").At("/frequency")
	case longer(in.Frequency, in.Each):
		return fault.Newf(fault.InvalidValue, "报送频次（%[1]s）不能比考核期（%[2]s）长", "the frequency %[3]s is longer than the period of the target, %[4]s", in.Frequency.Label().ZH, in.Each.Label().ZH, in.Frequency, in.Each).At("/frequency")
	}
	return nil
}

// longer reports whether a period of one frequency may be longer than one of
// another.
func longer(a, b Frequency) bool { return slices.Index(Frequencies, a) > slices.Index(Frequencies, b) }

// mostEach bounds the periods of a term: those of a century of weeks.
const mostEach = 5300

// WholeEach lists the periods that the target holds for one by one: those that
// lie wholly within StartsOn to DueOn. It is empty for a target of the whole
// term.
func (in Indicator) WholeEach() []Period {
	if in.Each == "" {
		return nil
	}
	var all []Period
	p := PeriodOf(in.Each, in.StartsOn)
	if p.Start().Before(in.StartsOn) {
		p = p.Next()
	}
	for ; !p.End().After(in.DueOn) && len(all) < mostEach; p = p.Next() {
		all = append(all, p)
	}
	return all
}

func (in Indicator) checkCurve() error {
	if len(in.Curve) > 0 && in.Course == Hold && in.CourseBy == ByPerson {
		return fault.Newf(fault.InvalidValue, "已设定始终保持（course 为 hold），不能再设进度曲线；请先去掉其中一项",
			"the course was set to hold, which a curve contradicts: take one of them back").At("/curve")
	}
	hundred := quantity.FromInt(100)
	for i, p := range in.Curve {
		at := "/curve/" + strconv.Itoa(i)
		switch {
		case in.Over == OverAverage:
			return fault.Newf(fault.InvalidValue, "年均增速逐年保持，不设进度曲线", "an average rate is held every year and has no curve").At("/curve")
		case p.On.Before(in.StartsOn) || p.On.After(in.DueOn):
			return fault.Newf(fault.InvalidDate, "进度曲线日期 %s 不在 %s 至 %s 之间", "the curve date %s is not within %s to %s", p.On, in.StartsOn, in.DueOn).At(at + "/on")
		case p.Percent.Sign() < 0 || p.Percent.Cmp(hundred) > 0:
			return fault.Newf(fault.InvalidValue, "进度曲线百分比 %s 不在 0 至 100 之间", "the curve percent %s is not within 0 to 100", p.Percent).At(at + "/percent")
		case i > 0 && !p.On.After(in.Curve[i-1].On):
			return fault.Newf(fault.InvalidDate, "进度曲线日期应逐个递增", "the dates of a curve must rise").At(at + "/on")
		case i > 0 && p.Percent.Cmp(in.Curve[i-1].Percent) < 0:
			return fault.Newf(fault.InvalidValue, "进度曲线百分比不能回落", "the percents of a curve must not fall").At(at + "/percent")
		}
	}
	return nil
}

// CheckFor reports the first thing that keeps the measurement from being
// recorded for the indicator: a period that shares no day with the plan's term,
// a unit of another dimension, a basis that does not fit the kind, or text too
// long. A period that holds the first or last day of the term is reported for
// its part within the term. One whose figure is missing gives the reason as its
// note and needs no unit.
func (m Measurement) CheckFor(in Indicator) error {
	if m.Period.End().Before(in.StartsOn) || m.Period.Start().After(in.TermEndsOn) {
		return fault.Newf(fault.PeriodOutsideTerm,
			"报告期 %s 与计划期 %s 至 %s 没有重合的日子", "the period %s shares no day with the plan's term, %s to %s",
			m.Period, in.StartsOn, in.TermEndsOn).At("/period")
	}
	if err := m.checkMissing(); err != nil {
		return err
	}
	if err := m.checkUnit(in); err != nil {
		return err
	}
	if err := m.checkShare(in); err != nil { // first: a refused share may have no value
		return err
	}
	if err := m.checkBasis(in); err != nil {
		return err
	}
	if err := checkText("/source_id", m.SourceID, maxName, false); err != nil {
		return err
	}
	if err := checkText("/note", m.Note, maxNote, false); err != nil {
		return err
	}
	return checkURL("/evidence_url", m.EvidenceURL)
}

// checkMissing refuses what contradicts that there is no figure, and that none is
// given without a reason.
func (m Measurement) checkMissing() error {
	if m.IsFigure() {
		return nil
	}
	if _, err := ParseWord(string(m.Missing), Missings); err != nil {
		return fault.At(err, "/missing")
	}
	switch {
	case m.Share != nil:
		return fault.Newf(fault.InvalidValue, "没有数据（missing）的报告不能有分子、分母", "a report without a figure (missing) has no numerator").At("/numerator")
	case m.Provisional:
		return fault.Newf(fault.InvalidValue, "没有数据（missing）的报告无所谓初步数，待有数据时再报", "a report without a figure (missing) is not provisional: report the figure when there is one").At("/provisional")
	case strings.TrimSpace(m.Note) == "":
		return fault.Newf(fault.RequiredField, "没有数据（missing）时，须在 note（备注）中写明原因", "a report without a figure (missing) says why in its note").At("/note")
	}
	return nil
}

// checkUnit refuses a unit that a value could not be held against the target in.
func (m Measurement) checkUnit(in Indicator) error {
	if m.Unit.IsZero() && !m.IsFigure() {
		return nil
	}
	if m.Unit.IsZero() && in.Target.Waits {
		return fault.Newf(fault.RequiredField, "目标值待定、尚无计量单位，请随实绩给出单位", "the target waits and has no unit yet: give the unit of the measurement").At("/unit")
	}
	if !in.Target.Accepts(m.Unit) {
		_, err := quantity.Convert(m.Value.Rat(), m.Unit, in.Target.Unit)
		return fault.At(err, "/unit")
	}
	// Elsewhere they are used for each other: 完成65个百分点, 提高0.4%.
	if unit := in.Target.Unit; m.Unit.IsPoints() && !unit.IsPoints() && (in.GrowsByYears() || in.Kind == Ratio && in.Baseline != nil) {
		return fault.Newf(fault.UnitMismatch, "“%s”与“%s”含义不同：一为比率，一为比率之差", "“%s” and “%s” say different things: a share, and a difference of shares",
			m.Unit, unit).At("/unit")
	}
	return nil
}

// checkBasis refuses a basis that the kind has no place for. A rate of growth
// over the term or on average is reported for whole years, or as the total since
// the base.
func (m Measurement) checkBasis(in Indicator) error {
	many := in.GrowsByYears()
	switch {
	case m.Basis == ThisPeriod && in.Kind != Increment && !many:
		return fault.Newf(fault.BasisMismatch,
			"%[1]s类指标按期末水平报送，口径应为累计（total）", "an indicator of kind %[2]s is reported as a level: its basis is total", in.Kind.Label().ZH, in.Kind).At("/basis")
	case many && m.Basis == ThisPeriod && m.Period.Frequency() != Yearly:
		return fault.Newf(fault.InvalidPeriod, "逐年增速按整年报送，报告期应为年份，如 %[1]d", "a yearly rate is reported for a whole year, such as %[1]d", m.Period.Start().Year()).At("/period")
	case many && in.Over == OverAverage && m.Basis == Total && !in.wholeYears(m.Period):
		return fault.Newf(fault.InvalidPeriod, "年均增速只能按整年计算，报告期应止于年末", "an average is of whole years: the period must end with one").At("/period")
	case many && m.IsFigure() && !in.Target.Unit.IsPoints() && !m.AboveNothing():
		return fault.Newf(fault.InvalidValue, "增速应大于 −100%%", "a rate of growth is above −100%%").At("/value")
	case in.Each != "" && !PeriodOf(in.Each, m.Period.Start()).Holds(m.Period):
		return fault.Newf(fault.InvalidPeriod, "目标%[1]s考核，报告期应在同一考核期之内", "the target is for %[2]s: a report must lie within one of these periods", in.Span().ZH, in.Span().EN).At("/period")
	}
	return nil
}

// GrowsByYears reports whether a growth is made of the rates of several years.
// One in another unit than a share (翻一番) is reported as a total alone.
func (in Indicator) GrowsByYears() bool {
	return in.Kind == Growth && (in.Over == OverTerm || in.Over == OverAverage) && in.Target.Unit.IsPercent()
}

// AboveNothing reports whether a rate of growth leaves something: it is above
// −100%, in whatever unit it is reported.
func (m Measurement) AboveNothing() bool {
	all := new(big.Rat).Quo(big.NewRat(-100, 1), m.Unit.Factor()) // the base unit is a hundredth
	return m.Exact().Cmp(all) > 0
}

// wholeYears reports whether a period ends with a year of the term, counted
// from its first day.
func (in Indicator) wholeYears(p Period) bool {
	next, first := p.End().AddDays(1), in.StartsOn
	return next.Month() == first.Month() && next.Day() == first.Day()
}

// IsShare reports whether the indicator is a share in % or ‰, which may be
// reported as its two figures.
func (in Indicator) IsShare() bool {
	return in.Target.Unit.IsPercent() && !in.Target.Unit.IsPoints() && in.Kind != Growth
}

// checkShare refuses a numerator and denominator of what is no share.
func (m Measurement) checkShare(in Indicator) error {
	switch {
	case m.Share == nil:
		return nil
	case !in.IsShare():
		return fault.Newf(fault.InvalidValue, "只有 %% 或 ‰ 的率可以报分子、分母", "only a share in %% or ‰ is reported as numerator and denominator").At("/numerator")
	case m.Share.Denominator.Sign() <= 0:
		return fault.Newf(fault.InvalidValue, "分母应大于 0", "the denominator must be above 0").At("/denominator")
	}
	return nil
}

func checkText(field, s string, most int, required bool) error {
	switch {
	case required && strings.TrimSpace(s) == "":
		return fault.Required(field)
	case utf8.RuneCountInString(s) > most:
		return fault.Newf(fault.InvalidValue, "最长%d个字符", "at most %d characters are allowed", most).At(field)
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r", r) }):
		return fault.Newf(fault.InvalidValue, "不能含有控制字符", "control characters are not allowed").At(field)
	}
	return nil
}

func checkURL(field, s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || len(s) > maxURL {
		return fault.Newf(fault.InvalidValue, "应为 http 或 https 网址", "an http or https address is expected").At(field)
	}
	return nil
}

func checkAgencies(field string, names []string) error {
	seen := map[string]bool{}
	for i, name := range names {
		at := field + "/" + strconv.Itoa(i)
		if err := checkText(at, name, maxName, true); err != nil {
			return err
		}
		if seen[name] {
			return fault.Newf(fault.InvalidValue, "单位“%s”重复", "the agency %q is listed twice", name).At(at)
		}
		seen[name] = true
	}
	return nil
}

// CheckEvidenceURL refuses an address of evidence that is none.
func CheckEvidenceURL(field, s string) error { return checkURL(field, s) }

// CheckNote refuses a text that is too long or has control characters.
func CheckNote(field, s string) error { return checkText(field, s, maxNote, false) }
