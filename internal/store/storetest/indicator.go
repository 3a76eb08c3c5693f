package storetest

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var indicatorBehaviours = []behaviour{
	{"indicator: reads back every field", indicatorReadBack},
	{"indicator: keeps the digits of target, range, baseline and curve", indicatorDigits},
	{"indicator: keeps a target that waits, and its reference once it has a value", indicatorWaits},
	{"indicator: keeps every word about how its target is held", indicatorHeld},
	{"indicator: hands out the next free code of the task", indicatorNextCode},
	{"indicator: hands out each code once to many at a time", indicatorCodesAtOnce},
	{"indicator: refuses a code that is taken", indicatorTaken},
	{"indicator: refuses a task that the plan has not", indicatorOrphan},
	{"indicator: says that there is no such indicator", indicatorMissing},
	{"indicator: replaces the version it was read as", indicatorUpdate},
	{"indicator: keeps its identity through a change", indicatorIdentity},
	{"indicator: refuses a change of an older version", indicatorStale},
	{"indicator: lets one of many changes at a time win", indicatorRace},
}

func indicatorReadBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	want := sampleIndicator("p", "1", "甲")
	stored := must(s.CreateIndicator(t.Context(), want))(t)

	want = withIDs(t, s, want)
	want.Code, want.Version = "p-1-1", 1
	want.CreatedAt, want.UpdatedAt = stored.CreatedAt, stored.CreatedAt
	equal(t, "returned", stored, want)
	equal(t, "read", must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t), want)
	listed, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	equal(t, "listed", must(listed, err)(t), []indicator.Indicator{want})

	bare := sampleIndicator("p", "2", "乙")
	bare.Baseline, bare.Curve, bare.LeadAgencies, bare.ParticipatingAgencies, bare.Source = nil, nil, nil, nil, indicator.Source{}
	stored = must(s.CreateIndicator(t.Context(), bare))(t)
	bare.Code, bare.Version, bare.CreatedAt, bare.UpdatedAt = stored.Code, 1, stored.CreatedAt, stored.UpdatedAt
	equal(t, "bare", must(s.Indicator(t.Context(), indicator.AllVisible(), stored.Code))(t), bare)
}

// digits are writings that a float, or a column of a fixed scale, would change.
var digits = []string{
	"0", "0.00", "0.1", "75.40", "-0.50", "17.99", "100", "90071992547409931",
	"1234567890123456789012345678901234567890",
	"0.123456789012345678901234567890123456789",
	"-12345678901234567890.12345678901234567890",
}

func indicatorDigits(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	for _, written := range digits {
		in := sampleIndicator("p", "1", written)
		in.Target.Value, in.Target.ValueHigh, in.Baseline = quantity.MustNumber(written), number(written), number(written)
		in.Curve = []indicator.CurvePoint{{On: day("2023-06-30"), Percent: quantity.MustNumber(written)}}
		in = must(s.CreateIndicator(t.Context(), in))(t)
		equal(t, written, must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
	}
}

func indicatorHeld(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	versions := []indicator.Indicator{in}
	hold := func(set func(in *indicator.Indicator)) {
		set(&in)
		in = must(s.UpdateIndicator(t.Context(), in))(t)
		versions = append(versions, in)
	}
	for _, by := range indicator.Grounds {
		hold(func(in *indicator.Indicator) { in.DirectionBy, in.CourseBy = by, "" })
		hold(func(in *indicator.Indicator) { in.DirectionBy, in.CourseBy = "", by })
	}
	for _, each := range append(indicator.Everies, "") {
		hold(func(in *indicator.Indicator) { in.Each = each })
	}
	for _, over := range append(indicator.Overs, "") {
		hold(func(in *indicator.Indicator) { in.Over = over })
	}
	for i, direction := range indicator.Directions {
		hold(func(in *indicator.Indicator) {
			in.Direction, in.Course, in.DefaultBasis = direction, indicator.Courses[i%2], indicator.Bases[i%2]
		})
	}
	for _, then := range versions {
		equal(t, "as of then", must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, then.UpdatedAt))(t), []indicator.Indicator{then})
	}
	equal(t, "now", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)
}

func indicatorWaits(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := sampleIndicator("p", "1", "甲")
	in.Target = indicator.Target{Comparator: indicator.MoreThan, Reference: "全省平均水平", Waits: true}
	in.Baseline = nil
	in.Source.Page, in.Source.Paragraph = 7, 0
	in = must(s.CreateIndicator(t.Context(), in))(t)
	equal(t, "without a unit", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), in)

	given := in
	given.Target.Waits, given.Target.Value, given.Target.Unit = false, quantity.MustNumber("0"), quantity.MustUnit("%")
	given = must(s.UpdateIndicator(t.Context(), given))(t)
	equal(t, "with its value", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), given)
	before := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, in.UpdatedAt))(t)
	equal(t, "as it was", before[0].Target, in.Target)

	bad := sampleIndicator("p", "1", "乙")
	bad.Target = indicator.Target{Comparator: indicator.Equal, Unit: quantity.MustUnit("%"), Waits: true}
	if _, err := s.CreateIndicator(t.Context(), bad); err == nil {
		t.Error("one that waits for nothing: stored")
	}
}

func indicatorNextCode(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "p-1")
	create := func(plan, task, code string) string {
		in := sampleIndicator(plan, task, "甲")
		in.Code = code
		return must(s.CreateIndicator(t.Context(), in))(t).Code
	}
	create("p", "1", "p-1-7")
	equal(t, "after the highest", create("p", "1", ""), "p-1-8")
	equal(t, "other task", create("p", "2", ""), "p-2-1")
	create("p", "1", "by-hand")
	equal(t, "after one of another form", create("p", "1", ""), "p-1-9")
	create("p", "3", "p-1-1-1") // what the plan p-1 would call its own first
	equal(t, "past another plan's", create("p-1", "1", ""), "p-1-1-2")
}

func indicatorCodesAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	const n = 20
	atOnce(n, func(int) {
		if _, err := s.CreateIndicator(t.Context(), sampleIndicator("p", "1", "甲")); err != nil {
			t.Error(err)
		}
	})
	listed, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{})
	for i, in := range must(listed, err)(t) {
		equal(t, "code", in.Code, fmt.Sprintf("p-1-%d", i+1))
	}
	equal(t, "how many", len(listed), n)
}

func indicatorTaken(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	first := withIndicator(t, s, "甲")
	second := sampleIndicator("p", "2", "乙")
	second.Code = first.Code
	_, err := s.CreateIndicator(t.Context(), second)
	refused(t, err, fault.IndicatorExists, "/code")
	equal(t, "kept", must(s.Indicator(t.Context(), indicator.AllVisible(), first.Code))(t), first)
}

func indicatorOrphan(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	for _, in := range []indicator.Indicator{sampleIndicator("p", "9", "甲"), sampleIndicator("q", "1", "甲")} {
		_, err := s.CreateIndicator(t.Context(), in)
		refused(t, err, fault.UnknownTask, "/task")
	}
}

func indicatorMissing(t *testing.T, s *store.Store) {
	_, err := s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1")
	refused(t, err, fault.NotFound, "")
	_, err = s.UpdateIndicator(t.Context(), indicator.Indicator{Code: "p-1-1", Version: 1})
	refused(t, err, fault.NotFound, "")
}

func indicatorUpdate(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	before := withIndicator(t, s, "甲")
	want := before
	want.Name, want.Target.Value, want.Baseline = "甲改", quantity.MustNumber("80.0"), nil
	want.LeadAgencies, want.ParticipatingAgencies = []string{"新设局"}, []string{"路政局", "河务局"}
	got := must(s.UpdateIndicator(t.Context(), want))(t)

	want = withIDs(t, s, want)
	want.Version, want.UpdatedAt = 2, got.UpdatedAt
	equal(t, "returned", got, want)
	equal(t, "read", must(s.Indicator(t.Context(), indicator.AllVisible(), before.Code))(t), want)
	if !got.UpdatedAt.After(before.UpdatedAt) || !got.CreatedAt.Equal(before.CreatedAt) {
		t.Errorf("created %v, updated %v", got.CreatedAt, got.UpdatedAt)
	}
	equal(t, "the next version", must(s.UpdateIndicator(t.Context(), got))(t).Version, 3)
}

func indicatorIdentity(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	before := withIndicator(t, s, "甲")
	moved := before
	moved.Plan, moved.Task, moved.Section, moved.CreatedAt = "q", "2", 9, before.CreatedAt.AddDate(1, 0, 0)
	got := must(s.UpdateIndicator(t.Context(), moved))(t)

	before.Version, before.UpdatedAt = 2, got.UpdatedAt
	equal(t, "returned", got, before)
	equal(t, "read", must(s.Indicator(t.Context(), indicator.AllVisible(), before.Code))(t), before)
}

func indicatorStale(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	current := must(s.UpdateIndicator(t.Context(), in))(t)
	for _, version := range []int{1, 3, 0} {
		in.Name, in.Version = "迟到", version
		_, err := s.UpdateIndicator(t.Context(), in)
		refused(t, err, fault.PreconditionFailed, "")
	}
	equal(t, "kept", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t), current)
}

func indicatorRace(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	var won atomic.Int32
	atOnce(16, func(i int) {
		mine := in
		mine.Name = fmt.Sprint(i)
		_, err := s.UpdateIndicator(t.Context(), mine)
		switch {
		case err == nil:
			won.Add(1)
		case !fault.Is(err, fault.PreconditionFailed):
			t.Error(err)
		}
	})
	equal(t, "won", won.Load(), int32(1))
	equal(t, "version", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t).Version, 2)
}
