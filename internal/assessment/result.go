package assessment

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// PartName is a part of a score.
type PartName string

// The parts, in their order.
const (
	AttainmentPart PartName = "attainment"
	PacePart       PartName = "pace"
	ReportingPart  PartName = "reporting"
	MattersPart    PartName = "matters"
	OpinionPart    PartName = "opinion"
)

// PartNames lists the parts in their order.
var PartNames = []PartName{AttainmentPart, PacePart, ReportingPart, MattersPart, OpinionPart}

// Label is the part in words.
func (p PartName) Label() fault.Text {
	return map[PartName]fault.Text{
		AttainmentPart: {ZH: "目标完成", EN: "Attainment"},
		PacePart:       {ZH: "序时进度", EN: "Pace over the year"},
		ReportingPart:  {ZH: "数据报送", EN: "Reporting"},
		MattersPart:    {ZH: "问题与督办", EN: "Issues and notices"},
		OpinionPart:    {ZH: "评议", EN: "Opinion of others"},
	}[p]
}

// Result is the score of one agency. Points are printed with two decimals, and totals are
// sums of what is printed.
type Result struct {
	Agency Agency
	Group  string
	Total  *quantity.Number // nil when nothing can be scored; Why says so
	Why    fault.Text
	Rank   int // within the group, those of one total alike; 0 without a total
	Ranked int // how many of the group have a total
	Grade  string
	Label  fault.Text // of the grade
	Parts  []Part
	Bonus  Extra
	// Deduction is above 0 where points are taken off.
	Deduction Extra
	Vetoes    []Term
	Named     []Naming
}

// Part is one part of a score.
type Part struct {
	Name   PartName
	Weight quantity.Number // by the scheme
	// Counted is the weight with what passed to it from parts that cannot be scored, and Percent
	// how much of it was earned; both as printed. Nil for a part without points.
	Counted *quantity.Number
	Percent *quantity.Number
	Points  *quantity.Number // nil where the part cannot be scored and its weight passed on
	Text    fault.Text       // how it came about
	Terms   []Term
	// TermsLeft counts the indicators whose terms are not kept.
	TermsLeft int
}

// Extra are points given or taken by hand.
type Extra struct {
	Points quantity.Number // what counts, at most what the scheme lets
	Terms  []Term
}

// Term is one of the things that a part is made of.
type Term struct {
	Text         fault.Text
	Indicator    string // code; empty where it is about none
	Name         string // of the indicator
	Role         indicator.Role
	Measurements []int64
	Figure       *quantity.Number // what it counts: a percent, or points
	Count        int
	Entry        int64 // id of what was entered by hand; 0 for none
	By           string
}

// NamedFor is what a result names an agency for.
type NamedFor string

// What a result names agencies for.
const (
	ForSupport NamedFor = "support" // 激励
	ForTalk    NamedFor = "talk"    // 约谈
	ForAccount NamedFor = "account" // 问责
)

// Label is it in words.
func (n NamedFor) Label() fault.Text {
	return map[NamedFor]fault.Text{
		ForSupport: {ZH: "激励", EN: "Support"},
		ForTalk:    {ZH: "约谈", EN: "Called in to talk"},
		ForAccount: {ZH: "问责", EN: "Held to account"},
	}[n]
}

// Naming is what an agency is named for, and why.
type Naming struct {
	For NamedFor
	Why fault.Text
}
