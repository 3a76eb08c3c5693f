package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// How a version of an indicator is chosen: the current one, one by its number, or
// the one that was current at a moment, which an indicator created later does not have.
const (
	joinCurrent = "JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version"
	joinVersion = "JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = ?"
	joinAsOf    = `JOIN indicator_versions v ON v.indicator_id = i.id AND v.version =
		(SELECT MAX(w.version) FROM indicator_versions w WHERE w.indicator_id = i.id AND w.updated_at <= ?)`
)

// joinTask adds the task that a version of an indicator stands in.
const joinTask = "JOIN tasks t ON t.id = v.task_id"

// Where indicators stand: by plan, by task and by age. Tasks are stored in the
// order of their plan, each version of it anew, so the task k counts that has
// the number in the version chosen; one that is gone from it comes first.
const (
	place        = "p.id, COALESCE(k.id, t.id), i.id"
	placeCurrent = `JOIN plans p ON p.code = i.plan
		LEFT JOIN tasks k ON k.plan = i.plan AND k.number = t.number AND k.version = p.version`
	placeAsOf = `JOIN plans p ON p.code = i.plan
		LEFT JOIN tasks k ON k.plan = i.plan AND k.number = t.number AND k.version =
			(SELECT MAX(w.version) FROM plan_versions w WHERE w.plan = i.plan AND w.updated_at <= ?)`
	// afterPlace selects those that follow the one with a given id.
	afterPlace = "(" + place + ") > (SELECT " + place + " FROM indicators i " +
		joinCurrent + " " + joinTask + " " + placeCurrent + " WHERE i.id = ?)"
)

// foundIndicator is an indicator with one of its versions.
type foundIndicator struct {
	ID      int64
	Code    string
	Plan    string
	Task    string
	Created moment     `gorm:"column:created_at"`
	Version versionRow `gorm:"embedded"`
}

const foundColumns = "i.id, i.code, i.plan, i.created_at, v.*, t.number AS task"

func (f foundIndicator) indicator() indicator.Indicator {
	v := f.Version
	return indicator.Indicator{
		Code: f.Code, Plan: f.Plan, Task: f.Task, Section: v.Section,
		Name: v.Name, Kind: v.Kind,
		Direction: v.Direction, DirectionBy: v.DirectionBy, Course: v.Course, CourseBy: v.CourseBy,
		Over: v.Over, Each: v.Each, DefaultBasis: v.DefaultBasis,
		Target:   v.target(),
		Baseline: v.Baseline.number(),
		StartsOn: v.StartsOn.Date, DueOn: v.DueOn.Date, TermEndsOn: v.TermEndsOn.Date,
		Binding: v.Binding, Frequency: v.Frequency, State: v.State, Confidence: v.Confidence, Curve: v.Curve,
		Source: indicator.Source{
			Version: v.SourceVersion, Start: v.SourceStart, End: v.SourceEnd, Quote: v.SourceQuote, Rule: v.SourceRule,
			Page: v.Page, Paragraph: v.Paragraph,
		},
		ExternalCodes: v.ExternalCodes,
		Version:       v.Version, CreatedAt: f.Created.Time, UpdatedAt: v.Updated.Time,
	}
}

// Indicator returns the current version of an indicator. It fails with
// fault.NotFound, also of one that is out of sight.
func (s *Store) Indicator(ctx context.Context, sight indicator.Sight, code string) (indicator.Indicator, error) {
	in, err := s.oneIndicator(ctx, code, joinCurrent)
	if err == nil && !sight.Shows(in) {
		return indicator.Indicator{}, indicator.Unknown(code)
	}
	return in, s.translate(ctx, err)
}

// versionOf returns one version of an indicator.
func (s *Store) versionOf(ctx context.Context, code string, version int) (indicator.Indicator, error) {
	return s.oneIndicator(ctx, code, joinVersion, version)
}

func (s *Store) oneIndicator(ctx context.Context, code, join string, args ...any) (indicator.Indicator, error) {
	tx := s.read.WithContext(ctx)
	found, err := findIndicators(tx.Table("indicators AS i").Joins(join, args...).Joins(joinTask).Where("i.code = ?", code))
	if err != nil {
		return indicator.Indicator{}, err
	}
	if len(found) == 0 {
		return indicator.Indicator{}, indicator.Unknown(code)
	}
	ins, err := withAgencies(tx, found)
	if err != nil {
		return indicator.Indicator{}, err
	}
	return ins[0], nil
}

// Indicators lists the current versions within sight that the query selects: plans in the
// order of import, their tasks in the order of the text, and within a task in
// the order of creation. next is the position of the following page, 0 at the
// end.
func (s *Store) Indicators(ctx context.Context, sight indicator.Sight, q indicator.Query) (ins []indicator.Indicator, next int64, err error) {
	tx := s.read.WithContext(ctx)
	return s.listIndicators(ctx, tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask).Joins(placeCurrent), sight, q)
}

// IndicatorsAsOf lists the versions that were current at a moment and that sight and
// query, applied to them, select, in the order of Indicators as it was then.
// Indicators created later are left out. The page may have neither a position nor,
// where external codes are asked for, a limit.
func (s *Store) IndicatorsAsOf(ctx context.Context, sight indicator.Sight, q indicator.Query, at time.Time) ([]indicator.Indicator, error) {
	tx := s.read.WithContext(ctx)
	known := momentOf(at)
	from := tx.Table("indicators AS i").Joins(joinAsOf, known).Joins(joinTask).Joins(placeAsOf, known)
	had := knownAs(q)
	if had != nil && q.ExternalCode != "" {
		from = from.Where("v.external_codes LIKE ? ESCAPE '"+likeEscape+"'", containing(writtenCode(q.ExternalCode)))
	}
	q.ExternalCode, q.ExternalNamespace = "", nil
	ins, _, err := s.listIndicators(ctx, from, sight, q)
	if had != nil {
		ins = slices.DeleteFunc(ins, func(in indicator.Indicator) bool { return !slices.ContainsFunc(in.ExternalCodes, had) })
	}
	return ins, err
}

func (s *Store) listIndicators(ctx context.Context, from *gorm.DB, sight indicator.Sight, q indicator.Query) ([]indicator.Indicator, int64, error) {
	selected := filter(within(from, sight), q).Order(place)
	if q.Page.After != 0 {
		selected = selected.Where(afterPlace, q.Page.After)
	}
	found, err := findIndicators(limited(selected, q.Page))
	if err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	found, next := cut(found, q.Page, func(f foundIndicator) int64 { return f.ID })
	ins, err := withAgencies(s.read.WithContext(ctx), found)
	if err != nil {
		return nil, 0, s.translate(ctx, err)
	}
	return ins, next, nil
}

// within narrows a selection of v to what is within sight.
func within(tx *gorm.DB, sight indicator.Sight) *gorm.DB {
	if sight.All() {
		return tx
	}
	var states []indicator.State
	if sight.Published() {
		states = indicator.Published
	}
	own := tx.Session(&gorm.Session{NewDB: true}).Raw(`SELECT x.indicator_id, x.version FROM indicator_agencies x
		WHERE x.agency_id IN ?`, sight.Agencies())
	return tx.Where("(v.state IN ? OR (v.indicator_id, v.version) IN (?))", states, own)
}

// filter narrows a selection of i and v to what a query asks for.
func filter(tx *gorm.DB, q indicator.Query) *gorm.DB {
	if q.Plan != "" {
		tx = tx.Where("i.plan = ?", q.Plan)
	}
	if q.Section != 0 {
		tx = tx.Where("v.section = ?", q.Section)
	}
	if q.Task != "" {
		tx = tx.Where("t.number = ?", q.Task)
	}
	if q.Code != "" {
		tx = tx.Where("i.code = ?", q.Code)
	}
	if len(q.Codes) > 0 {
		tx = tx.Where("i.code IN ?", q.Codes)
	}
	if len(q.States) > 0 {
		tx = tx.Where("v.state IN ?", q.States)
	}
	if q.Kind != "" {
		tx = tx.Where("v.kind = ?", q.Kind)
	}
	if q.DirectionBy != "" {
		tx = tx.Where("v.direction_by = ?", q.DirectionBy)
	}
	if q.Text != "" {
		tx = tx.Where("v.search LIKE ? ESCAPE '"+likeEscape+"'", containing(folded(q.Text)))
	}
	tx = filterExternal(tx, q)
	if q.Agency != "" {
		named := `SELECT x.indicator_id, x.version FROM indicator_agencies x
			JOIN agencies a ON a.id = x.agency_id WHERE a.name = ?`
		args := []any{q.Agency}
		if q.Jurisdiction != "" {
			named, args = named+" AND a.jurisdiction = ?", append(args, q.Jurisdiction)
		}
		if q.Role != "" {
			named, args = named+" AND x.role = ?", append(args, q.Role)
		}
		tx = tx.Where("(v.indicator_id, v.version) IN ("+named+")", args...)
	}
	return tx
}

func findIndicators(tx *gorm.DB) ([]foundIndicator, error) {
	var found []foundIndicator
	err := tx.Select(foundColumns).Find(&found).Error
	return found, err
}

// withAgencies adds the agencies. Versions never change, so that reading their
// agencies a moment later cannot mix two of them.
func withAgencies(tx *gorm.DB, found []foundIndicator) ([]indicator.Indicator, error) {
	ins := make([]indicator.Indicator, len(found))
	byID := make(map[int64]*indicator.Indicator, len(found))
	ids := make([]int64, len(found))
	for i, f := range found {
		ins[i] = f.indicator()
		byID[f.ID], ids[i] = &ins[i], f.ID
	}
	err := eachAgency(tx, "indicator_agencies", "indicator_id", ids, func(a namedAgency) {
		in := byID[a.IndicatorID]
		switch {
		case a.Version != in.Version: // another version's
		case a.Role == indicator.Lead:
			in.LeadAgencies, in.LeadAgencyIDs = append(in.LeadAgencies, a.Name), append(in.LeadAgencyIDs, a.AgencyID)
		default:
			in.ParticipatingAgencies, in.ParticipatingAgencyIDs = append(in.ParticipatingAgencies, a.Name), append(in.ParticipatingAgencyIDs, a.AgencyID)
		}
	})
	return ins, err
}
