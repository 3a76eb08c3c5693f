package main

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

const (
	// logBuffered is how many bytes of the log gather before they are written.
	logBuffered = 64 << 10
	// logEvery is how long a line waits at most.
	logEvery = 200 * time.Millisecond
)

// logBuffer writes lines together: under load a system call for each request's
// line costs as much as answering some of them.
type logBuffer struct {
	mu    sync.Mutex
	out   *bufio.Writer
	later *time.Timer // nil while nothing waits
}

func newLogBuffer(w io.Writer) *logBuffer {
	return &logBuffer{out: bufio.NewWriterSize(w, logBuffered)}
}

// Write implements io.Writer.
func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.later == nil {
		b.later = time.AfterFunc(logEvery, func() {
			_ = fault.Guard(func() error { b.end(); return nil }) // a log that cannot be written must not end the service
		})
	}
	return b.out.Write(line)
}

// end writes what waits.
func (b *logBuffer) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.later != nil {
		b.later.Stop()
		b.later = nil
	}
	_ = b.out.Flush() // there is nowhere to tell that the log cannot be written
}

// urgent lets no line wait that somebody should see now.
type urgent struct {
	slog.Handler

	buffer *logBuffer
}

// Handle implements slog.Handler.
func (u urgent) Handle(ctx context.Context, r slog.Record) error {
	err := u.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		u.buffer.end()
	}
	return err
}

// WithAttrs implements slog.Handler.
func (u urgent) WithAttrs(attrs []slog.Attr) slog.Handler {
	return urgent{u.Handler.WithAttrs(attrs), u.buffer}
}

// WithGroup implements slog.Handler.
func (u urgent) WithGroup(name string) slog.Handler {
	return urgent{u.Handler.WithGroup(name), u.buffer}
}
