package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/progress"
)

func TestProfileShowPrintsWhatServeTakes(t *testing.T) {
	fails := func(want string, args ...string) {
		t.Helper()
		var out, errOut bytes.Buffer
		if status := run(t.Context(), args, &out, &errOut); status != exitFailed || !strings.Contains(errOut.String(), want) {
			t.Errorf("%v: %d: %s", args, status, errOut.String())
		}
	}
	dir := t.TempDir()
	database := filepath.Join(dir, "tracker.db")
	fails("没有数据库文件", "profile", "show", "--database", database)
	command(t, "key", "create", "--database", database, "--name", "n", "--role", "admin")
	fails("还没有评价规则", "profile", "show", "--database", database)
	daysOf(t, database, "Asia/Shanghai")
	file := filepath.Join(dir, "profile.json")
	if err := os.WriteFile(file, []byte(command(t, "profile", "show", "--database", database)), 0o600); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := progress.ParseProfile(content); err != nil || p.Name != progress.DefaultProfile().Name {
		t.Errorf("%+v, %v", p, err)
	}
	fails("没有第 7 版", "profile", "show", "--database", database, "--profile-version", "7")
}
