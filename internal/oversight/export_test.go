package oversight

// PortionOf lets the runs of a service look at fewer matters in a portion.
func (s *Service) PortionOf(n int) { s.runPortion = n }
