package number

import (
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

var plainDecimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// FuzzTokens holds that numbers follow each other within the text, that a quantity has a plain
// value and a unit that stands in the text, and that every figure is in a number.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{"", "新增3家", "1,234.5万元/平方公里", "30余家、三十多个、数百家", "3-5%,三到五家", "国办发[2018]121号[3]", "2.1:1", "5+2", "6月底前", "2024-2026年", "PM2.5和5G", "三分之一", "十五五", "3万", "(", "1.2.3.4", "3个(台、", "7×24小时", "\xff3", "90%(含)", "吨/亩·年"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.RuneCountInString(text) > 5000 {
			t.Skip("long texts say no more")
		}
		p := prose.CompactSegment(prose.CompactText(text))
		tokens := Tokens(p.Text)
		last := 0
		for _, n := range tokens {
			checkToken(t, p.Text, n, last)
			last = n.End
		}
		in := make([]bool, len(p.Text))
		for _, n := range tokens {
			for i := n.Start; i < n.End; i++ {
				in[i] = true
			}
		}
		for i, r := range p.Text {
			if prose.IsDigit(r) && !in[i] {
				t.Fatalf("the figure at %d of %q is in no number", i, p.Text)
			}
		}
		for _, sentence := range prose.Sentences(p, nil) {
			for _, d := range Deadlines(p, sentence, tokens) {
				if d.Class != Date || d.Start < sentence.Start || d.End > sentence.End {
					t.Fatalf("the deadline %q of %q", p.Text[d.Start:d.End], p.Text[sentence.Start:sentence.End])
				}
			}
		}
	})
}

func checkToken(t *testing.T, text string, n Token, last int) {
	t.Helper()
	if n.Start < last || n.End <= n.Start || n.End > len(text) || !utf8.ValidString(text[n.Start:n.End]) {
		t.Fatalf("a number from %d to %d after %d of %q", n.Start, n.End, last, text)
	}
	if n.Class == "" || n.Class == Date == n.When.IsZero() {
		t.Fatalf("%q is of the class %q at %+v", text[n.Start:n.End], n.Class, n.When)
	}
	if n.Class == Quantity && !plainDecimal.MatchString(n.Value) || n.High != "" && !plainDecimal.MatchString(n.High) {
		t.Fatalf("%q is %q to %q", text[n.Start:n.End], n.Value, n.High)
	}
	if (n.Unit == "") != (n.UnitClass == quantity.NoUnit) {
		t.Fatalf("the unit %q of %q is of the class %d", n.Unit, text[n.Start:n.End], n.UnitClass)
	}
}
