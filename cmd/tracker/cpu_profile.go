package main

import (
	"errors"
	"os"
	"runtime/pprof"
)

// profileInto measures where the time goes until the function it returns is
// called, which writes that to the file. Without a file it does nothing.
func profileInto(file string) (end func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	out, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return out.Close()
	}, nil
}
