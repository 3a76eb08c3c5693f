package lexicon

// The sets of words that names are written with.
var (
	// CarryingVerbs only carry the number of what they are followed by: 完成造林,
	// 开展培训. A ledger leaves them out.
	CarryingVerbs = having("carrying-verbs")
	// BuildingVerbs bring a thing about, which a name of some length says by itself:
	// 建设工会驿站.
	BuildingVerbs = having("building-verbs")
	// NounsOfVerbs are nouns that begin like one of those: 建设用地.
	NounsOfVerbs = having("nouns-of-verbs")
	// TowardsWords open a part that says whom something is done for.
	TowardsWords = having("towards-words")
	// GivingVerbs stand between those and what is done.
	GivingVerbs = having("giving-verbs")
	// DegreeWords say how much of a quality a thing has.
	DegreeWords = having("degree-words")
	// PraisingWords end what is said in praise of a thing: 带动力强的.
	PraisingWords = having("praising-words")
	// RoadNouns are measured by their 里程, and other lines by their length.
	RoadNouns = having("road-nouns")
	// HomeNouns are counted by the homes that they are.
	HomeNouns = having("home-nouns")
	// PlaceNouns end the name of places before a verb: 在薄弱村新建.
	PlaceNouns = having("place-nouns")
	// CircumstanceTails end what a level presupposes: 正常年景下.
	CircumstanceTails = having("circumstance-tails")
	// PurposeVerbs lead from the things counted to what becomes of them all.
	PurposeVerbs = having("purpose-verbs")
	// PersonEndings end the names of people.
	PersonEndings = having("person-endings")
	// ReworkVerbs stand after another verb and are one with it: 建设改造.
	ReworkVerbs = having("rework-verbs")
	// TitleVerbs after a quoted title are one with it: “义诊”进乡村.
	TitleVerbs = having("title-verbs")
	// LendingVerbs are done with money that comes back.
	LendingVerbs = having("lending-verbs")
	// AffectingVerbs say whom the work on something concerns.
	AffectingVerbs = having("affecting-verbs")
	// GoalNouns name a number to be reached.
	GoalNouns = having("goal-nouns")
	// MeaningMarks stand in a bracket that explains a word.
	MeaningMarks = having("meaning-marks")
)
