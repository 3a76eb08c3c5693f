package board

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// The picture of a series, in units of its own view box.
const (
	chartWidth, chartHeight                      = 760, 320
	chartLeft, chartRight, chartTop, chartBottom = 70, 16, 16, 40
)

// chart is a series as a picture: what was reported, what it came to, what was to be reached and
// when, and where it is going. Positions are decimals of the view box.
type chart struct {
	Width, Height int
	// Bottom and Right are where the axes end.
	Left, Right, Top, Bottom string
	Rows                     []chartTick
	Columns                  []chartTick
	Targets                  []chartTick
	// Due, Actual and Expected are paths; Ahead is the area of the projection.
	Due, Actual, Expected, Ahead string
	Amounts                      []chartBox
	Points                       []chartPoint
	Gaps                         []chartPoint
	Summary                      string
}

type chartTick struct{ At, Label string }

type chartBox struct{ X, Y, Width, Height, Label string }

type chartPoint struct {
	X, Y, Label string
	Revised     bool
}

// scale turns days and values into positions.
type scale struct {
	from        time.Time
	days        int64
	low, height *big.Rat
}

func (s scale) x(day time.Time) string {
	at := new(big.Rat).SetFrac64(daysOf(s.from, day)*(chartWidth-chartLeft-chartRight), s.days)
	return at.Add(at, big.NewRat(chartLeft, 1)).FloatString(1)
}

func (s scale) y(value *big.Rat) string {
	share := new(big.Rat).Sub(value, s.low)
	share.Quo(share, s.height).Mul(share, big.NewRat(chartHeight-chartTop-chartBottom, 1))
	return share.Sub(big.NewRat(chartHeight-chartBottom, 1), share).FloatString(1)
}

// dated is a value on a day.
type dated struct {
	on    time.Time
	value *big.Rat
}

// chartOf draws a series. It returns nil where there is nothing to draw.
func (v *visit) chartOf(in v1.Indicator, s v1.Series) *chart {
	c := drawing{v: v, indicator: in, series: s}
	if !c.gather() {
		return nil
	}
	c.measure()
	return c.draw()
}

// drawing is a chart in the making.
type drawing struct {
	v         *visit
	indicator v1.Indicator
	series    v1.Series

	start, due      time.Time
	actual, dues    []dated
	low, mean, high *dated // of the projection
	targets         []*big.Rat
	scale           scale
	values          []*big.Rat
}

func dayOf(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil
}

// gather reads what is drawn, false when there is too little.
func (c *drawing) gather() bool {
	var ok1, ok2 bool
	c.start, ok1 = dayOf(c.indicator.StartsOn)
	c.due, ok2 = dayOf(c.indicator.DueOn)
	if !ok1 || !ok2 {
		return false
	}
	for _, n := range []*v1.Number{c.series.Target.Value, c.series.Target.ValueHigh} {
		if n == nil {
			continue
		}
		if value, ok := ratOf(string(*n)); ok {
			c.targets = append(c.targets, value)
			c.values = append(c.values, value)
		}
	}
	for _, p := range c.series.Periods {
		on, ok := dayOf(p.On)
		if !ok {
			continue
		}
		c.actual = c.append(c.actual, on, p.Actual)
		c.dues = c.append(c.dues, on, p.AmountDue)
	}
	if p := c.series.Projection; p != nil && p.Expected != nil && p.Low != nil && p.High != nil {
		c.low, c.mean, c.high = c.projected(p.Low), c.projected(p.Expected), c.projected(p.High)
	}
	return len(c.values) > 0 && !c.due.Before(c.start)
}

func (c *drawing) append(to []dated, on time.Time, q *v1.Quantity) []dated {
	if q == nil {
		return to
	}
	value, ok := ratOf(string(q.Value))
	if !ok {
		return to
	}
	c.values = append(c.values, value)
	return append(to, dated{on, value})
}

func (c *drawing) projected(p *v1.ProjectedValue) *dated {
	value, ok := ratOf(string(p.Value))
	if !ok {
		return nil
	}
	c.values = append(c.values, value)
	return &dated{c.due, value}
}

// measure settles the scale. What is counted from nothing is drawn from nothing.
func (c *drawing) measure() {
	low, high := new(big.Rat).Set(c.values[0]), new(big.Rat).Set(c.values[0])
	all := c.values
	if c.series.Baseline != nil {
		if b, ok := ratOf(string(c.series.Baseline.Value)); ok {
			all = append(all, b)
		}
	}
	if c.indicator.Kind == "increment" {
		all = append(all, new(big.Rat))
	}
	for _, value := range all {
		if value.Cmp(low) < 0 {
			low.Set(value)
		}
		if value.Cmp(high) > 0 {
			high.Set(value)
		}
	}
	height := new(big.Rat).Sub(high, low)
	if height.Sign() == 0 {
		height.SetInt64(1)
		low.Sub(low, big.NewRat(1, 2))
	}
	margin := new(big.Rat).Mul(height, big.NewRat(6, 100))
	if low.Sign() != 0 {
		low.Sub(low, margin)
		height.Add(height, margin)
	}
	height.Add(height, margin)
	end := c.due
	for _, d := range c.actual {
		if d.on.After(end) {
			end = d.on
		}
	}
	c.scale = scale{from: c.start, days: max(daysOf(c.start, end), 1), low: low, height: height}
}

func (c *drawing) draw() *chart {
	out := &chart{
		Width: chartWidth, Height: chartHeight, Left: strconv.Itoa(chartLeft), Right: strconv.Itoa(chartWidth - chartRight),
		Top: strconv.Itoa(chartTop), Bottom: strconv.Itoa(chartHeight - chartBottom),
		Rows: c.rows(), Columns: c.columns(),
	}
	for _, t := range c.targets {
		out.Targets = append(out.Targets, chartTick{c.scale.y(t), c.v.T("目标", "target")})
	}
	due := c.dues
	if len(due) > 0 {
		due = append([]dated{{c.start, c.origin()}}, due...)
	}
	out.Due, out.Actual = c.path(due), c.path(c.actual)
	if c.mean != nil && c.low != nil && c.high != nil && len(c.actual) > 0 {
		last := c.actual[len(c.actual)-1]
		out.Expected = c.path([]dated{last, *c.mean})
		out.Ahead = c.path([]dated{last, *c.high, *c.low}) + "Z"
	}
	c.marks(out)
	out.Summary = c.summary()
	return out
}

// origin is where pace begins.
func (c *drawing) origin() *big.Rat {
	if c.series.Baseline != nil {
		if b, ok := ratOf(string(c.series.Baseline.Value)); ok {
			return b
		}
	}
	return new(big.Rat)
}

func (c *drawing) path(points []dated) string {
	var path strings.Builder
	for i, p := range points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		path.WriteString(command + c.scale.x(p.on) + " " + c.scale.y(p.value))
	}
	return path.String()
}

// marks draws the reports: what each period came to, which were corrected, and which are lacking.
func (c *drawing) marks(out *chart) {
	before := c.start
	for _, p := range c.series.Periods {
		on, ok := dayOf(p.On)
		if !ok {
			continue
		}
		label := c.v.PeriodName(p.Period)
		if p.Amount != nil {
			label += "：" + amountText(p.Amount)
			if value, ok := ratOf(string(p.Amount.Value)); ok && c.indicator.Kind == "increment" && value.Sign() > 0 {
				out.Amounts = append(out.Amounts, c.box(before, on, value, label))
			}
		}
		before = on
		switch {
		case len(p.Reports) > 0 && p.Actual != nil:
			value, ok := ratOf(string(p.Actual.Value))
			if !ok {
				continue
			}
			if p.Revised {
				label += c.v.T("，修订过", ", revised")
			}
			out.Points = append(out.Points, chartPoint{c.scale.x(on), c.scale.y(value), label + c.v.T("，累计 ", ", running ") + amountText(p.Actual), p.Revised})
		case len(p.Reports) == 0 && p.Over && c.expects(p):
			out.Gaps = append(out.Gaps, chartPoint{X: c.scale.x(on), Y: strconv.Itoa(chartHeight - chartBottom), Label: c.v.PeriodName(p.Period) + c.v.T("：未报", ": not reported")})
		}
	}
}

// expects says whether a period should have been reported.
func (c *drawing) expects(p v1.SeriesPeriod) bool { return p.ReportMissing }

func (c *drawing) box(from, to time.Time, value *big.Rat, label string) chartBox {
	left, _ := ratOf(c.scale.x(from))
	right, _ := ratOf(c.scale.x(to))
	top, _ := ratOf(c.scale.y(value))
	bottom, _ := ratOf(c.scale.y(new(big.Rat)))
	width := new(big.Rat).Sub(right, left)
	inset := new(big.Rat).Mul(width, big.NewRat(15, 100))
	return chartBox{
		X: new(big.Rat).Add(left, inset).FloatString(1), Y: top.FloatString(1),
		Width: new(big.Rat).Mul(width, big.NewRat(7, 10)).FloatString(1), Height: new(big.Rat).Sub(bottom, top).FloatString(1), Label: label,
	}
}

// rows are the lines of round values.
func (c *drawing) rows() []chartTick {
	step := roundStep(new(big.Rat).Quo(c.scale.height, big.NewRat(5, 1)))
	at := new(big.Rat).Quo(c.scale.low, step)
	first := new(big.Int).Quo(at.Num(), at.Denom()) // towards 0, so that one may be below
	var ticks []chartTick
	top := new(big.Rat).Add(c.scale.low, c.scale.height)
	for value := new(big.Rat).Mul(new(big.Rat).SetInt(first), step); value.Cmp(top) <= 0; value.Add(value, step) {
		if value.Cmp(c.scale.low) >= 0 {
			ticks = append(ticks, chartTick{c.scale.y(value), plainDecimal(value)})
		}
	}
	return ticks
}

// roundStep is the least of 1, 2 and 5 times a power of ten that is not below a number above 0.
func roundStep(least *big.Rat) *big.Rat {
	ten, power := big.NewRat(10, 1), big.NewRat(1, 1)
	for power.Cmp(least) > 0 {
		power.Quo(power, ten)
	}
	for {
		for _, times := range []int64{1, 2, 5} {
			if step := new(big.Rat).Mul(power, big.NewRat(times, 1)); step.Cmp(least) >= 0 {
				return step
			}
		}
		power.Mul(power, ten)
	}
}

// plainDecimal writes a decimal without zeros at its end.
func plainDecimal(value *big.Rat) string {
	text := value.FloatString(6)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// columns are the beginnings of months or, in a long term, of years.
func (c *drawing) columns() []chartTick {
	end := c.start.AddDate(0, 0, int(c.scale.days))
	months := 12*(end.Year()-c.start.Year()) + int(end.Month()-c.start.Month()) + 1
	step, form := 1, "01"
	switch {
	case months > 36:
		step, form = 12, "2006"
	case months > 14:
		step, form = 3, "2006-01"
	}
	var ticks []chartTick
	for at := time.Date(c.start.Year(), c.start.Month(), 1, 0, 0, 0, 0, time.UTC); !at.After(end); at = at.AddDate(0, step, 0) {
		if at.Before(c.start) {
			continue
		}
		label := at.Format(form)
		if form == "01" && (at.Month() == time.January || len(ticks) == 0) {
			label = at.Format("2006-01")
		}
		ticks = append(ticks, chartTick{c.scale.x(at), label})
	}
	return ticks
}

// summary says in words what is drawn.
func (c *drawing) summary() string {
	text := c.indicator.Name + c.v.T("：目标 ", ": target ") + c.v.Target(c.series.Target)
	for i := len(c.series.Periods) - 1; i >= 0; i-- {
		if p := c.series.Periods[i]; p.Actual != nil {
			return text + c.v.T("，", ", ") + c.v.PeriodName(p.Period) + c.v.T(" 累计 ", " running ") + amountText(p.Actual) + c.v.T("，完成率 ", ", ") + percentText(p.Percent)
		}
	}
	return text + c.v.T("，没有实绩", ", no reports")
}
