package board_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
)

// sharedText hands targets out to towns; one of them gets no reservoir, and a rate is no share.
const sharedText = `西河市2023年造林计划
| 乡镇 | 造林面积（亩） | 水库（座） | 成活率（%） |
| 东山镇 | 300 | 3 | ≥95 |
| 南坡乡 | 200 | — | ≥90 |
| 合计 | 500 | 4 | ≥92 |
`

func TestSharesOfPlacesAreShownWhereDraftsAreReviewed(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	r := s.signedIn(token)
	r.postFile("/import?how=look", "shares.txt", []byte(sharedText), "code", "xihe").wants(http.StatusOK).
		reads("分解到地区 5", "造林面积 任务 0.1 500亩 东山镇 300亩 南坡乡 200亩 2 地共 500亩，与合计一致 2023-12-31").
		saysNot(`/board/indicators/xihe-0.1-1`) // nothing is stored that could be followed
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市", "text/plain", sharedText, nil)
	r.get("/plans/xihe/review").wants(http.StatusOK).
		reads("分解到各地的指标（5）", "造林面积 任务 0.1 500亩 东山镇 300亩 南坡乡 200亩 2 地共 500亩，与合计一致 2023-12-31",
			"水库 任务 0.1 4座 东山镇 3座 1 地共 3座，比合计少 1座；没有列数的地方不作 0 计",
			"成活率 任务 0.1 全市 不低于92% 东山镇 不低于95% 南坡乡 不低于90%").
		says(`/board/indicators/xihe-0.1-1`, "分解到地区的数字，不是指标；点击作为指标添加")
	r.get("/plans/xihe/review?lang=en").wants(http.StatusSeeOther)
	r.get("/plans/xihe/review").reads("Shares of places（5）", "sum of shares (1): 3座, 1座 less than the whole; a place without a figure is not taken for 0", "成活率 task 0.1 all places at least 92%").
		says(`<span class="tag alarm">sum of shares (1)`)
}

func TestASharesWholeMayHaveAnotherNameNow(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市", "text/plain", sharedText, nil)
	r := s.signedIn(token)
	r.post("/plans/xihe/review", "do", "save", "code", "xihe-0.1-1", "version", "1", "name", "新造林面积").wants(http.StatusSeeOther)
	r.get("/plans/xihe/review").wants(http.StatusOK).
		reads("造林面积 任务 0.1 现无此名的指标 东山镇 300亩 南坡乡 200亩 2023-12-31").saysNot("2 地共")
}

func TestAnAmendmentShowsTheSharesOfTheNewerText(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", sharedText, nil)
	newer := strings.NewReplacer("| 南坡乡 | 200", "| 南坡乡 | 260", "| 东山镇 | 300 | 3 |", "| 东山镇 | 300 | — |", "| 合计 | 500 |", "| 合计 | 570 |").Replace(sharedText)
	s.signedIn(token).postFile("/plans/xihe/amendment", "newer.txt", []byte(newer)).wants(http.StatusOK).
		reads("各地分解数的变动 2", "造林面积 任务 0.1 南坡乡 200亩 260亩 2023-12-31", "水库 任务 0.1 东山镇 3座 — 2023-12-31",
			"新文本分解到各地的指标", "造林面积 任务 0.1 570亩 东山镇 300亩 南坡乡 260亩 2 地共 560亩，比合计少 10亩 2023-12-31").
		says(`<span class="tag alarm">2 地共`).saysNot("不作 0 计")
	s.signedIn(token).postFile("/plans/xihe/amendment", "same.txt", []byte(sharedText)).wants(http.StatusOK).
		saysNot("各地分解数的变动")
}

func TestSharesStayOnThePagesOfTheirIndicatorAndTask(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", sharedText, nil)
	r := s.signedIn(s.key(access.Analyst))
	r.get("/indicators/xihe-0.1-1").wants(http.StatusOK).
		reads("分解到各地的指标", "造林面积 任务 0.1 500亩 东山镇 300亩 南坡乡 200亩 2 地共 500亩，与合计一致").saysNot("3座")
	r.get("/indicators/xihe-0.1-2").wants(http.StatusOK).
		reads("水库 任务 0.1 4座 东山镇 3座 1 地共 3座，比合计少 1座；没有列数的地方不作 0 计")
	r.get("/plans/xihe/tasks/0.1").wants(http.StatusOK).
		reads("造林面积 任务 0.1 500亩 东山镇 300亩 南坡乡 200亩 2 地共 500亩，与合计一致", "成活率 任务 0.1 全市 不低于92% 东山镇 不低于95%")
	s.withPlan()
	r.get("/plans/donghe/tasks/1").wants(http.StatusOK).saysNot("分解到各地")
	r.get("/indicators/donghe-1-1").wants(http.StatusOK).saysNot("分解到各地")
}

func TestAPlanWithoutSharesShowsNone(t *testing.T) {
	s := newSite(t).withPlan()
	s.signedIn(s.key(access.Admin)).get("/plans/donghe/review").wants(http.StatusOK).saysNot("分解到各地", "各地分解数")
}
