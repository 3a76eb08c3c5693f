package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// recordings are the files of what operations were made to answer with, by operation and status, and
// the media type of each. Tests of internal/httpapi write them and make each again.
var recordings = []struct{ file, media string }{{"problems.json", mediaProblem}, {"answers.json", mediaJSON}}

// shownBodies are the media types whose example is a file, named by the operation and this ending.
var shownBodies = map[string]string{"text/csv": ".csv", "application/x-ndjson": ".ndjson"}

// show gives operations the problems and answers that were recorded of them, and bodies of text what
// a folder has for them. What was not recorded has no example.
func show(doc *openapi3.T, folder string) error {
	if folder == "" {
		return nil
	}
	for _, r := range recordings {
		if err := showRecorded(doc, folder, r.file, r.media); err != nil {
			return fmt.Errorf("%s: %w", r.file, err)
		}
	}
	return eachOperation(doc, func(op *openapi3.Operation) error { return showBodies(op, folder) })
}

func showRecorded(doc *openapi3.T, folder, file, media string) error {
	data, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil {
		return err
	}
	recorded := map[string]map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &recorded); err != nil {
		return err
	}
	err = eachOperation(doc, func(op *openapi3.Operation) error {
		for status, body := range recorded[op.OperationID] {
			answer := op.Responses.Value(status)
			if answer == nil || answer.Value.Content[media] == nil {
				return fmt.Errorf("%s has %s of status %s, which the operation does not declare", op.OperationID, media, status)
			}
			answer.Value.Content[media].Example = body
		}
		delete(recorded, op.OperationID)
		return nil
	})
	if err == nil && len(recorded) > 0 {
		return fmt.Errorf("operations that are none: %v", slices.Sorted(maps.Keys(recorded)))
	}
	return err
}

func showBodies(op *openapi3.Operation, folder string) error {
	if op.RequestBody == nil || op.RequestBody.Value == nil {
		return nil
	}
	for media, ending := range shownBodies {
		body := op.RequestBody.Value.Content[media]
		if body == nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, op.OperationID+ending))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		body.Example = string(text)
	}
	return nil
}
