package httpapi_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// TestTheListOfCodesIsWhole holds the lists that are made from the source against the codes themselves.
func TestTheListOfCodesIsWhole(t *testing.T) {
	a := newAPI(t)
	a.token = ""
	page := string(a.get("/swagger/errors.html").want(200).body)
	text, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range fault.Codes() {
		if !strings.Contains(page, fmt.Sprintf(`<tr id="%s">`, code)) {
			t.Errorf("/swagger/errors.html lacks %s", code)
		}
		if row := fmt.Sprintf("| `%s` | ", code); !strings.Contains(string(text), row) || !strings.Contains(string(text), " | "+code.Title().ZH+" | "+code.Title().EN+" | ") {
			t.Errorf("docs/errors.md lacks %s", code)
		}
	}
	if rows, codes := strings.Count(page, "<tr id="), len(fault.Codes()); rows != codes {
		t.Errorf("%d rows of %d codes", rows, codes)
	}
}
