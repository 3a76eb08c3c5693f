package workplan

import (
	"strings"
	"testing"
)

// work is what reading a text costs, in bytes that rules looked at.
func work(text string) int {
	total := 0
	eachBlock(text, func(_ *reader, _ *block, found *findings) { total += found.work })
	return total
}

// TestWorkGrowsWithTheText doubles texts of awkward kinds: twice the text may
// cost twice the work, and not its square.
func TestWorkGrowsWithTheText(t *testing.T) {
	cases := map[string]string{
		"plain sentences":              "1.抓好落实。新增企业3家，建成站点5座。\n",
		"one endless list":             "新增企业3家、",
		"one endless clause":           "新增企业3家",
		"brackets that never close":    "(“新增3家",
		"statements without end":       "新增3家(市发改局)",
		"sentences that only complete": "新增3家。11月底前完成。",
		"headings without end":         "一、甲\n1.乙项。\n",
		"dates without end":            "2023年、",
		"dates without a sign":         "2023年",
		"every month without end":      "每月巡查3次、",
		"aims of none without end":     "不发生一次死亡3人以上事故",
		"respectively without end":     "分别新增3家、",
		"aims of all without end":      "全覆盖、甲",
		"ranks without end":            "位居全省前3名、",
		"steps without end":            "6月底前完成甲、",
		"steps in brackets":            "甲(6月底前通车)、",
	}
	for name, unit := range cases {
		t.Run(name, func(t *testing.T) {
			const times = 400
			once, twice := work(strings.Repeat(unit, times)), work(strings.Repeat(unit, 2*times))
			if once == 0 {
				t.Fatal("no work was counted")
			}
			if 10*twice > 22*once {
				t.Errorf("%d for the text, %d for twice the text", once, twice)
			}
		})
	}
}
