package httpapi_test

import (
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// TestNamesThatNothingHas asks lists for plans and agencies that are misspelled: an
// empty list would read as nobody being behind.
func TestNamesThatNothingHas(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, list := range []string{"/api/v1/progress", "/api/v1/indicators"} {
		if p := a.get(list+"?plan=dongh-2023").wantProblem(422, "unknown_plan", "plan"); !strings.Contains(p.Detail, "donghe-2023") {
			t.Errorf("%s: %s", list, p.Detail)
		}
		if p := a.get(list+"?plan=donghe-2023&agency=市工信委").wantProblem(422, "unknown_agency", "agency"); !strings.Contains(p.Detail, "市工信局") {
			t.Errorf("%s: %s", list, p.Detail)
		}
		if p := a.get(list+"?plan=zzzz", "Accept-Language", "en").wantProblem(422, "unknown_plan", "plan"); p.Detail != "there is no such plan: zzzz" {
			t.Errorf("%s: %s", list, p.Detail)
		}
		a.get(list + "?plan=donghe-2023&agency=市工信局&q=没有的字").want(200)
		a.get(list+"?plan=donghe-2023&task=没有").wantProblem(422, "unknown_task", "task")
		a.get(list + "?plan=donghe-2023&task=没有&task=1").want(200)
		a.get(list + "?task=没有").want(200)
		if p := a.get(list+"?agency=市农业农村局,工信局").wantProblem(422, "unknown_agency", "agency"); !strings.Contains(p.Detail, "市工信局") {
			t.Errorf("%s: %s", list, p.Detail)
		}
		if p := a.get(list+"?jurisdiction=东河").wantProblem(422, "unknown_jurisdiction", "jurisdiction"); !strings.Contains(p.Detail, "东河市") {
			t.Errorf("%s: %s", list, p.Detail)
		}
		if p := a.get(list+"?indicator=donghe-2023-1-3").wantProblem(422, "unknown_indicator", "indicator"); !strings.Contains(p.Detail, "donghe-2023-1-1") {
			t.Errorf("%s: %s", list, p.Detail)
		}
		if p := a.get(list+"?unit=万").wantProblem(422, "unknown_unit", "unit"); !strings.Contains(p.Detail, "万亩") {
			t.Errorf("%s: %s", list, p.Detail)
		}
		a.get(list + "?unit=个,没有").want(200)
	}
}

// TestANameOfDraftsIsUnknown keeps what drafts say from those who do not see them.
func TestANameOfDraftsIsUnknown(t *testing.T) {
	a, keys := twoCities(t)
	a.send("PATCH", "/api/v1/indicators/donghe-2-1", `{"lead_agencies":["市密谋局"]}`, "Content-Type", "application/json", "If-Match", "*").want(200)
	const drafts = "/api/v1/indicators?state=draft&agency=市密谋局"
	if got := read[v1.IndicatorPage](a.get(drafts).want(200)); len(got.Items) != 1 {
		t.Errorf("%+v", got)
	}
	a.token = keys["xishan"]
	a.get(strings.Replace(drafts, "draft", "confirmed", 1)).wantProblem(422, "unknown_agency", "agency")
}

func TestEveryStatusIsAFilter(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for _, status := range progress.DefaultProfile().Statuses() {
		a.get("/api/v1/progress?status=" + string(status)).want(200)
	}
	p := a.get("/api/v1/progress?status=not-computable").wantProblem(400, "invalid_parameter", "status")
	if !strings.Contains(p.Detail, "：attained, missed, no_data, not_computable, ") {
		t.Error(p.Detail)
	}
}

func TestRefusalsSayWhichItIs(t *testing.T) {
	a := newAPI(t)
	a.seed()
	_, reporter := a.keyOf("东河市", access.Reporter, "市工信局")
	bearer := []string{"Authorization", "Bearer " + reporter}
	p := a.send("PUT", "/api/v1/external-codes", "indicator,external_code\n", append(bearer, "Content-Type", "text/csv")...).wantProblem(403, "forbidden", "")
	if !strings.Contains(p.Detail, "（报送）") || !strings.Contains(p.Detail, "可进行的角色：管理") {
		t.Error(p.Detail)
	}
	for agency, want := range map[string]string{"市没有局": "不承担指标", "市交通局": "不是本密钥的单位"} {
		body := `{"indicator":"donghe-2023-1-1","period":"2023-09","value":1,"agency":"` + agency + `"}`
		if p := a.post("/api/v1/measurements", body, bearer...).wantProblem(422, "invalid_value", "/agency"); !strings.Contains(p.Detail, want) || strings.Contains(p.Detail, "或") {
			t.Errorf("%s: %s", agency, p.Detail)
		}
	}
	if p := a.get("/api/v1/indicators/donghe-2023-1-1?x=1").wantProblem(400, "invalid_parameter", "x"); strings.HasSuffix(p.Detail, "：") {
		t.Error(p.Detail)
	}
	a.get("/api/v1/agencies?jurisdiction=" + strings.Repeat("市", 1000)).want(200)
	a.get("/api/v1/agencies?jurisdiction="+strings.Repeat("市", 1001)).wantProblem(400, "invalid_parameter", "jurisdiction")
	if p := a.send("PATCH", "/api/v1/indicators/donghe-2023-1-1", `{"name":"x"}`, "If-Match", `"8","9"`, "Content-Type", "application/json").wantProblem(412, "precondition_failed", ""); strings.Contains(p.Detail, "8") {
		t.Error(p.Detail)
	}
}

func TestAnyChineseThatIsWantedMoreBeatsEnglish(t *testing.T) {
	a := newAPI(t)
	for wanted, want := range map[string]string{
		"zh-TW,en;q=0.5": "zh-CN", "zh-HK,en;q=0.1": "zh-CN", "zh-Hant": "zh-CN", "en;q=0.4,zh-SG;q=0.5": "zh-CN", "fr": "zh-CN", "": "zh-CN",
		"en-GB,zh;q=0.9": "en", "fr,en;q=0.5": "en", "zh;q=0.1,en;q=0.2": "en",
	} {
		if got := a.get("/api/v1/indicators/none", "Accept-Language", wanted).header.Get("Content-Language"); got != want {
			t.Errorf("%q: %s, want %s", wanted, got, want)
		}
	}
	if p := a.post("/api/v1/measurements", `{"indicator":"none","period":"2023-09","value":1}`, "Accept-Language", "en").wantProblem(422, "unknown_indicator", "/indicator"); p.Detail != "there is no such indicator: none" {
		t.Error(p.Detail)
	}
}
