package workplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// inTable reads a table under the title of a plan for 2025.
func inTable(rows ...string) Draft {
	return Read("澜江市2025年主要指标表\n" + strings.Join(rows, "\n"))
}

// inFiveYears reads a table under the title of a plan for 2021 to 2025.
func inFiveYears(rows ...string) Draft {
	return Read("澜江市“十四五”发展规划\n主要指标表\n" + strings.Join(rows, "\n"))
}

// short is a target in short: name, comparator, amount, baseline and deadline.
func short(found []indicator.Indicator) []string {
	var all []string
	for _, in := range found {
		all = append(all, fmt.Sprintf("%s %s %s %s", in.Name, in.Target.Comparator, amount(in), in.DueOn))
	}
	return all
}

func checkShort(t *testing.T, d Draft, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, short(d.Indicators)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestColumnsOfYears(t *testing.T) {
	t.Run("each year of the plan is a target, the one before it the baseline of all", func(t *testing.T) {
		checkShort(t, Read("澜江市绿化行动方案（2024—2026年）\n指标|单位|2023年|2024年|2025年|2026年\n绿地率|%|38|38.5|39|40以上"),
			"绿地率（2024年） eq 38.5% from 38 2024-12-31", "绿地率（2025年） eq 39% from 38 2025-12-31", "绿地率（2026年） ge 40% from 38 2026-12-31")
	})
	t.Run("what is done in a year begins with it", func(t *testing.T) {
		d := Read("澜江市绿化行动方案（2024—2026年）\n指标|单位|2024年|2025年|2026年\n新建公园|个|3|4|5")
		for i, in := range d.Indicators {
			if in.StartsOn.String() != fmt.Sprintf("%d-01-01", 2024+i) || in.Kind != indicator.Increment {
				t.Errorf("%s from %s is of kind %s", in.Name, in.StartsOn, in.Kind)
			}
		}
	})
	t.Run("parts of a year are counted from its beginning", func(t *testing.T) {
		checkShort(t, inTable("指标|单位|一季度|上半年|前三季度|全年", "工业投资|亿元|3|7|11|15"),
			"工业投资（3月） eq 3亿元 2025-03-31", "工业投资（6月） eq 7亿元 2025-06-30", "工业投资（9月） eq 11亿元 2025-09-30", "工业投资（12月） eq 15亿元 2025-12-31")
	})
	t.Run("a month alone is for itself", func(t *testing.T) {
		d := inTable("指标|单位|1月|2月|12月", "新增床位|张|5|3|6")
		checkShort(t, d, "新增床位（1月） eq 5张 2025-01-31", "新增床位（2月） eq 3张 2025-02-28", "新增床位（12月） eq 6张 2025-12-31")
		if got := d.Indicators[1].StartsOn.String(); got != "2025-02-01" {
			t.Errorf("starts on %s", got)
		}
	})
	t.Run("a month of a year is no whole year", func(t *testing.T) {
		checkShort(t, inTable("指标|单位|2025年6月|2025年12月", "绿地率|%|38|39"), "绿地率（6月） eq 38% 2025-06-30", "绿地率（12月） eq 39% 2025-12-31")
	})
	t.Run("months may be rows", func(t *testing.T) {
		checkShort(t, inTable("月份|新增企业（家）|新增学位（个）", "1月|4|30", "2月|6|—"), "新增企业（1月） eq 4家 2025-01-31", "新增学位 eq 30个 2025-01-31", "新增企业（2月） eq 6家 2025-02-28")
	})
	t.Run("what the plan before aimed at is none", func(t *testing.T) {
		d := inFiveYears("指标|“十三五”规划目标|2020年|2025年", "巩固率（%）|95|96|97")
		checkShort(t, d, "巩固率 eq 97% from 96 2025-12-31")
		if len(d.Warnings) != 1 || d.Warnings[0].Code != indicator.WarnTableColumn {
			t.Errorf("%+v", d.Warnings)
		}
	})
	t.Run("a year before the plan in the title is a table of results", func(t *testing.T) {
		d := Read("澜江市2025年工作任务\n1.新建公园3个。\n附件：2024年造林任务完成表\n乡镇|造林（亩）\n东山镇|30\n合计|30")
		checkShort(t, d, "新建公园数 eq 3个 2025-12-31")
	})
}

func TestGrowthBesideLevels(t *testing.T) {
	t.Run("is a target of its own", func(t *testing.T) {
		d := inTable("指标|单位|2024年||2025年|", "||实际|增长（%）|计划|增长（%）", "工业增加值|亿元|50|6|54|7左右")
		checkShort(t, d, "工业增加值 eq 54亿元 2025-12-31", "工业增加值增长 approx 7% 2025-12-31")
		if d.Indicators[1].Kind != indicator.Growth {
			t.Errorf("kind %s", d.Indicators[1].Kind)
		}
	})
	t.Run("over the years is an average", func(t *testing.T) {
		d := inFiveYears("指标|单位|2020年|2025年|年均增速（%）", "工业增加值|亿元|50|80|8")
		checkShort(t, d, "工业增加值 eq 80亿元 from 50 2025-12-31", "工业增加值年均增长 eq 8% 2025-12-31")
		if d.Indicators[1].Over != indicator.OverAverage {
			t.Errorf("over %s", d.Indicators[1].Over)
		}
	})
	t.Run("a share in that column is what its name says", func(t *testing.T) {
		checkShort(t, inFiveYears("指标|单位|2025年|年均/累计", "调查失业率|%|—|＜5.5", "能耗降低|%|—|〔13〕"),
			"调查失业率 lt 5.5% 2025-12-31", "能耗降低 eq 13% 2025-12-31")
	})
	t.Run("a change in brackets beside its level says the same", func(t *testing.T) {
		d := inFiveYears("指标|单位|2020年|2025年|累计", "城镇化率|%|58|65|〔7〕", "森林覆盖率|%|40|41〔1〕|—")
		checkShort(t, d, "城镇化率 eq 65% from 58 2025-12-31", "森林覆盖率 eq 41% from 40 2025-12-31")
		if n := len(d.Warnings); n != 2 || d.Warnings[0].Code != indicator.WarnBeside {
			t.Errorf("%+v", d.Warnings)
		}
	})
	t.Run("alone it is the sum of the term", func(t *testing.T) {
		d := inFiveYears("指标|单位|2020年|2025年|累计", "新增就业|万人|—|—|〔6〕", "总部数量|家|—|—|〔累计达到90〕")
		checkShort(t, d, "新增就业 eq 6万人 2025-12-31", "总部数量 eq 90家 2025-12-31")
	})
}

func TestUnitsOfTables(t *testing.T) {
	for name, c := range map[string]struct{ head, row, want string }{
		"in their column":                     {"指标|单位|2025年目标", "床位数|张|120", "床位数 eq 120张 2025-12-31"},
		"after the name":                      {"指标|2025年目标", "床位数（张）|120", "床位数 eq 120张 2025-12-31"},
		"in the head":                         {"指标|2025年目标（张）", "床位数|120", "床位数 eq 120张 2025-12-31"},
		"in the cell":                         {"指标|2025年目标", "床位数|120张以上", "床位数 ge 120张 2025-12-31"},
		"the cell's own is part of it":        {"指标|单位|2025年目标", "补助标准|元/人/月|不低于60元", "补助标准 ge 60元/人/月 2025-12-31"},
		"above the table":                     {"单位：张\n指标|2025年目标", "床位数|120", "床位数 eq 120张 2025-12-31"},
		"a share by its name":                 {"指标|2025年目标", "覆盖率|95", "覆盖率 eq 95% 2025-12-31"},
		"an index has none":                   {"指标|单位|2025年目标", "灌溉水利用系数|—|0.58", "灌溉水利用系数 eq 0.58 2025-12-31"},
		"one of two names":                    {"指标|单位|2025年目标", "保障性住房|套（间）|120", "保障性住房 eq 120套（间） 2025-12-31"},
		"one of two names, in ASCII":          {"指标|单位|2025年目标", "检测设备|台(套)|120", "检测设备 eq 120台(套) 2025-12-31"},
		"in brackets":                         {"指标|单位|2025年目标", "床位数|（张）|120", "床位数 eq 120张 2025-12-31"},
		"so many times it":                    {"指标|单位|2025年目标", "高标准农田|亩|3万", "高标准农田 eq 3万亩 2025-12-31"},
		"more than so many times it":          {"指标|单位|2025年目标", "高标准农田|亩|1万余", "高标准农田 ge 1万亩 2025-12-31"},
		"so many times one of a rate":         {"指标|单位|2025年目标", "人均收入|元/人|1.2万", "人均收入 eq 1.2万元/人 2025-12-31"},
		"a cell may leave out what it is per": {"指标|单位|2025年目标", "人均收入|元/人|1.2万元", "人均收入 eq 1.2万元/人 2025-12-31"},
		"so many times that of the head":      {"指标|2025年目标（亩）", "高标准农田|3万", "高标准农田 eq 3万亩 2025-12-31"},
		"brackets may hold something else":    {"指标|单位|2025年目标", "执业（助理）医师数|人|30", "执业（助理）医师数 eq 30人 2025-12-31"},
	} {
		t.Run(name, func(t *testing.T) { checkShort(t, inTable(c.head, c.row), c.want) })
	}
	t.Run("a note holds for no row that counts or measures something else", func(t *testing.T) {
		d := inTable("单位：万吨", "指标|2025年目标", "粮食产量|40", "火灾起数|≤2", "重污染天数|5", "搬迁户数|300", "学生数|500", "绿地率|39", "用地面积|30", "书店数|30", "农民收入|2000")
		checkShort(t, d, "粮食产量 eq 40万吨 2025-12-31", "火灾起数 le 2起 2025-12-31", "重污染天数 eq 5天 2025-12-31", "搬迁户数 eq 300户 2025-12-31", "学生数 eq 500人 2025-12-31", "绿地率 eq 39% 2025-12-31")
		if len(d.Warnings) != 3 || d.Warnings[0].Code != indicator.WarnUnit {
			t.Errorf("%+v", d.Warnings)
		}
	})
	t.Run("nor does a column", func(t *testing.T) {
		checkShort(t, inTable("指标|2025年目标（微克/立方米）", "细颗粒物浓度|35", "重污染天数|5", "优良比例|85"),
			"细颗粒物浓度 eq 35微克/立方米 2025-12-31", "重污染天数 eq 5天 2025-12-31", "优良比例 eq 85% 2025-12-31")
	})
	t.Run("it holds for what is counted in it, and for rates", func(t *testing.T) {
		checkShort(t, inTable("单位：万人", "指标|2025年目标", "就业人数|3.5", "培训人次|4"), "就业人数 eq 3.5万人 2025-12-31", "培训人次 eq 4万人次 2025-12-31")
		checkShort(t, inTable("单位：‰", "指标|2025年目标", "婴儿死亡率|3.5"), "婴儿死亡率 eq 3.5‰ 2025-12-31")
		checkShort(t, inTable("单位：人/10万", "指标|2025年目标", "孕产妇死亡率|9"), "孕产妇死亡率 eq 9人/10万 2025-12-31")
	})
	t.Run("ten thousands of something else are none of what a name counts", func(t *testing.T) {
		if d := inTable("单位：万人", "指标|2025年目标", "搬迁户数|3"); len(d.Indicators) != 0 || len(d.Warnings) == 0 {
			t.Errorf("%v", short(d.Indicators))
		}
	})
	t.Run("a name that ends with a unit needs no other", func(t *testing.T) {
		checkShort(t, inTable("指标|2025年目标", "火灾起数|2", "床位数|120"), "火灾起数 eq 2起 2025-12-31", "床位数 eq 120张 2025-12-31")
	})
	t.Run("without any the cell is warned of, with its row and column", func(t *testing.T) {
		d := inTable("指标|2024年完成|2025年目标", "床位|110|120")
		if len(d.Indicators) != 0 || len(d.Warnings) == 0 {
			t.Fatalf("%v %v", values(d.Indicators), d.Warnings)
		}
	})
}

func TestValuesOfCells(t *testing.T) {
	for cell, want := range map[string]string{
		"120": "eq 120", "≥120": "ge 120", "120以上": "ge 120", "不低于120": "ge 120", "＞120": "gt 120", "超过120": "gt 120", "≤120": "le 120", "控制在120以内": "le 120",
		"＜120": "lt 120", "120左右": "approx 120", "约120": "approx 120", "100—120": "eq 100-120", "100-120": "eq 100-120", "1,200": "eq 1200", "12.50": "eq 12.50",
		"120①": "eq 120", "120*": "eq 120", "稳定在120以上": "ge 120", "达到120": "eq 120", "120、力争更高": "eq 120", "120（含续建）": "eq 120", "=120": "eq 120",
		"120+": "ge 120", "120+张": "ge 120", "一千二百": "eq 1200", "不低于五百": "ge 500", "三十张": "eq 30",
	} {
		t.Run(cell, func(t *testing.T) {
			checkShort(t, inTable("指标|单位|2025年目标", "床位总数|张|"+cell), "床位总数 "+want+"张 2025-12-31")
		})
	}
	t.Run("the name may compare them", func(t *testing.T) {
		checkShort(t, inTable("指标|单位|2025年目标", "参保率达到|%|96", "失业率低于|%|5", "细颗粒物浓度控制在|微克/立方米|35", "养老金标准提高至|元|200"),
			"参保率 eq 96% 2025-12-31", "失业率 lt 5% 2025-12-31", "细颗粒物浓度 le 35微克/立方米 2025-12-31", "养老金标准 eq 200元 2025-12-31")
	})
	for _, cell := range []string{"—", "-", "", "/", "…"} {
		t.Run("nothing: "+cell, func(t *testing.T) {
			if d := inTable("指标|单位|2025年目标", "床位总数|张|"+cell, "绿地率|%|39"); len(d.Indicators) != 1 {
				t.Errorf("%v", values(d.Indicators))
			}
		})
	}
	t.Run("several in words are read as a sentence", func(t *testing.T) {
		d := Read("澜江市2025年任务表\n序号|指标|目标任务\n1|工业投资|增长8%以上，总量达到21亿元\n2|床位|120张")
		if got := values(d.Indicators); !slices.Equal(got, []string{"8%", "21亿元", "120张"}) {
			t.Errorf("%v", got)
		}
	})
	t.Run("several in one cell have a name each", func(t *testing.T) {
		checkShort(t, inFiveYears("指标|单位|2025年|累计", "旧房改造|万平方米|—|〔成片：五年累计约90零星：五年累计约15〕"),
			"旧房改造（成片） approx 90万平方米 2025-12-31", "旧房改造（零星） approx 15万平方米 2025-12-31")
	})
}

func TestTargetsOfTablesThatWait(t *testing.T) {
	for cell, want := range map[string]indicator.Comparator{
		"完成市下达任务": indicator.Equal, "达到省考核要求": indicator.Equal, "持续改善": indicator.Equal, "只降不升": indicator.AtMost, "与经济增长同步": indicator.Equal,
		"不低于上年": indicator.AtLeast, "高于全省平均增速": indicator.MoreThan, "保持在合理区间、各年度视情提出": indicator.Equal, "与全市平均水平持平": indicator.Equal,
	} {
		t.Run(cell, func(t *testing.T) {
			d := inTable("指标|单位|2025年目标", "空气优良率|%|"+cell, "绿地率|%|39")
			if len(d.Indicators) != 2 {
				t.Fatalf("%v", values(d.Indicators))
			}
			if in := d.Indicators[0]; !in.Target.Waits || in.Target.Comparator != want || in.Target.Reference != cell || in.Name != "空气优良率" {
				t.Errorf("%s %+v", in.Name, in.Target)
			}
		})
	}
	t.Run("words that are done say nothing of a figure", func(t *testing.T) {
		if d := inTable("任务|年度目标|牵头单位", "体育馆|建成投用|市体育局"); len(d.Indicators) != 0 {
			t.Errorf("%v", values(d.Indicators))
		}
	})
}

func TestNamesOfRows(t *testing.T) {
	for name, c := range map[string]struct {
		rows []string
		want []string
	}{
		"numbers and marks are none of them": {
			[]string{"指标|单位|2025年目标", "（1）绿地率①|%|39", "2.水体2优良率|%|90", "注：1.为国控断面。2.含湖库。"}, []string{"绿地率", "水体优良率"}},
		"the finer column names": {
			[]string{"项目|建设内容|单位|2025年目标", "老旧小区|加装电梯|部|30"}, []string{"加装电梯"}},
		"a part is completed by what it is part of": {
			[]string{"指标|单位|2025年目标", "居民人均可支配收入|元|300", "其中：城镇|元|400", "农村|元|200"},
			[]string{"居民人均可支配收入", "城镇居民人均可支配收入", "农村居民人均可支配收入"}},
		"what is only done is none of them": {
			[]string{"指标|单位|2025年目标", "新增企业|家|30", "投资|亿元|20"}, []string{"新增企业", "投资"}},
		"but a part of the things above": {
			[]string{"指标|单位|2025年目标", "老旧小区|个|30", "其中：改造|个|20"}, []string{"老旧小区", "改造老旧小区"}},
		"a part of the product is its value added": {
			[]string{"指标|单位|2025年目标", "地区生产总值|亿元|300", "其中：第一产业|亿元|40"}, []string{"地区生产总值", "第一产业增加值"}},
		"a merged name that measures completes those beside": {
			[]string{"指标||2025年目标", "主要污染物排放量减少（%）|氨氮|8", "主要污染物排放量减少（%）|总磷|9"}, []string{"主要污染物排放量减少氨氮", "主要污染物排放量减少总磷"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, in := range inTable(c.rows...).Indicators {
				got = append(got, in.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestKindsOfTargetsOfTables(t *testing.T) {
	kinds := func(d Draft) (all []string) {
		for _, in := range d.Indicators {
			all = append(all, fmt.Sprintf("%s %s", in.Name, in.Kind))
		}
		return all
	}
	for name, c := range map[string]struct {
		d    Draft
		want []string
	}{
		"what is to be spent in the year is added": {
			inTable("项目名称|2025年计划投资（亿元）", "滨江路|5", "产业园|12"), []string{"滨江路 increment", "产业园 increment"}},
		"what is produced is not spent": {
			inFiveYears("产业|2020年产值（亿元）|2025年产值（亿元）", "装备制造|5|12"), []string{"装备制造 cumulative"}},
		"the years of a plan are all alike": {
			Read("澜江市发展行动方案（2024—2026年）\n指标|单位|2024年|2025年|2026年\n地区生产总值|亿元|1000|1060|1123"),
			[]string{"地区生产总值（2024年） cumulative", "地区生产总值（2025年） cumulative", "地区生产总值（2026年） cumulative"}},
		"also as rows": {
			Read("澜江市发展行动方案（2024—2026年）\n年度|地区生产总值（亿元）\n2024年|1000\n2025年|1060"),
			[]string{"地区生产总值（2024年） cumulative", "地区生产总值（2025年） cumulative"}},
		"a verb of the cell adds": {
			inTable("指标|单位|2024年完成|2025年目标", "农村公益性公墓|处|31|新建5处"), []string{"农村公益性公墓 increment"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, kinds(c.d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLessThanWasDoneBeforeIsNoFall(t *testing.T) {
	d := inTable("指标|单位|2024年完成|2025年目标", "国省干线公路养护工程|公里|142|40", "企业总数|家|300|200", "化肥使用量|吨|142|40", "登记失业率|%|5|4", "新增床位|张|30|≤20")
	want := []indicator.Direction{indicator.Increase, indicator.Decrease, indicator.Decrease, indicator.Decrease}
	for i, direction := range want {
		if got := d.Indicators[i]; got.Direction != direction {
			t.Errorf("%s: %s", got.Name, got.Direction)
		}
	}
}

func TestCellsThatSayWhatTheyStartFrom(t *testing.T) {
	checkShort(t, inTable("指标|2025年目标", "森林覆盖率|由41%提高到42.5%", "学位数|从300个增加至500个以上", "失业率|由5%降为4%"),
		"森林覆盖率 eq 42.5% from 41 2025-12-31", "学位数 ge 500个 from 300 2025-12-31", "失业率 eq 4% from 5 2025-12-31")
}

func TestRowsOfChangesAmongYears(t *testing.T) {
	checkShort(t, inTable("指标|地区生产总值（亿元）|城镇化率（%）", "2024年|1000|61", "2025年目标|1060|62", "增速|6%|—"),
		"地区生产总值 eq 1060亿元 2025-12-31", "城镇化率 eq 62% from 61 2025-12-31", "地区生产总值增速 eq 6% 2025-12-31")
	checkShort(t, inTable("年度|财政收入（亿元）", "2025年|106", "增幅|6左右"), "财政收入 eq 106亿元 2025-12-31", "财政收入增幅 approx 6% 2025-12-31")
}

func TestTargetsThatAreHopedFor(t *testing.T) {
	d := inTable("指标|保底目标|力争目标", "新增企业（家）|30|40")
	checkShort(t, d, "新增企业 eq 30家 2025-12-31", "新增企业（力争） eq 40家 2025-12-31")
	if d.Indicators[0].Binding != indicator.Committed || d.Indicators[1].Binding != indicator.Expected {
		t.Errorf("%s, %s", d.Indicators[0].Binding, d.Indicators[1].Binding)
	}
}

func TestBindingOfTables(t *testing.T) {
	t.Run("by its column", func(t *testing.T) {
		d := inTable("指标|单位|2025年目标|属性", "绿地率|%|39|预期性", "耕地保有量|万亩|50|约束性")
		if d.Indicators[0].Binding != indicator.Expected || d.Indicators[1].Binding != indicator.Committed {
			t.Errorf("%s %s", d.Indicators[0].Binding, d.Indicators[1].Binding)
		}
	})
	t.Run("by a sentence", func(t *testing.T) {
		d := Read("澜江市2025年农业任务\n现下达任务，其中耕地面积为约束性指标，其他为预期性指标。\n乡镇|耕地面积（万亩）|产量（万吨）\n东山镇|5|3\n合计|5|3")
		if d.Indicators[0].Binding != indicator.Committed || d.Indicators[1].Binding != indicator.Expected || d.Parts[1].Indicator.Binding != indicator.Expected {
			t.Errorf("%s %s", d.Indicators[0].Binding, d.Indicators[1].Binding)
		}
	})
}

func TestAgenciesOfRows(t *testing.T) {
	for name, c := range map[string]struct{ head, cells, lead, joint string }{
		"one column of those responsible":    {"责任单位", "市教育局、市财政局", "", "市教育局 市财政局"},
		"the first of which leads":           {"责任单位（列首位的为牵头单位）", "市教育局、市财政局", "市教育局", "市财政局"},
		"beside those who lead":              {"牵头单位|责任单位", "市教育局|市财政局", "市教育局", "市财政局"},
		"beside those who help":              {"责任单位|配合单位", "市教育局|市财政局", "市教育局", "市财政局"},
		"with no more than spaces between":   {"牵头单位", "市教育局 市财政局", "市教育局 市财政局", ""},
		"persons are none":                   {"分管领导|牵头单位", "张某|市教育局", "市教育局", ""},
		"those who judge them take no part":  {"牵头单位|考核部门", "市教育局|市委督查室", "市教育局", ""},
		"one says that it leads":             {"责任单位", "市教育局牵头，市财政局、市住建局配合", "市教育局", "市财政局 市住建局"},
		"several say that they lead":         {"责任单位", "市教育局、市财政局牵头，市住建局配合", "市教育局 市财政局", "市住建局"},
		"others take part with it":           {"责任单位", "市教育局牵头，市财政局、市住建局", "市教育局", "市财政局 市住建局"},
		"others help":                        {"责任单位", "市教育局，市财政局配合", "市教育局", "市财政局"},
		"it says so in brackets":             {"责任单位", "市教育局（牵头）、市财政局", "市教育局", "市财政局"},
		"labels say so":                      {"责任单位", "牵头单位：市教育局；配合单位：市财政局", "市教育局", "市财政局"},
		"a name may have a list in brackets": {"责任单位", "各县（市、区）政府牵头，市住建局配合", "各县（市、区）政府", "市住建局"},
		"a name may end with a remark":       {"责任单位", "市教育局（市语委办）、市财政局", "", "市教育局（市语委办） 市财政局"},
		"those in the cell and those it has": {"责任单位|完成时限", "市教育局，各区政府|8月底前", "", "市教育局 各区政府"},
	} {
		t.Run(name, func(t *testing.T) {
			in := inTable("指标|单位|2025年目标|"+c.head, "学位|个|900|"+c.cells).Indicators[0]
			if got := strings.Join(in.LeadAgencies, " "); got != c.lead {
				t.Errorf("%q lead, want %q", got, c.lead)
			}
			if got := strings.Join(in.ParticipatingAgencies, " "); got != c.joint {
				t.Errorf("%q take part, want %q", got, c.joint)
			}
		})
	}
	t.Run("the column of deadlines dates the row", func(t *testing.T) {
		checkShort(t, inTable("指标|单位|年度目标|完成时限", "学位|个|900|8月底前", "床位|张|20|全年"), "学位 eq 900个 2025-08-31", "床位 eq 20张 2025-12-31")
		checkShort(t, inTable("指标|单位|年度目标|完成时限", "学位|个|900|20250930", "床位|张|20|25.6.30"), "学位 eq 900个 2025-09-30", "床位 eq 20张 2025-06-30")
	})
	t.Run("several deadlines of one target are warned of", func(t *testing.T) {
		text := "澜江市2025年主要指标表\n指标|单位|年度目标|完成时限\n学位|个|900|4月、10月\n床位|张|20|5月底、9月底前"
		d := Read(text)
		checkShort(t, d, "学位 eq 900个 2025-12-31", "床位 eq 20张 2025-12-31")
		if got := noted(text, d); !slices.Equal(got, []string{"table_cell 4月、10月", "table_cell 5月底、9月底前"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestSharesOfPlaces(t *testing.T) {
	parts := func(d Draft) (all []string) {
		for _, p := range d.Parts {
			all = append(all, fmt.Sprintf("%s: %s of %q", p.Area, short([]indicator.Indicator{p.Indicator})[0], p.PartOf))
		}
		return all
	}
	want := []string{
		`东山镇: 造林面积 eq 30亩 2025-12-31 of "造林面积"`, `东山镇: 成活率 ge 90% 2025-12-31 of ""`,
		`西河镇: 造林面积 eq 20亩 2025-12-31 of "造林面积"`, `西河镇: 成活率 ge 85% 2025-12-31 of ""`,
	}
	byRow := inTable("乡镇|造林面积（亩）|成活率（%）", "东山镇|30|≥90", "西河镇|20|≥85", "合计|50|≥88")
	t.Run("are parts of the total, unless they are lexicon.RateNouns", func(t *testing.T) {
		if diff := cmp.Diff(want, parts(byRow)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		checkShort(t, byRow, "造林面积 eq 50亩 2025-12-31", "成活率 ge 88% 2025-12-31")
	})
	t.Run("stand in columns as well", func(t *testing.T) {
		d := inTable("指标|单位|合计|东山镇|西河镇", "造林面积|亩|50|30|20", "成活率|%|≥88|≥90|≥85")
		got := parts(d)
		slices.Sort(got)
		if diff := cmp.Diff(slices.Sorted(slices.Values(want)), got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		checkShort(t, d, "造林面积 eq 50亩 2025-12-31", "成活率 ge 88% 2025-12-31")
	})
	t.Run("are of nothing where there is no total", func(t *testing.T) {
		if d := inTable("乡镇|造林面积（亩）|绿道（公里）", "东山镇|30|2", "西河镇|20|1"); len(d.Parts) != 4 || d.Parts[0].PartOf != "" || len(d.Indicators) != 0 {
			t.Errorf("%q", parts(d))
		}
	})
	t.Run("the sum of years ends with the last", func(t *testing.T) {
		d := Read("澜江市绿化行动方案（2024—2025年）\n年度|新建绿道（公里）\n2024年|2\n2025年|3\n合计|5")
		checkShort(t, d, "新建绿道（2024年） eq 2公里 2024-12-31", "新建绿道（2025年） eq 3公里 2025-12-31", "新建绿道合计 eq 5公里 2025-12-31")
	})
}

// TestNoFigureOfATableIsDroppedInSilence holds each cell with a figure to be a target, a
// baseline, or under a warning: of its own, of its column or of the table.
func TestNoFigureOfATableIsDroppedInSilence(t *testing.T) {
	text := "澜江市2025年主要指标表\n指标|单位|2023年完成|2024年完成|2025年目标|完成率|分值|布点\n" +
		"绿地率|%|37|38|39并保持|81|5|3处\n床位数|张|90|100|120|82|6|—\n公园数|个|7|8|—|83|4|—\n增速|—|1|2|视情|84|3|—"
	d := Read(text)
	var warned []string
	for _, w := range d.Warnings {
		warned = append(warned, string([]rune(text)[w.Start:w.End]))
	}
	for _, figure := range []string{"2023年完成", "39", "完成率", "分值", "8", "3处"} {
		if !slices.Contains(warned, figure) {
			t.Errorf("%q is not among %q", figure, warned)
		}
	}
	checkShort(t, d, "床位数 eq 120张 from 100 2025-12-31")
}

// noted are the places of the warnings of a draft, with their codes.
func noted(text string, d Draft) []string {
	var all []string
	for _, w := range d.Warnings {
		all = append(all, string(w.Code)+" "+string([]rune(text)[w.Start:w.End]))
	}
	return all
}

func TestCellsThatNobodyCanReadAreWarnedOf(t *testing.T) {
	for _, cell := range []string{"1:15", "50/8%", "千亿", "两位数", "零的突破", "三五"} {
		t.Run(cell, func(t *testing.T) {
			text := "澜江市2025年主要指标表\n指标|单位|2025年目标\n床位总数|张|" + cell + "\n学位|个|500"
			d := Read(text)
			checkShort(t, d, "学位 eq 500个 2025-12-31")
			if got := noted(text, d); !slices.Equal(got, []string{"table_cell " + cell}) {
				t.Errorf("%q", got)
			}
		})
	}
	for _, cell := range []string{"一般", "统一供水", "一级", "视情"} {
		t.Run("no figure: "+cell, func(t *testing.T) {
			if d := inTable("指标|单位|2025年目标", "床位总数|张|"+cell, "学位|个|500"); len(d.Warnings) != 0 || len(d.Indicators) != 1 {
				t.Errorf("%v %+v", short(d.Indicators), d.Warnings)
			}
		})
	}
	t.Run("a row without a name", func(t *testing.T) {
		text := "澜江市2025年主要指标表\n|指标|单位|2025年目标|\n|学位|个|500|\n||家|40|"
		d := Read(text)
		checkShort(t, d, "学位 eq 500个 2025-12-31")
		if got := noted(text, d); !slices.Equal(got, []string{"table_cell 40"}) {
			t.Errorf("%q", got)
		}
	})
	t.Run("a rise above the baseline is no level", func(t *testing.T) {
		d := inTable("指标|单位|2024年|2025年目标", "研发投入强度|%|2.5|+0.2", "外贸增速|%|5|+8")
		checkShort(t, d, "外贸增速 eq 8% 2025-12-31")
		if len(d.Warnings) == 0 || d.Warnings[0].Code != indicator.WarnTable {
			t.Errorf("%+v", d.Warnings)
		}
	})
	t.Run("a head with the units of several rows", func(t *testing.T) {
		d := inTable("指标|目标（家/亿元/%）", "新增企业|30", "产值|20")
		if len(d.Indicators) != 0 || len(d.Warnings) != 2 || d.Warnings[0].Code != indicator.WarnUnit {
			t.Errorf("%v %+v", short(d.Indicators), d.Warnings)
		}
	})
}

func TestFiguresOfOtherForms(t *testing.T) {
	t.Run("so many to one", func(t *testing.T) {
		checkShort(t, inTable("指标|2025年目标", "城乡居民收入比|2.05:1", "床位数|30张"), "城乡居民收入比 eq 2.05 2025-12-31", "床位数 eq 30张 2025-12-31")
	})
	t.Run("a share in words", func(t *testing.T) {
		checkShort(t, inTable("指标|单位|2025年目标", "绿地率|%|百分之五点五", "床位数|张|30"), "绿地率 eq 5.5% 2025-12-31", "床位数 eq 30张 2025-12-31")
	})
}

func TestTheOnlyColumnOfTheWhole(t *testing.T) {
	for _, head := range []string{"全市", "合计"} {
		checkShort(t, inTable("指标|单位|"+head, "床位数|张|30"), "床位数 eq 30张 2025-12-31")
	}
	t.Run("holds no targets in a table of results", func(t *testing.T) {
		if d := Read("澜江市2025年工作要点\n1.新建公园3个。\n表1 2024年任务完成情况\n指标|单位|全市\n床位数|张|30"); len(d.Indicators) != 1 {
			t.Errorf("%v", short(d.Indicators))
		}
	})
}

func TestATableBeforeTheTextItExplains(t *testing.T) {
	d := Read("澜江市2025年工作任务\n一、目标\n表1 主要指标\n指标|单位|2025年\n绿地率|%|39\n注：绿地按3类统计，共12处。\n二、任务\n1.新建公园3个。")
	if got := values(d.Indicators); !slices.Equal(got, []string{"39%", "3个"}) {
		t.Errorf("%v", got)
	}
}

func TestTermsOfFiveYearPlans(t *testing.T) {
	for title, want := range map[string]string{
		"澜江市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要": "2021-01-01 to 2025-12-31",
		"澜江市第十三个五年规划纲要":                    "2016-01-01 to 2020-12-31",
		"澜江市“十五五”水利发展规划":                   "2026-01-01 to 2030-12-31",
		"澜江市国土空间规划（2021—2035年）":            "2021-01-01 to 2035-12-31",
		"澜江市第十四个五年规划2024年度实施计划":            "2024-01-01 to 2024-12-31",
		"澜江市落实“十四五”规划2023年工作要点":            "2023-01-01 to 2023-12-31",
		"澜江市“十四五”水利发展规划（2023年修订）":          "2021-01-01 to 2025-12-31",
	} {
		if d := Read(title + "\n1.新建公园3个。"); d.StartsOn.String()+" to "+d.DueOn.String() != want {
			t.Errorf("%s: %s to %s", title, d.StartsOn, d.DueOn)
		}
	}
}

func TestHeadsOfOtherPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		rows []string
		want []string
	}{
		"a month ends what its head aims at": {
			[]string{"指标|单位|4月底目标|8月底目标|年底目标", "荒山绿化|亩|30|50|80"},
			[]string{"荒山绿化（4月） eq 30亩 2025-04-30", "荒山绿化（8月） eq 50亩 2025-08-31", "荒山绿化（12月） eq 80亩 2025-12-31"}},
		"parts of the year that a title aims at are counted from its beginning": {
			[]string{"附件：分月目标", "指标|单位|1-3月|1-5月", "荒山绿化|亩|30|50"},
			[]string{"荒山绿化（3月） eq 30亩 2025-03-31", "荒山绿化（5月） eq 50亩 2025-05-31"}},
		"cells in words are due when their head says": {
			[]string{"序号|工程|一季度目标|二季度目标", "1|城东水厂|铺设管网12公里|铺设管网30公里"},
			[]string{"铺设管网长度（3月） eq 12公里 2025-03-31", "铺设管网长度（6月） eq 30公里 2025-06-30"}},
		"cells may be cut by commas": {
			[]string{"指标,单位,2024年,2025年目标", "绿地率,%,38,39", "床位数,张,100,120"},
			[]string{"绿地率 eq 39% from 38 2025-12-31", "床位数 eq 120张 from 100 2025-12-31"}},
		"heads that name what there is in places are none of places": {
			[]string{"附件：2025年目标任务分解表", "乡镇|园区产值（亿元）|农村居民收入增长（%）|镇村污水处理率（%）", "东山镇|12|6|90", "合计|12|6|90"},
			[]string{"园区产值 eq 12亿元 2025-12-31", "农村居民收入增长 eq 6% 2025-12-31", "镇村污水处理率 eq 90% 2025-12-31"}},
		"the stage of a project is no unit": {
			[]string{"项目名称|2025年计划投资（万元）", "北湖水厂（一期）|500"},
			[]string{"北湖水厂（一期） eq 500万元 2025-12-31"}},
		"of two columns too, until a sentence follows": {
			[]string{"指标,2025年目标", "绿地率,39%", "床位,120张", "", "抓好培训,确保新增讲师20名。"},
			[]string{"绿地率 eq 39% 2025-12-31", "床位 eq 120张 2025-12-31", "新增讲师数 eq 20名 2025-12-31"}},
		"a head printed twice has two rows in one": {
			[]string{"指标|单位|目标值|指标|单位|目标值", "绿道|公里|12|泊位|个|300", "公园|个|4||||"},
			[]string{"绿道 eq 12公里 2025-12-31", "泊位 eq 300个 2025-12-31", "公园 eq 4个 2025-12-31"}},
		"a mean over a year is a level": {
			[]string{"指标|年均浓度（微克/立方米）|", "|2024年|2025年目标", "臭氧|40|38"},
			[]string{"臭氧 eq 38微克/立方米 from 40 2025-12-31"}},
		"a share in a column of growth is how much its name grows": {
			[]string{"指标|增长目标", "渔业产值|7%", "参保率|95%"},
			[]string{"渔业产值增长 eq 7% 2025-12-31", "参保率 eq 95% 2025-12-31"}},
		"nor does how large it is": {
			[]string{"项目名称|建设规模|单位|2025年目标", "北湖水厂|日供水3万吨|万元|500", "南湖医院|床位60张|万元|700"},
			[]string{"北湖水厂 eq 500万元 2025-12-31", "南湖医院 eq 700万元 2025-12-31"}},
		"the end of a month names nothing": {
			[]string{"附件：2025年植树任务分解表", "单位：株", "镇街|6月底|12月末", "东山镇|30|80", "合计|30|80"},
			[]string{"植树（6月） eq 30株 2025-06-30", "植树（12月） eq 80株 2025-12-31"}},
		"stars set a cell in bold": {
			[]string{"| **指标** | **单位** | **2025年目标** |", "|:---|---|---|", "| **绿地率** | % | **39** |"},
			[]string{"绿地率 eq 39% 2025-12-31"}},
		"what a project builds does not name its figures": {
			[]string{"项目名称|建设内容|单位|2025年目标", "北湖片区|改造道路3公里|万元|500"},
			[]string{"北湖片区 eq 500万元 2025-12-31"}},
	} {
		t.Run(name, func(t *testing.T) { checkShort(t, inTable(c.rows...), c.want...) })
	}
	t.Run("heads may be what is measured, and the years the rows", func(t *testing.T) {
		checkShort(t, inTable("项目|渔业产值|户均收入", "单位|亿元|元", "2024年完成|3|900", "2025年目标|4|1000"),
			"渔业产值 eq 4亿元 2025-12-31", "户均收入 eq 1000元 from 900 2025-12-31")
	})
	t.Run("the sum of the years beside them ends with the last", func(t *testing.T) {
		checkShort(t, Read("澜江市绿化行动方案（2024—2025年）\n指标|单位|合计|2024年|2025年\n新建绿道|公里|5|2|3"),
			"新建绿道合计 eq 5公里 2025-12-31", "新建绿道（2024年） eq 2公里 2024-12-31", "新建绿道（2025年） eq 3公里 2025-12-31")
	})
	t.Run("cells that spaces part stand under the head above them", func(t *testing.T) {
		checkShort(t, inTable("指标       单位   2024年完成数     2025年计划数",
			"                  绝对数  增速（%）  绝对数  增速（%）",
			"工业产值   亿元   50      6          54      7左右",
			"渔业产值   亿元   10      3          11      4"),
			"工业产值 eq 54亿元 2025-12-31", "工业产值增长 approx 7% 2025-12-31", "渔业产值 eq 11亿元 2025-12-31", "渔业产值增长 eq 4% 2025-12-31")
	})
}

func TestSharesOfThoseWhoAnswer(t *testing.T) {
	areas := func(d Draft) (all []string) {
		for _, p := range d.Parts {
			all = append(all, p.Area+" "+short([]indicator.Indicator{p.Indicator})[0])
		}
		return all
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"rows may be agencies, of what the title names": {
			"澜江市2025年争取资金任务分解表\n单位：万元\n责任单位|全年任务|上半年\n市水务局|80|30\n合计|80|30",
			[]string{"市水务局 争取资金 eq 80万元 2025-12-31", "市水务局 争取资金 eq 30万元 2025-06-30"}},
		"rows may be departments, with how many projects": {
			"澜江市2025年任务分解表\n部门|招商引资任务（亿元）|项目个数\n工信局|10|3",
			[]string{"工信局 招商引资任务 eq 10亿元 2025-12-31", "工信局 项目个数 eq 3个 2025-12-31"}},
		"each with the unit of its row": {
			"澜江市2025年任务分解表\n责任单位|单位|新增企业\n市工信局|家|3",
			[]string{"市工信局 新增企业 eq 3家 2025-12-31"}},
		"units may stand in a row of their own": {
			"澜江市2025年绿化任务表\n乡镇|造林|育苗\n|亩|万株\n东山镇|30|2",
			[]string{"东山镇 造林 eq 30亩 2025-12-31", "东山镇 育苗 eq 2万株 2025-12-31"}},
		"the year has one target, also where its last quarter says it again": {
			"澜江市2025年投资任务分解表\n单位：亿元\n乡镇|全年目标|四季度\n东山镇|3|3",
			[]string{"东山镇 投资 eq 3亿元 2025-12-31"}},
		"one of several units is that of the heads without": {
			"澜江市2025年项目目标表\n单位：万元、个\n乡镇|签约项目数|到位资金（万元）\n东山镇|3|500",
			[]string{"东山镇 签约项目数 eq 3个 2025-12-31", "东山镇 到位资金 eq 500万元 2025-12-31"}},
		"baselines stand under the same head": {
			"澜江市2025年治污目标\n乡镇|优良率（%）||达标率（%）|\n|2024年|2025年目标|2024年|2025年目标\n东山镇|80|82|90|91",
			[]string{"东山镇 优良率 eq 82% from 80 2025-12-31", "东山镇 达标率 eq 91% from 90 2025-12-31"}},
		"how things are is no target": {
			"澜江市2025年工作任务\n附件：乡镇基本情况表\n乡镇|行政村（个）|耕地（亩）\n东山镇|12|3000", nil},
		"what has a rank is none": {
			"澜江市2025年工作通报\n乡镇|产值（亿元）|排名\n东山镇|12|1", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, areas(Read(c.text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAgenciesOfRowsOfPlaces(t *testing.T) {
	d := inTable("任务|单位|合计|东山镇|西河镇|牵头单位", "绿道|公里|5|3|2|市住建局", "绿地|亩|9|5|4|市林业局")
	for i, want := range []string{"市住建局", "市林业局"} {
		if got := strings.Join(d.Indicators[i].LeadAgencies, " "); got != want {
			t.Errorf("%q lead, want %q", got, want)
		}
	}
	if got := strings.Join(d.Parts[0].Indicator.LeadAgencies, " "); got != "市住建局" {
		t.Errorf("%q lead a share", got)
	}
}

func TestThoseWhoNameRowsTakePart(t *testing.T) {
	d := Read("澜江市2025年任务分解表\n责任单位|新增企业（家）\n市工信局|3\n市商务局|4")
	for i, want := range []string{"市工信局", "市商务局"} {
		if got := strings.Join(d.Parts[i].Indicator.ParticipatingAgencies, " "); got != want {
			t.Errorf("%q take part, want %q", got, want)
		}
	}
}

func TestListsInCells(t *testing.T) {
	for name, cell := range map[string]string{
		"figures":  "1.新增学位1200个；2.新建学校3所；3.入学率100%",
		"strokes":  "1、新增学位1200个。2、新建学校3所。3、入学率100%。",
		"brackets": "（1）新增学位1200个；（2）新建学校3所；（3）入学率100%",
		"numerals": "一、新增学位1200个；二、新建学校3所；三、入学率100%",
		"circles":  "①新增学位1200个；②新建学校3所；③入学率100%",
		"a colon":  "年内：1.新增学位1200个；2.新建学校3所；3.入学率100%",
	} {
		t.Run(name, func(t *testing.T) {
			d := inTable("任务|目标", "教育|"+cell)
			checkShort(t, d, "新增学位 eq 1200个 2025-12-31", "新建学校数 eq 3所 2025-12-31", "入学率 eq 100% 2025-12-31")
			if len(d.Warnings) != 0 {
				t.Errorf("%+v", d.Warnings)
			}
		})
	}
	t.Run("a stroke before a figure is no part of a name", func(t *testing.T) {
		checkShort(t, Read("澜江市2025年工作要点\n1.新增学位 | 1200个"), "新增学位 eq 1200个 2025-12-31")
	})
	t.Run("a decimal is no mark", func(t *testing.T) {
		checkShort(t, inTable("任务|目标", "教育|新增学位1.2万个；投资2.5亿元"), "新增学位 eq 1.2万个 2025-12-31", "投资 eq 2.5亿元 2025-12-31")
	})
}

func TestYearsOfTablesInPlansWithoutTerm(t *testing.T) {
	checkShort(t, Read("澜江市节水行动方案\n主要指标\n指标|单位|2020年|2025年目标|2030年目标\n漏损率|%|12|10|9"),
		"漏损率（2025年） eq 10% from 12 2025-12-31", "漏损率（2030年） eq 9% from 12 2030-12-31")
}

// TestARowOfATableThatIsNotReadEndsWithItsLine holds the reader of sentences to lines.
func TestARowOfATableThatIsNotReadEndsWithItsLine(t *testing.T) {
	for _, cut := range []string{"\t", " | "} {
		rows := strings.Join([]string{"甲类岗位工作地点说明文字较长", "乙类岗位工作地点说明", "丙处"}, cut) + "\n" + strings.Join([]string{"新建公园3个", "城区东部沿河一带", "丁处"}, cut)
		for _, in := range Read("澜江市2025年工作计划\n一、安排\n" + rows).Indicators {
			if strings.Contains(in.Source.Quote, "\n") {
				t.Errorf("%q crosses its row", in.Source.Quote)
			}
		}
	}
}

// TestALineLooksUpAValueBetweenDates holds the reader to lists of dates before a target
// that is looked up.
func TestALineLooksUpAValueBetweenDates(t *testing.T) {
	for _, in := range Read("澜江市2025年主要指标\n1    床位数      张     2023年    2024年 以全省平均水平为准").Indicators {
		if v := in.Target.Value.String(); v == "2023" || v == "2024" {
			t.Errorf("a date is taken for the target of %s", in.Name)
		}
	}
}

func TestFilesOfValues(t *testing.T) {
	t.Run("quoted cells are figures as others are", func(t *testing.T) {
		checkShort(t, inTable(`"指标","单位","2025年目标","完成时限"`, `"新增床位","张","500","6月底"`, `"床位（含公办,民办）","张","1,200","9月底"`, "\"绿地\n率\",%,39,"),
			"新增床位 eq 500张 2025-06-30", "床位（含公办，民办） eq 1200张 2025-09-30", "绿地率 eq 39% 2025-12-31")
	})
	t.Run("titles are padded as rows are", func(t *testing.T) {
		checkShort(t, Read("澜江市2025年主要指标表,,\n指标,单位,2025年目标\n床位,张,500"), "床位 eq 500张 2025-12-31")
	})
	t.Run("a row with a cell too many is not lost in silence", func(t *testing.T) {
		d := inTable("指标,单位,2025年目标", "床位,张,500", "绿地率,含郊区,%,39", "绿道,公里,7")
		if len(d.Warnings) == 0 {
			t.Errorf("%v", short(d.Indicators))
		}
	})
}
