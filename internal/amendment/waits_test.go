package amendment_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/amendment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func TestTargetsThatWait(t *testing.T) {
	of := func(value, unit string) text { return text{{"培育企业", []goal{{"企业收入", value, unit}}}} }
	cases := []struct {
		name      string
		old, next text
		want      string
	}{
		{"the same reference", of("?全省平均水平", ""), of("?全省平均水平", ""), "=1"},
		{"another reference", of("?全省平均水平", "%"), of("?全国平均水平", "%"), "~p-1-1 /target/reference 全省平均水平→全国平均水平; =0"},
		{"a value at last", of("?全省平均水平", ""), of("12", "亿元"), "~p-1-1 /target/value →12 /target/unit →亿元 /target/reference 全省平均水平→; =0"},
		{"a value no more", of("12", "亿元"), of("?全省平均水平", ""), "~p-1-1 /target/value 12→ /target/reference →全省平均水平; =0"},
	}
	for _, c := range cases {
		for _, measured := range []bool{false, true} {
			old := c.old.stored()
			old.Indicators[0].Measured = measured
			t.Run(c.name, func(t *testing.T) { want(t, amendment.Compare(old, c.next.read(2)), c.want) })
		}
	}

	// given is the plan after somebody looked the value up.
	given := func() amendment.Old {
		old := of("?全省平均水平", "").stored()
		target := &old.Indicators[0].Indicator.Target
		target.Waits, target.Value, target.Unit = false, quantity.MustNumber("9.5"), quantity.MustUnit("亿元")
		return old
	}
	t.Run("a value that was looked up stays while the text says the same", func(t *testing.T) {
		want(t, amendment.Compare(given(), of("?全省平均水平", "").read(2)), "=1")
	})
	t.Run("a value that was looked up falls with its reference", func(t *testing.T) {
		d := amendment.Compare(given(), of("?全国平均水平", "").read(2))
		want(t, d, "~p-1-1 /target/value 9.5→ /target/reference 全省平均水平→全国平均水平; =0")
		if after := d.Replaced[0].Target; !after.Waits || after.Unit.String() != "亿元" {
			t.Errorf("%+v", after)
		}
	})
	t.Run("a range that was looked up falls with its reference", func(t *testing.T) {
		old := given()
		target := &old.Indicators[0].Indicator.Target
		high := quantity.MustNumber("10")
		target.ValueHigh, target.Comparator = &high, indicator.Equal
		after := amendment.Compare(old, of("?全国平均水平", "").read(2)).Replaced[0]
		if after.Check() != nil || after.Target.ValueHigh != nil || !after.Target.Waits {
			t.Errorf("%+v, %v", after.Target, after.Check())
		}
	})
}
