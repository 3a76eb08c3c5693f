package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// examplePage is the page of progress that is measured: all indicators of the example plan.
const examplePage = "/api/v1/progress?plan=qingzhou-2023&limit=500"

// list measures a page of progress against a handler of the same frame that returns the same
// bytes: as it is asked for again while nothing changes, by readers who have it already, and
// while a report comes every tenth of a second.
func list(ctx context.Context, o options, out io.Writer) ([]ratio, error) {
	s, err := service.Start(ctx, o.binary, filepath.Join(o.dir, "list.db"), filepath.Join(o.dir, "list.log"), "", "--demo")
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Kill() }()
	page, tag, err := fetch(ctx, s, s.Base+examplePage, "")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(o.dir, "page.json")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		return nil, err
	}
	base, stop, err := ceiling(ctx, "file:"+file)
	if err != nil {
		return nil, err
	}
	defer stop()
	var rates [4][]float64
	for range o.rounds {
		for i, measured := range []struct {
			address, tag string
			reports      bool
		}{{base + "/page", "", false}, {s.Base + examplePage, "", false}, {s.Base + examplePage, tag, false}, {s.Base + examplePage, "", true}} {
			rate, err := readRate(ctx, s, o, measured.address, measured.tag, measured.reports)
			if err != nil {
				return nil, err
			}
			rates[i] = append(rates[i], rate)
		}
	}
	frame, asked, known, busy := median(rates[0]), median(rates[1]), median(rates[2]), median(rates[3])
	fmt.Fprintf(out, "a page of progress of %d bytes: %.0f a second of the frame alone\n", len(page), frame)
	return []ratio{
		{what: "a page of progress / the same bytes of the frame alone", value: asked / frame, least: 0.25, figure: fmt.Sprintf("%.0f a second", asked)},
		{what: "with If-None-Match / the same", value: known / frame, least: 0.6, figure: fmt.Sprintf("%.0f a second", known)},
		{what: "while ten reports a second come / the same", value: busy / frame, figure: fmt.Sprintf("%.0f a second", busy)},
	}, nil
}

// fetch reads an address, and its ETag.
func fetch(ctx context.Context, s *service.Service, address, tag string) (body []byte, etag string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", err
	}
	s.Sign(req)
	if tag != "" {
		req.Header.Set("If-None-Match", tag)
	}
	resp, err := s.Client.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return nil, "", fmt.Errorf("%s: %s", address, resp.Status)
	}
	body, err = io.ReadAll(resp.Body)
	return body, resp.Header.Get("ETag"), err
}

// readRate is how many answers a second many clients get of an address.
func readRate(ctx context.Context, s *service.Service, o options, address, tag string, reports bool) (float64, error) {
	ctx, stop := context.WithTimeout(ctx, o.during)
	defer stop()
	var done atomic.Int64
	var failure atomic.Value
	var clients sync.WaitGroup
	if reports {
		clients.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				body := fmt.Sprintf(`{"indicator":"qingzhou-2023-14-1","period":"2023-01","value":%d}`, n%9)
				if err := s.Call(ctx, http.MethodPost, "/api/v1/measurements", "application/json", strings.NewReader(body), nil); err != nil && ctx.Err() == nil {
					failure.Store(err)
				}
				time.Sleep(100 * time.Millisecond)
			}
		})
	}
	began := time.Now()
	for range o.clients {
		clients.Go(func() {
			for ctx.Err() == nil && failure.Load() == nil {
				if _, _, err := fetch(ctx, s, address, tag); err == nil {
					done.Add(1)
				} else if ctx.Err() == nil {
					failure.Store(err)
				}
			}
		})
	}
	clients.Wait()
	took := time.Since(began).Seconds()
	if err, failed := failure.Load().(error); failed {
		return 0, err
	}
	return float64(done.Load()) / took, nil
}
