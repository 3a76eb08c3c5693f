package workplan

import "testing"

func TestFrontOfPlans(t *testing.T) {
	cases := []struct {
		name, text                       string
		title, issuer, issued, from, due string
	}{
		{"a year in the title", "澜江市2023年重点工作任务\n1.甲。",
			"澜江市2023年重点工作任务", "", "", "2023-01-01", "2023-12-31"},
		{"a span of years in the title", "澜江市行动计划（2023—2025年）\n1.甲。",
			"澜江市行动计划（2023—2025年）", "", "", "2023-01-01", "2025-12-31"},
		{"a year in numerals", "石岭县二〇二三年工作要点\n1.甲。",
			"石岭县二〇二三年工作要点", "", "", "2023-01-01", "2023-12-31"},
		{"a five-year plan", "某市“十五五”规划\n1.甲。",
			"某市“十五五”规划", "", "", "2026-01-01", "2030-12-31"},
		{"the year of issue where the title has none", "某市实施方案\n某市科技局\n2026年2月13日\n1.甲。",
			"某市实施方案", "某市科技局", "2026-02-13", "2026-01-01", "2026-12-31"},
		{"as many years as the title names", "某市低空经济三年行动计划\n某市人民政府\n2024年2月13日\n1.甲。",
			"某市低空经济三年行动计划", "某市人民政府", "2024-02-13", "2024-01-01", "2026-12-31"},
		{"years counted from the one in the title", "某市2024年低空经济三年行动计划\n某市人民政府\n2024年2月13日\n1.甲。",
			"某市2024年低空经济三年行动计划", "某市人民政府", "2024-02-13", "2024-01-01", "2026-12-31"},
		{"the year of issue rather than one in the text", "某市实施方案\n某市科技局\n2026年2月13日\n落实2024年部署。\n1.甲。",
			"某市实施方案", "某市科技局", "2026-02-13", "2026-01-01", "2026-12-31"},
		{"the plan's title rather than its letter's", "某市关于印发2023年任务的通知\n各单位:\n现予印发。\n某市人民政府办公室\n2023年8月2日\n某市2023年重点任务\n1.甲。",
			"某市2023年重点任务", "某市人民政府办公室", "2023-08-02", "2023-01-01", "2023-12-31"},
		{"a title on two lines", "某市关于加快发展\n体育产业的指导意见\n2018年12月11日\n1.甲。",
			"某市关于加快发展体育产业的指导意见", "", "2018-12-11", "2018-01-01", "2018-12-31"},
		{"a signature at the end", "某市若干措施\n1.甲。\n某市发展和改革委员会\n2025年4月16日\n（此件公开发布）",
			"某市若干措施", "某市发展和改革委员会", "2025-04-16", "2025-01-01", "2025-12-31"},
		{"a last line that says who published", "某市若干措施\n1.甲。\n某市发展和改革委员会2025年4月16日印发",
			"某市若干措施", "某市发展和改革委员会", "2025-04-16", "2025-01-01", "2025-12-31"},
		{"the year of the document's number", "某市关于加强基层工作的意见\n某政发〔2019〕33号\n到2022年，企业总数达到30家。",
			"某市关于加强基层工作的意见", "", "", "2019-01-01", "2019-12-31"},
		{"no year that is only a deadline", "某市关于加强基层工作的意见\n到2022年，企业总数达到30家。",
			"某市关于加强基层工作的意见", "", "", "", ""},
		{"years that end with the goals", "某市特色种业三年行动方案\n一、总体目标\n到2027年，种业企业总数达到30家。",
			"某市特色种业三年行动方案", "", "", "2025-01-01", "2027-12-31"},
		{"goals of each year", "某市特色种业三年行动方案\n到2025年，企业总数达到20家。到2026年，企业总数达到25家。目标：到2027年底，企业总数达到30家。",
			"某市特色种业三年行动方案", "", "", "2025-01-01", "2027-12-31"},
		{"goals and an outlook far beyond them", "某市特色种业三年行动方案\n到2035年，全面振兴。到2027年，企业总数达到30家。",
			"某市特色种业三年行动方案", "", "", "2025-01-01", "2027-12-31"},
		{"the year of issue rather than that of the goals", "某市特色种业三年行动方案\n2024年2月13日\n到2025年，企业总数达到30家。",
			"某市特色种业三年行动方案", "", "2024-02-13", "2024-01-01", "2026-12-31"},
		{"no year of something within a sentence", "某市特色种业三年行动方案\n推动企业总数到2027年达到30家。",
			"某市特色种业三年行动方案", "", "", "", ""},
		{"nothing", "持续推进各项工作。",
			"", "", "", "", ""},
		{"a sentence is no title", "认真落实2023年工作计划,抓好各项任务。\n1.甲。",
			"", "", "", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := Read(c.text)
			if d.Title != c.title || d.Issuer != c.issuer || d.IssuedOn.String() != c.issued {
				t.Errorf("%q by %q on %q, want %q by %q on %q", d.Title, d.Issuer, d.IssuedOn, c.title, c.issuer, c.issued)
			}
			if d.StartsOn.String() != c.from || d.DueOn.String() != c.due {
				t.Errorf("from %q to %q, want %q to %q", d.StartsOn, d.DueOn, c.from, c.due)
			}
		})
	}
}
