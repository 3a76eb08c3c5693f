package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/rogpeppe/go-internal/diff"
	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is the annotated source under testdata.
func sample() layout {
	return layout{
		dirs:    []string{"testdata/sample/http", "testdata/sample/wire"},
		general: "doc.go",
	}
}

func generateSample(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := generate(sample())
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]byte{}
	for _, f := range files {
		byName[f.name] = f.data
	}
	return byName
}

func TestGenerate(t *testing.T) {
	files := generateSample(t)
	for name, got := range files {
		t.Run("makes the golden "+name, func(t *testing.T) {
			path := filepath.Join("testdata", "golden", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("run go test -update if this is meant:\n%s", diff.Diff("want", want, "got", got))
			}
		})
	}
	t.Run("makes the same bytes each time", func(t *testing.T) {
		for range 5 {
			for name, again := range generateSample(t) {
				if !bytes.Equal(again, files[name]) {
					t.Fatalf("%s differs between runs:\n%s", name, diff.Diff("first", files[name], "again", again))
				}
			}
		}
	})
	t.Run("says the same in JSON and in YAML", func(t *testing.T) {
		var fromJSON, fromYAML any
		for name, into := range map[string]*any{"openapi.json": &fromJSON, "openapi.yaml": &fromYAML} {
			if err := yaml.Unmarshal(files[name], into); err != nil {
				t.Fatal(err)
			}
		}
		a, _ := yaml.Marshal(fromJSON)
		b, _ := yaml.Marshal(fromYAML)
		if !bytes.Equal(a, b) {
			t.Errorf("they differ:\n%s", diff.Diff("json", a, "yaml", b))
		}
	})
}

// TestMeaning holds the document against bodies, so that the golden file is
// known to mean what it should.
func TestMeaning(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(generateSample(t)["openapi.json"])
	if err != nil {
		t.Fatal(err)
	}
	request := map[string]any{"period": "2023-09", "code": "a", "value": 1.5}
	with := func(key string, value any) map[string]any {
		changed := map[string]any{key: value}
		for k, v := range request {
			if k != key {
				changed[k] = v
			}
		}
		return changed
	}
	cases := []struct {
		name string
		body map[string]any
		ok   bool
	}{
		{"takes a number", request, true},
		{"takes a number sent as a string", with("value", "17.99"), true},
		{"refuses a string that is no number", with("value", "17,99"), false},
		{"refuses null where it is not declared", with("value", nil), false},
		{"takes null where it is declared", with("floor", nil), true},
		{"refuses an unknown field", with("valeu", 1), false},
		{"refuses what the pattern does not match", with("period", "2023-9"), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := doc.Components.Schemas["ThingRequest"].Value.VisitJSON(c.body)
			if (err == nil) != c.ok {
				t.Errorf("valid: %v, want %v (%v)", err == nil, c.ok, err)
			}
		})
	}
}

func TestRun(t *testing.T) {
	root := t.TempDir()
	for from, to := range map[string]string{"http": "internal/httpapi", "wire": "api/v1", "main": "cmd/tracker"} {
		if err := os.CopyFS(filepath.Join(root, to), os.DirFS(filepath.Join("testdata/sample", from))); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module sample\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	call := func(args ...string) (int, string) {
		var out bytes.Buffer
		status := run(append([]string{"-root", root}, args...), &out, &out)
		return status, out.String()
	}
	path := filepath.Join(root, "api/openapi/openapi.json")

	t.Run("checks fail while there are no files", func(t *testing.T) {
		if status, said := call("-check"); status != 1 || !strings.Contains(said, "2 of 2 files are stale") {
			t.Errorf("status %d: %s", status, said)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("a check wrote a file")
		}
	})
	t.Run("checks pass after writing", func(t *testing.T) {
		if status, said := call(); status != 0 {
			t.Fatalf("status %d: %s", status, said)
		}
		if status, said := call("-check"); status != 0 || said != "" {
			t.Errorf("status %d: %s", status, said)
		}
	})
	t.Run("a stale file is shown as a difference", func(t *testing.T) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		stale := bytes.Replace(data, []byte("Store a thing"), []byte("Keep a thing"), 1)
		if err := os.WriteFile(path, stale, 0o644); err != nil {
			t.Fatal(err)
		}
		status, said := call("-check")
		if status != 1 || !strings.Contains(said, "\n-        \"summary\": \"Keep a thing\"") ||
			!strings.Contains(said, "\n+        \"summary\": \"Store a thing\"") || !strings.Contains(said, "1 of 2 files are stale") {
			t.Errorf("status %d: %s", status, said)
		}
	})
	t.Run("refuses flags it does not know", func(t *testing.T) {
		if status, _ := call("-chekc"); status != 2 {
			t.Errorf("status %d, want 2", status)
		}
	})
}
