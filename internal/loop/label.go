package loop

import "github.com/indicator-tracker/tracker/internal/fault"

// LightSourceLabel is what the light of a task was taken from in words, by the code that the register gives it.
func LightSourceLabel(code string) fault.Text {
	return map[string]fault.Text{
		"indicators": {ZH: "指标", EN: "indicators"}, "milestones": {ZH: "节点", EN: "milestones"}, "update": {ZH: "自评", EN: "what its agency says"},
	}[code]
}

// NextDueLabel is what is due next of a task in words, by the code that the register gives it.
func NextDueLabel(code string) fault.Text {
	return map[string]fault.Text{
		"indicator": {ZH: "指标到期", EN: "indicator"}, "milestone": {ZH: "节点", EN: "milestone"}, "issue": {ZH: "问题", EN: "issue"}, "notice": {ZH: "督办", EN: "notice"},
	}[code]
}

// EntryLabel is what was entered by hand for an assessment in words, by its code.
func EntryLabel(code string) fault.Text {
	return map[string]fault.Text{
		"opinion": {ZH: "评议", EN: "opinion"}, "bonus": {ZH: "加分", EN: "bonus"}, "deduction": {ZH: "扣分", EN: "deduction"}, "veto": {ZH: "一票否决", EN: "veto"},
	}[code]
}
