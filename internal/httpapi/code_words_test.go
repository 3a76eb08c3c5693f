package httpapi

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every column of codes whose Chinese heading does not call them codes has words for each of
// those that the contract lists.
func TestChineseColumnsHaveWordsForTheirCodes(t *testing.T) {
	files, err := filepath.Glob("../../api/v1/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no wire types", err)
	}
	field := regexp.MustCompile("zh:\"([^\"]*)\"[^`]*x-words=([A-Za-z.]+)[^`]*(?:example:\"([a-z_]+)\")?")
	types := map[string]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range field.FindAllStringSubmatch(string(text), -1) {
			heading, codes := found[1], found[2]
			if strings.HasSuffix(heading, "代码") {
				continue
			}
			types[codes] = true
			if codeWords[codes] == nil {
				t.Errorf("%s: the column %s has codes of %s without words", filepath.Base(name), heading, codes)
			}
		}
	}
	if len(types) < 20 {
		t.Errorf("only %d types of codes", len(types))
	}
	for codes := range codeWords {
		if !types[codes] {
			t.Errorf("no column has codes of %s", codes)
		}
		for _, code := range constantsOf(t, codes) {
			if words := wordsOfCode(codes, code); words.ZH == "" || words.EN == "" {
				t.Errorf("%s of %s has no words", code, codes)
			}
		}
	}
}

// constantsOf are the exported constants of a type, as indicator.Kind, read off its package.
func constantsOf(t *testing.T, name string) []string {
	t.Helper()
	in, kind, _ := strings.Cut(name, ".")
	files, err := filepath.Glob("../" + in + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	constant := regexp.MustCompile(`(?m)^\s+[A-Z]\w*\s+` + kind + `\s+= "([^"]+)"`)
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range constant.FindAllStringSubmatch(string(text), -1) {
			all = append(all, found[1])
		}
	}
	if len(all) < 2 {
		t.Errorf("%s has the constants %v", name, all)
	}
	return all
}
