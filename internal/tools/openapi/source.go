package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/swaggo/swag/gen"
)

// layout says where the annotated source is.
type layout struct {
	dirs     []string // folders that swag reads; the first holds general
	general  string   // file with the general information, in dirs[0]
	examples string   // folder of example bodies; need not exist
}

// defaultLayout is that of the main module under root.
func defaultLayout(root, out string) layout {
	var dirs []string
	for _, d := range []string{"internal/httpapi", "cmd/tracker", "api/v1"} {
		dirs = append(dirs, filepath.Join(root, d))
	}
	return layout{dirs: dirs, general: "doc.go", examples: filepath.Join(out, "examples")}
}

// readAnnotations runs swag and returns its Swagger 2.0 document.
func readAnnotations(l layout) (*openapi2.T, error) {
	tmp, err := os.MkdirTemp("", "openapi-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	var said strings.Builder
	err = gen.New().Build(&gen.Config{
		SearchDir:          strings.Join(l.dirs, ","),
		MainAPIFile:        l.general,
		OutputDir:          tmp,
		OutputTypes:        []string{"json"},
		PropNamingStrategy: "snakecase",
		RequiredByDefault:  true,
		Strict:             true,
		Debugger:           log.New(io.Writer(&said), "", 0),
	})
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, said.String())
	}
	data, err := os.ReadFile(filepath.Join(tmp, "swagger.json"))
	if err != nil {
		return nil, err
	}
	doc := new(openapi2.T)
	if err := json.Unmarshal(data, doc); err != nil {
		return nil, fmt.Errorf("swag's document: %w", err)
	}
	return doc, nil
}
