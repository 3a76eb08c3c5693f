package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// AgenciesNamed returns the agencies that have a name now, be it official or not, in one
// jurisdiction or, with "", in any, with what they answer for; none when nobody has it.
func (s *Store) AgenciesNamed(ctx context.Context, jurisdiction, name string) ([]indicator.Acting, error) {
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	ids, err := view.named(tx, indicator.Only(jurisdiction), []string{name})
	if err != nil {
		return nil, s.db.Translate(ctx, err)
	}
	acting, err := view.acting(tx, ids)
	return acting, s.db.Translate(ctx, err)
}

// AnsweringFor returns the agency that has the duties of the one with a name in the
// jurisdiction of a plan. It fails with fault.NotFound.
func (s *Store) AnsweringFor(ctx context.Context, plan, name string) (indicator.Acting, error) {
	tx := s.db.Read.WithContext(ctx)
	place, err := jurisdictionOf(tx, plan)
	if err != nil {
		return indicator.Acting{}, s.db.Translate(ctx, err)
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return indicator.Acting{}, s.db.Translate(ctx, err)
	}
	ids, err := view.named(tx, indicator.Only(place), []string{name})
	if err != nil {
		return indicator.Acting{}, s.db.Translate(ctx, err)
	}
	if len(ids) == 0 {
		return indicator.Acting{}, noAgency(place, name)
	}
	acting, err := view.answering(tx, ids[0])
	return acting, s.db.Translate(ctx, err)
}

// Answering returns the agency that has the duties of the one with an id, or with the name
// that has it.
func (s *Store) Answering(ctx context.Context, id int64) (indicator.Acting, error) {
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewIn(tx)
	if err != nil {
		return indicator.Acting{}, s.db.Translate(ctx, err)
	}
	acting, err := view.answering(tx, view.Agency(id))
	return acting, s.db.Translate(ctx, err)
}

// answering is the agency that has the duties of an agency.
func (v agencyView) answering(tx *gorm.DB, agency int64) (indicator.Acting, error) {
	acting, err := v.acting(tx, []int64{v.Holder(agency)})
	return acting[0], err
}

func noAgency(jurisdiction, name string) *fault.Fault {
	return fault.Newf(fault.NotFound, "辖区“%s”没有单位“%s”", "%q has no agency %q", jurisdiction, name)
}

// acting are agencies with what they answer for.
func (v agencyView) acting(tx *gorm.DB, agencies []int64) ([]indicator.Acting, error) {
	all := slices.Clone(agencies)
	for _, id := range agencies {
		all = append(all, v.Holder(id))
	}
	refs, err := v.refs(tx, distinct(all))
	acting := make([]indicator.Acting, len(agencies))
	for i, id := range agencies {
		acting[i] = indicator.Acting{AgencyRef: refs[id], AnswersFor: v.AnswersFor(id)}
		if by := v.Holder(id); by != id {
			acting[i].HeldBy = refs[by].Name
		}
	}
	return acting, err
}
