package indicator

import "strings"

// commonWords are words that any city writes before or within 市, 县, 区, 镇 and the
// like without naming one: 海绵城市, 老旧小区, 经济技术开发区. What is spelled by them alone
// is no name of a place. 和平, 胜利, 向阳 and such are not among them, for districts
// bear these names.
var commonWords = wordSet(`
城市 大城市 小城市 城市群 都市 大都市 城区 城镇 集镇 建制镇 小镇 乡镇 街区 社区 小区 园区 片区 地区 区域 县域 镇域 市域 街道 郊区 矿区 林区
牧区 灌区 库区 山区 老区 灾区 景区 校区 厂区 辖区 港区 湖区 特区 新区 新城 老城 旧城 古城 古镇 古村 水乡 城乡 市区 镇区 旗县 牧业 半农半牧
县城 省会 首府 直辖 地级 县级 副省级 区县 县区 市县 县市区 市州 州市 省市 省市县 市县区 市辖区 自治区 自治州 自治县 自治旗 特别行政区
高新 高新区 经开 经开区 开发区 技开区 示范区 试验区 实验区 试点 示范 先行 先行区 先导区 引领区 引领 集聚 集聚区 聚集区 核心区 核心 中心区 中心 副中心 合作区 合作
保税 综合保税 保税区 综保区 自贸 自贸区 自由贸易 自由贸易试验区 度假区 度假 保护区 保护 功能区 功能 产业区 工业区 商务区 商业区 商圈 商业 商务 科技城 科学城 科学 大学城
物流 物流园区 空港 临空 临港 陆港 航空 航空港 港口 口岸 边境 跨境 电商 电子商务 国际 国内 中国 全国 国家 国家级 省级 市级 县级 区级 镇级 乡级 村级 部级 一流 世界
全省 全市 全县 全区 全州 全盟 全旗 全镇 全乡 全域 全境 全部 全面 各省 各市 各县 各区 各州 各镇 各乡 各旗 各盟 各地 各级 我省 我市 我县 我区 我州 我镇 我乡 我旗 我盟
本省 本市 本县 本区 本州 本镇 本乡 本旗 本盟 该市 该县 该区 其他 其它 相关 有关 所有 所属 下属 下辖 省直 市直 县直 区直 省属 市属
海绵 智慧 文明 卫生 无废 韧性 宜居 宜业 宜游 绿色 低碳 零碳 近零碳 节水 节能 节约 自然 生态 森林 园林 花园 公园 健康 数字 智能 创新 创业 创意 创造 旅游 文旅 文化 历史 名城
双拥 平安 法治 诚信 信用 安全 食品安全 质量 品牌 知识产权 特色 美丽 幸福 和谐 活力 现代 国际化 现代化 城镇化 信息化 消费 时尚 会展 体育 足球 教育 学习 儿童 友好 青年 老年
养老 慈善 志愿 民族 团结 进步 革命 红色 军民 融合 开放 内陆 沿海 沿江 沿边 东部 西部 中部 南部 北部 东北 西北 东南 西南 环境 环保 清洁 洁净 海洋 湿地 水利 水网 河湖 碳达峰
老旧 棚户 危旧 城中村 旧改 改造 更新 保障 保障房 安置 搬迁 移民 易地 扶贫 脱贫 贫困 深度贫困 重点帮扶 帮扶 乡村 农村 农业 农民 农垦 振兴 粮食 产粮 生猪 调出 大县 强县 穷县
百强 千强 十强 重点 重大 重要 主要 一般 典型 样板 标杆 明星 优秀 先进 达标 合格 模范 标准 新型 大型 中型 小型 中小 特大 超大 综合 专业 主城 主体 建成 建成区 规划区 老工业 棚户区 资源 枯竭 转型
产业 工业 化工 制造 制造业 先进制造 装备 汽车 光伏 新能源 新材料 能源 医药 生物 生物医药 电子 信息 软件 低空 低空经济 数据 大数据 人工 人工智能 机器人 冷链 食品 纺织 循环 循环经济 科技 技术
高新技术 经济 经济技术 金融 贸易 投资 招商 引资 服务 服务业 民营 民生 就业 夜间 总部 楼宇 都市圈 圈 战略 新兴 未来 前沿 高端 高质量 高水平 高标准 发展 共同 富裕 共富 协同 一体 一体化 统筹 深度
创建 建设 推进 推动 打造 巩固 深化 加快 加强 提升 提档 升级 开展 实施 做好 落实 争创 争当 申报 复审 迎检 迎接 培育 支持 促进 完善 整治 治理 管理 监管 规范 服务 保持 强化 优化 扩大
关于 印发 贯彻 十四五 十五五 年度 今年 工作 行动 专项 三年 五年 计划 方案 任务 目标 项目 工程 基地 单位 部门 街巷 背街小巷 试点区 拓展区 启动区 起步区 样板区 过渡区 控制区 敏感区 禁燃区 限养区
美食 美好 生活 品质 康养 避暑 冰雪 温泉 滨水 滨江 滨河 沿河 沿线 两岸 型 级 性 类 数字化 智能化 绿色化 产业化 工业化 标准化 规范化 市场化 均等化 批 第一 首批 新一轮 和 与 及 等 暨 式 的 之 不 无 有
政府 人民政府 党委 政协 人大 办公 机关 群众 居民 基层 网格 党建 干部 人才 人民 公共 公益 交通 出行 公交 停车 物业 住宅 住房 房地产 校园 学校 医疗 医共体 紧密型
`)

// kindCharacters end the name of a place and say of which kind it is; one that ends
// what is written of common words is a common word too.
const kindCharacters = "省市州盟县区旗镇乡"

// properNames are names of places though common words spell them.
var properNames = wordSet(`新兴区 平安区 安全乡 全州县 市中区 市南区 市北区`)

// ownZones are common words that name one place where a city stands before them:
// 东河市高新区, 晋城市城区, 西安市新城区.
var ownZones = wordSet(`
城区 新城区 老城区 郊区 矿区 林区 特区 新区 高新区 经开区 开发区 经济开发区 高新技术开发区 高新技术产业开发区 经济技术开发区 技术开发区 工业园区 产业园区 工业区 园区 示范区 合作区
城乡一体化示范区 综合保税区 保税区 综保区 度假区 旅游度假区 临港新区 临空经济区 航空港区 港区 景区 旅游景区 食品工业园区 化工园区 物流园区 中心区 自贸区 自由贸易试验区 先行区 试验区
`)

// ownDistricts are districts of cities that bear a common word for their name.
var ownDistricts = wordSet(`城区 郊区 矿区`)

// longestCommonWord is the most characters of a common word.
var longestCommonWord = func() int {
	longest := 0
	for word := range commonWords {
		longest = max(longest, len([]rune(word)))
	}
	return longest
}()

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

// isCommon reports whether a text is spelled by common words alone. A bare 市 or 县
// counts as one at its beginning (市工业园区) and at its end (脱贫县).
func isCommon(text []rune) bool {
	if properNames[string(text)] {
		return false
	}
	spelled := make([]bool, len(text)+1) // up to here
	spelled[0] = true
	for end := 1; end <= len(text); end++ {
		if (end == 1 || end == len(text)) && strings.ContainsRune(kindCharacters, text[end-1]) {
			spelled[end] = spelled[end-1]
		}
		for size := 1; size <= min(end, longestCommonWord) && !spelled[end]; size++ {
			spelled[end] = spelled[end-size] && commonWords[string(text[end-size:end])]
		}
	}
	return spelled[len(text)]
}
