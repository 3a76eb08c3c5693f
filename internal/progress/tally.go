package progress

import (
	"math/big"
	"strconv"
	"strings"

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

// What parts the columns of a tally's text: no word, task or key has it.
const betweenColumns = "\x1f"

// Text is a tally as standings keep it, with the names that the store numbers in place of the
// agencies. ReadTally is its inverse.
func (t Tally) Text() string {
	var b strings.Builder
	for _, column := range [...]string{
		strconv.FormatInt(t.Place.Indicator, 10), strconv.FormatInt(t.Place.Task, 10), strconv.Itoa(t.Section), t.Task, string(t.Kind), t.DueOn.String(),
		string(t.Status), string(t.Reason), flag(t.Expected), flag(t.ReportMissing), strconv.FormatInt(t.PercentUnits, 10), flag(t.PercentCut), t.GapKey,
		idList(t.LeadAgencies),
	} {
		b.WriteString(column)
		b.WriteString(betweenColumns)
	}
	b.WriteString(idList(t.ParticipatingAgencies))
	return b.String()
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return ""
}

func idList(ids []int64) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(list, ",")
}

// ReadTally reads the text of a tally, without its plan. agency gives the agency that a name
// stands for.
func ReadTally(text string, agency func(name int64) int64) (Tally, error) {
	r := tallyReader{rest: text}
	t := Tally{
		Place:   indicator.Place{Indicator: r.number(), Task: r.number()},
		Section: int(r.number()), Task: r.text(), Kind: indicator.Kind(r.text()), DueOn: r.date(),
		Status: Status(r.text()), Reason: Reason(r.text()), Expected: r.text() != "", ReportMissing: r.text() != "",
		PercentUnits: r.number(), PercentCut: r.text() != "", GapKey: r.text(),
		LeadAgencies: r.agencies(agency), ParticipatingAgencies: r.agencies(agency),
	}
	return t, r.err
}

// tallyReader reads the columns of a tally one after another; the first failure stays.
type tallyReader struct {
	rest string
	err  error
}

func (r *tallyReader) text() string {
	var column string
	column, r.rest, _ = strings.Cut(r.rest, betweenColumns)
	return column
}

func (r *tallyReader) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *tallyReader) number() int64 {
	n, err := strconv.ParseInt(r.text(), 10, 64)
	r.keep(err)
	return n
}

func (r *tallyReader) date() indicator.Date {
	d, err := indicator.ParseDate(r.text())
	r.keep(err)
	return d
}

func (r *tallyReader) agencies(agency func(int64) int64) (ids []int64) {
	for rest := r.text(); rest != ""; {
		var name string
		name, rest, _ = strings.Cut(rest, ",")
		id, err := strconv.ParseInt(name, 10, 64)
		r.keep(err)
		ids = append(ids, agency(id))
	}
	return ids
}

// StandingOf is what is kept of a progress, so that lists can go by it. lastReport is
// the id of the newest report that stands, 0 for none.
func StandingOf(u indicator.Unjudged, r Result, lastReport int64) indicator.Standing {
	cautions := make([]string, len(r.Cautions))
	for i, c := range r.Cautions {
		cautions[i] = string(c)
	}
	t := TallyOf(u.Indicator, r)
	t.Place, t.LeadAgencies, t.ParticipatingAgencies = u.Place, u.LeadNames, u.ParticipatingNames
	return indicator.Standing{
		Unjudged: u, Status: string(r.Status), PercentKey: keyOf(r.Percent), GapKey: keyOf(r.DueGap),
		TargetKey: targetKey(u.Target), LastReportKey: idKey(lastReport), UpdatedKey: MomentKey(u.UpdatedAt),
		ReportMissing: r.ReportMissing, Provisional: r.Provisional, Cautions: cautions, Tally: t.Text(),
		GoodFrom: r.On, GoodUntil: r.GoodUntil,
	}
}
