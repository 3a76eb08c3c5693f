// Command openapi makes the OpenAPI document of the service out of the
// comments beside its handlers: swag reads them as Swagger 2.0, kin-openapi
// turns that into OpenAPI 3.0.3, and the fix-ups here restore what the older
// format cannot say. The result is written as JSON and YAML, the same bytes
// for the same source.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run carries out the command: 0 done, 1 stale or unreadable source, 2 wrong
// use.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("openapi", flag.ContinueOnError)
	flags.SetOutput(stderr)
	root := flags.String("root", ".", "folder of the main module")
	out := flags.String("out", "api/openapi", "folder of openapi.json and openapi.yaml, below root")
	check := flags.Bool("check", false, "write nothing; fail when the files are stale")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	dir := filepath.Join(*root, *out)
	l := defaultLayout(*root)
	files, err := generate(l)
	if errors.Is(err, errRecorded) && !*check { // they are recorded by tests that need the document
		fmt.Fprintln(stderr, "openapi: written without examples of answers:", err)
		l.shown = ""
		files, err = generate(l)
	}
	if err == nil && *check {
		err = compare(dir, files, stdout)
	} else if err == nil {
		err = write(dir, files)
	}
	if err != nil {
		fmt.Fprintln(stderr, "openapi:", err)
		return 1
	}
	return 0
}

// generated is one file of the result.
type generated struct {
	name string // below the folder of the contract
	data []byte
}

// generate makes the files in memory.
func generate(l layout) ([]generated, error) {
	types, err := readTypes(l.dirs)
	if err != nil {
		return nil, err
	}
	doc, err := build(l, types)
	if err != nil {
		return nil, err
	}
	tree, err := arrange(doc, types)
	if err != nil {
		return nil, err
	}
	asYAML, err := renderYAML(tree)
	if err != nil {
		return nil, err
	}
	files := []generated{{"openapi.json", renderJSON(tree)}, {"openapi.yaml", asYAML}}
	if l.codes == "" {
		return files, nil
	}
	codes, err := readCodes(l)
	if err != nil {
		return nil, err
	}
	page, err := codesAsPage(codes)
	if err != nil {
		return nil, err
	}
	return append(files, generated{"swagger/errors.html", page}, generated{"../../docs/errors.md", codesAsMarkdown(codes)}), nil
}

func write(dir string, files []generated) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare fails, with the difference on stdout, when a file on disk is not
// what the source makes.
func compare(dir string, files []generated, stdout io.Writer) error {
	stale := 0
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		have, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		if bytes.Equal(have, f.data) {
			continue
		}
		stale++
		fmt.Fprintf(stdout, "%s", diff.Diff(path+" (committed)", have, path+" (from the source)", f.data))
	}
	if stale > 0 {
		return fmt.Errorf("%d of %d files are stale; run make generate", stale, len(files))
	}
	return nil
}
