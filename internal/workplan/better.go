package workplan

// sense is what a word at the end of a name says about which way is better.
type sense int

// The senses. What is bad is told apart by how it is counted: events are counted
// over a time, things at a moment, and a measure is a number of its own, which
// no verb before it counts away.
const (
	unsaid      sense = iota
	more              // the more the better
	badEvent          // happens, and is counted over a time: 事故, 投诉
	badThing          // is there, and is counted at a moment: 黑臭水体, 债务
	badMeasure        // a concentration, an intensity, a time, a cost: 能耗, 时限
	usage             // less is better per output, and nothing is said of it alone: 用水量
	bearer            // more is better, unless the word before it is bad: 企业, 亏损企业
	neither           // nobody can say from the word: 赤字, 价格
	taken             // what is taken away: 压减, 化解; the more the better
	fall              // a change downwards, as a name: 下降, 降幅
	rise              // a change upwards: what it is a change of decides
	betterSense       // number of senses
)

var (
	badEvents = words("死亡 伤亡 遇难 致死 致残 受伤 重伤 轻伤 夭折 溺亡 溺水 自杀 病死 事故 火灾 森林火灾 火警 险情 灾情 疫情 事件 警情 刑案 命案 发案 立案 诈骗 盗窃 侵财 侵权 抢劫 犯罪 再犯 重新犯罪 违法 违规 违纪 违章 违约 失信 投诉 举报投诉 有责投诉 信访 上访 越级上访 集体上访 进京访 纠纷 矛盾纠纷 " +
		"失窃 泄漏 泄露 渗漏 爆管 停电 停水 断电 断水 故障 差错 失误 误诊 漏诊 漏报 误报 漏检 错案 退货 返工 返贫 致贫 辍学 失学 早产 流产 复发 发病 新发 感染 差评 晚点 延误 缺勤 离职 群体性事件 重污染天气 弃风 弃光 弃水 溢流 秸秆焚烧 焚烧火点 火点 超载 超限 脱落")
	badThings = words("失业 待业 隐患 风险点 积案 欠薪 拖欠 拖欠账款 拖欠工资 违规办理 违规审批 违规收费 欠款 欠税 逾期 债务 隐性债务 政府债务 负债 杠杆 不良 不良贷款 不良资产 坏账 呆账 亏损 库存 积压 空置 闲置 闲置土地 闲置用地 批而未供土地 批而未供 撂荒 抛荒 水土流失 荒漠化 沙化 石漠化 盐碱化 盐渍化 老龄化 空心化 恶化 退化 草原退化 超标 超采 地下水超采 污染 黑臭 黑臭水体 劣V类 劣五类 臭气 违建 违法建设 违章建筑 违法用地 落后产能 过剩产能 低效产能 低效用地 僵尸企业 散乱污企业 散乱污 " +
		"薄弱村 空壳村 危房 旱厕 散煤 燃煤锅炉 贫困 相对贫困 贫困户 近视 肥胖 超重 贫血 低体重 营养不良 患病 缺陷 出生缺陷 拥堵 堵点 断头路 缺口 短缺 瑕疵 破损 逾期贷款")
	badMeasures = words("浓度 PM2.5 PM10 细颗粒物 可吸入颗粒物 颗粒物 臭氧 二氧化硫 二氧化氮 氮氧化物 一氧化碳 二氧化碳 氨氮 化学需氧量 总磷 总氮 挥发性有机物 高锰酸盐指数 空气质量综合指数 空气综合指数 酸雨 酸雨频率 噪声 噪音 排放 碳排放 温室气体 碳强度 能耗 电耗 水耗 煤耗 油耗 气耗 物耗 地耗 材耗 耗能 耗电 耗水 耗煤 耗水量 耗电量 能源消费 煤炭消费 化石能源消费 用水总量 能源消费总量 线损 网损 货损 漏损 漏失 损耗 损失 浪费 流失 失败 " +
		"时限 耗时 用时 平均住院日 住院日 跑动次数 申报材料 审批环节 成本 税负 融资利率 贷款利率 物流总费用 物流费用 次均费用 门诊费用 住院费用 三公经费 行政经费 会议费 恩格尔系数 基尼系数 收入倍差 收入差距 城乡差距 差距 药占比 偏差 误差 暴露 失衡 " +
		"城乡收入比 城乡居民收入比 居民收入比 可支配收入比 " +
		"办理时间 办理时长 办理周期 办结时间 办结时长 办结周期 审批时间 审批时长 审批周期 处理时间 处理时长 处理周期 处置时间 处置时长 处置周期 响应时间 响应时长 响应周期 等待时间 等待时长 等待周期 等候时间 等候时长 等候周期 候诊时间 候诊时长 候诊周期 通关时间 通关时长 通关周期 通勤时间 通勤时长 通勤周期 停电时间 停电时长 停电周期 在途时间 在途时长 在途周期 接单时间 接单时长 接单周期 交付时间 交付时长 交付周期 报告时间 报告时长 报告周期 到达时间 到达时长 到达周期 出警时间 出警时长 出警周期 受理时间 受理时长 受理周期 审核时间 审核时长 审核周期 答复时间 答复时长 答复周期 结算时间 结算时长 结算周期 拨付时间 拨付时长 拨付周期 反馈时间 反馈时长 反馈周期 排队时间 排队时长 排队周期 中断时间 中断时长 中断周期 建设时间 建设时长 建设周期 去化时间 去化时长 去化周期 开办时间 开办时长 开办周期 登记时间 登记时长 登记周期 注销时间 注销时长 注销周期 " +
		"化肥使用 化肥施用 化肥消费 化肥消耗 化肥用 农药使用 农药施用 农药消费 农药消耗 农药用 化肥农药使用 化肥农药施用 化肥农药消费 化肥农药消耗 化肥农药用 兽用抗菌药使用 兽用抗菌药施用 兽用抗菌药消费 兽用抗菌药消耗 兽用抗菌药用 抗菌药使用 抗菌药施用 抗菌药消费 抗菌药消耗 抗菌药用 抗生素使用 抗生素施用 抗生素消费 抗生素消耗 抗生素用 塑料袋使用 塑料袋施用 塑料袋消费 塑料袋消耗 塑料袋用 一次性塑料使用 一次性塑料施用 一次性塑料消费 一次性塑料消耗 一次性塑料用 散煤使用 散煤施用 散煤消费 散煤消耗 散煤用 煤炭使用 煤炭施用 煤炭消耗 煤炭用 燃煤使用 燃煤施用 燃煤消费 燃煤消耗 燃煤用 地膜使用 地膜施用 地膜消费 地膜消耗 地膜用")
	usages      = words("用水量 取水量 用电量 用能 用地 建设用地 用水 新水")
	bearers     = words("企业 小微企业 主体 市场主体 经营主体 商户 机构 医院 学校 项目 社区 平台 公路 建筑 合作社 站点 单位 场所 载体 园区")
	neitherWay  = words("赤字 检出 价格 物价 房价 票价 消费价格 价格指数 CPI PPI 利率 汇率 支出 常住人口 户籍人口 编制 能源消耗")
	removals    = words("清收 偿还 减排 减污 减碳 降碳 降耗 节能 节水 节电 节地 节材 节约 减量 减负 减税 降费 减税降费 减灾 压减 压降 压缩 削减 减少 化解 消化 消除 淘汰 关停 关闭 取缔 退出 清退 清理 清零 拆除 腾退 处置 处理 治理 整治 整改 销号 查处 打击 侦破 破获 破案 执结 清偿 清欠 追缴 追赃 挽损 盘活 去化 去库存 脱贫 摘帽 治愈 救治 收治 帮扶 救助 资助 慰问 安置 化解率 调解 调处 办结 办理 解决 防治 防控 防范 预防 排查 遏制 戒毒 修复 恢复 改造 缓解")
	fallNouns   = words("下降 降低 降幅 跌幅 下降率 下降幅度 降低率 下降比例")
	riseNouns   = words("增长 增幅 增速 增长率 增长速度 涨幅 上升 提高 提升 增加 上涨 扩大 递增 年均增长")
	betterNouns = words("达标排放 超低排放 近零排放 研发支出 研发经费支出 民生支出 覆盖 普及 合格 抽检合格 优良 优质 优良水质 达标 满意 满意度 安全感 获得感 幸福感 知晓 知晓度 参与 参保 参合 参检 投保 入学 入园 入托 毛入学 升学 毕业 巩固 就业 再就业 创业 转移就业 帮扶就业 成活 保存 存活 康复 接种 建档 签约 履约 兑现 到位 入库 开工 竣工 完工 建成 投产 达产 投用 使用 运行 转化 利用 综合利用 循环利用 资源化利用 回收 回收利用 资源化 无害化 收集 检验 检测 检查 答复 回复 响应 接通 网办 可办 联网 入网 在线 监管 追溯 公开 公示 归集 共享 开通 通达 通车 通畅 贯通 硬化 绿化 亮化 净化 覆绿 森林覆盖 植被覆盖 湿地保护 保护 绿色 收缴 征收 入户 走访 探访 巡访 及时 准点 准确 正点 到课 出勤 上座 开机 开放 保障 供电可靠 供水保证 保证 自给 自来水普及 贡献 复种 改良 繁育 良种 贯标 一次办结 签约服务 随访 管理 规范管理 健康管理 体检 筛查 早诊 " +
		"收入 营收 营业收入 产值 总产值 增加值 总值 生产总值 GDP 产量 总产 总产量 单产 亩产 亩均效益 亩均税收 均税 产能 利润 税收 投资 总投资 投资额 外资 实际使用外资 到位资金 资金 进口 出口 进出口 外贸 贸易 销售 零售 社会消费品零售 交易 成交 签约额 引资 贷款 存款 信贷 融资 保费 消费 居民消费 清洁能源消费 非化石能源消费 可再生能源消费 新能源消费 天然气消费 清洁取暖 非化石能源 清洁能源 可再生能源 新能源 营业额 交易额 成交额 销售额 零售额 贸易额 进出口额 产出 效益 劳动生产 生产率 劳动生产率 全员劳动生产率 资产 经费投入 投入 研发投入 研发经费 投入强度 研发强度 R&D 效率 质量 能力 水平 得分 素养 健康素养 科学素养 素质 寿命 预期寿命 受教育年限 工资 养老金 标准 补助标准 保障标准 低保标准 负氧离子浓度 溶解氧浓度 溶解氧 " +
		"岗位 学位 床位 托位 车位 泊位 人才 高技能人才 技能人才 工程师 医师 护士 教师 志愿者 专利 发明专利 发明 商标 品牌 高新技术企业 家庭农场 个体工商户 上市 基地 示范区 公办园 普惠园 基站 充电桩 换电站 驿站 里程 游客 接待 接待游客 旅客 客流 客运 货运 客流量 货运量 客运量 吞吐量 旅客吞吐 货物吞吐 运量 班列 航线 存栏 出栏 保有 拥有 播种 播种面积 种植 造林 营造林 森林 蓄积 森林蓄积 绿地 公园 湿地 耕地 耕地保有 高标准农田 农田 装机 发电 发电量 供电 供气 供水 供热 供暖 储气 库容 灌溉 绿色建筑 装配式建筑 装配式 培训 活动 演练 讲座 展会 演出 宣讲 服务 惠及 受益 享受 待遇享受 参保人数 会员 达标数 城镇化 高新技术产业 新兴产业 战略性新兴产业 高技术制造业 先进制造业 数字经济 核心产业 服务业 民营经济 制造业 文化产业 产业规模 经济规模 经营规模 优势产业 集群")
)

// sensesOf are the words of each sense, looked for at the end of a name, the longest first, so that 不合格 is not taken
// for 合格, and 失业人员再就业 not for 失业.
var sensesOf = classify(map[sense]lexicon{
	badEvent:   badEvents,
	badThing:   badThings,
	badMeasure: badMeasures,
	usage:      usages,
	bearer:     bearers,
	neither:    neitherWay,
	taken:      removals,
	fall:       fallNouns,
	rise:       riseNouns,
	more:       betterNouns,
})

// betterTails stand after such a word and leave its sense as it is: 死亡人数,
// 失业率, 违法行为数. Shares among them keep a verb at the head of a name from
// counting the thing away.
var (
	betterTails = words("数 人数 起数 件数 户数 家数 宗数 例数 次数 场数 场次 人次 批次 户次 天数 处数 条数 量 数量 水量 电量 气量 总量 存量 总数 总人数 总规模 规模 总额 额 金额 额度 余额 面积 总面积 长度 里程数 体积 个数 年均 平均 年 月 日 累计 五年 三年 四年 总 指标 水体 断面 水质 国控断面 省控断面 天气 案件 行为 问题 现象 事项 情况 人员 人口 对象 学生 儿童 群众 物 次 人 起 件 户 任务 工作 频次 频率 发生", betterShares)
	shareTails  = words(betterShares)
	peopleTails = words("人数 户数 人员 人口 对象 学生 儿童 群众 户 人")
)

const betterShares = "率 比率 比例 占比 比重 强度 指数 系数 密度 度 比"

// Words right before one of the words above turn it round: 未办结, 零投诉. What
// is taken away is turned by few of them, since the others name what it is taken
// from: 违法查处.
var (
	negators    = words("不 未 非 不予 逾期 超期 违规 违法 非法 虚假 低效 落后 无证")
	fewNegators = words("不 未 逾期 超期")
	preventers  = words("防 反 无 零 减 降 防范 预防 杜绝 遏制 禁止 不 未 非")
	notPrevent  = words("消防 国防 边防 人防 海防 违反")
)

// Verbs that a name opens with and that count what is done about the bad thing
// after them: 化解债务, 培训失业人员.
var (
	takers     = words("打通 疏通 畅通 替代 置换 更换 更新 补齐 填补 弥补 缩小 转化 偿还 归还 清收")
	helpers    = words("培训 服务 走访 探访 帮助 支持 扶持 吸纳 转移 招用 招录 录用 覆盖 惠及 促进 带动 保障 援助 监测")
	beforeVerb = words("完成 新增 推动 推进 开展 实施 累计 全年 全部 集中 依法 深入 组织 有效 妥善 及时 再 共")
)

// perOutputs in a name make a usage one per output.
var perOutputs = words("单位 万元 亩均 每亩 吨 每 人均 户均 均")
