package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
)

// layout says where the annotated source is.
type layout struct {
	dirs    []string // folders that swag reads; the first holds general
	general string   // file with the general information, in dirs[0]
	words   string   // folder of the packages whose types x-words may name
	filters []string // folders whose types parameters may be declared by, and no schemas
	guide   string   // Markdown that is the description of the whole; none when empty
	shown   string   // folder of recorded problems and of bodies to show; none when empty
	codes   string   // source of the codes of errors and their titles; no list of them when empty
	status  string   // source of the table from codes to statuses
}

// defaultLayout is that of the main module under root.
func defaultLayout(root string) layout {
	var dirs []string
	for _, d := range []string{"internal/httpapi", "cmd/tracker", "api/v1"} {
		dirs = append(dirs, filepath.Join(root, d))
	}
	var filters []string
	for _, d := range []string{"internal/indicator", "internal/loop", "internal/progress"} {
		if _, err := os.Stat(filepath.Join(root, d)); err == nil {
			filters = append(filters, filepath.Join(root, d))
		}
	}
	l := layout{dirs: dirs, general: "doc.go", words: filepath.Join(root, "internal"), filters: filters}
	for path, into := range map[string]*string{
		"internal/httpapi/guide.md":       &l.guide,
		"internal/httpapi/testdata/shown": &l.shown,
		"internal/fault/code.go":          &l.codes,
		"internal/httpapi/problem.go":     &l.status,
	} {
		if _, err := os.Stat(filepath.Join(root, path)); err == nil {
			*into = filepath.Join(root, path)
		}
	}
	return l
}

// readAnnotations runs swag and returns its Swagger 2.0 document.
func readAnnotations(l layout) (*openapi2.T, error) {
	tmp, err := os.MkdirTemp("", "openapi-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if err := runSwag(l, tmp); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(tmp, "swagger.json"))
	if err != nil {
		return nil, err
	}
	if data, err = spellWords(l, data); err != nil {
		return nil, err
	}
	doc := new(openapi2.T)
	if err := json.Unmarshal(data, doc); err != nil {
		return nil, fmt.Errorf("swag's document: %w", err)
	}
	return doc, nil
}

// spellWords puts lists of words where swag's document names their types.
func spellWords(l layout, data []byte) ([]byte, error) {
	lists, err := readWords(l.words)
	if err != nil {
		return nil, err
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("swag's document: %w", err)
	}
	if err := lists.spell(doc); err != nil {
		return nil, err
	}
	return json.Marshal(doc)
}

// runSwag writes swagger.json into a folder, with the swag that the main module
// names as its tool.
func runSwag(l layout, into string) error {
	root, err := mainModule()
	if err != nil {
		return err
	}
	var dirs []string
	for _, dir := range slices.Concat(l.dirs, l.filters) {
		full, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		dirs = append(dirs, full)
	}
	swag := exec.CommandContext(context.Background(), "go", "-C", root, "tool", "swag", "init", //nolint:gosec // folders that the developer names
		"--dir", strings.Join(dirs, ","), "--generalInfo", l.general, "--output", into, "--outputTypes", "json",
		"--propertyStrategy", "snakecase", "--requiredByDefault")
	said, err := swag.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	// The command only warns of routes that two handlers declare.
	if bytes.Contains(said, []byte("is declared multiple times")) {
		return fmt.Errorf("swag:\n%s", said)
	}
	return nil
}

// mainModule is the folder of the module that the module of the tools, from
// within which this runs, lies in.
func mainModule() (string, error) {
	file, err := exec.CommandContext(context.Background(), "go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	tools := filepath.Dir(strings.TrimSpace(string(file)))
	return filepath.Join(tools, "..", ".."), nil
}
