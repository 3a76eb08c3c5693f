package table

import "strings"

// set is a list of words.
type set []string

func words(list string) set { return strings.Fields(list) }

func (w set) in(s string) bool {
	for _, word := range w {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

func (w set) is(s string) bool {
	for _, word := range w {
		if s == word {
			return true
		}
	}
	return false
}

func (w set) suffix(s string) string {
	longest := ""
	for _, word := range w {
		if len(word) > len(longest) && strings.HasSuffix(s, word) {
			longest = word
		}
	}
	return longest
}

func (w set) prefix(s string) string {
	longest := ""
	for _, word := range w {
		if len(word) > len(longest) && strings.HasPrefix(s, word) {
			longest = word
		}
	}
	return longest
}

// All words by which the heads of tables are known stand here.
var (
	serialHeads = words("序号 编号 序 项目编号 任务编号 指标序号 号")
	asideHeads  = words("备注 备 说明 分管领导 责任领导 牵头领导 包抓领导 包保领导 挂点领导 市领导 县领导 区领导 负责人 责任人 联系人 联系电话 联系方式 数据来源 考核部门 考核单位 统计部门 评价部门 审核部门 提供单位 数源部门 指标解释 指标说明 计算方法 计算公式 评分标准 评分办法 评价标准 计分办法 扣分 资金来源 总投资 项目总投资 计划总投资 概算投资")
	pointHeads  = words("分值 权重 得分 满分 评分 考核分 基准分 标准分 权数 赋分 计分")
	natureHeads = words("属性 指标类型 指标性质 性质 约束/预期")

	leadHeads        = words("牵头 主办 主责")
	jointHeads       = words("配合 参与 参加 协办 协助 协同")
	responsibleHeads = words("责任单位 责任部门 责任主体 承办单位 负责单位 实施单位 主管部门 主管单位 建设单位 落实单位 责任科室 承担单位 完成单位")
	firstLeadsWords  = words("首位 第一位 第一个 排首 列首 首个 排第一 列前 排名第一")
	dueHeads         = words("时限 完成时间 时间节点 完成期限 时间要求 完成日期 验收时间 完工时间 竣工时间 投用时间 完成时点 办结时间 时间安排 进度要求")
	unitHeads        = words("单位 计量单位 指标单位 度量单位 数量单位")
	yearHeads        = words("年度 年份 年别 时间 阶段 时期")
	areaHeads        = words("乡镇 镇街 镇(街 街镇 镇乡 街道 县区 区县 县(市 县市 市县 县(区 市(州 市州 区(市 县、市 区、县 镇、街 乡、镇 县、区 地区 地市 辖区 行政区 区域 旗县 镇村 村居 责任区 园区 各地 镇名 师市 盟市")
	areaHeadsExact   = words("村名 村别 村组 行政村 镇 乡 县 区 市 村 社区 地方 单位名称 乡镇场 属地")

	resultHeads = words("完成数 完成情况 完成率 完成比例 已完成 实绩 进度 进展 占年 占比任务 占全年 占目标 累计完成 排名 位次 名次 位列 同比 环比 差距 缺口 超额 达标情况 落实情况 是否完成 增减 比上年 比上月 1-")
	firmResults = words("占年 占全年 占目标 占任务 占计划 完成率 完成比例 排名 位次 是否完成 达标情况")
	doneHeads   = words("已完成 完成数 完成量 完成额 完成情况 累计完成 实绩")
	baseHeads   = words("基数 基期 基准 现状 现值 完成值 实际值 上年 去年 上一年 实际 完成 预计 预期完成 初步 实绩 历史")
	changeHeads = words("增长 增速 增幅 年均 累计 同比增 涨幅 降幅 增加值率 增减")
	goalHeads   = words("目标值 年目标 年度目标 预期目标 计划目标 工作目标 目标数 计划数 计划值 任务数 任务量 任务指标 任务值 指标值 年度任务 目标任务 年度计划 年计划 计划 目标 任务 预期 预计目标 绝对数 绝对值 下达数 分解数 分配数 指标数 建设数量 建设规模 数量")
	firmGoals   = words("目标值 目标数 计划数 计划值 任务数 任务量 指标值 任务值 下达数 分解数 分配数 绝对数 绝对值 年目标 年度目标 预期目标 年计划 年度计划")

	nameHeads     = words("指标 项目 任务 内容 事项 工作 举措 措施 名称 要求 标准 品种 类型 计划 目标 实事")
	categoryHeads = words("类别 分类 领域 一级指标 大类 方面 板块 类型 维度 一级 专项")
	finerHeads    = words("内容 二级指标 三级指标 具体指标 指标名称 考核指标 主要指标 建设内容 具体内容 考核内容 子项 细项 明细 具体任务 主要内容")

	placeEnds  = words("镇 乡 街道 区 县 市 旗 州 盟 村 社区 街 办事处 管委会 开发区 高新区 经开区 新区 园区 示范区 农场 林场 度假区 功能区")
	wholeHeads = words("合计 总计 全市 全县 全区 全省 全镇 全州 全旗 全市合计 全县合计 全区合计 小计 共计 总数 全市总计 合 计 汇总 全年合计 三年合计 五年合计 累计")

	figureOpens = words("不低于 不少于 不高于 不超过 不小于 不大于 高于 低于 超过 突破 大于 小于 达到 稳定在 保持在 控制在 提高到 提升到 降到 降至 累计 五年 三年 约 年均 增长 下降 降低 减少 提高 提升 力争 确保 完成 新增 同比 全年 达")

	captionEnds = words("表 指标 情况 目标 任务 清单 分解 计划 一览 专栏")
	noteOpens   = words("注 备注 说明 附注 填表说明 注释")
	goesOnAs    = words("续表 (续) 续上表 接上表")
)
