package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// wordsAfter a number that compare with it.
var wordsAfter = map[string]indicator.Comparator{
	"以上": indicator.AtLeast, "及以上": indicator.AtLeast, "以上水平": indicator.AtLeast, "(含)以上": indicator.AtLeast,
	"以内": indicator.AtMost, "之内": indicator.AtMost, "以下": indicator.AtMost, "及以下": indicator.AtMost, "(含)以下": indicator.AtMost, "(含)以内": indicator.AtMost,
	"左右": indicator.About, "上下": indicator.About,
}

// wordsBefore a number that compare with it.
var wordsBefore = map[string]indicator.Comparator{
	"不少于": indicator.AtLeast, "不低于": indicator.AtLeast, "不小于": indicator.AtLeast,
	"至少": indicator.AtLeast, "最少": indicator.AtLeast, "不下": indicator.AtLeast, "不下于": indicator.AtLeast, "不短于": indicator.AtLeast,
	"超": indicator.MoreThan, "超过": indicator.MoreThan, "突破": indicator.MoreThan, "逾": indicator.MoreThan, "高于": indicator.MoreThan,
	"大于": indicator.MoreThan, "多于": indicator.MoreThan, "超出": indicator.MoreThan, "跨越": indicator.MoreThan, "冲破": indicator.MoreThan, "优于": indicator.MoreThan, "破": indicator.MoreThan,
	"不超过": indicator.AtMost, "不高于": indicator.AtMost, "不大于": indicator.AtMost, "不多于": indicator.AtMost, "不超": indicator.AtMost, "不突破": indicator.AtMost,
	"控制在": indicator.AtMost, "控制到": indicator.AtMost, "最多": indicator.AtMost, "至多": indicator.AtMost, "不多过": indicator.AtMost,
	"低于": indicator.LessThan, "少于": indicator.LessThan, "小于": indicator.LessThan, "不足": indicator.LessThan, "不到": indicator.LessThan,
	"约": indicator.About, "大约": indicator.About, "近": indicator.About, "接近": indicator.About, "大概": indicator.About, "约为": indicator.About,
}

var beforeWords, afterWords = keys(withForbidden()), keys(wordsAfter)

// withForbidden is wordsBefore with the words of a limit that must not be
// passed: 不得低于, 不宜超过.
func withForbidden() map[string]indicator.Comparator {
	for _, not := range []string{"不得", "不宜", "不应", "不能", "不可", "不许", "不准"} {
		for _, above := range []string{"超过", "高于", "大于", "多于", "超出", "突破"} {
			wordsBefore[not+above] = indicator.AtMost
		}
		for _, below := range []string{"低于", "少于", "小于", "短于"} {
			wordsBefore[not+below] = indicator.AtLeast
		}
	}
	return wordsBefore
}

func keys[V any](m map[string]V) lexicon {
	var all []string
	for word := range m {
		all = append(all, word)
	}
	return words(all...)
}

// comparison is how a number is held against what is reached, and the words
// that say so.
type comparison struct {
	comparator    indicator.Comparator
	before, after string
}

// compare reads the words next to a number. A word after the number says more
// than one before it: 达到5家以上, 控制在5%左右.
func compare(left, right string, t *token) comparison {
	c := comparison{comparator: indicator.Equal}
	c.after = afterWords.prefix(right)
	if c.after == "" && t.unitClass == timeUnit && strings.HasPrefix(right, "内") {
		c.after = "内"
	}
	c.before = beforeWords.suffix(trimPerHead(strings.TrimSuffix(left, "了")))
	if floor := floorWords.suffix(strings.TrimSuffix(left, "有")); floor != "" { // 至少有1名
		c.before = floor
	}
	if multiple := strings.TrimSuffix(left, "的"); c.before == "" && multiple != left && t.unitClass == shareUnit {
		at, word := beforeWords.findLast(before(multiple, len(multiple), 30))
		if at >= 0 && multipleOf.has(word) {
			c.comparator = wordsBefore[word]
		}
	}
	switch {
	case c.after == "内":
		c.comparator = indicator.AtMost
	case c.after != "":
		c.comparator = wordsAfter[c.after]
	case t.more:
		c.comparator = indicator.AtLeast
	case c.before != "":
		c.comparator = wordsBefore[c.before]
	case leastOf(left):
		c.comparator = indicator.AtLeast
	}
	if t.isRange() {
		c.comparator = indicator.Equal
	}
	return c
}

// multipleOf words hold a multiple of something against what is reached:
// 不低于低保标准的1.3倍.
var multipleOf = words("不低于 不少于 不超过 不高于")

// leastOf reports whether a floor stands before the verb of the number:
// 至少建成1个.
func leastOf(left string) bool {
	verb := deeds.suffix(left)
	if verb != "" && floorWords.suffix(strings.TrimSuffix(left, verb)) != "" {
		return true
	}
	if at, word := floorWords.findLast(left); at >= 0 {
		if done := left[at+len(word):]; deeds.prefix(done) != "" && !hasDigit(done) && !strings.ContainsAny(done, "、,和及") && levels.suffix(done) == "" {
			return true
		}
	}
	at, word := floorWords.findLast(before(left, len(left), longestDeed))
	tail := before(left, len(left), longestDeed)
	return at >= 0 && len(tail)-at-len(word) == len("设置") && !strings.ContainsAny(tail[at:], "、,") && !hasDigit(tail[at:])
}

// longestDeed is the most bytes of a floor and an unlisted verb of two
// characters after it: 至少设置1所.
const longestDeed = 18

var floorWords = words("至少 最少 不少于")

// perHead words stand between a level and what each person gets.
var perHead = words("每人每月 每人每年 每人 每户 每年 每月")

func trimPerHead(left string) string { return strings.TrimSuffix(left, perHead.suffix(left)) }
