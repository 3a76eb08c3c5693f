// Command siege lets a hostile reporter at a service while others work: bodies that would
// take far more memory than they have bytes, bodies and answers that do not move, and more
// requests than are served. It fails when the service takes more memory than it may, when
// a well-behaved client is not served, or when temporary files are left behind.
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
	"strings"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// options are the flags.
type options struct {
	binary   string
	duration time.Duration
	clients  int
	only     []string
	memory   int64         // bytes
	p99      time.Duration // 0 for no bar
}

func main() {
	var o options
	var megabytes int64
	flag.StringVar(&o.binary, "binary", "../../bin/tracker", "the program to besiege")
	flag.DurationVar(&o.duration, "duration", 30*time.Second, "how long")
	flag.IntVar(&o.clients, "clients", 32, "well-behaved clients")
	flag.Int64Var(&megabytes, "memory", 600, "the most resident memory that the program may take, in MB")
	flag.DurationVar(&o.p99, "p99", 0, "the longest that 99 of 100 posts of the well-behaved may take; 0 for no bar")
	only := flag.String("only", "", "attacks to make, comma separated: "+strings.Join(attackNames(), ", ")+"; all when empty")
	flag.Parse()
	o.memory = megabytes * 1_000_000
	if o.only = attackNames(); *only != "" {
		o.only = strings.Split(*only, ",")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "siege:", err)
		os.Exit(1)
	}
}

// widePlans are plans of 500 indicators each.
const widePlans = 8

func run(ctx context.Context, o options, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "tracker-siege-*")
	if err != nil {
		return err
	}
	temporary := filepath.Join(dir, "tmp")
	if err := errors.Join(os.Mkdir(temporary, 0o700), os.Setenv("TMPDIR", temporary)); err != nil { // of the service, which is begun below
		return err
	}
	if o.binary, err = filepath.Abs(o.binary); err != nil {
		return err
	}
	s, err := service.Start(ctx, o.binary, filepath.Join(dir, "tracker.db"), filepath.Join(dir, "service.log"), "")
	if err != nil {
		return err
	}
	codes, err := s.Seed(ctx, "siege", o.clients)
	if err != nil {
		return errors.Join(err, s.Kill())
	}
	for i := range widePlans { // for those who read everything
		if _, err := s.Seed(ctx, fmt.Sprintf("wide-%d", i), 500); err != nil {
			return errors.Join(err, s.Kill())
		}
	}
	siege, good, err := besiege(ctx, s, o, codes)
	if err != nil {
		return errors.Join(err, s.Kill())
	}
	memory, err := s.Memory()
	if err = errors.Join(err, s.Stop()); err != nil {
		return fmt.Errorf("%w; see %s", err, dir)
	}
	left, err := os.ReadDir(temporary)
	if err != nil {
		return err
	}
	if err := report(out, o, siege, good, memory, left); err != nil {
		return fmt.Errorf("%w; see %s", err, dir)
	}
	return os.RemoveAll(dir)
}

// besiege makes the attacks, while well-behaved clients post and read, for as long as it
// is to take.
func besiege(ctx context.Context, s *service.Service, o options, codes []string) (*tally, *tally, error) {
	hostile, err := newHostile(ctx, s, codes[0])
	if err != nil {
		return nil, nil, err
	}
	until, stop := context.WithTimeout(ctx, o.duration)
	defer stop()
	attacked, good := newTally(), newTally()
	var all sync.WaitGroup
	for _, name := range o.only {
		attack, known := attacks[name]
		if !known {
			return nil, nil, fmt.Errorf("there is no attack %q; there are %s", name, strings.Join(attackNames(), ", "))
		}
		for range attack.at {
			all.Go(func() {
				for until.Err() == nil {
					attacked.count(attack.make(until, hostile))
				}
			})
		}
	}
	for i := range o.clients {
		all.Go(func() { behave(until, s, codes[i], good) })
	}
	all.Wait()
	return attacked, good, ctx.Err()
}

// tally is what became of requests.
type tally struct {
	mu       sync.Mutex
	outcomes map[string]int
	failures map[string]int
	posts    []time.Duration
}

func newTally() *tally { return &tally{outcomes: map[string]int{}, failures: map[string]int{}} }

func (t *tally) count(outcome string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcomes[outcome]++
}

func (t *tally) post(took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.posts = append(t.posts, took)
	if err != nil {
		t.failures[err.Error()]++
	}
}

// report prints what was measured and fails where it is not as it has to be.
func report(out io.Writer, o options, siege, good *tally, memory int64, left []os.DirEntry) error {
	fmt.Fprintln(out, "attacks, by what was answered:")
	for _, outcome := range slices.Sorted(keysOf(siege.outcomes)) {
		fmt.Fprintf(out, "  %6d  %s\n", siege.outcomes[outcome], outcome)
	}
	slices.Sort(good.posts)
	if len(good.posts) == 0 {
		return errors.New("no well-behaved client was answered")
	}
	p99 := good.posts[len(good.posts)*99/100]
	fmt.Fprintf(out, "%d posts of %d well-behaved clients, p99 %s\nmost memory %d MB of %d MB\n%d temporary files left\n",
		len(good.posts), o.clients, p99.Round(time.Millisecond), memory/1_000_000, o.memory/1_000_000, len(left))
	var wrong []error
	for failure, n := range good.failures {
		wrong = append(wrong, fmt.Errorf("%d well-behaved requests failed: %s", n, failure))
	}
	if memory > o.memory {
		wrong = append(wrong, fmt.Errorf("the program took %d MB", memory/1_000_000))
	}
	for _, f := range left {
		wrong = append(wrong, fmt.Errorf("left behind: %s", f.Name()))
	}
	if o.p99 > 0 && p99 > o.p99 {
		wrong = append(wrong, fmt.Errorf("p99 is %s, the bar is %s", p99, o.p99))
	}
	return errors.Join(wrong...)
}

func keysOf(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}
