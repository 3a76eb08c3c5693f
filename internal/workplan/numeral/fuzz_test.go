package numeral

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds that a value is a number of at least zero that only numerals give, and
// that a run of numerals is cut between characters.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "三十", "一百零五", "二〇二三", "十十", "零", "万", "九千九百九十九", "三万五", "一二三四五六七八九〇一二三四五", "两百\xff", "廿"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string) (int64, bool){Parse, DigitByDigit} {
			value, ok := read(text)
			if ok && (value < 0 || text == "" || strings.ContainsFunc(text, func(r rune) bool { return !Is(r) })) {
				t.Fatalf("%q is %d", text, value)
			}
		}
		run := Run(text)
		if run < 0 || run > len(text) || strings.ContainsFunc(text[:run], func(r rune) bool { return !Is(r) }) {
			t.Fatalf("%d bytes of %q are numerals", run, text)
		}
		if r, _ := utf8.DecodeRuneInString(text[run:]); utf8.RuneCountInString(text[:run]) < Longest && Is(r) {
			t.Fatalf("the numerals of %q go on after %d", text, run)
		}
	})
}
