package quantity

import "iter"

// Class is what sort of thing a unit word counts or measures, as far as whoever reads
// a text has to know. It follows from the word and not from the dimension: people and
// houses are both counted, and are spoken of in other ways.
type Class int

// The classes.
const (
	NoUnit     Class = iota // no word that a text is read with
	CountUnit               // 个, 家, 户次: things one by one
	EventUnit               // 场, 期: things that happen
	HeadUnit                // 人, 名: people
	ShareUnit               // %, 个百分点, 番, 倍
	MoneyUnit               // 元
	AreaUnit                // 亩, 平方米
	LengthUnit              // 公里
	MassUnit                // 吨, 斤
	PowerUnit               // 千瓦, 千伏安
	OtherUnit               // anything else that is measured: 立方米, 微克, 天
	AgeUnit                 // 岁
	TimeUnit                // 小时, 个工作日
	BandUnit                // 大, 类, 方面: how a text is divided, not what is to be done
	RatingUnit              // 千伏, 级: what a thing is called by
)

// Words goes through the unit words that a text is read with, each with its class.
func Words() iter.Seq2[string, Class] {
	return func(yield func(string, Class) bool) {
		for _, d := range declared {
			if d.class == computedOnly {
				continue
			}
			for word := range d.each() {
				if !yield(word, d.class) {
					return
				}
			}
		}
	}
}

// OtherWords goes through the unit words with which other words begin, each with the
// characters that make those of it: 才 and 口 of 人, as 3万人才 counts by the ten thousand.
func OtherWords() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, d := range declared {
			for word, others := range d.each() {
				if others != "" && !yield(word, others) {
					return
				}
			}
		}
	}
}
