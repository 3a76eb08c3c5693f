package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
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
	place = "p.id, COALESCE(k.id, t.id), i.id"
	// placeOfFew is place where few rows are sorted: the database is not to go through all
	// plans in their order to find them.
	placeOfFew   = "p.id + 0, COALESCE(k.id, t.id), i.id"
	placeCurrent = `JOIN plans p ON p.code = i.plan
		LEFT JOIN tasks k ON k.plan = i.plan AND k.number = t.number AND k.version = p.version`
	placeAsOf = `JOIN plans p ON p.code = i.plan
		LEFT JOIN tasks k ON k.plan = i.plan AND k.number = t.number AND k.version =
			(SELECT MAX(w.version) FROM plan_versions w WHERE w.plan = i.plan AND w.updated_at <= ?)`
	// afterPlace selects those that follow the one with a given id, the last argument.
	afterPlace     = "(" + place + ") > (SELECT " + place + " FROM indicators i " + joinCurrent + " " + joinTask + " " + placeCurrent + " WHERE i.id = ?)"
	afterPlaceAsOf = "(" + place + ") > (SELECT " + place + " FROM indicators i " + joinAsOf + " " + joinTask + " " + placeAsOf + " WHERE i.id = ?)"
)

// foundIndicator is an indicator with one of its versions.
type foundIndicator struct {
	ID      int64
	Code    string
	Plan    string
	Task    string
	Created database.Moment `gorm:"column:created_at"`
	Version versionRow      `gorm:"embedded"`
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
		Baseline: v.Baseline.OrNil(),
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
func (s *Store) Indicator(ctx context.Context, visible indicator.Visibility, code string) (indicator.Indicator, error) {
	in, err := s.oneIndicator(ctx, code, joinCurrent)
	if err == nil && !visible.Shows(in) {
		return indicator.Indicator{}, indicator.Unknown(code)
	}
	return in, s.db.Translate(ctx, err)
}

// versionOf returns one version of an indicator.
func (s *Store) versionOf(ctx context.Context, code string, version int) (indicator.Indicator, error) {
	return s.oneIndicator(ctx, code, joinVersion, version)
}

func (s *Store) oneIndicator(ctx context.Context, code, join string, args ...any) (indicator.Indicator, error) {
	tx := s.db.Read.WithContext(ctx)
	found, err := findIndicators(tx.Table("indicators AS i").Joins(join, args...).Joins(joinTask).Where("i.code = ?", code))
	if err != nil {
		return indicator.Indicator{}, err
	}
	if len(found) == 0 {
		return indicator.Indicator{}, indicator.Unknown(code)
	}
	ins, err := s.withAgencies(tx, found, time.Time{})
	if err != nil {
		return indicator.Indicator{}, err
	}
	return ins[0], nil
}

// Indicators lists the versions within sight that the query selects, current now or at its
// moment: plans in the order of import, their tasks in the order of the text, and within a task in
// the order of creation. next is the position of the following page, 0 at the
// end.
func (s *Store) Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) (ins []indicator.Indicator, next int64, err error) {
	found, next, err := s.listIndicators(ctx, visible, q)
	return unplaced(found), next, err
}

// Placed lists what Indicators does, with places.
func (s *Store) Placed(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Placed, int64, error) {
	return s.listIndicators(ctx, visible, q)
}

func unplaced(found []indicator.Placed) []indicator.Indicator {
	ins := make([]indicator.Indicator, len(found))
	for i, p := range found {
		ins[i] = p.Indicator
	}
	return ins
}

// IndicatorsAsOf lists the versions that were current at a moment and that visibility and
// query, applied to them, select, in the order of Indicators as it was then.
// Indicators created later are left out. Names of agencies mean what they meant then.
func (s *Store) IndicatorsAsOf(ctx context.Context, visible indicator.Visibility, q indicator.Query, at time.Time) ([]indicator.Indicator, error) {
	q.AsOf = at
	found, _, err := s.listIndicators(ctx, visible, q)
	return unplaced(found), err
}

func (s *Store) listIndicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Placed, int64, error) {
	tx, asOf := s.db.Read.WithContext(ctx), q.AsOf
	selected, err := s.selectedIndicators(tx, visible, q)
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	ids, narrowed, err := s.narrowPage(tx, visible, q)
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	if narrowed {
		selected = selected.Where("i.id IN ?", ids)
	}
	if narrowed || len(q.IDs) > 0 || len(q.Codes) > 0 {
		selected = selected.Order(placeOfFew)
	} else {
		selected = selected.Order(place)
	}
	if q.Page.After != 0 {
		following, args := afterPlace, []any{}
		if !asOf.IsZero() {
			following, args = afterPlaceAsOf, []any{database.MomentOf(asOf), database.MomentOf(asOf)}
		}
		selected = selected.Where(following, append(args, q.Page.After)...)
	}
	var found []placedIndicator
	if err := database.Limit(selected, q.Page).Select(placedColumns).Find(&found).Error; err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	found, next := database.Cut(found, q.Page, func(f placedIndicator) int64 { return f.Found.ID })
	versions := make([]foundIndicator, len(found))
	for i, f := range found {
		versions[i] = f.Found
	}
	ins, err := s.withAgencies(tx, versions, asOf)
	if err != nil {
		return nil, 0, s.db.Translate(ctx, err)
	}
	placed := make([]indicator.Placed, len(ins))
	for i, in := range ins {
		placed[i] = indicator.Placed{Indicator: in, Place: found[i].place()}
	}
	return placed, next, nil
}

// selectedIndicators are the versions i, v with their tasks t and places p, k that a query selects
// within sight, in no order.
func (s *Store) selectedIndicators(tx *gorm.DB, visible indicator.Visibility, q indicator.Query) (*gorm.DB, error) {
	view, err := s.viewAt(tx, q.AsOf)
	if err != nil {
		return nil, err
	}
	if !q.DutiesAt.IsZero() {
		view.At = q.DutiesAt
	}
	if q.AgencyIDs, err = view.resolved(tx, q); err != nil {
		return nil, err
	}
	from := tx.Table("indicators AS i")
	if q.AsOf.IsZero() {
		from = from.Joins(joinCurrent).Joins(joinTask).Joins(placeCurrent)
	} else {
		known := database.MomentOf(q.AsOf)
		from = from.Joins(joinAsOf, known).Joins(joinTask).Joins(placeAsOf, known)
	}
	return filter(within(from, nil, visible, !q.AsOf.IsZero()), nil, q), nil
}

// within narrows a selection of v to what is within sight. An earlier version that is not
// published is so for those whose business the indicator was then and still is.
func within(tx *gorm.DB, in columns, visible indicator.Visibility, earlier bool) *gorm.DB {
	if visible.All() {
		return tx
	}
	var states []indicator.State
	if visible.Published() {
		states = indicator.Published
	}
	own := tx.Session(&gorm.Session{NewDB: true}).Raw(`SELECT x.indicator_id, x.version FROM indicator_agencies x
		WHERE x.name_id IN ?`, visible.Agencies())
	version := in.at("v.indicator_id") + ", " + in.at("v.version")
	if earlier {
		return tx.Where("("+in.at("v.state")+" IN ? OR ("+version+") IN (?) AND (i.id, i.version) IN (?))", states, own, own)
	}
	return tx.Where("("+in.at("v.state")+" IN ? OR ("+version+") IN (?))", states, own)
}

func findIndicators(tx *gorm.DB) ([]foundIndicator, error) {
	var found []foundIndicator
	err := tx.Select(foundColumns).Find(&found).Error
	return found, err
}

// withAgencies adds the agencies, as names meant them at a moment or mean them now.
// Versions never change, so that reading their agencies a moment later cannot mix two of
// them.
func (s *Store) withAgencies(tx *gorm.DB, found []foundIndicator, asOf time.Time) ([]indicator.Indicator, error) {
	view, err := s.viewAt(tx, asOf)
	if err != nil {
		return nil, err
	}
	ins := make([]indicator.Indicator, len(found))
	byID := make(map[int64]*indicator.Indicator, len(found))
	ids := make([]int64, len(found))
	for i, f := range found {
		ins[i] = f.indicator()
		byID[f.ID], ids[i] = &ins[i], f.ID
	}
	err = eachAgency(tx, "indicator_agencies", "indicator_id", ids, func(a namedAgency) {
		in := byID[a.IndicatorID]
		switch {
		case a.Version != in.Version: // another version's
		case a.Role == indicator.Lead:
			in.LeadAgencies, in.LeadAgencyIDs = append(in.LeadAgencies, a.Name), append(in.LeadAgencyIDs, view.Agency(a.NameID))
		default:
			in.ParticipatingAgencies, in.ParticipatingAgencyIDs = append(in.ParticipatingAgencies, a.Name), append(in.ParticipatingAgencyIDs, view.Agency(a.NameID))
		}
	})
	return ins, err
}
