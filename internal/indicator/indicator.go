// Package indicator holds the records the service is about: plans, their
// tasks and agencies, the indicators with their targets, and what is measured
// against them. It knows what makes a record valid and nothing of how records
// are stored or sent.
package indicator

import (
	"math/big"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Plan (计划) is one work plan: the document and what was read from it.
type Plan struct {
	Code     string // chosen at import, unique
	Title    string
	Issuer   string // empty when the text names none
	IssuedOn Date   // zero when the text names none
	StartsOn Date   // first day of the term
	DueOn    Date   // last day of the term
	Version  int    // from 1, one more with each amendment
	Document Document
	Sections []Section
	Tasks    []Task
	Warnings []Warning
	// Milestones are the dated steps that the text names; those of the loop are kept apart.
	Milestones []PlanMilestone `json:",omitempty"` // the audit chain hashes a plan as JSON, and earlier ones without this
	// Parts are the shares that the tables of the text hand out to places; nil for a version that
	// was stored before they were kept, which is not to have none.
	Parts     []PlanPart `json:"-"` // JSON would not hold them whole: they are audited beside the plan
	Review    Review     // counted when a plan is read
	CreatedAt time.Time
	UpdatedAt time.Time // when this version was stored
	// Jurisdiction (辖区) is the place whose agencies the plan names; it stays when the
	// plan is amended, and can be corrected.
	Jurisdiction string `json:",omitempty"` // the audit chain hashes a plan as JSON, and earlier ones without this
}

// Document is the file a plan was read from.
type Document struct {
	SHA256     string // of Original, lower-case hex
	MediaType  string // of Original
	Characters int    // Unicode code points in Text
	Text       string // the decoded text that every Source points into
	Original   []byte // the file as it was received
}

// Section (篇章) is a numbered heading.
type Section struct {
	Number  int // 1 for the plan's first heading
	Heading string
	Start   int // code points into Document.Text
	End     int
}

// Task (任务) is a numbered item of a plan. Many tasks have no indicator.
type Task struct {
	Plan                  string // plan code
	Number                string // as the plan numbers it
	Section               int    // Section.Number; 0 when the task stands under none
	Title                 string
	LeadAgencies          []string // 牵头单位
	ParticipatingAgencies []string // 参与单位, 配合单位, 责任单位
	Start                 int      // code points into Document.Text
	End                   int
	// The agencies that the names mean, in their order; none before they are stored.
	// The audit chain has the names.
	LeadAgencyIDs          []int64 `json:"-"`
	ParticipatingAgencyIDs []int64 `json:"-"`
}

// Target (目标) is what an indicator must reach, as the plan writes it. One
// that the plan holds against a figure elsewhere (高于全省平均水平) waits until
// somebody gives the value; its reference is kept from then on.
type Target struct {
	Comparator Comparator
	Value      quantity.Number  // without meaning while the target waits
	ValueHigh  *quantity.Number // upper end of a range, else nil
	Unit       quantity.Unit    // may be none while the target waits
	Reference  string           // 全省平均水平, 经济增长; empty for a target that the plan itself gives
	Waits      bool             // for the value of the reference
}

// Accepts reports whether values in the unit can be held against the target,
// now or once its own unit is known.
func (t Target) Accepts(unit quantity.Unit) bool {
	return t.Waits && t.Unit.IsZero() || t.Unit.SameDimension(unit)
}

// PlanMilestone (节点) is a dated step of a task as the text of a plan names it.
type PlanMilestone struct {
	Task  string // Task.Number
	Title string // what is to be done, without the date
	DueOn Date
	// Start, End and Quote are its place in the document of the plan's version, in code points.
	Start int
	End   int
	Quote string
}

// Source is where in the plan's text a target stands.
type Source struct {
	Version int // of the plan whose document it is; 0 when there is no source
	Start   int // code points into that Document.Text
	End     int
	Quote   string // the text from Start to End
	Rule    string // name of the language rule that read it
	// Where the quote begins in the file, counted from 1: the paragraph of a docx
	// or html, the page of a pdf, neither in plain text; 0 for none.
	Page      int
	Paragraph int
}

// MarkedByHand is the rule of a source that a person marked in the text.
const MarkedByHand = "人工标注"

// Implied is the rule of an aim that a plan states without a figure, as 全覆盖 states 100%.
const Implied = "implied"

// OfTable is the rule of a target that a cell of a table states: its quote runs from the name
// of the row to the cell.
const OfTable = "指标表"

// IsImplied says that the target is one that the plan's words imply, which a person has to accept.
func (s Source) IsImplied() bool { return s.Rule == Implied }

// ByHand says that no reading of a text led to the indicator: it has no source, or one that a
// person marked.
func (s Source) ByHand() bool { return s.Version == 0 || s.Rule == MarkedByHand }

// CurvePoint is one point of an indicator's own schedule: by the end of the
// day, this percent of the target is expected.
type CurvePoint struct {
	On      Date
	Percent quantity.Number // 0 to 100
}

// ParseCurve reads a schedule written as 2023-06-30=20,2023-09-30=90: the last
// day of each point and the percent of the target expected by then.
func ParseCurve(s string) ([]CurvePoint, error) {
	var curve []CurvePoint
	for point := range strings.SplitSeq(s, ",") {
		day, percent, _ := strings.Cut(point, "=")
		on, err := ParseDate(day)
		if err != nil {
			return nil, err
		}
		n, err := quantity.ParseNumber(percent)
		if err != nil {
			return nil, err
		}
		curve = append(curve, CurvePoint{On: on, Percent: n})
	}
	return curve, nil
}

// Indicator (指标) is one quantitative target of one task.
type Indicator struct {
	Code                  string // "<plan>-<task>-<n>", unique
	Plan                  string
	Task                  string
	Section               int
	Name                  string
	Kind                  Kind
	Direction             Direction
	DirectionBy           Settled
	Course                Course
	CourseBy              Settled
	Over                  Over      // of growth; empty for every other kind
	Each                  Frequency // the target holds for each such period on its own (每季度20个); empty for the whole term
	DefaultBasis          Basis     // what a report that names no basis means, whatever becomes of the kind
	Target                Target
	Baseline              *quantity.Number // 基数 in the target's unit, else nil
	StartsOn              Date             // first day pace is counted from
	DueOn                 Date             // last day to attain the target
	TermEndsOn            Date             // last day a period may reach: the later of DueOn and the plan's
	Binding               Binding
	State                 State
	Confidence            Confidence // of the reading; High for an indicator made by hand
	Frequency             Frequency
	Curve                 []CurvePoint // by date; empty when pace is linear
	LeadAgencies          []string
	ParticipatingAgencies []string
	ExternalCodes         []ExternalCode
	// The agencies that the names mean, in their order; none before they are stored.
	LeadAgencyIDs          []int64
	ParticipatingAgencyIDs []int64
	Source                 Source // zero for an indicator that has no place in the text
	Version                int    // from 1, one more with each change
	CreatedAt              time.Time
	UpdatedAt              time.Time
}

// Measurement (实绩) is what was reported for one period of one indicator.
// Measurements are never changed: a correction is a new revision.
type Measurement struct {
	ID          int64 // given by the store, rising
	Indicator   string
	Period      Period
	Basis       Basis
	Value       quantity.Number // without meaning where the figure is missing
	Unit        quantity.Unit   // as reported: any unit of the target's dimension; none where the figure is missing
	Share       *Share          // the figures that Value was computed from and rounded, else nil
	Missing     Missing         // there is no figure to report; empty for a figure
	Provisional bool            // the figure will be replaced by a final one
	SourceID    string          // the sender's own name for the report; may be empty
	Note        string          // of a retraction, and where the figure is missing: the reason
	EvidenceURL string
	Revision    int   // from 1 within the same indicator, period and basis
	Retracts    int64 // ID of the measurement that this one takes back; 0 for a report
	RecordedAt  time.Time
	ReportedBy  Reporter
}

// Share (分子, 分母) is a share as its two figures; it is computed with exactly.
type Share struct {
	Numerator   quantity.Number
	Denominator quantity.Number // above 0
}

// In is the exact share in a unit such as % or ‰; nil when the denominator is 0.
func (s Share) In(unit quantity.Unit) *big.Rat {
	if s.Denominator.Sign() == 0 {
		return nil
	}
	share := new(big.Rat).Quo(s.Numerator.Rat(), s.Denominator.Rat())
	return share.Mul(share, big.NewRat(100, 1)).Quo(share, unit.Factor()) // the base unit is a hundredth
}

// sharePlaces is how many decimals a value that follows from two figures is
// written with at most.
const sharePlaces = 4

// Rounded is the share in a unit such as % or ‰, to at most four decimals; the
// denominator must not be 0.
func (s Share) Rounded(unit quantity.Unit) quantity.Number {
	exact := s.In(unit)
	places := sharePlaces
	if digits, ends := exact.FloatPrec(); ends {
		places = min(places, digits)
	}
	return quantity.FromRat(exact, places)
}

// IsFigure reports whether a value was reported, rather than that there is none.
func (m Measurement) IsFigure() bool { return m.Missing == "" }

// Exact is the value that was reported, exactly; the figure must not be missing.
func (m Measurement) Exact() *big.Rat {
	if m.Share != nil {
		return m.Share.In(m.Unit)
	}
	return m.Value.Rat()
}

// Query selects indicators; a zero field selects all.
type Query struct {
	Selection
	IDs       []int64   // any of these, as the store numbers indicators
	States    []State   // any of these
	AgencyIDs []int64   // any of these names; with Roles as Agencies
	AsOf      time.Time // of what was known at this moment; zero: now
	DutiesAt  time.Time // by which duties and official names of agencies have passed on; zero: AsOf, or now
	// External are codes of other systems, any of which an indicator has now.
	External []ExternalCode
	Page     Page
	Sort     []SortKey // where a list can be sorted; none: in the order of the plans
}

// SortBy is what a list of indicators is sorted by.
type SortBy string

// The sort keys.
const (
	ByPlace   SortBy = "code" // plans in the order of import, their tasks, and within a task by number
	ByName    SortBy = "name"
	ByDueOn   SortBy = "due_on"
	ByUpdated SortBy = "updated_at"
)

// SortKeys lists the sort keys.
var SortKeys = []SortBy{ByPlace, ByName, ByDueOn, ByUpdated}

// SortKey is one of the keys that a list is sorted by; those after it decide among equals.
type SortKey struct {
	By   SortBy
	Down bool // the largest first
}

// PlanPlace is where an indicator stands in a plan.
type PlanPlace struct {
	Plan    string
	Task    string
	Section int
}

// Place is where the indicator stands.
func (in Indicator) Place() PlanPlace { return PlanPlace{in.Plan, in.Task, in.Section} }

// PlaceText is what a plan calls itself, and a task and a section of it; empty where it has none.
type PlaceText struct {
	PlanTitle string
	TaskTitle string
	Heading   string // of the section
}

// Page asks for the part of a list after a position.
type Page struct {
	After int64 // position returned with the part before; 0 for the first
	Limit int   // most rows to return; 0 for all
}
