package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// flows are nouns of what a year brings in, produces or moves: a number of them
// counts one year, and begins again with the next.
var flows = words("产量 总产量 产值 总产值 年产值 全产业链产值 增加值 生产总值 总值 GDP 收入 总收入 营收 销售收入 投资 投资额 总投资额 外资 实际使用外资 利用外资 到位资金 引进资金 进口 出口 进出口 外贸 进口额 出口额 进出口额 进口总额 出口总额 进出口总额 贸易额 销售额 销量 销售量 零售额 零售总额 社会消费品零售总额 营业额 营业总额 交易额 成交额 税收 税收总额 利润 利润额 利润总额 利税 发电量 上网电量 业务量 快递业务量 客流量 客流 游客 旅客 接待人次 人次 旅客吞吐量 货物吞吐量 吞吐量 集装箱吞吐量 客运量 货运量 运输量")

var (
	// perOne words make a flow a quotient, which does not add up.
	perOne     = words("人均 户均 亩均 村均 户年均 月均 日均 每人 每户 每亩")
	perOneOpen = words("单位 万元 平均")
	summedUp   = words("累计 五年累计 三年累计 四年累计 五年 三年 四年")
	// ofYears words say that a number is that of the whole term.
	ofYears = words("累计 五年 三年 四年 两年 期间 总共 合计")
)

// isFlow reports whether a number counts what passes within a time: a flow, or
// bad events such as accidents.
func (f *found) isFlow() bool {
	if f.site.token.unitClass == shareUnit || perMany.suffix(f.site.token.unit) != "" || perOne.in(f.name) || perOneOpen.prefix(f.name) != "" {
		return false
	}
	return f.isBadEvent() || flows.suffix(strings.TrimSuffix(bareName(f.subject), summedUp.suffix(bareName(f.subject)))) != "" || flows.suffix(bareName(f.name)) != ""
}

// isBadEvent reports whether things such as accidents or deaths are counted.
func (f *found) isBadEvent() bool {
	switch f.site.token.unitClass {
	case countUnit, headUnit, eventUnit:
		return senseOfName(f.name) == badEvent
	}
	return false
}

// levelFlows count one year too, though plans speak of them as of a level.
var levelFlows = words("天数 总产")

func (f *found) fillsYear() bool {
	return f.kind == indicator.Cumulative && f.site.baseline == nil && f.site.token.unitClass != shareUnit &&
		levelFlows.suffix(bareName(f.subject)) != "" && perOne.prefix(f.name) == ""
}

// countOverTime settles how a flow adds up. In a plan for one year it counts
// that year; in a longer one it is the level of a year, unless the words say
// that it is summed up over the term.
func (f *found) countOverTime() {
	f.yearly = false
	if f.each = f.eachOf(); f.each != "" {
		f.kind = indicator.Increment
		if at, word := everyWords.find(f.name); at >= 0 {
			f.name = f.name[:at] + f.name[at+len(word):]
		}
		f.name = everyNames[f.each] + f.name
		return
	}
	if f.fillsYear() && f.term.isLong() {
		f.yearly = true
	}
	if !f.isFlow() || f.kind != indicator.Cumulative && f.kind != indicator.Increment {
		return
	}
	front := f.group.front
	plan := term{front.startsOn, front.dueOn}
	switch {
	case f.term.starts.IsZero() || f.term.due.IsZero():
		if f.isBadEvent() && f.site.baseline == nil {
			f.kind = indicator.Increment
		}
	case !plan.isLong() || !f.term.isLong():
		if f.kind == indicator.Cumulative && f.term.isLong() { // a goal beyond the plan is one of its own year
			f.term.starts = indicator.DateOf(f.term.due.Year(), 1, 1)
		}
		f.kind = indicator.Increment
	case f.kind == indicator.Increment && !f.isBadEvent():
	case f.ofWholeTerm():
		f.kind = indicator.Increment
	default:
		f.kind, f.yearly = indicator.Cumulative, true
	}
}

// ofWholeTerm reports whether the words say that a flow is summed up over all
// years of the term.
func (f *found) ofWholeTerm() bool {
	s := f.site
	if s.p != nil && s.own.end > 0 {
		if ofYears.in(s.head()) {
			return true
		}
		if d := governing(s, f.dates); d != nil && d.when.endYear != 0 && !leadsUpTo(s.p, d) {
			return true
		}
	}
	return ofYears.in(f.name) || s.summed
}
