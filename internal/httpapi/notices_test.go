package httpapi_test

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/document"
)

const theNotice = `{"plan":"donghe-2023","title":"加快充电桩建设<b>","asked":"说明原因","lead_agency":"市工信局","participating_agencies":["市交通局"],"tasks":["1"],"due_on":"2099-10-31"}`

func TestANoticeIsSignedAnsweredAndClosed(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.setClock(time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC))
	_, lead := a.key(access.Reporter, "市工信局")
	made := read[v1.Notice](a.post("/api/v1/notices", strings.Replace(theNotice, "2099", "2023", 1)).want(201))
	if made.Number != "2023-001" || made.State != "issued" || made.Level != "blue" {
		t.Fatalf("%+v", made)
	}
	before := a.clock()
	at := "/api/v1/notices/" + made.ID
	chief := a.token
	a.token = lead
	a.post(at+"/events", `{"type":"reply","text":"x"}`).wantProblem(409, "wrong_state", "/type")
	a.post(at+"/events", `{"type":"withdrawn","reason":"x"}`).wantProblem(403, "forbidden", "/type")
	a.post(at+"/events", `{"type":"signed"}`).want(200)
	a.post(at+"/events", `{"type":"reply"}`).wantProblem(422, "required_field", "/text")
	a.post(at+"/events", `{"type":"reply","text":"<script>x</script>"}`).want(200)
	a.token = chief
	if n := read[v1.Notice](a.post(at+"/events", `{"type":"accepted"}`).want(200)); n.State != "accepted" || len(n.Next) != 0 {
		t.Errorf("%+v", n)
	}
	then := read[v1.Notice](a.get(at + "?as_of=" + url.QueryEscape(before.UTC().Format(time.RFC3339Nano))).want(200))
	if then.State != "issued" || len(then.History) != 1 {
		t.Errorf("then it was %+v", then)
	}
	page := string(a.get(at + "/print").want(200).body)
	if strings.Contains(page, "<script") || strings.Contains(page, "建设<b>") || !strings.Contains(page, "2023-001") {
		t.Error(page)
	}
	if list := read[v1.NoticePage](a.get("/api/v1/notices?state=accepted&task=1").want(200)).Items; len(list) != 1 {
		t.Errorf("%+v", list)
	}
	a.post("/api/v1/notices", strings.Replace(theNotice, "市工信局", "无此局", 1)).wantProblem(422, "unknown_agency", "/lead_agency")
}

func TestTheBulletinHasTheFiguresOfTheSummary(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":170,"basis":"total"}`).want(201)
	a.post("/api/v1/notices", theNotice).want(201)
	b := read[v1.Bulletin](a.get("/api/v1/plans/donghe-2023/bulletin?period=2023-09").want(200))
	sum := read[v1.SelectionSummary](a.get("/api/v1/summary?plan=donghe-2023&group_by=section&on=2023-09-30").want(200))
	if len(b.Sections) == 0 || len(b.Sections) != len(sum.Groups) {
		t.Fatalf("%d sections, %d in the summary", len(b.Sections), len(sum.Groups))
	}
	for i, g := range sum.Groups {
		if !reflect.DeepEqual(b.Sections[i].MeanPercent, g.MeanPercent) || b.Sections[i].Count != g.Count {
			t.Errorf("%+v, and in the summary %+v", b.Sections[i], g)
		}
	}
	if page := string(a.get("/api/v1/plans/donghe-2023/bulletin/print?period=2023-09").want(200).body); !strings.Contains(page, "督查通报") {
		t.Error(page)
	}
	holdDocument(t, a.get("/api/v1/plans/donghe-2023/bulletin/document?period=2023-09").want(200), b)
	a.setClock(time.Date(2023, 11, 8, 2, 0, 0, 0, time.UTC))
	b = read[v1.Bulletin](a.get("/api/v1/plans/donghe-2023/bulletin?period=2023-10").want(200))
	if len(b.Asked) != 1 {
		t.Fatalf("%+v", b.Asked)
	}
	holdDocument(t, a.get("/api/v1/plans/donghe-2023/bulletin/document?period=2023-10").want(200), b)
}

// holdDocument holds a Word file to the figures of a bulletin.
func holdDocument(t *testing.T, file answer, b v1.Bulletin) {
	t.Helper()
	if named := file.header.Get("Content-Disposition"); !strings.HasPrefix(named, "attachment;") || !strings.HasSuffix(named, "-donghe-2023-"+b.Period+".docx") {
		t.Errorf("the file is called %s", named)
	}
	text, err := document.Read(t.Context(), file.body, file.header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := []string{"督查通报", b.Title, b.Period, "截至 " + b.On}
	for _, g := range slices.Concat(b.Sections, b.Agencies) {
		mean := "无"
		if g.MeanPercent != nil {
			mean = string(*g.MeanPercent) + "%"
		}
		wanted = append(wanted, fmt.Sprintf("%s | %d | %d | %d | %s", g.Label, g.Count, g.Expected, g.Reported, mean))
	}
	for _, n := range b.Asked {
		wanted = append(wanted, fmt.Sprintf("%s | 蓝色 | %s | %s：%s | %s", n.Number, n.LeadAgency, n.Title, n.Asked, n.DueOn))
	}
	for _, said := range wanted {
		if !strings.Contains(text.Content, said) {
			t.Errorf("the file does not say %q:\n%s", said, text.Content)
		}
	}
}

// TestNoticesAreNumberedByYear holds that a clock that stands behind another's leaves no notice out.
func TestNoticesAreNumberedByYear(t *testing.T) {
	a := newAPI(t)
	a.seed()
	issued := func(at time.Time) string {
		a.setClock(at)
		return read[v1.Notice](a.post("/api/v1/notices", theNotice).want(201)).Number
	}
	december, january := time.Date(2023, 12, 31, 9, 0, 0, 0, time.UTC), time.Date(2024, 1, 2, 9, 0, 0, 0, time.UTC)
	var numbers []string
	for _, at := range []time.Time{december, january, december, january} {
		numbers = append(numbers, issued(at))
	}
	if got := strings.Join(numbers, " "); got != "2023-001 2024-001 2023-002 2024-002" {
		t.Error(got)
	}
}
