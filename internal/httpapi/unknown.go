package httpapi

import (
	"context"
	"strings"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// NameReader is what the filters of lists need of the store.
type NameReader interface {
	// MissingNames returns those of some names that nothing has.
	MissingNames(ctx context.Context, visible indicator.Visibility, of indicator.NameOf, names []string, in indicator.Selection) ([]string, error)
	// NamesLike returns a bounded number of names among which those near to one can be.
	NamesLike(ctx context.Context, visible indicator.Visibility, of indicator.NameOf, name string, in indicator.Selection) ([]string, error)
	Agencies(ctx context.Context, q indicator.AgencyQuery) ([]indicator.Agency, int64, error)
}

// mostNearest is how many names are given for one that is not known.
const mostNearest = 5

// unknown are the codes of faults by what was named.
var unknown = map[indicator.NameOf]fault.Code{
	indicator.NameOfPlan: fault.UnknownPlan, indicator.NameOfTask: fault.UnknownTask, indicator.NameOfIndicator: fault.UnknownIndicator,
	indicator.NameOfJurisdiction: fault.UnknownJurisdiction, indicator.NameOfAgency: fault.UnknownAgency, indicator.NameOfUnit: fault.UnknownUnit,
}

// checkNames refuses a selection that names what there is not, be it one of several, with the
// names that are nearest: a list without it would read as all being well there.
func (s *server) checkNames(ctx context.Context, q indicator.Selection) error {
	for _, named := range []struct {
		of    indicator.NameOf
		names []string
	}{
		{indicator.NameOfPlan, q.Plans}, {indicator.NameOfJurisdiction, q.Jurisdictions},
		{indicator.NameOfAgency, q.Agencies}, {indicator.NameOfIndicator, q.Codes},
	} {
		if err := s.checkNamesOf(ctx, named.of, named.names, q); err != nil {
			return err
		}
	}
	return nil
}

// checkNothing refuses a selection that found nothing because of a name that nothing has within its
// plans: of a task, of a unit, or of an agency that only drafts name.
func (s *server) checkNothing(ctx context.Context, q indicator.Selection) error {
	if len(q.Plans) > 0 {
		if err := s.checkNamesOf(ctx, indicator.NameOfTask, q.Tasks, q); err != nil {
			return err
		}
	}
	for _, name := range q.Agencies {
		public, err := s.isPublic(ctx, name, q)
		if err != nil {
			return err
		}
		if !public {
			return s.unknownName(ctx, indicator.NameOfAgency, name, q)
		}
	}
	return s.checkNamesOf(ctx, indicator.NameOfUnit, q.Units, q)
}

// checkNamesOf refuses the first of some names that nothing has.
func (s *server) checkNamesOf(ctx context.Context, of indicator.NameOf, names []string, in indicator.Selection) error {
	if len(names) == 0 {
		return nil
	}
	missing, err := s.names.MissingNames(ctx, access.Visibility(ctx), of, names, in)
	if err != nil || len(missing) == 0 {
		return err
	}
	return s.unknownName(ctx, of, missing[0], in)
}

// isPublic says of an agency's name whether anything but drafts has it.
func (s *server) isPublic(ctx context.Context, name string, in indicator.Selection) (bool, error) {
	q := indicator.AgencyQuery{Name: name, Page: indicator.Page{Limit: 1}}
	if len(in.Jurisdictions) == 1 {
		q.Jurisdiction = in.Jurisdictions[0]
	}
	known, _, err := s.names.Agencies(ctx, q)
	return len(known) > 0, err
}

// unknownName is the refusal of a name, with the nearest of those that the caller may learn of.
func (s *server) unknownName(ctx context.Context, of indicator.NameOf, name string, in indicator.Selection) error {
	like, err := s.names.NamesLike(ctx, access.Visibility(ctx), of, name, in)
	if err != nil {
		return err
	}
	var near []string
	for _, other := range indicator.Nearest(name, like, 2*mostNearest) {
		if of == indicator.NameOfAgency {
			public, err := s.isPublic(ctx, other, in)
			if err != nil {
				return err
			}
			if !public {
				continue
			}
		}
		if near = append(near, other); len(near) == mostNearest {
			break
		}
	}
	code := unknown[of]
	title := code.Title()
	if len(near) == 0 {
		return fault.Newf(code, "%[1]s：%[2]s", "%[3]s: %[2]s", title.ZH, name, lowerFirst(title.EN)).At(string(of))
	}
	return fault.Newf(code, "%[1]s：%[2]s，名称相近的有：%[4]s", "%[3]s: %[2]s; nearest: %[4]s",
		title.ZH, name, lowerFirst(title.EN), strings.Join(near, "、")).At(string(of))
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
