package architecture

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const (
	root   = "../../../"
	module = "github.com/indicator-tracker/tracker/"
)

// documented reads the import table: the packages each package may import.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	page, err := os.ReadFile(root + "docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| `((?:api|cmd|internal)/[^`]+)` \\|[^|]*\\| ([^|]*) \\|")
	table := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(page), -1) {
		table[m[1]] = nil
		if m[2] != "–" {
			table[m[1]] = strings.Split(m[2], ", ")
		}
	}
	return table
}

// enforced reads the linter's rules: the packages of ours that the files of
// each package are allowed, in the words of the table.
func enforced(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(root + ".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Linters struct {
			Settings struct {
				Depguard struct {
					Rules map[string]struct {
						Files []string `yaml:"files"`
						Allow []string `yaml:"allow"`
						Deny  []struct {
							Package string `yaml:"pkg"`
						} `yaml:"deny"`
					} `yaml:"rules"`
				} `yaml:"depguard"`
			} `yaml:"settings"`
		} `yaml:"linters"`
	}
	if err := yaml.Unmarshal(data, &config); err != nil {
		t.Fatal(err)
	}
	rules := map[string][]string{}
	for name, rule := range config.Linters.Settings.Depguard.Rules {
		folder := strings.Trim(rule.Files[0], "*/")
		folder = strings.TrimSuffix(folder, "/*.go")
		if !strings.HasPrefix(folder, "internal/") {
			continue
		}
		deniesOurs := false
		for _, d := range rule.Deny {
			deniesOurs = deniesOurs || d.Package+"/" == module
		}
		if !deniesOurs {
			t.Errorf("rule %s does not deny the packages that it does not allow", name)
		}
		var allowed []string
		for _, p := range rule.Allow {
			if ours, ok := strings.CutPrefix(p, module); ok {
				allowed = append(allowed, strings.TrimPrefix(ours, "internal/"))
			}
		}
		rules[folder] = allowed
	}
	return rules
}

func TestImportTable(t *testing.T) {
	table, rules := documented(t), enforced(t)
	if len(table) < 14 {
		t.Fatalf("the table has %d rows: it cannot be read", len(table))
	}
	for folder, want := range table {
		if !strings.HasPrefix(folder, "internal/") {
			continue // api has a rule for all of it, cmd may import all
		}
		got, ok := rules[folder]
		if !ok {
			t.Errorf("%s is in the table and has no rule", folder)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s may import %v by the table, %v by the rule", folder, want, got)
		}
	}
	for folder := range rules {
		if _, ok := table[folder]; !ok {
			t.Errorf("%s has a rule and is not in the table", folder)
		}
	}
}

// TestEveryPackageIsListed keeps a new package from escaping the table.
func TestEveryPackageIsListed(t *testing.T) {
	table := documented(t)
	entries, err := os.ReadDir(root + "internal")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := table["internal/"+e.Name()]; !ok && e.IsDir() && e.Name() != "tools" {
			t.Errorf("internal/%s is not in the table of docs/architecture.md", e.Name())
		}
	}
}
