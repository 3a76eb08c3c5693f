package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

var (
	// keeping words say that a level is held, and reaching words that it is
	// come to. 不低于 says neither.
	keeping      = words("保持 保持在 稳定 稳定在 稳定保持在 维持 维持在 控制在 控制到 守住 稳住 守牢 严守 坚守")
	keepingVerbs = words("守住 稳住 守牢 严守 坚守 保持 维持 稳定")
	reaching     = words("达到 达 达到了 达成 突破 提高到 提高至 提升到 提升至 增加到 增加至 增至 增长到 增长至 扩大到 扩大至 拓展到 拓展至 发展到 发展至 上升到 上升至 升至 升到 降到 降至 降低到 降低至 下降到 下降至 减少到 减少至 减至 压减到 压减至 压缩到 压缩至 压降到 压降至 缩短到 缩短至 迈上 跃上 建成 完成 实现 做到 延长到 延长至")
	// reachedShares grow bit by bit over the term; heldShares describe what
	// passed in each period.
	reachedShares = words("覆盖 覆盖比例 覆盖率 普及率 覆盖面 城镇化率 绿化率 硬化率 绿化覆盖率 森林覆盖率 化率 改造率 建成率 完成率 开工率 竣工率 入户率 通达率 联网率 建档率 接种率 安装率 配备率 达产率 整治率 通村率")
	heldShares    = words("合格率 达标率 优良率 优质率 处理率 处置率 收集率 清运率 回收率 利用率 探访率 巡访率 走访率 随访率 办结率 结案率 破案率 执结率 答复率 回复率 响应率 及时率 按时率 按期率 准点率 正点率 准确率 履约率 兑现率 满意率 满意度 好评率 整改率 调解率 化解率 成功率 治愈率 存活率 成活率 检测率 抽检率 检出率 出勤率 到课率 上座率 开机率 保障率 保证率 可靠率 可靠性 公开率 网办率 产销率 回访率 上线率 缴存率 征收率 收缴率 投诉率 辍学率 失业率 漏损率 优良比例 优良天数比例 优良天数比率 优良水体比例 优良水质比例")
	eachShares    = words("月 季 季度 周 日 每月 每季度 每周 每日")
)

// courseOf is how the words say that a target is held against time: words of
// keeping before words of reaching before what is measured, and "" where none
// says so. A share of every month (月探访率) is kept whatever the words.
func (f *found) courseOf() indicator.Course {
	switch {
	case f.kind == indicator.Increment:
		return ""
	case f.fillsYear() && !f.yearly: // 优良天数保持在310天 come day by day
		return indicator.Accrue
	case f.keeps():
		return indicator.Hold
	case f.kind == indicator.Growth:
		return ""
	}
	share := courseOfShare(f.subject)
	if share == indicator.Hold && f.everyPeriod() {
		return share
	}
	if reaching.suffix(f.towards(reaching)) != "" || reaching.has(f.verb) || f.reachedBy() {
		return indicator.Accrue
	}
	if share == indicator.Hold && f.site.baseline != nil { // it has a way to go
		return ""
	}
	return share
}

// reachedBy reports whether a share is that of those who reach something: 60%的
// 学校建成智慧校园.
func (f *found) reachedBy() bool {
	return f.kind == indicator.Ratio && f.nounAfter && reaching.prefix(f.name) != ""
}

// courseOfShare is what a share says by its name.
func courseOfShare(name string) indicator.Course {
	name = bareName(name)
	held, reached := heldShares.suffix(name), reachedShares.suffix(name)
	switch {
	case len(held) > len(reached):
		return indicator.Hold
	case reached != "":
		return indicator.Accrue
	}
	return ""
}

// everyPeriod reports whether a share is one of every month or the like.
func (f *found) everyPeriod() bool {
	at, word := eachShares.findLast(f.subject)
	if at < 0 {
		return rounds.in(f.site.head())
	}
	rest := []rune(f.subject[at+len(word):])
	return len(rest) > 1 && len(rest) <= 4 // 月探访率, 月度…
}

// keeps reports whether words of keeping lead to the number, or open its part.
func (f *found) keeps() bool {
	if keeping.suffix(f.towards(keeping)) != "" {
		return true
	}
	lead := trimOpening(f.leadText())
	word := keepingVerbs.prefix(lead)
	return word != "" && word != lead
}

// towards is the text before the number without the words that compare, down to
// one of the words that are looked for.
func (f *found) towards(wanted lexicon) string {
	left := trimPerHead(f.leadText())
	for wanted.suffix(left) == "" {
		word := wordsBefore.suffix(left)
		if word == "" {
			word = besideLevel.suffix(left)
		}
		if word == "" {
			return left
		}
		left = trimPerHead(strings.TrimSuffix(left, word))
	}
	return left
}

// besideLevel words may stand between such a word and its number.
var besideLevel = words("分别 均 都 为 在 各 了 再 也 将 平均 年均")
