package board

// navigationEntry is a page of a plan.
type navigationEntry struct {
	Label, Address string
	Here           bool
}

// Sections are the pages of the plan that the page is about.
func (v *visit) Sections() []navigationEntry {
	entries := []struct {
		name, zh, en, permission string
	}{
		{"overview", "总览", "Overview", ""},
		{"indicators", "指标", "Indicators", ""},
		{"register", "台账", "Register", ""},
		{"cycles", "调度", "Cycles", ""},
		{"issues", "问题", "Issues", ""},
		{"notices", "督办", "Notices", ""},
		{"assessment", "考核", "Assessment", ""},
		{"bulletin", "通报", "Bulletin", ""},
		{"review", "审定", "Review", "see_drafts"},
	}
	var shown []navigationEntry
	for _, e := range entries {
		if e.permission != "" && !v.May(e.permission) {
			continue
		}
		parts := []string{"plans", v.Plan.Code}
		if e.name != "overview" {
			parts = append(parts, e.name)
		}
		shown = append(shown, navigationEntry{Label: v.T(e.zh, e.en), Address: v.Link(parts...), Here: v.Section == e.name})
	}
	return shown
}
