package httpapi

import (
	"context"
	"io"
	"os"
	"sync/atomic"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/scratch"
)

// mostSpooled bounds what the bodies of all requests take on the disk, in bytes.
const mostSpooled = 4 << 30

// spool is the body of a request, read to its end before anything is done with it, so
// that nothing waits for its sender. It can be read again and again.
type spool struct {
	file  *os.File
	bytes int64
	all   *atomic.Int64 // bytes of all spools
}

// spoolBody reads a body into a temporary file. It fails as reading the body does, with
// fault.Overloaded when the bodies of all requests take too much, and with
// fault.Unavailable when the disk does not take it.
func spoolBody(ctx context.Context, body io.Reader, all *atomic.Int64) (_ *spool, err error) {
	file, err := scratch.Create(ctx)
	if err != nil {
		return nil, unkept(err)
	}
	s := &spool{file: file, all: all}
	if _, err := io.CopyBuffer(struct{ io.Writer }{s}, struct{ io.Reader }{body}, make([]byte, 64<<10)); err != nil {
		s.close()
		return nil, err
	}
	if err := s.rewind(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// Write implements io.Writer.
func (s *spool) Write(b []byte) (int, error) {
	s.bytes += int64(len(b))
	if s.all.Add(int64(len(b))) > mostSpooled {
		return 0, fault.Newf(fault.Overloaded, "同时接收的请求体过多，请稍后重试", "as much as can be is being received; try again soon")
	}
	n, err := s.file.Write(b)
	if err != nil {
		err = unkept(err)
	}
	return n, err
}

// rewind lets the body be read from its beginning.
func (s *spool) rewind() error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return unkept(err)
	}
	return nil
}

// close gives back what the body takes on the disk.
func (s *spool) close() {
	s.all.Add(-s.bytes)
	_ = s.file.Close() // nothing in it is needed any more
}
