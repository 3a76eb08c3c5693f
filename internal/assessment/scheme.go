package assessment

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Scheme (考核方案) says what counts how much. The zero value scores nothing; see DefaultScheme.
type Scheme struct {
	Name       string     `json:"name"`
	Weights    Weights    `json:"weights"`
	Shares     Shares     `json:"shares"`
	Attainment Attainment `json:"attainment"`
	Pace       Pace       `json:"pace"`
	Reporting  Reporting  `json:"reporting"`
	Matters    Matters    `json:"matters"`
	Bonus      Capped     `json:"bonus"`
	Deduction  Capped     `json:"deduction"`
	Veto       Veto       `json:"veto"`
	// Unscored says what becomes of the weight of a part that cannot be scored.
	Unscored Unscored `json:"unscored"`
	Groups   []Group  `json:"groups,omitempty"`
	// DefaultGroup has the agencies that no group names.
	DefaultGroup string `json:"default_group"`
	Grades       Grades `json:"grades"`
	Named        Named  `json:"named"`
}

// Weights are the points of the parts; together 100.
type Weights struct {
	Attainment quantity.Number `json:"attainment"`
	Pace       quantity.Number `json:"pace"`
	Reporting  quantity.Number `json:"reporting"`
	Matters    quantity.Number `json:"matters"`
	Opinion    quantity.Number `json:"opinion"`
}

// of is the weight of a part.
func (w Weights) of(p PartName) quantity.Number {
	switch p {
	case AttainmentPart:
		return w.Attainment
	case PacePart:
		return w.Pace
	case ReportingPart:
		return w.Reporting
	case MattersPart:
		return w.Matters
	case OpinionPart:
		return w.Opinion
	}
	return quantity.Number{}
}

// Shares are how much an indicator counts for the agencies that lead it and for those that take
// part in it.
type Shares struct {
	Lead          quantity.Number `json:"lead"`
	Participating quantity.Number `json:"participating"`
}

// Against is what percents are held against.
type Against string

// Percents are held against the whole target, or against what is due by the cut-off: percent
// over pace. On the due date the two are the same.
const (
	AgainstTarget Against = "target"
	AgainstDue    Against = "due"
)

// Absent is what an indicator without a percent counts.
type Absent string

// An indicator without a percent counts 0, or is left out of the mean.
const (
	CountsZero Absent = "zero"
	LeftOut    Absent = "leave_out"
)

// Attainment is how percents become points.
type Attainment struct {
	Against Against         `json:"against"`
	Cap     quantity.Number `json:"cap"` // most that one indicator counts, in percent
	// NoData is what an indicator without a figure counts, once a period of it is over, and
	// NotComputable one that has figures and no percent.
	NoData        Absent `json:"no_data"`
	NotComputable Absent `json:"not_computable"`
}

// Step is how far apart cut-offs are.
type Step string

// The steps.
const (
	ByMonth   Step = "month"
	ByQuarter Step = "quarter"
)

// Pace is what being on pace at a cut-off counts.
type Pace struct {
	Step Step `json:"step"`
	// Credits are what a status counts, from 0 to 1. One that is not listed counts 0, but
	// not_computable, which is left out then.
	Credits []Credit `json:"credits"`
}

// Credit is what a status counts.
type Credit struct {
	Status string          `json:"status"`
	Credit quantity.Number `json:"credit"`
}

// ReportsBy is how faults of reporting become points.
type ReportsBy string

// What reports cost is taken as a share of those expected, or in points for each.
const (
	ByShare ReportsBy = "share"
	ByCount ReportsBy = "count"
)

// Reporting is what missing, empty and late reports cost: parts of a report by share, points
// by count.
type Reporting struct {
	By      ReportsBy       `json:"by"`
	Missing quantity.Number `json:"missing"`
	Empty   quantity.Number `json:"empty"`
	Late    quantity.Number `json:"late"`
}

// Matters is what issues and notices cost, in points each.
type Matters struct {
	IssueOpen    quantity.Number `json:"issue_open"`
	IssueOverdue quantity.Number `json:"issue_overdue"` // beside that of an open one
	Notices      []NoticeCost    `json:"notices"`       // by the highest level that a notice had
	NoticeLate   quantity.Number `json:"notice_late"`   // beside that
}

// NoticeCost is what a notice of a level costs.
type NoticeCost struct {
	Level string          `json:"level"`
	Cost  quantity.Number `json:"cost"`
}

// Capped bounds points that are given by hand.
type Capped struct {
	Most quantity.Number `json:"most"`
}

// Veto (一票否决) is the best grade that an agency may have which has one.
type Veto struct {
	Grade string `json:"grade"`
}

// Unscored is what becomes of the weight of a part that cannot be scored.
type Unscored string

// The weight passes to the other parts in proportion to theirs; or counts in full; or not at all.
const (
	Redistributed Unscored = "redistribute"
	InFull        Unscored = "full"
	AsNothing     Unscored = "zero"
)

// Group has agencies that are compared among themselves, by name or id.
type Group struct {
	Name     string   `json:"name"`
	Agencies []string `json:"agencies"`
}

// GradesBy is how grades are given.
type GradesBy string

// Grades go by totals, or by places within the group.
const (
	ByThresholds GradesBy = "thresholds"
	ByShares     GradesBy = "shares"
)

// Grades are the grades, the best first.
type Grades struct {
	By     GradesBy `json:"by"`
	Levels []Level  `json:"levels"`
}

// Level is a grade. From is the least total for it, by shares beside a place. Share is which part
// of the group has it, by shares. The last level has what is left.
type Level struct {
	Grade string           `json:"grade"`
	Label Words            `json:"label"`
	From  *quantity.Number `json:"from,omitzero"`
	Share *quantity.Number `json:"share,omitzero"`
}

// Words are a text in both languages.
type Words struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Named says whom the result names.
type Named struct {
	// Support (激励) is for totals of From and more, without a veto.
	Support struct {
		From quantity.Number `json:"from"`
	} `json:"support"`
	// Talk (约谈) is for totals below Below, and for so many notices of a level; 0 for no number.
	Talk struct {
		Below       quantity.Number `json:"below"`
		Notices     int             `json:"notices"`
		NoticeLevel string          `json:"notice_level"`
	} `json:"talk"`
	// Account (问责) is for totals below Below, and for a veto.
	Account struct {
		Below quantity.Number `json:"below"`
	} `json:"account"`
}

// DefaultScheme is the scheme of a plan that has none of its own.
func DefaultScheme() Scheme {
	n := quantity.MustNumber
	from := func(s string) *quantity.Number { v := n(s); return &v }
	label := func(zh, en string) Words { return Words(fault.Text{ZH: zh, EN: en}) }
	s := Scheme{
		Name:       "默认考核方案",
		Weights:    Weights{Attainment: n("50"), Pace: n("20"), Reporting: n("10"), Matters: n("10"), Opinion: n("10")},
		Shares:     Shares{Lead: n("1"), Participating: n("0.5")},
		Attainment: Attainment{Against: AgainstDue, Cap: n("100"), NoData: CountsZero, NotComputable: LeftOut},
		Pace:       Pace{Step: ByMonth, Credits: []Credit{{"attained", n("1")}, {"on_track", n("1")}, {"at_risk", n("0.5")}}},
		Reporting:  Reporting{By: ByShare, Missing: n("1"), Empty: n("0.5"), Late: n("0.25")},
		Matters: Matters{
			IssueOpen: n("0.5"), IssueOverdue: n("1"), NoticeLate: n("0.5"),
			Notices: []NoticeCost{{"blue", n("0.5")}, {"yellow", n("1")}, {"red", n("2")}},
		},
		Bonus: Capped{n("5")}, Deduction: Capped{n("10")}, Veto: Veto{Grade: "poor"},
		Unscored: Redistributed, DefaultGroup: "全部单位",
		Grades: Grades{By: ByThresholds, Levels: []Level{
			{Grade: "excellent", Label: label("优秀", "Excellent"), From: from("90")},
			{Grade: "good", Label: label("良好", "Good"), From: from("80")},
			{Grade: "fair", Label: label("一般", "Fair"), From: from("60")},
			{Grade: "poor", Label: label("较差", "Poor")},
		}},
	}
	s.Named.Support.From, s.Named.Talk.Below, s.Named.Account.Below = n("90"), n("60"), n("50")
	s.Named.Talk.Notices, s.Named.Talk.NoticeLevel = 2, "red"
	return s
}
