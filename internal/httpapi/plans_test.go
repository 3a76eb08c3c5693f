package httpapi_test

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

const riverPlan = `东河市2024年重点工作任务
一、产业发展
1.壮大企业。新增高新技术企业30家以上（牵头单位：市科技局，参与单位：市工信局）。
2.深化服务。持续改善营商环境（牵头单位：市行政审批局）。
二、民生改善
3.完善充电设施。6月底前新增公共充电桩221个（牵头单位：市工信局）。
`

const (
	plain    = "text/plain; charset=utf-8"
	docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

func TestImportPlan(t *testing.T) {
	t.Run("reads and stores sections, tasks, agencies and indicators", func(t *testing.T) {
		a := newAPI(t)
		resp := a.send("POST", "/api/v1/plans?code=donghe-2024", riverPlan, "Content-Type", plain).want(201)
		if got := resp.header.Get("Location"); got != "/api/v1/plans/donghe-2024" {
			t.Errorf("Location %q", got)
		}
		imported := read[v1.PlanImport](resp)
		if !imported.Stored || len(imported.Plan.Sections) != 2 || len(imported.Tasks) != 3 || len(imported.Indicators) != 2 {
			t.Fatalf("imported %+v", imported)
		}
		piles := read[v1.Indicator](a.get("/api/v1/indicators/donghe-2024-3-1").want(200))
		if *piles.Target.Value != "221" || piles.DueOn != "2024-06-30" || piles.TermEndsOn != "2024-12-31" || piles.LeadAgencies[0] != "市工信局" {
			t.Errorf("indicator %+v", piles)
		}
		text := []rune(string(a.get("/api/v1/plans/donghe-2024/document").want(200).body))
		if got := string(text[piles.Source.Start:piles.Source.End]); got != piles.Source.Quote || !strings.Contains(got, "221个") {
			t.Errorf("the quote %q is not the text at its place, %q", piles.Source.Quote, got)
		}
	})

	t.Run("takes GB18030, and gives the original back byte for byte", func(t *testing.T) {
		a := newAPI(t)
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(riverPlan)
		if err != nil {
			t.Fatal(err)
		}
		a.send("POST", "/api/v1/plans?code=gb", gb, "Content-Type", "text/plain").want(201)
		if got := a.get("/api/v1/plans/gb/document").want(200); string(got.body) != riverPlan {
			t.Errorf("text %q", got.body)
		}
		if got := a.get("/api/v1/plans/gb/document?form=original").want(200); string(got.body) != gb {
			t.Error("the original has changed")
		}
		for form, want := range map[string]string{"original": "text/plain; charset=gb18030", "text": "text/plain; charset=utf-8"} {
			if got := a.get("/api/v1/plans/gb/document?form=" + form).header.Get("Content-Type"); got != want {
				t.Errorf("%s is served as %s", form, got)
			}
		}
		a.send("POST", "/api/v1/plans?code=utf", "\uFEFF"+riverPlan, "Content-Type", "text/plain").want(201)
		if got := a.get("/api/v1/plans/utf/document?form=original").header.Get("Content-Type"); got != "text/plain; charset=utf-8" {
			t.Errorf("UTF-8 is served as %s", got)
		}
	})

	t.Run("takes Word, HTML and PDF as the contract says, and gives them back as they were", func(t *testing.T) {
		a := newAPI(t)
		page := "<p>东河市2024年重点工作任务</p><p>一、产业发展</p><p>1.壮大企业。新增高新技术企业30家以上（牵头单位：市科技局）。</p>"
		var lines []documenttest.Block
		for line := range strings.Lines(riverPlan) {
			lines = append(lines, documenttest.Block{Text: strings.TrimSpace(line)})
		}
		word := string(documenttest.DOCX(lines...))
		for code, file := range map[string]struct{ mediaType, data string }{"html": {"text/html", page}, "docx": {docxType, word}} {
			got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code="+code, file.data, "Content-Type", file.mediaType).want(201))
			if len(got.Indicators) == 0 || got.Plan.Document.MediaType != file.mediaType {
				t.Errorf("%s: %+v", code, got)
			}
			original := a.get("/api/v1/plans/" + code + "/document?form=original").want(200)
			if string(original.body) != file.data || original.header.Get("Content-Type") != file.mediaType {
				t.Errorf("%s came back as %s", code, original.header.Get("Content-Type"))
			}
		}
	})

	t.Run("answers with the records as they were stored; a dry run has no moments", func(t *testing.T) {
		a := newAPI(t)
		dry := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=moments&dry_run=true", riverPlan, "Content-Type", plain).want(200))
		if dry.Plan.CreatedAt != nil || dry.Indicators[0].CreatedAt != nil || dry.Indicators[0].UpdatedAt != nil {
			t.Errorf("dry run %+v", dry)
		}
		got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=moments", riverPlan, "Content-Type", plain).want(201))
		for i, in := range got.Indicators {
			if stored := read[v1.Indicator](a.get("/api/v1/indicators/" + in.Code)); in.CreatedAt == nil || *stored.CreatedAt != *in.CreatedAt || *stored.UpdatedAt != *in.UpdatedAt {
				t.Errorf("answered %+v, stored %+v", in, stored)
			}
			if in.Name != dry.Indicators[i].Name || in.Code != dry.Indicators[i].Code {
				t.Errorf("tried %+v, stored %+v", dry.Indicators[i], in)
			}
		}
		if stored := read[v1.Plan](a.get("/api/v1/plans/moments")); *stored.CreatedAt != *got.Plan.CreatedAt || len(got.Plan.Sections) != 2 {
			t.Errorf("answered %+v, stored %+v", got.Plan, stored)
		}
	})

	t.Run("takes a form with one file", func(t *testing.T) {
		a := newAPI(t)
		contentType, body := form(t, map[string]string{"document": riverPlan})
		a.send("POST", "/api/v1/plans?code=form", body, "Content-Type", contentType).want(201)
		contentType, body = form(t, map[string]string{"file": riverPlan})
		a.send("POST", "/api/v1/plans?code=form2", body, "Content-Type", contentType).wantProblem(400, "unknown_field", "/file")
		contentType, body = form(t, map[string]string{"document": riverPlan, "documents": riverPlan})
		a.send("POST", "/api/v1/plans?code=form2", body, "Content-Type", contentType).wantProblem(400, "unknown_field", "/documents")
		twice := strings.ReplaceAll(body, `name="documents"`, `name="document"`)
		a.send("POST", "/api/v1/plans?code=form2", twice, "Content-Type", contentType).wantProblem(400, "duplicate_field", "/document")
		a.send("POST", "/api/v1/plans?code=form2", twice[:len(twice)-20], "Content-Type", contentType).want(400)
		a.send("POST", "/api/v1/plans?code=form3", "junk", "Content-Type", contentType).wantProblem(400, "malformed_request", "")
	})

	t.Run("a dry run shows the same and stores nothing", func(t *testing.T) {
		a := newAPI(t)
		dry := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=donghe-2024&dry_run=true", riverPlan, "Content-Type", plain).want(200))
		if dry.Stored || len(dry.Indicators) != 2 {
			t.Errorf("dry run %+v", dry)
		}
		a.get("/api/v1/plans/donghe-2024").wantProblem(404, "not_found", "")
		a.send("POST", "/api/v1/plans?code=donghe-2024", riverPlan, "Content-Type", plain).want(201)
		a.send("POST", "/api/v1/plans?code=donghe-2024&dry_run=true", riverPlan, "Content-Type", plain).wantProblem(409, "plan_exists", "code")
	})

	t.Run("takes the term from the request where the text does not say", func(t *testing.T) {
		a := newAPI(t)
		text := "重点工作任务\n一、产业\n1.壮大企业。新增企业30家（市科技局）。\n"
		a.send("POST", "/api/v1/plans?code=x", text, "Content-Type", plain).wantProblem(422, "required_field", "starts_on")
		a.send("POST", "/api/v1/plans?code=x&starts_on=2024-01-01", text, "Content-Type", plain).wantProblem(422, "required_field", "due_on")
		a.send("POST", "/api/v1/plans?code=x&starts_on=2024-01-01&due_on=2023-01-01", text, "Content-Type", plain).wantProblem(422, "invalid_date", "due_on")
		got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=x&starts_on=2024-01-01&due_on=2025-12-31", text, "Content-Type", plain).want(201))
		if got.Plan.DueOn != "2025-12-31" || got.Indicators[0].DueOn != "2025-12-31" {
			t.Errorf("plan %+v", got)
		}
	})
}

func TestRefusedImportsStoreNothing(t *testing.T) {
	cases := []struct {
		name, query, mediaType, body string
		status                       int
		code, field                  string
	}{
		{"an empty file", "code=x", plain, "", 400, "empty_body", ""},
		{"a file of blanks", "code=x", plain, " \n　\n", 422, "empty_document", ""},
		{"a JPEG", "code=x", "image/jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", 415, "unsupported_media_type", ""},
		{"a JPEG that says it is text", "code=x", plain, "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", 415, "unsupported_media_type", ""},
		{"a file that is neither UTF-8 nor GB18030", "code=x", "text/plain", "计划\xff\xff\xff", 400, "invalid_encoding", ""},
		{"a file over the limit", "code=x", plain, strings.Repeat("计划", 9<<20), 413, "body_too_large", ""},
		{"no code", "", plain, riverPlan, 422, "invalid_value", "code"},
		{"a code with a slash", "code=a%2Fb", plain, riverPlan, 422, "invalid_value", "code"},
		{"an unknown parameter", "code=x&colour=red", plain, riverPlan, 400, "invalid_parameter", "colour"},
		{"a date that is none", "code=x&due_on=soon", plain, riverPlan, 400, "invalid_parameter", "due_on"},
	}
	a := newAPI(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a.t = t
			a.send("POST", "/api/v1/plans?"+c.query, c.body, "Content-Type", c.mediaType).wantProblem(c.status, c.code, c.field)
			if plans := read[v1.PlanPage](a.get("/api/v1/plans").want(200)); len(plans.Items) != 0 {
				t.Errorf("stored %+v", plans.Items)
			}
		})
	}

	t.Run("a plan whose code exists leaves the old one as it was", func(t *testing.T) {
		a.t = t
		a.send("POST", "/api/v1/plans?code=x", riverPlan, "Content-Type", plain).want(201)
		before := a.get("/api/v1/plans/x").want(200).body
		a.send("POST", "/api/v1/plans?code=x", riverPlan+"4.别的。新增1家。", "Content-Type", plain).wantProblem(409, "plan_exists", "code")
		if after := a.get("/api/v1/plans/x").want(200).body; !bytes.Equal(before, after) {
			t.Error("the old plan has changed")
		}
	})
}

func TestReadPlans(t *testing.T) {
	a := newAPI(t)
	for _, code := range []string{"one", "two", "three"} {
		a.send("POST", "/api/v1/plans?code="+code, riverPlan, "Content-Type", plain).want(201)
	}

	t.Run("lists plans in the order of import, page by page", func(t *testing.T) {
		a.t = t
		first := read[v1.PlanPage](a.get("/api/v1/plans?limit=2").want(200))
		second := read[v1.PlanPage](a.get("/api/v1/plans?limit=2&cursor=" + url.QueryEscape(*first.NextCursor)).want(200))
		if len(first.Items) != 2 || first.Items[0].Code != "one" || len(second.Items) != 1 || second.Items[0].Code != "three" || second.NextCursor != nil {
			t.Errorf("pages %+v %+v", first, second)
		}
	})

	t.Run("says nothing in a list of parts that only the plan itself has", func(t *testing.T) {
		a.t = t
		raw := string(a.get("/api/v1/plans").want(200).body)
		if strings.Contains(raw, "sections") || strings.Contains(raw, "warnings") {
			t.Errorf("list %s", raw)
		}
	})

	t.Run("lists all tasks, those without a number too", func(t *testing.T) {
		a.t = t
		tasks := read[v1.TaskPage](a.get("/api/v1/plans/one/tasks").want(200)).Items
		if len(tasks) != 3 || tasks[1].Title != "深化服务" || tasks[1].LeadAgencies[0] != "市行政审批局" || tasks[0].ParticipatingAgencies[0] != "市工信局" {
			t.Errorf("tasks %+v", tasks)
		}
	})

	t.Run("lists agencies with their standing, counting what is confirmed", func(t *testing.T) {
		a.t = t
		a.post("/api/v1/plans/one/review", `{"confirm_rest":true}`).want(200)
		agencies := read[v1.AgencyPage](a.get("/api/v1/agencies").want(200)).Items
		for _, agency := range agencies {
			if agency.Name == "市工信局" && agency.LeadTasks == 3 && agency.ParticipatingTasks == 3 && agency.Indicators == 2 {
				return
			}
		}
		t.Errorf("agencies %+v", agencies)
	})

	t.Run("answers 404 for a plan that is not there", func(t *testing.T) {
		a.t = t
		for _, path := range []string{"", "/tasks", "/document", "/summary"} {
			a.get("/api/v1/plans/none"+path).wantProblem(404, "not_found", "")
		}
	})

	t.Run("refuses a cursor it did not give, and clamps a limit", func(t *testing.T) {
		a.t = t
		for _, cursor := range []string{"!", "MA", "LTE", "eA"} {
			a.get("/api/v1/plans?cursor="+url.QueryEscape(cursor)).wantProblem(400, "invalid_parameter", "cursor")
		}
		a.get("/api/v1/plans?limit=-1").wantProblem(400, "invalid_parameter", "limit")
		a.get("/api/v1/plans?limit=1000000").want(200)
	})
}

func form(t *testing.T, files map[string]string) (contentType, body string) {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for field, content := range files {
		part, err := w.CreateFormFile(field, "plan.txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), buf.String()
}
