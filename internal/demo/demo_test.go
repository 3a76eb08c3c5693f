package demo

import (
	"encoding/csv"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// targets are the indicators that reading the plan must give for certain, by
// code. Each is checked to stand in its task, after the targets before it.
func targets(t *testing.T) map[string]indicator.Indicator {
	t.Helper()
	f, err := os.Open("expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	certain, rest, count := map[string]indicator.Indicator{}, string(PlanText()), map[string]int{}
	for _, row := range rows[1:] {
		code, task, quote, value, unit, kind := row[0], row[1], row[2], row[3], row[5], row[7]
		count[task]++
		if want := PlanCode + "-" + task + "-" + strconv.Itoa(count[task]); code != want {
			t.Errorf("code %s, want %s", code, want)
		}
		if count[task] == 1 {
			_, rest, _ = strings.Cut(rest, "\n"+task+".")
		}
		paragraph, _, _ := strings.Cut(rest, "\n")
		if !strings.Contains(paragraph, quote) {
			t.Errorf("%s: task %s goes on %q, without %q", code, task, paragraph, quote)
		}
		_, rest, _ = strings.Cut(rest, quote)
		if row[11] == "no" {
			continue
		}
		if plain := strings.ReplaceAll(quote, "余", ""); !strings.Contains(plain, value+unit) {
			t.Errorf("%s: %q does not say %s%s", code, quote, value, unit)
		}
		certain[code] = indicator.Indicator{
			Kind: indicator.Kind(kind), Target: indicator.Target{Unit: quantity.MustUnit(unit)},
			StartsOn: indicator.DateOf(2023, 1, 1), TermEndsOn: indicator.DateOf(2023, 12, 31),
		}
	}
	return certain
}

func measurements(t *testing.T) []indicator.Measurement {
	t.Helper()
	all, err := Measurements()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPlanText(t *testing.T) {
	text := string(PlanText())
	t.Run("says first that it is a demonstration", func(t *testing.T) {
		if !strings.HasPrefix(text, "示例文本：") {
			t.Errorf("it starts %.30q", text)
		}
	})
	t.Run("numbers its tasks from 1 to 85, in 12 sections", func(t *testing.T) {
		found := regexp.MustCompile(`(?m)^(\d+)\.[^。\n]+。`).FindAllStringSubmatch(text, -1)
		for i, m := range found {
			if m[1] != strconv.Itoa(i+1) {
				t.Fatalf("task %s stands where %d should", m[1], i+1)
			}
		}
		sections := regexp.MustCompile(`(?m)^[一二三四五六七八九十]+、`).FindAllString(text, -1)
		if len(found) != 85 || len(sections) != 12 {
			t.Errorf("%d tasks in %d sections", len(found), len(sections))
		}
	})
	t.Run("has the targets that are expected of it", func(t *testing.T) {
		if n := len(targets(t)); n != 69 {
			t.Errorf("%d targets are certain, want 69", n)
		}
	})
}

func TestMeasurementsCanBeRecorded(t *testing.T) {
	known, sources := targets(t), map[string]bool{}
	earlier := map[string][]indicator.Measurement{}
	for _, m := range measurements(t) {
		in, ok := known[m.Indicator]
		if !ok {
			t.Errorf("%s is no certain target of the plan", m.Indicator)
			continue
		}
		if err := m.CheckFor(in); err != nil {
			t.Errorf("%s does not fit: %v", m.SourceID, err)
		}
		if err := indicator.CheckOverlap(earlier[m.Indicator], m); err != nil {
			t.Errorf("%s counts days twice: %v", m.SourceID, err)
		}
		if m.SourceID == "" || sources[m.SourceID] {
			t.Errorf("%s %s: source %q is empty or taken", m.Indicator, m.Period, m.SourceID)
		}
		sources[m.SourceID] = true
		earlier[m.Indicator] = append(earlier[m.Indicator], m)
	}
	if silent := len(known) - len(earlier); silent != 2 {
		t.Errorf("%d indicators never report, want 2", silent)
	}
}

func TestMeasurementsTellTheStory(t *testing.T) {
	t.Run("168 charging piles is the newest report by the end of September", func(t *testing.T) {
		var newest indicator.Measurement
		for _, m := range measurements(t) {
			if m.Indicator == PlanCode+"-14-1" && !m.Period.End().After(indicator.DateOf(2023, 9, 30)) {
				newest = m
			}
		}
		if newest.Period.String() != "2023-09" || newest.Value.String() != "168" || newest.Basis != indicator.Total {
			t.Errorf("got %s %s %s", newest.Period, newest.Basis, newest.Value)
		}
	})
	t.Run("a correction has another value and comes after the report it corrects", func(t *testing.T) {
		first, corrections := map[string]indicator.Measurement{}, 0
		for _, m := range measurements(t) {
			original, corrects := strings.CutSuffix(m.SourceID, "-r2")
			if was, ok := first[original]; corrects {
				corrections++
				if !ok || was.Period != m.Period || was.Basis != m.Basis || was.Value.Equal(m.Value) {
					t.Errorf("%s corrects %+v", m.SourceID, was)
				}
			}
			first[original] = m
		}
		if corrections != 4 {
			t.Errorf("%d corrections, want 4", corrections)
		}
	})
	t.Run("the grain area reported in hectares is the target exactly", func(t *testing.T) {
		for _, m := range measurements(t) {
			if m.Indicator != PlanCode+"-43-1" || m.Unit.String() != "公顷" {
				continue
			}
			got, err := quantity.Convert(m.Value.Rat(), m.Unit, quantity.MustUnit("万亩"))
			if err != nil || got.Cmp(quantity.MustNumber("44.16").Rat()) != 0 {
				t.Errorf("%s%s is %v万亩 (%v)", m.Value, m.Unit, got, err)
			}
			return
		}
		t.Error("there is no report in 公顷")
	})
}

func TestSettingsAreOfTheirPlans(t *testing.T) {
	plans, err := Plans()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plans {
		if len(p.Settings) == 0 || len(p.Reports) == 0 {
			t.Errorf("%s has %d settings and %d reports", p.Code, len(p.Settings), len(p.Reports))
		}
		for _, s := range p.Settings {
			if s.Why == "" {
				t.Errorf("nothing says why %s is settled", s.Indicator)
			}
		}
	}
	if n := len(plans[1].ByHand); n != 1 {
		t.Errorf("%d indicators are made by hand, want 1", n)
	}
	if n := len(plans[0].Retractions); n != 1 {
		t.Errorf("%d reports are taken back, want 1", n)
	}
	for name, row := range map[string]string{
		"a field that is none": "p-1-1,colour=red,why", "a word that is none": "p-1-1,course=drift,why",
		"a curve without a percent": "p-1-1,curve=2023-06-30,why", "a day that is none": "p-1-1,due_on=2023-02-30,why",
	} {
		if _, err := readSettings(strings.NewReader("indicator,settings,why\n" + row + "\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadMeasurementsRefuses(t *testing.T) {
	const head = "indicator,period,basis,value,unit,source_id,note\n"
	const good = "p-1-1,2023-01,total,1,个,s,\n"
	for name, c := range map[string]struct {
		data string
		code fault.Code
		says string
	}{
		"no data at all":            {"", "", "header"},
		"other columns":             {"indicator,value\n", "", "header"},
		"a row of too few fields":   {head + "p-1-1,2023-01,total\n", "", "line 2"},
		"a period that is none":     {head + good + "p-1-1,2023-13,total,1,个,s,\n", fault.InvalidPeriod, "line 3: /period"},
		"a basis that is none":      {head + "p-1-1,2023-01,sum,1,个,s,\n", fault.InvalidValue, "line 2: /basis"},
		"a value that is no number": {head + "p-1-1,2023-01,total,一,个,s,\n", fault.InvalidNumber, "line 2: /value"},
		"a share of nothing":        {head + "p-1-1,2023-01,total,1/0,%,s,\n", fault.InvalidNumber, "line 2: /denominator"},
		"a unit that is none":       {head + "p-1-1,2023-01,total,1,3个,s,\n", fault.UnknownUnit, "line 2: /unit"},
		"a share without a unit":    {head + "p-1-1,2023-01,total,1/2,,s,\n", fault.UnknownUnit, "line 2: /unit"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readMeasurements(strings.NewReader(c.data))
			if err == nil || got != nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v, %v; want an error that says %q", got, err, c.says)
			}
			if c.code != "" && !fault.Is(err, c.code) {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}
