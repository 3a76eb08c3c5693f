package indicator

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Period is one reporting period: a day, month, quarter, half or year. The
// zero value means "no period".
type Period struct {
	freq  Frequency
	start Date
}

var periodForm = regexp.MustCompile(`^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?$`)

// ParsePeriod reads 2023-09-15, 2023-09, 2023-Q3, 2023-H1 or 2023.
func ParsePeriod(s string) (Period, error) {
	m := periodForm.FindStringSubmatch(s)
	if m == nil {
		return Period{}, badPeriod(s)
	}
	year, _ := strconv.Atoi(m[1])
	if year < minYear || year > maxYear {
		return Period{}, badPeriod(s)
	}
	switch {
	case m[2] != "":
		q, _ := strconv.Atoi(m[2])
		return Period{Quarterly, DateOf(year, time.Month(3*q-2), 1)}, nil
	case m[3] != "":
		h, _ := strconv.Atoi(m[3])
		return Period{HalfYearly, DateOf(year, time.Month(6*h-5), 1)}, nil
	case m[5] != "":
		d, err := ParseDate(s)
		if err != nil {
			return Period{}, badPeriod(s)
		}
		return Period{Daily, d}, nil
	case m[4] != "":
		month, _ := strconv.Atoi(m[4])
		if month < 1 || month > 12 {
			return Period{}, badPeriod(s)
		}
		return Period{Monthly, DateOf(year, time.Month(month), 1)}, nil
	}
	return Period{Yearly, DateOf(year, time.January, 1)}, nil
}

func badPeriod(s string) error {
	return fault.Newf(fault.InvalidPeriod,
		"“%s”不是报告期，应写作 2023-09-15、2023-09、2023-Q3、2023-H1 或 2023",
		"%q is not a period; write 2023-09-15, 2023-09, 2023-Q3, 2023-H1 or 2023", clip(s))
}

// PeriodOf returns the period of a frequency that holds the day.
func PeriodOf(freq Frequency, day Date) Period {
	y, m := day.Year(), day.Month()
	switch freq {
	case Daily:
		return Period{freq, day}
	case Quarterly:
		return Period{freq, DateOf(y, m-(m-1)%3, 1)}
	case HalfYearly:
		return Period{freq, DateOf(y, m-(m-1)%6, 1)}
	case Yearly:
		return Period{freq, DateOf(y, time.January, 1)}
	default:
		return Period{Monthly, DateOf(y, m, 1)}
	}
}

// Frequency is the length of the period.
func (p Period) Frequency() Frequency { return p.freq }

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p.start.IsZero() }

// Start is the first day of the period.
func (p Period) Start() Date { return p.start }

// End is the last day of the period.
func (p Period) End() Date {
	var months time.Month // a switch, for this is asked of every report of a list
	switch p.freq {
	case Monthly:
		months = 1
	case Quarterly:
		months = 3
	case HalfYearly:
		months = 6
	case Yearly:
		months = 12
	default:
		return p.start
	}
	return DateOf(p.start.Year(), p.start.Month()+months, 0)
}

// Next is the period after this one.
func (p Period) Next() Period { return PeriodOf(p.freq, p.End().AddDays(1)) }

// Overlaps reports whether the periods share a day.
func (p Period) Overlaps(o Period) bool {
	return !p.Start().After(o.End()) && !o.Start().After(p.End())
}

// String returns the form that ParsePeriod reads, or "" for the zero period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	y, m := p.start.Year(), int(p.start.Month())
	switch p.freq {
	case Daily:
		return p.start.String()
	case Quarterly:
		return fmt.Sprintf("%04d-Q%d", y, (m+2)/3)
	case HalfYearly:
		return fmt.Sprintf("%04d-H%d", y, (m+5)/6)
	case Yearly:
		return fmt.Sprintf("%04d", y)
	default:
		return fmt.Sprintf("%04d-%02d", y, m)
	}
}
