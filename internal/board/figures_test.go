package board_test

import (
	"net/http"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
)

// withReports has 市工信局 report of the charging piles up to September.
func (s *site) withReports() *site {
	s.t.Helper()
	agency := s.key(access.Reporter, "市工信局")
	for _, row := range []string{
		`{"indicator":"donghe-1-2","period":"2023-06","value":97,"basis":"total","note":"<script>alert(1)</script>","evidence_url":"https://data.example/a?b=\"><i>"}`,
		`{"indicator":"donghe-1-2","period":"2023-09","value":168,"basis":"total"}`,
		`{"indicator":"donghe-1-1","period":"2023-09","value":4}`,
	} {
		s.call(agency, http.MethodPost, "/measurements", "application/json", row, nil)
	}
	return s
}

func TestAPageSaysWhatTheInterfaceAnswers(t *testing.T) {
	s := newSite(t).withPlan().withReports()
	analyst := s.key(access.Analyst)
	r := s.signedIn(analyst)
	var said v1.ProgressRow
	s.call(analyst, http.MethodGet, "/indicators/donghe-1-2/progress?on=2023-09-30&explain=true", "", "", &said)
	if string(*said.Percent) != "76.02" {
		t.Fatalf("the interface says %s", *said.Percent)
	}
	t.Run("of an indicator", func(t *testing.T) {
		p := r.get("/indicators/donghe-1-2?on=2023-09-30").wants(http.StatusOK)
		p.says(`id="percent">76.02%<`, "<mark>新增公共充电桩221个</mark>", "168个", "市工信局")
		for _, step := range said.Explain.Steps {
			p.says("<li>" + step + "</li>")
		}
	})
	t.Run("of a plan", func(t *testing.T) {
		var total v1.SelectionSummary
		s.call(analyst, http.MethodGet, "/summary?plan=donghe&on=2023-09-30", "", "", &total)
		r.get("/plans/donghe?on=2023-09-30").wants(http.StatusOK).says(">"+string(*total.Total.MeanPercent)+"%<", "未报计零（5 项平均）为 "+string(*total.Total.MeanPercentAll)+"%", "一、产业")
	})
	t.Run("and leads from a figure to the indicators that it is of", func(t *testing.T) {
		p := r.get("/plans/donghe?on=2023-09-30").wants(http.StatusOK)
		p.says(`href="/board/plans/donghe/indicators?on=2023-09-30&amp;report_missing=true"`, `href="/board/plans/donghe/indicators?on=2023-09-30&amp;status=no_data"`)
		r.get("/plans/donghe/indicators?on=2023-09-30&status=no_data").wants(http.StatusOK).says("养老床位").saysNot("充电桩</a>")
	})
	t.Run("by the filters of the interface", func(t *testing.T) {
		r.get("/plans/donghe/indicators?agency=市民政局&status=no_data").wants(http.StatusOK).says("养老床位").saysNot("充电桩</a>", "播种面积</a>")
		r.get("/plans/donghe/indicators?nothing=1").wants(http.StatusBadRequest).says("nothing")
	})
	t.Run("in a table of what it shows", func(t *testing.T) {
		p := r.get("/plans/donghe/indicators?on=2023-09-30&agency=市工信局").wants(http.StatusOK)
		_, rest, _ := strings.Cut(p.body, `href="/board/data/progress?`)
		address, _, _ := strings.Cut(rest, `"`)
		table := r.get("/data/progress?" + strings.ReplaceAll(address, "&amp;", "&")).wants(http.StatusOK)
		if !strings.Contains(table.header.Get("Content-Type"), "spreadsheetml") || !strings.HasPrefix(table.body, "PK") {
			t.Errorf("%v", table.header)
		}
		if !strings.Contains(address, "on=2023-09-30") || !strings.Contains(address, "as_of=2023-10-08T") {
			t.Errorf("the table is not pinned: %s", address)
		}
	})
	t.Run("in English", func(t *testing.T) {
		r.get("/plans/donghe?lang=en&on=2023-09-30").wants(http.StatusSeeOther)
		r.get("/plans/donghe?on=2023-09-30").wants(http.StatusOK).says("mean percent", `<html lang="en">`)
	})
}

func TestWhatPeopleWriteIsNeverRun(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.call(admin, http.MethodPost, "/plans?code=bad&jurisdiction=东河市&confirm=true&starts_on=2023-01-01&due_on=2023-12-31", "text/plain",
		"东河市2023年任务<script>alert(1)</script>\n一、“><img src=x onerror=alert(1)>\n1.<svg onload=alert(1)>任务。新增<b>充电桩</b>221个。（牵头单位：市工信局）\n", nil)
	s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"bad-1-1","period":"2023-06","value":9,"note":"<script>alert(1)</script>","evidence_url":"https://a.example/\"onmouseover=alert(1)"}`, nil)
	r := s.signedIn(admin)
	for _, path := range []string{"/", "/plans/bad", "/plans/bad/indicators?q=<script>alert(1)</script>", "/indicators/bad-1-1", "/reporting?plan=bad&agency=<script>alert(1)</script>", "/reporting/bad-1-1?period=\"><script>alert(1)</script>", "/sign-in?next=/board/\"><script>alert(1)</script>", "/<script>alert(1)</script>"} {
		p := r.get(strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22").Replace(path))
		p.saysNot("<script>alert", "<svg onload", "<img src=x", `"onmouseover`, "<b>充电桩")
	}
}

func TestReportingByTheForm(t *testing.T) {
	s := newSite(t).withPlan().withReports()
	r := s.signedIn(s.key(access.Reporter, "市工信局"))
	t.Run("lists what is due, what is lacking first", func(t *testing.T) {
		r.get("/reporting").wants(http.StatusOK).says("高新技术企业", "2023-09", "已报").saysNot("养老床位")
	})
	t.Run("checks without storing", func(t *testing.T) {
		r.post("/reporting/donghe-1-2", "period", "2023-09", "value", "17,000", "basis", "total", "action", "check").wants(http.StatusOK).says("尚未报送", "7692.31%", "⚠", `value="17,000"`)
		r.get("/indicators/donghe-1-2?on=2023-09-30").says("76.02%")
	})
	t.Run("stores, and the same form sent twice counts once", func(t *testing.T) {
		for range 2 {
			to := r.post("/reporting/donghe-1-2", "period", "2023-09", "value", "170", "basis", "total", "action", "send", "idempotency_key", "K1").wants(http.StatusSeeOther).header.Get("Location")
			r.get(strings.TrimPrefix(to, "/board")).wants(http.StatusOK).says("已更正")
		}
		r.get("/indicators/donghe-1-2?on=2023-09-30").says("76.92%", `<td class="n">2</td>`).saysNot(`<td class="n">3</td>`)
	})
	t.Run("says what is wrong and keeps what was typed", func(t *testing.T) {
		r.post("/reporting/donghe-1-2", "period", "2023-09", "value", "5", "unit", "吨", "note", "按月报", "action", "send").wants(http.StatusUnprocessableEntity).says("/unit", `value="吨"`, `value="按月报"`)
	})
	t.Run("is for those who may", func(t *testing.T) {
		s.signedIn(s.key(access.Reporter, "市民政局")).post("/reporting/donghe-1-2", "period", "2023-09", "value", "5", "action", "send").wants(http.StatusForbidden)
		s.visitor().post("/reporting/donghe-1-2", "period", "2023-09", "value", "5", "action", "send").wants(http.StatusSeeOther)
	})
	t.Run("offers to take back only what still counts", func(t *testing.T) {
		var history v1.MeasurementPage
		s.call(s.key(access.Analyst), http.MethodGet, "/indicators/donghe-1-2/measurements", "", "", &history)
		page := r.get("/reporting/donghe-1-2").wants(http.StatusOK).says("已被取代")
		newest := map[string]int{}
		for _, m := range history.Items {
			newest[m.Period+m.Basis] = max(newest[m.Period+m.Basis], m.Revision)
		}
		for _, m := range history.Items {
			counts := m.Revision == newest[m.Period+m.Basis]
			if offered := strings.Contains(page.body, `action="/board/measurements/`+m.ID+`"`); offered != counts {
				t.Errorf("%s, revision %d: offered %v", m.Period, m.Revision, offered)
			}
		}
	})
	t.Run("is led to from an indicator by those whose agency leads it", func(t *testing.T) {
		r.get("/indicators/donghe-1-2").wants(http.StatusOK).says(`href="/board/reporting/donghe-1-2"`)
		s.signedIn(s.key(access.Reporter, "市民政局")).get("/indicators/donghe-1-2").wants(http.StatusOK).saysNot(`href="/board/reporting/donghe-1-2"`)
		s.signedIn(s.key(access.Analyst)).get("/indicators/donghe-1-2").wants(http.StatusOK).saysNot(`href="/board/reporting/donghe-1-2"`)
	})
	t.Run("takes a report back with a reason", func(t *testing.T) {
		var history v1.MeasurementPage
		s.call(s.key(access.Analyst), http.MethodGet, "/indicators/donghe-1-1/measurements", "", "", &history)
		id := history.Items[0].ID
		r.post("/measurements/"+id, "indicator", "donghe-1-1", "agency", "市工信局", "reason", "").wants(http.StatusUnprocessableEntity)
		r.post("/measurements/"+id, "indicator", "donghe-1-1", "agency", "市工信局", "reason", "重复统计").wants(http.StatusSeeOther)
		r.get("/indicators/donghe-1-1").says("撤回", "重复统计")
	})
}

func TestReportingByAFile(t *testing.T) {
	s := newSite(t).withPlan()
	r := s.signedIn(s.key(access.Reporter, "市工信局"))
	file := []byte("指标代码,报告期,实绩\ndonghe-1-1,2023-08,2\ndonghe-3-1,2023-08,2\n")
	r.postFile("/upload", "月报.csv", []byte("指标代码,报告期,实绩\ndonghe-1-1,2023-08,2\nnowhere,2023-08,2\n"), "action", "check").
		says("nowhere", `href="/board/indicators/donghe-1-1"`).saysNot(`href="/board/indicators/nowhere"`)
	r.postFile("/upload", "月报<i>.csv", file, "action", "check").wants(http.StatusOK).says("1 行将不被接受", "donghe-3-1", "月报&lt;i&gt;.csv")
	r.get("/indicators/donghe-1-1").says("还没有报送")
	to := r.postFile("/upload", "月报.csv", file, "action", "send").wants(http.StatusSeeOther).header.Get("Location")
	r.get(strings.TrimPrefix(to, "/board")).wants(http.StatusOK).says("共 2 行", "不被接受 1")
	r.get("/indicators/donghe-1-1").says("2023-08")
	r.postFile("/upload", "月报.exe", file, "action", "send").wants(http.StatusUnsupportedMediaType)
	r.post("/upload", "action", "send").wants(http.StatusBadRequest)
}

func TestAServiceWithoutKeysHasPagesToo(t *testing.T) {
	s := newSite(t, func(o *httpapi.Options) { o.NoAuth = true }).withPlan()
	s.visitor().get("/plans/donghe").wants(http.StatusOK).saysNot("/board/sign-in")
	s.visitor().post("/reporting/donghe-1-2", "period", "2023-09", "value", "5", "action", "send").wants(http.StatusSeeOther)
}
