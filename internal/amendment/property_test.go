package amendment_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/amendment"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestTheSameTextChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawText(t)
		old := x.stored()
		for i := range old.Indicators { // corrections made by hand are no changes of the text
			in := &old.Indicators[i].Indicator
			switch rapid.IntRange(0, 3).Draw(t, "correction") {
			case 0:
				in.Name = "改过的名称"
			case 1:
				in.Baseline, in.State = &in.Target.Value, indicator.Draft
			case 2:
				in.LeadAgencies = nil
			}
		}
		d := amendment.Compare(old, x.read(2))
		if d.Unchanged != len(old.Indicators) || len(d.Added)+len(d.Removed)+len(d.Changed)+len(d.Moved)+len(d.Replaced) != 0 {
			t.Errorf("%s", say(d))
		}
	})
}

func TestRenumberingTasksOnlyMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawText(t)
		old, next := x.stored(), rapid.Permutation(x).Draw(t, "order").read(2)
		d := amendment.Compare(old, next)
		if len(d.Added)+len(d.Removed)+len(d.Changed) != 0 || len(d.Moved)+d.Unchanged != len(old.Indicators) {
			t.Errorf("%s", say(d))
		}
		for _, m := range d.Moved {
			if m.Before.Task == m.After.Task && m.Before.Section == m.After.Section || m.Before.Name != m.After.Name {
				t.Errorf("moved %+v to %+v", m.Before, m.After)
			}
		}
	})
}

func TestOneNewNumberIsOneChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawText(t)
		x[0].goals = append(x[0].goals, goal{"新开通公交线路条数", "7", "条"})
		y := x.clone()
		at := rapid.IntRange(0, len(x)-1).Filter(func(i int) bool { return len(x[i].goals) > 0 }).Draw(t, "task")
		g := &y[at].goals[rapid.IntRange(0, len(y[at].goals)-1).Draw(t, "goal")]
		was := g.value
		g.value = rapid.StringMatching(`[1-9][0-9]{0,5}(\.[0-9]{1,3})?`).Filter(func(s string) bool { return s != was }).Draw(t, "value")

		d := amendment.Compare(x.stored(), y.read(2))
		if len(d.Changed) != 1 || len(d.Replaced) != 1 || len(d.Added)+len(d.Removed)+len(d.Moved) != 0 {
			t.Fatalf("%s", say(d))
		}
		c := d.Changed[0]
		if expected := (amendment.FieldChange{Field: "/target/value", Before: was, After: g.value}); !slices.Equal(c.Fields, []amendment.FieldChange{expected}) || c.Before.Name != g.name {
			t.Errorf("%s", say(d))
		}
	})
}

func TestEveryIndicatorHasOneFateAndApplyingLeavesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawText(t)
		y := drawEdit(t, x)
		old, next := x.stored(), y.read(2)
		for i := range old.Indicators {
			old.Indicators[i].Measured = rapid.Bool().Draw(t, "measured")
		}
		d := amendment.Compare(old, next)
		if got := d.Unchanged + len(d.Removed) + len(d.Replaced); got != len(old.Indicators) {
			t.Errorf("%d of %d indicators have a fate: %s", got, len(old.Indicators), say(d))
		}
		if got := d.Unchanged + len(d.Added) + len(d.Replaced); got != len(next.Indicators) {
			t.Errorf("%d of %d goals have a place: %s", got, len(next.Indicators), say(d))
		}
		if again := amendment.Compare(old, next); say(again) != say(d) {
			t.Errorf("first %s\nthen  %s", say(d), say(again))
		}
		after := amendment.Compare(applied(old, next, d), next)
		if after.Unchanged != len(next.Indicators) || len(after.Added)+len(after.Removed)+len(after.Replaced) != 0 {
			t.Errorf("%s\nand once applied %s", say(d), say(after))
		}
	})
}

func TestAMeasuredIndicatorNeverChangesDimension(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawText(t)
		old := x.stored()
		for i := range old.Indicators {
			old.Indicators[i].Measured = true
		}
		for _, c := range amendment.Compare(old, drawEdit(t, x).read(2)).Changed {
			if !c.Before.Target.Unit.SameDimension(c.After.Target.Unit) {
				t.Errorf("%s: %s to %s", c.Before.Code, c.Before.Target.Unit, c.After.Target.Unit)
			}
		}
	})
}
