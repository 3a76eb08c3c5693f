package indicator

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Comparator says how an actual value is held against a target.
type Comparator string

// The comparators a plan's prose uses.
const (
	AtLeast  Comparator = "ge"     // 以上, 不少于, 不低于, 余
	MoreThan Comparator = "gt"     // 突破, 超过
	AtMost   Comparator = "le"     // 以内, 不超过, 不高于
	LessThan Comparator = "lt"     // 低于
	Equal    Comparator = "eq"     // a bare number, 达到
	About    Comparator = "approx" // 左右, 约, 近
)

// Kind says what an indicator's number counts, and so how reports add up.
type Kind string

// The kinds of indicator.
const (
	Increment  Kind = "increment"  // what the term adds: 新增, 完成
	Cumulative Kind = "cumulative" // a level: 累计, 总量, 存栏
	Ratio      Kind = "ratio"      // 率, 占比
	Growth     Kind = "growth"     // 增长, 下降, against an earlier period
)

// Direction says which way is better.
type Direction string

// The directions.
const (
	Increase Direction = "increase"
	Decrease Direction = "decrease"
	Within   Direction = "within" // a range with a lower and an upper limit
)

// Course says how a target is held against time.
type Course string

// The courses.
const (
	Accrue Course = "accrue" // reached bit by bit: pace runs from the baseline to the target
	Hold   Course = "hold"   // kept at every cut-off: pace 100, no baseline
)

// Settled says what settled the direction or the course of an indicator. What
// is assumed carries a caution until somebody settles it.
type Settled string

// The grounds, the strongest first.
const (
	ByPerson     Settled = "person"     // set over HTTP or in review
	ByComparator Settled = "comparator" // the comparator allows no other
	ByBaseline   Settled = "baseline"   // the side on which the baseline lies, or that there is none to come down from
	ByKind       Settled = "kind"       // what is counted allows no other: an increment accrues, a yearly rate holds
	ByText       Settled = "text"       // the plan's words, or what is measured
	Assumed      Settled = "assumed"    // nothing said so
)

// Over is the time that a growth (增长, 下降) is measured over.
type Over string

// The spans of growth.
const (
	OverYear    Over = "year"    // 同比: against the year before
	OverAverage Over = "average" // 年均: the yearly rate that would give the growth of the whole term
	OverTerm    Over = "term"    // 累计, 比2020年: against the year before the term
)

// Binding says whether the plan commits to the target or strives for it.
type Binding string

// The bindings.
const (
	Committed Binding = "binding"
	Expected  Binding = "expected" // 力争, 努力, 争取
)

// Basis (口径) says what a reported value covers.
type Basis string

// The bases.
const (
	ThisPeriod Basis = "increment" // 本期: this period alone
	Total      Basis = "total"     // 累计: since the term began
)

// Missing says that a report has no figure, and why there can be none. The reason
// in words stands in the note. A figure has none of the words.
type Missing string

// The lacks of a figure, with their codes in SDMX's list of observation statuses.
const (
	NotAvailable  Missing = "not_available"  // 暂缺: there is something to measure, but no figure of it (L)
	NotApplicable Missing = "not_applicable" // 不适用: there is nothing to measure in the period (M)
)

// Frequency is how often an indicator is reported, and the length of a period.
type Frequency string

// The frequencies, shortest first.
const (
	Daily      Frequency = "day"
	Weekly     Frequency = "week" // of ISO 8601, Monday to Sunday
	Monthly    Frequency = "month"
	Quarterly  Frequency = "quarter"
	HalfYearly Frequency = "half"
	Yearly     Frequency = "year"
)

// Role is how an agency takes part in a task.
type Role string

// The roles.
const (
	Lead          Role = "lead"
	Participating Role = "participating"
)

// State (状态) says whether an indicator counts. Only confirmed indicators take
// measurements and stand in lists of progress.
type State string

// The states.
const (
	Draft     State = "draft"     // 待审核: read from a text, not yet looked at by a person
	Confirmed State = "confirmed" // 已确认
	Rejected  State = "rejected"  // 已驳回: what was read is no indicator
	Withdrawn State = "withdrawn" // 已停用: an amendment took it out of the plan
)

// Confidence (置信度) says how sure the reading of a text is.
type Confidence string

// The degrees of confidence.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// The words each enumeration allows, in the order the documentation lists them.
var (
	Comparators = []Comparator{AtLeast, MoreThan, AtMost, LessThan, Equal, About}
	Kinds       = []Kind{Increment, Cumulative, Ratio, Growth}
	Directions  = []Direction{Increase, Decrease, Within}
	Courses     = []Course{Accrue, Hold}
	Grounds     = []Settled{ByPerson, ByComparator, ByBaseline, ByKind, ByText, Assumed}
	Overs       = []Over{OverYear, OverAverage, OverTerm}
	Bindings    = []Binding{Committed, Expected}
	Bases       = []Basis{ThisPeriod, Total}
	Missings    = []Missing{NotAvailable, NotApplicable}
	Frequencies = []Frequency{Daily, Weekly, Monthly, Quarterly, HalfYearly, Yearly}
	// Everies are the periods that a target may be set for each of.
	Everies     = []Frequency{Weekly, Monthly, Quarterly, HalfYearly, Yearly}
	Roles       = []Role{Lead, Participating}
	States      = []State{Draft, Confirmed, Rejected, Withdrawn}
	Confidences = []Confidence{High, Medium, Low}
)

// Words lists the words that a Role can be.
func (Role) Words() []string { return texts(Roles) }

// Words lists the words that a Kind can be.
func (Kind) Words() []string { return texts(Kinds) }

// Words lists the words that a Binding can be.
func (Binding) Words() []string { return texts(Bindings) }

// Words lists the words that a Direction can be.
func (Direction) Words() []string { return texts(Directions) }

// Words lists the words that a Settled can be.
func (Settled) Words() []string { return texts(Grounds) }

// Words lists the words that a Course can be.
func (Course) Words() []string { return texts(Courses) }

// Words lists the words that a Frequency can be.
func (Frequency) Words() []string { return texts(Frequencies) }

// Words lists the words that a Confidence can be.
func (Confidence) Words() []string { return texts(Confidences) }

// Words lists the words that a State can be.
func (State) Words() []string { return texts(States) }

// Words lists the words that a Missing can be.
func (Missing) Words() []string { return texts(Missings) }

func texts[W ~string](words []W) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return list
}

// ParseWord returns the word of an enumeration that s spells, or a fault that
// lists the words allowed.
func ParseWord[W ~string](s string, allowed []W) (W, error) {
	if slices.Contains(allowed, W(s)) {
		return W(s), nil
	}
	list := strings.Join(texts(allowed), ", ")
	return "", fault.Newf(fault.InvalidValue, "“%s”不在允许的取值之内：%s", "%q is none of the words allowed: %s", s, list)
}

// ParseMissing reads why there is no figure, by its word of the contract or in Chinese. It fails
// with fault.InvalidValue, which lists both.
func ParseMissing(s string) (Missing, error) {
	for _, m := range Missings {
		if s == string(m) || s == m.Label().ZH {
			return m, nil
		}
	}
	return "", fault.Newf(fault.InvalidValue, "“%s”不说明为何没有数值，应为 暂缺（not_available）或 不适用（not_applicable）",
		"%q does not say why there is no figure; write not_available (暂缺) or not_applicable (不适用)", clip(s))
}

// spoken are the Chinese words for a basis.
var spoken = map[string]Basis{ThisPeriod.Label().ZH: ThisPeriod, "当期": ThisPeriod, Total.Label().ZH: Total}

// ParseBasis reads a basis, by its word of the contract or in Chinese. It fails with
// fault.InvalidValue, which lists both.
func ParseBasis(s string) (Basis, error) {
	if b, known := spoken[s]; known {
		return b, nil
	}
	if slices.Contains(Bases, Basis(s)) {
		return Basis(s), nil
	}
	return "", fault.Newf(fault.InvalidValue, "“%s”不是口径，应为 本期（increment）或 累计（total）",
		"%q is no basis; write increment (本期) or total (累计)", clip(s))
}
