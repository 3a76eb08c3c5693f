package workplan

import (
	"slices"
	"testing"
)

// outlineOf writes the tasks of a plan shortly: number, section and title.
func outlineOf(draft Draft) (sections, tasks []string) {
	for _, s := range draft.Sections {
		sections = append(sections, s.Heading)
	}
	for _, task := range draft.Tasks {
		heading := "-"
		if task.Section > 0 {
			heading = draft.Sections[task.Section-1].Heading
		}
		tasks = append(tasks, task.Number+" "+heading+" "+task.Title)
	}
	return sections, tasks
}

func TestStructureOfPlans(t *testing.T) {
	cases := []struct {
		name, text      string
		sections, tasks []string
	}{
		{"chapters and numbered items", "一、产业\n1.培育企业。新增3家。\n2、建设园区。新建2个。\n二、民生\n3.办好教育。",
			[]string{"一、产业", "二、民生"},
			[]string{"1 一、产业 培育企业", "2 一、产业 建设园区", "3 二、民生 办好教育"}},
		{"articles that run on through the chapters", "一、产业\n（一）培育企业。新增3家。\n二、民生\n（二）办好教育。",
			[]string{"一、产业", "二、民生"},
			[]string{"1 一、产业 培育企业", "2 二、民生 办好教育"}},
		{"articles that begin anew in each chapter", "一、产业\n（一）培育企业。\n二、民生\n（一）办好教育。",
			[]string{"一、产业", "二、民生"},
			[]string{"1.1 一、产业 培育企业", "2.1 二、民生 办好教育"}},
		{"articles over numbered items are sections", "一、产业\n（一）工业\n1.培育企业。\n（二）农业\n2.稳定粮食。",
			[]string{"一、产业", "（一）工业", "（二）农业"},
			[]string{"1 （一）工业 培育企业", "2 （二）农业 稳定粮食"}},
		{"items that begin anew in each article", "一、产业\n（一）工业\n1.培育企业。\n（二）农业\n1.稳定粮食。",
			[]string{"一、产业", "（一）工业", "（二）农业"},
			[]string{"1.1.1 （一）工业 培育企业", "1.2.1 （二）农业 稳定粮食"}},
		{"text under an article is in its section", "一、产业\n（一）工业\n新增企业3家。\n1.培育企业。",
			[]string{"一、产业", "（一）工业"},
			[]string{"1.1.0 （一）工业 工业", "1 （一）工业 培育企业"}},
		{"a chapter without items is a task", "一、目标\n到2025年，新增企业3家。\n二、任务\n（一）培育企业。",
			[]string{"一、目标", "二、任务"},
			[]string{"1.0 一、目标 目标", "1 二、任务 培育企业"}},
		{"text before the items is a task where it sets a target", "一、产业\n新增企业3家。\n1.培育企业。\n二、民生\n改善生活。\n2.办好教育。",
			[]string{"一、产业", "二、民生"},
			[]string{"1.0 一、产业 产业", "1 一、产业 培育企业", "2 二、民生 办好教育"}},
		{"text before any marker is a task where it sets a target", "某市行动计划\n到2025年，企业总数达到30家。\n1.培育企业。",
			nil, []string{"0 - 某市行动计划", "1 - 培育企业"}},
		{"paragraphs are the tasks of a report", "培育产业。新增企业3家。\n改善民生。新建学校2所。",
			nil, []string{"1 - 培育产业", "2 - 改善民生"}},
		{"a heading with its text on the same line", "一、支持集聚。新增企业3家。\n二、强化保障。加强统筹。",
			[]string{"一、支持集聚", "二、强化保障"},
			[]string{"1.0 一、支持集聚 支持集聚", "2.0 二、强化保障 强化保障"}},
		{"points within an item are part of it", "1.抓好建设。\n①新建2处；\n（1）改造3处；\n2.加强管理。",
			nil, []string{"1 - 抓好建设", "2 - 加强管理"}},
		{"chapters in words", "第一章 总则\n第一条 培育企业。\n第二条 建设园区。",
			[]string{"第一章 总则"}, []string{"1 第一章 总则 培育企业", "2 第一章 总则 建设园区"}},
		{"a number after the marker", "1.甲项。新增3家。\n2.6月底前建成2座。",
			nil, []string{"1 - 甲项", "2 - 6月底前建成2座"}},
		{"a decimal at the start of a broken line is no marker", "1.抓好建设，全年新建改造各类农村道路总里程达到\n2.5万公里。\n2.加强管理。",
			nil, []string{"1 - 抓好建设，全年新建改造各类农村道路总里程达到2.5万公里", "2 - 加强管理"}},
		{"a number out of order is no marker", "1.抓好建设。\n2023、2024两年推进。\n2.加强管理。",
			nil, []string{"1 - 抓好建设", "2 - 加强管理"}},
		{"a list of appendices is no item", "1.培育企业。\n附件：1.任务清单\n2.指标体系",
			nil, []string{"1 - 培育企业"}},
		{"an appendix ends the last item", "1.培育企业。\n附件：名单\n抄送：市委办",
			nil, []string{"1 - 培育企业"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sections, tasks := outlineOf(Read(c.text))
			if !slices.Equal(sections, c.sections) {
				t.Errorf("sections %q, want %q", sections, c.sections)
			}
			if !slices.Equal(tasks, c.tasks) {
				t.Errorf("tasks %q, want %q", tasks, c.tasks)
			}
		})
	}
}

func TestTaskNumbersDiffer(t *testing.T) {
	draft := Read("一、甲\n1.子。\n附件1\n一、乙\n1.丑。\n附件2\n一、丙\n1.寅。")
	seen := map[string]bool{}
	for _, task := range draft.Tasks {
		if seen[task.Number] {
			t.Errorf("two tasks are numbered %s", task.Number)
		}
		seen[task.Number] = true
	}
	if len(draft.Tasks) != 3 {
		t.Errorf("%d tasks, want 3", len(draft.Tasks))
	}
}

func TestTitlesOfTasks(t *testing.T) {
	cases := []struct{ name, item, want string }{
		{"the first sentence", "1.培育企业。新增3家。", "培育企业"},
		{"up to a colon", "1.培育企业：新增3家。", "培育企业"},
		{"without the agencies", "1.培育企业（市工信局）", "培育企业"},
		{"with quotation marks", "1.参与“工赋”行动。发挥作用。", "参与“工赋”行动"},
		{"the first clause of a long sentence", "1.加快推进重点产业链供应链延链补链强链工作取得更大成效，全面提升产业基础高级化和产业链现代化水平，不断增强发展后劲。", "加快推进重点产业链供应链延链补链强链工作取得更大成效"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Read(c.item).Tasks[0].Title; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
