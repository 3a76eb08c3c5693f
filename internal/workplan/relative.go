package workplan

// Words that hold a target against a figure that the plan does not give.
var (
	references = words("平均水平 平均值 平均数 平均增速 经济增长 经济增速 同期水平 上年水平 去年水平 全国水平 全省水平 全市水平 GDP增速 生产总值增速 先进水平 目标值 上级目标 省定目标 国家目标 市定目标 下达目标 下达任务 控制目标")
	holdings   = words("高于 超 超过 不低于 优于 好于 快于 低于 不高于 达到 完成 高出 赶上 接近")
	inStep     = words("同步 同步增长 保持同步 基本同步 相适应 持平")
	beside     = words("与 和 同")
)

// relativeTarget is where a clause without a number of its own is held against
// a figure elsewhere: 高于全省平均水平, 与经济增长同步.
func relativeTarget(p *passage, c span) (span, bool) {
	text := after(p.text[:c.end], c.start, window)
	for _, pair := range []struct{ reference, holding lexicon }{{references, holdings}, {inStep, beside}} {
		at, word := pair.reference.find(text)
		if at < 0 {
			continue
		}
		if from, _ := pair.holding.findLast(text[:at]); from > 0 {
			return span{c.start, c.start + at + len(word)}, true
		}
	}
	return span{}, false
}
