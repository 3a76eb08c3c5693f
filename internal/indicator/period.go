package indicator

import (
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Period is one reporting period: a day, week, month, quarter, half or year. The
// zero value means "no period".
type Period struct {
	freq  Frequency
	start Date
	end   Date // follows from the others; kept, for it is asked of every report of a list
}

// periodFrom is the period of a frequency that begins on its first day.
func periodFrom(freq Frequency, first Date) Period {
	p := Period{freq, first, first}
	var months time.Month
	switch freq {
	case Weekly:
		p.end = first.AddDays(6)
		return p
	case Monthly:
		months = 1
	case Quarterly:
		months = 3
	case HalfYearly:
		months = 6
	case Yearly:
		months = 12
	default:
		return p
	}
	year, month, _ := first.midnight().Date()
	p.end = DateOf(year, month+months, 0)
	return p
}

// ParsePeriod reads 2023-09-15, 2023-W38, 2023-09, 2023-Q3, 2023-H1 or 2023. A
// week is that of ISO 8601: Monday to Sunday, in the year that has its Thursday. It fails
// with fault.InvalidPeriod, which says what was meant where that is another usual spelling.
func ParsePeriod(s string) (Period, error) {
	p, ok := readPeriod(s)
	if !ok {
		return Period{}, badPeriod(s)
	}
	return p, nil
}

func readPeriod(s string) (Period, bool) {
	year, rest, ok := digits(s, 4)
	if !ok || year < minYear || year > maxYear {
		return Period{}, false
	}
	switch {
	case rest == "":
		return periodFrom(Yearly, DateOf(year, time.January, 1)), true
	case len(rest) == 3 && rest[:2] == "-Q" && '1' <= rest[2] && rest[2] <= '4':
		return periodFrom(Quarterly, DateOf(year, time.Month(3*int(rest[2]-'0')-2), 1)), true
	case len(rest) == 3 && rest[:2] == "-H" && '1' <= rest[2] && rest[2] <= '2':
		return periodFrom(HalfYearly, DateOf(year, time.Month(6*int(rest[2]-'0')-5), 1)), true
	case len(rest) == 4 && rest[:2] == "-W":
		return weekFrom(year, rest[2:])
	case rest[0] != '-':
		return Period{}, false
	}
	month, rest, ok := digits(rest[1:], 2)
	if !ok || month < 1 || month > 12 {
		return Period{}, false
	}
	if rest == "" {
		return periodFrom(Monthly, DateOf(year, time.Month(month), 1)), true
	}
	d, err := ParseDate(s)
	return periodFrom(Daily, d), err == nil
}

func weekFrom(year int, rest string) (Period, bool) {
	week, _, ok := digits(rest, 2)
	if !ok || week < 1 || week > 53 {
		return Period{}, false
	}
	first := mondayOf(DateOf(year, time.January, 4)) // week 1 holds 4 January
	p := periodFrom(Weekly, first.AddDays(7*(week-1)))
	named, _ := p.start.midnight().ISOWeek()
	return p, named == year
}

func mondayOf(d Date) Date {
	return d.AddDays(-(int(d.midnight().Weekday()) + 6) % 7)
}

// digits reads a number of n digits from the beginning of s.
func digits(s string, n int) (value int, rest string, ok bool) {
	if len(s) < n {
		return 0, "", false
	}
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return 0, "", false
		}
		value = 10*value + int(s[i]-'0')
	}
	return value, s[n:], true
}

func badPeriod(s string) error {
	if p := meantPeriod(s); !p.IsZero() {
		return fault.Newf(fault.InvalidPeriod, "“%[1]s”不是报告期，是否应为 %[2]s？", "%[1]q is not a period; did you mean %[2]s?", clip(s), p)
	}
	return fault.Newf(fault.InvalidPeriod,
		"“%s”不是报告期，应写作 2023-09-15、2023-W38、2023-09、2023-Q3、2023-H1 或 2023",
		"%q is not a period; write 2023-09-15, 2023-W38, 2023-09, 2023-Q3, 2023-H1 or 2023", clip(s))
}

// PeriodOf returns the period of a frequency that holds the day.
func PeriodOf(freq Frequency, day Date) Period {
	y, m, _ := day.midnight().Date()
	switch freq {
	case Daily:
		return periodFrom(freq, day)
	case Weekly:
		return periodFrom(freq, mondayOf(day))
	case Quarterly:
		return periodFrom(freq, DateOf(y, m-(m-1)%3, 1))
	case HalfYearly:
		return periodFrom(freq, DateOf(y, m-(m-1)%6, 1))
	case Yearly:
		return periodFrom(freq, DateOf(y, time.January, 1))
	default:
		return periodFrom(Monthly, DateOf(y, m, 1))
	}
}

// Frequency is the length of the period.
func (p Period) Frequency() Frequency { return p.freq }

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p.start.IsZero() }

// Start is the first day of the period.
func (p Period) Start() Date { return p.start }

// End is the last day of the period.
func (p Period) End() Date { return p.end }

// Next is the period after this one.
func (p Period) Next() Period { return PeriodOf(p.freq, p.End().AddDays(1)) }

// YearBefore is the period of the same name in the year before; false where that year has
// none: no 29 February, no week 53.
func (p Period) YearBefore() (Period, bool) {
	name := p.String()
	if len(name) < 4 {
		return Period{}, false
	}
	year, rest, _ := digits(name, 4)
	before, ok := readPeriod(fmt.Sprintf("%04d%s", year-1, rest))
	if !ok {
		return Period{}, false
	}
	return before, true
}

// Holds reports whether every day of another period is in this one.
func (p Period) Holds(o Period) bool { return !o.Start().Before(p.Start()) && !o.End().After(p.End()) }

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
	case Weekly:
		year, week := p.start.midnight().ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case Quarterly:
		return fmt.Sprintf("%04d-Q%d", y, (m+2)/3)
	case HalfYearly:
		return fmt.Sprintf("%04d-H%d", y, (m+5)/6)
	case Yearly:
		return fmt.Sprintf("%04d", y)
	default:
		return p.start.midnight().Format("2006-01") // nearly all periods: quicker than with fmt
	}
}
