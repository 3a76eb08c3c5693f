package lexicon_test

import (
	"os"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// A plan is looked at in its normalized form without spaces, in which no other word is found.
func TestWordsAreWrittenAsAPlanIsLookedAt(t *testing.T) {
	entries, err := os.ReadFile("lexicon.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(entries)) {
		word, _, entry := strings.Cut(line, "\t")
		if normal := prose.CompactText(word); entry && normal != word {
			t.Errorf("%s is looked for as %s", word, normal)
		}
	}
}
