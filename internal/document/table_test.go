package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// drawn makes a table of rows such as "序号,责任单位*2" and "甲^2,乙": *n covers
// columns, ^n covers rows.
func drawn(rows ...string) *table {
	t := &table{}
	for _, row := range rows {
		var cells []*tableCell
		for text := range strings.SplitSeq(row, ",") {
			c := &tableCell{columns: 1, rows: 1}
			if name, n, ok := strings.Cut(text, "*"); ok {
				text = name
				fmt.Sscan(n, &c.columns)
			}
			if name, n, ok := strings.Cut(text, "^"); ok {
				text = name
				fmt.Sscan(n, &c.rows)
			}
			c.paragraphs = []cellLine{{text: text}}
			cells = append(cells, c)
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

func TestTableLines(t *testing.T) {
	for name, c := range map[string]struct{ rows, want []string }{
		"blank cells keep the columns": {[]string{"序号,任务,单位", ",甲,", "2,,乙"}, []string{"序号 | 任务 | 单位", "| | 甲 |", "2 | | 乙"}},
		"blank rows are left out":      {[]string{"序号,任务", ",", "1,甲"}, []string{"序号 | 任务", "1 | 甲"}},
		"a title over all columns is a line before the header": {
			[]string{"任务清单*2", "序号,任务", "1,甲"}, []string{"任务清单", "序号 | 任务", "1 | 甲"}},
		"a heading inside is a line, and the header is said again": {
			[]string{"序号,任务", "1,甲", "二、民生*2", "2,乙"}, []string{"序号 | 任务", "1 | 甲", "二、民生", "序号 | 任务", "2 | 乙"}},
		"a table that says its header again is not helped": {
			[]string{"序号,任务", "1,甲", "二、民生*2", "序号,任务", "2,乙"}, []string{"序号 | 任务", "1 | 甲", "二、民生", "序号 | 任务", "2 | 乙"}},
		"a header of two rows becomes one": {
			[]string{"序号^2,任务^2,责任单位*2", "牵头,配合", "1,甲,乙,丙"}, []string{"序号 | 任务 | 责任单位/牵头 | 责任单位/配合", "1 | 甲 | 乙 | 丙"}},
		"a wide cell of the body makes no header": {
			[]string{"序号,任务,单位", "1^2,甲*2", "乙,丙"}, []string{"序号 | 任务 | 单位", "1 | 甲 |", "1 | 乙 | 丙"}},
		"a cell that reaches down at the end of rows": {[]string{"任务,单位", "甲,乙^3", "丙", "丁"}, []string{"任务 | 单位", "甲 | 乙", "丙 | 乙", "丁 | 乙"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := drawn(c.rows...).lines()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("spans cannot be used to fill the memory", func(t *testing.T) {
		rows := []string{strings.Repeat("甲,", 150) + strings.Repeat("长", 50) + "*65534^65534"}
		for range 10_000 {
			rows = append(rows, "乙^65534*65534")
		}
		if _, err := drawn(rows...).lines(); !fault.Is(err, fault.UnreadableFile) {
			t.Errorf("err = %v", err)
		}
		long := drawn("任务,单位", strings.Repeat("长", 100_000)+"^1000,甲")
		for range 900 {
			long.rows = append(long.rows, drawn("乙").rows...)
		}
		if _, err := long.lines(); !fault.Is(err, fault.UnreadableFile) {
			t.Errorf("err = %v", err)
		}
	})
}

func TestFormatNumber(t *testing.T) {
	for format, want := range map[string]map[int]string{
		"decimal":                      {0: "0", 7: "7", 120: "120"},
		"decimalZero":                  {3: "03", 12: "12"},
		"none":                         {5: ""},
		"chineseCounting":              {1: "一", 10: "十", 11: "十一", 20: "二十", 25: "二十五", 101: "一百零一", 110: "一百一十", 2003: "二千零三", 0: "0", 10000: "10000"},
		"ideographDigital":             {10: "一〇", 25: "二五"},
		"chineseLegalSimplified":       {10: "壹拾", 25: "贰拾伍"},
		"ideographTraditional":         {1: "甲", 10: "癸", 11: "11"},
		"ideographZodiac":              {12: "亥"},
		"upperRoman":                   {4: "IV", 1994: "MCMXCIV", 4000: "4000"},
		"lowerRoman":                   {9: "ix"},
		"upperLetter":                  {1: "A", 26: "Z", 27: "AA", 53: "AAA"},
		"lowerLetter":                  {28: "bb"},
		"decimalFullWidth":             {12: "１２"},
		"decimalEnclosedCircleChinese": {1: "①", 20: "⑳", 21: "21"},
		"decimalEnclosedParen":         {2: "⑵"},
		"decimalEnclosedFullstop":      {3: "⒊"},
		"ideographEnclosedCircle":      {10: "㊉"},
		"unheardOf":                    {8: "8"},
	} {
		for n, text := range want {
			if got := formatNumber(n, format); got != text {
				t.Errorf("%d as %s is %q, want %q", n, format, got, text)
			}
		}
	}
}

func TestCleanLine(t *testing.T) {
	for in, want := range map[string]string{
		"\u3000甲\t 乙\u3000":       "甲 乙",
		"\u200b\x00甲\ue000\ufffd": "甲",
		"⼀、⼈⼝":                    "一、人口",
		"金\uf90a":                 "金金",
		"（甲）１":                    "（甲）１",
		"甲\ufffe\U0001ffff":       "甲",
		"𠀀":                       "𠀀",
	} {
		if got := cleanLine(in); got != want {
			t.Errorf("cleanLine(%q) = %q, want %q", in, got, want)
		}
	}
}
