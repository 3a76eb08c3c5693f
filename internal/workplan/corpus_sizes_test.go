package workplan

import "testing"

func TestHowBigEachOfTheCountedThingsIsIsNoTarget(t *testing.T) {
	checkReasons(t, map[string]map[string]string{
		"新建80张床位的康养中心2个。":          {"80张": "project_capacity", "2个": isTarget},
		"新建600平方米的文化广场10个。":        {"600平方米": "project_capacity", "10个": isTarget},
		"新建4层教学楼1栋。":               {"4层": "project_capacity", "1栋": isTarget},
		"新建14米宽道路3条。":              {"14米": "project_capacity", "3条": isTarget},
		"建成年出栏3000头生猪养殖场8个。":       {"3000头": "project_capacity", "8个": isTarget},
		"建设可停放200辆车的停车场2处。":        {"200辆": "project_capacity", "2处": isTarget},
		"培育年产值超20亿元企业5家。":          {"20亿元": "project_capacity", "5家": isTarget},
		"举办600人以上的招聘会10场。":         {"10场": isTarget},
		"新增绿地5万平方米、游园3座。":          {"5万平方米": isTarget, "3座": isTarget},
		"新增养老床位240张每千人口托位数4个。":     {"240张": isTarget, "4个": isTarget},
		"带动200户600人增收。":            {"200户": isTarget, "600人": isTarget},
		"建设30公里管廊2条。":              {"30公里": isTarget, "2条": isTarget},
		"对发生一次死亡3人以上事故的地区,实行一票否决。": {"3人": "threshold"},
		"每组3至5人。":                  {"3至5人": "structure"},
		"签约项目权重40%,到位资金权重占35%。":    {"40%": "structure", "35%": "structure"},
	})
}

func TestKindsOfWhatIsBroughtAboutAndOfQuotients(t *testing.T) {
	checkReadings(t, []reading{
		{"举办千人以上招聘会6场。", []string{"千人以上招聘会场次 | eq 6场 | increment"}},
		{"培育千人企业2家。", []string{"培育千人企业数 | eq 2家 | increment"}},
		{"降低物流成本4000万元。", []string{"降低物流成本 | eq 4000万元 | increment"}},
		{"每千人口床位数提高到7张。", []string{"每千人口床位数 | eq 7张 | ratio"}},
		{"新打机井55眼。", []string{"新打机井数 | eq 55眼 | increment"}},
		{"万车死亡率降至1.2人以下。", []string{"万车死亡率 | le 1.2人 | ratio down"}},
		{"建设总装机2×66万千瓦煤电项目1个。", []string{"总装机2×66万千瓦煤电项目数 | eq 1个 | increment"}},
		{"粮食播种面积70万亩,总产量35万吨,其中大豆种植面积3万亩。", []string{
			"粮食播种面积 | eq 70万亩 | cumulative", "粮食总产量 | eq 35万吨 | increment", "大豆种植面积 | eq 3万亩 | cumulative",
		}},
		{"家庭医生签约40万人。", []string{"家庭医生签约人数 | eq 40万人 | increment"}},
		{"签约20个项目。", []string{"签约项目数 | eq 20个 | increment"}},
		{"完成投资2亿5千6百万元。", []string{"完成投资 | eq 2.56亿元 | increment"}},
		{"争取资金3千5百万元。", []string{"争取资金 | eq 3.5千万元 | increment hoped"}},
	})
}

func TestTimesThatAreBroughtDown(t *testing.T) {
	checkReadings(t, []reading{
		{"办理时限缩短为6个工作日。", []string{"办理时限 | eq 6个工作日 | cumulative down"}},
		{"退税时间降为3小时以内。", []string{"退税时间 | le 3小时 | cumulative down"}},
		{"审批时间压缩至12天内。", []string{"审批时间 | le 12天 | cumulative down"}},
		{"人均受教育年限提高为12年。", []string{"人均受教育年限 | eq 12年 | cumulative"}},
	})
	checkReasons(t, map[string]map[string]string{"办理时限由20个工作日缩短为6个工作日。": {"20个工作日": "baseline", "6个工作日": isTarget}})
	for _, sentence := range []string{"每周开放时间达到63小时。", "图书馆每周开放63小时以上。", "供水时间延长到24小时。"} {
		if got := Read(inPlanFor(2023, sentence)).Warnings; len(got) == 0 {
			t.Errorf("%s leaves no warning", sentence)
		}
	}
}
