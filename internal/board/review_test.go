package board_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// draftText has a number that is read as an indicator, some that are not, and a sign beyond the BMP.
const draftText = "西河市2023年重点任务\r\n一、产业🌾\r\n" +
	"1.壮大企业。新增高新技术企业30家以上，培育𠮷祥小巨人企业2家。（牵头单位：市科技局）\r\n" +
	"2.服务群众。新增托位400个，满意度达到95。财政赤字3亿元。（牵头单位：市民政局）\r\n"

func (r *reader) reviewed(token string) map[string]v1.Indicator {
	r.t.Helper()
	var all v1.IndicatorPage
	r.call(token, http.MethodGet, "/indicators?plan=xihe&state=draft,confirmed,rejected", "", "", &all)
	byName := map[string]v1.Indicator{}
	for _, in := range all.Items {
		byName[in.Name] = in
	}
	return byName
}

// panelOf is what the panel of the plan's text says, as a browser reads the page.
func (p page) panelOf() (text string, marks map[string]string) {
	p.t.Helper()
	tree, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		p.t.Fatal(err)
	}
	marks = map[string]string{}
	var said strings.Builder
	var read func(n *html.Node, within bool)
	read = func(n *html.Node, within bool) {
		class := ""
		for _, a := range n.Attr {
			within = within || a.Key == "id" && a.Val == "plantext"
			if a.Key == "class" {
				class = a.Val
			}
		}
		if within && n.Type == html.TextNode {
			said.WriteString(n.Data)
		}
		begin := said.Len()
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			read(c, within)
		}
		if within && (n.Data == "mark" || class == "unread") {
			for one := range strings.FieldsSeq(class) {
				marks[one] += said.String()[begin:] + "|"
			}
		}
	}
	read(tree, false)
	return said.String(), marks
}

func (s *site) importAsDrafts(token, text string) {
	s.t.Helper()
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市", "text/plain", text, nil)
}

func TestPlanIsImportedReviewedAndAdded(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	r := s.signedIn(admin)

	looked := r.postFile("/import?how=look", "西河.txt", []byte(draftText), "code", "xihe", "jurisdiction", "西河市").wants(http.StatusOK)
	looked.says("新增高新技术企业数", "西河.txt", `value="xihe"`, "数字没有计量单位")
	r.get("/plans/xihe/review").wants(http.StatusNotFound) // nothing was stored

	stored := r.postFile("/import?how=store", "西河.txt", []byte(draftText), "code", "xihe", "jurisdiction", "西河市").wants(http.StatusSeeOther)
	if at := stored.header.Get("Location"); !strings.HasPrefix(at, "/board/plans/xihe/review") {
		t.Fatalf("leads to %s", at)
	}
	review := r.get("/plans/xihe/review").wants(http.StatusOK)
	if a, b := strings.Index(review.body, "财政赤字 — "), strings.Index(review.body, "新增托位 — "); a < 0 || b < a {
		t.Errorf("what is assumed stands at %d, what is sure at %d", a, b)
	}
	ins := r.reviewed(admin)
	deficit := ins["财政赤字"]

	t.Run("a correction changes what was changed, and settles a direction", func(t *testing.T) {
		r.t = t
		r.post("/plans/xihe/review", "do", "save_confirm", "code", deficit.Code, "version", "1", "name", "财政赤字规模", "kind", deficit.Kind,
			"comparator", "le", "value", "2.50", "unit", "亿元", "value_high", "", "reference", "", "direction", "", "due_on", deficit.DueOn, "lead_agencies", "市财政局、市民政局").wants(http.StatusSeeOther)
		got := r.reviewed(admin)["财政赤字规模"]
		if got.State != "confirmed" || *got.Target.Value != "2.50" || got.Target.Comparator != "le" || got.Direction != "decrease" ||
			strings.Join(got.LeadAgencies, " ") != "市财政局 市民政局" || got.Version != 2 || got.Kind != deficit.Kind {
			t.Errorf("%+v", got)
		}
	})
	t.Run("a version that has changed is told in words, with what was typed", func(t *testing.T) {
		r.t = t
		again := r.post("/plans/xihe/review?state=confirmed", "do", "save", "code", deficit.Code, "version", "1", "name", "打错的名称").wants(http.StatusPreconditionFailed)
		again.says("重新载入", "打错的名称", "已有变动", `<a href="#d-`+deficit.Code+`">到所填的这一项`, `id="d-`+deficit.Code+`"`)
		if _, saved := r.reviewed(admin)["打错的名称"]; saved {
			t.Error("saved over a newer version")
		}
	})
	t.Run("a value that cannot stand is refused at its field, and kept", func(t *testing.T) {
		r.t = t
		in := ins["新增托位"]
		r.post("/plans/xihe/review", "do", "save", "code", in.Code, "version", "1", "comparator", "ge", "value", "四百", "unit", "个").
			wants(http.StatusUnprocessableEntity).says("（目标值）", `value="四百"`, "目标值")
	})
	t.Run("one is rejected, put back and rejected again", func(t *testing.T) {
		r.t = t
		code := ins["新增托位"].Code
		for i, act := range []string{"reject", "draft", "reject"} {
			r.post("/plans/xihe/review", "do", act, "code", code, "version", fmt.Sprint(i+1)).wants(http.StatusSeeOther)
		}
		if got := r.reviewed(admin)["新增托位"]; got.State != "rejected" || got.Version != 4 {
			t.Errorf("%s, version %d", got.State, got.Version)
		}
	})
	t.Run("a number that was not read is added with its sentence", func(t *testing.T) {
		r.t = t
		review := r.get("/plans/xihe/review").wants(http.StatusOK)
		link := regexp.MustCompile(`<li id="w-1">.*?<a href="/board([^"]*add=[^"#]*)`).FindStringSubmatch(review.body)
		if link == nil {
			t.Fatalf("no link to add it: %s", review.body)
		}
		form := r.get(html.UnescapeString(link[1])).wants(http.StatusOK).says(`name="value" value="95"`, "新增托位400个，满意度达到95")
		sent := regexp.MustCompile(`name="start" value="(\d+)"><input type="hidden" name="end" value="(\d+)"`).FindStringSubmatch(form.body)
		add := []string{"do", "add", "start", sent[1], "end", sent[2], "quote", "新增托位400个，满意度达到95", "task", "2", "name", "满意度", "kind", "ratio", "comparator", "ge", "value", "95", "unit", "%"}
		r.post("/plans/xihe/review", append(add[:7:7], append([]string{"另一句话"}, add[8:]...)...)...).wants(http.StatusConflict).says("重新载入")
		r.post("/plans/xihe/review", add...).wants(http.StatusSeeOther)
		got := r.reviewed(admin)["满意度"]
		if got.State != "confirmed" || got.Source == nil || got.Source.Quote != "新增托位400个，满意度达到95" || got.Source.Rule != "人工标注" {
			t.Errorf("%+v %+v", got, got.Source)
		}
	})
	t.Run("the rest is confirmed, if it is what the page showed", func(t *testing.T) {
		r.t = t
		r.post("/plans/xihe/review", "do", "rest", "drafts", "17").wants(http.StatusConflict).says("重新载入")
		drafts := regexp.MustCompile(`name="drafts" value="(\d+)"`).FindStringSubmatch(r.get("/plans/xihe/review").body)
		r.post("/plans/xihe/review", "do", "rest", "drafts", drafts[1]).wants(http.StatusSeeOther)
		for name, in := range r.reviewed(admin) {
			if want := map[bool]string{true: "rejected", false: "confirmed"}[name == "新增托位"]; in.State != want {
				t.Errorf("%s is %s", name, in.State)
			}
		}
	})
}

func TestNamesOfAgenciesAreDecidedInTheReview(t *testing.T) {
	s := newSite(t).withPlan()
	admin := s.key(access.Admin)
	s.call(admin, http.MethodPost, "/plans?code=next&jurisdiction=东河市", "text/plain", "东河市2024年重点任务\n一、产业\n1.壮大企业。新增企业30家。（牵头单位：市工业和信息化局）\n2.养老。新增床位20张。（牵头单位：市民政部门）\n", nil)
	r := s.signedIn(admin)
	asked := r.get("/plans/next/review").wants(http.StatusOK).says("市工业和信息化局", "市工信局")
	match := regexp.MustCompile(`name="match" value="(\d+)"`).FindStringSubmatch(asked.body)
	if match == nil {
		t.Fatal("no form")
	}
	r.post("/plans/next/review", "do", "match", "match", match[1], "decision", "confirm").wants(http.StatusSeeOther)
	r.get("/plans/next/review").wants(http.StatusOK).saysNot(`name="match" value="` + match[1] + `"`)
	var agencies v1.AgencyPage
	s.call(admin, http.MethodGet, "/agencies?jurisdiction=东河市", "", "", &agencies)
	for _, a := range agencies.Items {
		if a.Name == "市工信局" && strings.Join(a.Aliases, " ") != "市工业和信息化局" {
			t.Errorf("%+v", a)
		}
	}
}

func TestReviewIsForThoseWhoMay(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, draftText)
	analyst := s.signedIn(s.key(access.Analyst))
	analyst.get("/plans/xihe/review").wants(http.StatusOK).says("财政赤字", "没有计量单位").saysNot(`name="do"`, "add=", "data-add", `class="unread"`)
	code := analyst.reviewed(admin)["财政赤字"].Code
	for _, form := range [][]string{
		{"do", "confirm", "code", code, "version", "1"}, {"do", "rest", "drafts", "4"}, {"do", "save", "code", code, "version", "1", "name", "别名"},
		{"do", "add", "start", "0", "end", "4", "quote", "西河市2", "task", "1"}, {"do", "match", "match", "1", "decision", "confirm"},
	} {
		analyst.post("/plans/xihe/review", form...).wants(http.StatusForbidden)
	}
	analyst.get("/import").wants(http.StatusForbidden)
	analyst.postFile("/import?how=store", "a.txt", []byte(draftText), "code", "forged").wants(http.StatusForbidden)
	analyst.postFile("/plans/xihe/amendment", "a.txt", []byte(draftText)).wants(http.StatusForbidden)
	if got := analyst.reviewed(admin)["财政赤字"]; got.State != "draft" || got.Version != 1 {
		t.Errorf("%+v", got)
	}
	s.visitor().get("/plans/xihe/review").wants(http.StatusSeeOther)
	s.signedIn(admin).send(http.MethodPost, "/plans/xihe/review", "application/x-www-form-urlencoded", strings.NewReader("do=rest&drafts=4"), "Sec-Fetch-Site", "cross-site").wants(http.StatusForbidden)
}

func TestAPlanInReviewLeadsOn(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, draftText)
	r := s.signedIn(admin)
	r.get("/plans/xihe").wants(http.StatusOK).says("还有 4 项待审核", `href="/board/plans/xihe/review">去审定`)
	s.signedIn(s.key(access.Analyst)).get("/plans/xihe").wants(http.StatusOK).says("还有 4 项待审核").saysNot("去审定")
	// Who may import is not led past the page that has the way to it.
	r.get("/").wants(http.StatusOK).says("西河市2023年重点任务", `href="/board/import"`, "4 项待审")
	s.signedIn(s.key(access.Analyst)).get("/").wants(http.StatusSeeOther)
	r.post("/plans/xihe/review", "do", "rest", "drafts", "4").wants(http.StatusSeeOther)
	r.get("/plans/xihe").wants(http.StatusOK).saysNot("待审核")
}

func TestWhatAPlanSaysWithoutAFigureIsSaidBeforeItIsConfirmed(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	r := s.signedIn(admin)
	text := "西河市2023年重点任务\n一、安全\n1.守住底线。火灾零发生，新增消防站2座。8月底前完成消防规划编制。（牵头单位：市消防局）\n"
	r.postFile("/import?how=look", "西河.txt", []byte(text), "code", "xihe").wants(http.StatusOK).
		says("指标 2，节点 1", "任务 1：完成消防规划编制，2023-08-31")
	s.importAsDrafts(admin, text)
	r.get("/plans/xihe/review").wants(http.StatusOK).says("其中 1 项原文没有写数", "规则 文意推定").saysNot("规则 implied")
	r.get("/plans/xihe/review?lang=en").wants(http.StatusSeeOther)
	r.get("/plans/xihe/review").wants(http.StatusOK).says("The text states no figure for 1 of them", "rule implied, no figure in the text")
}

func TestNothingOfAPlanBecomesMarkup(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	r := s.signedIn(admin)
	const script = `<script>alert(1)</script>`
	text := "西河市2023年重点任务\n一、产业" + script + "\n1.壮大" + script + "企业。新增" + script + "企业30家，满意度达到95" + script + "。（牵头单位：市科技局）\n"
	r.postFile("/import?how=look", `"><img src=x onerror=alert(2)>.txt`, []byte(text), "code", `"><b>`, "jurisdiction", script).
		saysNot(script, "<img", `"><b>`)
	r.postFile("/import?how=look", `<img src=x onerror=alert(2)>.txt`, []byte(text), "jurisdiction", script).wants(http.StatusOK).saysNot(script, "<img")
	s.importAsDrafts(admin, text)
	for name, in := range r.reviewed(admin) {
		r.post("/plans/xihe/review", "do", "save", "code", in.Code, "version", "1", "name", script+name).wants(http.StatusSeeOther)
	}
	review := r.get("/plans/xihe/review").wants(http.StatusOK).saysNot(script).says("&lt;script&gt;")
	if said, _ := review.panelOf(); said != text {
		t.Errorf("the panel says %q", said)
	}
	r.get("/plans/xihe/review?add=0-40&number=0-40").wants(http.StatusOK).saysNot(script)
	r.postFile("/plans/xihe/amendment", `<img src=x>.txt`, []byte(strings.ReplaceAll(text, "30家", "31家"))).wants(http.StatusOK).says("31").saysNot(script, "<img")
}

func TestTheTextIsMarkedWhereItWasRead(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	r := s.signedIn(admin)
	s.importAsDrafts(admin, draftText)
	// A mark across the sentences of two others.
	before, rest, _ := strings.Cut(draftText, "企业30家")
	within, _, _ := strings.Cut(rest, "祥小巨人")
	across := "企业30家" + within
	at := len([]rune(before))
	end := at + len([]rune(across))
	s.call(admin, http.MethodPost, "/indicators", "application/json", fmt.Sprintf(
		`{"plan":"xihe","task":"1","name":"合计","kind":"increment","target":{"comparator":"ge","value":32,"unit":"家"},"source":{"start":%d,"end":%d}}`, at, end), nil)
	said, marks := r.get("/plans/xihe/review").wants(http.StatusOK).panelOf()
	if said != draftText {
		t.Errorf("the panel says %q, want %q", said, draftText)
	}
	for class, want := range map[string]string{"warning": "95", "confirmed": across} {
		if got := strings.ReplaceAll(marks[class], "|", ""); got != want {
			t.Errorf("%s marks %q, want %q", class, got, want)
		}
	}
	for name, in := range r.reviewed(admin) {
		class := map[string]string{"draft": "read", "confirmed": "confirmed"}[in.State]
		if !strings.Contains(strings.ReplaceAll(marks[class], "|", ""), in.Source.Quote) {
			t.Errorf("%s: %q is not within %q", name, in.Source.Quote, marks[class])
		}
	}
}

func TestALongPlanIsReviewedWithItsTextWhole(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	var text strings.Builder
	text.WriteString("西河市2023年重点任务\n一、产业\n")
	for i := range 300 {
		fmt.Fprintf(&text, "%d.第%d项任务。新增第%d类企业%d家以上，%s。（牵头单位：市科技局）\n", i+1, i+1, i+1, i+2, strings.Repeat("持续优化服务提升质量效益", 15))
	}
	s.importAsDrafts(admin, text.String())
	r := s.signedIn(admin)
	shown := r.get("/plans/xihe/review").wants(http.StatusOK)
	if said, _ := shown.panelOf(); said != text.String() {
		t.Error("the panel does not say the text")
	}
	if n := strings.Count(shown.body, `<article`); n != 40 {
		t.Errorf("%d drafts on the page", n)
	}
	all := map[string]bool{}
	for p := 1; p <= 8; p++ {
		for _, code := range regexp.MustCompile(`id="d-([^"]+)"`).FindAllStringSubmatch(r.get(fmt.Sprintf("/plans/xihe/review?page=%d", p)).body, -1) {
			all[code[1]] = true
		}
	}
	if len(all) != len(r.reviewedAll(admin)) || len(all) < 300 {
		t.Errorf("%d drafts on all pages", len(all))
	}
}

func (r *reader) reviewedAll(token string) []v1.Indicator {
	var page v1.IndicatorPage
	r.call(token, http.MethodGet, "/indicators?plan=xihe&limit=500", "", "", &page)
	return page.Items
}

func TestPlanIsAmended(t *testing.T) {
	s := newSite(t).withPlan()
	admin := s.key(access.Admin)
	r := s.signedIn(admin)
	newer := strings.NewReplacer("221个", "260个", "，完成适老化改造的老年人家庭660户", "", "30家以上", "30家以上，新增外贸企业12家").Replace(planText)
	compared := r.postFile("/plans/donghe/amendment", "新.txt", []byte(newer)).wants(http.StatusOK)
	compared.says("<del>21</del>", "<ins>", "目标值：260", "新增外贸企业12家", "停用", "请再选同一个文件")
	compared.says("全文对照", "2 段相同</td>", "新增养老床位200张<del>，完成适老化改造的老年人家庭660户</del>。（牵头", "以上，新增<ins>外贸企业12家，新增公共充电桩260</ins>个。（牵头")
	r.postFile("/plans/donghe/amendment", "长.txt", []byte(newer+strings.Repeat("另有一段。\n", 400))).wants(http.StatusOK).says("未列出")
	r.postFile("/plans/donghe/amendment", "行.txt", []byte(newer+strings.Repeat("\n", 100_001))).wants(http.StatusOK).says("不逐段对照")
	token := regexp.MustCompile(`name="token" value="([0-9a-f]+)"`).FindStringSubmatch(compared.body)
	if token == nil {
		t.Fatal("no token")
	}
	var plan v1.Plan
	if s.call(admin, http.MethodGet, "/plans/donghe", "", "", &plan); plan.Version != 1 {
		t.Fatal("a comparison amended the plan")
	}
	r.postFile("/plans/donghe/amendment", "新.txt", []byte(newer+"\n4.另一项。\n"), "token", token[1]).wants(http.StatusPreconditionFailed).says("重新比对")
	r.postFile("/plans/donghe/amendment", "新.txt", []byte(newer), "token", token[1]).wants(http.StatusSeeOther)
	if s.call(admin, http.MethodGet, "/plans/donghe", "", "", &plan); plan.Version != 2 {
		t.Errorf("version %d", plan.Version)
	}
	r.get("/plans/donghe/review?state=confirmed").wants(http.StatusOK).says("新增外贸企业数")
}

func TestFilesThatCannotBeImported(t *testing.T) {
	s := newSite(t).withPlan()
	r := s.signedIn(s.key(access.Admin))
	r.postFile("/import?how=store", "a.txt", []byte(planText), "code", "donghe", "due_on", "2023-12-31").wants(http.StatusConflict).says("donghe", `aria-invalid="true"`, `value="2023-12-31"`)
	r.postFile("/import?how=store", "a.txt", []byte(planText), "code", "Not A Code").wants(http.StatusUnprocessableEntity).says("（代码）", `value="Not A Code"`)
	defer func() {
		if t.Failed() {
			t.Log(s.log.String())
		}
	}()
	r.postFile("/import?how=store", "a.txt", make([]byte, 17<<20), "code", "large").wants(http.StatusRequestEntityTooLarge).says(`value="large"`)
	r.postFile("/import?how=store", "", nil, "code", "nothing").wants(http.StatusUnprocessableEntity).says("请选择文件", `value="nothing"`)
	r.post("/import?how=store", "code", "nofile").wants(http.StatusBadRequest)
	if at := r.postFile("/import?how=store", "a.txt", []byte(planText)).wants(http.StatusSeeOther).header.Get("Location"); !regexp.MustCompile(`^/board/plans/p-20231008-[a-z2-7]{5}/review`).MatchString(at) {
		t.Errorf("without a code it leads to %s", at)
	}
}
