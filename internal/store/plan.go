package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// planRow is what never changes about a plan, and the number of its current
// version.
type planRow struct {
	ID      int64
	Code    string
	Version int
	Created database.Moment `gorm:"column:created_at"`
}

// TableName implements gorm's schema.Tabler.
func (planRow) TableName() string { return "plans" }

type planVersionRow struct {
	Plan       string
	Version    int
	Title      string
	Issuer     string
	IssuedOn   database.Day
	StartsOn   database.Day
	DueOn      database.Day
	SHA256     string `gorm:"column:sha256"`
	MediaType  string
	Characters int
	Updated    database.Moment `gorm:"column:updated_at"`
	// Jurisdiction is where the names of agencies are looked up.
	Jurisdiction string
	// Parts counts the rows of plan_parts; NULL for a version of before there were any.
	Parts *int
}

// TableName implements gorm's schema.Tabler.
func (planVersionRow) TableName() string { return "plan_versions" }

type documentRow struct {
	Plan     string
	Version  int
	Text     string
	Original []byte
}

// TableName implements gorm's schema.Tabler.
func (documentRow) TableName() string { return "documents" }

type sectionRow struct {
	Plan     string
	Version  int
	Number   int
	Heading  string
	StartPos int
	EndPos   int
}

// TableName implements gorm's schema.Tabler.
func (sectionRow) TableName() string { return "sections" }

type warningRow struct {
	Plan     string
	Version  int
	Ordinal  int
	Line     int
	StartPos int
	EndPos   int
	Code     string
	Message  string
}

// TableName implements gorm's schema.Tabler.
func (warningRow) TableName() string { return "warnings" }

type planMilestoneRow struct {
	Plan     string
	Version  int
	Ordinal  int
	Task     string
	Title    string
	DueOn    database.Day
	StartPos int
	EndPos   int
	Quote    string
}

// TableName implements gorm's schema.Tabler.
func (planMilestoneRow) TableName() string { return "plan_milestones" }

// CreatePlan stores a plan with its document, sections, tasks and warnings as
// its version 1, and the indicators read from it, or nothing at all. Indicators
// without a code get the next free ones; moments and versions are given by the
// store.
//
// It fails with fault.PlanExists at "code" when the code is taken, with
// fault.InvalidEncoding when the text holds what a database cannot keep, and
// otherwise as CreateIndicator does.
func (s *Store) CreatePlan(ctx context.Context, p indicator.Plan, indicators []indicator.Indicator) error {
	if err := checkText(p); err != nil {
		return err
	}
	p.Version = 1
	return s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		if err := tx.Create(&planRow{Code: p.Code, Version: p.Version, Created: now}).Error; err != nil {
			return database.OnDuplicate(err, fault.Newf(fault.PlanExists,
				"计划代码 %s 已被使用", "the plan code %s is taken", p.Code).At("code"))
		}
		if err := s.insertPlanVersion(tx, p, now); err != nil {
			return err
		}
		stored, err := s.insertIndicators(tx, indicators, now)
		if err != nil {
			return err
		}
		return s.Record(ctx, tx, "plan.imported", p.Code, nil, auditedPlan(p, stored))
	})
}

func checkText(p indicator.Plan) error {
	if !utf8.ValidString(p.Document.Text) || strings.ContainsRune(p.Document.Text, 0) {
		return fault.Newf(fault.InvalidEncoding, "文本含有无法保存的字符", "the text holds characters that cannot be stored")
	}
	return nil
}

// insertPlanVersion stores the version that the plan carries, with all that its
// document says beside indicators.
func (s *Store) insertPlanVersion(tx *gorm.DB, p indicator.Plan, updated database.Moment) error {
	row := planVersionRow{
		Plan: p.Code, Version: p.Version, Title: p.Title, Issuer: p.Issuer,
		IssuedOn: database.Day{Date: p.IssuedOn}, StartsOn: database.Day{Date: p.StartsOn}, DueOn: database.Day{Date: p.DueOn},
		SHA256: p.Document.SHA256, MediaType: p.Document.MediaType, Characters: p.Document.Characters,
		Updated: updated, Jurisdiction: p.Jurisdiction,
	}
	if p.Parts != nil {
		count := len(p.Parts)
		row.Parts = &count
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	original := p.Document.Original
	if original == nil {
		original = []byte{} // nil would be NULL
	}
	if err := tx.Create(&documentRow{p.Code, p.Version, p.Document.Text, original}).Error; err != nil {
		return err
	}
	if err := insertSections(tx, p); err != nil {
		return err
	}
	warnings := make([]warningRow, len(p.Warnings))
	for i, w := range p.Warnings {
		warnings[i] = warningRow{p.Code, p.Version, i, w.Line, w.Start, w.End, string(w.Code), w.Message}
	}
	if err := insertAll(tx, warnings); err != nil {
		return err
	}
	milestones := make([]planMilestoneRow, len(p.Milestones))
	for i, m := range p.Milestones {
		milestones[i] = planMilestoneRow{p.Code, p.Version, i, m.Task, m.Title, database.Day{Date: m.DueOn}, m.Start, m.End, m.Quote}
	}
	if err := insertAll(tx, milestones); err != nil {
		return err
	}
	if err := insertParts(tx, p); err != nil {
		return err
	}
	for _, k := range []*ledger.RecordKind{
		ledger.PlanRecord, ledger.DocumentRecord, ledger.SectionRecord, ledger.TaskRecord, ledger.PlanMilestoneRecord, ledger.PlanPartRecord,
	} {
		k.Touch(tx, p.Code, p.Version)
	}
	return s.insertTasks(tx, p, updated)
}

func insertSections(tx *gorm.DB, p indicator.Plan) error {
	rows := make([]sectionRow, len(p.Sections))
	for i, section := range p.Sections {
		rows[i] = sectionRow{p.Code, p.Version, section.Number, section.Heading, section.Start, section.End}
	}
	return database.OnDuplicate(insertAll(tx, rows), fault.Newf(fault.InvalidValue,
		"篇章编号重复", "two sections have the same number").At("/sections"))
}

// insertAll inserts rows in statements of a bounded size.
func insertAll[R any](tx *gorm.DB, rows []R) error {
	for part := range slices.Chunk(rows, database.ChunkSize) {
		if err := tx.Create(&part).Error; err != nil {
			return err
		}
	}
	return nil
}
