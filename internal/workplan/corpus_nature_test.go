package workplan

import "testing"

func TestSentencesOnNatureAndEfficiency(t *testing.T) {
	checkReadings(t, []reading{
		{"PM2.5平均浓度降至30微克/立方米以下，优良天数比例达到86%。",
			[]string{
				"PM2.5平均浓度 | le 30微克/立方米 | cumulative down",
				"优良天数比例 | eq 86% | ratio",
			}},
		{"地表水国考断面优良比例保持在95%以上，劣Ⅴ类水体全面消除。",
			[]string{
				"地表水国考断面优良比例 | ge 95% | ratio",
			}},
		{"新增光伏装机80万千瓦，非化石能源消费占比达到22%。",
			[]string{
				"新增光伏装机 | eq 80万千瓦 | increment",
				"非化石能源消费占比 | eq 22% | ratio",
			}},
		{"万元工业增加值用水量控制在20立方米以内。",
			[]string{
				"万元工业增加值用水量 | le 20立方米 | cumulative down",
			}},
		{"生活垃圾回收利用率达到38%，危险废物处置能力提升到12万吨/年。",
			[]string{
				"生活垃圾回收利用率 | eq 38% | ratio",
				"危险废物处置能力 | eq 12万吨/年 | cumulative",
			}},
		{"森林覆盖率稳定在58.6%，湿地保护率达到56%。",
			[]string{
				"森林覆盖率 | eq 58.6% | ratio",
				"湿地保护率 | eq 56% | ratio",
			}},
		{"整治入河排污口120个，修复矿山16座。",
			[]string{
				"整治入河排污口数 | eq 120个 | increment",
				"修复矿山数 | eq 16座 | increment",
			}},
		{"办理时限由15个工作日压缩至7个工作日。",
			[]string{
				"办理时限 | eq 7个工作日 from 15 | cumulative down",
			}},
		{"一次办结率达到98%以上，电子证照应用不少于200项。",
			[]string{
				"一次办结率 | ge 98% | ratio",
				"电子证照应用数 | ge 200项 | increment",
			}},
		{"亿元生产总值生产安全事故死亡率下降10%。",
			[]string{
				"亿元生产总值生产安全事故死亡率下降 | eq 10% | growth down",
			}},
	})
}
