package lexicon

// Words that say what a stretch of text does with its numbers.
var (
	// GoingOn open a sentence that goes on with the one before it: 其中, 此外.
	GoingOn = having("going-on")
	// JoiningWords stand before what a clause opens with: 同时, 但.
	JoiningWords = having("joining-words")
	// ReckonedWords say that a year's results are still reckoned, so that it is over: 预计.
	ReckonedWords = having("reckoned-words")
	// TurnsToAim turn a text to what is to come, wherever they stand, and a heading too: 今后,
	// 下一步.
	TurnsToAim = having("turns-to-aim")
	// TurnOpeners turn a text to what is to come at the head of a clause: 力争, 要.
	TurnOpeners = having("turn-openers")
	// AdmissionVerbs open a stretch of text on what falls short: 也要看到.
	AdmissionVerbs = having("admission-verbs")
	// LackNouns name what is lacking: 短板, 问题.
	LackNouns = having("lack-nouns")
	// LackStates say that a lack is there; without one a lack is only named: 仍较突出.
	LackStates = having("lack-states")
	// RemedyVerbs say that something is done about a lack: 补齐短板.
	RemedyVerbs = having("remedy-verbs")
	// LackBearers after the name of a lack are those who have it: 困难学生.
	LackBearers = having("lack-bearers")
	// ProjectViews open a description of one project, whose numbers are no targets: 建成后.
	ProjectViews = having("project-views")
	// DefinitionWords open what a word means: 是指.
	DefinitionWords = having("definition-words")
	// NotDefinition begin with 指 and define nothing: 指标, 指导.
	NotDefinition = having("not-definition")
	// ReasonWords open why a target was set as it is: 主要考虑.
	ReasonWords = having("reason-words")
	// ConditionWords open a clause on what happens in some event: 一旦, 凡.
	ConditionWords = having("condition-words")
	// EmergencyPhases are times of an emergency, in which other numbers hold: 预警期间.
	EmergencyPhases = having("emergency-phases")
)
