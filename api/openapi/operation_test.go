package openapi

import (
	"slices"
	"strings"
	"testing"
)

func TestReadingSaysWhatAQueryMayHold(t *testing.T) {
	o := Reading("listProgress")
	if o.Path != "/api/v1/progress" || !strings.Contains(o.Summary, " · ") {
		t.Errorf("%s %q", o.Path, o.Summary)
	}
	cases := []struct {
		name, kind string
		list       bool
		word       string
	}{
		{"plan", "string", true, ""},
		{"section", "integer", true, ""},
		{"kind", "string", true, "increment"},
		{"percent_min", "number", false, ""},
		{"report_missing", "boolean", false, ""},
		{"on", "string", false, ""},
	}
	for _, c := range cases {
		p, ok := o.Find(c.name)
		if !ok || p.Type != c.kind || p.List != c.list || c.word != "" && !slices.Contains(p.Words, c.word) || !strings.Contains(p.Description, " · ") {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
	for name, want := range map[string]string{"plan": "a,b", "external_code": "a b", "on": "a b"} {
		if p, _ := o.Find(name); strings.Join(p.Encode([]string{"a", "b"}), " ") != want {
			t.Errorf("%s: %q", name, p.Encode([]string{"a", "b"}))
		}
	}
	if _, ok := o.Find("code"); ok {
		t.Error("a parameter that is not there was found")
	}
}

func TestFieldsOfABody(t *testing.T) {
	byName := map[string]Field{}
	for _, f := range Fields("PatchIndicatorRequest") {
		byName[f.Name] = f
	}
	if f := byName["lead_agencies"]; !f.List || f.Text {
		t.Errorf("%+v", f)
	}
	if f := byName["direction"]; !f.Text || !slices.Equal(f.Words, []string{"increase", "decrease", "within"}) {
		t.Errorf("%+v", f)
	}
	if f := byName["baseline"]; !f.Text || f.List {
		t.Errorf("%+v", f)
	}
	if f := byName["target"]; f.Text || f.List {
		t.Errorf("%+v", f)
	}
}

func TestWhatTheContractLacksIsAMistake(t *testing.T) {
	for name, look := range map[string]func(){
		"an operation": func() { Reading("recordBatch") },
		"a schema":     func() { Fields("Nothing") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s that is not there was found", name)
				}
			}()
			look()
		}()
	}
}
