// Command tracker turns government work plans into indicators, takes
// measurements over HTTP and says how far each target is.
package main

import (
	"context"
	"os"
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }
