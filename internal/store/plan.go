package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type planRow struct {
	ID         int64
	Code       string
	Title      string
	Issuer     string
	IssuedOn   day
	StartsOn   day
	DueOn      day
	SHA256     string `gorm:"column:sha256"`
	MediaType  string
	Characters int
	Created    moment `gorm:"column:created_at"`
}

// TableName implements gorm's schema.Tabler.
func (planRow) TableName() string { return "plans" }

func (r planRow) plan() indicator.Plan {
	return indicator.Plan{
		Code: r.Code, Title: r.Title, Issuer: r.Issuer,
		IssuedOn: r.IssuedOn.Date, StartsOn: r.StartsOn.Date, DueOn: r.DueOn.Date,
		Document:  indicator.Document{SHA256: r.SHA256, MediaType: r.MediaType, Characters: r.Characters},
		CreatedAt: r.Created.Time,
	}
}

type documentRow struct {
	Plan     string `gorm:"primaryKey"`
	Text     string
	Original []byte
}

// TableName implements gorm's schema.Tabler.
func (documentRow) TableName() string { return "documents" }

type sectionRow struct {
	Plan     string
	Number   int
	Heading  string
	StartPos int
	EndPos   int
}

// TableName implements gorm's schema.Tabler.
func (sectionRow) TableName() string { return "sections" }

type warningRow struct {
	Plan     string
	Ordinal  int
	Line     int
	StartPos int
	EndPos   int
	Code     string
	Message  string
}

// TableName implements gorm's schema.Tabler.
func (warningRow) TableName() string { return "warnings" }

// CreatePlan stores a plan with its document, sections, tasks and warnings, and
// the indicators read from it, or nothing at all. Indicators without a code get
// the next free ones; CreatedAt and versions are given by the store.
//
// It fails with fault.PlanExists at "code" when the code is taken, with
// fault.InvalidEncoding when the text holds what a database cannot keep, and
// otherwise as CreateIndicator does.
func (s *Store) CreatePlan(ctx context.Context, p indicator.Plan, indicators []indicator.Indicator) error {
	if !utf8.ValidString(p.Document.Text) || strings.ContainsRune(p.Document.Text, 0) {
		return fault.Newf(fault.InvalidEncoding, "文本含有无法保存的字符", "the text holds characters that cannot be stored")
	}
	return s.inTx(ctx, func(tx *gorm.DB) error {
		if err := s.alone(tx); err != nil {
			return err
		}
		if err := insertPlan(tx, p, momentOf(s.now())); err != nil {
			return err
		}
		if err := insertTasks(tx, p); err != nil {
			return err
		}
		stored, err := s.insertIndicators(tx, indicators)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, "plan.imported", p.Code, nil, auditedPlan(p, stored))
	})
}

func insertPlan(tx *gorm.DB, p indicator.Plan, created moment) error {
	row := planRow{
		Code: p.Code, Title: p.Title, Issuer: p.Issuer,
		IssuedOn: day{p.IssuedOn}, StartsOn: day{p.StartsOn}, DueOn: day{p.DueOn},
		SHA256: p.Document.SHA256, MediaType: p.Document.MediaType, Characters: p.Document.Characters,
		Created: created,
	}
	if err := tx.Create(&row).Error; err != nil {
		return onDuplicate(err, fault.Newf(fault.PlanExists,
			"计划代码 %s 已被使用", "the plan code %s is taken", p.Code).At("code"))
	}
	original := p.Document.Original
	if original == nil {
		original = []byte{} // nil would be NULL
	}
	if err := tx.Create(&documentRow{Plan: p.Code, Text: p.Document.Text, Original: original}).Error; err != nil {
		return err
	}
	if err := insertSections(tx, p); err != nil {
		return err
	}
	warnings := make([]warningRow, len(p.Warnings))
	for i, w := range p.Warnings {
		warnings[i] = warningRow{p.Code, i, w.Line, w.Start, w.End, w.Code, w.Message}
	}
	return insertAll(tx, warnings)
}

func insertSections(tx *gorm.DB, p indicator.Plan) error {
	rows := make([]sectionRow, len(p.Sections))
	for i, section := range p.Sections {
		rows[i] = sectionRow{p.Code, section.Number, section.Heading, section.Start, section.End}
	}
	return onDuplicate(insertAll(tx, rows), fault.Newf(fault.InvalidValue,
		"篇章编号重复", "two sections have the same number").At("/sections"))
}

// insertAll inserts rows in statements of a bounded size.
func insertAll[R any](tx *gorm.DB, rows []R) error {
	for part := range slices.Chunk(rows, chunkSize) {
		if err := tx.Create(&part).Error; err != nil {
			return err
		}
	}
	return nil
}

// Plan returns a plan with its sections and warnings, without its tasks and the
// text and bytes of its document. It fails with fault.NotFound.
func (s *Store) Plan(ctx context.Context, code string) (indicator.Plan, error) {
	p, err := s.plan(s.read.WithContext(ctx), code)
	if err != nil {
		return indicator.Plan{}, s.translate(ctx, err)
	}
	return p, nil
}

func (s *Store) plan(tx *gorm.DB, code string) (indicator.Plan, error) {
	var row planRow
	if err := tx.Where("code = ?", code).Take(&row).Error; err != nil {
		return indicator.Plan{}, onMissing(err, notFound(kindPlan, code))
	}
	p := row.plan()
	var sections []sectionRow
	if err := tx.Where("plan = ?", code).Order("number").Find(&sections).Error; err != nil {
		return indicator.Plan{}, err
	}
	for _, r := range sections {
		p.Sections = append(p.Sections, indicator.Section{Number: r.Number, Heading: r.Heading, Start: r.StartPos, End: r.EndPos})
	}
	var warnings []warningRow
	if err := tx.Where("plan = ?", code).Order("ordinal").Find(&warnings).Error; err != nil {
		return indicator.Plan{}, err
	}
	for _, r := range warnings {
		p.Warnings = append(p.Warnings, indicator.Warning{Line: r.Line, Start: r.StartPos, End: r.EndPos, Code: r.Code, Message: r.Message})
	}
	return p, nil
}

// Plans lists plans in the order of import, without any of their parts. next is
// the position of the following page, 0 at the end.
func (s *Store) Plans(ctx context.Context, page indicator.Page) (plans []indicator.Plan, next int64, err error) {
	var rows []planRow
	if err := pageBy(s.read.WithContext(ctx), "id", page).Find(&rows).Error; err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	rows, next = cut(rows, page, func(r planRow) int64 { return r.ID })
	plans = make([]indicator.Plan, len(rows))
	for i, r := range rows {
		plans[i] = r.plan()
	}
	return plans, next, nil
}

// Document returns the whole document of a plan. It fails with fault.NotFound.
func (s *Store) Document(ctx context.Context, code string) (indicator.Document, error) {
	var row struct {
		SHA256     string `gorm:"column:sha256"`
		MediaType  string
		Characters int
		Text       string
		Original   []byte
	}
	err := s.read.WithContext(ctx).Table("plans").
		Select("plans.sha256, plans.media_type, plans.characters, documents.text, documents.original").
		Joins("JOIN documents ON documents.plan = plans.code").
		Where("plans.code = ?", code).Take(&row).Error
	if err != nil {
		return indicator.Document{}, s.translate(ctx, onMissing(err, notFound(kindPlan, code)))
	}
	return indicator.Document{
		SHA256: row.SHA256, MediaType: row.MediaType, Characters: row.Characters,
		Text: row.Text, Original: row.Original,
	}, nil
}
