package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

var (
	beforeAtLeast  = words("不少于 不低于 不小于 至少 最少 不下 不下于 不短于 不得低于 不得少于 不得小于 不得短于 不宜低于 不宜少于 不宜小于 不宜短于 不应低于 不应少于 不应小于 不应短于 不能低于 不能少于 不能小于 不能短于 不可低于 不可少于 不可小于 不可短于 不许低于 不许少于 不许小于 不许短于 不准低于 不准少于 不准小于 不准短于")
	beforeAtMost   = words("不超过 不高于 不大于 不多于 不超 不突破 控制在 控制到 最多 至多 不多过 不得超过 不得高于 不得大于 不得多于 不得超出 不得突破 不宜超过 不宜高于 不宜大于 不宜多于 不宜超出 不宜突破 不应超过 不应高于 不应大于 不应多于 不应超出 不应突破 不能超过 不能高于 不能大于 不能多于 不能超出 不能突破 不可超过 不可高于 不可大于 不可多于 不可超出 不可突破 不许超过 不许高于 不许大于 不许多于 不许超出 不许突破 不准超过 不准高于 不准大于 不准多于 不准超出 不准突破")
	beforeMoreThan = words("超 超过 突破 逾 高于 大于 多于 超出 跨越 冲破 优于 破")
	beforeLessThan = words("低于 少于 小于 不足 不到")
	beforeAbout    = words("约 大约 近 接近 大概 约为")
	afterAtLeast   = words("以上 及以上 以上水平 (含)以上")
	afterAtMost    = words("以内 之内 以下 及以下 (含)以下 (含)以内")
	afterAbout     = words("左右 上下")
)

// Words next to a number that compare with it.
var (
	wordsBefore = classify(map[indicator.Comparator]lexicon{
		indicator.AtLeast: beforeAtLeast, indicator.AtMost: beforeAtMost, indicator.MoreThan: beforeMoreThan,
		indicator.LessThan: beforeLessThan, indicator.About: beforeAbout,
	})
	wordsAfter = classify(map[indicator.Comparator]lexicon{
		indicator.AtLeast: afterAtLeast, indicator.AtMost: afterAtMost, indicator.About: afterAbout,
	})
)

func keys[V any](m map[string]V) lexicon {
	var all []string
	for word := range m {
		all = append(all, word)
	}
	return words(all...)
}

// classes is words by what each says.
type classes[C comparable] struct {
	lexicon
	of map[string]C
}

func classify[C comparable](sets map[C]lexicon) classes[C] {
	of := map[string]C{}
	for c, set := range sets {
		for word := range set.all {
			of[word] = c
		}
	}
	return classes[C]{keys(of), of}
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
	c.after = wordsAfter.prefix(right)
	if c.after == "" && t.unitClass == timeUnit && strings.HasPrefix(right, "内") {
		c.after = "内"
	}
	c.before = wordsBefore.suffix(trimPerHead(strings.TrimSuffix(left, "了")))
	if floor := floorWords.suffix(strings.TrimSuffix(left, "有")); floor != "" { // 至少有1名
		c.before = floor
	}
	if multiple := strings.TrimSuffix(left, "的"); c.before == "" && multiple != left && t.unitClass == shareUnit {
		at, word := wordsBefore.findLast(before(multiple, len(multiple), 30))
		if at >= 0 && multipleOf.has(word) {
			c.comparator = wordsBefore.of[word]
		}
	}
	switch {
	case c.after == "内":
		c.comparator = indicator.AtMost
	case c.after != "":
		c.comparator = wordsAfter.of[c.after]
	case t.more:
		c.comparator = indicator.AtLeast
	case c.before != "":
		c.comparator = wordsBefore.of[c.before]
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
