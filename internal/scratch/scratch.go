// Package scratch makes the temporary files of a request. They have no names, so that
// nothing is left of them however the process ends, and all of them are closed with the
// request, however that ends.
package scratch

import (
	"context"
	"errors"
	"os"
	"sync"
)

// Files are the temporary files of one request.
type Files struct {
	mu     sync.Mutex
	open   []*os.File
	closed bool
}

type filesKey struct{}

// With returns a context whose temporary files are closed with the Files.
func With(ctx context.Context) (context.Context, *Files) {
	f := &Files{}
	return context.WithValue(ctx, filesKey{}, f), f
}

var errClosed = errors.New("the request has ended")

// Create makes an empty file in the folder for temporary files, which the environment
// names (TMPDIR). The caller closes it; where the context has Files, it is closed with
// them at the latest, and none is made once they are closed.
func Create(ctx context.Context) (*os.File, error) {
	made, err := os.CreateTemp("", "tracker-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(made.Name()); err != nil { // the open file is all that is needed of it
		return nil, errors.Join(err, made.Close())
	}
	if of, ok := ctx.Value(filesKey{}).(*Files); ok && !of.keep(made) {
		return nil, errors.Join(errClosed, made.Close())
	}
	return made, nil
}

func (f *Files) keep(made *os.File) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.open = append(f.open, made)
	}
	return !f.closed
}

// Close closes the files that are still open, which frees what they hold.
func (f *Files) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	var all []error
	for _, one := range f.open {
		if err := one.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			all = append(all, err)
		}
	}
	f.open = nil
	return errors.Join(all...)
}
