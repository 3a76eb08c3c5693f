package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// codesWithTerms are the words of enumerations that have a Chinese term.
func codesWithTerms() []string {
	var codes []string
	for _, k := range indicator.Kinds {
		codes = append(codes, string(k))
	}
	for _, r := range access.Roles {
		codes = append(codes, string(r))
	}
	for _, s := range []indicator.MatchState{indicator.MatchOpen, indicator.MatchConfirmed, indicator.MatchRejected, indicator.MatchSettled} {
		codes = append(codes, string(s))
	}
	for _, s := range []access.State{access.Active, access.Expired, access.Revoked} {
		codes = append(codes, string(s))
	}
	return append(codes, string(indicator.Draft), string(indicator.Withdrawn), string(indicator.AgencyAliased), string(indicator.AgencyMerged))
}

// TestTablesSpeakChinese prints the tables of the commands and looks in their rows for words
// of enumerations that have a Chinese term.
func TestTablesSpeakChinese(t *testing.T) {
	t.Chdir(t.TempDir())
	const plan = "东河市2024年工作\n一、产业\n1.甲事。新增企业12家，合格率达到95%，产值增长8%，总数达到30个（牵头单位：市工信局）。\n"
	newer := strings.ReplaceAll(plan, "新增企业12家，", "")
	second := strings.ReplaceAll(plan, "市工信局", "市工业和信息化局")
	for name, text := range map[string]string{"plan.txt": plan, "newer.txt": newer, "second.txt": second} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	word := regexp.MustCompile(`[a-z_]+`)
	codes := codesWithTerms()
	for _, line := range []string{
		"plan parse plan.txt", "plan import --code p --confirm plan.txt", "plan import --code q second.txt", "plan review --code q",
		"plan review --code q --confirm-match 1", "plan amend --code p newer.txt", "key create --name n --role analyst", "key list",
		"agency alias 市工信局 工信", "agency events 市工信局", "agency list",
	} {
		var out, errOut bytes.Buffer
		if status := run(t.Context(), strings.Fields(line), &out, &errOut); status != exitOK {
			t.Fatalf("tracker %s: %s", line, errOut.String())
		}
		for row := range strings.Lines(out.String()) {
			chinese, _, _ := strings.Cut(row, " / ")
			if !strings.HasPrefix(row, "│") && !strings.Contains(row, "市工业和信息化局 市工信局") {
				continue
			}
			for _, w := range word.FindAllString(chinese, -1) {
				if slices.Contains(codes, w) {
					t.Errorf("tracker %s prints %q in %s", line, w, row)
				}
			}
		}
	}
}
