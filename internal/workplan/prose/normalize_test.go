package prose

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

func TestFolding(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"full-width figures and letters", "５Ｇ％", "5G%"},
		{"full-width punctuation", "，；：（）！？", ",;:()!?"},
		{"every dash", "—–－～〜−", "------"},
		{"every space", "\u3000\u00a0\t", "   "},
		{"corner brackets", "「甲」『乙』", "“甲”“乙”"},
		{"square brackets", "〔2018〕【甲】", "[2018][甲]"},
		{"straight quotes in turn", `"甲"和"乙"`, "“甲”和“乙”"},
		{"straight quotes begin anew on each line", "\"甲\n\"乙\"", "“甲\n“乙”"},
		{"a circle for zero", "二○二三", "二〇二三"},
		{"what needs no folding", "甲abc、。%", "甲abc、。%"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := NewSource(c.text)
			if got := string(s.Norm); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if len(s.Norm) != len(s.Raw) {
				t.Errorf("%d characters became %d", len(s.Raw), len(s.Norm))
			}
		})
	}
}

func TestLines(t *testing.T) {
	s := NewSource("　甲 \r\n\r\n乙\u2028丙\r丁")
	var got []string
	for _, l := range s.Lines {
		got = append(got, string(s.Raw[l.Start:l.End]))
	}
	if want := "甲||乙|丙|丁"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %s", got, want)
	}
}

func TestPassageJoinsBrokenLines(t *testing.T) {
	long := strings.Repeat("长", fullLine)
	cases := []struct{ name, text, want string }{
		{"a full line without an end goes on", long + "\n短。", long + "短。"},
		{"a short line ends", "标题\n正文。", "标题\n正文。"},
		{"a remark in brackets is a line of its own", "(2025年3月8日市政府常务会议审议通过)\n2024年", "(2025年3月8日市政府常务会议审议通过)\n2024年"},
		{"a full stop ends", long + "。\n下一句。", long + "。\n下一句。"},
		{"spaces between characters go", "新 增 30 家", "新增30家"},
		{"a space between two numbers stays", "表1 2023年", "表1 2023年"},
		{"a space between Latin words stays", "Open AI", "Open AI"},
		{"invisible characters go", "新\u200b增\ufeff3家", "新增3家"},
		{"a line of agencies ends", "责任单位:市发展和改革委员会、市财政局\n下一项", "责任单位:市发展和改革委员会、市财政局\n下一项"},
		{"a line of agencies goes on after a list sign", "责任单位:市发展和改革委员会、市财政局、\n市科技局", "责任单位:市发展和改革委员会、市财政局、市科技局"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := NewSource(c.text)
			if got := NewSegment(s, s.Lines).Text; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPassageKnowsItsPlaces(t *testing.T) {
	const text = "　　新增 企业\r\n３０ 家以上。"
	s := NewSource(text)
	p := NewSegment(s, s.Lines)
	at := strings.Index(p.Text, "30家")
	if at < 0 {
		t.Fatalf("no 30家 in %q", p.Text)
	}
	from, to := p.Place(at, at+len("30家"))
	if got := string(s.Raw[from:to]); got != "３０ 家" {
		t.Errorf("%q, want the plan's own writing", got)
	}
	if got := p.Written(at, at+len("30家")); got != "３０家" {
		t.Errorf("written %q, want it without the space", got)
	}
}

func TestNesting(t *testing.T) {
	cases := []struct {
		name, text, at string
		want           byte
	}{
		{"in quotation marks", "落实“双百3行动”。", "3", InQuote},
		{"in book-title marks", "落实《规划2023》。", "2023", InQuote},
		{"in brackets", "员工(不超过10人)。", "10", InBracket},
		{"in quotation marks in brackets", "员工(含“甲3类”)。", "3", InQuote | InBracket},
		{"after the mark closes", "“甲”新增3家", "3", 0},
		{"after a mark that never closes", "“甲新增3家", "3", 0},
		{"in marks that close in another paragraph", "“甲新增3家\n乙”", "3", 0},
		{"in marks that close too far away", "“" + strings.Repeat("甲", longestQuote) + "3”", "3", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := nesting(c.text)[strings.Index(c.text, c.at)]; got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}

func TestLexicon(t *testing.T) {
	l := lexicon.Of("新增", "新", "增长", "长", "达到", "到")
	t.Run("prefix takes the longest", func(t *testing.T) {
		if got := l.Prefix("新增长"); got != "新增" {
			t.Errorf("%q", got)
		}
	})
	t.Run("suffix takes the longest", func(t *testing.T) {
		if got := l.Suffix("已经达到"); got != "达到" {
			t.Errorf("%q", got)
		}
	})
	t.Run("find gives the first place", func(t *testing.T) {
		if at, word := l.Find("甲增长到"); at != len("甲") || word != "增长" {
			t.Errorf("%d %q", at, word)
		}
	})
	t.Run("findLast gives the last place", func(t *testing.T) {
		if at, word := l.FindLast("新增乙达到甲"); at != len("新增乙") || word != "达到" {
			t.Errorf("%d %q", at, word)
		}
	})
	t.Run("nothing is found where nothing stands", func(t *testing.T) {
		at, word := l.Find("甲乙")
		last, _ := l.FindLast("甲乙")
		if at != -1 || last != -1 || word != "" || l.In("甲乙") || l.Prefix("") != "" || l.Suffix("") != "" {
			t.Errorf("%d %d %q", at, last, word)
		}
	})
	t.Run("has knows whole words only", func(t *testing.T) {
		if !l.Has("新增") || l.Has("新增长") {
			t.Error("has is wrong")
		}
	})
}
