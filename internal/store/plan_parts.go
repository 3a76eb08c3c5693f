package store

import (
	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// planPartRow is a share that a table of a version of a plan hands out to a place.
type planPartRow struct {
	Plan        string
	Version     int
	Ordinal     int
	Task        string
	Name        string
	Area        string
	PartOf      string
	Kind        indicator.Kind
	Direction   indicator.Direction
	Comparator  indicator.Comparator
	TargetValue *database.Decimal // NULL while the target waits
	TargetHigh  *database.Decimal
	Unit        database.Unit
	Reference   string `gorm:"column:target_reference"`
	Baseline    *database.Decimal
	DueOn       database.Day
	Confidence  indicator.Confidence
	StartPos    int
	EndPos      int
	Quote       string
}

// TableName implements gorm's schema.Tabler.
func (planPartRow) TableName() string { return "plan_parts" }

// partRowOf is a part as a row of no plan yet.
func partRowOf(p indicator.PlanPart) planPartRow {
	return planPartRow{
		Task: p.Task, Name: p.Name, Area: p.Area, PartOf: p.PartOf, Kind: p.Kind, Direction: p.Direction,
		Comparator: p.Target.Comparator, TargetValue: targetValue(p.Target), TargetHigh: database.DecimalOf(p.Target.ValueHigh),
		Unit: database.Unit{Unit: p.Target.Unit}, Reference: p.Target.Reference, Baseline: database.DecimalOf(p.Baseline),
		DueOn: database.Day{Date: p.DueOn}, Confidence: p.Confidence, StartPos: p.Start, EndPos: p.End, Quote: p.Quote,
	}
}

// part is the inverse of partRowOf.
func (r planPartRow) part() indicator.PlanPart {
	return indicator.PlanPart{
		Task: r.Task, Name: r.Name, Area: r.Area, PartOf: r.PartOf, Kind: r.Kind, Direction: r.Direction,
		Target:   targetOf(r.Comparator, r.TargetValue, r.TargetHigh, r.Unit, r.Reference),
		Baseline: r.Baseline.OrNil(), DueOn: r.DueOn.Date, Confidence: r.Confidence, Start: r.StartPos, End: r.EndPos, Quote: r.Quote,
	}
}

func insertParts(tx *gorm.DB, p indicator.Plan) error {
	rows := make([]planPartRow, len(p.Parts))
	for i, part := range p.Parts {
		rows[i] = partRowOf(part)
		rows[i].Plan, rows[i].Version, rows[i].Ordinal = p.Code, p.Version, i
	}
	return insertAll(tx, rows)
}

// partsOf are the parts of a plan's version in the order of its text, so many as it says; nil
// where it does not say.
func partsOf(tx *gorm.DB, p *indicator.Plan, count *int) ([]indicator.PlanPart, error) {
	if count == nil {
		return nil, nil
	}
	parts := make([]indicator.PlanPart, 0, *count)
	if *count == 0 {
		return parts, nil
	}
	var rows []planPartRow
	if err := tx.Where("plan = ? AND version = ?", p.Code, p.Version).Order("ordinal").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, r := range rows {
		parts = append(parts, r.part())
	}
	return parts, nil
}
