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
	"不少于": indicator.AtLeast, "不低于": indicator.AtLeast, "不小于": indicator.AtLeast, "不得少于": indicator.AtLeast, "不得低于": indicator.AtLeast,
	"至少": indicator.AtLeast, "最少": indicator.AtLeast, "不下": indicator.AtLeast, "不下于": indicator.AtLeast, "不短于": indicator.AtLeast,
	"超": indicator.MoreThan, "超过": indicator.MoreThan, "突破": indicator.MoreThan, "逾": indicator.MoreThan, "高于": indicator.MoreThan,
	"大于": indicator.MoreThan, "多于": indicator.MoreThan, "超出": indicator.MoreThan, "跨越": indicator.MoreThan, "冲破": indicator.MoreThan, "优于": indicator.MoreThan, "破": indicator.MoreThan,
	"不超过": indicator.AtMost, "不高于": indicator.AtMost, "不大于": indicator.AtMost, "不多于": indicator.AtMost, "不得超过": indicator.AtMost, "不得高于": indicator.AtMost, "不超": indicator.AtMost, "不突破": indicator.AtMost,
	"控制在": indicator.AtMost, "控制到": indicator.AtMost, "最多": indicator.AtMost, "至多": indicator.AtMost, "不多过": indicator.AtMost,
	"低于": indicator.LessThan, "少于": indicator.LessThan, "小于": indicator.LessThan, "不足": indicator.LessThan, "不到": indicator.LessThan,
	"约": indicator.About, "大约": indicator.About, "近": indicator.About, "接近": indicator.About, "大概": indicator.About, "约为": indicator.About,
}

var beforeWords, afterWords = keys(wordsBefore), keys(wordsAfter)

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
	c.before = beforeWords.suffix(strings.TrimSuffix(left, "了"))
	switch {
	case c.after != "":
		c.comparator = wordsAfter[c.after]
	case t.more:
		c.comparator = indicator.AtLeast
	case c.before != "":
		c.comparator = wordsBefore[c.before]
	}
	if t.isRange() {
		c.comparator = indicator.Equal
	}
	return c
}
