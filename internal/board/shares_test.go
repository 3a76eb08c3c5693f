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
			"成活率 任务 0.1 无合计 东山镇 不低于95% 南坡乡 不低于90%").
		says(`/board/indicators/xihe-0.1-1`, "分解到地区的数字，不是指标；点击作为指标添加")
	r.get("/plans/xihe/review?lang=en").wants(http.StatusSeeOther)
	r.get("/plans/xihe/review").reads("Shares of places（5）", "sum of shares (1): 3座, 1座 less than the whole; a place without a figure is not taken for 0", "成活率 task 0.1 no whole")
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
	newer := strings.Replace(sharedText, "| 南坡乡 | 200", "| 南坡乡 | 260", 1)
	s.signedIn(token).postFile("/plans/xihe/amendment", "newer.txt", []byte(newer)).wants(http.StatusOK).
		reads("新文本分解到各地的指标", "造林面积 任务 0.1 — 东山镇 300亩 南坡乡 260亩 2023-12-31")
}

func TestAPlanWithoutSharesShowsNone(t *testing.T) {
	s := newSite(t).withPlan()
	s.signedIn(s.key(access.Admin)).get("/plans/donghe/review").wants(http.StatusOK).saysNot("分解到各地", "各地分解数")
}
