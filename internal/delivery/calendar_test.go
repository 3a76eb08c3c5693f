package delivery

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestCalendarIsFoldedAndEscaped(t *testing.T) {
	title := strings.Repeat("新增公共充电桩；", 20) + "a,b;c\\d\ne\x00"
	feed := string(Render("市工信局", []Entry{{UID: "indicator-p-1-1", On: indicator.DateOf(2023, 12, 31), Title: title, Changed: time.Unix(0, 0)}}))
	for line := range strings.SplitSeq(strings.TrimSuffix(feed, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line %q of %d bytes", line, len(line))
		}
	}
	unfolded := strings.ReplaceAll(feed, "\r\n ", "")
	for _, want := range []string{
		"SUMMARY:" + strings.Repeat("新增公共充电桩；", 20) + `a\,b\;c\\d\ne` + "\r\n", "UID:indicator-p-1-1@tracker\r\n",
		"DTSTART;VALUE=DATE:20231231\r\n", "DTEND;VALUE=DATE:20240101\r\n", "DTSTAMP:19700101T000000Z\r\n",
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("%q is not in\n%s", want, unfolded)
		}
	}
}

func TestThePageHasTheCatalogue(t *testing.T) {
	page, err := os.ReadFile("../../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := ""
	for _, k := range Catalogue {
		rows += "| `" + k.Type + "` | " + k.Says.EN + " |\n"
		if err := CheckPattern(k.Type); err != nil {
			t.Error(err)
		}
	}
	if !strings.Contains(string(page), "|---|---|\n"+rows+"\n") {
		t.Errorf("the page does not have the table\n%s", rows)
	}
	for pattern, good := range map[string]bool{"*": true, "issue.*": true, "report.*": true, "notice.moved": true, "indicator.*": true, "x.*": false, "report.x": false, "issue.": false, "": false, "issue.A": false, "i*": false} {
		if err := CheckPattern(pattern); (err == nil) != good {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

func TestWaitsGrow(t *testing.T) {
	total := time.Duration(0)
	for attempt := 1; attempt < 40; attempt++ {
		wait := Defaults.Wait(attempt)
		if wait < 4*time.Second || wait > Defaults.Longest*6/5 {
			t.Fatalf("attempt %d waits %s", attempt, wait)
		}
		total += wait
	}
	if total < Defaults.GiveUp {
		t.Errorf("40 attempts take %s", total)
	}
}
