package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestASecondSignalEndsTheProcess holds a request open, so that the first
// signal alone would leave the service waiting for it.
func TestASecondSignalEndsTheProcess(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tracker := filepath.Join(t.TempDir(), "tracker") // by its name the test binary is the command
	if err := os.Symlink(program, tracker); err != nil {
		t.Skip(err)
	}
	out, logs := &screen{}, &screen{}
	cmd := exec.CommandContext(t.Context(), tracker, "serve", "--addr", "127.0.0.1:0", "--stop-within", "50s", "--database", filepath.Join(t.TempDir(), "tracker.db"))
	cmd.Stdout, cmd.Stderr = out, logs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	until(t, "serving", func() bool { return served.FindString(out.String()) != "" })

	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(served.FindString(out.String()), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprint(conn, "POST /api/v1/measurements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err != nil { // the service asks for the body, so it has the request
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	until(t, "stopping", func() bool { return strings.Contains(logs.String(), "stopping") })
	again := time.NewTicker(200 * time.Millisecond) // an impatient operator: the first may come before signals are given back
	defer again.Stop()
	for deadline := time.After(20 * time.Second); ; {
		select {
		case <-ended:
			return
		case <-again.C:
			_ = cmd.Process.Signal(os.Interrupt) // fails once the process has ended
		case <-deadline:
			t.Fatal("still running after the second signal")
		}
	}
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not within 30 s: ", what)
		}
	}
}
