package indicator

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// BaselineIn returns the baseline in another unit of the same dimension: as it
// was written when the value stays the same, else with all its digits. A value
// whose digits do not end (1亩 in 平方米), or are too many to store, must be given
// anew: fault.RequiredField at "/baseline".
func (in Indicator) BaselineIn(unit quantity.Unit) (*quantity.Number, error) {
	if in.Baseline == nil {
		return nil, nil //nolint:nilnil // no baseline is a valid answer here
	}
	value, err := quantity.Convert(in.Baseline.Rat(), in.Target.Unit, unit)
	if err != nil {
		return nil, err
	}
	if value.Cmp(in.Baseline.Rat()) == 0 {
		return in.Baseline, nil
	}
	if digits, exact := value.FloatPrec(); exact {
		if n, err := quantity.ParseNumber(quantity.FromRat(value, digits).String()); err == nil {
			return &n, nil
		}
	}
	return nil, fault.Newf(fault.RequiredField,
		"基数 %s%s 不能精确换算为“%s”，请一并给出新单位的基数", "the baseline %s%s has no exact value in %s: give it in the new unit too",
		in.Baseline, in.Target.Unit, unit).At("/baseline")
}

// BaselineBeside is the baseline beside a target in another unit, where nobody gives it anew:
// that of BaselineIn. In a unit of another dimension its number stays, as that of the target
// does, since the unit had been misread.
func (in Indicator) BaselineBeside(unit quantity.Unit) (*quantity.Number, error) {
	if !in.Target.Unit.SameDimension(unit) {
		return in.Baseline, nil
	}
	return in.BaselineIn(unit)
}
