package tracker

// ContentOf is the hash of what was sent as a row.
func ContentOf(r Report) []byte { return contentOf(r, nil) }
