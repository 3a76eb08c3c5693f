package main

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const (
	// mostLines is how many lines of an answer the page has, fewestLines of a longer one, and
	// mostOfLine how many characters of a line.
	mostLines, fewestLines, mostOfLine = 12, 8, 400

	questionsPage = "../../docs/querying.md"
)

// asked is the demo in process, with a clock that stands.
type asked struct {
	t       *testing.T
	now     time.Time
	handler http.Handler
	key     string
}

func askedDemo(t *testing.T) *asked {
	t.Helper()
	place, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	a := &asked{t: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, place)}
	clock := func() time.Time { return a.now }
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	service := tracker.New(db, clock, place, progress.DefaultProfile())
	if _, err := loadDemo(t.Context(), db, service, nil); err != nil {
		t.Fatal(err)
	}
	keys, err := access.NewKeyring(t.Context(), db, "", clock, rand.Text)
	if err != nil {
		t.Fatal(err)
	}
	if _, a.key, err = keys.Create(t.Context(), access.Key{Name: "admin", Role: access.Admin}); err != nil {
		t.Fatal(err)
	}
	a.handler = httpapi.New(httpapi.Options{
		Reader: db, Service: service, Oversight: oversight.New(db, service, clock), Keys: keys, Log: slog.New(slog.DiscardHandler), Now: clock, Place: place, Version: "test", PublicRead: true,
	})
	return a
}

// answer is that of a curl line as the page prints it.
func (a *asked) answer(line string) string {
	a.t.Helper()
	line, file := withoutFile(line)
	req := request(a.t, line, "http://tracker", a.key)
	rec := httptest.NewRecorder()
	a.handler.ServeHTTP(rec, req)
	if rec.Code/100 != 2 {
		a.t.Errorf("%s\nanswers %d: %s", line, rec.Code, rec.Body)
	}
	if file != "" {
		return fmt.Sprintf("%s: %s, %d rows\n", file, rec.Header().Get("Content-Type"), rowsOfFile(a.t, file, rec.Body.Bytes()))
	}
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(rec.Body.String(), "\r\n", "\n"), "\n"), "\n")
	if len(lines) > mostLines {
		lines = append(lines[:fewestLines], "…")
	}
	for i, l := range lines {
		if runes := []rune(l); len(runes) > mostOfLine {
			lines[i] = string(runes[:mostOfLine]) + "…"
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

var fileOption = regexp.MustCompile(`-o (\S+) `)

// withoutFile parts a curl line from the file that it writes.
func withoutFile(line string) (rest, file string) {
	m := fileOption.FindStringSubmatch(line)
	if m == nil {
		return line, ""
	}
	return strings.Replace(line, m[0], "", 1), m[1]
}

// rowsOfFile counts the rows of a table below its heading.
func rowsOfFile(t *testing.T, name string, data []byte) (rows int) {
	t.Helper()
	if len(data) == 0 {
		t.Fatalf("%s is empty", name)
	}
	switch filepath.Ext(name) {
	case ".csv":
		all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return len(all) - 1
	case ".xlsx":
		book, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		all, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		return len(all) - 1
	case ".parquet":
		file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		return int(file.NumRows())
	}
	t.Fatalf("%s is of no format that is read here", name)
	return 0
}

var (
	consoleBlocks = regexp.MustCompile("(?s)```console\n(.*?)```\n")
	questionHead  = regexp.MustCompile(`(?m)^### \d+\. .+ · .+\?$`)
)

// TestQuestionsHaveTheAnswersPrinted sends every request of the page on querying to the demo,
// and holds the answers that are printed below them against those that it gives.
func TestQuestionsHaveTheAnswersPrinted(t *testing.T) {
	raw, err := os.ReadFile(questionsPage)
	if err != nil {
		t.Fatal(err)
	}
	before, questions, _ := strings.Cut(string(raw), "## Thirty questions\n")
	a := askedDemo(t)
	blocks := consoleBlocks.FindAllStringSubmatch(questions, -1)
	if heads := questionHead.FindAllString(questions, -1); len(heads) != 30 || len(blocks) != 31 {
		t.Fatalf("%d questions, %d blocks", len(heads), len(blocks))
	}
	a.now = a.now.Add(24 * time.Hour)
	for _, line := range strings.Split("\n"+blocks[0][1], "\n$ ")[1:] {
		a.answer(line)
	}
	a.now = a.now.Add(24 * time.Hour)
	after := questions
	for _, block := range blocks[1:] {
		command, _, _ := strings.Cut(block[1], "\n")
		printed := "```console\n" + command + "\n" + a.answer(strings.TrimPrefix(command, "$ ")) + "```\n"
		after = strings.Replace(after, block[0], printed, 1)
	}
	if *updateYear {
		if err := os.WriteFile(questionsPage, []byte(before+"## Thirty questions\n"+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(questions, "\n"), strings.Split(after, "\n")); diff != "" {
		t.Errorf("(-printed +answered):\n%s", diff)
	}
}
