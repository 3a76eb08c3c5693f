package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Words of a policy that gives something to those who meet a condition. The
// firm ones settle it; the soft ones also stand in targets that pay the money
// out.
var (
	firmPolicy  = words("最高 最长 给予 予以 享受 可享 可获 可申请 可获得 一次性 封顶 上限 资助额度 补助标准为 免租 减免 按人均 不超过实际 打折 个税 应纳税 缴纳 奖励标准 每家企业每年 单个项目 单户 每户最高 分档 按比例")
	softPolicy  = words("补贴 补助 奖励 奖补 资助 贴息 优惠 房租 租金 奖金 支持标准 扶持 额度 利率 费率 税率 减税 市场价")
	grantees    = words("享受 可享 可获 可申请 可领取")
	taxRules    = words("加计扣除 免征 减征 加征 计征 起征点 征收范围 征收率 税前扣除")
	ceilings    = words("最多 至多 不超过 上限 累计不超过")
	eachGrantee = words("每家企业 每个企业 单家 单个 单户 每户企业 每家 每人 每个单位 同一企业 每位")
	payers      = words("发放 兑现 争取 筹集 拨付 落实 下达 投放 安排 兑付 新增 完成 提供续贷 减免税费 减税降费 累计")
	measures    = words("按 按照 依照")
	timely      = words("按期 按时 按需 按要求 按照要求 按计划 按月 按年 按季 按序时 按质")
)

// isPolicy holds for subsidies, caps, discounts and what is granted: 给予最高
// 100万元补贴, 按不超过实际投入的30%.
func isPolicy(s *site) bool {
	if s.pace != nil {
		return false
	}
	if at, word := grantees.find(s.head()); at >= 0 && !strings.HasPrefix(s.head()[at+len(word):], "人数") {
		return true
	}
	if taxRules.in(clauseOf(s)) && !payers.in(s.head()) && !(raisesLevel(s.head()) && startsFromNumber(s)) {
		return true
	}
	if eachGrantee.in(s.head()) && (s.comparison.comparator == indicator.AtMost || ceilings.in(s.head())) {
		return true
	}
	switch s.token.unitClass {
	case moneyUnit, shareUnit, areaUnit, otherUnit, timeUnit:
	case countUnit:
		if !magnitudes.has(s.token.unit) {
			return false
		}
	default:
		return false
	}
	if capsGrant(s) || isPrice(s) {
		return true
	}
	clause := clauseOf(s)
	if raisesLevel(s.head()) || changes(s.head()) && !firmPolicy.in(s.head()) {
		return false
	}
	if firmPolicy.in(clause) || byMeasure(s.head()) {
		return true
	}
	if s.token.unitClass == areaUnit && strings.HasSuffix(trimComparing(s.head()), "提供") {
		return true
	}
	if payers.in(s.head()) || spending.suffix(trimComparing(s.lead())) != "" {
		return false
	}
	if softPolicy.in(clause) {
		return !isStandard(s.head())
	}
	return grants(s) && deeds.suffix(trimComparing(s.lead())) == "" && changeBefore(s.head()) == ""
}

// startsFromNumber reports whether the clause says from which number a rate is
// raised: 比例由50%提高到75% is an aim of the policy itself.
func startsFromNumber(s *site) bool {
	at := max(strings.LastIndex(s.head(), "由"), strings.LastIndex(s.head(), "从"))
	return at >= 0 && hasDigit(s.head()[at:])
}

// capsGrant holds for the most that anybody is given: 累计奖励金额不超过30万元. What
// is spent on it in all is kept within a number by other words: 控制在.
func capsGrant(s *site) bool {
	if s.token.unitClass != moneyUnit || !ceilings.has(s.comparison.before) {
		return false
	}
	own := trimComparing(s.lead())
	return grantWords.in(own) && !spending.in(own)
}

var (
	grantWords = words("奖励 奖补 补贴 补助 资助 贴息 奖金 扶持资金 支持资金 授信额度 贷款额度")
	spending   = words("支出 预算 总规模 总额 成本")
)

// isPrice holds for money that is paid for each unit of a thing: 每吨补贴80元, 水价每
// 立方米2.5元, 收购价3元/公斤. What each unit yields is no price: 亩均税收30万元/亩.
func isPrice(s *site) bool {
	if s.token.unitClass != moneyUnit || raisesLevel(s.head()) || changes(s.head()) {
		return false
	}
	own := trimComparing(s.lead())
	if strings.Contains(s.token.unit, "/") {
		return prices.in(own)
	}
	own = strings.TrimSuffix(own, grantWords.suffix(own))
	each := eachQuantity.suffix(own)
	if each == "" {
		return false
	}
	left := strings.TrimSuffix(own, each)
	return own != s.lead() && grantWords.suffix(s.lead()) != "" || prices.in(left) || strings.HasPrefix(s.tail(), "的价格") || strings.HasPrefix(s.tail(), "的标准")
}

var (
	prices       = words("价 价格 单价 收费 租金 费用标准 计价 补贴 补助 奖励 奖补")
	eachQuantity = words("每吨 每亩 每公顷 每平方米 每立方米 每方 每公里 每公斤 每斤 每千瓦 每千瓦时 每度 每套 每台 每辆 每头 每只 每株 每棵 每件 每份 每张 每床 每车 每座 每处 每个")
)

// grants reports whether the sentence says before or after the number that
// something is given on a condition.
func grants(s *site) bool {
	sentence := before(s.p.text[:s.token.start], s.token.start, min(window, s.token.start-s.sentence.start))
	ahead := after(s.p.text[:s.sentence.end], s.token.end, 60)
	conditional := strings.Contains(sentence, "符合条件") || strings.Contains(sentence, "符合") || strings.Contains(sentence, "对") && strings.Contains(sentence, "的,")
	if standards.suffix(trimClosing(s.lead())) != "" && !conditional {
		return false
	}
	return (givenWords.in(sentence) || givenWords.in(ahead)) && (conditional || softPolicy.in(sentence))
}

var givenWords = words("给予 予以 享受 可享 补贴 补助 奖励 奖补 资助 贴息 租金 免租 减免 优惠 支持")

// byMeasure reports whether 按 or 按照 governs the number: what follows is a
// measure and not a result.
func byMeasure(head string) bool {
	at, _ := measures.findLast(head)
	return at >= 0 && !strings.HasSuffix(head[:at], "拟") && timely.prefix(head[at:]) == "" && len(head)-at < 90
}

// raisesLevel reports whether a verb says that a standard is brought to the
// number: 补助标准提高到1000元.
func raisesLevel(head string) bool {
	if floors.suffix(trimApprox(head)) != "" && strings.Contains(head, "标准") {
		return true
	}
	word := levels.suffix(trimApprox(head))
	return strings.HasSuffix(word, "到") || strings.HasSuffix(word, "至") || word == "达"
}

// changes reports whether a verb says by how much a standard is changed:
// 补助标准提高30元, 分别提高30元和5元.
func changes(head string) bool {
	if changeBefore(head) != "" {
		return true
	}
	at := strings.LastIndex(head, respectively)
	return at >= 0 && growthVerbs.prefix(strings.TrimPrefix(head[at+len(respectively):], "再")) != ""
}

// isStandard reports whether what a person gets is stated as a standard of its
// own and not as a grant to whom it applies: 生活补贴每人每月110元.
func isStandard(head string) bool {
	each := perHead.suffix(trimComparing(head))
	return strings.HasPrefix(each, "每人每") && standards.suffix(trimComparing(strings.TrimSuffix(trimComparing(head), each))) != "" && choosers.prefix(head) == ""
}

var standards = words("补贴 补助 标准 养老金 津贴 救助金 补助金")

// floors below a standard make it a target: 标准不低于每人每年600元.
var floors = words("不低于 不少于")

func trimApprox(head string) string {
	for _, word := range []string{"每人每月", "每人每年", "每人", "每年", "每月", "人均", "不低于", "约"} {
		head = strings.TrimSuffix(head, word)
	}
	return head
}
