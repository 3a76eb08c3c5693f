package anchor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Place is where lines are kept, outside of the database.
type Place interface {
	// Kept is what was kept last, one line or more, or nothing where that cannot be told.
	Kept() ([]byte, error)
	// Keep adds a line, which has no end yet. It has been kept once that returns.
	Keep(ctx context.Context, line []byte) error
	// String names the place without what may be secret of it.
	String() string
}

// ParsePlace reads the name of a place: the path of a file, which is appended to and
// otherwise left alone, or an http:// or https:// address, to which lines are posted. It
// fails with fault.InvalidParameter, and never repeats an address.
func ParsePlace(name string) (Place, error) {
	if !strings.Contains(name, "://") {
		return file{name}, nil
	}
	address, err := url.Parse(name)
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" {
		return nil, fault.Newf(fault.InvalidParameter, "应为文件路径或 http(s):// 地址", "the path of a file or an http(s):// address is expected")
	}
	return hook{address: address, client: &http.Client{
		Timeout:       postWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// file is a file of lines.
type file struct{ path string }

func (f file) String() string { return f.path }

// keptBytes is how much of the end of a file is looked at.
const keptBytes = 64 << 10

// check refuses what is there and keeps nothing, such as a pipe, on which opening may wait
// for ever.
func (f file) check() error {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is no regular file", f.path)
	}
	return nil
}

func (f file) Kept() ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	opened, err := os.Open(f.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text, err := tail(opened, keptBytes)
	return text, errors.Join(err, opened.Close())
}

// tail reads what a file ends with.
func tail(f *os.File, most int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	length := min(info.Size(), most)
	return io.ReadAll(io.NewSectionReader(f, info.Size()-length, length))
}

// Keep appends the line in one write, which others that append to the file do not break
// up, and waits until it is on the disk. What an earlier write left without its end, when
// the disk was full, stays a line of its own.
func (f file) Keep(_ context.Context, line []byte) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	_, missing := os.Stat(f.path)
	opened, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o644) //nolint:gosec // lines are there to be read
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	last, err := tail(opened, 1)
	if err != nil {
		return err
	}
	text := append(bytes.Clone(line), '\n')
	if len(last) > 0 && last[0] != '\n' {
		text = append([]byte("\n"), text...)
	}
	if _, err := opened.Write(text); err != nil {
		return err
	}
	if err := opened.Sync(); err != nil {
		return err
	}
	if missing == nil {
		return nil
	}
	folder, err := os.Open(filepath.Dir(f.path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// postWithin bounds one attempt to hand over a line.
const postWithin = 10 * time.Second

// hook is an address that takes lines.
type hook struct {
	address *url.URL
	client  *http.Client
}

// String leaves out what may be secret: the user, the path and the query.
func (h hook) String() string { return h.address.Scheme + "://" + h.address.Host }

// Kept cannot be told of an address.
func (hook) Kept() ([]byte, error) { return nil, nil }

// Keep posts the line. Any answer but success is a failure, a redirection too: the line
// goes where the operator said and nowhere else.
func (h hook) Keep(ctx context.Context, line []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.address.String(), bytes.NewReader(line))
	if err != nil {
		return errors.New("the address cannot be asked")
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := h.client.Do(req)
	if err != nil {
		var asked *url.Error
		if errors.As(err, &asked) { // which repeats the address
			err = asked.Err
		}
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, keptBytes)) // so that the connection can be used again
	if err := resp.Body.Close(); err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("the answer is %s", resp.Status)
	}
	return nil
}
