package workplan

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestAWordSaysOneThingAboutWhatIsBetter(t *testing.T) {
	seen := map[string]sense{}
	for s, list := range betterWords {
		for word := range strings.FieldsSeq(list) {
			if other, twice := seen[word]; twice {
				t.Errorf("%s stands with the senses %d and %d", word, other, s)
			}
			if betterTails.has(word) {
				t.Errorf("%s is a tail too, and would hide the word before it", word)
			}
			seen[word] = sense(s)
		}
	}
	if len(seen) < 600 {
		t.Errorf("%d words", len(seen))
	}
}

func TestDirectionOfAName(t *testing.T) {
	for want, names := range map[indicator.Direction]string{
		indicator.Decrease: "城镇登记失业率 失业人员数 婴儿死亡率 工伤死亡人数 孕产妇死亡率 PM2.5平均浓度 PM10年均浓度 细颗粒物（PM2.5）浓度 单位工业增加值能耗 万元产值能耗 综合能耗 碳排放强度 二氧化碳排放量 主要污染物排放总量 氨氮浓度 供水管网漏损率 供水管网漏损水量 线损率 产品不合格率 产品不良率 不良贷款率 不良贷款余额 政务服务投诉率 投诉量 信访总量 肺结核发病率 甲类传染病发病率 亡人事故起数 火灾事故数 刑事案件发案数 电信诈骗发案率 政府债务率 资产负债率 企业杠杆率 商业用房空置率 标准厂房空置面积 返贫人数 辍学率 万元GDP用水量 亩均灌溉用水量 办理时限 平均办理时间 企业开办时间 审批时长 热线平均等待时间 平均住院日 物流成本 综合融资成本 企业用电成本 青少年近视率 劣V类水体比例 劣Ⅴ类断面比例 黑臭水体数 重污染天数 撂荒面积 闲置土地面积 批而未供土地面积 散煤消费量 化肥使用量 化肥农药施用量 能源消费总量 煤炭消费占比 用水总量 拖欠账款金额 欠薪案件数 违法用地面积 一般程序违法行为数 设备故障率 客户停电时间 学生流失率 城乡居民收入比 三公经费 恩格尔系数 老龄化率 违规办理件数 超期办结率 亏损企业数 失信主体数 能耗下降 碳排放强度降低 死亡率下降 交易纠纷数 生产安全事故起数 服务投诉件数 化解后政府债务率 违约率 复发率 漏诊率 差错率 退货率",
		indicator.Increase: "新增就业 城镇新增就业人数 粮食产量 旅游收入 规上工业增加值 森林覆盖率 自来水普及率 城镇化率 机械化率 群众满意度 满意率 产品合格率 达标率 水质优良率 优良天数 空气质量优良天数比例 污水处理率 生活垃圾无害化处理率 签约项目履约率 事故处置率 投诉办结率 信访积案化解率 隐患整改率 债务化解额 隐性债务化解金额 失业人员再就业人数 贫困人口脱贫数 污染物减排量 节能量 节水量 减碳量 压减钢铁产能 淘汰落后产能 拆除违建面积 化解积案数 消除薄弱村数 治理水土流失面积 水土流失治理面积 新增水土流失治理面积 整改隐患数 查处违法案件数 打通断头路数 盘活闲置土地面积 培训失业人员数 帮扶贫困户数 改造危房数 清理欠薪金额 处置不良资产 零投诉率 就业率 再就业率 参保率 高新技术企业数 5G基站数 能繁母猪存栏量 耕地保有量 高标准农田面积 绿色建筑占比 清洁能源消费占比 发明专利拥有量 劳动生产率 研发投入强度 人均预期寿命 居民健康素养水平 负氧离子浓度 新建公园数 改造老旧小区数 收入增长 工业投资增速 达标排放率 黑臭水体消除率 黑臭水体整治数 案件侦破率 在途信访化解率 学位 病床使用率 失业保险参保人数 贫困户就业率 中小企业数 残疾人就业人数 违法行为查处率",
		"":                 "财政赤字 赤字率 居民消费价格涨幅 房价 常住人口 财政支出 会议费压减 用电量 债务增长 事故起数增长 车厢温度 人员编制 事故应急预案 碳排放监测 污染源 甲乙丙",
	} {
		for name := range strings.FieldsSeq(names) {
			if got, ok := DirectionOf(name); got != want || ok != (want != "") {
				t.Errorf("%s: %q, %v, want %q", name, got, ok, want)
			}
		}
	}
}
