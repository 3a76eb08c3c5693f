package progress

import (
	"math/big"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// pace is the percent expected by the cut-off and how it came about.
type pace struct {
	exact *big.Rat
	step  telling
}

// findPace returns the percent expected at the cut-off: by the indicator's own
// curve if it has one; the whole target for what holds; the periods that are
// over for a target of each period; else the part of the term that is over.
func findPace(in indicator.Indicator, g goal, cutOff indicator.Date, by PaceBy) pace {
	switch {
	case cutOff.IsZero():
		return pace{new(big.Rat), tell("尚无已结束的报告期，序时进度为 0%%", "no reporting period is over yet, so the pace is 0%%")}
	case len(in.Curve) > 0 && !g.limit(): // of a limit there is no half
		return byCurve(in, cutOff)
	case in.Each != "":
		return byPeriods(in, cutOff)
	case g.holds:
		return pace{hundred(), tell(
			"该指标须始终保持，不论何时都直接对照目标衡量，序时进度为 100%%",
			"this indicator holds: it is held against the target itself at any date, so the pace is 100%%")}
	case by == ByMonths:
		return byMonths(in, cutOff)
	default:
		return byDays(in, cutOff)
	}
}

// byPeriods is the part of the periods that the target holds for which is over.
func byPeriods(in indicator.Indicator, cutOff indicator.Date) pace {
	all := in.WholeEach()
	over := 0
	for over < len(all) && !all[over].End().After(cutOff) {
		over++
	}
	share := shareOf(over, len(all))
	return pace{share, tell(
		"序时进度 = 已过 %d 期 ÷ 共 %d 期 × 100%% = %s%%", "pace = %d periods over ÷ %d periods of the term × 100%% = %s%%",
		over, len(all), shownPercent{share})}
}

// byDays is elapsed/total days of the term, first and last day included.
func byDays(in indicator.Indicator, cutOff indicator.Date) pace {
	total := in.DueOn.DaysSince(in.StartsOn) + 1
	elapsed := min(cutOff.DaysSince(in.StartsOn)+1, total)
	share := shareOf(elapsed, total)
	return pace{share, tell(
		"序时进度 = 已过 %d 天 ÷ 共 %d 天 × 100%% = %s%%", "pace = %d days elapsed ÷ %d days of the term × 100%% = %s%%",
		elapsed, total, shownPercent{share})}
}

// byMonths is elapsed/total months of the term. Every calendar month that the
// term touches is one month, and it has elapsed when it, or the term within it,
// is over.
func byMonths(in indicator.Indicator, cutOff indicator.Date) pace {
	total, elapsed := 0, 0
	for month := indicator.PeriodOf(indicator.Monthly, in.StartsOn); !month.Start().After(in.DueOn); month = month.Next() {
		total++
		if !month.End().After(cutOff) || !in.DueOn.After(cutOff) {
			elapsed++
		}
	}
	share := shareOf(elapsed, total)
	return pace{share, tell(
		"序时进度 = 已过 %d 个月 ÷ 共 %d 个月 × 100%% = %s%%", "pace = %d months elapsed ÷ %d months of the term × 100%% = %s%%",
		elapsed, total, shownPercent{share})}
}

func shareOf(elapsed, total int) *big.Rat { return big.NewRat(100*int64(elapsed), int64(total)) }

// byCurve reads the indicator's own curve, linear by days between its points.
// The curve begins at 0 on the eve of the term and ends at 100 on the due date,
// unless a point of its own stands there; it is level after its last point.
func byCurve(in indicator.Indicator, cutOff indicator.Date) pace {
	points := slices.Clone(in.Curve)
	slices.SortStableFunc(points, func(x, y indicator.CurvePoint) int { return x.On.DaysSince(y.On) })
	if points[len(points)-1].On.Before(in.DueOn) {
		points = append(points, indicator.CurvePoint{On: in.DueOn, Percent: quantity.FromInt(100)})
	}
	before := indicator.CurvePoint{On: in.StartsOn.AddDays(-1)}
	for _, after := range points {
		if after.On.After(cutOff) {
			return between(before, after, cutOff)
		}
		before = after
	}
	return pace{before.Percent.Rat(), onCurve(cutOff, before.Percent)}
}

// between is the pace on a day from one point of the curve up to the next.
func between(before, after indicator.CurvePoint, day indicator.Date) pace {
	part := big.NewRat(int64(day.DaysSince(before.On)), int64(after.On.DaysSince(before.On)))
	exact := new(big.Rat).Sub(after.Percent.Rat(), before.Percent.Rat())
	exact.Add(exact.Mul(exact, part), before.Percent.Rat())
	if part.Sign() == 0 {
		return pace{exact, onCurve(day, before.Percent)}
	}
	return pace{exact, tell(
		"按进度曲线，%s 应为 %s%%，%s 应为 %s%%，按天推算 %s 应为 %s%%",
		"the curve expects %s: %s%%, and %s: %s%%; by days in between, %s: %s%%",
		before.On, before.Percent, after.On, after.Percent, day, shownPercent{exact})}
}

func onCurve(day indicator.Date, percent quantity.Number) telling {
	return tell("按进度曲线，%s 应为 %s%%", "the curve expects, on %s: %s%%", day, percent)
}
