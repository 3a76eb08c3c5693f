package indicator

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// What comes after the place settles that it is one: an organ of its government in
// an issuer; a year, a plan's own words or such an organ in a title.
var (
	afterIssuer = regexp.MustCompile(`^(?:人民政府|政府|党?委|人大|政协|党工委|工委|办公室|管理委员会|管委会|办事处|\p{Han}*(?:局|厅|委|办|部|院|署|会|中心|委员会|办公室|指挥部|领导小组|工作组|专班)$)`)
	afterTitle  = regexp.MustCompile(`^(?:人民政府|政府工作|“|"|〔|（|\(|[0-9０-９一二两〇○零]{2,4}|关于|贯彻|国民经济|第?十[一二三四五六七八九]五|重点工作|工作要点|工作任务|年度)`)
	beforePlace = regexp.MustCompile(`^(?:中国共产党|中共|关于|印发|《|“|"|<|\s)+`)
	betweenOnes = regexp.MustCompile(`[\s\pZ、，,;；]+`)
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
	if BeginsWithPlace(issuer) {
		return issuer
	}
	if place := placeBefore(beforePlace.ReplaceAllString(title, ""), afterTitle.MatchString); place != "" {
		return place
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
		one = beforePlace.ReplaceAllString(one, "")
		its := placeBefore(one, afterIssuer.MatchString)
		if its == "" || i > 0 && its != place || runsOn(one[len(its):]) {
			return ""
		}
		place = its
	}
	return place
}

// organEnds are the ends of an office's name that another's may follow on.
var organEnds = regexp.MustCompile(`局|厅|政府|委员会|办公室|委|会|院`)

// runsOn reports whether after one office another place's follows with nothing
// between them.
func runsOn(offices string) bool {
	for _, end := range organEnds.FindAllStringIndex(offices, -1) {
		if BeginsWithPlace(offices[end[1]:]) {
			return true
		}
	}
	return false
}

// MaxJurisdiction bounds the name of a jurisdiction, in characters: a title may stand
// for one.
const MaxJurisdiction = 1000

// CheckJurisdiction refuses a text that cannot name a jurisdiction, with
// fault.InvalidValue at the field.
func CheckJurisdiction(field, name string) error {
	if !utf8.ValidString(name) || strings.TrimSpace(name) != name || name == "" ||
		strings.ContainsFunc(name, unicode.IsControl) || utf8.RuneCountInString(name) > MaxJurisdiction {
		return fault.Newf(fault.InvalidValue, "辖区为 1 至 %d 字，首尾无空白，不含控制字符",
			"a jurisdiction has 1 to %d characters, no space at either end, no control characters", MaxJurisdiction).At(field)
	}
	return nil
}
