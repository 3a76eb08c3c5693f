package amendment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/amendment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

var base = text{
	{"壮大高新企业", []goal{{"新增高新技术企业", "30", "家"}, {"完成投资", "12", "亿元"}}},
	{"完善充电设施", []goal{{"新增公共充电桩", "221", "个"}}},
	{"治理河道水质", []goal{{"优良水体比例", "85.5", "%"}}},
}

func TestCompare(t *testing.T) {
	piles := goal{"新增公共充电桩", "221", "个"}
	cases := []struct {
		name string
		edit func(x text) text
		want string
	}{
		{"a new number", func(x text) text { x[0].goals[0].value = "36"; return x }, "~p-1-1 /target/value 30→36; =3"},
		{"another unit of the dimension", func(x text) text { x[0].goals[1] = goal{"完成投资", "120000", "万元"}; return x },
			"~p-1-2 /target/value 12→120000 /target/unit 亿元→万元; =3"},
		{"another unit of another dimension", func(x text) text { x[1].goals[0].unit = "千瓦"; return x }, "~p-2-1 /target/unit 个→千瓦; =3"},
		{"words of the name", func(x text) text { x[1].goals[0].name = "新增城区公共充电桩"; return x }, "~p-2-1 /name 新增公共充电桩→新增城区公共充电桩; =3"},
		{"a goal dropped and one of other words added", func(x text) text { x[1].goals[0] = goal{"举办招商活动", "9", "场"}; return x }, "+举办招商活动; -p-2-1; =3"},
		{"a task in front", func(x text) text {
			return append(text{{"改造老旧小区", []goal{{"改造户数", "18", "户"}}}}, x...)
		},
			"+改造户数; >p-1-1 1.1→2.1; >p-1-2 1.1→2.1; >p-2-1 2.1→3.1; >p-3-1 3.1→4.2; =0"},
		{"a task with another title", func(x text) text { x[1].title = "加快完善充电设施建设"; x[0], x[1] = x[1], x[0]; return x },
			">p-1-1 1.1→2.1; >p-1-2 1.1→2.1; >p-2-1 2.1→1.1; =1"},
		{"a task dropped", func(x text) text { return x[1:] }, "-p-1-1; -p-1-2; >p-2-1 2.1→1.1; >p-3-1 3.1→2.1; =0"},
		{"a goal in another task", func(x text) text {
			x[1].goals, x[2].goals = nil, append(x[2].goals, piles)
			return x
		}, ">p-2-1 2.1→3.1; =3"},
		{"a goal in another task with another number", func(x text) text {
			x[1].goals, x[2].goals = nil, append(x[2].goals, goal{"新增公共充电桩", "300", "个"})
			return x
		}, "~p-2-1 /target/value 221→300; >p-2-1 2.1→3.1; =3"},
		{"a common name in another task with another number is another goal", func(x text) text {
			x[0].goals, x[2].goals = x[0].goals[:1], append(x[2].goals, goal{"完成投资", "13", "亿元"})
			return x
		}, "+完成投资; -p-1-2; =3"},
		{"a common name in another task with the same number is the same goal", func(x text) text {
			x[0].goals, x[2].goals = x[0].goals[:1], append(x[2].goals, goal{"完成投资", "12", "亿元"})
			return x
		}, ">p-1-2 1.1→3.1; =3"},
		{"blanks alone", func(x text) text { x[1].title = "完善 充电设施"; return x }, "=4"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			want(t, amendment.Compare(base.stored(), c.edit(base.clone()).read(2)), c.want)
		})
	}

	t.Run("of goals of one name each keeps its own by the sentence", func(t *testing.T) {
		x := text{{"修路", []goal{{"完成投资", "1", "亿元"}, {"完成投资", "2", "亿元"}, {"完成投资", "3", "亿元"}}}}
		y := text{{"修路", []goal{{"完成投资", "2", "亿元"}, {"完成投资", "4", "亿元"}}}}
		want(t, amendment.Compare(x.stored(), y.read(2)), "-p-1-3; ~p-1-1 /target/value 1→4; =1")
	})

	t.Run("of goals of one name each keeps its own by the deadline", func(t *testing.T) {
		quarters := func(first, step int) text {
			x := text{{"修路", nil}}
			for q := first; q <= 3; q++ {
				x[0].goals = append(x[0].goals, goal{"完成投资", fmt.Sprint(q + step), "亿元"})
			}
			return x
		}
		due := func(ins []indicator.Indicator, first int) {
			for i := range ins {
				ins[i].DueOn = indicator.DateOf(2024, time.Month(3*(i+first)), 28)
			}
		}
		old, next := quarters(1, 0).stored(), quarters(2, 10).read(2)
		due(next.Indicators, 2)
		for i, h := range old.Indicators {
			old.Indicators[i].Indicator.DueOn = indicator.DateOf(2024, time.Month(3*(i+1)), 28)
			h.AsRead.DueOn = old.Indicators[i].Indicator.DueOn
		}
		want(t, amendment.Compare(old, next), "-p-1-1; ~p-1-2 /target/value 2→12; ~p-1-3 /target/value 3→13; =0")
	})

	t.Run("of tasks of one title each keeps its own by the number", func(t *testing.T) {
		x := text{{"其他事项", []goal{{"办结", "1", "件"}}}, {"修路", nil}, {"其他事项", []goal{{"办结", "2", "件"}}}}
		y := text{{"信访维稳", nil}, {"修路", nil}, {"其他事项", []goal{{"办结", "4", "件"}}}}
		want(t, amendment.Compare(x.stored(), y.read(2)), "-p-1-1; ~p-3-1 /target/value 2→4; =0")
	})

	t.Run("goals of one name in two tasks are followed by what they say, and not by the name alone", func(t *testing.T) {
		x := text{{"修路", []goal{{"新建农村公路里程", "1", "公里"}}}, {"架桥", []goal{{"新建农村公路里程", "2", "公里"}}}}
		both := text{{"交通建设三年行动", []goal{{"新建农村公路里程", "2", "公里"}, {"新建农村公路里程", "1", "公里"}}}}
		want(t, amendment.Compare(x.stored(), append(text{{"水利", nil}, {"电力", nil}}, both...).read(2)), ">p-1-1 1.1→3.1; >p-2-1 2.1→3.1; =0")
		one := text{{"水利", nil}, {"电力", nil}, {"交通建设三年行动", []goal{{"新建农村公路里程", "3", "公里"}}}}
		want(t, amendment.Compare(x.stored(), one.read(2)), "+新建农村公路里程; -p-1-1; -p-2-1; =0")
	})

	t.Run("of a row of a table a change of one cell is none of the others", func(t *testing.T) {
		for _, apart := range []string{" | ", "\t", "\n", "    ", " "} {
			years := func(values ...string) text {
				x := text{{"绿地", nil}}
				for i, v := range values {
					x[0].goals = append(x[0].goals, goal{fmt.Sprint("绿地率", i), v, "%"})
				}
				return x
			}
			quoted := func(ins []indicator.Indicator) {
				row := "绿地率" + apart + "%"
				for i := range ins {
					row += apart + ins[i].Target.Value.String()
					ins[i].Source.Quote, ins[i].Source.Rule = row, indicator.OfTable
				}
			}
			old, next := years("38", "39", "40", "41").read(1), years("38", "39.5", "40", "41").read(2)
			quoted(old.Indicators)
			quoted(next.Indicators)
			stored := years("38", "39", "40", "41").stored()
			for i := range stored.Indicators {
				stored.Indicators[i].Indicator.Source, stored.Indicators[i].AsRead.Source = old.Indicators[i].Source, old.Indicators[i].Source
			}
			want(t, amendment.Compare(stored, next), "~p-1-2 /target/value 39→39.5; =3")
			renamed := next.Indicators[3]
			renamed.Source.Quote = "城区" + renamed.Source.Quote
			next.Indicators[3] = renamed
			want(t, amendment.Compare(stored, next), "~p-1-2 /target/value 39→39.5; ~p-1-4; =2")
		}
	})

	t.Run("a new sentence that says the same is a change without fields", func(t *testing.T) {
		next := base.read(2)
		next.Indicators[2].Source.Quote = "全市新增公共充电桩221个"
		d := amendment.Compare(base.stored(), next)
		want(t, d, "~p-2-1; =3")
		if got := d.Replaced[0].Source; got != next.Indicators[2].Source {
			t.Errorf("source %+v", got)
		}
	})
}

func TestMeasurementsKeepTheDimension(t *testing.T) {
	old := base.stored()
	old.Indicators[2].Measured = true
	y := base.clone()
	y[1].goals[0].unit = "千瓦"
	d := amendment.Compare(old, y.read(2))
	want(t, d, "+新增公共充电桩p-2-1; -p-2-1; =3")
	if d.Removed[0].Successor != 0 {
		t.Errorf("successor %d", d.Removed[0].Successor)
	}
	if why := d.Removed[0].Why(d.Added[0].Indicator); !strings.Contains(why.ZH, "“个”改为“千瓦”") || !strings.Contains(why.EN, "个 to 千瓦") {
		t.Errorf("%+v", why)
	}
}

func TestCorrectionsByHand(t *testing.T) {
	corrected := func(change func(in *indicator.Indicator)) amendment.Old {
		old := base.stored()
		change(&old.Indicators[0].Indicator)
		return old
	}
	number := func(s string) *quantity.Number { n := quantity.MustNumber(s); return &n }
	newNumber := base.clone()
	newNumber[0].goals[0].value = "36"

	t.Run("stay where the text says nothing new", func(t *testing.T) {
		old := corrected(func(in *indicator.Indicator) {
			in.Name, in.Baseline, in.Frequency, in.State = "高企数", number("5"), indicator.Quarterly, indicator.Rejected
		})
		d := amendment.Compare(old, newNumber.read(2))
		want(t, d, "~p-1-1 /target/value 30→36; =3")
		after := d.Replaced[0]
		if after.Name != "高企数" || after.Baseline.String() != "5" || after.Frequency != indicator.Quarterly || after.State != indicator.Rejected || after.Version != 1 {
			t.Errorf("after %+v", after)
		}
	})

	t.Run("give way where the text says something new", func(t *testing.T) {
		old := corrected(func(in *indicator.Indicator) { in.Target.Value = quantity.MustNumber("31") })
		want(t, amendment.Compare(old, newNumber.read(2)), "~p-1-1 /target/value 31→36; =3")
	})

	t.Run("go where they cannot stand beside the new text", func(t *testing.T) {
		old := corrected(func(in *indicator.Indicator) {
			in.Baseline = number("5")
			in.Curve = []indicator.CurvePoint{{On: indicator.DateOf(2024, 11, 30), Percent: quantity.MustNumber("90")}}
		})
		next := base.read(2)
		next.Indicators[0].DueOn = indicator.DateOf(2024, 10, 31)
		want(t, amendment.Compare(old, next), "~p-1-1 /due_on 2024-12-31→2024-10-31 /curve 2024-11-30 90%→; =3")
		next = base.read(2)
		next.Indicators[0].Target.Comparator, next.Indicators[0].Target.ValueHigh = indicator.Equal, number("40")
		want(t, amendment.Compare(corrected(func(in *indicator.Indicator) { in.Baseline = number("5") }), next),
			"~p-1-1 /target/comparator ge→eq /target/value_high →40; =3")
		next = base.read(2)
		next.Indicators[0].DueOn = indicator.DateOf(2024, 3, 31)
		want(t, amendment.Compare(corrected(func(in *indicator.Indicator) { in.StartsOn = indicator.DateOf(2024, 6, 1) }), next),
			"~p-1-1 /starts_on 2024-06-01→2024-01-01 /due_on 2024-12-31→2024-03-31; =3")
	})

	t.Run("a baseline follows the target into a new unit, or goes", func(t *testing.T) {
		for unit, expected := range map[string]string{
			"万家": "~p-1-1 /target/value 30→36 /target/unit 家→万家 /baseline 5→0.0005; =3",
			"个":  "~p-1-1 /target/value 30→36 /target/unit 家→个; =3",
		} {
			y := base.clone()
			y[0].goals[0].value, y[0].goals[0].unit = "36", unit
			want(t, amendment.Compare(corrected(func(in *indicator.Indicator) { in.Baseline = number("5") }), y.read(2)), expected)
		}
		y := base.clone()
		y[0].goals[0].unit = "公里"
		want(t, amendment.Compare(corrected(func(in *indicator.Indicator) { in.Baseline = number("5") }), y.read(2)),
			"~p-1-1 /target/unit 家→公里 /baseline 5→; =3")
	})

	t.Run("without the older reading the record itself is compared, but keeps its baseline", func(t *testing.T) {
		old := corrected(func(in *indicator.Indicator) { in.Target.Value, in.Baseline = quantity.MustNumber("31"), number("5") })
		old.Indicators[0].AsRead = nil
		want(t, amendment.Compare(old, base.read(2)), "~p-1-1 /target/value 31→30; =3")
	})
}

func TestIndicatorsMadeByHand(t *testing.T) {
	withOne := func(name string) amendment.Old {
		old := base.stored()
		in := old.Indicators[3].Indicator
		in.Code, in.Name, in.Source = "p-3-2", name, indicator.Source{}
		old.Indicators = append(old.Indicators, amendment.Held{Indicator: in})
		return old
	}
	t.Run("stay when the text says nothing of them", func(t *testing.T) {
		want(t, amendment.Compare(withOne("断面达标率"), base.read(2)), "=5")
	})
	t.Run("stay with the sentence that a person marked", func(t *testing.T) {
		old := withOne("断面达标率")
		marked := indicator.Source{Version: 1, Start: 3, End: 8, Quote: "断面达标", Rule: indicator.MarkedByHand}
		old.Indicators[len(old.Indicators)-1].Indicator.Source = marked
		want(t, amendment.Compare(old, base.read(2)), "=5")
		d := amendment.Compare(old, base[1:].read(2))
		want(t, d, "-p-1-1; -p-1-2; >p-2-1 2.1→1.1; >p-3-1 3.1→2.1; >p-3-2 3.1→2.1; =0")
		if last := d.Replaced[len(d.Replaced)-1]; last.Code != "p-3-2" || last.Source != marked {
			t.Errorf("%+v", last)
		}
	})
	t.Run("follow their task", func(t *testing.T) {
		want(t, amendment.Compare(withOne("断面达标率"), base[1:].read(2)), "-p-1-1; -p-1-2; >p-2-1 2.1→1.1; >p-3-1 3.1→2.1; >p-3-2 3.1→2.1; =0")
	})
	t.Run("follow a task of another title and number", func(t *testing.T) {
		y := append(text{{"修建农村公路", nil}}, base.clone()...)
		y[3].title = "综合治理河道水质"
		d := amendment.Compare(withOne("断面达标率"), y.read(2))
		if len(d.Removed) != 0 || len(d.Moved) != 5 || d.Moved[4].After.Task != "4" {
			t.Error(say(d))
		}
	})
	t.Run("go with their task, though a text has their name elsewhere", func(t *testing.T) {
		y := base.clone()[:2]
		y[0].goals = append(y[0].goals, goal{"断面水质达标率", "85.5", "%"})
		want(t, amendment.Compare(withOne("断面水质达标率"), y.read(2)), "+断面水质达标率; -p-3-1; -p-3-2; =3")
	})
	t.Run("go with their task, though another another takes its number", func(t *testing.T) {
		y := base.clone()
		y[2] = task{"发展文化旅游", nil}
		want(t, amendment.Compare(withOne("断面达标率"), y.read(2)), "-p-3-1; -p-3-2; =3")
	})
	t.Run("become those of the text when it takes them up", func(t *testing.T) {
		y := base.clone()
		y[2].goals = append(y[2].goals, goal{"断面达标率", "85.5", "%"})
		d := amendment.Compare(withOne("断面达标率"), y.read(2))
		want(t, d, "~p-3-2; =4")
		if d.Replaced[0].Source.Version != 2 {
			t.Errorf("source %+v", d.Replaced[0].Source)
		}
	})
	t.Run("become those of the text though it gives another deadline", func(t *testing.T) {
		y := base.clone()
		y[2].goals = append(y[2].goals, goal{"断面达标率", "85.5", "%"})
		next := y.read(2)
		next.Indicators[4].DueOn = indicator.DateOf(2024, 6, 30)
		want(t, amendment.Compare(withOne("断面达标率"), next), "~p-3-2 /due_on 2024-12-31→2024-06-30; =4")
	})
	t.Run("are nobody's newer form", func(t *testing.T) {
		y := base.clone()
		y[2].goals = append(y[2].goals, goal{"河流断面达标率", "85.5", "%"})
		want(t, amendment.Compare(withOne("断面达标率"), y.read(2)), "+河流断面达标率; =5")
	})
}

func TestTermAndState(t *testing.T) {
	t.Run("a longer term stretches what may be reported", func(t *testing.T) {
		next := base[2:].read(2)
		next.DueOn = indicator.DateOf(2025, 3, 31)
		want(t, amendment.Compare(base[2:].stored(), next), "~p-1-1 /term_ends_on 2024-12-31→2025-03-31; =0")
	})
	t.Run("a change keeps the state and takes the new confidence", func(t *testing.T) {
		old, next := base[2:].stored(), base[2:].read(2)
		old.Indicators[0].Indicator.State = indicator.Draft
		next.Indicators[0].Binding, next.Indicators[0].Confidence = indicator.Expected, indicator.Low
		d := amendment.Compare(old, next)
		want(t, d, "~p-1-1 /binding binding→expected; =0")
		if after := d.Replaced[0]; after.State != indicator.Draft || after.Confidence != indicator.Low {
			t.Errorf("after %s, %s", after.State, after.Confidence)
		}
	})
}

// TestStrangersAreComparedInBoundedTime compares long texts that have nothing
// in common.
func TestStrangersAreComparedInBoundedTime(t *testing.T) {
	stranger := func(first int) text {
		var x text
		for i := range 4000 {
			r := string([]rune{rune(first + i), rune(first + i/2), rune(first + i/3)})
			x = append(x, task{r, []goal{{r + "数", "1", "个"}}})
		}
		return x
	}
	began := time.Now()
	d := amendment.Compare(stranger(0x4e00).stored(), stranger(0x6000).read(2))
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if got := fmt.Sprint(len(d.Added), len(d.Removed)); got != "4000 4000" {
		t.Errorf("added and removed %s", got)
	}
}
