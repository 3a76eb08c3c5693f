// Package service runs the built program as a process of its own, for the tools
// that measure it and those that kill it.
package service

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Service is a running program.
type Service struct {
	Base   string // http://127.0.0.1:PORT
	Token  string // of an admin's key
	Client *http.Client

	cmd *exec.Cmd
	log *os.File
}

// Build makes the program out of the source that the tools are part of, for their
// tests, and gives its path.
func Build(ctx context.Context, dir string) (binary string, err error) {
	binary = filepath.Join(dir, "tracker")
	cmd := exec.CommandContext(ctx, "go", "build", "-C", "../../..", "-o", binary, "./cmd/tracker") //nolint:gosec // a path of the caller's
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, text)
	}
	return binary, nil
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// Start runs "BINARY serve" over a database and waits until it answers, without
// a bound on the rate of its key, which is made when there is no token yet. What
// it logs goes to the file. Flags are further ones of serve.
func Start(ctx context.Context, binary, database, logFile, token string, flags ...string) (*Service, error) {
	if token == "" {
		made, err := exec.CommandContext(ctx, binary, "key", "create", "--name", "load", "--role", "admin", "--database", database).Output() //nolint:gosec // the program that the caller names
		if err != nil {
			return nil, fmt.Errorf("make a key: %w", err)
		}
		token = strings.TrimSpace(string(made))
	}
	s := &Service{Token: token, Client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}}
	s.cmd = exec.CommandContext(ctx, binary, append([]string{"serve", "--addr", "127.0.0.1:0", "--rate", "0", "--database", database}, flags...)...) //nolint:gosec // the program that the caller names
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if s.log, err = os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return nil, err
	}
	s.cmd.Stderr = s.log
	if err := s.cmd.Start(); err != nil {
		return nil, errors.Join(err, s.log.Close())
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if s.Base = address.FindString(lines.Text()); s.Base != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return s, nil
		}
	}
	return nil, fmt.Errorf("%s did not begin to serve: %w; see %s", binary, s.cmd.Wait(), logFile)
}

// PID is the process.
func (s *Service) PID() int { return s.cmd.Process.Pid }

// Kill ends the program at once, as a power cut would.
func (s *Service) Kill() error {
	s.Client.CloseIdleConnections()
	err := s.cmd.Process.Kill()
	_ = s.cmd.Wait() // says that it was killed
	return errors.Join(err, s.log.Close())
}

// Stop ends the program as an operator would.
func (s *Service) Stop() error {
	s.Client.CloseIdleConnections()
	err := s.cmd.Process.Signal(os.Interrupt)
	return errors.Join(err, s.cmd.Wait(), s.log.Close())
}

// Memory is the most memory the program has had, in bytes.
func (s *Service) Memory() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.PID()))
	if err != nil {
		return 0, err
	}
	var kB int64
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	_, err = fmt.Sscan(rest, &kB)
	return kB << 10, err
}

// Call makes a request and reads the answer into v, unless that is nil. An
// answer other than 2xx is an error.
func (s *Service) Call(ctx context.Context, method, path, contentType string, body io.Reader, v any) error {
	req, err := http.NewRequestWithContext(ctx, method, s.Base+path, body)
	if err != nil {
		return err
	}
	s.Sign(req)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := s.Client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusMultipleChoices {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 2048))
		return fmt.Errorf("%s %s: %s %s", method, path, resp.Status, text)
	}
	if v == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	return json.NewDecoder(resp.Body).Decode(v)
}

// Sign shows the key of the service with a request.
func (s *Service) Sign(req *http.Request) { req.Header.Set("Authorization", "Bearer "+s.Token) }

// Seed imports a plan with a number of indicators and gives their codes.
func (s *Service) Seed(ctx context.Context, plan string, indicators int) ([]string, error) {
	var text bytes.Buffer
	text.WriteString("测量市2023年重点工作\n一、产业\n")
	codes := make([]string, indicators)
	for i := range indicators {
		fmt.Fprintf(&text, "%d.壮大企业。新增企业%d家（牵头单位：市科技局）。\n", i+1, 30+i)
		codes[i] = fmt.Sprintf("%s-%d-1", plan, i+1)
	}
	return codes, s.Call(ctx, http.MethodPost, "/api/v1/plans?confirm=true&code="+plan, "text/plain; charset=utf-8", &text, nil)
}

// Ready waits until the service says that it can write.
func (s *Service) Ready(ctx context.Context) error {
	for {
		err := s.Call(ctx, http.MethodGet, "/readyz", "", nil, nil)
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}
