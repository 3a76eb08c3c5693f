package tracker

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Grouping is what the rows of a summary stand for.
type Grouping string

// The groupings.
const (
	ByPlan    Grouping = "plan"
	BySection Grouping = "section"
	ByAgency  Grouping = "agency"
	ByRole    Grouping = "role" // of the agency that is asked about, or of any
	ByTask    Grouping = "task"
	ByKind    Grouping = "kind"
	ByStatus  Grouping = "status"
	ByMonth   Grouping = "month" // of the due date
)

// dimension says where an indicator counts when it is grouped. A new one is a constant
// above and an entry of dimensions.
type dimension struct {
	by Grouping
	// key is where a share counts.
	key func(share) Key
	// ofAgency says that an indicator counts for each of its agencies.
	ofAgency bool
	// ofPlan says that the key is read in the plan.
	ofPlan bool
	// sorted says that groups stand by key, and not in the order in which indicators first
	// name them.
	sorted bool
}

var dimensions = []dimension{
	{by: ByPlan, ofPlan: true, key: func(s share) Key { return named(s.plan.Code, s.plan.Title) }},
	{by: BySection, ofPlan: true, key: func(s share) Key {
		return Key{Value: strconv.Itoa(s.Section), Label: heading(*s.plan, s.Section), Plan: s.Plan}
	}},
	{by: ByAgency, ofAgency: true, ofPlan: true, key: func(s share) Key {
		key := named(s.agency, s.agency)
		key.Jurisdiction = s.plan.Jurisdiction
		return key
	}},
	{by: ByRole, ofAgency: true, key: func(s share) Key { return Key{Value: string(s.role), Label: s.role.Label()} }},
	{by: ByTask, key: func(s share) Key {
		key := named(s.Task, s.Task)
		key.Plan = s.Plan
		return key
	}},
	{by: ByKind, key: func(s share) Key { return Key{Value: string(s.Kind), Label: s.Kind.Label()} }},
	{by: ByStatus, key: func(s share) Key {
		return Key{Value: string(s.Status), Label: s.profile.Label(s.Status)}
	}},
	{by: ByMonth, sorted: true, key: func(s share) Key {
		year, month := s.DueOn.Year(), int(s.DueOn.Month())
		value := fmt.Sprintf("%04d-%02d", year, month)
		return Key{Value: value, Label: fault.Text{ZH: fmt.Sprintf("%d年%d月", year, month), EN: value}}
	}},
}

// Groupings lists the groupings.
var Groupings = func() []Grouping {
	list := make([]Grouping, len(dimensions))
	for i, d := range dimensions {
		list[i] = d.by
	}
	return list
}()

// dimensionsBy are the dimensions of groupings, in their order.
func dimensionsBy(by []Grouping) ([]dimension, error) {
	list := make([]dimension, 0, len(by))
	for i, g := range by {
		at := slices.Index(Groupings, g)
		if at < 0 || i >= MaxGroupings || slices.Contains(by[:i], g) {
			return nil, fault.Newf(fault.InvalidParameter, "最多可按 %d 个不同的维度分组", "at most %d different groupings can be given", MaxGroupings).At("group_by")
		}
		list = append(list, dimensions[at])
	}
	return list, nil
}

// CountsOnce says of groupings that an indicator is in at most one group.
func CountsOnce(by ...Grouping) bool {
	return !slices.ContainsFunc(dimensions, func(d dimension) bool { return d.ofAgency && slices.Contains(by, d.by) })
}

// MaxGroupings is by how many dimensions at once a summary may group.
const MaxGroupings = 2

// Key is what a group has in common in one dimension: what the filter of the same name
// takes.
type Key struct {
	Value string
	Label fault.Text
	// Plan or Jurisdiction is that in which the value means it; empty where it means the
	// same anywhere.
	Plan         string
	Jurisdiction string
}

// named labels a group by words of the plan, which are in no other language.
func named(value, label string) Key {
	return Key{Value: value, Label: fault.Text{ZH: label, EN: label}}
}

// keyID is what tells keys apart.
type keyID struct{ value, plan, jurisdiction string }

func (k Key) id() keyID { return keyID{k.Value, k.Plan, k.Jurisdiction} }

// heading is that of a section, in the words of the plan; tables beside the text are under none.
func heading(p indicator.Plan, section int) fault.Text {
	for _, s := range p.Sections {
		if s.Number == section {
			return fault.Text{ZH: s.Heading, EN: s.Heading}
		}
	}
	return indicator.NoSection
}
