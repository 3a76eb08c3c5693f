package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/loopback"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// localTimeout bounds the work on one request of a command; nobody else waits for it.
const localTimeout = time.Hour

// local is the service that commands ask in their own process, as the person at the machine.
type local struct {
	handler http.Handler
	client  *http.Client
}

// ask lets a function ask the service over a database, which has to be there and is left as it
// is.
func (d databaseFlag) ask(s *session, work func(local) error) (err error) {
	db, err := store.OpenToLook(s.ctx, d.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	place, err := time.LoadLocation(defaultTimezone)
	if err != nil {
		return err
	}
	service := tracker.New(db, time.Now, place, progress.DefaultProfile())
	if err := service.LoadProfile(s.ctx); err != nil {
		return err
	}
	return work(localOver(s, db, service))
}

// change is ask for what may change the database: it is opened to be written to.
func (d databaseFlag) change(s *session, work func(local) error) error {
	return d.withPlans(s, func(service *tracker.Service, db *store.Store) error {
		return work(localOver(s, db, service))
	})
}

func localOver(s *session, db *store.Store, service *tracker.Service) local {
	handler := httpapi.New(httpapi.Options{
		Reader: db, Service: service, Oversight: oversight.New(db, service, time.Now), Now: time.Now, Place: service.Place(), Version: version, Timeout: localTimeout, Local: true,
		Log: slog.New(slog.NewTextHandler(s.errOut, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	return local{handler, &http.Client{Transport: loopback.Transport{Handler: handler}}}
}

// send makes a request and returns the answer, which the caller closes. It fails with what the
// service refuses it with.
func (l local) send(ctx context.Context, method, path string, query url.Values, header http.Header, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://tracker.invalid"+path+"?"+query.Encode(), body)
	if err != nil {
		return nil, err
	}
	if header != nil {
		r.Header = header
	}
	answer, err := l.client.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < http.StatusBadRequest {
		return answer, nil
	}
	defer answer.Body.Close()
	return nil, problemOf(answer)
}

// problemOf is a refusal of the service as commands tell it: query parameters as their flags.
func problemOf(answer *http.Response) error {
	var p v1.Problem
	media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if media != "application/problem+json" || json.NewDecoder(answer.Body).Decode(&p) != nil {
		return errors.New(answer.Status)
	}
	switch {
	case p.Field == "":
		return errors.New(p.Detail)
	case answer.Request.URL.Query().Has(p.Field):
		return fmt.Errorf("--%s: %s", flagName(p.Field), p.Detail)
	}
	return fmt.Errorf("%s: %s", p.Field, p.Detail)
}

// read asks for JSON and reads it into v.
func (l local) read(ctx context.Context, path string, query url.Values, v any) error {
	answer, err := l.send(ctx, http.MethodGet, path, query, nil, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return json.NewDecoder(answer.Body).Decode(v)
}

// outputFlags say where what was read goes, and how it is written.
type outputFlags struct {
	Format string `env:"-" placeholder:"FORMAT" help:"Write what the service answers in this format, such as json, instead of a table."`
	Output string `short:"o" env:"-" placeholder:"FILE" help:"Write to this file, in the place of one that is there, once it is whole."`
}

// to lets a function write to the file or, without one, to the terminal.
func (f outputFlags) to(s *session, write func(io.Writer) error) (err error) {
	if f.Output == "" {
		return write(s.out)
	}
	file, err := os.CreateTemp(filepath.Dir(f.Output), "."+filepath.Base(f.Output)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	err = errors.Join(write(file), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), f.Output)
}

// binaryFormats are no use on a terminal.
var binaryFormats = []string{"xlsx", "parquet"}

// pass writes the answer in the format that was asked for, as it comes.
func (f outputFlags) pass(s *session, l local, path string, query url.Values) error {
	if f.Format != "json" {
		query.Set("format", f.Format)
	}
	for _, name := range binaryFormats {
		if f.Format == name && f.Output == "" && isTerminal(s.out) {
			return fault.Newf(fault.InvalidParameter, "%s 不能显示在终端上，请用 -o 写入文件", "%s cannot be shown on a terminal: write it to a file with -o", name).At("--format")
		}
	}
	answer, err := l.send(s.ctx, http.MethodGet, path, query, nil, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return f.to(s, func(out io.Writer) error {
		_, err := io.Copy(out, answer.Body)
		if err == nil && strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
			_, err = io.WriteString(out, "\n")
		}
		return err
	})
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
