package board_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
)

func TestAnIndicatorTellsWhatWasChangedOfIt(t *testing.T) {
	s := newSite(t).withPlan()
	token := s.key(access.Admin)
	r := s.signedIn(token)
	r.get("/indicators/donghe-1-2").wants(http.StatusOK).saysNot("改动记录")
	s.now = s.now.Add(time.Hour)
	r.post("/plans/donghe/review", "do", "save", "code", "donghe-1-2", "version", "1", "name", "公共充电桩", "comparator", "eq", "value", "230", "value_high", "", "unit", "个").wants(http.StatusSeeOther)
	s.now = s.now.Add(time.Hour)
	newer := strings.Replace(planText, "新增高新技术企业30家", "新增高新技术企业36家", 1)
	var compared struct{ Token string }
	s.call(token, http.MethodPost, "/plans/donghe/amendment", "text/plain", newer, &compared)
	s.call(token, http.MethodPost, "/plans/donghe/amendment?confirm="+compared.Token, "text/plain", newer, nil)
	r.get("/indicators/donghe-1-2").wants(http.StatusOK).
		reads("改动记录", "（admin） 修改 指标名称：", "→ 公共充电桩 目标值：221个 → 230个", "（admin） 建立")
	r.get("/indicators/donghe-1-1").wants(http.StatusOK).reads("（admin） 计划调整 目标值：30家 → 36家", "（admin） 建立")
	// Who wrote is for those who may read the audit log.
	s.signedIn(s.key(access.Analyst)).get("/indicators/donghe-1-1").wants(http.StatusOK).
		reads("改动记录", "目标值：30家 → 36家").saysNot("（admin）")
}
