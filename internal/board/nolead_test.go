package board_test

import (
	"net/http"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
)

// ledText has an indicator with a lead agency, and one without.
const ledText = `西河市2023年重点任务
一、生态
1.开展巡护。新建巡护步道20公里。（牵头单位：市林业局）
2.推进造林。完成造林500亩。
`

func TestWhatNoAgencyLeadsIsSaidAndCounted(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市", "text/plain", ledText, nil)
	r := s.signedIn(token)
	r.get("/plans/xihe/review").wants(http.StatusOK).reads("2 项待审核中 1 项有疑点", "无牵头单位 1。", "时限 2023-12-31 无牵头单位 任务 2")
	r.post("/plans/xihe/review", "do", "rest", "drafts", "2").wants(http.StatusSeeOther)
	r.get("/plans/xihe").wants(http.StatusOK).reads("市林业局 1", "无牵头单位 1 项")
	r.get("/plans/xihe?agency=市林业局").wants(http.StatusOK).saysNot("无牵头单位")
}

func TestAnIndicatorIsAddedWithItsLeadAgency(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", ledText, nil)
	r := s.signedIn(token)
	r.get("/plans/xihe/review?add=15-30").wants(http.StatusOK).says(`name="lead_agencies"`)
	text := []rune(ledText)
	quote := string(text[15:30])
	r.post("/plans/xihe/review", "do", "add", "start", "15", "end", "30", "quote", quote, "task", "2", "name", "林场数",
		"kind", "increment", "comparator", "eq", "value", "3", "unit", "个", "due_on", "2023-12-31", "lead_agencies", "市林业局、市水利局").wants(http.StatusSeeOther)
	r.get("/indicators/xihe-2-2").wants(http.StatusOK).reads("林场数", "牵头单位 市林业局、市水利局")
}
