package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAKilledCommandIsTakenUp kills the command of a daily run a little later each time, and then
// lets it finish.
func TestAKilledCommandIsTakenUp(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	tracker := filepath.Join(dir, "tracker") // by its name the test binary is the command
	if err := os.Symlink(program, tracker); err != nil {
		t.Skip(err)
	}
	db, text := filepath.Join(dir, "tracker.db"), filepath.Join(dir, "plan.txt")
	if err := os.WriteFile(text, []byte("东河市2024年重点工作任务\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) (string, error) {
		out := &bytes.Buffer{}
		cmd := exec.CommandContext(t.Context(), tracker, append(args, "--database", db)...)
		cmd.Stdout, cmd.Stderr = out, out
		err := cmd.Run()
		return out.String(), err
	}
	if out, err := command("plan", "import", text, "--code", "p", "--confirm"); err != nil {
		t.Fatal(out)
	}
	for after := 20 * time.Millisecond; after < 140*time.Millisecond; after += 30 * time.Millisecond {
		cmd := exec.CommandContext(t.Context(), tracker, "cycle", "run", "--take-over-after", "1ms", "--database", db)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after)
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
	}
	for range 2 {
		if out, err := command("cycle", "run", "--take-over-after", "1ms"); err != nil || !strings.Contains(out, "finished") {
			t.Errorf("%v: %s", err, out)
		}
	}
	if out, err := command("verify", "-q"); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
