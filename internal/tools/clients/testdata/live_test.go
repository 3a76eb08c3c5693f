// Package live runs the client that oapi-codegen makes of the contract against
// a service of its own. The file is copied beside the generated code by
// check.sh and cannot be built where it stands.
package live

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/indicator-tracker/tracker/internal/tools/clients/oapi"
)

// start runs the service with the example plan on a free port and returns a
// client of it that shows the key which the service prints.
func start(t *testing.T) *oapi.ClientWithResponses {
	t.Helper()
	binary := os.Getenv("TRACKER_BINARY")
	if binary == "" {
		t.Fatal("TRACKER_BINARY names no program")
	}
	cmd := exec.Command(binary, "serve", "--demo", "--addr", "127.0.0.1:0", "--database", filepath.Join(t.TempDir(), "tracker.db"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the service did not stop cleanly: %v", err)
		}
	})
	address := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+`)
	export := regexp.MustCompile(`export KEY=(\S+)`)
	base := ""
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if base == "" {
			base = address.FindString(lines.Text())
		}
		if key := export.FindStringSubmatch(lines.Text()); key != nil && base != "" {
			go func() {
				for lines.Scan() { // keeps the pipe from filling
				}
			}()
			return connect(t, base, key[1])
		}
	}
	t.Fatal("the service printed no address and key")
	return nil
}

func connect(t *testing.T, base, key string) *oapi.ClientWithResponses {
	t.Helper()
	client, err := oapi.NewClientWithResponses(base, oapi.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+key)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func pointer[T any](v T) *T { return &v }

func TestGeneratedClient(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	client := start(t)
	const code = "qingzhou-2023-14-1"
	on := &oapi.ReadProgressParams{On: &types.Date{Time: time.Date(2023, time.September, 30, 0, 0, 0, 0, time.UTC)}}

	t.Run("reads progress with all its digits", func(t *testing.T) {
		answer, err := client.ReadProgressWithResponse(ctx, code, on)
		if err != nil {
			t.Fatal(err)
		}
		if answer.JSON200 == nil || answer.JSON200.Percent == nil {
			t.Fatalf("%s %s", answer.Status(), answer.Body)
		}
		if got := answer.JSON200.Percent.String(); got != "76.02" {
			t.Errorf("percent %s, want 76.02", got)
		}
	})
	t.Run("posts a measurement that the next reading counts", func(t *testing.T) {
		// The agency's own total of the month stands: only a report that names it takes its place.
		refused, err := client.RecordMeasurementWithResponse(ctx, &oapi.RecordMeasurementParams{}, oapi.MeasurementRequest{
			Indicator: pointer(code), Period: "2023-09", Value: pointer(json.Number("199")), Basis: pointer("total"),
		})
		if err != nil {
			t.Fatal(err)
		}
		if refused.ApplicationproblemJSON409 == nil || refused.ApplicationproblemJSON409.Measurement == nil {
			t.Fatalf("%s %s", refused.Status(), refused.Body)
		}
		posted, err := client.RecordMeasurementWithResponse(ctx, &oapi.RecordMeasurementParams{}, oapi.MeasurementRequest{
			Indicator: pointer(code), Period: "2023-09", Value: pointer(json.Number("199")), Basis: pointer("total"),
			SourceId: pointer("generated-client-1"), Replaces: refused.ApplicationproblemJSON409.Measurement,
		})
		if err != nil {
			t.Fatal(err)
		}
		if posted.StatusCode() != http.StatusCreated || posted.JSON201 == nil {
			t.Fatalf("%s %s", posted.Status(), posted.Body)
		}
		answer, err := client.ReadProgressWithResponse(ctx, code, on)
		if err != nil {
			t.Fatal(err)
		}
		if answer.JSON200 == nil || answer.JSON200.Percent == nil {
			t.Fatalf("%s %s", answer.Status(), answer.Body)
		}
		if got := answer.JSON200.Percent.String(); got != "90.05" { // 199 of 221
			t.Errorf("percent %s, want 90.05", got)
		}
	})
	t.Run("gets a problem in a type of its own", func(t *testing.T) {
		refused, err := client.RecordMeasurementWithResponse(ctx, &oapi.RecordMeasurementParams{}, oapi.MeasurementRequest{
			Indicator: pointer(code), Period: "2023-09", Value: pointer(json.Number("1")), Unit: pointer("吨"),
		})
		if err != nil {
			t.Fatal(err)
		}
		if refused.ApplicationproblemJSON422 == nil {
			t.Fatalf("%s %s", refused.Status(), refused.Body)
		}
		if got := refused.ApplicationproblemJSON422.Code; !strings.HasPrefix(string(got), "unit_mismatch") {
			t.Errorf("code %s, want unit_mismatch", got)
		}
	})
}
