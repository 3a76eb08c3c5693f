package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestWordsComeFromTheConstantsOfTheirType(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"pace/pace.go":      "package pace\n\ntype Pace string\n\nconst (\n\tSlow Pace = \"slow\" // walks\n\tFast Pace = \"fast\"\n\thidden Pace = \"hidden\"\n\tOther = \"other\"\n)\n",
		"pace/pace_test.go": "package pace\n\nconst Wrong Pace = \"wrong\"\n",
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lists, err := readWords(root)
	if err != nil {
		t.Fatal(err)
	}
	words := []any{"slow", "fast"}
	doc := map[string]any{"list": []any{
		map[string]any{"type": "string", "x-words": "pace.Pace", "x-nullable": true},
		map[string]any{"type": "array", "items": map[string]any{"type": "string"}, "x-words": "pace.Pace"},
	}}
	if err := lists.spell(doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"list": []any{
		map[string]any{"type": "string", "enum": words, "x-nullable": true},
		map[string]any{"type": "array", "items": map[string]any{"type": "string", "enum": words}},
	}}
	if !reflect.DeepEqual(doc, want) {
		t.Errorf("%v, want %v", doc, want)
	}
	if err := lists.spell(map[string]any{"x-words": "pace.Gait"}); err == nil {
		t.Error("a type that is not there is no error")
	}
}
