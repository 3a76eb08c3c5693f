package lexicon

// Words that make up numbers and units, or look like them.
var (
	// Magnitudes are the numerals that belong to a unit: 万 of 3万人.
	Magnitudes = having("magnitudes")
	// MoreMarks between a number and its unit say that it is more: 30余家.
	MoreMarks = having("more-marks")
	// ChangeSigns right before figures say that the number is a change: 零售额+8%, 能耗↓3%.
	ChangeSigns = having("change-signs")
	// AddingVerbs say that a number after + comes on top: 新增企业+30家.
	AddingVerbs = having("adding-verbs")
	// VagueChanges are changes without a number, at the end of a clause: 倍增, 减半.
	VagueChanges = having("vague-changes")
	// VagueMarks before a number that is not given say that it is about that, or more: 上百家, 近千人.
	VagueMarks = having("vague-marks")
	// PairNouns before so many to one name the proportion: 师生比1:15.
	PairNouns = having("pair-nouns")
	// SumNouns are sums in 元 even where the number has no more than a magnitude: 投资500万.
	SumNouns = having("sum-nouns")
	// UnitLikeOpenings begin after a unit with a character that would make another word of the
	// unit's own, but are words by themselves: 3家乡镇, 10项目标.
	UnitLikeOpenings = having("unit-like-openings")
	// PerUnits may follow the stroke of a quotient without being units: /人, /年.
	PerUnits = having("per-units")
	// UnitSigns stand before what a unit is taken per: /, ·.
	UnitSigns = having("unit-signs")
	// PictureHeights are numbers before P that say how fine a picture is: 1080P视频.
	PictureHeights = having("picture-heights")
	// WordlikeUnits make words of numerals more often than numbers: 十分, 百度.
	WordlikeUnits = having("wordlike-units")
	// PlaceNameUnits are characters that begin the name of a place after a numeral: 三台县.
	PlaceNameUnits = having("place-name-units")
	// PlaceNameEndings end such a name: 县, 村.
	PlaceNameEndings = having("place-name-endings")
	// NotPlaceNames begin with one of those endings and are counted all the same: 五条河道.
	NotPlaceNames = having("not-place-names")
	// ZeroCounted are counts of which a plan may say that they are 零; without 数 they are the
	// unit, and 率 is in %: 死亡人数为零.
	ZeroCounted = having("zero-counted")
	// BeforeZero stand between such a count and 零: 降为, 保持.
	BeforeZero = having("before-zero")
	// EventVerbs are done to what is held or published, so that 三期 after them is a count and
	// not a number in order: 举办三期.
	EventVerbs = having("event-verbs")
	// BeforeOrdinal right before a number make it a place in an order: 排名前10.
	BeforeOrdinal = having("before-ordinal")
	// MarksBeforeNumber right before a number without a unit make it the number of a figure,
	// note or row: 附件2.
	MarksBeforeNumber = having("marks-before-number")
	// TimeNouns begin with 时 and are no time of day: 8时段.
	TimeNouns = having("time-nouns")
	// EventRates end the name of a rate that is told per so many of those it may befall, and may
	// stand without a unit: 万车死亡率.
	EventRates = having("event-rates")
)
