package workplan

import "testing"

func TestNamesOfListsLeaveOutTheSentenceAround(t *testing.T) {
	checkReadings(t, []reading{
		{"火灾起数、伤亡人数同比分别下降6%以上、4%以上,较大火灾不超过2起。", []string{
			"火灾起数下降 | ge 6% | growth down", "伤亡人数下降 | ge 4% | growth down", "较大火灾起数 | le 2起 | increment down",
		}},
		{"客运量、货运量较上年分别增长3%、5%。", []string{"客运量增长 | eq 3% | growth", "货运量增长 | eq 5% | growth"}},
	})
}

func TestNamesStandBeforeASemicolonOrColon(t *testing.T) {
	checkReadings(t, []reading{
		{"到2023年底,全县村级服务站达到85个;到2024年底达到110个。", []string{
			"村级服务站数（2023年） | eq 85个 | cumulative", "村级服务站数（2024年） | eq 110个 | cumulative | 2024-12-31",
		}},
		{"社区图书室开放率:2023年60%、2024年75%。", []string{
			"社区图书室开放率（2023年） | eq 60% | ratio", "社区图书室开放率（2024年） | eq 75% | ratio | 2024-12-31",
		}},
		{"藏书达标率达到80%,图书室开放率:2023年60%。", []string{"藏书达标率 | eq 80% | ratio", "图书室开放率 | eq 60% | ratio"}},
	})
}
