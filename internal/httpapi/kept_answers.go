package httpapi

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

const (
	// keptAnswers is how many answers are kept, and mostKept how many bytes each may have: 32
	// megabytes together.
	keptAnswers = 128
	mostKept    = 256 << 10
)

// keptAnswer is an answer in JSON as it was given.
type keptAnswer struct {
	header http.Header
	body   []byte
}

// keptHeaders are those that a handler gives with an answer.
var keptHeaders = []string{echo.HeaderContentType, "Content-Language", "Link"}

// answers keeps the last answers by their tags. Tags go out of use as the ledger moves, so
// that the oldest makes room.
type answers struct {
	mu     sync.Mutex
	byTag  map[string]keptAnswer
	oldest []string // tags, in the order they came
}

func (a *answers) get(tag string) (keptAnswer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	kept, has := a.byTag[tag]
	return kept, has
}

func (a *answers) add(tag string, kept keptAnswer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, has := a.byTag[tag]; has {
		return
	}
	if a.byTag == nil {
		a.byTag = map[string]keptAnswer{}
	}
	if len(a.oldest) == keptAnswers {
		delete(a.byTag, a.oldest[0])
		a.oldest = append(a.oldest[:0], a.oldest[1:]...)
	}
	a.byTag[tag], a.oldest = kept, append(a.oldest, tag)
}

// answerKept answers as the same was answered before, where that is kept. A tag names all that
// an answer hangs on, who asks among it, so that what it stands for cannot change.
func (s *server) answerKept(c echo.Context, tag string) (bool, error) {
	kept, has := s.kept.get(tag)
	if !has {
		return false, nil
	}
	h := c.Response().Header()
	for name, values := range kept.header {
		h[name] = values
	}
	return true, c.Blob(http.StatusOK, kept.header.Get(echo.HeaderContentType), kept.body)
}

// keepAnswer runs a handler and keeps what it answers.
func (s *server) keepAnswer(c echo.Context, tag string, next echo.HandlerFunc) error {
	response := c.Response()
	copied := &copying{ResponseWriter: response.Writer}
	response.Writer = copied
	defer func() { response.Writer = copied.ResponseWriter }()
	if err := next(c); err != nil {
		return err
	}
	if response.Status != http.StatusOK || copied.over || !strings.HasPrefix(response.Header().Get(echo.HeaderContentType), echo.MIMEApplicationJSON) {
		return nil
	}
	header := http.Header{}
	for _, name := range keptHeaders {
		if values := response.Header().Values(name); len(values) > 0 {
			header[name] = values
		}
	}
	s.kept.add(tag, keptAnswer{header, copied.body.Bytes()})
	return nil
}

// copying copies an answer of few bytes as it is written.
type copying struct {
	http.ResponseWriter

	body bytes.Buffer
	over bool // it has more bytes than are kept
}

// Write implements io.Writer.
func (w *copying) Write(b []byte) (int, error) {
	if w.over = w.over || w.body.Len()+len(b) > mostKept; w.over {
		w.body = bytes.Buffer{}
	} else {
		w.body.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is wrapped.
func (w *copying) Unwrap() http.ResponseWriter { return w.ResponseWriter }
