package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// How a version of a plan is chosen: the current one, or the one that was
// current at a moment.
const (
	planCurrent = "JOIN plan_versions v ON v.plan = p.code AND v.version = p.version"
	planAsOf    = `JOIN plan_versions v ON v.plan = p.code AND v.version =
		(SELECT MAX(w.version) FROM plan_versions w WHERE w.plan = p.code AND w.updated_at <= ?)`
)

// foundPlan is a plan with one of its versions.
type foundPlan struct {
	ID      int64
	Code    string
	Created database.Moment `gorm:"column:created_at"`
	Version planVersionRow  `gorm:"embedded"`
}

func findPlans(tx *gorm.DB) (found []foundPlan, err error) {
	return found, tx.Select("p.id, p.code, p.created_at, v.*").Find(&found).Error
}

func (f foundPlan) plan() indicator.Plan {
	v := f.Version
	return indicator.Plan{
		Code: f.Code, Title: v.Title, Issuer: v.Issuer, Jurisdiction: v.Jurisdiction,
		IssuedOn: v.IssuedOn.Date, StartsOn: v.StartsOn.Date, DueOn: v.DueOn.Date, Version: v.Version,
		Document:  indicator.Document{SHA256: v.SHA256, MediaType: v.MediaType, Characters: v.Characters},
		CreatedAt: f.Created.Time, UpdatedAt: v.Updated.Time,
	}
}

// Plan returns the current version of a plan with its sections, warnings, milestones and
// parts and the count of its indicators by state, without its tasks and the text and
// bytes of its document. It fails with fault.NotFound.
func (s *Store) Plan(ctx context.Context, code string) (indicator.Plan, error) {
	tx := s.db.Read.WithContext(ctx)
	return s.planFrom(ctx, tx.Table("plans AS p").Joins(planCurrent), code)
}

// PlanAsOf is Plan with the version that was current at a moment; the count of
// indicators is that of now. It fails with fault.NotFound, also when the plan
// was imported later.
func (s *Store) PlanAsOf(ctx context.Context, code string, at time.Time) (indicator.Plan, error) {
	tx := s.db.Read.WithContext(ctx)
	return s.planFrom(ctx, tx.Table("plans AS p").Joins(planAsOf, database.MomentOf(at)), code)
}

func (s *Store) planFrom(ctx context.Context, from *gorm.DB, code string) (indicator.Plan, error) {
	found, err := findPlans(from.Where("p.code = ?", code))
	if err != nil {
		return indicator.Plan{}, s.db.Translate(ctx, err)
	}
	if len(found) == 0 {
		return indicator.Plan{}, database.NotFound(kindPlan, code)
	}
	p := found[0].plan()
	tx := s.db.Read.WithContext(ctx)
	if err := addContents(tx, &p, found[0].Version.Parts); err != nil {
		return indicator.Plan{}, s.db.Translate(ctx, err)
	}
	counts, err := s.countReview(tx, []string{code})
	if err != nil {
		return indicator.Plan{}, s.db.Translate(ctx, err)
	}
	p.Review = counts[code]
	return p, nil
}

// addContents adds the sections, warnings, milestones and parts of a plan's version, which
// has so many parts, or was stored before they were kept.
func addContents(tx *gorm.DB, p *indicator.Plan, parts *int) (err error) {
	var sections []sectionRow
	if err := tx.Where("plan = ? AND version = ?", p.Code, p.Version).Order("number").Find(&sections).Error; err != nil {
		return err
	}
	for _, r := range sections {
		p.Sections = append(p.Sections, indicator.Section{Number: r.Number, Heading: r.Heading, Start: r.StartPos, End: r.EndPos})
	}
	var warnings []warningRow
	if err := tx.Where("plan = ? AND version = ?", p.Code, p.Version).Order("ordinal").Find(&warnings).Error; err != nil {
		return err
	}
	for _, r := range warnings {
		p.Warnings = append(p.Warnings, indicator.Warning{Line: r.Line, Start: r.StartPos, End: r.EndPos, Code: indicator.WarningCode(r.Code), Message: r.Message})
	}
	var milestones []planMilestoneRow
	if err := tx.Where("plan = ? AND version = ?", p.Code, p.Version).Order("ordinal").Find(&milestones).Error; err != nil {
		return err
	}
	for _, r := range milestones {
		p.Milestones = append(p.Milestones, indicator.PlanMilestone{
			Task: r.Task, Title: r.Title, DueOn: r.DueOn.Date, Start: r.StartPos, End: r.EndPos, Quote: r.Quote,
		})
	}
	p.Parts, err = partsOf(tx, p, parts)
	return err
}

// jurisdictionOf is the jurisdiction of a plan's current version. It fails with
// fault.NotFound.
func jurisdictionOf(tx *gorm.DB, plan string) (string, error) {
	var row planVersionRow
	err := tx.Table("plans AS p").Joins(planCurrent).Select("v.jurisdiction").Where("p.code = ?", plan).Take(&row).Error
	return row.Jurisdiction, database.OnMissing(err, database.NotFound(kindPlan, plan))
}

// Plans lists the current versions of plans in the order of import, with the
// count of their indicators by state and none of their parts. next is the
// position of the following page, 0 at the end.
func (s *Store) Plans(ctx context.Context, selected indicator.PlanSelection, page indicator.Page) (plans []indicator.Plan, next int64, err error) {
	tx := s.db.Read.WithContext(ctx)
	query := filterPlans(tx.Table("plans AS p").Joins(planCurrent), selected)
	found, err := findPlans(database.PageBy(query, "p.id", page))
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	found, next = database.Cut(found, page, func(f foundPlan) int64 { return f.ID })
	codes := make([]string, len(found))
	for i, f := range found {
		codes[i] = f.Code
	}
	counts, err := s.countReview(tx, codes)
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	plans = make([]indicator.Plan, len(found))
	for i, f := range found {
		plans[i] = f.plan()
		plans[i].Review = counts[f.Code]
	}
	return plans, next, nil
}

// PlanTitles returns what plans, or all when none are named, were called at a moment, and their
// jurisdictions, by their codes.
func (s *Store) PlanTitles(ctx context.Context, codes []string, at time.Time) (map[string]indicator.Plan, error) {
	tx := s.db.Read.WithContext(ctx).Table("plans AS p").Joins(planAsOf, database.MomentOf(at))
	var rows []struct{ Code, Title, Jurisdiction string }
	if err := anyOf(tx, "p.code", codes).Select("p.code, v.title, v.jurisdiction").Find(&rows).Error; err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	titles := make(map[string]indicator.Plan, len(rows))
	for _, r := range rows {
		titles[r.Code] = indicator.Plan{Code: r.Code, Title: r.Title, Jurisdiction: r.Jurisdiction}
	}
	return titles, nil
}

// Document returns the whole document of a version of a plan, 0 standing for
// the current one. It fails with fault.NotFound.
func (s *Store) Document(ctx context.Context, plan string, version int) (indicator.Document, error) {
	var row struct {
		SHA256     string `gorm:"column:sha256"`
		MediaType  string
		Characters int
		Text       string
		Original   []byte
	}
	tx := s.db.Read.WithContext(ctx).Table("plans AS p").
		Select("v.sha256, v.media_type, v.characters, d.text, d.original").
		Joins("JOIN plan_versions v ON v.plan = p.code").
		Joins("JOIN documents d ON d.plan = v.plan AND d.version = v.version").
		Where("p.code = ?", plan)
	missing := database.NotFound(kindPlan, plan)
	if version == 0 {
		tx = tx.Where("v.version = p.version")
	} else {
		tx = tx.Where("v.version = ?", version)
		missing = notFoundVersion(plan, version)
	}
	if err := tx.Take(&row).Error; err != nil {
		return indicator.Document{}, s.db.Translate(ctx, database.OnMissing(err, missing))
	}
	return indicator.Document{
		SHA256: row.SHA256, MediaType: row.MediaType, Characters: row.Characters,
		Text: row.Text, Original: row.Original,
	}, nil
}

func notFoundVersion(plan string, version int) *fault.Fault {
	return fault.Newf(fault.NotFound, "没有计划 %s 的第 %d 版", "the plan %s has no version %d", plan, version)
}

var (
	kindPlan = fault.Text{ZH: "计划", EN: "plan"}
	kindTask = fault.Text{ZH: "任务", EN: "task"}
)
