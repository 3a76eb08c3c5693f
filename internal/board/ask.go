package board

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// mostAnswer is how long an answer may be that a page is made of, in bytes. It is held in memory.
const mostAnswer = 8 << 20

// inProcess stands for the host of a service that is asked in the process.
const inProcess = "http://tracker.invalid"

// problem is what the service refuses a request with.
type problem struct {
	v1.Problem
	// retryAfter is how many seconds to wait, as the service says it; empty when it does not.
	retryAfter string
}

// Error implements error.
func (p problem) Error() string { return p.Detail }

func isProblem(err error, status int) bool {
	var p problem
	return errors.As(err, &p) && p.Status == status
}

// request is one request of a route of the service.
type request struct {
	method string
	path   string // with its parameters escaped
	query  url.Values
	header http.Header
	body   io.Reader
}

// do sends a request under the key of the reader; the caller closes the answer, which is one of
// success. It fails with a problem of the service.
func (v *visit) do(ctx context.Context, q request) (*http.Response, error) {
	address := inProcess + q.path
	if len(q.query) > 0 {
		address += "?" + q.query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, q.method, address, q.body)
	if err != nil {
		return nil, err
	}
	if q.header != nil {
		r.Header = q.header.Clone()
	}
	if r.Header.Get("Accept") == "" {
		r.Header.Set("Accept", "application/json")
	}
	r.Header.Set("Accept-Language", v.Lang)
	if v.token != "" {
		r.Header.Set("Authorization", "Bearer "+v.token)
	}
	r.RemoteAddr = v.r.RemoteAddr
	r.Host = v.r.Host
	answer, err := v.board.service.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < http.StatusBadRequest {
		return answer, nil
	}
	defer answer.Body.Close()
	p := problem{retryAfter: answer.Header.Get("Retry-After")}
	media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil || media != "application/problem+json" || json.Unmarshal(body, &p.Problem) != nil {
		p.Status, p.Detail = answer.StatusCode, answer.Status
	}
	return nil, p
}

// get reads what a route answers into a wire type.
func (v *visit) get(into any, query url.Values, path ...string) error {
	return v.answer(v.r.Context(), request{method: http.MethodGet, path: apiPath(path...), query: query}, into)
}

// everyPage gets a list of the service page by page, as many rows at a time as it brings. take keeps
// what a page has and says where the next begins.
func everyPage[P any](v *visit, query url.Values, take func(*P) (next *string), path ...string) error {
	query.Set("limit", rowsAtATime)
	for {
		var page P
		if err := v.get(&page, query, path...); err != nil {
			return err
		}
		next := take(&page)
		if next == nil {
			return nil
		}
		query.Set("cursor", *next)
	}
}

// rowsAtATime is how many rows a list of the service brings at a time.
const rowsAtATime = "500"

// send sends a wire type to a route, and reads the answer where into is not nil.
func (v *visit) send(method string, body, into any, query url.Values, header http.Header, path ...string) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Type", "application/json")
	return v.answer(v.r.Context(), request{method: method, path: apiPath(path...), query: query, header: header, body: bytes.NewReader(data)}, into)
}

func (v *visit) answer(ctx context.Context, q request, into any) error {
	answer, err := v.do(ctx, q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer+1))
	switch {
	case err != nil:
		return err
	case len(body) > mostAnswer:
		return problemOf(http.StatusRequestEntityTooLarge, fault.SelectionTooLarge, fault.Text{
			ZH: "内容过多，一页放不下；请缩小范围，或用接口读取", EN: "there is more than a page can hold: narrow the selection, or read it by the interface",
		})
	case into == nil:
		return nil
	}
	return json.Unmarshal(body, into)
}

// apiPath is the path of a route, each part escaped.
func apiPath(parts ...string) string {
	var path strings.Builder
	path.WriteString("/api/v1")
	for _, part := range parts {
		path.WriteString("/" + url.PathEscape(part))
	}
	return path.String()
}

// together does what is independent at the same time, and returns the first failure in their order.
func together(each ...func() error) error {
	failed := make([]error, len(each))
	var all sync.WaitGroup
	for i, one := range each {
		all.Go(func() { failed[i] = one() })
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// without leaves out what may not be there or not be read, such as the issues of a visitor.
func without(err error) error {
	if isProblem(err, http.StatusForbidden) || isProblem(err, http.StatusNotFound) || isProblem(err, http.StatusUnauthorized) {
		return nil
	}
	return err
}
