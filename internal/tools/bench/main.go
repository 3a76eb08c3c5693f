// Command bench measures the service against ceilings that are measured in the
// same run, on the same machine, with the same rows: what the frame would reach
// if it stored nothing, what the driver would if it checked nothing, and what
// was reached with one commit for each request.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"time"
)

// options are the flags.
type options struct {
	binary   string
	postgres string
	clients  int
	rows     int
	few      int
	many     int
	reads    int
	exported int
	during   time.Duration
	rounds   int
	dir      string
}

// ratio is one line of the outcome.
type ratio struct {
	what   string
	value  float64
	least  float64 // 0 when there is no bar
	most   float64 // 0 when there is no bar
	figure string
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "ceiling" {
		if err := serveCeiling(context.Background(), os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "ceiling:", err)
			os.Exit(1)
		}
		return
	}
	var o options
	flag.StringVar(&o.binary, "binary", "../../bin/tracker", "the program to measure")
	flag.StringVar(&o.postgres, "postgres", os.Getenv("TRACKER_BENCH_POSTGRES"), "address of a PostgreSQL database to measure as well; everything in its schema is dropped")
	flag.IntVar(&o.clients, "clients", 64, "clients at a time")
	flag.IntVar(&o.rows, "rows", 200_000, "rows of the batch")
	flag.IntVar(&o.few, "few", 10_000, "measurements of the small database that progress is read from")
	flag.IntVar(&o.many, "many", 500_000, "measurements of the large one")
	flag.IntVar(&o.reads, "reads", 300, "reads of progress, of which the median counts")
	flag.IntVar(&o.exported, "exported", 1_000_000, "measurements of the database that is exported")
	flag.DurationVar(&o.during, "during", 4*time.Second, "how long each round of single requests lasts")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds, of which the median counts")
	only := flag.String("only", "", "single, batch, postgres, progress or export: measure that alone")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status, err := run(ctx, o, *only, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		status = 1
	}
	os.Exit(status)
}

func run(ctx context.Context, o options, only string, out io.Writer) (status int, err error) {
	if o.dir, err = os.MkdirTemp("", "tracker-bench-*"); err != nil {
		return 1, err
	}
	defer os.RemoveAll(o.dir)
	if o.binary, err = filepath.Abs(o.binary); err != nil {
		return 1, err
	}
	for _, part := range []struct {
		name    string
		measure func(context.Context, options, io.Writer) ([]ratio, error)
	}{{"single", single}, {"batch", batch}, {"postgres", postgres}, {"progress", progress}, {"list", list}, {"export", export}} {
		if only != "" && only != part.name || part.name == "postgres" && o.postgres == "" {
			continue
		}
		ratios, err := part.measure(ctx, o, out)
		if err != nil {
			return 1, fmt.Errorf("%s: %w", part.name, err)
		}
		for _, r := range ratios {
			line, held := r.judged()
			if !held {
				status = 1
			}
			fmt.Fprintln(out, line)
		}
	}
	return status, nil
}

// judged is the line that is printed, and whether the bar was held.
func (r ratio) judged() (line string, held bool) {
	verdict, held := "ok", true
	if r.least > 0 && r.value < r.least || r.most > 0 && r.value > r.most {
		verdict, held = "BELOW THE BAR", false
	}
	bar := fmt.Sprintf("at least %.2f", r.least)
	switch {
	case r.least == 0 && r.most == 0:
		bar = "no bar"
	case r.most > 0:
		bar = fmt.Sprintf("at most %.2f", r.most)
	}
	return fmt.Sprintf("%-58s %8.2f  %-14s %-13s %s", r.what, r.value, bar, verdict, r.figure), held
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}
