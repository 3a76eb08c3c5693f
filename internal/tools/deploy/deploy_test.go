package deploy

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

const (
	root   = "../../../"
	folder = root + "docs/deploy/"
)

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(root + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// composed reads the compose file as docker compose does.
func composed(t *testing.T, environment ...string) (*types.Project, error) {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{folder + "compose.yaml"}, cli.WithEnv(environment), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}

// setting is a variable of a service, empty when it is not set.
func setting(s types.ServiceConfig, name string) string {
	if value := s.Environment[name]; value != nil {
		return *value
	}
	return ""
}

func TestComposeFile(t *testing.T) {
	p, err := composed(t, "POSTGRES_PASSWORD=secret", "TRACKER_HOST=tracker.example")
	if err != nil {
		t.Fatal(err)
	}
	service := p.Services["tracker"]
	const want = "postgres://tracker:secret@postgres:5432/tracker?sslmode=disable"
	for _, name := range []string{"tracker", "migrate"} {
		if got := setting(p.Services[name], "TRACKER_DATABASE"); got != want {
			t.Errorf("the database of %s is %s", name, got)
		}
	}
	if service.DependsOn["migrate"].Condition != types.ServiceConditionCompletedSuccessfully {
		t.Error("the service does not wait for its schema")
	}
	for name, s := range p.Services {
		if len(s.Ports) > 0 && name != "proxy" {
			t.Errorf("%s can be reached from outside, past TLS", name)
		}
		for _, v := range s.Volumes {
			if v.Type != types.VolumeTypeBind {
				continue
			}
			if _, err := os.Stat(v.Source); err != nil {
				t.Errorf("%s mounts what is not there: %v", name, err)
			}
		}
	}
	metrics, scraped := setting(service, "TRACKER_METRICS_ADDR"), read(t, "docs/deploy/prometheus.compose.yml")
	if _, port, _ := strings.Cut(metrics, ":"); port == "" || !strings.Contains(scraped, `"tracker:`+port+`"`) {
		t.Errorf("Prometheus does not read %s", metrics)
	}
}

func TestComposeFileNeedsItsSecrets(t *testing.T) {
	for _, missing := range [][]string{{"TRACKER_HOST=tracker.example"}, {"POSTGRES_PASSWORD=secret"}} {
		if _, err := composed(t, missing...); err == nil || !strings.Contains(err.Error(), "set it in .env") {
			t.Errorf("with %v alone: %v", missing, err)
		}
	}
}

var flagName = regexp.MustCompile(`--([a-z-]+)`)

// TestSettingsAreFlags holds every TRACKER_ setting that is given against the flags of serve.
func TestSettingsAreFlags(t *testing.T) {
	help := exec.CommandContext(t.Context(), "go", "run", "./cmd/tracker", "serve", "--help")
	help.Dir = root
	said, err := help.Output()
	if err != nil {
		t.Fatal(err)
	}
	var settings []string
	for _, m := range flagName.FindAllStringSubmatch(string(said), -1) {
		settings = append(settings, "TRACKER_"+strings.ToUpper(strings.ReplaceAll(m[1], "-", "_")))
	}
	setting := regexp.MustCompile(`TRACKER_[A-Z_]+\b`)
	for _, name := range []string{"docs/deploy/compose.yaml", "docs/deploy/tracker.service", "Dockerfile"} {
		found := setting.FindAllString(read(t, name), -1)
		if len(found) == 0 {
			t.Errorf("%s sets nothing", name)
		}
		for _, s := range found {
			if s != "TRACKER_HOST" && !slices.Contains(settings, s) { // the host is the proxy's
				t.Errorf("%s sets %s, which is no flag of serve", name, s)
			}
		}
	}
}

func TestUnit(t *testing.T) {
	unit := read(t, "docs/deploy/tracker.service")
	if !strings.Contains(unit, "\nExecStart=/usr/local/bin/tracker serve\n") {
		t.Error("the unit starts another program")
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("systemd-analyze is not installed")
	}
	path := filepath.Join(t.TempDir(), "tracker.service")
	there := strings.ReplaceAll(unit, "/usr/local/bin/tracker", "/bin/true") // a program that is there
	if err := os.WriteFile(path, []byte(there), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), analyze, "verify", path).CombinedOutput(); err != nil || strings.Contains(string(said), path) {
		t.Errorf("%v: %s", err, said)
	}
}
