package workplan

import "github.com/indicator-tracker/tracker/internal/workplan/lexicon"

// sense is what a word at the end of a name says about which way is better.
type sense int

// The senses. What is bad is told apart by how it is counted: events are counted
// over a time, things at a moment, and a measure is a number of its own, which
// no verb before it counts away.
const (
	unsaid      sense = iota
	more              // the more the better
	badEvent          // happens, and is counted over a time: 事故, 投诉
	badThing          // is there, and is counted at a moment: 黑臭水体, 债务
	badMeasure        // a concentration, an intensity, a time, a cost: 能耗, 时限
	usage             // less is better per output, and nothing is said of it alone: 用水量
	bearer            // more is better, unless the word before it is bad: 企业, 亏损企业
	neither           // nobody can say from the word: 赤字, 价格
	taken             // what is taken away: 压减, 化解; the more the better
	fall              // a change downwards, as a name: 下降, 降幅
	rise              // a change upwards: what it is a change of decides
	betterSense       // number of senses
)

// sensesOf are the words of each sense, looked for at the end of a name, the longest first, so that 不合格 is not taken
// for 合格, and 失业人员再就业 not for 失业.
var sensesOf = lexicon.Classify(map[sense]lexicon.Words{
	badEvent:   lexicon.Sense.Of("bad-event"),
	badThing:   lexicon.Sense.Of("bad-thing"),
	badMeasure: lexicon.Sense.Of("bad-measure"),
	usage:      lexicon.Sense.Of("usage"),
	bearer:     lexicon.Sense.Of("bearer"),
	neither:    lexicon.Sense.Of("neither"),
	taken:      lexicon.Sense.Of("removal"),
	fall:       lexicon.Sense.Of("fall"),
	rise:       lexicon.Sense.Of("rise"),
	more:       lexicon.Sense.Of("better"),
})
