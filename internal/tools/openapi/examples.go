package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Example bodies are files named OPERATION.request[.LABEL].EXT or
// OPERATION.STATUS[.LABEL].EXT; the ending tells the media type.

// exampleMedia is the media type of a file's ending.
var exampleMedia = map[string]string{
	".json":   mediaJSON,
	".ndjson": "application/x-ndjson",
	".csv":    "text/csv",
	".txt":    "text/plain",
}

// attachExamples puts every example file of the folder into the document. A
// file that fits nowhere is an error, so that none goes stale in silence.
func attachExamples(doc *openapi3.T, dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	operations := map[string]*openapi3.Operation{}
	_ = eachOperation(doc, func(op *openapi3.Operation) error {
		operations[op.OperationID] = op
		return nil
	})
	for _, entry := range entries {
		if err := attachExample(operations, filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("example %s: %w", entry.Name(), err)
		}
	}
	return nil
}

func attachExample(operations map[string]*openapi3.Operation, path string) error {
	ext := filepath.Ext(path)
	parts := strings.SplitN(strings.TrimSuffix(filepath.Base(path), ext), ".", 3)
	if len(parts) < 2 {
		return errors.New("the name is not OPERATION.request.EXT or OPERATION.STATUS.EXT")
	}
	label := "example"
	if len(parts) == 3 {
		label = parts[2]
	}
	op, ok := operations[parts[0]]
	if !ok {
		return fmt.Errorf("there is no operation %s", parts[0])
	}
	media, ok := exampleMedia[ext]
	if !ok {
		return fmt.Errorf("the ending %s stands for no media type", ext)
	}
	if isError(parts[1]) {
		media = mediaProblem
	}
	body := contentOf(op, parts[1]).Get(media)
	if body == nil {
		return fmt.Errorf("%s has no %s of %s", parts[0], parts[1], media)
	}
	value, err := readExample(path, media)
	if err != nil {
		return err
	}
	body.Example = nil // the file takes the place of an example in a comment
	if body.Examples == nil {
		body.Examples = openapi3.Examples{}
	}
	body.Examples[label] = &openapi3.ExampleRef{Value: openapi3.NewExample(value)}
	return nil
}

// contentOf is the content of the request or of a status's response.
func contentOf(op *openapi3.Operation, part string) openapi3.Content {
	if part == "request" {
		if op.RequestBody == nil || op.RequestBody.Value == nil {
			return nil
		}
		return op.RequestBody.Value.Content
	}
	response := op.Responses.Value(part)
	if response == nil || response.Value == nil {
		return nil
	}
	return response.Value.Content
}

// readExample keeps JSON as it is written, digits and order included.
func readExample(path, media string) (any, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !isJSON(media) {
		return string(data), nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil {
		return nil, err
	}
	return json.RawMessage(compact.Bytes()), nil
}
