package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	yaml11 "gopkg.in/yaml.v2"
)

// sameInYAML11 holds YAML, as a reader of version 1.1 takes it, against JSON, in
// which every text is in quotes.
func sameInYAML11(t *testing.T, asYAML, asJSON []byte) {
	t.Helper()
	var got, want any
	if err := yaml11.Unmarshal(asYAML, &got); err != nil {
		t.Fatal(err)
	}
	if err := yaml11.Unmarshal(asJSON, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		a, _ := yaml11.Marshal(want)
		b, _ := yaml11.Marshal(got)
		t.Errorf("a reader of YAML 1.1 takes it for something else:\n%s", diff.Diff("json", a, "yaml", b))
	}
}

func TestContractReadAsYAML11(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "api", "openapi")
	asYAML, err := os.ReadFile(filepath.Join(dir, "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := os.ReadFile(filepath.Join(dir, "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	sameInYAML11(t, asYAML, asJSON)
}

func TestTextReadAsYAML11(t *testing.T) {
	words := []string{
		"", "~", "=", "<<", "null", "Null", "NULL", "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "NO", "on", "On", "ON", "off", "OFF",
		"true", "TRUE", "False", "0", "7", "-7", "+7", "1_000", "0o17", "017", "0x1F", "0b101", "1.5", "-.5", ".5", "1e3", "1.e+3", "6.02E23",
		".inf", "-.Inf", ".NaN", "12:30", "190:20:30.15", "2023-09-30", "2023-09", "2023-10-08T10:15:00Z", "2023-10-08 10:15:00 +08:00", "1,000", "3.0.3", "10.20.30.40",
		"on time", "only", "截至 9 月", "- item", "# word", "a: b", "'quoted'", "@at", "%", "!tag", "&anchor", "*alias", " space ", "two\nlines",
	}
	for _, word := range words {
		t.Run(word, func(t *testing.T) {
			asJSON := []byte("{" + quote(word) + ": [" + quote(word) + ", {\"in\": " + quote(word) + "}]}")
			asYAML, err := renderYAML(parse(t, string(asJSON)))
			if err != nil {
				t.Fatal(err)
			}
			sameInYAML11(t, asYAML, asJSON)
		})
	}
}
