package workplan

import "strings"

// deeds are the verbs whose number counts what the term brings about. Most can
// have 新 before them.
var deeds = words("新增 新建 新建成 新开工 新开工建设 新引进 新培育 新培养 新认定 新打造 新创建 新开发 新改扩建 新改建 新扩建 新建改建 新选树 新设 新设立 新签约 新投产 新投放 新投运 新上 新入 新入库 新入规 新装 新植 新造 新种 新辟 新开 新开通 新落地 新组建 新办 新注册 新登记 新授 新推 新推出 新晋 新发展 新申报 新纳 新纳入 新购 新购置 新开设 新启动 新招 新招引 新吸纳 新发行 " +
	"再建 开行 送戏 减税降费 减轻 筛查 免费筛查 以旧换新 选出 评出 更换 查处 召开 施划 新施划 撬动 选聘 净增 净增加 净新增 净流入 办好 运行 稳妥运行 打好 建优 完成 培育 培养 培训 举办 开展 组织 建成 建设 建好 建立 打造 创建 创成 争创 争取 争列 引进 招引 引育 引聚 认定 评选 评定 推荐 列入 入选 申报 获批 认证 评定 授予 获评 收录 实施 支持 改造 改造提升 提升改造 改建 扩建 迁建 新改扩 改扩建 整治 整治提升 治理 修复 修建 修缮 铺设 架设 安装 加装 更新 更新改造 购置 投放 发放 提供 处置 盘活 消除 化解 退出 淘汰 关停 清理 清退 拆除 开通 新辟优化 优化 开辟 开设 布设 布局 设立 成立 组建 选派 选送 选树 选拔 招聘 招录 录用 帮扶 救助 资助 慰问 惠及 接待 吸引 带动 集聚 聚集 汇聚 转化 制定 修订 编制 发布 出台 创作 推出 出版 演出 放映 种植 造林 绿化 营造 植树 抚育 扩种 复垦 收储 供应 出让 配建 配备 配套 启动 竣工 投产 投用 建成投用 建成投产 投运 交付 筹集 筹建 募集 落实 兑现 减免 融资 续贷 发行 上市 上线 接入 推广 应用 遴选 签约 落地 引入 导入 攻克 研发 开发 研制 释放 开放 归集 采集 检测 抽检 检查 巡查 排查 调解 办理 办结 回收 处理 建档 调查 走访 解决 扶持 改厕 清淤 疏浚 加固 除险加固 维修 养护 升级 提档升级 提质升级 搬迁 安置 征收 运营 开工 开工建设 复工 增设 增加 增补 扩容 挖掘 储备 入库 纳入 命名 挂牌 达产 就业 转移 转移就业 安排 生产 销售 出口 承办 承接 主办 参与 参加 参展 推动 推进 促成 覆盖 服务 适配 整合提升 整合 提升 提升建设 维护提升 灌溉 发展 保障 立项 促进 派遣 派出 组织开展 巩固 创评 授牌 送达 普查 增配 增殖放流 轮作 播种 收购 储存 调出 屠宰 出栏 打通 畅通 贯通 通车 架通 聘请 录制 播出 制作 复耕 恢复 补植 节约 节水 压减 压降 压缩 削减 减少 招商 引资 注册 登记 授权 交易 贷款 授信 投入 投资 拨付 下达 兑付 缴存 发展壮大 做强 壮大 培植 孵化 选育 引种 换装 置换 替代 配置 布置 植入 建造 兴建 增建 补建 续建 扩大 拓宽 硬化 亮化 美化 修编 招募 取消 撤销 撤并 精简 拆迁 腾出 收回 追回 挽回 封堵 疏解 分流 补充 充实 援建 采购 购买 租赁 捐建 发动 动员 表彰 树立 刊发 推送 拍摄 编写 编印 征集 颁发 核发 签发 放养 栽植 栽种 补栽 管护 封育 退耕 清运 拆违 平整 开垦 复绿 植绿 增绿 轮训 育成 兴办 创办 开建 回迁 敷设 验收 销号 抢修 翻修 重建 扩增 加密 增殖 关闭 抽查 抽验 暗访 督办 巡演 展演 义诊 审结 审理 侦破 破获 查办 执结 移送 结对 回访 派送 送达 捐赠" + " 新(改)建 新(扩)建 新(迁)建 新(续)建 新(改扩)建 新(改、扩)建 新(扩、改)建 新(迁、改)建 新(改、迁)建 改(改)建 改(扩)建 改(迁)建 改(续)建 改(改扩)建 改(改、扩)建 改(扩、改)建 改(迁、改)建 改(改、迁)建 迁(改)建 迁(扩)建 迁(迁)建 迁(续)建 迁(改扩)建 迁(改、扩)建 迁(扩、改)建 迁(迁、改)建 迁(改、迁)建")

// newNouns make the name of something with 新 before them: 新服务.
var newNouns = words("应用 组织 服务 发展 保障 贷款 投资 就业 运行 培训 销售 交易 生产 建设 产出 标准 制作 节水 造林 绿化 出口 配套 消费 治理 检测 检查 解决 支持 实施 提升 优化 改造")

// modest verbs do not show by themselves that the number after them is to be
// reached; they may introduce what exists.
var modest = words("推进 推动 支持 加快 加快推进 实施 抓好 做好 发挥 促进 服务 保障 巩固 依托 聚焦 释放 参与 落实 推广 优化 提升 发展")

// levels lead to the number a thing stands at.
var levels = words("拥有 达到 达 达到了 达成 突破 超过 超 稳定在 保持在 稳定 保持 维持在 控制在 控制到 提高到 提高至 提升到 提升至 增加到 增加至 增至 增长到 增长至 扩大到 扩大至 拓展到 拓展至 发展到 发展至 上升到 上升至 降到 降至 降低到 降低至 下降到 下降至 减少到 减少至 减至 压减到 压减至 压缩到 压缩至 压降到 压降至 缩短到 缩短至 为 不少于 不低于 不超过 不高于 低于 高于 逾 迈上 跃上 安排 翻 保持在 稳定到 调整到 调整至 提标至 提标到 做到 到 至 实现 有 共 共计 总计 合计 近 约 不足 不到 位居 上 在")

// growthVerbs say that the number is a change.
var growthVerbs = words("增长 下降 降低 提高 提升 增加 减少 上升 回升 增幅 降幅 涨幅 跌幅 增速 增 降 减 涨 增长率 递增 递减 增长速度 压减 压降 下浮 上浮 上调 下调 收窄 扩大 高 低 缩短 节约 翻 增量")

// falls are the verbs and nouns of a change downwards.
var falls = words("下降 降低 减少 降幅 跌幅 压减 压降 降 减 递减 降至 降到 降低到 降低至 下降到 下降至 减少到 减少至 减至 压减到 压减至 压缩 压缩到 压缩至 压降到 压降至 缩短 缩短到 缩短至 缩减 削减 下浮 下调 收窄 低")

// strivings mark a target that is hoped for and not promised.
var strivings = words("力争 努力 争取 力求")

// firstDeed is the first verb of the kind in s; the place is -1 if there is none.
func firstDeed(s string) (at int, verb string) { return deeds.find(s) }

// changeBefore is the verb of change that stands right before a number, past
// the words that compare: 增长不低于8%. With 到 or 至 a level follows instead.
func changeBefore(left string) string {
	left = trimComparing(left)
	return growthVerbs.suffix(left)
}

// trimComparing drops what may stand between a verb and its number.
func trimComparing(left string) string {
	for {
		word := wordsBefore.suffix(left)
		if word == "" {
			word = between.suffix(left)
		}
		if word == "" {
			return left
		}
		left = strings.TrimSuffix(left, word)
	}
}

var between = words("原则上 力争 分别 均 为 了 各 在 要 再 也 将 达 达到 不少于 左右 年均 平均 实现")
