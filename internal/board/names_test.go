package board_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// The 168 charging piles are 76.02% of 221, which is 1.23 points above the pace, and three more than the 165 that
// are due when things come whole, which is 1.36 points of 221.
func TestOneFigureHasOneNameOnAllPages(t *testing.T) {
	s := newSite(t).withPlan().withReports()
	token := s.key(access.Analyst)
	r := s.signedIn(token)
	var said v1.ProgressRow
	s.call(token, http.MethodGet, "/indicators/donghe-1-2/progress?on=2023-09-30", "", "", &said)
	if *said.Gap != "1.23" || *said.DueGap != "1.36" {
		t.Fatalf("the figures are %s and %s", *said.Gap, *said.DueGap)
	}
	for page, wanted := range map[string][]string{
		"/plans/donghe/indicators?on=2023-09-30": {"与应达之差", "76.02% 74.79% 1.36 "},
		"/plans/donghe/tasks/1?on=2023-09-30":    {"与应达之差", "76.02% 74.79% 1.36 "},
		"/indicators/donghe-1-2?on=2023-09-30":   {"与应达之差 1.36 个百分点"},
	} {
		r.get(page).wants(http.StatusOK).reads(wanted...).saysNot(">差<", ">1.23")
	}
}

// Reports of September are due by 13 October: on the 8th none is missing, whatever the last period has.
func TestNothingIsMissingBeforeItsDeadline(t *testing.T) {
	s := newSite(t).withPlan().withReports()
	r := s.signedIn(s.key(access.Analyst))
	r.get("/plans/donghe").wants(http.StatusOK).reads("最新期已报 / 已满一期的指标", "最新期未报", "2 / 5").saysNot(">缺报<")
	r.get("/indicators/donghe-3-1").wants(http.StatusOK).reads("最近一个已结束的报告期还没有报送").saysNot("缺报。")
	r.get("/plans/donghe/indicators").wants(http.StatusOK).reads("最新期未报").saysNot(">缺报<")
	r.get("/plans/donghe/bulletin?period=2023-09").wants(http.StatusOK).reads("5 项已满一个报告期，其中最新一期已报 2 项").saysNot("应报")
	r.get("/plans/donghe/cycles/2023-09").wants(http.StatusOK).reads("0 缺报 3 未到期")
}

// A target that waits for its value has no percent, and a mean with what is not reported as 0 is not over it.
func TestAMeanSaysWhatItIsOver(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.call(admin, http.MethodPost, "/plans?code=p&jurisdiction=东河市&confirm=true", "text/plain", strings.Replace(planText, "新增养老床位200张", "居民收入增速高于全省平均水平，新增养老床位200张", 1), nil)
	s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"p-1-2","period":"2023-09","value":168,"basis":"total"}`, nil)
	s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"p-3-1","period":"2023-09","value":5}`, nil)
	r := s.signedIn(admin)
	for _, page := range []string{"/plans/p", "/"} {
		r.get(page).wants(http.StatusOK).reads("6 项", "1 项有完成率", "未报计零（5 项平均）为 15.20%")
	}
}

// 市民政局 has attained one of its two and says nothing of the other, which may lag.
func TestABulletinPraisesWhoReportsAllAndSaysHowMuchIsReported(t *testing.T) {
	s := newSite(t).withPlan()
	admin := s.key(access.Admin)
	for _, row := range []string{
		`{"indicator":"donghe-2-1","period":"2023-09","value":45}`, `{"indicator":"donghe-3-1","period":"2023-09","value":200,"basis":"total"}`,
		`{"indicator":"donghe-1-1","period":"2023-09","value":4,"basis":"total"}`,
	} {
		s.call(admin, http.MethodPost, "/measurements", "application/json", row, nil)
	}
	r := s.signedIn(admin)
	shown := r.get("/plans/donghe/bulletin?period=2023-09").wants(http.StatusOK)
	for _, p := range []page{shown, r.get(shown.link("/board/data/plans/donghe/bulletin/print?")).wants(http.StatusOK)} {
		_, said, _ := strings.Cut(p.text(), "四、")
		praised, blamed, _ := strings.Cut(said, "五、")
		if !strings.Contains(praised, "市农业农村局（平均完成率 100.00%，1 项中 1 项有完成率，最新期 1 项中已报 1 项）") || strings.Contains(praised, "市民政局") {
			t.Errorf("it praises %s", praised)
		}
		if !strings.Contains(blamed, "市工信局（平均完成率 13.33%，2 项中 1 项有完成率，最新期 2 项中已报 1 项）：") || strings.Contains(said, "donghe-1-1") {
			t.Errorf("it blames %s", blamed)
		}
	}
}

func TestANoticeNamesWhatItIsAbout(t *testing.T) {
	s := newSite(t).withPlan()
	r := s.signedIn(s.key(access.Admin))
	sent := r.post("/plans/donghe/notices", "form", "issue", "title", "加快建设", "asked", "说明原因", "level", "blue", "lead_agency", "市工信局", "tasks", "3", "indicators", "donghe-1-2", "due_on", "2023-10-31")
	shown := r.follow(sent).reads("关于 任务 3 新增公共充电桩数")
	r.get(shown.link("/board/data/notices/")).wants(http.StatusOK).reads("涉及 任务 3 完善养老服务；指标“新增公共充电桩数”（donghe-1-2）")
	r.get("/plans/donghe/notices").wants(http.StatusOK).reads("任务 3 新增公共充电桩数")
}

func TestPagesAndFilesSayChineseWords(t *testing.T) {
	s := newSite(t).withPlan()
	admin := s.key(access.Admin)
	s.call(admin, http.MethodPost, "/plans?code=q&jurisdiction=东河市&confirm=true", "text/plain", planText, nil)
	r := s.signedIn(admin)
	t.Run("of the field that a form was refused for", func(t *testing.T) {
		notice := []string{"form", "issue", "title", "加快建设", "asked", "说明原因", "level", "blue", "tasks", "1"}
		r.post("/plans/donghe/notices", append(notice, "lead_agency", "市工信局", "due_on", "2023-10-01")...).wants(http.StatusUnprocessableEntity).reads("（时限）").saysNot("/due_on")
		r.post("/plans/donghe/notices", append(notice, "lead_agency", "无此局", "due_on", "2023-10-31")...).wants(http.StatusUnprocessableEntity).reads("（承办单位）").saysNot("/lead_agency")
		r.post("/reporting/donghe-1-1", "period", "2023-09", "value", "x", "action", "check").reads("（数值）").saysNot("/value")
		r.get("/plans/donghe/indicators?due_from=x").reads("due_from")
	})
	t.Run("of quarters", func(t *testing.T) {
		s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"q-1-1","period":"2023-Q1","value":2}`, nil)
		r.get("/indicators/q-1-1").wants(http.StatusOK).says("<td>2023年一季度").saysNot("<td>2023-Q")
		r.get("/reporting/q-1-1").wants(http.StatusOK).says("<td>2023年一季度")
	})
	t.Run("of what was uploaded", func(t *testing.T) {
		file := "indicator,period,value\ndonghe-1-1,2023-09,3\nnothing,2023-09,3\n"
		checked := r.postFile("/upload", "a.csv", []byte(file), "action", "check").wants(http.StatusOK)
		checked.reads("新增高新技术企业数 donghe-1-1")
		r.follow(r.postFile("/upload", "a.csv", []byte(file), "action", "send")).reads("新增高新技术企业数 donghe-1-1", "nothing")
	})
	t.Run("of the register", func(t *testing.T) {
		r.post("/plans/donghe/notices", "form", "issue", "title", "加快建设", "asked", "说明原因", "level", "blue", "lead_agency", "市工信局", "tasks", "1", "due_on", "2023-10-31").wants(http.StatusSeeOther)
		shown := r.get("/plans/donghe/register").wants(http.StatusOK).reads("1 蓝色 2023-001").saysNot(">#")
		_, address, _ := strings.Cut(shown.body, `href="/board/data/plans/donghe/register?`)
		for !strings.Contains(address[:strings.Index(address, `"`)], "format=csv") {
			_, address, _ = strings.Cut(address, `href="/board/data/plans/donghe/register?`)
		}
		address, _, _ = strings.Cut(address, `"`)
		r.get("/data/plans/donghe/register?" + strings.ReplaceAll(address, "&amp;", "&")).wants(http.StatusOK).says("灯的依据").saysNot("indicators")
	})
}

func TestATargetThatFallsAndOneForEachQuarterAreSaidInWords(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	text := strings.Replace(planText, "新增养老床位200张", "每季度举办培训活动不低于2场，信访量下降3%", 1)
	s.call(admin, http.MethodPost, "/plans?code=p&jurisdiction=东河市&confirm=true", "text/plain", text, nil)
	var list v1.IndicatorPage
	s.call(admin, http.MethodGet, "/indicators?plan=p&task=3", "", "", &list)
	training, letters := list.Items[0].Code, list.Items[1].Code
	for _, row := range []string{
		`{"indicator":"` + training + `","period":"2023-Q1","value":2}`, `{"indicator":"` + training + `","period":"2023-Q2","value":1}`, `{"indicator":"` + training + `","period":"2023-Q3","value":3}`,
		`{"indicator":"` + letters + `","period":"2023-09","value":-2.8}`,
	} {
		s.call(admin, http.MethodPost, "/measurements", "application/json", row, nil)
	}
	r := s.signedIn(admin)
	r.get("/plans/p/indicators?on=2023-09-30").wants(http.StatusOK).reads("下降3% -2.8%", "不低于2场 4 个季度中 2 个达到 50.00%").saysNot("2期")
	r.get("/indicators/" + training + "?on=2023-09-30").wants(http.StatusOK).reads("4 个季度中 2 个达到 实际")
	r.get("/indicators/" + letters + "?on=2023-09-30").wants(http.StatusOK).reads("目标 下降3%")
	r.get("/reporting/"+letters).wants(http.StatusOK).reads("目标 下降3%", "下降请报负数")
	r.get("/reporting/" + training).wants(http.StatusOK).saysNot("下降请报负数")
}

func TestTheMomentThatIsLookedAtIsTakenAsPeopleWriteIt(t *testing.T) {
	s := newSite(t).withPlan()
	s.now = time.Date(2023, 10, 18, 2, 0, 0, 0, time.UTC)
	r := s.signedIn(s.key(access.Admin))
	pages := []string{"/plans/donghe?", "/plans/donghe/indicators?", "/indicators/donghe-1-1?", "/plans/donghe/register?", "/plans/donghe/tasks/1?", "/plans/donghe/bulletin?period=2023-09&"}
	for _, at := range pages {
		for typed, kept := range map[string]string{
			"2023/10/9": `type="date" name="as_of" value="2023-10-09"`, "2023年10月9日": `type="date" name="as_of" value="2023-10-09"`,
			"2023-10-09 00:30": `type="text" name="as_of" value="2023-10-09 00:30"`, "2023-10-09T00:30": `value="2023-10-09 00:30"`,
			"2023-10-09T08:30:00+08:00": `value="2023-10-09 00:30"`, "": `type="date" name="as_of" value=""`,
		} {
			r.get(at + "as_of=" + strings.ReplaceAll(typed, " ", "%20")).wants(http.StatusOK).says(kept)
		}
		for _, typed := range []string{"昨天", "2023-13-40", "2030-01-01", "2023-10-18%2009:00"} {
			p := r.get(at + "as_of=" + typed).wants(http.StatusBadRequest)
			p.says(`id="as-of-fault"`, `name="as_of"`, `aria-invalid="true"`, "应为不晚于现在的日期或时刻").saysNot("RFC", "%2B", "invalid_parameter")
		}
	}
}

func TestAnAssessmentSaysTheWeightsThatItUsesAndWhatIsNothingToGoBy(t *testing.T) {
	s := newSite(t).withPlan().withReports()
	r := s.signedIn(s.key(access.Admin))
	t.Run("before any report is due", func(t *testing.T) {
		// opinion 10 and reporting 10 pass to the other 80: matters count 12.5.
		r.get("/plans/donghe/assessment?on=2023-10-08").wants(http.StatusOK).reads("还没有到期应报的报告", "问题与督办 权重 10", "12.50 满分 12.50")
	})
	t.Run("of an agency that takes part", func(t *testing.T) {
		// 13.33 ÷ 74.79 and 76.02 capped at what is due: 17.82 + 100, each by half.
		r.get("/plans/donghe/assessment?on=2023-09-30&agency=市科技局").wants(http.StatusOK).reads("参与 计 2 项，各计 0.5，合计 117.82，折合 58.91")
	})
	s.now = time.Date(2023, 10, 18, 2, 0, 0, 0, time.UTC)
	r = s.signedIn(s.key(access.Admin))
	r.get("/plans/donghe/assessment").wants(http.StatusOK).saysNot("还没有到期应报的报告")
}
