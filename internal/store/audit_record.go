package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// auditedFields are the fields of an indicator that were audited from the first,
// in the names and the order in which JSON has held them since: what is hashed
// must not change with the program. Newer fields go into a list after them.
type auditedFields struct {
	Code                  string
	Plan                  string
	Task                  string
	Section               int
	Name                  string
	Kind                  indicator.Kind
	Direction             indicator.Direction
	Target                auditedTarget
	Baseline              *struct{}
	StartsOn              struct{}
	DueOn                 struct{}
	TermEndsOn            struct{}
	Binding               indicator.Binding
	State                 indicator.State
	Confidence            indicator.Confidence
	Frequency             indicator.Frequency
	Curve                 *struct{}
	LeadAgencies          []string
	ParticipatingAgencies []string
	Source                indicator.Source
	Version               int
	CreatedAt             time.Time
	UpdatedAt             time.Time
}

// auditedTarget holds the comparator alone; the rest stands among the texts.
type auditedTarget struct {
	Comparator indicator.Comparator
	Value      int
	ValueHigh  *struct{}
	Unit       struct{}
	Reference  string
	Waits      bool
}

// auditedIndicator is all that an indicator says, in a form that JSON holds
// whole. The list of what says how the target is held is there only where there
// is any of it, so that a record without it has the hash that it always had.
func auditedIndicator(in indicator.Indicator) any {
	v := versionOf(placed{Indicator: in}, database.MomentOf(in.UpdatedAt))
	texts := []string{in.Code, in.Plan, in.Task}
	for _, value := range []interface{ String() string }{
		v.Unit, v.StartsOn, v.DueOn, v.TermEndsOn,
	} {
		texts = append(texts, value.String())
	}
	texts = append(texts, decimalTexts(v.TargetValue, v.TargetHigh, v.Baseline)...)
	for _, p := range in.Curve {
		texts = append(texts, p.On.String(), p.Percent.String())
	}
	audited := []any{texts, auditedFields{
		Code: in.Code, Plan: in.Plan, Task: in.Task, Section: in.Section, Name: in.Name, Kind: in.Kind, Direction: in.Direction,
		Target: auditedTarget{Comparator: in.Target.Comparator}, Binding: in.Binding, State: in.State, Confidence: in.Confidence,
		Frequency: in.Frequency, LeadAgencies: in.LeadAgencies, ParticipatingAgencies: in.ParticipatingAgencies,
		Source: in.Source, Version: in.Version, CreatedAt: in.CreatedAt, UpdatedAt: in.UpdatedAt,
	}}
	held := []string{
		string(in.DirectionBy), string(in.Course), string(in.CourseBy), string(in.Over), string(in.Each), string(in.DefaultBasis),
	}
	if strings.Join(held, "") != "" {
		audited = append(audited, append(held, in.Target.Reference))
	}
	if len(in.ExternalCodes) > 0 {
		audited = append(audited, map[string]any{"external_codes": database.ExternalTexts(in.ExternalCodes)})
	}
	return audited
}

// auditedPlan is what a plan says; its text stands by its hash.
func auditedPlan(p indicator.Plan, ins []indicator.Indicator) any {
	dates := []string{p.IssuedOn.String(), p.StartsOn.String(), p.DueOn.String()}
	p.Document.Text, p.Document.Original = "", nil
	indicators := make([]any, len(ins))
	for i, in := range ins {
		indicators[i] = auditedIndicator(in)
	}
	audited := []any{dates, p, indicators}
	if len(p.Parts) > 0 {
		audited = append(audited, map[string]any{"parts": auditedParts(p.Parts)})
	}
	return audited
}

// auditedParts are all that parts say, as texts.
func auditedParts(parts []indicator.PlanPart) [][]string {
	audited := make([][]string, len(parts))
	for i, p := range parts {
		r := partRowOf(p)
		texts := []string{
			r.Task, r.Name, r.Area, r.PartOf, string(r.Kind), string(r.Direction), string(r.Comparator), r.Unit.String(), r.Reference,
			r.DueOn.String(), string(r.Confidence), strconv.Itoa(r.StartPos), strconv.Itoa(r.EndPos), r.Quote,
		}
		audited[i] = append(texts, decimalTexts(r.TargetValue, r.TargetHigh, r.Baseline)...)
	}
	return audited
}

// decimalTexts are optional numbers as they are audited.
func decimalTexts(numbers ...*database.Decimal) (texts []string) {
	for _, n := range numbers {
		if n == nil {
			texts = append(texts, "null")
			continue
		}
		texts = append(texts, n.String())
	}
	return texts
}

// auditedNow is the current version of an indicator, as auditedIndicator gives
// it; nil when there is none.
func (s *Store) auditedNow(tx *gorm.DB, code string) (any, error) {
	found, err := findIndicators(tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask).Where("i.code = ?", code))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ins, err := s.withAgencies(tx, found, time.Time{})
	if err != nil {
		return nil, err
	}
	return auditedIndicator(ins[0]), nil
}

// auditedStates are the versions and states of a plan's indicators.
func auditedStates(found []foundIndicator) any {
	states := make(map[string]string, len(found))
	for _, f := range found {
		states[f.Code] = fmt.Sprintf("%d %s", f.Version.Version, f.Version.State)
	}
	return states
}
