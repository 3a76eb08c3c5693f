package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// shownDocument has one operation, which takes CSV and may answer with 404 and 409.
func shownDocument() *openapi3.T {
	problem := func() *openapi3.ResponseRef {
		return &openapi3.ResponseRef{Value: openapi3.NewResponse().WithContent(openapi3.Content{mediaProblem: openapi3.NewMediaType()})}
	}
	op := openapi3.NewOperation()
	op.OperationID = "send"
	op.RequestBody = &openapi3.RequestBodyRef{Value: openapi3.NewRequestBody().WithContent(openapi3.Content{"text/csv": openapi3.NewMediaType()})}
	done := &openapi3.ResponseRef{Value: openapi3.NewResponse().WithContent(openapi3.Content{mediaJSON: openapi3.NewMediaType()})}
	op.Responses = openapi3.NewResponses(openapi3.WithStatus(200, done), openapi3.WithStatus(404, problem()), openapi3.WithStatus(409, problem()))
	return &openapi3.T{Paths: openapi3.NewPaths(openapi3.WithPath("/things", &openapi3.PathItem{Post: op}))}
}

func TestOperationsShowWhatWasRecordedOfThem(t *testing.T) {
	shown := func(t *testing.T, files map[string]string) (*openapi3.Operation, error) {
		t.Helper()
		folder := t.TempDir()
		for _, r := range recordings {
			if files[r.file] == "" {
				files[r.file] = "{}"
			}
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		doc := shownDocument()
		err := show(doc, folder)
		return doc.Paths.Value("/things").Post, err
	}
	t.Run("problems by their status, and none where none was recorded", func(t *testing.T) {
		op, err := shown(t, map[string]string{"problems.json": `{"send":{"404":{"code":"not_found"}}}`, "send.csv": "a,b\n1,2\n"})
		if err != nil {
			t.Fatal(err)
		}
		of := func(status string) any { return op.Responses.Value(status).Value.Content[mediaProblem].Example }
		if of("404") == nil || of("409") != nil || op.RequestBody.Value.Content["text/csv"].Example != "a,b\n1,2\n" {
			t.Errorf("%v %v %v", of("404"), of("409"), op.RequestBody.Value.Content["text/csv"].Example)
		}
	})
	t.Run("an answer by its status", func(t *testing.T) {
		op, err := shown(t, map[string]string{"answers.json": `{"send":{"200":{"sent":1}}}`})
		if err != nil {
			t.Fatal(err)
		}
		if example := op.Responses.Value("200").Value.Content[mediaJSON].Example; example == nil {
			t.Error("there is none")
		}
	})
	for name, c := range map[string]struct{ recorded, said string }{
		"a status that is not declared": {`{"send":{"422":{}}}`, "status 422"},
		"an operation that is none":     {`{"sent":{"404":{}}}`, "sent"},
		"what is no JSON":               {`{`, "JSON"},
	} {
		t.Run("not "+name, func(t *testing.T) {
			for _, r := range recordings {
				_, err := shown(t, map[string]string{r.file: c.recorded})
				if err == nil || !strings.Contains(err.Error(), c.said) || !strings.Contains(err.Error(), r.file) {
					t.Errorf("error %v", err)
				}
			}
		})
	}
}

func TestCodesAreReadFromTheSource(t *testing.T) {
	const declared = "package fault\ntype Code string\nconst (\n\tBusy Code = \"busy\"\n\tAway Code = \"away\"\n)\n"
	const titles = "var titles = map[Code]Text{\n\tBusy: {\"忙\", \"Busy <now>\"},\n\tAway: {\"无\", \"Away\"},\n}\n"
	const statuses = "package http\nvar statuses = map[fault.Code]int{fault.Busy: http.StatusServiceUnavailable, fault.Away: http.StatusNotFound}\n"
	codesOf := func(t *testing.T, source, table string) ([]code, error) {
		t.Helper()
		folder := t.TempDir()
		l := layout{codes: filepath.Join(folder, "code.go"), status: filepath.Join(folder, "problem.go")}
		for path, text := range map[string]string{l.codes: source, l.status: table} {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return readCodes(l)
	}
	codes, err := codesOf(t, declared+titles, statuses)
	if err != nil {
		t.Fatal(err)
	}
	text := string(codesAsMarkdown(codes))
	away, busy := strings.Index(text, "| `away` | 404 | 无 | Away |  |"), strings.Index(text, "| `busy` | 503 | 忙 | Busy <now> | "+againZH)
	if away < 0 || busy < away {
		t.Errorf("%s", text)
	}
	page, err := codesAsPage(codes)
	if err != nil || !strings.Contains(string(page), `<tr id="busy">`) || !strings.Contains(string(page), "Busy &lt;now&gt;") {
		t.Errorf("%v %s", err, page)
	}
	for name, c := range map[string][2]string{
		"without a title":  {declared, statuses},
		"without a status": {declared + titles, "package http\n"},
		"of which is none": {"package fault\n", statuses},
	} {
		if _, err := codesOf(t, c[0], c[1]); err == nil {
			t.Errorf("a code %s is listed", name)
		}
	}
}

func TestABodyOfJSONHasTheExampleOfItsFields(t *testing.T) {
	inner := openapi3.NewObjectSchema().WithProperty("unit", &openapi3.Schema{Type: &openapi3.Types{"string"}, Example: "个"})
	thing := openapi3.NewObjectSchema().
		WithProperty("value", &openapi3.Schema{Type: &openapi3.Types{"number"}, Example: 1.5}).
		WithProperty("missing", openapi3.NewStringSchema()).
		WithProperty("code", &openapi3.Schema{Type: &openapi3.Types{"string"}, Example: "a"}).
		WithPropertyRef("target", openapi3.NewSchemaRef("#/components/schemas/Inner", nil)).
		WithProperty("notes", openapi3.NewArraySchema().WithItems(openapi3.NewStringSchema()))
	doc := &openapi3.T{Components: &openapi3.Components{Schemas: openapi3.Schemas{"Thing": thing.NewRef(), "Inner": inner.NewRef()}}}
	types := wireTypes{
		"Thing": {fields: []string{"code", "value", "missing", "target", "notes"}}, "Inner": {fields: []string{"unit"}},
	}
	for want, ref := range map[string]*openapi3.SchemaRef{
		`{"code":"a","value":1.5,"target":{"unit":"个"}}`:   openapi3.NewSchemaRef("#/components/schemas/Thing", thing),
		`[{"code":"a","value":1.5,"target":{"unit":"个"}}]`: {Value: &openapi3.Schema{Type: &openapi3.Types{"array"}, Items: openapi3.NewSchemaRef("#/components/schemas/Thing", thing)}},
		"": openapi3.NewObjectSchema().WithRequired([]string{"code"}).NewRef(),
	} {
		if got, err := compose(doc, ref, types); err != nil || string(got) != want {
			t.Errorf("%s, want %s (%v)", got, want, err)
		}
	}
}
