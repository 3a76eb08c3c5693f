package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	docFile    = regexp.MustCompile("(?s)```text (\\S+)\n(.*?)```")
	docSession = regexp.MustCompile("(?s)```console\n\\$ tracker ([^\n]+)\n(.*?)```")
)

// TestReviewingAndAmendingIsAsPrinted carries out the commands of the page, in
// its order and with the files it shows, and compares what they print.
func TestReviewingAndAmendingIsAsPrinted(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "reviewing-and-amending.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, m := range docFile.FindAllSubmatch(page, -1) {
		if err := os.WriteFile(string(m[1]), m[2], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sessions := docSession.FindAllStringSubmatch(string(page), -1)
	if len(sessions) != 5 {
		t.Fatalf("%d commands", len(sessions))
	}
	for _, m := range sessions {
		var out, errOut bytes.Buffer
		if status := run(t.Context(), strings.Fields(m[1]), &out, &errOut); status != exitOK {
			t.Fatalf("tracker %s: %s", m[1], errOut.String())
		}
		printed, cut := strings.CutPrefix(m[2], "…\n")
		if got := out.String(); got != printed && !(cut && strings.HasSuffix(got, printed)) {
			t.Errorf("tracker %s prints\n%s", m[1], got)
		}
	}
}
