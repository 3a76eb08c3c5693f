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
	in      indicator.Indicator
	result  progress.Result
	profile judging
	plan    indicator.Plan // where a dimension asks for it
	agency  string
	role    indicator.Role
}

// sharing finds the shares of indicators, a page of them at a time.
type sharing struct {
	service   *Service
	query     ProgressQuery
	profile   judging
	groupedBy []dimension
	plan      indicator.Plan              // the last; indicators come in the order of plans
	called    map[int64][]string          // the names of the page's agencies
	asked     map[string][]indicator.Role // by indicator, the roles of the agency that is asked about
}

func (h *sharing) asks(what func(dimension) bool) bool { return slices.ContainsFunc(h.groupedBy, what) }

// turnTo reads what the shares of a page need.
func (h *sharing) turnTo(ctx context.Context, items []IndicatorProgress) (err error) {
	if !h.asks(func(d dimension) bool { return d.ofAgency }) {
		return nil
	}
	if h.ofOneAgency() {
		h.asked, err = h.rolesAsked(ctx, items)
		return err
	}
	h.called, err = h.service.called(ctx, items, h.query)
	return err
}

// ofOneAgency says that roles are those of the agency that the query asks about.
func (h *sharing) ofOneAgency() bool {
	return len(h.query.Query.Agencies) > 0 && !h.asks(func(d dimension) bool { return d.by == ByAgency })
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

// of are the shares of an indicator of the page.
func (h *sharing) of(ctx context.Context, item IndicatorProgress) ([]share, error) {
	whole := share{in: item.Indicator, result: item.Result, profile: h.profile}
	if h.asks(func(d dimension) bool { return d.ofPlan }) {
		if h.plan.Code != whole.in.Plan {
			var err error
			if h.plan, err = h.service.summaries.PlanAsOf(ctx, whole.in.Plan, h.query.At.AsOf); err != nil {
				return nil, err
			}
		}
		whole.plan = h.plan
	}
	if !h.asks(func(d dimension) bool { return d.ofAgency }) {
		return []share{whole}, nil
	}
	var shares []share
	as := func(agency string, role indicator.Role) {
		one := whole
		one.agency, one.role = agency, role
		shares = append(shares, one)
	}
	if h.ofOneAgency() {
		for _, role := range h.asked[whole.in.Code] {
			as("", role)
		}
		return shares, nil
	}
	for _, id := range whole.in.LeadAgencyIDs {
		for _, name := range h.called[id] {
			as(name, indicator.Lead)
		}
	}
	for _, id := range whole.in.ParticipatingAgencyIDs {
		for _, name := range h.called[id] {
			as(name, indicator.Participating)
		}
	}
	return shares, nil
}

// called are the names of the agencies of indicators, and of those that have taken over
// their duties, as of the day judged.
func (s *Service) called(ctx context.Context, items []IndicatorProgress, q ProgressQuery) (map[int64][]string, error) {
	var ids []int64
	for _, item := range items {
		ids = append(append(ids, item.Indicator.LeadAgencyIDs...), item.Indicator.ParticipatingAgencyIDs...)
	}
	slices.Sort(ids)
	return s.summaries.AgencyNames(ctx, slices.Compact(ids), q.At.AsOf, q.Query.DutiesAt)
}
