package indicator_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// places are names of places of every kind: provinces, cities, leagues, counties of
// one character, districts, banners, towns and zones, and names that common words
// begin, end or nearly spell.
var places = strings.Fields(`
北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省 四川省 贵州省
云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 西藏自治区 宁夏回族自治区 新疆维吾尔自治区 香港特别行政区 澳门特别行政区
北京市海淀区 上海市浦东新区 重庆市渝中区 广东省广州市黄埔区 浙江省杭州市西湖区 四川省凉山彝族自治州会理市 内蒙古自治区锡林郭勒盟正蓝旗
青州市 东河市 滨海市 景德镇市 镇江市 本溪市 津市市 沙市区 新市区 市中区 市南区 市北区 全州县 全南县 全椒县 乡宁县 乡城县 镇远县 镇平县 镇海区 镇雄县 镇赉县
晋城市 盐城市 宣城市 运城市 聊城市 项城市 韩城市 白城市 诸城市 邹城市 海城市 塔城市 增城区 鹿城区 宿城区 大城县 舒城县 虞城县 新乡市 新余市 新民市 新密市 新华区
新兴区 新县 赵县 滑县 献县 景县 房县 易县 唐县 郏县 富县 和平区 解放区 前进区 向阳区 友谊县 东风区 工农区 河东区 城中区 城关区 城北区 城东区 市中区 江北区
通化市 敦化市 怀化市 从化区 奉化区 化州市 文昌市 文山市 中山市 中卫市 国安区 平安区 安康市 安全乡 民乐县 民丰县 乐平市 农安县 工布江达县 商城县 商水县 旅顺口区 林州市 林西县
恩施土家族苗族自治州 恩施州 黔东南苗族侗族自治州 黔东南州 巴音郭楞蒙古自治州 克孜勒苏柯尔克孜自治州 延边朝鲜族自治州 湘西土家族苗族自治州 大理白族自治州 甘孜藏族自治州
双江拉祜族佤族布朗族傣族自治县 塔什库尔干塔吉克自治县 杜尔伯特蒙古族自治县 东乡族自治县 景宁畲族自治县 鄂温克族自治旗 莫力达瓦达斡尔族自治旗 达尔罕茂明安联合旗 翁牛特旗
锡林郭勒盟 阿拉善盟 兴安盟 大兴安岭地区 阿里地区 喀什地区 和田地区 神农架林区 六枝特区 扎兰屯市 满洲里市 攀枝花市 连云港市 防城港市 张家口市 张家界市 秦皇岛市 葫芦岛市 呼和浩特市
雄安新区 浦东新区 上海浦东新区 滨海新区 两江新区 天府新区 兰州新区 西咸新区 贵安新区 江北新区 苏州工业园区 横琴粤澳深度合作区 平潭综合实验区 郑州航空港经济综合实验区
东河经济技术开发区 合肥高新技术产业开发区 昆山经济技术开发区 杨凌农业高新技术产业示范区 洋浦经济开发区 前海深港现代服务业合作区 东河市高新区 西安市新城区 晋城市城区 洛阳市老城区
平顶山市城乡一体化示范区 阳泉市矿区 阳泉市郊区 周庄镇 乌镇镇 华西镇 景芝镇 五里墩街道 中关村街道 城关镇 安海镇 桃源乡 青龙满族自治县青龙镇
`)

// anyPlaces are what any city could have written, as plans and letters begin.
var anyPlaces = strings.Fields(`
海绵城市 智慧城市 文明城市 全国文明城市 卫生城市 国家卫生城市 无废城市 韧性城市 宜居城市 森林城市 国家森林城市 园林城市 节水型城市 创新型城市 健康城市 数字城市 双拥模范城市 食品安全示范城市
旅游城市 历史文化名城城区 儿童友好城市 老年友好型社区 中心城市 省会城市 资源枯竭型城市 老工业城市 现代化城市 国际化大都市 低碳城市 信用城市 国际消费中心城市 慈善城市 平安城市
老旧小区 城镇老旧小区 棚户区改造示范区 智慧社区 农村社区 绿色社区 未来社区 社区 小区 历史文化街区 商业街区 示范街区 旅游街区 产业园区 工业园区 化工园区 物流园区 科技园区 低空经济产业园区
脱贫县 贫困县 百强县 产粮大县 生猪调出大县 县城 全县 本县 我县 强县 重点帮扶县 经济强县 旅游强县 文明县 示范县 特色小镇 特色镇 中心镇 重点镇 美丽城镇 美丽乡镇 建制镇 文明乡镇 国家级示范镇
中心城区 主城区 老城区 新城区 建成区 城区 郊区 市区 全市 全省 全区 本市 我市 各县区 各市县 县市区 市辖区 自治区 自治州 直辖市 县级市 地级市
示范区 先行示范区 共同富裕示范区 高新区 国家高新区 经开区 开发区 经济开发区 经济技术开发区 高新技术产业开发区 综合保税区 保税区 自由贸易试验区 自贸区 旅游度假区 新区 临空经济区 核心区 功能区
自然保护区 生态保护区 工业集聚区 城乡一体化示范区 市开发区 市高新区 市工业园区 县经济开发区 区产业园区 革命老区 民族地区 沿海地区 农村地区 东部地区 生态文明示范区 重点地区 中心街道 文明街道
`)

func TestNamesOfPlaces(t *testing.T) {
	if len(places) < 150 || len(anyPlaces) < 80 {
		t.Fatalf("%d names and %d common ones", len(places), len(anyPlaces))
	}
	for _, name := range places {
		for _, c := range [][2]string{
			{name + "人民政府办公室", ""}, {name + "教育局", ""}, {name + "市场监督管理局", ""}, {name + "管理委员会", ""}, {"中共" + name + "委办公室", ""},
			{"", name + "2024年重点工作任务"}, {"", name + "“十五五”规划"}, {"市政府办公室", "关于印发《" + name + "国民经济和社会发展规划》"},
			{"", name + "智慧城市2024年工作要点"}, {"", name + "老旧小区“十五五”改造规划"},
			{name + "水务局　" + name + "教育局", ""}, {name + "发改委、" + name + "财政局", ""},
		} {
			if got := indicator.JurisdictionOf(c[0], c[1], "p"); got != name {
				t.Errorf("issuer %q, title %q: %q, want %q", c[0], c[1], got, name)
			}
		}
	}
}

func TestNoPlaceHasACommonName(t *testing.T) {
	for _, name := range anyPlaces {
		for _, c := range [][2]string{
			{name + "管委会", ""}, {name + "管理委员会", ""}, {name + "改造指挥部", ""}, {name + "人民政府", ""}, {name + "建设工作领导小组", ""},
			{"", name + "2024年重点工作任务"}, {"", name + "“十五五”规划"}, {"", "关于" + name + "年度工作要点"}, {"", "关于创建" + name + "2024年工作方案"},
		} {
			if got := indicator.JurisdictionOf(c[0], c[1], "p"); !strings.HasSuffix(got, "（p）") {
				t.Errorf("issuer %q, title %q: %q, which any city could have written", c[0], c[1], got)
			}
		}
		if got := indicator.JurisdictionOf("东河市"+name+"建设指挥部", "", "p"); !strings.HasPrefix(got, "东河市") || strings.HasSuffix(got, "）") {
			t.Errorf("%s of a city is of %q", name, got)
		}
	}
}

func TestIssuersOfSeveralPlacesAreOfNone(t *testing.T) {
	for _, between := range []string{" ", "　", "　　", "、", "，", "\t"} {
		issuer := "东河市水务局" + between + "西山市水务局"
		if got := indicator.JurisdictionOf(issuer, "2024年工作要点", "p"); strings.HasSuffix(got, "东河市") || got != issuer {
			t.Errorf("%q is of %q", issuer, got)
		}
	}
	for _, issuer := range []string{"东河市水务局西山市水务局", "东河市人民政府西山市人民政府"} {
		if got := indicator.JurisdictionOf(issuer, "", "p"); got != issuer && !strings.HasSuffix(got, "（p）") {
			t.Errorf("%q is of %q", issuer, got)
		}
	}
}
