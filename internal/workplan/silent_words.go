package workplan

// Words of what a plan promises without a figure of its own: aims of all, of none and
// of a rank, and steps with a date.

// Aims of all and of none.
var (
	coverage = words("全覆盖")
	// zeroWords say that a bad thing is to be gone, or not to happen at all.
	zeroWords = words("零发生 零增长 零新增 动态清零 全部清零 基本清零 清零 为零 保持零 归零")
	mustNot   = words("不发生 不出现 不得发生 不得出现")
	// notToHappen words make a limit of the number after them.
	notToHappen = words("不发生 不出现 不得发生 不得出现 杜绝 避免发生 防止发生")
	// notHappening also holds what only wards off; of that there is a warning.
	notHappening = words("不发生 不出现 不得发生 不得出现 杜绝发生 杜绝 避免发生 防止发生 无")
	// zeroChanges are said of a measure that is not to rise.
	zeroChanges = words("零增长 零新增")
	// unmet words right before an aim say that it was not reached.
	unmet = words("未 未能 尚未 没有 仍未 还未 未实现 尚未实现 没有实现 非")
	// closings may stand between an aim and the end of its clause.
	closings = words("的目标 目标 的目标任务 目标任务 的要求 的良好态势 的态势 态势 良好态势 的底线 底线")
	// aimVerbs stand between what an aim is about and its words.
	aimVerbs = words("实现 达到 做到 确保 保持 达成 要 将 力争 稳步 全面 年底前 逐步 推进 推动 努力 继续 持续 动态 全部 均 都 已 发生 完成")
	// plainVerbs before what an aim is about say nothing of it, unless they are part of
	// its name.
	plainVerbs  = words("推动 推进 促进 实现 完成 保障 支持 建成 建设 落实 确保 扩大 提高 强化 加强 做好 抓好 开展 组织 提供 健全 完善 建立 保持 巩固 严守 坚守 守住 拓展 力争")
	nounOpeners = words("高标准农田 高标准基本农田 高质量发展 建设用地 建设项目 建设工程 支持率 保障房 保障性 保障粮 组织部 组织生活 完成率 实现率 建设领域 落实率 开展率 推进率 建设单位 建设施工")
	// notAim open what is no bad thing: 不发生变化.
	notAim = words("变化 改变 转移 偏离")
	nearly = words("基本 基本实现 基本达到 总体实现 大体实现")
)

// Ranks.
var (
	// rankVerbs lead to a rank, with no more than the field of those that are ranked
	// between.
	rankVerbs = words("进入 进 跻身 位列 位居 位于 居于 居 列 排名 排位 位次 排在 排 保持在 稳定在 稳居 保持 稳定 迈入 挺进 跃居 跃升至 上升至 提升至 提升到 上升到 升至 升到 冲刺 冲进 争进 达到 处于 力争 确保 争取 实现 名列")
	// firmRankVerbs need no field between themselves and a first place.
	firmRankVerbs = words("位居 稳居 位列 居 名列 排名 排")
	// rankFields end the name of the field in which a place is held.
	rankFields    = words("全省 全市 全国 全县 全区 全州 全盟 全域 省内 市内 国内 县域 区域 同类 同类城市 同类地区 同组 同级 省市 县区 城市 县市 县市区 百强县 百强区 百强 排名 考核 评价 考评 测评 评估 地级市 副省级城市 省会城市 中西部 西部 东部 中部")
	rankScopes    = words("全省 全市 全国 全县 全区 全州 省内 市内 国内 同类")
	leadingPlaces = words("前列 第一方阵 第一梯队")
	rankUnits     = words("名 位 强")
	rankEnds      = words("以内 之内 行列 方阵 水平 以上")
	placeNouns    = words("名次 位次 排名 排位 名 位")
	topPlaces     = words("首位 榜首")
	// grantOpeners open a clause about those who hold a rank, not one that aims at it.
	grantOpeners = words("对 对于 按 按照 将 把 从 凡 给予 评选 评出 遴选 选取 推荐 奖励 表彰 取")
)

// Units of aims of none.
var (
	caseNouns   = words("投诉 信访 上访 案件 发案 立案 刑案 命案 举报 警情")
	personNouns = words("学生 儿童 人员 人口 群众 对象 劳动者 职工 毕业生 患者 死亡 伤亡 感染 辍学 失业 人")
	houseNouns  = words("户 家庭 人家")
)

// Steps with a date.
var (
	// makingVerbs take what is brought about after them: 完成编制, 出台办法.
	makingVerbs = words("完成 编制完成 制定出台 研究制定 研究出台 制定印发 编制印发 修订印发 修订完成 出台 印发 发布 公布 制定 制订 编制 修订 起草 拟定 形成 提交 签订 签署 启动 开工建设 建成 建成投用 建成投运 建成运营 建立 组建 成立 设立 开通 上线 投用 投运 获批 取得 通过 实现 落实 确定 明确 选定 打通 贯通 拆除 关停 搬迁 移交 引进 举办 召开 开展 挂牌 下达 兑现 交付 竣工 争取")
	// endingVerbs need nothing after them: 投入使用, 通过验收.
	endingVerbs = words("完成 完工 竣工 建成 开工 开工建设 动工 启动 启动建设 投用 投产 投运 达产 投入使用 投入运营 投入运行 投入生产 交付使用 交付 建成投用 建成投产 建成投运 建成使用 建成运营 建成通车 竣工投产 竣工投用 竣工验收 竣工验收备案 完工验收 通过验收 通过评审 通过审查 通过评估 通过认定 验收 通车 通水 通电 通气 通航 开通 开通运营 开园 开馆 开业 开放 开学 开诊 开建 上线 上线运行 试运行 试运营 运营 运行 正式运营 正式运行 封顶 主体封顶 主体完工 主体竣工 贯通 全线贯通 合龙 并网 并网发电 落地 挂牌 挂牌成立 成立 出台 印发 发布 印发实施 公布 公布实施 获批 批复 报批 上报 立项 到位 建设完成 改造完成 编制完成 组建完成 完成建设 完成改造 完成验收 落成 见效 销号 入驻 签约 供地 移交")
	// madeFirst are those of endingVerbs that an official puts before what they bring about.
	madeFirst = words("完成 建成 出台 印发 发布 印发实施 公布 启动 制定 制订 编制 修订 上报 开通 成立 组建 签订")
	// weakMaking verbs open ongoing work as often as a step, and make one only where a
	// date closes it: 6月底前开展.
	weakMaking = words("实现 落实 开展 争取 引进 取得 明确 建立 形成 举办 召开 兑现 通过 确定 搬迁")
	// vagueObjects end what nobody can tick off: 取得明显成效.
	vagueObjects = words("投资 成效 进展 突破 提升 改善 提高 好转 增强 新台阶 实效 变化 氛围 优势 效果 局面 增长 水平 态势 动态管理 健康发展 高质量发展 时序进度 序时进度 目标任务 各项任务 任务 工作")
	// beforeDate may stand between a subject and the date of its step.
	beforeDate = words("于 在 要 将 应 须 需 拟 计划 力争 确保 争取 预计 务必 必须 并 并于 且 、 力争在 确保在 争取在 计划于 预计于 ( 到 至 再 应于 须于 要在 原则上 原则上于 分别于 的 其中")
	// stepOpenings may stand between a date and what is to be done by then.
	stepOpenings = words("前 底前 力争 确保 全面 基本 全部 要 将 争取 务必 必须 应 须 需 拟 计划 前要 正式 顺利 率先 高质量 高标准 保质保量 圆满 如期 按期 按时 提前 实质性 争取实现 力争实现 确保实现 实现 再 先 均 、 , 之前 以前 要求 初步 陆续 集中 统一 分批 我市 我县 我区 全市 全县 全区")
	// drivers open a clause on work that a step belongs to.
	drivers = words("加快推进 加快推动 加快 推进 推动 持续推进 扎实推进 全力推进 有序推进 统筹推进 抓好 做好 加强 强化 开展 组织开展 实施 组织实施 组织 深入实施 抓紧 积极 高标准 高质量 启动实施 谋划 谋划实施 支持 促进 保障 确保 力争 继续 深入 全面 进一步 稳步 持续 重点 重点推进 及时 尽快 抓紧推进 着力 大力 有序 扎实")
	// recurring words before a date say that it comes again and again.
	recurring = words("每 每年 每月 每季度 每季 每半年 次 次年 次月 逐 各 历年")
	// notDue words before a date hold something against it.
	notDue = words("按 未按 按照 未在 早于 晚于 超过 逾期")
	// grantsTo say what those get who did a thing by a date.
	grantsTo = words("给予 予以 通报 扣分 奖励 补贴 补助 问责")
	// openEnds after a date make it the beginning of a time, or part of a noun.
	openEnds = words("以来 起 开始 至今 之后 以后 后 的 启用前 间 期间 同期 以上 时")
	// pastMarks stand right after a verb that is no promise.
	pastMarks = words("了 过")
	// workNouns end a subject whose work, and not itself, is meant.
	workNouns = words("建设工作 建设 项目建设 工程建设")
)
