package httpapi_test

import (
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// sharedPlan hands targets out to towns; one of them gets no reservoir, and a rate is no share.
const sharedPlan = `东河市2024年造林计划
| 乡镇 | 造林面积（亩） | 水库（座） | 成活率（%） |
| 东山镇 | 300.50 | 3 | ≥95 |
| 南坡乡 | 200 | — | ≥90 |
| 合计 | 500.50 | 4 | ≥92 |
`

// partsIn writes parts as "area measure of whole value unit due".
func partsIn(parts []v1.PlanPart) string {
	var all []string
	for _, p := range parts {
		whole := "nothing"
		if p.PartOf != nil {
			whole = *p.PartOf
		}
		all = append(all, strings.Join([]string{p.Area, p.Name, "of", whole, p.Target.Comparator, string(*p.Target.Value), p.Target.Unit, p.DueOn}, " "))
	}
	return strings.Join(all, "\n")
}

const sharedParts = `东山镇 造林面积 of 造林面积 eq 300.50 亩 2024-12-31
东山镇 水库 of 水库 eq 3 座 2024-12-31
东山镇 成活率 of nothing ge 95 % 2024-12-31
南坡乡 造林面积 of 造林面积 eq 200 亩 2024-12-31
南坡乡 成活率 of nothing ge 90 % 2024-12-31`

func TestSharesOfPlacesAreKeptWithThePlan(t *testing.T) {
	a := newAPI(t)
	for _, query := range []string{"&dry_run=true", "&confirm=true"} {
		status := map[string]int{"&dry_run=true": 200}[query]
		if status == 0 {
			status = 201
		}
		got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=donghe-2024"+query, sharedPlan, "Content-Type", plain).want(status))
		if shares := partsIn(got.Plan.Parts); shares != sharedParts {
			t.Errorf("%s answers\n%s", query, shares)
		}
		if len(got.Indicators) != 3 {
			t.Errorf("%d indicators: a share is none", len(got.Indicators))
		}
	}
	stored := read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200))
	if shares := partsIn(stored.Parts); shares != sharedParts {
		t.Errorf("stored are\n%s", shares)
	}
	text := []rune(sharedPlan)
	for _, p := range stored.Parts {
		if got := string(text[p.Source.Start:p.Source.End]); got != p.Source.Quote || !strings.Contains(got, p.Area) {
			t.Errorf("%s: %q at %q", p.Area, p.Source.Quote, got)
		}
		if p.Kind == "" || p.Direction == "" || p.Confidence == "" || p.Task != "0.1" {
			t.Errorf("%+v", p)
		}
	}
	corrected := read[v1.Plan](a.send("PUT", "/api/v1/plans/donghe-2024/jurisdiction", `{"jurisdiction":"西山市"}`, "Content-Type", "application/json").want(200))
	if shares := partsIn(corrected.Parts); corrected.Version != 2 || shares != sharedParts {
		t.Errorf("version %d has\n%s", corrected.Version, shares)
	}
}

func TestATermThatIsGivenDatesShares(t *testing.T) {
	a := newAPI(t)
	dry := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=donghe&dry_run=true&due_on=2025-06-30", sharedPlan, "Content-Type", plain).want(200))
	if dry.Plan.Parts[0].DueOn != "2025-06-30" || dry.Indicators[0].DueOn != "2025-06-30" {
		t.Errorf("a share is due on %s, its whole on %s", dry.Plan.Parts[0].DueOn, dry.Indicators[0].DueOn)
	}
}

func TestAnAmendmentNamesTheSharesOfTheNewerText(t *testing.T) {
	a := newAPI(t)
	a.send("POST", "/api/v1/plans?code=donghe-2024", sharedPlan, "Content-Type", plain).want(201)
	const path = "/api/v1/plans/donghe-2024/amendment"
	if same := read[v1.Amendment](a.send("POST", path, sharedPlan, "Content-Type", plain).want(200)); partsIn(same.Parts) != sharedParts {
		t.Errorf("the same text has\n%s", partsIn(same.Parts))
	}
	newer := strings.Replace(sharedPlan, "| 南坡乡 | 200", "| 南坡乡 | 260", 1)
	want := strings.Replace(sharedParts, "eq 200 亩", "eq 260 亩", 1)
	if d := a.apply(newer); partsIn(d.Parts) != want {
		t.Errorf("the newer text has\n%s", partsIn(d.Parts))
	}
	if now := read[v1.Plan](a.get("/api/v1/plans/donghe-2024").want(200)); partsIn(now.Parts) != want {
		t.Errorf("the amended plan has\n%s", partsIn(now.Parts))
	}
}

func TestAPlanWithoutSharesSaysSo(t *testing.T) {
	a := newAPI(t)
	a.send("POST", "/api/v1/plans?code=donghe-2024", riverPlan, "Content-Type", plain).want(201)
	if body := string(a.get("/api/v1/plans/donghe-2024").want(200).body); !strings.Contains(body, `"parts":[]`) {
		t.Errorf("%s", body)
	}
}
