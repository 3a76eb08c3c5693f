package indicator

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// placePattern is a place as its government writes it, from the larger to the
// smaller: 广东省广州市黄埔区. A name has two characters at least before the word
// that says of which kind it is.
const placePattern = `((?:\p{Han}{2,9}?(?:自治区|特别行政区|自治州|自治县|自治旗|开发区|示范区|高新区|新区|园区|省|市|地区|盟|县|区|旗|州|镇|乡|街道))+)`

// What comes after the place settles that it is one: an organ of its government in
// an issuer; a year, a plan's own words or such an organ in a title.
var (
	issuerPlace = regexp.MustCompile(`^` + placePattern + `(?:人民政府|政府|党?委|人大|政协|办公室|管理委员会|管委会|\p{Han}+(?:局|厅|委员会|办公室|指挥部|领导小组|工作组|专班)$)`)
	titlePlace  = regexp.MustCompile(`^` + placePattern + `(?:人民政府|政府工作|“|"|〔|（|\(|[0-9０-９一二两〇○零]{2,4}|关于|贯彻|国民经济|第?十[一二三四五六七八九]五|重点工作|工作要点|工作任务|年度)`)
	beforePlace = regexp.MustCompile(`^(?:中国共产党|中共|关于|印发|《|“|"|<|\s)+`)
	betweenOnes = regexp.MustCompile(`[\s、，,;；]+`)
	// named is a text that begins with the name of a place, and not with a word for
	// any place (市政府办公室) or none.
	named = regexp.MustCompile(`^\p{Han}{2,}?(?:省|市|县|区|州|盟|旗|镇|乡|街道)`)
	// anywhere are words that every place has.
	anywhere = regexp.MustCompile(`^(?:全?[省市县区州盟旗镇乡]|本|我|各|政府|人民政府|办公室|党委|关于|印发|推进|重点|年度|工作)`)
)

// JurisdictionOf is the place whose government issues a plan: that of the issuer,
// else that which the title begins with. Issuers of several places are no one
// place. Where neither is sure the issuer stands for its place, whole, if it begins
// with a name; what any place could have written (市政府办公室, 重点工作任务) stands with
// the plan's code behind it, so that two cities never become one by chance.
func JurisdictionOf(issuer, title, code string) string {
	issuer, title = strings.TrimSpace(issuer), strings.TrimSpace(title)
	if place := placeOfIssuers(issuer); place != "" {
		return place
	}
	if issuer != "" && named.MatchString(issuer) && !anywhere.MatchString(issuer) {
		return issuer
	}
	if m := titlePlace.FindStringSubmatch(beforePlace.ReplaceAllString(title, "")); m != nil && !anywhere.MatchString(m[1]) {
		return m[1]
	}
	said := issuer
	if said == "" {
		said = title
	}
	return said + "（" + code + "）"
}

// placeOfIssuers is the one place that all of the issuers are of, "" when there is
// none.
func placeOfIssuers(issuers string) string {
	place := ""
	for i, one := range betweenOnes.Split(issuers, -1) {
		m := issuerPlace.FindStringSubmatch(beforePlace.ReplaceAllString(one, ""))
		if m == nil || anywhere.MatchString(m[1]) || i > 0 && m[1] != place {
			return ""
		}
		place = m[1]
	}
	return place
}

// maxJurisdiction bounds the name of a jurisdiction, in characters: a title may stand
// for one.
const maxJurisdiction = 1000

// CheckJurisdiction refuses a text that cannot name a jurisdiction, with
// fault.InvalidValue at the field.
func CheckJurisdiction(field, name string) error {
	if !utf8.ValidString(name) || strings.TrimSpace(name) != name || name == "" ||
		strings.ContainsFunc(name, unicode.IsControl) || utf8.RuneCountInString(name) > maxJurisdiction {
		return fault.Newf(fault.InvalidValue, "辖区为 1 至 %d 字，首尾无空白，不含控制字符",
			"a jurisdiction has 1 to %d characters, no space at either end, no control characters", maxJurisdiction).At(field)
	}
	return nil
}
