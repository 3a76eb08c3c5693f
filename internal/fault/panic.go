package fault

import (
	"fmt"
	"runtime/debug"
)

// Panic is the cause of a fault that a panic led to.
type Panic struct {
	Value any
	Stack []byte
}

// Error implements error; the stack is for logs that have a place for it.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Panicked is what a panic is to whoever waits for the work that it broke off: an
// internal fault. It is made where the panic is recovered, so that its stack shows
// where it came from.
func Panicked(value any) *Fault {
	return New(Internal, Internal.Title()).Because(&Panic{value, debug.Stack()})
}

// Guard runs a function and gives a panic in it as such a fault. Goroutines that
// work for others run under it, since nothing else would keep a panic there from
// ending the process.
func Guard(run func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = Panicked(value)
		}
	}()
	return run()
}
