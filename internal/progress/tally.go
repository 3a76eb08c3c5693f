package progress

import (
	"math/big"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Tally is an indicator as a summary counts it.
type Tally struct {
	Place         indicator.Place
	Code          string // empty where it was not read
	Plan          string
	Section       int
	Task          string
	Kind          indicator.Kind
	DueOn         indicator.Date
	Status        Status
	Reason        Reason
	Expected      bool // a reporting period is over
	ReportMissing bool
	// PercentUnits is the percent within 0 to 100 in units of 1/PercentUnit, cut off; -1 for
	// none. PercentCut says that something was.
	PercentUnits int64
	PercentCut   bool
	GapKey       string // sorts as the due gap does; empty for none
	// LeadAgencies and ParticipatingAgencies are ids of agencies, in their order.
	LeadAgencies, ParticipatingAgencies []int64
}

// PercentUnit is how many units of a tally's percent are one percent. Sums of them stay within
// 64 bits for 90 million indicators.
const PercentUnit = 1_000_000_000

// TallyOf is a progress as a summary counts it.
func TallyOf(in indicator.Indicator, r Result) Tally {
	t := Tally{
		Code: in.Code, Plan: in.Plan, Section: in.Section, Task: in.Task, Kind: in.Kind, DueOn: in.DueOn, Status: r.Status, Reason: r.Reason,
		Expected: !r.CutOff.IsZero(), ReportMissing: r.ReportMissing, GapKey: keyOf(r.DueGap),
		LeadAgencies: in.LeadAgencyIDs, ParticipatingAgencies: in.ParticipatingAgencyIDs,
	}
	t.PercentUnits, t.PercentCut = percentUnits(r.ExactCapped)
	return t
}

func percentUnits(capped *big.Rat) (units int64, cut bool) {
	if capped == nil {
		return -1, false
	}
	whole, rest := new(big.Int).QuoRem(new(big.Int).Mul(capped.Num(), big.NewInt(PercentUnit)), capped.Denom(), new(big.Int))
	return whole.Int64(), rest.Sign() != 0
}

// StandingOf is what is kept of a progress, so that lists can go by it. lastReport is
// the id of the newest report that stands, 0 for none.
func StandingOf(u indicator.Unjudged, r Result, lastReport int64) indicator.Standing {
	cautions := make([]string, len(r.Cautions))
	for i, c := range r.Cautions {
		cautions[i] = string(c)
	}
	s := indicator.Standing{
		Unjudged: u, Status: string(r.Status), Reason: string(r.Reason), PercentKey: keyOf(r.Percent), GapKey: keyOf(r.DueGap),
		TargetKey: targetKey(u.Target), LastReportKey: idKey(lastReport), UpdatedKey: MomentKey(u.UpdatedAt), Expected: !r.CutOff.IsZero(), ReportMissing: r.ReportMissing, Provisional: r.Provisional, Cautions: cautions,
		GoodFrom: r.On, GoodUntil: r.GoodUntil,
	}
	s.PercentUnits, s.PercentCut = percentUnits(r.ExactCapped)
	return s
}
