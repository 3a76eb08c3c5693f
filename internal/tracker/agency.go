package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// given finds the agency that a report names as the one it is for. The error is about the
// store; of a name that nobody has, it finds none.
func (s *Service) given(ctx context.Context, plan, name string) (access.Given, error) {
	given := access.Given{Name: name}
	if name == "" || !searchable(name) {
		return given, nil
	}
	var err error
	if given.Acting, err = s.store.AnsweringFor(ctx, plan, name); fault.Is(err, fault.NotFound) {
		err = nil
	}
	return given, err
}

// sender is the agency that a report was stored for: the one whose id it keeps, whatever
// its plan calls by the name now, else the one with the name.
func (s *Service) sender(ctx context.Context, plan string, by indicator.Reporter) (access.Given, error) {
	if by.AgencyID == 0 {
		return s.given(ctx, plan, by.Agency)
	}
	acting, err := s.store.Answering(ctx, by.AgencyID)
	return access.Given{Name: by.Agency, Acting: acting}, err
}

// AliasAgency gives an agency another name (别名).
func (s *Service) AliasAgency(ctx context.Context, id int64, name string) (indicator.Agency, error) {
	if err := indicator.CheckAgencyName("/name", name); err != nil {
		return indicator.Agency{}, err
	}
	return s.store.AliasAgency(ctx, id, name)
}

// RenameAgency makes a name the official one of an agency (更名) from a day on, today when
// that is zero; the one before stays a name of it.
func (s *Service) RenameAgency(ctx context.Context, id int64, name string, from indicator.Date) (indicator.Agency, error) {
	if err := indicator.CheckAgencyName("/name", name); err != nil {
		return indicator.Agency{}, err
	}
	from, begins, err := s.beginning(ctx, from)
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.store.RenameAgency(ctx, id, name, from, begins)
}

// MergeAgencies makes two agencies of a jurisdiction one (合并), the other one of which
// is named, and returns what is left.
func (s *Service) MergeAgencies(ctx context.Context, id int64, into string) (indicator.Agency, error) {
	if err := indicator.CheckAgencyName("/into", into); err != nil {
		return indicator.Agency{}, err
	}
	return s.store.MergeAgencies(ctx, id, into)
}

// SucceedAgency passes the duties of an agency to another of its jurisdiction (承接) from
// a day on, today when that is zero. The other one is named, and made when it is new.
func (s *Service) SucceedAgency(ctx context.Context, id int64, by string, from indicator.Date) (indicator.Agency, error) {
	if err := indicator.CheckAgencyName("/by", by); err != nil {
		return indicator.Agency{}, err
	}
	from, begins, err := s.beginning(ctx, from)
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.store.SucceedAgency(ctx, id, by, from, begins)
}

// AgencyEvents lists what happened to an agency, what was cancelled too.
func (s *Service) AgencyEvents(ctx context.Context, id int64) ([]indicator.AgencyEvent, error) {
	return s.store.AgencyEvents(ctx, id)
}

// CancelAgencyEvent makes an event of an agency count as not recorded from now on (撤销).
func (s *Service) CancelAgencyEvent(ctx context.Context, id, event int64) (indicator.Agency, error) {
	return s.store.CancelAgencyEvent(ctx, id, event)
}

// beginning is a day, today when it is zero, and the moment at which it begins by the
// store's newest profile, which another process may have made.
func (s *Service) beginning(ctx context.Context, day indicator.Date) (indicator.Date, time.Time, error) {
	if err := s.LoadProfile(ctx); err != nil {
		return day, time.Time{}, err
	}
	if day.IsZero() {
		day = s.Today()
	}
	return day, time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, s.Place()), nil
}

// AgencyMatches lists what names that a plan was the first to write may be other names
// of.
func (s *Service) AgencyMatches(ctx context.Context, plan string) ([]indicator.AgencyMatch, error) {
	return s.store.AgencyMatches(ctx, plan)
}

// DecideMatches confirms and rejects such proposals, all that the decision names or none,
// and lists all of them as they are then.
func (s *Service) DecideMatches(ctx context.Context, plan string, d indicator.MatchDecision) ([]indicator.AgencyMatch, error) {
	return s.store.DecideMatches(ctx, plan, d)
}

// CorrectJurisdiction makes a plan that was imported under a wrong place one of another
// jurisdiction (更正辖区), whose agencies its names mean from then on. What was reported
// stays as it is, and as who reported it: the agencies of another place that did are
// returned beside the plan.
func (s *Service) CorrectJurisdiction(ctx context.Context, plan, jurisdiction string) (indicator.Plan, []indicator.AgencyReports, error) {
	if jurisdiction == "" {
		return indicator.Plan{}, nil, fault.Required("/jurisdiction")
	}
	if err := indicator.CheckJurisdiction("/jurisdiction", jurisdiction); err != nil {
		return indicator.Plan{}, nil, err
	}
	if err := s.store.CorrectJurisdiction(ctx, plan, jurisdiction); err != nil {
		return indicator.Plan{}, nil, err
	}
	others, err := s.store.ReportsOfOthers(ctx, plan)
	if err != nil {
		return indicator.Plan{}, nil, err
	}
	corrected, err := s.store.Plan(ctx, plan)
	return corrected, others, err
}
