package tracker

import (
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// share is an indicator as one of its agencies has it, or as a whole where no dimension asks
// for agencies.
type share struct {
	progress.Tally

	profile judging
	plan    *indicator.Plan // where a dimension asks for it
	agency  string
	role    indicator.Role
}

// sharing finds the shares of indicators.
type sharing struct {
	service   *Service
	query     ProgressQuery
	profile   judging
	groupedBy []dimension
	plan      *indicator.Plan             // the last; indicators come in the order of plans
	titles    map[string]indicator.Plan   // what plans are called, once that is asked for
	called    map[int64][]string          // the names of agencies
	asked     map[string][]indicator.Role // by indicator of the page, the roles of the agency that is asked about
}

func (h *sharing) asks(what func(dimension) bool) bool { return slices.ContainsFunc(h.groupedBy, what) }

// turnTo reads what the shares of a page need.
func (h *sharing) turnTo(ctx context.Context, items []IndicatorProgress) (err error) {
	if h.ofOneAgency() {
		h.asked, err = h.rolesAsked(ctx, items)
	}
	return err
}

// ofOneAgency says that roles are those of the agency that the query asks about.
func (h *sharing) ofOneAgency() bool {
	return len(h.query.Query.Agencies) > 0 && h.asks(func(d dimension) bool { return d.ofAgency }) && !h.asks(func(d dimension) bool { return d.by == ByAgency })
}

// rolesAsked are the roles, among those asked for, in which the agency stands at the
// indicators of a page. The store knows what its name means.
func (h *sharing) rolesAsked(ctx context.Context, items []IndicatorProgress) (map[string][]indicator.Role, error) {
	q := h.query.Query
	q.Page, q.Codes = indicator.Page{}, make([]string, len(items))
	for i, item := range items {
		q.Codes[i] = item.Indicator.Code
	}
	roles := map[string][]indicator.Role{}
	for _, role := range indicator.Roles {
		if asked := h.query.Query.Roles; len(asked) > 0 && !slices.Contains(asked, role) {
			continue
		}
		q.Roles = []indicator.Role{role}
		ins, err := h.service.figures.IndicatorsAsOf(ctx, access.Visibility(ctx), q, h.query.At.AsOf)
		if err != nil {
			return nil, err
		}
		for _, in := range ins {
			roles[in.Code] = append(roles[in.Code], role)
		}
	}
	return roles, nil
}

// of are the shares of an indicator.
func (h *sharing) of(ctx context.Context, t progress.Tally) ([]share, error) {
	whole := share{Tally: t, profile: h.profile}
	if h.asks(func(d dimension) bool { return d.ofPlan }) {
		if err := h.turnToPlan(ctx, t.Plan); err != nil {
			return nil, err
		}
		whole.plan = h.plan
	}
	if !h.asks(func(d dimension) bool { return d.ofAgency }) {
		return []share{whole}, nil
	}
	shares := make([]share, 0, len(t.LeadAgencies)+len(t.ParticipatingAgencies))
	as := func(agency string, role indicator.Role) {
		one := whole
		one.agency, one.role = agency, role
		shares = append(shares, one)
	}
	if h.ofOneAgency() {
		for _, role := range h.asked[t.Code] {
			as("", role)
		}
		return shares, nil
	}
	if err := h.call(ctx, t); err != nil {
		return nil, err
	}
	for _, id := range t.LeadAgencies {
		for _, name := range h.called[id] {
			as(name, indicator.Lead)
		}
	}
	for _, id := range t.ParticipatingAgencies {
		for _, name := range h.called[id] {
			as(name, indicator.Participating)
		}
	}
	return shares, nil
}

// turnToPlan reads the plan that an indicator is of, and where no heading is asked for only
// what it is called.
func (h *sharing) turnToPlan(ctx context.Context, code string) (err error) {
	if h.plan != nil && h.plan.Code == code {
		return nil
	}
	if h.asks(func(d dimension) bool { return d.by == BySection }) {
		plan, err := h.service.summaries.PlanAsOf(ctx, code, h.query.At.AsOf)
		h.plan = &plan
		return err
	}
	if h.titles == nil {
		if h.titles, err = h.service.summaries.PlanTitles(ctx, h.query.Query.Plans, h.query.At.AsOf); err != nil {
			return err
		}
	}
	plan := h.titles[code]
	h.plan = &plan
	return nil
}

// call learns the names of the agencies of an indicator, and of those that have taken over
// their duties, as of the day judged.
func (h *sharing) call(ctx context.Context, t progress.Tally) error {
	var unknown []int64
	for _, id := range slices.Concat(t.LeadAgencies, t.ParticipatingAgencies) {
		if _, known := h.called[id]; !known && !slices.Contains(unknown, id) {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	names, err := h.service.summaries.AgencyNames(ctx, unknown, h.query.At.AsOf, h.query.Query.DutiesAt)
	for _, id := range unknown {
		h.called[id] = names[id]
	}
	return err
}
