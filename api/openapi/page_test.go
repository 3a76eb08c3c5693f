package openapi

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// get asks the handler for a path with headers given in pairs.
func get(method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestDocuments(t *testing.T) {
	var doc struct {
		OpenAPI string `json:"openapi"`
		Info    struct {
			Title string `json:"title"`
		} `json:"info"`
	}
	if err := json.Unmarshal(JSON(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.0.3" || doc.Info.Title == "" {
		t.Errorf("JSON is version %q of %q", doc.OpenAPI, doc.Info.Title)
	}
	if head, _, _ := strings.Cut(string(YAML()), "\n"); head != "openapi: 3.0.3" {
		t.Errorf("YAML begins %q", head)
	}
}

func TestPage(t *testing.T) {
	page := text(t, get("GET", "/").Body)
	t.Run("is titled in Chinese", func(t *testing.T) {
		for _, want := range []string{`<html lang="zh-CN">`, "<title>指标跟踪服务 API</title>"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
	})
	t.Run("holds nothing that its policy would block", func(t *testing.T) {
		for _, inline := range []string{`<script>`, `<style`, ` style=`, ` onload=`, `javascript:`, `http://`, `https://`} {
			if strings.Contains(page, inline) {
				t.Errorf("the page has %s", inline)
			}
		}
	})
	t.Run("finds every file it names", func(t *testing.T) {
		names := regexp.MustCompile(`(?:src|href)="([^".][^"]*)"`).FindAllStringSubmatch(page, -1)
		if len(names) != 6 {
			t.Errorf("the page names %d files, want 6: %v", len(names), names)
		}
		for _, name := range names {
			if answer := get("GET", "/"+name[1]); answer.StatusCode != http.StatusOK {
				t.Errorf("%s answers %s", name[1], answer.Status)
			}
		}
	})
	t.Run("asks no other host to validate the document", func(t *testing.T) {
		script := text(t, get("GET", "/"+"page.js").Body)
		if !strings.Contains(script, "validatorUrl: null") || !strings.Contains(script, `url: "../openapi.json"`) {
			t.Errorf("the page's script is\n%s", script)
		}
	})
}

func TestHandler(t *testing.T) {
	cases := []struct {
		name, method, path string
		headers            []string
		status             int
		want               map[string]string
	}{
		{"the page by its folder", "GET", "/", nil, 200, map[string]string{"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache", "Content-Encoding": ""}},
		{"the page by its name", "GET", "/index.html", nil, 200, map[string]string{"Content-Type": "text/html; charset=utf-8"}},
		{"the bundle compressed", "GET", "/swagger-ui-bundle.js", []string{"Accept-Encoding", "br, gzip"}, 200, map[string]string{"Content-Encoding": "gzip", "Content-Type": "text/javascript; charset=utf-8", "Vary": "Accept-Encoding"}},
		{"the bundle plain to a client without gzip", "GET", "/swagger-ui-bundle.js", nil, 200, map[string]string{"Content-Encoding": "", "Vary": "Accept-Encoding"}},
		{"the bundle plain to a client that refuses gzip", "GET", "/swagger-ui-bundle.js", []string{"Accept-Encoding", "gzip;q=0, *"}, 200, map[string]string{"Content-Encoding": ""}},
		{"compressed to a client that takes anything", "GET", "/swagger-ui.css", []string{"Accept-Encoding", "*;q=0.5"}, 200, map[string]string{"Content-Encoding": "gzip", "Content-Type": "text/css; charset=utf-8"}},
		{"plain to a client that takes anything at weight zero", "GET", "/swagger-ui.css", []string{"Accept-Encoding", "*;q=0"}, 200, map[string]string{"Content-Encoding": ""}},
		{"the icon", "GET", "/favicon-32x32.png", nil, 200, map[string]string{"Content-Type": "image/png", "Vary": ""}},
		{"the licence of what is embedded", "GET", "/NOTICE", nil, 200, map[string]string{"Content-Type": "text/plain; charset=utf-8"}},
		{"headers alone", "HEAD", "/page.css", nil, 200, map[string]string{"Content-Type": "text/css; charset=utf-8"}},
		{"nothing for an unknown file", "GET", "/absent.js", nil, 404, nil},
		{"nothing for a compressed file's own name", "GET", "/swagger-ui.css.gz", nil, 404, nil},
		{"nothing outside the folder", "GET", "/../page.go", nil, 404, nil},
		{"no answer to a method that changes things", "POST", "/", nil, 405, map[string]string{"Allow": "GET, HEAD"}},
	}
	for _, c := range cases {
		t.Run("gives "+c.name, func(t *testing.T) {
			answer := get(c.method, c.path, c.headers...)
			if answer.StatusCode != c.status {
				t.Errorf("status %d, want %d", answer.StatusCode, c.status)
			}
			for name, want := range c.want {
				if got := answer.Header.Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			if body := text(t, answer.Body); c.method == "HEAD" && body != "" {
				t.Errorf("HEAD came with %d bytes", len(body))
			}
		})
	}
	t.Run("gives the same bundle in both forms", func(t *testing.T) {
		plain := text(t, get("GET", "/swagger-ui-bundle.js").Body)
		r, err := gzip.NewReader(get("GET", "/swagger-ui-bundle.js", "Accept-Encoding", "gzip").Body)
		if err != nil {
			t.Fatal(err)
		}
		if unzipped := text(t, r); unzipped != plain || !strings.Contains(plain, "SwaggerUIBundle") {
			t.Errorf("%d bytes plain, %d unzipped", len(plain), len(unzipped))
		}
	})
}

func TestSecurityHeaders(t *testing.T) {
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
			"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy":        "no-referrer",
	}
	for _, path := range []string{"/", "/page.js", "/swagger-ui.css"} {
		answer := get("GET", path)
		for name, value := range want {
			if got := answer.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
	}
}

func TestRevalidation(t *testing.T) {
	const path = "/swagger-ui.css"
	plain := get("GET", path).Header.Get("ETag")
	zipped := get("GET", path, "Accept-Encoding", "gzip").Header.Get("ETag")
	if plain == "" || plain == zipped {
		t.Fatalf("tags %s and %s: the two forms need different ones", plain, zipped)
	}
	if other := get("GET", "/page.css").Header.Get("ETag"); other == plain {
		t.Errorf("two files share the tag %s", other)
	}
	if answer := get("GET", path, "If-None-Match", plain); answer.StatusCode != http.StatusNotModified {
		t.Errorf("an unchanged file answers %s", answer.Status)
	}
	if answer := get("GET", path, "If-None-Match", `"other"`); answer.StatusCode != http.StatusOK {
		t.Errorf("a changed file answers %s", answer.Status)
	}
}

func TestLoad(t *testing.T) {
	t.Run("names a file whose compression is broken", func(t *testing.T) {
		_, err := load(fstest.MapFS{"a.js.gz": {Data: []byte("plain")}})
		if err == nil || !strings.HasPrefix(err.Error(), "a.js.gz: ") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("knows the media type of every file", func(t *testing.T) {
		assets, err := load(UI())
		if err != nil {
			t.Fatal(err)
		}
		for name, a := range assets {
			if a.mediaType == "" {
				t.Errorf("%s has no media type", name)
			}
		}
	})
	t.Run("keeps the notices of what is embedded", func(t *testing.T) {
		for _, name := range []string{"LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"} {
			if _, err := fs.Stat(UI(), name); err != nil {
				t.Error(err)
			}
		}
	})
}
