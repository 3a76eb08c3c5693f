package tracker

import (
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// cycleOf is the cycle that a report of a period counts for, by the newest profile. What was over
// before the indicator was there locks by the day on which it was stored.
func (s *Service) cycleOf(in indicator.Indicator, period indicator.Period) indicator.RowCycle {
	judged := s.profiles.newest()
	of := judged.cycles.PeriodOf(period)
	return indicator.RowCycle{
		Plan: in.Plan, Period: of, LocksOn: judged.cycles.LocksOn(of, indicator.DateIn(in.CreatedAt, judged.Place)), Today: s.Today(),
	}
}
