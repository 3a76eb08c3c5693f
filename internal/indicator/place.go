package indicator

import (
	"regexp"
	"strings"
	"unicode"
)

// The longest name of one place, 双江拉祜族佤族布朗族傣族自治县, has 15 characters.
const longestPlace = 16

// organPart is what no name of a place has within it: where an office ends, what
// follows is another's.
var organPart = regexp.MustCompile(`局|厅|政府|委|办公|指挥部|领导小组|专班|公司|集团|中心[^区城镇]|[的等]`)

// within are words that begin with the character of a kind and end no name: 恩施州市场
// is a market of 恩施州.
var within = regexp.MustCompile(`^(?:市场|市政|市容|区域|区划|县域|乡村|乡镇|镇村|州级|旗县)`)

// placeAt reads the name of one place at the beginning of a text, up to the first
// character that can end it, and reports whether it names one or is only a word for
// some (城市, 工业园区). It is of size 0 where the text begins with neither. Inside a
// place a district may be called 城区, 矿区 or 郊区.
func placeAt(text []rune, inside bool) (size int, proper bool) {
	if inside && len(text) > 2 && ownDistricts[string(text[:2])] {
		return 2, true
	}
	for end := 2; end <= min(len(text), longestPlace); end++ {
		if !unicode.Is(unicode.Han, text[end-1]) {
			return 0, false
		}
		if !endsPlace(text, end) {
			continue
		}
		name := text[:end]
		if organPart.MatchString(string(name)) {
			return 0, false
		}
		return end, !isCommon(name) && !beginsWithKind(name)
	}
	return 0, false
}

// endsPlace reports whether a name can end before the place end. A name has two
// characters before its kind, of a county one; 景德镇 goes on to 市.
func endsPlace(text []rune, end int) bool {
	last, named := text[end-1], end-1
	if last == '道' && text[end-2] == '街' {
		return end >= 4
	}
	if !strings.ContainsRune(kindCharacters, last) || named < 2 && last != '县' {
		return false
	}
	if end == len(text) || !strings.ContainsRune("州盟旗镇乡", last) || !strings.ContainsRune("市县区", text[end]) {
		return true
	}
	return within.MatchString(string(text[end:]))
}

// beginsWithKind reports whether a text begins with the word for a kind, as offices
// leave their city's name out: 市东河区. 镇江市 and 乡宁县 are names.
func beginsWithKind(name []rune) bool {
	if properNames[string(name)] {
		return false
	}
	return strings.ContainsRune("省市州盟县区旗", name[0]) || strings.ContainsRune("镇乡", name[0]) && len(name) != 3
}

// placeBefore is the place that a text begins with, from the larger to the smaller
// (广东省广州市黄埔区), where what stands behind it follows; "" where there is none.
// What a city has but does not name itself (东河市老旧小区) is no part of its name.
func placeBefore(text string, follows func(rest string) bool) string {
	all := []rune(text)
	ends, common := []int{}, 0 // ends of names; the end of a common word after them
	for at := 0; common == 0; {
		size, proper := placeAt(all[at:], at > 0)
		if size == 0 || at == 0 && !proper {
			break
		}
		if name := string(all[at : at+size]); !proper && !ownZones[name] {
			common = at + size
			break
		}
		at += size
		ends = append(ends, at)
	}
	if len(ends) > 0 && common > 0 && follows(string(all[common:])) {
		return string(all[:ends[len(ends)-1]])
	}
	for len(ends) > 0 {
		end := ends[len(ends)-1]
		if follows(string(all[end:])) {
			return string(all[:end])
		}
		ends = ends[:len(ends)-1]
	}
	return ""
}

// BeginsWithPlace reports whether the name of an office begins with the name of a
// place, after 中共 and the like.
func BeginsWithPlace(office string) bool {
	size, proper := placeAt([]rune(beforePlace.ReplaceAllString(office, "")), false)
	return size > 0 && proper
}
