package workplan

import (
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
)

// The words by which the cells of tables are read stand here; those of their heads
// stand in package table.
var (
	// waitingEnds end, and waitingOpens open, what a cell without a figure aims at.
	waitingEnds  = lexicon.Split("任务 任务数 下达任务 要求 考核要求 目标 目标值 下达指标 指标 标准 二级标准 一级标准 同步 增长同步 持平 改善 提升 提高 增强 增加 增长 优化 下降 降低 减少 不升 不降 不增 不减 向好 趋好 回升 扩大 合理区间 视情提出 水平 平均水平 增速 平均增速 上年 去年 上年水平 只增不减 以上水平 达标 上级要求 省定目标 市定目标 国家标准 实现增长 保持稳定 基本稳定 稳定 位次前移 清零 动态清零 零增长 零新增")
	waitingOpens = lexicon.Split("完成 全面完成 确保完成 达到 全面达到 全面稳定达到 稳定达到 高于 不低于 低于 不高于 优于 好于 快于 不劣于 不少于 不超过 控制在 超过 保持 持续 逐步 稳步 进一步 只降 只增 只升 与 和 按 力争 争取 同比 有所 明显 显著 大幅 较 比 提高 提升 提升至 下降 降低 动态 居 位居 落实 以 不断 稳中 实现 总体 基本 巩固 好转")
	// ceilings say that a waiting value is not to be passed upwards, floors downwards.
	waitingCeilings = lexicon.Split("只降不升 不升 不增 零增长 不高于 不超过 控制在 逐步下降 持续下降 清零")
	waitingFloors   = lexicon.Split("不低于 不少于 只增不减 不降 只升不降 不减 不劣于")
	waitingAbove    = lexicon.Split("高于 优于 好于 快于 超过")
	waitingBelow    = lexicon.Split("低于")

	// cellOpens may stand before the figure of a cell and leave it a level.
	cellOpens = lexicon.Split("达到 达 稳定在 保持在 维持在 控制在 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增至 降到 降至 下降到 下降至 降低到 降低至 减少到 减至 压减到 压减至 实现 完成 力争 力争达到 确保 为 全年 累计 累计达到 五年累计 三年累计 5年累计 3年累计 年均 平均 共 总计 其中 新增 每年 各 建成 新建 不少于 总量 总数 突破 约")
	// cellChanges before a share say that it is a change.
	cellChanges = lexicon.Split("增长 年均增长 同比增长 增速 下降 年均下降 降低 减少 提高 提升 压减 上升 累计下降 累计降低 累计增长 累计提高")
	cellSums    = lexicon.Split("累计 五年累计 三年累计 5年累计 3年累计 累计达到 总计 共")
	cellCloses  = lexicon.Split("。 ; ,")

	// ofPart open the name of a part of the row above.
	ofPart = lexicon.Split("其中: 其中 #其中: #其中 ## # --其中: -- - ·")
	// noName are names that say nothing without the name above them.
	noName = lexicon.Split("总量 总数 数量 总额 增速 增长 增长率 增幅 年均增速 占比 比重 比例 绝对数 新建 改建 改造 改造提升 扩建 新增 提升 户数 人数 个数 面积 里程 投资 规模 城镇 农村 男 女 男性 女性 国有 民间 省级 市级 县级 国家级 一产 二产 三产 第一产业 第二产业 第三产业 乡村 工业 服务业 建筑业")

	// indices have no unit.
	indices = lexicon.Split("指数 系数 恩格尔系数 基尼系数 综合指数 景气指数")
	// unitless units are written where there is none.
	unitless = lexicon.Split("/ - 无 无量纲 —")

	// resultTitles stand over a table of what was reached.
	resultTitles = lexicon.Split("完成情况 落实情况 执行情况 进展情况 实施情况 运行情况 完成结果 考核结果 得分情况 排名 通报 实绩 成绩单")
	// stateTitles stand over a table of how things are.
	stateTitles = lexicon.Split("情况 统计 现状 概况 数据 名录 基本信息")
	aimTitles   = lexicon.Split("目标 任务 计划 指标 分解 安排")

	// tableLabels open the lines above a table that number it or give its unit.
	tableLabels = lexicon.Split("表 专栏 附表 图表 单位: (单位: 计量单位: (计量单位:")

	bindingWords, expectedWords = lexicon.Split("约束"), lexicon.Split("预期 引导 指导")
	bindingSays, expectedSays   = "为约束性指标", "为预期性指标"
	otherOnes                   = lexicon.Split("其他 其余 其它 其余指标 其他指标 其它指标 其余各项 其他各项")
	onesNamed                   = lexicon.Split("其中 上述指标中 指标中 表中")
)
