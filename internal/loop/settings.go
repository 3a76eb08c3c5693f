package loop

// Settings are how an organisation runs the loop: data of its profile, not code. Each part is
// declared, with its defaults and checks, in the file of what it is about.
type Settings struct {
	Cycles  CycleSettings  `json:"cycles"`
	Issues  IssueSettings  `json:"issues"`
	Notices NoticeSettings `json:"notices"`
}

// DefaultSettings are those of a profile that says nothing about the loop.
func DefaultSettings() Settings {
	return Settings{Cycles: defaultCycles(), Issues: defaultIssues(), Notices: defaultNotices()}
}

// Validate refuses settings that cannot be kept; the fault names the field by JSON pointer.
func (s Settings) Validate() error {
	if err := s.Cycles.validate("/cycles"); err != nil {
		return err
	}
	if err := s.Issues.validate("/issues"); err != nil {
		return err
	}
	return s.Notices.validate("/notices")
}
