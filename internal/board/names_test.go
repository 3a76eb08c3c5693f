package board_test

import (
	"net/http"
	"strings"
	"testing"

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
