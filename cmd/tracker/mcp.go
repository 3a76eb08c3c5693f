package main

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/assist"
)

type mcpCommand struct {
	databaseFlag
	URL   string `env:"-" name:"url" placeholder:"URL" help:"Ask a service that is running, such as https://tracker.example, and no database."`
	Key   string `placeholder:"TOKEN" help:"Key to show to that service. Better given as TRACKER_KEY."`
	Links string `env:"-" placeholder:"URL" help:"Address that links to answers begin with, where a service has the same database; by default links are paths."`
}

// Help says how an assistant starts it.
func (mcpCommand) Help() string {
	return `An assistant starts this command and speaks to it on the standard streams; it reads and
changes nothing. Its configuration, such as:

  {"mcpServers": {"tracker": {"command": "tracker", "args": ["mcp", "--url", "https://tracker.example"],
                              "env": {"TRACKER_KEY": "trk_…"}}}}`
}

// Validate refuses addresses that nothing can be asked at.
func (c mcpCommand) Validate() error {
	for _, address := range []string{c.URL, c.Links} {
		u, err := url.Parse(address)
		if address != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
			return errors.New("--url and --links must be addresses such as https://tracker.example")
		}
	}
	if c.Key != "" && c.URL == "" {
		return errors.New("--key goes with --url: a database needs none")
	}
	return nil
}

// remoteTimeout bounds one request to a service elsewhere.
const remoteTimeout = time.Minute

// Run serves one assistant.
func (c mcpCommand) Run(s *session) error {
	in, ok := s.in.(io.ReadCloser)
	if !ok {
		in = io.NopCloser(s.in)
	}
	if c.URL == "" { // opened to be written to: a moment that is asked for is kept as known
		return c.change(s, func(l local) error {
			return assist.Serve(s.ctx, version, assist.Local(l.handler, c.Links), in, unclosed{s.out})
		})
	}
	service := assist.Service{
		Client: &http.Client{Timeout: remoteTimeout}, Address: strings.TrimSuffix(c.URL, "/"), Links: strings.TrimSuffix(c.URL, "/"), Header: http.Header{},
	}
	if c.Links != "" {
		service.Links = strings.TrimSuffix(c.Links, "/")
	}
	if c.Key != "" {
		service.Header.Set("Authorization", "Bearer "+c.Key)
	}
	return assist.Serve(s.ctx, version, service, in, unclosed{s.out})
}

// unclosed keeps an output open that others write to as well.
type unclosed struct{ io.Writer }

// Close implements io.Closer.
func (unclosed) Close() error { return nil }
