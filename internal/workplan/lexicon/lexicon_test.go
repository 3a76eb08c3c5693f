package lexicon

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAWordStandsOnceWithRolesThatHaveAName(t *testing.T) {
	files, _ := filepath.Glob("roles*.go")
	var roles []byte
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		roles = append(roles, file...)
	}
	for role := range byRole {
		if !strings.Contains(string(roles), `having("`+role+`")`) {
			t.Errorf("no set is of the role %s", role)
		}
	}
	var words []string
	for line := range strings.Lines(entries) {
		if word, _, entry := strings.Cut(line, "\t"); entry {
			words = append(words, word)
		}
	}
	if !slices.IsSorted(words) {
		t.Error("lexicon.txt is not in the order of its words; sort it by character")
	}
}

func TestEntriesThatAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"原则上\tadverbs\n稳步\tadverbs\n原则上\tfillers\n": "line 3: 原则上 stands already in line 1",
		"原则上\tadverbs adverbs\n":                    "line 1: 原则上 has the role adverbs twice",
		"原则上\n":                                     "line 1: \"原则上\" is no word, a tab and its roles",
		"原则 上\tadverbs\n":                           "line 1: \"原则 上\\tadverbs\" is no word, a tab and its roles",
	} {
		if _, err := parse(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	got, err := parse("# words\n\n不低于\tbefore-at-least floors\n约\tbefore-about\n")
	if err != nil || len(got) != 3 || !slices.Equal(got["floors"], []string{"不低于"}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestTheLongestWordIsFound(t *testing.T) {
	words := Of("低于", "不低于", "不得低于", "达", "达到")
	if got := words.Suffix("用水量不得低于"); got != "不得低于" {
		t.Error(got)
	}
	if got := words.Prefix("达到5个"); got != "达到" {
		t.Error(got)
	}
	if at, word := words.Find("总量达到"); at != len("总量") || word != "达到" {
		t.Error(at, word)
	}
	if at, word := words.FindLast("不低于去年,不得低于前年"); at != len("不低于去年,") || word != "不得低于" {
		t.Error(at, word)
	}
	if words.In("高于") || !words.Has("达") {
		t.Error("words that are not in the set, or one that is")
	}
}

func TestAWordIsOfOneClass(t *testing.T) {
	sizes := Classify(map[int]Words{1: Of("少", "短"), 2: Of("多")})
	if sizes.Class("少") != 1 || sizes.Class("多") != 2 || sizes.Class("中") != 0 || !sizes.Has("短") {
		t.Error("classes of words")
	}
	defer func() {
		if recover() == nil {
			t.Error("a word of two classes was taken")
		}
	}()
	Classify(map[int]Words{1: Of("少"), 2: Of("少")})
}
