package httpapi_test

import (
	"fmt"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// An indicator made by hand keeps the sentence that sets it, which has to stand in the text.
func TestCreateIndicatorKeepsTheSentence(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const body = `{"plan":"donghe-2023","task":"2","name":"粮食总播种面积","kind":"cumulative","target":{"comparator":"ge","value":44.16,"unit":"万亩"},"source":%s}`

	made := read[v1.Indicator](a.post("/api/v1/indicators", fmt.Sprintf(body, `{"start":43,"end":56,"quote":"播种面积44.16万亩以上"}`)).want(201))
	got := read[v1.Indicator](a.get("/api/v1/indicators/" + made.Code).want(200)).Source
	if got == nil || got.Quote != "播种面积44.16万亩以上" || got.Start != 43 || got.End != 56 || got.DocumentVersion != 1 || got.Rule != "人工标注" || got.Page != nil || got.Paragraph != nil {
		t.Fatalf("source %+v", got)
	}

	for name, c := range map[string]struct{ source, code, field string }{
		"another sentence":       {`{"start":43,"end":56,"quote":"播种面积50万亩以上"}`, "invalid_value", "/source/quote"},
		"beyond the text":        {`{"start":42,"end":5500}`, "invalid_value", "/source/end"},
		"from beyond the text":   {`{"start":4200,"end":5500}`, "invalid_value", "/source/start"},
		"from before the text":   {`{"start":-1,"end":5}`, "invalid_value", "/source/start"},
		"nothing":                {`{"start":42,"end":42}`, "invalid_value", "/source/end"},
		"an end before the text": {`{"start":0,"end":0}`, "invalid_value", "/source/end"},
		"a line break alone":     {`{"start":37,"end":38}`, "invalid_value", "/source/start"},
		"no start":               {`{"end":55}`, "required_field", "/source/start"},
		"no end":                 {`{"start":42}`, "required_field", "/source/end"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			a.t = t
			a.post("/api/v1/indicators", fmt.Sprintf(body, c.source)).wantProblem(422, c.code, c.field)
		})
	}
}
