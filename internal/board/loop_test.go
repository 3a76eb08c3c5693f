package board_test

import (
	"bytes"
	"encoding/json"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/board"
	"github.com/indicator-tracker/tracker/internal/document"
)

// loopSite has reports of September, in the middle of October.
func loopSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t).withPlan()
	admin := s.key(access.Admin)
	var list v1.IndicatorPage
	s.call(admin, http.MethodGet, "/indicators?plan=donghe", "", "", &list)
	for i, in := range list.Items {
		if i < 3 {
			s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"`+in.Code+`","period":"2023-09","value":`+[]string{"12", "170", "20"}[i]+`,"basis":"total"}`, nil)
		}
	}
	s.now = time.Date(2023, 10, 18, 2, 0, 0, 0, time.UTC)
	return s
}

// follow asks for the page that an answer leads to.
func (r *reader) follow(p page) page {
	r.t.Helper()
	p.wants(http.StatusSeeOther)
	return r.get(strings.TrimPrefix(p.header.Get("Location"), "/board")).wants(http.StatusOK)
}

// text is a page as it is read: without its elements, with single blanks.
func (p page) text() string {
	plain := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(p.body, " "))
	return strings.Join(strings.Fields(plain), " ")
}

// reads holds a page to texts that a reader reads in it.
func (p page) reads(texts ...string) page {
	p.t.Helper()
	text := p.text()
	for _, wanted := range texts {
		if !strings.Contains(text, wanted) {
			p.t.Errorf("nobody reads %q in:\n%s", wanted, text)
		}
	}
	return p
}

// link is the first address in a page that begins so.
func (p page) link(begin string) string {
	p.t.Helper()
	found := regexp.MustCompile(`href="(` + regexp.QuoteMeta(begin) + `[^"]*)"`).FindStringSubmatch(p.body)
	if found == nil {
		p.t.Fatalf("no link to %s in:\n%s", begin, p.body)
	}
	return strings.TrimPrefix(html.UnescapeString(found[1]), "/board")
}

func TestTheRegisterShowsTheFiguresOfTheInterface(t *testing.T) {
	s := loopSite(t)
	token := s.key(access.Analyst)
	r := s.signedIn(token)
	var register v1.RegisterPage
	s.call(token, http.MethodGet, "/plans/donghe/register?on=2023-10-08", "", "", &register)
	shown := r.get("/plans/donghe/register?on=2023-10-08").wants(http.StatusOK)
	if len(register.Items) != 3 {
		t.Fatalf("%d tasks", len(register.Items))
	}
	lights := map[string]int{}
	for _, row := range register.Items {
		shown.reads(row.Title + " " + strings.Join(row.LeadAgencies, "、") + " " + row.LightLabel)
		lights[row.LightLabel]++
		for _, f := range row.Indicators {
			percent := "—"
			if f.Percent != nil {
				percent = string(*f.Percent) + "%"
			}
			shown.reads(f.Name + " " + percent + " / " + string(f.Pace) + "% " + f.Label)
			shown.says(`href="/board/indicators/` + f.Code + `?on=2023-10-08"`)
		}
	}
	for label, count := range lights {
		shown.reads(label + " " + string(rune('0'+count)))
	}
	r.get("/plans/donghe/register?agency=" + url.QueryEscape("市民政局")).wants(http.StatusOK).reads("完善养老服务").saysNot("稳定粮食生产")
	r.get("/plans/donghe/register?section=1&q="+url.QueryEscape("粮食")).wants(http.StatusOK).reads("稳定粮食生产").saysNot("完善养老服务", "壮大市场主体")
	table := r.get(shown.link("/board/data/plans/donghe/register?")).wants(http.StatusOK)
	if got := r.get(strings.Replace(shown.link("/board/data/plans/donghe/register?"), "format=xlsx", "format=csv", 1)).wants(http.StatusOK).body; !strings.Contains(got, "完善养老服务") || strings.Count(got, "\n") != 4 {
		t.Errorf("the table is\n%s", got)
	}
	if !strings.HasPrefix(table.body, "PK") {
		t.Error("no workbook")
	}
}

func TestALeadWritesAnUpdateAndReportsAMilestoneDone(t *testing.T) {
	s := loopSite(t)
	supervisor, lead := s.signedIn(s.key(access.Supervisor)), s.signedIn(s.key(access.Reporter, "市民政局"))
	supervisor.follow(supervisor.post("/plans/donghe/tasks/3", "form", "set", "title", "完成招标", "due_on", "2023-10-10")).
		reads("完成招标 时限 2023-10-10 逾期", "已保存")
	task := lead.get("/plans/donghe/tasks/3").wants(http.StatusOK).reads("填写进展", "报完成")
	done := regexp.MustCompile(`value="(done \d+)"`).FindStringSubmatch(task.body)
	if done == nil {
		t.Fatal(task.body)
	}
	lead.follow(lead.post("/plans/donghe/tasks/3", "form", done[1], "done_on", "2023-10-12", "text", "已开标", "evidence", "https://oa.example.org/kb.pdf")).
		reads("完成招标 时限 2023-10-10 · 完成于 2023-10-12", "已开标").says(`<a href="https://oa.example.org/kb.pdf" rel="noopener noreferrer nofollow">`)
	lead.follow(lead.post("/plans/donghe/tasks/3", "form", "update", "period", "2023-09", "assessed", "delayed", "text", "床位<b>已采购</b>"))
	lead.follow(lead.post("/plans/donghe/tasks/3", "form", "update", "period", "2023-09", "assessed", "on_schedule", "text", "床位已到货")).
		reads("2023-09 市民政局 按进度推进", "床位已到货", "床位<b>已采购</b> 滞后").saysNot("床位<b>")

	// What is refused is shown again with what was sent, and says what is wrong.
	again := lead.post("/plans/donghe/tasks/3", "form", "update", "period", "2023-08", "text", `见"附件"`, "evidence", "javascript:alert(1)")
	again.wants(http.StatusUnprocessableEntity).says(`id="refused"`, "/evidence/0", `见&#34;附件&#34;`, "javascript:alert(1)</textarea>", `<details class="act no-print" open>`)
	// What another agency leads has no form, and takes none.
	lead.get("/plans/donghe/tasks/2").wants(http.StatusOK).saysNot("填写进展")
	lead.post("/plans/donghe/tasks/2", "form", "update", "period", "2023-09", "text", "代填").wants(http.StatusForbidden)
}

func TestAnIssueIsRaisedAndTakenToItsEnd(t *testing.T) {
	s := loopSite(t)
	supervisor, lead := s.signedIn(s.key(access.Supervisor)), s.signedIn(s.key(access.Reporter, "市工信局"))
	raised := lead.follow(lead.post("/plans/donghe/issues", "form", "raise", "task", "1", "title", "<script>alert(1)</script>用地未落实", "text", "涉及绿地", "level", "ordinary"))
	raised.says("&lt;script&gt;alert(1)&lt;/script&gt;用地未落实").saysNot("<script>alert").reads("状态 已提出", "开始协调", "报已解决").saysNot(`value="closed"`, `value="dated"`)
	at := "/issues/" + regexp.MustCompile(`#(\d+)`).FindStringSubmatch(raised.text())[1]
	lead.post(at, "form", "resolved", "text", "").wants(http.StatusUnprocessableEntity).says("（说明）")
	lead.follow(lead.post(at, "form", "resolved", "text", "绿地已调整")).reads("状态 已解决", "报已解决 2023-10-18 reporter 绿地已调整")
	lead.post(at, "form", "closed").wants(http.StatusForbidden)
	lead.get(at).wants(http.StatusOK).reads("状态 已解决")
	supervisor.get(at).wants(http.StatusOK).says(`value="closed"`, `value="sent_back"`)
	supervisor.follow(supervisor.post(at, "form", "closed")).reads("状态 已销号", "销号 2023-10-18").saysNot(`value="closed"`)
	supervisor.get("/plans/donghe/issues?open=true").wants(http.StatusOK).saysNot("用地未落实")
	supervisor.get("/plans/donghe/issues?state=closed").wants(http.StatusOK).says("用地未落实")
	// As it was known the day before, there is none; on the day, it is only looked at.
	supervisor.get("/plans/donghe/issues?as_of=2023-10-17").wants(http.StatusOK).reads("没有问题").saysNot("用地未落实")
	supervisor.get(at + "?as_of=2023-10-18").wants(http.StatusOK).saysNot(`name="form"`)
}

func TestANoticeIsIssuedSignedAnsweredAndAcceptedByForms(t *testing.T) {
	s := loopSite(t)
	token := s.key(access.Supervisor)
	supervisor, lead := s.signedIn(token), s.signedIn(s.key(access.Reporter, "市工信局"))
	issued := []string{"form", "issue", "title", "加快充电桩建设<img src=x>", "asked", "说明原因", "level", "blue", "lead_agency", "市工信局", "participating_agencies", "市科技局、市民政局\n", "tasks", "1，3"}
	again := supervisor.post("/plans/donghe/notices", append(issued, "due_on", "2023-10-01")...)
	again.wants(http.StatusUnprocessableEntity).says(`id="refused"`, "（时限）", `value="加快充电桩建设&lt;img src=x&gt;"`)
	supervisor.follow(supervisor.post("/plans/donghe/notices", append(issued, "due_on", "2023-10-31")...)).reads("督办单 2023-001", "状态 待签收").saysNot("<img src=x>")
	list := lead.get("/plans/donghe/notices?state=issued").wants(http.StatusOK).saysNot("下发督办单")
	at := list.link("/board/notices/")
	lead.get(at).wants(http.StatusOK).says(`value="signed"`).saysNot(`value="reply"`, `value="withdrawn"`)
	lead.follow(lead.post(at, "form", "signed")).reads("状态 承办中").says(`value="reply"`).saysNot(`value="accepted"`)
	lead.follow(lead.post(at, "form", "reply", "text", "已完成招标", "evidence", "https://oa.example.org/df.pdf\nhttps://oa.example.org/2.pdf")).reads("状态 待审核", "已完成招标 佐证 佐证")
	lead.post(at, "form", "accepted").wants(http.StatusForbidden)
	supervisor.follow(supervisor.post(at, "form", "accepted", "text", "同意")).reads("状态 已销号", "销号 2023-10-18 supervisor 同意").saysNot(`name="form"`)

	var notices v1.NoticePage
	s.call(token, http.MethodGet, "/notices?plan=donghe", "", "", &notices)
	if len(notices.Items) != 1 || notices.Items[0].State != "accepted" || len(notices.Items[0].History) != 4 ||
		len(notices.Items[0].ParticipatingAgencies) != 2 || len(notices.Items[0].Tasks) != 2 {
		t.Errorf("%+v", notices.Items)
	}
	sheet := supervisor.get(supervisor.get(at).link("/board/data/notices/")).wants(http.StatusOK).says("2023-001", "已完成招标")
	if policy := sheet.header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") {
		t.Errorf("the page to be printed may do: %s", policy)
	}
}

func TestANoticeIsSplitByLines(t *testing.T) {
	s := loopSite(t)
	supervisor := s.signedIn(s.key(access.Supervisor))
	at := supervisor.post("/plans/donghe/notices", "form", "issue", "title", "分头落实", "asked", "说明原因", "level", "blue", "lead_agency", "市工信局", "tasks", "1", "due_on", "2023-10-31").
		wants(http.StatusSeeOther).header.Get("Location")
	at, _, _ = strings.Cut(strings.TrimPrefix(at, "/board"), "?")
	whole := supervisor.follow(supervisor.post(at, "form", "split", "reason", "分头落实", "parts", "市工信局\n市科技局｜报平台清单|2023-10-25\n")).reads("状态 已分办")
	parts := regexp.MustCompile(`href="/board(/notices/\d+)">2023-00`).FindAllStringSubmatch(whole.body, -1)
	if len(parts) != 2 {
		t.Fatal(whole.body)
	}
	supervisor.get(parts[0][1]).reads("承办单位 市工信局", "时限 2023-10-31", "要求 说明原因", "总件")
	supervisor.get(parts[1][1]).reads("承办单位 市科技局", "时限 2023-10-25", "要求 报平台清单")
}

func TestWhoMayNotDoSomethingSeesNoFormForItAndIsRefused(t *testing.T) {
	s := loopSite(t)
	forged := map[string][]string{
		"/plans/donghe/notices":        {"form", "issue", "title", "a", "asked", "b", "lead_agency", "市工信局", "tasks", "1", "due_on", "2023-10-31"},
		"/plans/donghe/tasks/3":        {"form", "set", "title", "a", "due_on", "2023-10-31"},
		"/plans/donghe/cycles/2023-09": {"form", "locked", "reason", "a"},
		"/plans/donghe/assessment":     {"form", "freeze", "title", "a"},
	}
	supervisor := s.signedIn(s.key(access.Supervisor))
	for at, sent := range forged {
		supervisor.get(at).wants(http.StatusOK).says(`name="form" value="` + sent[1] + `"`)
		for _, role := range []access.Role{access.Reporter, access.Analyst} {
			var agencies []string
			if role == access.Reporter {
				agencies = []string{"市民政局"}
			}
			r := s.signedIn(s.key(role, agencies...))
			r.get(at).wants(http.StatusOK).saysNot(`name="form" value="` + sent[1] + `"`)
			r.post(at, sent...).wants(http.StatusForbidden)
		}
		if p := s.visitor().post(at, sent...).wants(http.StatusSeeOther); !strings.HasPrefix(p.header.Get("Location"), "/board/sign-in") {
			t.Errorf("%s leads nobody to %s", at, p.header.Get("Location"))
		}
	}
	supervisor.get("/plans/donghe/notices").reads("没有督办单")
	supervisor.get("/plans/donghe/cycles/2023-09").reads("状态 已截止")
}

func TestACycleIsLockedExceptedAndOpenedAgain(t *testing.T) {
	s := loopSite(t)
	token := s.key(access.Supervisor)
	r := s.signedIn(token)
	var rows v1.CycleRowPage
	s.call(token, http.MethodGet, "/plans/donghe/cycles/2023-09", "", "", &rows)
	at := "/plans/donghe/cycles/2023-09"
	shown := r.get(at).wants(http.StatusOK)
	if len(rows.Items) < 3 {
		t.Fatalf("%+v", rows)
	}
	for _, row := range rows.Items {
		c := row.Reports
		counts, _ := json.Marshal([]int{c.Expected, c.OnTime, c.Late, c.Missing, c.Pending, c.Empty})
		shown.reads(*row.Agency + " " + strings.Trim(strings.ReplaceAll(string(counts), ",", " "), "[]"))
	}
	r.get(at + "?state=missing").reads("养老床位").saysNot("充电桩数</a></td>")
	r.follow(r.post(at, "form", "locked", "reason", "已通报")).reads("状态 已锁定", "锁定 2023-10-18", "理由：已通报")
	granted := r.follow(r.post(at, "form", "exception", "agency", "市民政局", "until", "2023-10-31", "reason", "补录")).reads("市民政局 可补报至 2023-10-31")
	withdrawn := regexp.MustCompile(`value="(exception_withdrawn \d+)"`).FindStringSubmatch(granted.body)
	if withdrawn == nil {
		t.Fatal(granted.body)
	}
	r.follow(r.post(at, "form", withdrawn[1], "reason", "已补")).reads("已收回")
	r.post(at, "form", "locked", "reason", "再锁").wants(http.StatusConflict).says(`id="refused"`)
	r.follow(r.post(at, "form", "reopened", "reason", "补录")).reads("状态 已截止")
	r.get("/plans/donghe/cycles").wants(http.StatusOK).says(`href="/board/plans/donghe/cycles/2023-09"`).reads("2023-09 已截止 2023-10-01")
}

func TestAssessmentsAreShownExplainedAndMadeOfficial(t *testing.T) {
	s := loopSite(t)
	token, admin := s.key(access.Supervisor), s.key(access.Admin)
	r := s.signedIn(token)
	r.follow(r.post("/plans/donghe/assessment", "form", "enter", "what", "bonus", "agency", "市工信局", "points", "1.50", "by", "市政府", "reason", "经验推广")).reads("市工信局 加分 1.5", "经验推广")
	r.post("/plans/donghe/assessment", "form", "enter", "what", "bonus", "agency", "市工信局", "points", "一点五", "by", "市政府", "reason", "经验").
		wants(http.StatusUnprocessableEntity).says("（分数）", `value="一点五"`)
	var scores v1.Assessment
	s.call(token, http.MethodGet, "/plans/donghe/assessment", "", "", &scores)
	shown := r.get("/plans/donghe/assessment").wants(http.StatusOK)
	scored := 0
	for _, item := range scores.Items {
		if item.Total == nil {
			continue
		}
		scored++
		wanted := item.Agency.Name + " " + string(*item.Total) + " " + item.Label.ZH
		for _, part := range item.Parts {
			points := "—"
			if part.Points != nil {
				points = string(*part.Points)
			}
			wanted += " " + points
			if part.Counted != nil { // opinions are not given, so that the weights of all are raised
				wanted += " 满分 " + string(*part.Counted)
			}
		}
		shown.reads(wanted + " " + string(item.Bonus.Points))
	}
	if scored < 3 {
		t.Errorf("%d agencies have a total", scored)
	}
	r.get("/plans/donghe/assessment?agency="+url.QueryEscape("市工信局")).wants(http.StatusOK).reads("目标完成", "实绩编号", "经验推广").says(`href="/board/indicators/donghe-1-1"`)
	official := r.post("/plans/donghe/assessment", "form", "freeze", "title", "三季度考核", "on", "2023-09-30")
	at, _, _ := strings.Cut(strings.TrimPrefix(official.wants(http.StatusSeeOther).header.Get("Location"), "/board"), "?")
	r.get(at).wants(http.StatusOK).reads("三季度考核", "正式结果，此后不变", "没有不同")
	r.get("/plans/donghe/assessment").reads("三季度考核 — 评判日期 2023-09-30")
	s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"donghe-1-1","period":"2023-09","value":30,"basis":"total"}`, nil)
	r.get(at).wants(http.StatusOK).reads("若今日重算", "更正 donghe-1-1 2023-09").saysNot("没有不同")
}

func TestTheBulletinHasTheFiguresOfTheInterfaceOnThePageAndInWord(t *testing.T) {
	s := loopSite(t)
	token := s.key(access.Analyst)
	r := s.signedIn(token)
	var b v1.Bulletin
	s.call(token, http.MethodGet, "/plans/donghe/bulletin?period=2023-09", "", "", &b)
	shown := r.get("/plans/donghe/bulletin").wants(http.StatusOK) // of the last month, by itself
	word := r.get(shown.link("/board/data/plans/donghe/bulletin/document?")).wants(http.StatusOK)
	text, err := document.Read(t.Context(), []byte(word.body), word.header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if b.Total.MeanPercent == nil || len(b.Agencies) < 3 {
		t.Fatalf("%+v", b)
	}
	overall := "平均完成率 " + string(*b.Total.MeanPercent) + "%"
	shown.reads(overall)
	if !strings.Contains(text.Content, overall) {
		t.Errorf("the Word file says\n%s", text.Content)
	}
	for _, g := range append(b.Sections, b.Agencies...) {
		counts, _ := json.Marshal([]int{g.Count, g.Expected, g.Reported})
		of := strings.Trim(string(counts), "[]")
		shown.reads(g.Label + " " + strings.ReplaceAll(of, ",", " "))
		if wanted := g.Label + " | " + strings.ReplaceAll(of, ",", " | "); !strings.Contains(text.Content, wanted) {
			t.Errorf("the Word file does not say %q:\n%s", wanted, text.Content)
		}
	}
	r.get("/plans/donghe/bulletin?period=2023-12").wants(http.StatusUnprocessableEntity).says(`id="refused"`, `name="period" value="2023-12"`)
}

// An address that the service would not store is no link either, where another service has stored it.
func TestAnAddressOfAnotherSchemeIsNoLink(t *testing.T) {
	answers := map[string]any{
		"/api/v1/me": v1.Me{Authentication: "public", Role: "visitor", Today: "2023-10-08"}, "/api/v1/plans/p": v1.Plan{Code: "p", StartsOn: "2023-01-01", DueOn: "2023-12-31"},
		"/api/v1/plans/p/register": v1.RegisterPage{Items: []v1.RegisterRow{{Plan: "p", Task: "1", Title: "任务"}}},
		"/api/v1/plans/p/updates":  v1.UpdatePage{Items: []v1.Update{{Period: "2023-09", Text: "进展", Evidence: []string{"javascript:alert(1)", "JavaScript:alert(2)", "data:text/html,x", "https://ok.example.org/"}}}},
	}
	service := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.Path]
		if !ok {
			answer = struct{}{}
		}
		_ = json.NewEncoder(w).Encode(answer)
	})
	pages := board.Handler(board.Options{Log: slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil)), Now: time.Now})(service)
	rec := httptest.NewRecorder()
	pages.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/board/plans/p/tasks/1", http.NoBody))
	p := page{t, rec.Code, rec.Header(), rec.Body.String()}
	p.wants(http.StatusOK).reads("javascript:alert(1)").says(`href="https://ok.example.org/"`).saysNot(`href="javascript`, `href="JavaScript`, `href="data`, `href="#ZgotmplZ`)
}
