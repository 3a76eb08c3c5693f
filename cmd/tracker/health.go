package main

import (
	"fmt"
	"io"
	"net/http"
	"time"
)

type healthCommand struct {
	Addr string `default:"127.0.0.1:8080" help:"Address of the service (default: ${default})."`
}

// Run asks the service whether it is ready, and fails when it is not.
func (c healthCommand) Run(s *session) error {
	req, err := http.NewRequestWithContext(s.ctx, http.MethodGet, "http://"+c.Addr+"/readyz", nil)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 5 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s %s", resp.Status, body)
	}
	_, err = fmt.Fprintln(s.out, "ready")
	return err
}
