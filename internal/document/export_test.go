package document

import "time"

// SetPDFTimeLimit sets how long the engine may work on a file, and gives back
// what restores it.
func SetPDFTimeLimit(limit time.Duration) (restore func()) {
	before := engine.timeLimit
	engine.timeLimit = limit
	return func() { engine.timeLimit = before }
}
