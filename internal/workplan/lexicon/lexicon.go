// Package lexicon is the words of the language of plans, each with all that it
// does where a plan is read. The words stand once, in lexicon.txt, a line each
// with its roles; a role is a set of words, which has a name and a meaning in the
// roles_*.go file of the stage that asks for it: the role before-agencies is the set
// BeforeAgencies. A role that tells several things apart has an answer behind it, for a
// word gives one: 每周 is every:week and 每月 every:month, of the classes Every.
package lexicon

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed lexicon.txt
var entries string

var byRole = mustParse(entries)

// having is the words of a role. It panics where the lexicon has none: a role
// that no word plays is a slip of the pen.
func having(role string) Words {
	words := byRole[role]
	if len(words) == 0 {
		panic("no word of the lexicon has the role " + role)
	}
	return Of(words...)
}

// answering is the words of a role that asks which of several answers a word gives, each as the
// class that lexicon.txt has for it behind a colon: every:week. It panics where an answer has no
// word, or a word has an answer that the role does not know.
func answering(role string, answers ...string) Classes[string] {
	sets := map[string]Words{}
	for _, answer := range answers {
		sets[answer] = having(role + ":" + answer)
	}
	for other := range byRole {
		if answer, ok := strings.CutPrefix(other, role+":"); ok && sets[answer].all == nil {
			panic("the role " + role + " has no answer " + answer)
		}
	}
	return Classify(sets)
}

func mustParse(text string) map[string][]string {
	roles, err := parse(text)
	if err != nil {
		panic(fmt.Errorf("lexicon.txt: %w", err))
	}
	return roles
}

// parse reads entries: a word, a tab, and its roles with spaces between. Empty
// lines and those that begin with "# " are for the reader. It fails at the line
// of a word that stands twice, has no role or has one twice.
func parse(text string) (map[string][]string, error) {
	roles := map[string][]string{}
	seen := map[string]int{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		word, list, _ := strings.Cut(line, "\t")
		if first, twice := seen[word]; twice {
			return nil, fmt.Errorf("line %d: %s stands already in line %d", n, word, first)
		}
		if word == "" || strings.TrimSpace(list) == "" || strings.ContainsAny(word, " \t") {
			return nil, fmt.Errorf("line %d: %q is no word, a tab and its roles", n, line)
		}
		seen[word] = n
		of := map[string]bool{}
		for role := range strings.FieldsSeq(list) {
			if of[role] {
				return nil, fmt.Errorf("line %d: %s has the role %s twice", n, word, role)
			}
			of[role] = true
			roles[role] = append(roles[role], word)
		}
	}
	return roles, nil
}
