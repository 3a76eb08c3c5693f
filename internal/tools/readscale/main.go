// Command readscale measures reading at scale: it makes a database of thousands of plans by
// the interface alone, then offers requests at a steady rate, whatever comes of them, and
// prints how long each kind took from the moment it was due; then summaries, and how long all
// standings take to be made anew while reports and readers go on.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// options are the flags.
type options struct {
	binary   string
	database string
	plans    int
	clients  int
	rate     int
	during   time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.binary, "binary", "../../bin/tracker", "the program to measure")
	flag.StringVar(&o.database, "database", "", "an SQLite file, or a postgres:// address of an empty schema; a file of its own when empty. One that holds the plans already is read as it is")
	flag.IntVar(&o.plans, "plans", 2843, "plans, of 73 indicators each")
	flag.IntVar(&o.clients, "clients", 64, "clients at a time")
	flag.IntVar(&o.rate, "rate", 100, "requests a second that they offer")
	flag.DurationVar(&o.during, "during", 30*time.Second, "how long")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "readscale:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "tracker-readscale-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if o.database == "" {
		o.database = filepath.Join(dir, "tracker.db")
	}
	if o.binary, err = filepath.Abs(o.binary); err != nil {
		return err
	}
	log := filepath.Join(dir, "service.log")
	s, err := service.Start(ctx, o.binary, o.database, log, "")
	if err != nil {
		return err
	}
	if err := seed(ctx, s, o, out); err != nil {
		return errors.Join(err, s.Kill())
	}
	token := s.Token
	if err := s.Stop(); err != nil {
		return err
	}
	// What follows is measured of a process that has not just taken in all of it.
	if s, err = service.Start(ctx, o.binary, o.database, log, token); err != nil {
		return err
	}
	err = errors.Join(settle(ctx, s, out), load(ctx, s, o, out))
	summaries(ctx, s, out)
	if err = errors.Join(err, printMemory(s, out), s.Stop()); err != nil {
		return err
	}
	return turn(ctx, o, dir, token, out)
}

func printMemory(s *service.Service, out io.Writer) error {
	most, err := s.Memory()
	fmt.Fprintf(out, "most memory of the process while it was read: %d MB\n", most/1_000_000)
	return err
}

// settle waits until the standings of all indicators are made.
func settle(ctx context.Context, s *service.Service, out io.Writer) error {
	began := time.Now()
	for {
		err := s.Call(ctx, "GET", "/api/v1/progress?sort=gap&limit=1", "", nil, nil)
		if err == nil || ctx.Err() != nil {
			fmt.Fprintf(out, "all standings made after %.1f s\n", time.Since(began).Seconds())
			return ctx.Err()
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// summaries measures counting all indicators.
func summaries(ctx context.Context, s *service.Service, out io.Writer) {
	for _, by := range []string{"agency", "status", "section", "agency,status"} {
		var took []time.Duration
		for i := range 5 { // each of all, in words of its own, so that none is given twice
			began := time.Now()
			if err := s.Call(ctx, "GET", fmt.Sprintf("/api/v1/summary?due_from=%d-01-01&group_by=%s", 2001+i, by), "", nil, nil); err != nil {
				fmt.Fprintf(out, "summary by %s: %v\n", by, err)
				break
			}
			took = append(took, time.Since(began))
		}
		if len(took) > 0 {
			fmt.Fprintf(out, "summary by %-28s median %s\n", by, at(took, 50))
		}
	}
}

// at is the time that a percentage of some took no longer than.
func at(took []time.Duration, percentage int) time.Duration {
	sorted := slices.Sorted(slices.Values(took))
	return sorted[min(len(sorted)*percentage/100, len(sorted)-1)].Round(100 * time.Microsecond)
}
