package httpapi

import (
	"context"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// NameReader is what the filters of lists need of the store.
type NameReader interface {
	Plans(ctx context.Context, selected indicator.PlanSelection, page indicator.Page) ([]indicator.Plan, int64, error)
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	Agencies(ctx context.Context, q indicator.AgencyQuery) ([]indicator.Agency, int64, error)
}

// mostNearest is how many names are given for one that is not known.
const mostNearest = 5

// checkNames refuses a selection that found nothing because its plan or agency is
// nobody's name, with fault.UnknownPlan at "plan" or fault.UnknownAgency at "agency" and
// the names nearest to it: an empty list would read as nobody being behind.
func (s *server) checkNames(ctx context.Context, q indicator.Query) error {
	for _, plan := range q.Plans {
		_, err := s.names.Plan(ctx, plan)
		if fault.Is(err, fault.NotFound) {
			return s.unknownPlan(ctx, plan)
		}
		if err != nil {
			return err
		}
	}
	for _, name := range q.Agencies {
		if err := s.checkAgency(ctx, name, q.Jurisdictions); err != nil {
			return err
		}
	}
	return nil
}

// checkAgency refuses what is the name of no agency in any of some jurisdictions.
func (s *server) checkAgency(ctx context.Context, name string, jurisdictions []string) error {
	listed := indicator.AgencyQuery{Name: name} // a name that only drafts have is nobody's
	if len(jurisdictions) == 1 {
		listed.Jurisdiction = jurisdictions[0]
	}
	if known, _, err := s.names.Agencies(ctx, listed); err != nil || len(known) > 0 {
		return err
	}
	listed.Name = ""
	agencies, _, err := s.names.Agencies(ctx, listed)
	if err != nil {
		return err
	}
	var names []string
	for _, a := range agencies {
		names = append(append(names, a.Name), a.Aliases...)
	}
	return unknownName(fault.UnknownAgency, "agency", name, names)
}

func (s *server) unknownPlan(ctx context.Context, code string) error {
	plans, _, err := s.names.Plans(ctx, indicator.PlanSelection{}, indicator.Page{})
	if err != nil {
		return err
	}
	return unknownName(fault.UnknownPlan, "plan", code, each(plans, func(p indicator.Plan) string { return p.Code }))
}

// unknownName is nil for a name that is among those known.
func unknownName(code fault.Code, field, name string, known []string) error {
	near := indicator.Nearest(name, known, mostNearest)
	if len(near) > 0 && near[0] == name {
		return nil
	}
	title := code.Title()
	if len(near) == 0 {
		return fault.Newf(code, "%[1]s：%[2]s", "%[3]s: %[2]s", title.ZH, name, lowerFirst(title.EN)).At(field)
	}
	return fault.Newf(code, "%[1]s：%[2]s，名称相近的有：%[4]s", "%[3]s: %[2]s; nearest: %[4]s",
		title.ZH, name, lowerFirst(title.EN), strings.Join(near, "、")).At(field)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
