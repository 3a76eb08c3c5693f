package board_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
)

// listedText has targets in its sentences and in the rows of a table.
const listedText = `西河市2023年重点任务
一、产业
1.壮大企业。新增高新技术企业30家以上，培育小巨人企业2家。（牵头单位：市科技局）
2.服务群众。新增托位400个。（牵头单位：市民政局）

附件 主要指标
| 指标名称 | 单位 | 2022年完成 | 2023年目标 | 责任单位 |
| 新建公园面积 | 公顷 | 10 | 12 | 市住建局 |
| 新增绿道里程 | 公里 | 20 | 26 | 市住建局 |
`

// amend makes a newer text the next version of the plan.
func (s *site) amend(token, text string) {
	s.t.Helper()
	var compared struct{ Token string }
	s.call(token, http.MethodPost, "/plans/xihe/amendment", "text/plain", text, &compared)
	s.call(token, http.MethodPost, "/plans/xihe/amendment?confirm="+compared.Token, "text/plain", text, nil)
}

func TestWhatAnAmendmentLeavesAsItWasIsMarkedInTheNewerText(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	r := s.signedIn(admin)
	s.call(admin, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", listedText, nil)
	newer := strings.NewReplacer("重点任务", "重点任务（调整后的文本）", "30家", "36家", "| 20 | 26", "| 21 | 26").Replace(listedText)
	s.amend(admin, newer)
	said, marks := r.get("/plans/xihe/review?state=confirmed").wants(http.StatusOK).panelOf()
	if said != newer {
		t.Errorf("the panel says %q", said)
	}
	for _, sentence := range []string{"新增高新技术企业36家以上", "培育小巨人企业2家", "新增托位400个", "新建公园面积 | 公顷 | 10 | 12", "新增绿道里程 | 公里 | 21 | 26"} {
		if !strings.Contains(marks["confirmed"], sentence+"|") {
			t.Errorf("%s is not one of %q", sentence, marks["confirmed"])
		}
	}
	if marks["unread"] != "" {
		t.Errorf("marked as not read: %q", marks["unread"])
	}
}

func TestWhatIsThereAlreadyIsAddedOnlyAllTheSame(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, draftText)
	r := s.signedIn(admin)
	before, _, _ := strings.Cut(draftText, "新增托位400个")
	start := len([]rune(before))
	add := func(name, value string, more ...string) page {
		return r.post("/plans/xihe/review", append([]string{"do", "add", "start", fmt.Sprint(start), "end", fmt.Sprint(start + 8), "quote", "新增托位400个", "task", "2",
			"name", name, "kind", "increment", "comparator", "ge", "value", value, "unit", "个"}, more...)...)
	}
	add("托育服务", "400.0").wants(http.StatusConflict).says("任务 2 已有指标“新增托位”", `name="all_the_same"`, `value="托育服务"`).saysNot("重新载入")
	add("托育服务", "401").wants(http.StatusSeeOther)
	add("新增托位", "400", "all_the_same", "1").wants(http.StatusSeeOther)
}

func TestAShareThatIsAddedHasTheNameAndTheUnitOfItsTable(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市", "text/plain", sharedText, nil)
	r := s.signedIn(token)
	form := func(line, figure string) page {
		from := strings.Index(sharedText, line)
		at := len([]rune(sharedText[:from+strings.Index(sharedText[from:], figure)]))
		start := len([]rune(sharedText[:from]))
		return r.get(fmt.Sprintf("/plans/xihe/review?add=%d-%d&number=%d-%d", start, start+len([]rune(line)), at, at+len(figure))).wants(http.StatusOK)
	}
	form("| 东山镇 | 300 | 3 |", "300").says(`name="name" value="造林面积（东山镇）"`, `name="unit" value="亩"`)
	form("| 合计 | 500 | 4 |", "500").says(`name="name" value=""`)
}

// TestARowWhoseFigureHasChangedIsNoPlaceOfTheOlder adds a share by hand, which quotes its whole row,
// and amends once the figure of that and once another of the row.
func TestARowWhoseFigureHasChangedIsNoPlaceOfTheOlder(t *testing.T) {
	const row = "| 东山镇 | 300 | 3 | ≥95 |"
	for newer, marked := range map[string]bool{"| 东山镇 | 300 | 5 | ≥95 |": true, "| 东山镇 | 320 | 3 | ≥95 |": false, "| 东山镇 | 1300 | 3 | ≥95 |": false} {
		t.Run(newer, func(t *testing.T) {
			s := newSite(t)
			token := s.key(access.Admin)
			s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", sharedText, nil)
			r := s.signedIn(token)
			before, _, _ := strings.Cut(sharedText, row)
			start := len([]rune(before))
			r.post("/plans/xihe/review", "do", "add", "start", fmt.Sprint(start), "end", fmt.Sprint(start+len([]rune(row))), "quote", row, "task", "0.1",
				"name", "造林面积（东山镇）", "kind", "increment", "comparator", "eq", "value", "300", "unit", "亩").wants(http.StatusSeeOther)
			s.amend(token, strings.Replace(sharedText, row, newer, 1))
			_, marks := r.get("/plans/xihe/review?state=confirmed").wants(http.StatusOK).panelOf()
			if got := strings.Contains(marks["confirmed"], "东山镇"); got != marked {
				t.Errorf("marked %v, want %v: %q", got, marked, marks["confirmed"])
			}
		})
	}
}
