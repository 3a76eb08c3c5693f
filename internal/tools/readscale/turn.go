package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// turn measures how long all standings take to be made anew while reports come in and a plan
// is read: another profile asks for the same work as a new day.
func turn(ctx context.Context, o options, dir, token string, out io.Writer) error {
	shown, err := exec.CommandContext(ctx, o.binary, "profile", "show", "--database", o.database).Output() //nolint:gosec // the program that the caller names
	if err != nil {
		return err
	}
	content := string(shown[bytes.IndexByte(shown, '{'):])
	other := strings.Replace(content, `"name": "`, `"name": "x`, 1)
	file := filepath.Join(dir, "profile.json")
	if err := os.WriteFile(file, []byte(other), 0o600); err != nil {
		return err
	}
	s, err := service.Start(ctx, o.binary, o.database, filepath.Join(dir, "service.log"), token, "--adopt-profile", "--profile", file)
	if err != nil {
		return err
	}
	until, stop := context.WithCancel(ctx)
	var others sync.WaitGroup
	var posts, reads, failed atomic.Int64
	for i := range 2 {
		others.Go(func() {
			for n := i; until.Err() == nil; n += 2 {
				body := fmt.Sprintf(`{"indicator":"%s-%d-1","period":"%d-01","value":%d}`, planCode(n%o.plans), 2+n%70, time.Now().Year(), n)
				count(until, &posts, &failed, s.Call(until, "POST", "/api/v1/measurements", "application/json", strings.NewReader(body), nil))
			}
		})
		others.Go(func() {
			for n := i; until.Err() == nil; n += 2 {
				count(until, &reads, &failed, s.Call(until, "GET", "/api/v1/progress?sort=gap&plan="+planCode(n%o.plans), "", nil, nil))
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	err = settle(ctx, s, out)
	stop()
	others.Wait()
	fmt.Fprintf(out, "meanwhile %d reports stored and %d lists of a plan read, %d failed\n", posts.Load(), reads.Load(), failed.Load())
	return errors.Join(err, s.Stop())
}

func count(ctx context.Context, done, failed *atomic.Int64, err error) {
	switch {
	case ctx.Err() != nil:
	case err != nil:
		failed.Add(1)
	default:
		done.Add(1)
	}
}
