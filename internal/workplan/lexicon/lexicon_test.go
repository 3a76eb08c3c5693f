package lexicon

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestWordsStandInTheirOrder(t *testing.T) {
	var words []string
	for line := range strings.Lines(entries) {
		if word, _, entry := strings.Cut(line, "\t"); entry {
			words = append(words, word)
		}
	}
	for i := range words[1:] {
		if words[i] > words[i+1] {
			t.Errorf("%s stands before %s; lexicon.txt goes by the characters of its words", words[i], words[i+1])
		}
	}
}

// A set is called as its role is, says what its words do and shows one, and is used.
func TestARoleIsASetThatSaysWhatItsWordsDo(t *testing.T) {
	reader := sources(t, "..")
	named := map[string]bool{"new-makes-noun": true} // ActionVerbs are made with it
	for name, doc := range setsOf(t) {
		named[roleOf(name)] = true
		if !strings.HasPrefix(doc, name+" ") || !strings.ContainsFunc(doc, func(r rune) bool { return unicode.Is(unicode.Han, r) || r == '·' }) {
			t.Errorf("the comment of %s does not say with an example what its words do: %q", name, doc)
		}
		if !regexp.MustCompile(`lexicon\.` + name + `\b`).MatchString(reader) {
			t.Errorf("nothing asks for %s", name)
		}
	}
	for full := range byRole {
		if role, _, _ := strings.Cut(full, ":"); !named[role] {
			t.Errorf("no set is of the role %s", role)
		}
	}
}

// The comment of a set whose words give answers shows each of them.
func TestASetOfAnswersSaysThemAll(t *testing.T) {
	docs := map[string]string{}
	for name, doc := range setsOf(t) {
		docs[roleOf(name)] = doc
	}
	answers := 0
	for full := range byRole {
		role, answer, gives := strings.Cut(full, ":")
		if gives && !regexp.MustCompile(`\b`+answer+`[: ]`).MatchString(docs[role]) {
			t.Errorf("the comment of %s says nothing of the answer %s", role, answer)
		}
		if gives {
			answers++
		}
	}
	if answers < 40 {
		t.Errorf("only %d answers", answers)
	}
}

func TestAnswersThatAreRefused(t *testing.T) {
	for name, ask := range map[string]func(){
		"an answer that no word gives":    func() { answering("every", "week", "month", "quarter", "half", "year", "decade") },
		"an answer that is not asked for": func() { answering("every", "week", "month", "quarter", "half") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it was taken")
				}
			}()
			ask()
		})
	}
}

// setsOf are the sets of the roles*.go files with their comments.
func setsOf(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("roles_*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no roles", err)
	}
	docs := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if set, ok := n.(*ast.ValueSpec); ok && set.Names[0].IsExported() {
				docs[set.Names[0].Name] = set.Doc.Text()
			}
			return true
		})
	}
	return docs
}

// roleOf is the role that a set is called by: before-agencies of BeforeAgencies.
func roleOf(name string) string {
	return strings.ToLower(regexp.MustCompile(`(.)([A-Z])`).ReplaceAllString(name, "$1-$2"))
}

// sources is the text of the Go files below a directory that are no tests.
func sources(t *testing.T, dir string) string {
	t.Helper()
	var text strings.Builder
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := os.ReadFile(path)
		text.Write(file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
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
