package board_test

import (
	"net/http"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
)

// annexText has a section, and a table after it that belongs to none.
const annexText = `西河市2023年造林计划
一、总体要求
1.开展巡护。新建巡护步道20公里。（牵头单位：市林业局）
附件1：造林任务分解表
| 乡镇 | 造林面积（亩） |
| 东山镇 | 300 |
| 南坡乡 | 200 |
| 合计 | 500 |
`

func TestWhatStandsUnderNoSectionHasAHeadingOfItsOwn(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", annexText, nil)
	r := s.signedIn(token)
	r.get("/plans/xihe").wants(http.StatusOK).reads("分篇章", "一、总体要求 1", "未列篇章 1").says("/board/plans/xihe/indicators?section=0")
	r.get("/plans/xihe/indicators?section=0").wants(http.StatusOK).reads("造林面积").saysNot("巡护步道")
	r.get("/plans/xihe/bulletin?period=2023-09").wants(http.StatusOK).reads("未列篇章 1")
	r.get("/data/plans/xihe/bulletin/print?period=2023-09").wants(http.StatusOK).says("<td>未列篇章</td>")
	r.get("/plans/xihe/register").wants(http.StatusOK).reads("未列篇章 0.2 附件1")
	r.get("/plans/xihe?lang=en")
	r.get("/plans/xihe").wants(http.StatusOK).reads("under no section 1")
}
