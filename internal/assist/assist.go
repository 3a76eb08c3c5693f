// Package assist lets assistants, which are programs that speak to people, ask the service by
// the Model Context Protocol: over HTTP or on the standard streams.
//
// Its tools read and change nothing. Each asks a route of the service, over the network or in
// the process, and takes the parameters that the contract declares for that route, so that
// selections, limits, permissions, problems and figures are those of every other reader.
package assist

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/indicator-tracker/tracker/internal/loopback"
)

// Service is whom tools ask, and how.
type Service struct {
	Client *http.Client
	// Address is the service's, such as https://tracker.example.
	Address string
	// Links is the address that links to answers begin with; they are paths when it is empty.
	Links string
	// Header goes with every request, such as the key in Authorization.
	Header http.Header
	// From is the address that requests count for where they come without a key.
	From string

	turns chan struct{} // a place for each call that is answered at a time; no bound when nil
}

// asking is the key of the service that a call asks, in its context.
type asking struct{}

// Handler returns what answers assistants over HTTP by asking a service in the same process,
// each under the key that it shows in Authorization. It keeps nothing between requests. The
// bodies of requests have to be bounded before they come.
func Handler(version string) func(service http.Handler) http.Handler {
	return func(service http.Handler) http.Handler {
		client := &http.Client{Transport: loopback.Transport{Handler: service}}
		server := newServer(version)
		stream := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{
			Stateless: true, JSONResponse: true, Logger: slog.New(slog.DiscardHandler),
			PropagateRequestCancellation: true,
			// The service stands behind proxies on the same machine too; pages of other sites
			// are kept out before.
			DisableLocalhostProtection: true,
		})
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked := Service{Client: client, Address: "http://" + inProcess, Links: "http://" + r.Host, Header: http.Header{}, From: r.RemoteAddr}
			if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
				asked.Links = "https://" + r.Host
			}
			for _, name := range []string{"Authorization", "Accept-Language"} {
				if values := r.Header.Values(name); len(values) > 0 {
					asked.Header[name] = values
				}
			}
			stream.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), asking{}, asked)))
		})
	}
}

// inProcess stands for the host of a service that is asked in the process.
const inProcess = "tracker.invalid"

// Local is the service in the process, whose links begin with an address.
func Local(service http.Handler, links string) Service {
	return Service{
		Client: &http.Client{Transport: loopback.Transport{Handler: service}}, Address: "http://" + inProcess,
		Links: strings.TrimSuffix(links, "/"),
	}
}

// mostLine is how long a message on the standard streams may be, in bytes.
const mostLine = 1 << 20

// callsAtOnce is how many calls of an assistant on the standard streams are answered at a time;
// the others wait.
const callsAtOnce = 4

// Serve answers one assistant on two streams until the first ends or the context does.
func Serve(ctx context.Context, version string, service Service, in io.ReadCloser, out io.WriteCloser) error {
	service.turns = make(chan struct{}, callsAtOnce)
	err := newServer(version).Run(context.WithValue(ctx, asking{}, service), &mcp.IOTransport{Reader: in, Writer: out, MaxLineLength: mostLine})
	if ctx.Err() != nil {
		return nil //nolint:nilerr // being told to stop is no failure
	}
	return err
}

const instructions = `政府工作计划的指标、进度、汇总、分期数据和变更，只读。先用 find_indicators 找到指标代码，再问 progress（explain=true 附计算依据）、summary 或 series。` +
	`数字均为精确值，请照原样引用；每个答复的 on（评判日期）、as_of（当时已知）和 url 说明出处，请一并告诉读者。` +
	"\n\nIndicators of government work plans, how far they are, summaries, series and what changed; nothing can be written. Find codes with find_indicators, then ask progress " +
	"(explain=true adds the working), summary or series. Figures are exact: quote them as they are, with the date judged (on), the moment known (as_of) and the url of the answer."

func newServer(version string) *mcp.Server {
	server := mcp.NewServer(&mcp.Implementation{Name: "tracker", Title: "指标跟踪 · Indicator Tracker", Version: version}, &mcp.ServerOptions{
		Instructions: instructions,
		Capabilities: &mcp.ServerCapabilities{Tools: &mcp.ToolCapabilities{}},
		Logger:       slog.New(slog.DiscardHandler),
	})
	for _, t := range tools() {
		server.AddTool(t.declared(), t.call)
	}
	return server
}
