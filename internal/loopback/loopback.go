// Package loopback asks an HTTP handler within the process: the requests and answers are those
// of the network, and no socket is opened.
package loopback

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// Transport carries requests to a handler. Answers come as they are written, so that one of
// any length takes no memory; who has read enough of one closes it, which the handler learns.
type Transport struct {
	Handler http.Handler
}

// RoundTrip implements http.RoundTripper. The handler sees the request's RemoteAddr and the
// values of its context. What the handler breaks off cannot be read to its end.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := r.Clone(r.Context())
	asked.RequestURI = r.URL.RequestURI()
	if asked.Host == "" {
		asked.Host = r.URL.Host
	}
	if asked.Body == nil {
		asked.Body = http.NoBody
	}
	body, out := io.Pipe()
	w := &answer{header: http.Header{}, out: out, begun: make(chan struct{})}
	go func() {
		defer func() {
			if broken := recover(); broken != nil {
				w.end(brokenOff(broken))
			}
		}()
		defer asked.Body.Close()
		t.Handler.ServeHTTP(w, asked)
		w.end(nil)
	}()
	select {
	case <-w.begun:
	case <-r.Context().Done():
		_ = body.CloseWithError(r.Context().Err())
		return nil, r.Context().Err()
	}
	if w.failed != nil {
		return nil, w.failed
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.sent, Body: body, ContentLength: -1, Request: r,
	}, nil
}

// ErrBrokenOff says that a handler did not end its answer.
var ErrBrokenOff = errors.New("the answer was broken off")

func brokenOff(cause any) error {
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		return ErrBrokenOff
	}
	return fmt.Errorf("%w: %v", ErrBrokenOff, cause)
}

// answer is an http.ResponseWriter whose body is read while it is written.
type answer struct {
	header http.Header
	out    *io.PipeWriter

	once   sync.Once
	begun  chan struct{} // closed once what follows is settled
	status int
	sent   http.Header
	failed error
}

// Header implements http.ResponseWriter.
func (w *answer) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *answer) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.begun)
	})
}

// Write implements http.ResponseWriter.
func (w *answer) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.out.Write(b)
}

// Flush implements http.Flusher: what is written is there to be read.
func (w *answer) Flush() { w.WriteHeader(http.StatusOK) }

// end ends the answer, with what went wrong before it was written whole.
func (w *answer) end(err error) {
	w.once.Do(func() {
		w.status, w.sent, w.failed = http.StatusOK, w.header.Clone(), err
		close(w.begun)
	})
	_ = w.out.CloseWithError(err)
}
