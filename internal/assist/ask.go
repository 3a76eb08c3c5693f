package assist

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// mostAnswer is how long an answer of the service may be, in bytes. It is held in memory.
const mostAnswer = 512 << 10

// Arguments that no operation has.
var (
	since = openapi.Parameter{
		Name: "since", Type: "string", Schema: json.RawMessage(`{"type":"string","format":"date-time","example":"2023-10-08T02:15:00Z"}`),
		Description: "此刻之后的变更，RFC 3339 · changes after this moment, RFC 3339",
	}
	indicatorsCursor = openapi.Parameter{
		Name: "cursor", Type: "string", Schema: json.RawMessage(`{"type":"string"}`),
		Description: "indicators 的 next_cursor，用以续读指标 · next_cursor of indicators, to go on with them",
	}
)

// problem is what the service refuses a request with.
type problem struct{ v1.Problem }

// Error implements error.
func (p problem) Error() string { return p.Detail }

// call is an mcp.ToolHandler.
func (t tool) call(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	service, ok := ctx.Value(asking{}).(Service)
	if !ok {
		return nil, errors.New("assist: a tool was called outside of a request")
	}
	if service.turns != nil {
		select {
		case service.turns <- struct{}{}:
			defer func() { <-service.turns }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	args, err := t.read(r.Params.Arguments)
	var answer json.RawMessage
	if err == nil {
		answer, err = t.answer(ctx, service, t, args)
	}
	if err != nil {
		return refused(err, service.Header.Get("Accept-Language")), nil
	}
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: string(answer)}}, StructuredContent: answer}, nil
}

// refused is the result of a call that was refused: the code, the argument at fault and why.
func refused(err error, language string) *mcp.CallToolResult {
	var p problem
	if !errors.As(err, &p) {
		f := fault.From(err)
		lang := "zh"
		if len(language) >= 2 && language[:2] == "en" {
			lang = "en"
		}
		p.Problem = v1.Problem{
			Type: "urn:tracker:problem:" + string(f.Code), Title: f.Code.Title().In(lang), Detail: f.Detail.In(lang), Code: string(f.Code), Field: f.Field,
		}
	}
	text := p.Code
	if p.Field != "" {
		text += " (" + p.Field + ")"
	}
	return &mcp.CallToolResult{
		IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: text + ": " + p.Detail}}, StructuredContent: p.Problem,
	}
}

// get asks the service and returns its answer, which is a JSON object. It fails with a problem
// of the service, with fault.SelectionTooLarge when the answer is longer than it may be, and
// with fault.Unavailable when there is none.
func (s Service) get(ctx context.Context, path string, query url.Values) (json.RawMessage, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Address+path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	r.Header = s.Header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Accept", "application/json")
	r.RemoteAddr = s.From
	answer, err := s.Client.Do(r)
	if err != nil {
		return nil, unavailable(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer+1))
	media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	var p problem
	switch {
	case err != nil:
		return nil, unavailable(err)
	case answer.StatusCode != http.StatusOK && media == "application/problem+json" && json.Unmarshal(body, &p.Problem) == nil:
		return nil, p
	case answer.StatusCode != http.StatusOK:
		return nil, unavailable(errors.New(answer.Status))
	case len(body) > mostAnswer:
		return nil, fault.Newf(fault.SelectionTooLarge, "答复超过 %d 字节，请缩小范围、减小 limit 或用 fields 只取需要的字段",
			"the answer is longer than %d bytes: narrow the selection, lower limit, or name the fields that are needed in fields", mostAnswer)
	}
	return body, nil
}

func unavailable(err error) error {
	return fault.Newf(fault.Unavailable, "服务没有答复", "the service gave no answer").Because(err)
}

// moment is the date judged and the moment known of an answer.
type moment struct {
	On   string `json:"on,omitempty"`
	AsOf string `json:"as_of,omitempty"`
}

// known asks for the moment that an answer of now would have, or one at the date and moment
// that are asked for: that of a summary of what was due before there were any plans.
func (s Service) known(ctx context.Context, args arguments) (m moment, err error) {
	query := url.Values{"due_to": {"1900-01-01"}}
	for _, name := range []string{"on", "as_of"} {
		if len(args[name]) > 0 {
			query[name] = args[name]
		}
	}
	answer, err := s.get(ctx, openapi.Reading("readSummary").Path, query)
	if err == nil {
		err = json.Unmarshal(answer, &m)
	}
	return m, err
}

// answerKnown answers with what is kept of indicators, as it was at one moment.
func answerKnown(ctx context.Context, s Service, t tool, args arguments) (json.RawMessage, error) {
	at, err := s.known(ctx, args)
	if err != nil {
		return nil, err
	}
	if args.first("as_of") == "" {
		args["as_of"] = []string{at.AsOf}
	}
	answer, err := s.get(ctx, t.reads.Path, url.Values(args))
	if err != nil {
		return nil, err
	}
	return headed(answer, head{URL: s.link(t.reads, args, at), moment: moment{AsOf: args.first("as_of")}})
}

// answerJudged answers with figures, which say at which date they were judged and of which
// moment they are.
func answerJudged(ctx context.Context, s Service, t tool, args arguments) (json.RawMessage, error) {
	if fields := args.first("fields"); fields != "" {
		args["fields"] = []string{fields + ",on,as_of"}
	}
	answer, err := s.get(ctx, t.reads.Path, url.Values(args))
	if err != nil {
		return nil, err
	}
	var said struct {
		moment
		Items []moment `json:"items"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return nil, err
	}
	if said.AsOf != "" { // of the whole answer, which says it
		return headed(answer, head{URL: s.link(t.reads, args, said.moment)})
	}
	var at moment
	if len(said.Items) > 0 {
		at = said.Items[0]
	} else if at, err = s.known(ctx, args); err != nil {
		return nil, err
	}
	return headed(answer, head{URL: s.link(t.reads, args, at), moment: at})
}

// changes are what was reported, and what was changed, after a moment. One that goes on with
// either has that alone.
type changes struct {
	head
	Measurements json.RawMessage `json:"measurements,omitempty"`
	Indicators   json.RawMessage `json:"indicators,omitempty"`
}

func answerChanges(ctx context.Context, s Service, t tool, args arguments) (json.RawMessage, error) {
	at, err := s.known(ctx, nil)
	if err != nil {
		return nil, err
	}
	found := changes{head: head{moment: moment{AsOf: at.AsOf}}}
	if args.first("cursor") == "" || args.first("updated_after") != "" {
		asked := arguments{"recorded_from": args["since"]}
		if args.first("recorded_to") == "" {
			asked["recorded_to"] = []string{at.AsOf}
		}
		if found.Measurements, found.URL, err = s.part(ctx, t.reads, args, asked, moment{}); err != nil {
			return nil, err
		}
	}
	if args.first("updated_after") == "" || args.first("cursor") != "" {
		indicators := openapi.Reading("listIndicators")
		asked := arguments{"updated_since": args["since"], "as_of": {at.AsOf}}
		if states, ok := indicators.Find("state"); ok { // those that are withdrawn among them
			asked["state"] = states.Encode(states.Words)
		}
		var link string
		if found.Indicators, link, err = s.part(ctx, indicators, args, asked, at); err != nil {
			return nil, err
		}
		if found.URL == "" {
			found.URL = link
		}
	}
	return written(found)
}

// written is a value as JSON that people can read too: addresses keep their signs.
func written(v any) (json.RawMessage, error) {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	err := to.Encode(v)
	return bytes.TrimSpace(out.Bytes()), err
}

// part is a list with a link of its own: what an operation answers to those of the arguments
// that it knows and to others.
func (s Service) part(ctx context.Context, o openapi.Operation, args, others arguments, at moment) (answer json.RawMessage, link string, err error) {
	asked := others
	for name, values := range args {
		if _, ok := o.Find(name); ok && len(others[name]) == 0 {
			asked[name] = values
		}
	}
	if answer, err = s.get(ctx, o.Path, url.Values(asked)); err != nil {
		return nil, "", err
	}
	link = s.link(o, asked, at)
	answer, err = headed(answer, head{URL: link})
	return answer, link, err
}

// link is where a person reads the same answer: at the same date and moment, where the
// operation takes them.
func (s Service) link(o openapi.Operation, args arguments, at moment) string {
	query := url.Values{}
	for name, values := range args {
		query[name] = values
	}
	for name, value := range map[string]string{"on": at.On, "as_of": at.AsOf} {
		if _, ok := o.Find(name); ok && value != "" {
			query.Set(name, value)
		}
	}
	return s.Links + o.Path + "?" + query.Encode()
}

// head are the fields that stand before those of an answer.
type head struct {
	URL string `json:"url"`
	moment
}

// headed puts a head before the fields of an answer.
func headed(answer json.RawMessage, h head) (json.RawMessage, error) {
	text, err := written(h)
	if err != nil {
		return nil, err
	}
	if len(answer) < 2 || answer[0] != '{' {
		return nil, unavailable(errors.New("the answer is no JSON object"))
	}
	joined := slices.Concat(text[:len(text)-1], []byte(","), answer[1:])
	if !json.Valid(joined) {
		return nil, unavailable(errors.New("the answer is no JSON object"))
	}
	return joined, nil
}
