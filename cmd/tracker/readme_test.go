package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// call is a curl command of a README with the answer printed below it.
type call struct {
	line   string
	answer []string // the parts between the ellipses, in order
}

// Commands stand alone, so that they can be copied as they are; what they answer is below.
var consoleBlock = regexp.MustCompile("(?s)```sh\n(curl [^\n]+)\n```\n\n```console\n(.*?)```")

func readmeCalls(t *testing.T, file string) []call {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var calls []call
	for _, m := range consoleBlock.FindAllStringSubmatch(string(text), -1) {
		var parts []string
		for part := range strings.SplitSeq(strings.ReplaceAll(m[2], "\n", ""), "…") {
			if part = strings.TrimSpace(part); part != "" {
				parts = append(parts, part)
			}
		}
		calls = append(calls, call{line: m[1], answer: parts})
	}
	return calls
}

// A word of a command line is in one kind of quotes or none.
var curlWord = regexp.MustCompile(`'([^']*)'|"([^"]*)"|(\S+)`)

// printedKey is what the service tells its user to do before the calls.
var printedKey = regexp.MustCompile(`export KEY=(\S+)`)

// request turns a curl command line into the request that it makes.
func request(t *testing.T, line, base, key string) *http.Request {
	t.Helper()
	method, url, body, header := http.MethodGet, "", "", http.Header{}
	var words []string
	for _, m := range curlWord.FindAllStringSubmatch(strings.TrimPrefix(line, "curl "), -1) {
		words = append(words, m[1]+strings.ReplaceAll(m[2], "$KEY", key)+m[3])
	}
	for i := 0; i < len(words); i++ {
		switch word := words[i]; word {
		case "-X", "-H", "-d":
			i++
			value := words[i]
			switch word {
			case "-X":
				method = value
			case "-H":
				name, content, _ := strings.Cut(value, ": ")
				header.Set(name, content)
			default:
				body = value
			}
		default:
			url = strings.Replace(word, "http://127.0.0.1:8080", base, 1)
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	return req
}

func TestReadmeCallsGiveTheAnswersPrinted(t *testing.T) {
	for _, file := range []string{"README.md", "README.zh-CN.md"} {
		t.Run(file, func(t *testing.T) {
			base, out, _ := serve(t, "--demo", "--database", filepath.Join(t.TempDir(), "tracker.db"))
			key := printedKey.FindStringSubmatch(out.String())
			if key == nil {
				t.Fatalf("no key is printed: %s", out)
			}
			calls := readmeCalls(t, filepath.Join("..", "..", file))
			if len(calls) != 6 {
				t.Fatalf("%d calls", len(calls))
			}
			for _, c := range calls {
				resp, err := http.DefaultClient.Do(request(t, c.line, base, key[1]))
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				if err := resp.Body.Close(); err != nil {
					t.Error(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				rest := string(body)
				for _, part := range c.answer {
					_, after, found := strings.Cut(rest, part)
					if !found {
						t.Errorf("%s\nthe answer has no %s in its place:\n%s", c.line, part, body)
						break
					}
					rest = after
				}
			}
		})
	}
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// commandsIn are the lines of the blocks of commands of a README.
func commandsIn(t *testing.T, file string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		lines = append(lines, strings.Split(strings.TrimSpace(m[1]), "\n")...)
	}
	return lines
}

// TestReadmeCommandsCanBeCopied carries out every command of the program that ends by itself, in
// their order and in one folder, and looks at what the others name.
func TestReadmeCommandsCanBeCopied(t *testing.T) {
	const plan = "testdata/plans/donghe-2024.docx"
	data, err := os.ReadFile(filepath.Join("..", "..", plan))
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{"README.md": commandsIn(t, "README.md"), "README.zh-CN.md": commandsIn(t, "README.zh-CN.md")}
	for file, lines := range all {
		t.Run(file, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.MkdirAll(filepath.Dir(plan), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(plan, data, 0o600); err != nil {
				t.Fatal(err)
			}
			carriedOut := 0
			for _, line := range lines {
				if strings.HasPrefix(line, "$") {
					t.Errorf("%s cannot be copied as it stands", line)
				}
				if target, ok := strings.CutPrefix(line, "make "); ok && !strings.Contains(string(makefile), "\n"+target+": ") {
					t.Errorf("there is no make %s", target)
				}
				args, ours := strings.CutPrefix(line, "tracker ")
				if !ours || args == "serve" || args == "migrate" { // which goes on, and which needs PostgreSQL
					continue
				}
				var words []string
				for _, m := range curlWord.FindAllStringSubmatch(args, -1) {
					words = append(words, m[1]+m[2]+m[3])
				}
				if status, _, errOut := attempt(t, words...); status != exitOK {
					t.Errorf("%s: %s", line, errOut)
				}
				carriedOut++
			}
			if carriedOut != 5 {
				t.Errorf("%d commands were carried out", carriedOut)
			}
		})
	}
}
