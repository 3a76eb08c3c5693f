package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// buildSource builds a document from one file of Go, general information and
// types included.
func buildSource(t *testing.T, source string, general ...string) (*openapi3.T, error) {
	t.Helper()
	return buildFolder(t, t.TempDir(), source, general...)
}

// buildFolder is buildSource in a folder of the test's choice.
func buildFolder(t *testing.T, dir, source string, general ...string) (*openapi3.T, error) {
	t.Helper()
	head := "// " + strings.Join(append([]string{"@title T", "@version 1"}, general...), "\n// ") + "\npackage p\n"
	for name, text := range map[string]string{"go.mod": "module p\n", "doc.go": head, "p.go": "package p\n" + source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	l := layout{dirs: []string{dir}, general: "doc.go"}
	types, err := readTypes(l.dirs)
	if err != nil {
		return nil, err
	}
	return build(l, types)
}

// operation is a handler's comment with the lines given.
func operation(lines ...string) string {
	all := append([]string{"@ID get", "@Summary s", "@Tags t"}, lines...)
	return "// " + strings.Join(append(all, "@Router /x [get]"), "\n// ") + "\nfunc get() {}\n"
}

func TestFixUpRefuses(t *testing.T) {
	cases := []struct{ name, source, want string }{
		{
			"an operation without an id",
			"// @Summary s\n// @Tags t\n// @Success 204\n// @Router /x [get]\nfunc get() {}\n",
			"GET /x: an operation needs @ID",
		},
		{
			"a schema whose name has its package",
			operation("@Success 200 {object} Thing") + "type Thing struct {\n\tA string `json:\"a\"`\n}\n",
			"schema p.Thing: give the type a short name",
		},
		{
			"a type that swag could not see into",
			operation("@Success 200 {object} Thing") + "type Thing struct {\n\ta string\n} //@name Thing\n",
			"schema Thing has no fields",
		},
		{
			"a pattern that swag cut at a comma",
			operation("@Success 204", `@Param code query string false "c" extensions(x-pattern=^[a-z]{1,64}$)`),
			"parameter code: x-pattern ^[a-z]{1 is not a whole pattern",
		},
		{
			"a field's pattern without a value",
			operation("@Success 200 {object} Thing") + "type Thing struct {\n\tA string `json:\"a\" extensions:\"x-pattern\"`\n} //@name Thing\n",
			"schema Thing, field a: x-pattern true is not",
		},
		{
			"two operations of one id",
			operation("@Success 204") + "// @ID get\n// @Summary s\n// @Tags t\n// @Success 204\n// @Router /y [get]\nfunc other() {}\n",
			"duplicated @id",
		},
		{
			"two handlers of one route",
			operation("@Success 204") + "// @ID other\n// @Summary s\n// @Tags t\n// @Success 204\n// @Router /x [get]\nfunc other() {}\n",
			"declared multiple times",
		},
		{
			"a default that its own enumeration does not hold",
			operation("@Success 204", `@Param mode query string false "m" Enums(a, b) default(c)`),
			"the document is not valid",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := buildSource(t, c.source)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestBuildRefusesABasePath(t *testing.T) {
	_, err := buildSource(t, operation("@Success 204"), "@BasePath /v1")
	if err == nil || !strings.Contains(err.Error(), "@BasePath /v1: routes are written in full") {
		t.Errorf("error %v", err)
	}
}

func TestFixUp(t *testing.T) {
	problem := "// Problem is one.\ntype Problem struct {\n\tCode string `json:\"code\"`\n} //@name Problem\n"
	doc, err := buildSource(t, operation(
		"@Produce json,text/csv,application/problem+json",
		"@Success 200 {object} Problem",
		"@Failure 404 {object} Problem",
		"@Failure default {object} Problem",
	)+problem)
	if err != nil {
		t.Fatal(err)
	}
	responses := doc.Paths.Value("/x").Get.Responses
	media := func(status string) string {
		return strings.Join(slices.Sorted(maps.Keys(responses.Value(status).Value.Content)), " ")
	}
	t.Run("answers a problem only with an error", func(t *testing.T) {
		for status, want := range map[string]string{
			"200":     "application/json text/csv",
			"404":     "application/problem+json",
			"default": "application/problem+json",
		} {
			if got := media(status); got != want {
				t.Errorf("%s answers %s, want %s", status, got, want)
			}
		}
	})
	t.Run("describes bodies other than JSON as bytes", func(t *testing.T) {
		content := responses.Value("200").Value.Content
		if s := content["text/csv"].Schema; s.Ref != "" || s.Value.Format != "binary" {
			t.Errorf("text/csv has the schema %+v", s)
		}
		if s := content["application/json"].Schema; s.Ref != "#/components/schemas/Problem" {
			t.Errorf("application/json has the schema %+v", s)
		}
	})
	t.Run("serves from the root", func(t *testing.T) {
		if len(doc.Servers) != 1 || doc.Servers[0].URL != "/" {
			t.Errorf("servers %+v", doc.Servers)
		}
	})
}

func TestSchemas(t *testing.T) {
	source := "type Thing struct {\n" +
		"\tValues []string `json:\"values,omitempty\" swaggertype:\"array,number\"`\n" +
		"\tLevel string `json:\"level,omitzero\" swaggertype:\"number\" extensions:\"x-number-or-string\" minimum:\"0\"`\n" +
		"\tState *string `json:\"state\" enums:\"on,off\" extensions:\"x-nullable\"`\n" +
		"} //@name Thing\n" +
		"type Ask struct {\n\tTarget Aim `json:\"target\"`\n} //@name ThingRequest\n" +
		"type Aim struct {\n\tUnit string `json:\"unit\"`\n} //@name TargetInput\n"
	doc, err := buildSource(t, operation("@Accept json", `@Param ask body Ask true "a"`, "@Success 200 {object} Thing")+source)
	if err != nil {
		t.Fatal(err)
	}
	thing := doc.Components.Schemas["Thing"].Value
	t.Run("an answer may grow fields", func(t *testing.T) {
		if thing.AdditionalProperties.Has != nil {
			t.Error("an answer forbids unknown fields")
		}
	})
	t.Run("a request and what it holds may not", func(t *testing.T) {
		for _, name := range []string{"ThingRequest", "TargetInput"} {
			if has := doc.Components.Schemas[name].Value.AdditionalProperties.Has; has == nil || *has {
				t.Errorf("%s allows unknown fields", name)
			}
		}
	})
	t.Run("only fields that are always there are required", func(t *testing.T) {
		if !slices.Equal(thing.Required, []string{"state"}) {
			t.Errorf("required %v", thing.Required)
		}
	})
	t.Run("numbers in lists are exact in Go too", func(t *testing.T) {
		if got := thing.Properties["values"].Value.Items.Value.Extensions["x-go-type"]; got != "json.Number" {
			t.Errorf("x-go-type %v", got)
		}
	})
	t.Run("bounds go to the number of a number or string", func(t *testing.T) {
		level := thing.Properties["level"].Value
		if level.Min != nil || len(level.OneOf) != 2 || level.OneOf[0].Value.Min == nil {
			t.Errorf("schema %+v", level)
		}
	})
	t.Run("null is a value of a nullable enumeration", func(t *testing.T) {
		for value, ok := range map[any]bool{"on": true, nil: true, "idle": false} {
			if err := thing.Properties["state"].Value.VisitJSON(value); (err == nil) != ok {
				t.Errorf("%v: valid %v, want %v", value, err == nil, ok)
			}
		}
	})
}

func TestSecurity(t *testing.T) {
	doc, err := buildSource(t, operation("@Success 204", "@Security BearerAuth"),
		"@securityDefinitions.apikey BearerAuth", "@in header", "@name Authorization", "@description key",
		"@securityDefinitions.apikey Cookie", "@in header", "@name X-Key")
	if err != nil {
		t.Fatal(err)
	}
	schemes := doc.Components.SecuritySchemes
	if s := schemes["BearerAuth"].Value; s.Type != "http" || s.Scheme != "bearer" || s.Description != "key" || s.Name != "" {
		t.Errorf("Authorization became %+v, want http bearer", s)
	}
	if s := schemes["Cookie"].Value; s.Type != "apiKey" || s.Name != "X-Key" {
		t.Errorf("another header became %+v, want it left alone", s)
	}
}

func TestOperationsWithAKey(t *testing.T) {
	scheme := []string{"@securityDefinitions.apikey BearerAuth", "@in header", "@name Authorization"}
	problem := "type Problem struct {\n\tCode string `json:\"code\"`\n} //@name Problem\n"
	read := func(t *testing.T, source string) *openapi3.Paths {
		t.Helper()
		doc, err := buildSource(t, source+problem, scheme...)
		if err != nil {
			t.Fatal(err)
		}
		return doc.Paths
	}
	answers := func(t *testing.T, lines ...string) *openapi3.Responses {
		t.Helper()
		lines = append(lines, "@Produce json,application/problem+json", "@Failure 409 {object} Problem")
		return read(t, operation(lines...)).Value("/x").Get.Responses
	}
	t.Run("say what happens without one and beyond the rate", func(t *testing.T) {
		got := answers(t, "@Success 204", "@Security BearerAuth")
		for status, code := range map[string]string{"401": "unauthorized", "429": "rate_limited"} {
			response := got.Value(status)
			if response == nil {
				t.Errorf("no %s", status)
				continue
			}
			if !strings.HasSuffix(*response.Value.Description, code) || response.Value.Content[mediaProblem] == nil || len(response.Value.Headers) == 0 {
				t.Errorf("%s: %s, headers %v", status, *response.Value.Description, response.Value.Headers)
			}
		}
	})
	t.Run("fail as all do that read or write and have a path or a body", func(t *testing.T) {
		handler := func(id, method, path string, lines ...string) string {
			all := append([]string{"@ID " + id, "@Summary s", "@Tags t", "@Produce json,application/problem+json", "@Success 204", "@Security BearerAuth"}, lines...)
			return "// " + strings.Join(append(all, "@Router "+path+" ["+method+"]"), "\n// ") + "\nfunc " + id + "() {}\n"
		}
		paths := read(t, handler("list", "get", "/x", "@Failure 409 {object} Problem")+
			handler("one", "get", "/x/{id}", `@Param id path string true "id"`)+
			handler("remove", "delete", "/x/{id}", `@Param id path string true "id"`)+
			handler("send", "post", "/x", "@Accept json", `@Param body body Problem true "b"`))
		for name, c := range map[string]struct {
			got  *openapi3.Responses
			want string
			says string // of 400
		}{
			"list":   {paths.Value("/x").Get.Responses, "204 400 401 409 429 500 503", "a parameter is invalid"},
			"one":    {paths.Value("/x/{id}").Get.Responses, "204 400 401 404 429 500 503", "a parameter is invalid"},
			"remove": {paths.Value("/x/{id}").Delete.Responses, "204 400 401 403 404 429 500 503", "a parameter is invalid"},
			"send":   {paths.Value("/x").Post.Responses, "204 400 401 403 413 415 429 500 503", "malformed_request"},
		} {
			statuses := slices.Sorted(maps.Keys(c.got.Map()))
			if got := strings.Join(statuses, " "); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
			if d := *c.got.Value("400").Value.Description; !strings.Contains(d, c.says) {
				t.Errorf("%s: 400 says %s", name, d)
			}
			if schema := c.got.Value("500").Value.Content[mediaProblem].Schema.Ref; schema != "#/components/schemas/Problem" {
				t.Errorf("%s: 500 is a %q", name, schema)
			}
		}
	})
	t.Run("keep what they declare themselves", func(t *testing.T) {
		got := answers(t, "@Success 204", `@Failure 401 {object} Problem "own words"`, "@Security BearerAuth")
		if d := *got.Value("401").Value.Description; d != "own words" {
			t.Errorf("description %q", d)
		}
	})
	t.Run("are the only ones to get them", func(t *testing.T) {
		got := answers(t, "@Success 204")
		if statuses := slices.Sorted(maps.Keys(got.Map())); strings.Join(statuses, " ") != "204 409" {
			t.Errorf("answers %v", statuses)
		}
	})
}

func TestTheExampleOfARequestIsOfItsTextAlone(t *testing.T) {
	request := &openapi3.RequestBody{
		Extensions: map[string]any{exampleExtension: "some text"},
		Content:    openapi3.Content{"text/plain": {}, "text/html": {}, "application/pdf": {}},
	}
	fixRequest(request)
	for media, body := range request.Content {
		if want := media == "text/plain"; (body.Example == "some text") != want || body.Schema.Value.Format != "binary" {
			t.Errorf("%s: example %v, schema %+v", media, body.Example, body.Schema.Value)
		}
	}
}

func TestReadsWithAKeyAreConditional(t *testing.T) {
	general := []string{"@securityDefinitions.apikey Key", "@in header", "@name Authorization"}
	types := "type Thing struct {\n\tA string `json:\"a,omitempty\"`\n} //@name Thing\n"
	answers := []string{"@Security Key", "@Success 200 {object} Thing \"x\"", "@Failure 400 {object} Thing \"y\""}
	for name, test := range map[string]struct {
		lines []string
		want  bool
	}{
		"a read with a key":          {answers, true},
		"a read without one":         {answers[1:], false},
		"a read that has no ETag":    {append([]string{"@x-no-validator true"}, answers...), false},
		"a read that says so itself": {append([]string{"@Param If-None-Match header string false \"n\"", "@Success 304 \"same\""}, answers...), true},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := buildSource(t, operation(test.lines...)+types, general...)
			if err != nil {
				t.Fatal(err)
			}
			op := doc.Paths.Value("/x").Get
			asked := 0
			for _, p := range op.Parameters {
				if p.Value.Name == "If-None-Match" {
					asked++
				}
			}
			if got := asked == 1 && op.Responses.Value("304") != nil; got != test.want || asked > 1 {
				t.Errorf("takes If-None-Match %d times; conditional: %v, want %v", asked, got, test.want)
			}
			if _, left := op.Extensions[noValidatorExtension]; left {
				t.Error("the mark is left in the contract")
			}
		})
	}
}
