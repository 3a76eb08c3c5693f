package progress

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func bound(s string) *quantity.Number {
	n := quantity.MustNumber(s)
	return &n
}

func TestDefaultProfile(t *testing.T) {
	p := DefaultProfile()
	if err := p.Validate(); err != nil {
		t.Fatalf("the default profile is refused: %v", err)
	}
	t.Run("uses the words of government practice", func(t *testing.T) {
		want := map[Status]string{
			Attained: "已达标", Missed: "未完成", NoData: "无数据", OnTrack: "达序时", AtRisk: "略滞后", Behind: "滞后",
		}
		got := map[Status]string{Attained: p.Attained.Label.ZH, Missed: p.Missed.Label.ZH, NoData: p.NoData.Label.ZH}
		for _, c := range p.Classes {
			got[c.Status] = c.Label.ZH
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("is a copy for each caller", func(t *testing.T) {
		p.Classes[0].Status = "changed"
		if DefaultProfile().Classes[0].Status != OnTrack {
			t.Error("changing one default profile changed the next")
		}
	})
}

func TestValidate(t *testing.T) {
	cases := []struct {
		name   string
		change func(*Profile)
		field  string
	}{
		{"no name", func(p *Profile) { p.Name = "" }, "/name"},
		{"an unknown clock", func(p *Profile) { p.PaceBy = "weeks" }, "/pace_by"},
		{"no clock", func(p *Profile) { p.PaceBy = "" }, "/pace_by"},
		{"a tolerance below 0", func(p *Profile) { p.Tolerance = quantity.MustNumber("-0.01") }, "/tolerance"},
		{"a tolerance above 1", func(p *Profile) { p.Tolerance = quantity.MustNumber("1.01") }, "/tolerance"},
		{"a refusal for what is about no report", func(p *Profile) { p.Refused = []Caution{TotalFalls, CourseAssumed} }, "/refused/1"},
		{"no mark for what is late", func(p *Profile) { p.AttainedLate = Mark{} }, "/attained_late/label"},
		{"no label", func(p *Profile) { p.Missed.Label.EN = "" }, "/missed/label"},
		{"no colour", func(p *Profile) { p.NoData.Color = "" }, "/no_data/color"},
		{"a colour by name", func(p *Profile) { p.Attained.Color = "red" }, "/attained/color"},
		{"a class without a label", func(p *Profile) { p.Classes[1].Label.ZH = "" }, "/classes/1/label"},
		{"no class", func(p *Profile) { p.Classes = nil }, "/classes"},
		{"a status that is no word", func(p *Profile) { p.Classes[0].Status = "On track" }, "/classes/0/status"},
		{"a status of its own for attained", func(p *Profile) { p.Classes[0].Status = Attained }, "/classes/0/status"},
		{"a status used twice", func(p *Profile) { p.Classes[2].Status = OnTrack }, "/classes/2/status"},
		{"a hole below the last class", func(p *Profile) { p.Classes[2].From = bound("-50") }, "/classes/2/from"},
		{"a hole between classes", func(p *Profile) { p.Classes[1].Below = bound("-1") }, "/classes/1/below"},
		{"a hole above the first class", func(p *Profile) { p.Classes[0].Below = bound("50") }, "/classes/0/below"},
		{"an overlap of stated bounds", func(p *Profile) { p.Classes[2].Below = bound("-9.99") }, "/classes/2/below"},
		{"two classes from the same gap", func(p *Profile) { p.Classes[1].From = bound("0.0") }, "/classes/1/from"},
		{"classes out of order", func(p *Profile) { p.Classes[1].From = bound("5") }, "/classes/1/from"},
		{"a class without a lower bound before others", func(p *Profile) { p.Classes[1].From = nil }, "/classes/1/from"},
	}
	for _, c := range cases {
		t.Run("refuses "+c.name, func(t *testing.T) {
			p := DefaultProfile()
			c.change(&p)
			err := p.Validate()
			if err == nil || fault.From(err).Field != c.field {
				t.Errorf("got %v, want a fault at %s", err, c.field)
			}
		})
	}
	t.Run("accepts upper bounds that meet the class before", func(t *testing.T) {
		p := DefaultProfile()
		p.Classes[1].Below, p.Classes[2].Below = bound("0.00"), bound("-10")
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	})
	t.Run("accepts a single class", func(t *testing.T) {
		p := DefaultProfile()
		p.Classes = p.Classes[2:]
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	})
}

func TestParseProfile(t *testing.T) {
	t.Run("what is left out is as by default, and is named", func(t *testing.T) {
		const file = `{"name": "default", "pace_by": "days"}`
		p, err := ParseProfile([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(DefaultProfile(), p); diff != "" {
			t.Error(diff)
		}
		left, err := LeftOut([]byte(file))
		if err != nil || !strings.HasPrefix(left, `{"tolerance":0,"equal_is_exact":false,"attained":{"label":{"zh":"已达标",`) ||
			!strings.Contains(left, `"refused":[],"classes":[{"status":"on_track","from":0,`) || !json.Valid([]byte(left)) {
			t.Errorf("%s, %v", left, err)
		}
	})
	t.Run("what leaves out everything is refused, and what is missing named", func(t *testing.T) {
		for _, file := range []string{`{}`, " {\n} ", `null`} {
			_, err := ParseProfile([]byte(file))
			if !fault.Is(err, fault.RequiredField) || !strings.Contains(fault.From(err).Detail.EN, "name, pace_by, tolerance, equal_is_exact, attained, attained_late, missed, no_data, not_computable, refused, classes") {
				t.Errorf("%q: %v", file, err)
			}
		}
	})
	t.Run("a profile as it is written leaves out nothing", func(t *testing.T) {
		whole := DefaultProfile()
		whole.Refused = []Caution{TotalFalls}
		data, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		if left, err := LeftOut(data); err != nil || left != "" {
			t.Errorf("%s, %v", left, err)
		}
	})
	t.Run("what is written is read back", func(t *testing.T) {
		want := DefaultProfile()
		want.Name, want.PaceBy, want.EqualIsExact, want.Tolerance = "strict", ByMonths, true, quantity.MustNumber("0.050")
		want.Classes[1].Below = bound("0")
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseProfile(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(string(data), `"tolerance":0.050`) {
			t.Errorf("%s\n%s", data, diff)
		}
	})
	t.Run("classes replace those of the default", func(t *testing.T) {
		p, err := ParseProfile([]byte(`{"name": "两级", "classes": [
			{"status": "green", "from": "-5", "label": {"zh": "正常", "en": "Fine"}, "color": "#00aa00"},
			{"status": "red", "from": null, "below": -5.0, "label": {"zh": "预警", "en": "Warning"}, "color": "#AA0000"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		in := indicator.Indicator{
			Kind: indicator.Increment, StartsOn: yearStart, DueOn: yearEnd,
			Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.FromInt(100), Unit: quantity.MustUnit("个")},
		}
		period, _ := indicator.ParsePeriod("2023-03")
		m := indicator.Measurement{Period: period, Basis: indicator.Total, Value: quantity.FromInt(20), Unit: in.Target.Unit}
		r := Compute(in, []indicator.Measurement{m}, period.End(), p)
		if r.Status != "green" || r.Label.ZH != "正常" || r.Color != "#00aa00" {
			t.Errorf("a gap of %s is %s, %s, %s", r.Gap, r.Status, r.Label.ZH, r.Color)
		}
	})
	refused := []struct {
		name, data string
		code       fault.Code
		field      string
	}{
		{"no JSON", `name`, fault.MalformedRequest, ""},
		{"nothing", ``, fault.MalformedRequest, ""},
		{"text after the object", `{} {}`, fault.MalformedRequest, ""},
		{"an unknown member", `{"tolerence": 0.1}`, fault.UnknownField, "/tolerence"},
		{"a member twice", `{"name": "a", "name": "b"}`, fault.DuplicateField, "/name"},
		{"a wrong type", `{"equal_is_exact": "yes"}`, fault.WrongType, "/equal_is_exact"},
		{"null for a number", `{"tolerance": null}`, fault.WrongType, "/tolerance"},
		{"a number that is none", `{"tolerance": "five"}`, fault.InvalidNumber, "/tolerance"},
		{"a bound that is too long", `{"classes": [{"from": 1e99}]}`, fault.NumberTooLong, "/classes/0/from"},
		{"a class that is not complete", `{"classes": [{"status": "red"}]}`, fault.InvalidValue, "/classes/0/label"},
	}
	for _, c := range refused {
		t.Run("refuses "+c.name, func(t *testing.T) {
			_, err := ParseProfile([]byte(c.data))
			if !fault.Is(err, c.code) || fault.From(err).Field != c.field {
				t.Errorf("got %v, want %s at %q", err, c.code, c.field)
			}
		})
	}
}

// TestEveryStatusIsListed reads the constants of the type Status: each is one that
// progress can have under the usual profile, which lists are filtered by.
func TestEveryStatusIsListed(t *testing.T) {
	source, err := os.ReadFile("result.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`Status = "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1)
	all := DefaultProfile().Statuses()
	if len(found) != len(all) {
		t.Errorf("%d constants, %d statuses", len(found), len(all))
	}
	for _, m := range found {
		if !slices.Contains(all, Status(m[1])) {
			t.Errorf("%s is not listed", m[1])
		}
	}
}
