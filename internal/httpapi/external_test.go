package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/intake"
)

const codesPath = "/api/v1/external-codes?external_namespace="

// withErp is a service whose indicators have codes of the namespace erp and of the
// shared one.
func withErp(t *testing.T) *api {
	t.Helper()
	a := newAPI(t)
	a.seed()
	a.mapCodes("erp", "指标代码,外部代码\ndonghe-2023-1-1,A-17\ndonghe-2023-1-2,A-18\n").want(200)
	a.mapCodes("", "指标代码,外部代码\ndonghe-2023-1-2,A-17\n").want(200)
	return a
}

func (a *api) mapCodes(namespace, csv string) answer {
	a.t.Helper()
	return a.send("PUT", codesPath+namespace, csv, "Content-Type", intake.CSV)
}

// sender makes a key of 市工信局 whose reports are read in a namespace.
func (a *api) sender(namespace string) string {
	a.t.Helper()
	_, token, err := a.keys.Create(a.t.Context(), access.Key{Name: "市工信局", Role: access.Reporter, Agencies: []string{"市工信局"}, Namespace: namespace})
	if err != nil {
		a.t.Fatal(err)
	}
	return token
}

func codesOf(list []v1.ExternalCode) string {
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = c.Namespace + "/" + c.Code
	}
	return strings.Join(texts, " ")
}

func (a *api) externalCodes(code string) string {
	a.t.Helper()
	return codesOf(read[v1.Indicator](a.get("/api/v1/indicators/" + code).want(200)).ExternalCodes)
}

func TestExternalCodesOfAnIndicator(t *testing.T) {
	a := newAPI(t)
	a.seed()
	body := `{"plan":"donghe-2023","task":"1","name":"企业数","kind":"increment","target":{"comparator":"eq","value":1,"unit":"家"},"external_codes":[%s]}`
	made := read[v1.Indicator](a.post("/api/v1/indicators", fmt.Sprintf(body, `{"namespace":"erp","code":"A-1"},{"code":"1"}`)).want(201))
	if got := codesOf(made.ExternalCodes); got != "erp/A-1 /1" {
		t.Errorf("made with %s", got)
	}
	t.Run("are set by a change, in a version of its own", func(t *testing.T) {
		a.t = t
		changed := read[v1.Indicator](a.patch("donghe-2023-1-1", "1", `{"external_codes":[{"namespace":"erp","code":"A-17"}]}`).want(200))
		if got := codesOf(changed.ExternalCodes); got != "erp/A-17" || changed.Version != 2 {
			t.Errorf("%s in version %d", got, changed.Version)
		}
		if same := read[v1.Indicator](a.patch("donghe-2023-1-1", "2", `{"external_codes":[{"namespace":"erp","code":"A-17"}]}`).want(200)); same.Version != 2 {
			t.Errorf("version %d of the same codes", same.Version)
		}
		if got := codesOf(read[v1.Indicator](a.patch("donghe-2023-1-1", "2", `{"name":"桩"}`).want(200)).ExternalCodes); got != "erp/A-17" {
			t.Errorf("after another change: %s", got)
		}
		a.patch("donghe-2023-1-1", "3", `{"external_codes":[]}`).want(200)
		if got := a.externalCodes("donghe-2023-1-1"); got != "" {
			t.Errorf("taken away: %s", got)
		}
	})
	t.Run("mean one indicator alone", func(t *testing.T) {
		a.t = t
		p := a.patch("donghe-2023-2-1", "1", `{"external_codes":[{"code":"2"},{"namespace":"erp","code":"A-1"}]}`).wantProblem(409, "external_code_taken", "/external_codes/1")
		if !strings.Contains(p.Detail, "erp/A-1") || !strings.Contains(p.Detail, made.Code) || !strings.Contains(p.Detail, "企业数") {
			t.Errorf("detail %s", p.Detail)
		}
		a.post("/api/v1/indicators", fmt.Sprintf(body, `{"code":"1"}`)).wantProblem(409, "external_code_taken", "/external_codes/0")
		a.patch("donghe-2023-2-1", "1", `{"external_codes":[{"code":"A-1"}]}`).want(200)
	})
	t.Run("are refused where they cannot stand", func(t *testing.T) {
		a.t = t
		for codes, field := range map[string]string{
			`{"code":"a"},{"code":""}`:                                        "/external_codes/1/code",
			`{"code":" a"}`:                                                   "/external_codes/0/code",
			`{"code":"a\n"}`:                                                  "/external_codes/0/code",
			`{"code":"a\u0000"}`:                                              "/external_codes/0/code",
			`{"code":"a","namespace":"b "}`:                                   "/external_codes/0/namespace",
			`{"code":"a"},{"code":"b"},{"code":"a"}`:                          "/external_codes/2",
			`{"code":"` + strings.Repeat("长", 201) + `"}`:                     "/external_codes/0/code",
			`{"code":"a","namespace":"` + strings.Repeat("长", 65) + `"}`:      "/external_codes/0/namespace",
			`{"code":"0"}` + strings.Repeat(`,{"code":"1"}`, 50):              "/external_codes",
			`{"code":"a","namespace":"b"},{"code":"a","namespace":"\u0001b"}`: "/external_codes/1/namespace",
		} {
			if p := read[v1.Problem](a.patch("donghe-2023-2-2", "1", `{"external_codes":[`+codes+`]}`).want(422)); p.Field != field {
				t.Errorf("%.60s: %s at %q, want %q", codes, p.Code, p.Field, field)
			}
		}
	})
	t.Run("pass on from what was rejected", func(t *testing.T) {
		a.t = t
		a.patch(made.Code, "1", `{"state":"rejected"}`).want(200)
		a.patch("donghe-2023-2-2", "1", `{"external_codes":[{"namespace":"erp","code":"A-1"}]}`).want(200)
		if got := a.externalCodes(made.Code); got != "/1" {
			t.Errorf("left with %s", got)
		}
	})
}

func TestReportsNameIndicatorsByExternalCodes(t *testing.T) {
	a := withErp(t)
	admin, erp := a.token, a.sender("erp")
	for i, c := range []struct {
		name, token, names string
		indicator, used    string
	}{
		{"in the namespace of the key", erp, `"external_code":"A-17"`, "donghe-2023-1-1", "erp/A-17"},
		{"in a namespace that is named", admin, `"external_code":"A-18","external_namespace":"erp"`, "donghe-2023-1-2", "erp/A-18"},
		{"in the shared one by default", admin, `"external_code":"A-17"`, "donghe-2023-1-2", "/A-17"},
		{"in the shared one although the key has another", erp, `"external_code":"A-17","external_namespace":""`, "donghe-2023-1-2", "/A-17"},
		{"beside our code", erp, `"external_code":"A-17","indicator":"donghe-2023-1-1"`, "donghe-2023-1-1", "erp/A-17"},
		{"not at all", erp, `"indicator":"donghe-2023-1-1"`, "donghe-2023-1-1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.t, a.token = t, c.token
			r := a.post("/api/v1/measurements", fmt.Sprintf(`{%s,"period":"2023-%02d","value":5}`, c.names, i+1))
			receipt := read[v1.MeasurementReceipt](r)
			used := ""
			if receipt.ExternalCode != nil {
				used = codesOf([]v1.ExternalCode{*receipt.ExternalCode})
			}
			if r.status >= 300 || receipt.Measurement.Indicator != c.indicator || used != c.used {
				t.Errorf("%d: %s by %q: %s", r.status, receipt.Measurement.Indicator, used, r.body)
			}
			if len(receipt.Progress.ExternalCodes) == 0 {
				t.Error("the progress has no external codes")
			}
		})
	}
	for _, c := range []struct{ name, names, code, field string }{
		{"a code that means nothing", `"external_code":"A-99"`, "unknown_indicator", "/external_code"},
		{"our code for an external one", `"external_code":"donghe-2023-1-1"`, "unknown_indicator", "/external_code"},
		{"an external code for ours", `"indicator":"A-17"`, "unknown_indicator", "/indicator"},
		{"a namespace that is not there", `"external_code":"A-17","external_namespace":"x"`, "unknown_indicator", "/external_code"},
		{"two that disagree", `"external_code":"A-17","indicator":"donghe-2023-1-2"`, "invalid_value", "/external_code"},
		{"a namespace alone", `"indicator":"donghe-2023-1-1","external_namespace":"erp"`, "required_field", "/external_code"},
		{"neither", `"note":""`, "required_field", "/indicator"},
		{"a zero byte", `"external_code":"A\u0000"`, "invalid_value", "/external_code"},
		{"a zero byte in the namespace", `"external_code":"A-17","external_namespace":"\u0000"`, "unknown_indicator", "/external_code"},
	} {
		t.Run("refuses "+c.name, func(t *testing.T) {
			a.t, a.token = t, erp
			a.post("/api/v1/measurements", `{`+c.names+`,"period":"2023-03","value":5}`).wantProblem(422, c.code, c.field)
		})
	}
	t.Run("an indicator of others, or out of sight, is told of by the code that was sent", func(t *testing.T) {
		a.t, a.token = t, admin
		a.mapCodes("other", "indicator,external_code\ndonghe-2023-2-1,B\ndonghe-2023-2-3,D\n").want(200)
		a.patch("donghe-2023-2-3", "2", `{"state":"draft"}`).want(200)
		a.token = erp
		a.post("/api/v1/measurements", `{"external_code":"B","external_namespace":"other","period":"2023-03","value":5}`).wantProblem(403, "forbidden", "/external_code")
		p := a.post("/api/v1/measurements", `{"external_code":"D","external_namespace":"other","period":"2023-03","value":5}`).wantProblem(422, "unknown_indicator", "/external_code")
		if strings.Contains(p.Detail, "donghe") {
			t.Errorf("names %s", p.Detail)
		}
		for _, ours := range []string{"donghe-2023-1-1", "donghe-2023-2-3"} {
			const beside = `{"external_code":"%s","external_namespace":"other","indicator":"%s","period":"2023-03","value":5}`
			hidden := a.post("/api/v1/measurements", fmt.Sprintf(beside, "D", ours)).wantProblem(422, "unknown_indicator", "/external_code")
			unused := a.post("/api/v1/measurements", fmt.Sprintf(beside, "E", ours)).wantProblem(422, "unknown_indicator", "/external_code")
			if strings.Replace(hidden.Detail, "other/D", "other/E", 1) != unused.Detail {
				t.Errorf("%s is told apart from %s", hidden.Detail, unused.Detail)
			}
			both := read[v1.BatchReceipts](a.post("/api/v1/measurements/batch", "["+fmt.Sprintf(beside, "D", ours)+","+fmt.Sprintf(beside, "E", ours)+"]").want(200)).Receipts
			if *both[0].Code != *both[1].Code || *both[0].Field != *both[1].Field || *both[0].Code != "unknown_indicator" {
				t.Errorf("in a batch: %+v and %+v", both[0], both[1])
			}
		}
	})
}

func TestOneReportByEitherCode(t *testing.T) {
	a := withErp(t)
	a.token = a.sender("erp")
	first := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"external_code":"A-17","period":"2023-03","value":5,"source_id":"s"}`).want(201))
	again := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-03","value":5,"source_id":"s"}`).want(200))
	if again.Outcome != "unchanged" || again.Measurement.ID != first.Measurement.ID {
		t.Errorf("%s %s, first %s", again.Outcome, again.Measurement.ID, first.Measurement.ID)
	}
	rows := read[v1.BatchReceipts](a.post("/api/v1/measurements/batch", `[{"external_code":"A-17","period":"2023-03","value":5,"source_id":"s"}]`).want(200))
	if r := rows.Receipts[0]; r.Outcome != "unchanged" || *r.ID != first.Measurement.ID {
		t.Errorf("%+v", r)
	}
}

func TestMappingChangesBetweenARequestAndItsRetry(t *testing.T) {
	a := withErp(t)
	admin, erp := a.token, a.sender("erp")
	a.token = erp
	body := `{"external_code":"A-17","period":"2023-03","value":5,"source_id":"s"}`
	batch := `[{"external_code":"A-18","period":"2023-03","value":50,"source_id":"s"}]`
	first := a.post("/api/v1/measurements", body, "Idempotency-Key", "k").want(201)
	firstBatch := a.post("/api/v1/measurements/batch", batch, "Idempotency-Key", "b").want(200)
	a.token = admin
	a.mapCodes("erp", "indicator,external_code\ndonghe-2023-1-1,A-18\ndonghe-2023-1-2,A-17\n").want(200)
	a.token = erp

	if again := a.post("/api/v1/measurements", body, "Idempotency-Key", "k").want(201); string(again.body) != string(first.body) {
		t.Errorf("%s, at first %s", again.body, first.body)
	}
	if again := a.post("/api/v1/measurements/batch", batch, "Idempotency-Key", "b").want(200); string(again.body) != string(firstBatch.body) {
		t.Errorf("%s, at first %s", again.body, firstBatch.body)
	}
	if r := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", body).want(201)); r.Measurement.Indicator != "donghe-2023-1-2" {
		t.Errorf("without a key it is of %s", r.Measurement.Indicator)
	}
	// The mapping moves on in another process, of which this one is not told.
	if _, err := a.db.MapExternalCodes(t.Context(), "erp", map[string]string{"A-17": "donghe-2023-1-1"}, false); err != nil {
		t.Fatal(err)
	}
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-2","period":"2023-04","value":50}`).want(201) // learns of its new version
	if r := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"external_code":"A-17","period":"2023-04","value":5}`).want(201)); r.Measurement.Indicator != "donghe-2023-1-1" {
		t.Errorf("after a change elsewhere it is of %s", r.Measurement.Indicator)
	}
	a.post("/api/v1/measurements", `{"external_code":"A-18","period":"2023-04","value":5}`).wantProblem(422, "unknown_indicator", "/external_code")
}

func TestBatchesNameIndicatorsByExternalCodes(t *testing.T) {
	book := func(t *testing.T) string {
		b := bookOf(t)
		b.set("Sheet1", "A1", "外部代码", "报告期", "实绩", "外部代码空间")
		b.set("Sheet1", "A2", "A-17", "2023-03", "5")
		b.set("Sheet1", "A3", "A-17", "2023-03", "50", "erp")
		b.set("Sheet1", "A4", "A-99", "2023-03", "50")
		buffer, err := b.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		return buffer.String()
	}
	for mediaType, body := range map[string]string{
		intake.JSON: `[{"external_code":"A-17","period":"2023-03","value":5},{"external_code":"A-17","external_namespace":"erp","period":"2023-03","value":50},{"external_code":"A-99","period":"2023-03","value":50}]`,
		intake.NDJSON: `{"external_code":"A-17","period":"2023-03","value":5}
{"external_code":"A-17","external_namespace":"erp","period":"2023-03","value":50}
{"external_code":"A-99","period":"2023-03","value":50}`,
		intake.CSV:      "外部代码,报告期,实绩,外部代码空间\nA-17,2023-03,5,\nA-17,2023-03,50,erp\nA-99,2023-03,50,\n",
		intake.Workbook: book(t),
	} {
		t.Run(mediaType, func(t *testing.T) {
			a := withErp(t)
			a.token = a.sender("")
			answer := read[v1.BatchReceipts](a.send("POST", "/api/v1/measurements/batch", body, "Content-Type", mediaType).want(200))
			stored := read[v1.RowReceiptPage](a.get("/api/v1/measurements/batches/" + *answer.Batch.ID + "/receipts").want(200))
			for _, receipts := range [][]v1.RowReceipt{answer.Receipts, stored.Items} {
				var got []string
				for _, r := range receipts {
					got = append(got, fmt.Sprint(r.Outcome, " ", value(r.Indicator), " ", codesOf([]v1.ExternalCode{*r.ExternalCode}), " ", value(r.Field)))
				}
				want := "stored donghe-2023-1-2 /A-17 null\nstored donghe-2023-1-1 erp/A-17 null\nrefused null /A-99 /external_code"
				if s := strings.Join(got, "\n"); s != want {
					t.Errorf("got\n%s\nwant\n%s", s, want)
				}
			}
		})
	}
	t.Run("both codes of a row must agree", func(t *testing.T) {
		a := withErp(t)
		a.token = a.sender("erp")
		answer := read[v1.BatchReceipts](a.send("POST", "/api/v1/measurements/batch", "指标代码,外部代码,报告期,实绩\n"+
			"donghe-2023-1-1,A-17,2023-03,5\ndonghe-2023-1-2,A-17,2023-03,50\n,A-17,2023-04,5\ndonghe-2023-1-1,,2023-05,5\n", "Content-Type", intake.CSV).want(200))
		var got []string
		for _, r := range answer.Receipts {
			got = append(got, r.Outcome+" "+value(r.Code)+" "+value(r.Indicator))
		}
		want := "stored null donghe-2023-1-1\nrefused invalid_value donghe-2023-1-2\nstored null donghe-2023-1-1\nstored null donghe-2023-1-1"
		if s := strings.Join(got, "\n"); s != want {
			t.Errorf("got\n%s\nwant\n%s", s, want)
		}
	})
}

func TestTableOfExternalCodes(t *testing.T) {
	t.Run("replaces a namespace as a whole", func(t *testing.T) {
		a := withErp(t)
		table := `[{"indicator":"donghe-2023-1-2","external_code":"A-17"},{"indicator":"donghe-2023-2-1","external_code":"A-19"},{"indicator":"donghe-2023-2-1","external_code":"A-19"}]`
		for _, query := range []string{"erp&dry_run=true", "erp"} {
			got := read[v1.ExternalCodesMapped](a.send("PUT", codesPath+query, table, "Content-Type", intake.JSON).want(200))
			want := v1.ExternalCodesMapped{Namespace: "erp", DryRun: query != "erp", Codes: 2, Added: 1, Moved: 1, Removed: 1, Indicators: 3}
			if got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
			if query != "erp" && a.externalCodes("donghe-2023-1-1") != "erp/A-17" {
				t.Error("a dry run stored something")
			}
		}
		for code, want := range map[string]string{"donghe-2023-1-1": "", "donghe-2023-1-2": "/A-17 erp/A-17", "donghe-2023-2-1": "erp/A-19"} {
			if got := a.externalCodes(code); got != want {
				t.Errorf("%s has %s, want %s", code, got, want)
			}
		}
	})
	t.Run("tells of every row that cannot stand and stores nothing", func(t *testing.T) {
		a := withErp(t)
		a.patch("donghe-2023-2-2", "1", `{"state":"rejected"}`).want(200)
		p := a.mapCodes("erp", "指标名称,指标代码,外部代码\n桩,donghe-2023-1-1,A-17\n,donghe-2023-9-9,B\n\n,donghe-2023-1-2,A-17\n,donghe-2023-2-1,\n,,C\n,donghe-2023-2-2,E\n").
			wantProblem(422, "batch_refused", "/1/indicator")
		for _, part := range []string{"6 行中有 5 行", "第 3 行", "donghe-2023-9-9", "第 5 行", "文件第 2 行已对应指标 donghe-2023-1-1（新增公共充电桩数）", "第 6 行", "第 7 行", "第 8 行"} {
			if !strings.Contains(p.Detail, part) {
				t.Errorf("no %q in %s", part, p.Detail)
			}
		}
		if got := a.externalCodes("donghe-2023-1-1"); got != "erp/A-17" {
			t.Errorf("now %s", got)
		}
	})
	t.Run("refuses what is no table", func(t *testing.T) {
		a := withErp(t)
		a.mapCodes("erp", "").wantProblem(400, "empty_body", "")
		a.mapCodes("erp", "指标代码,实绩\n").wantProblem(400, "unknown_field", "")
		a.mapCodes("erp", "指标代码\n").wantProblem(422, "required_field", "")
		a.mapCodes("erp", "指标代码,外部代码,外部代码\n").wantProblem(400, "duplicate_field", "")
		a.mapCodes("erp", "指标代码,外部代码\na,b,c\n").wantProblem(400, "malformed_request", "")
		a.mapCodes("erp%20", "指标代码,外部代码\n").wantProblem(400, "invalid_parameter", "external_namespace")
		a.send("PUT", "/api/v1/external-codes", "[]", "Content-Type", intake.JSON).wantProblem(400, "invalid_parameter", "external_namespace")
		a.send("PUT", codesPath+"erp", "[]", "Content-Type", "text/plain").wantProblem(415, "unsupported_media_type", "")
		a.send("PUT", codesPath+"erp", `[{"indicator":"a","code":"b"}]`, "Content-Type", intake.JSON).wantProblem(400, "unknown_field", "/0/code")
	})
	t.Run("takes several hundred rows", func(t *testing.T) {
		a := withErp(t)
		var table strings.Builder
		table.WriteString("indicator,external_code\n")
		for i := range 196 {
			fmt.Fprintf(&table, "donghe-2023-%d-%d,C-%d\n", 1+i%2, 1+i/2%2, i)
		}
		if got := read[v1.ExternalCodesMapped](a.mapCodes("erp", table.String()).want(200)); got.Codes != 196 || got.Indicators != 4 {
			t.Errorf("%+v", got)
		}
		table.WriteString("donghe-2023-1-2,one too many\n") // beside its shared code
		a.mapCodes("erp", table.String()).wantProblem(422, "batch_refused", "/196/external_code")
	})
}

func TestIndicatorsAreFoundByExternalCodes(t *testing.T) {
	a := withErp(t)
	for query, want := range map[string]string{
		"external_code=A-17":                        "donghe-2023-1-1 donghe-2023-1-2",
		"external_code=A-17&external_namespace=erp": "donghe-2023-1-1",
		"external_code=A-17&external_namespace=":    "donghe-2023-1-2",
		"external_namespace=erp":                    "donghe-2023-1-1 donghe-2023-1-2",
		"external_code=A-99":                        "",
	} {
		var listed, judged []string
		for _, in := range read[v1.IndicatorPage](a.get("/api/v1/indicators?" + query).want(200)).Items {
			listed = append(listed, in.Code)
		}
		for _, p := range read[v1.ProgressPage](a.get("/api/v1/progress?" + query).want(200)).Items {
			judged = append(judged, p.Indicator)
			if len(p.ExternalCodes) == 0 {
				t.Errorf("%s without external codes", p.Indicator)
			}
		}
		if got := strings.Join(listed, " "); got != want || strings.Join(judged, " ") != want {
			t.Errorf("%s: %s and %v, want %s", query, got, judged, want)
		}
	}
}

func TestKeysHaveANamespace(t *testing.T) {
	a := newAPI(t)
	made := read[v1.KeyCreated](a.post("/api/v1/keys", `{"name":"系统","role":"analyst","namespace":"erp"}`).want(201))
	if made.Key.Namespace != "erp" {
		t.Errorf("%+v", made.Key)
	}
	a.post("/api/v1/keys", `{"name":"系统","role":"analyst","namespace":"erp "}`).wantProblem(422, "invalid_value", "/namespace")
	keys := read[v1.KeyPage](a.get("/api/v1/keys").want(200)).Items
	if got := keys[len(keys)-1].Namespace; got != "erp" {
		t.Errorf("listed with %q", got)
	}
}

func TestAmendmentKeepsExternalCodes(t *testing.T) {
	a := confirmed(t)
	ins := read[v1.IndicatorPage](a.get("/api/v1/indicators?plan=donghe-2024").want(200)).Items
	table := []v1.ExternalCodeRowInput{}
	for i, in := range ins {
		table = append(table, v1.ExternalCodeRowInput{Indicator: in.Code, ExternalCode: fmt.Sprint("A-", i)})
	}
	body, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	a.send("PUT", codesPath+"erp", string(body), "Content-Type", intake.JSON).want(200)
	a.apply(riverAmended)
	for i, in := range ins {
		if got, want := a.externalCodes(in.Code), fmt.Sprint("erp/A-", i); got != want {
			t.Errorf("%s has %q, want %s", in.Code, got, want)
		}
	}
}
