package lexicon

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds that a lexicon is refused or has words without gaps in every role, each
// of them once.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "\n", "甲\ta b\n乙\ta\n", "甲\ta\n甲\tb", "甲\ta a", "\ta", "# 甲\ta\n甲", "甲\t\t a\r\n", "#甲\ta"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		roles, err := parse(text)
		if (err != nil) == (roles != nil) {
			t.Fatalf("%v and %v", roles, err)
		}
		for role, words := range roles {
			set := Of(words...)
			if role == "" || len(words) == 0 || len(set.all) != len(words) {
				t.Fatalf("the role %q has the words %q", role, words)
			}
			for _, word := range words {
				if word == "" || !strings.Contains(text, word+"\t") {
					t.Fatalf("the word %q of %q", word, text)
				}
			}
		}
	})
}

// FuzzWords holds that words are found where they stand, and nowhere else.
func FuzzWords(f *testing.F) {
	f.Add("低于 不低于 不得低于", "总量不得低于五")
	f.Add("甲 甲乙", "乙甲乙甲")
	f.Fuzz(func(t *testing.T, list, text string) {
		if utf8.RuneCountInString(list)+utf8.RuneCountInString(text) > 500 {
			t.Skip("long texts say no more")
		}
		if !utf8.ValidString(list) || !utf8.ValidString(text) {
			t.Skip("words and plans are of whole characters")
		}
		words := Split(list)
		for word := range words.All() {
			if strings.HasPrefix(text, word) && len(words.Prefix(text)) < len(word) || strings.HasSuffix(text, word) && len(words.Suffix(text)) < len(word) {
				t.Fatalf("%q is not found at an end of %q", word, text)
			}
			if strings.Contains(text, word) != Of(word).In(text) {
				t.Fatalf("%q in %q", word, text)
			}
		}
		at, word := words.Find(text)
		last, lastWord := words.FindLast(text)
		if (at < 0) != (word == "") || at >= 0 && !strings.HasPrefix(text[at:], word) || (last < 0) != (lastWord == "") || last >= 0 && !strings.HasPrefix(text[last:], lastWord) {
			t.Fatalf("%q at %d and %q at %d of %q", word, at, lastWord, last, text)
		}
		if (at < 0) != (last < 0) {
			t.Fatalf("%q is found from one end of %q only", word+lastWord, text)
		}
	})
}
