package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

// build reads the source and returns the finished, valid document.
func build(l layout, types wireTypes) (*openapi3.T, error) {
	old, err := readAnnotations(l)
	if err != nil {
		return nil, err
	}
	if old.BasePath != "" && old.BasePath != "/" {
		return nil, fmt.Errorf("@BasePath %s: routes are written in full, with the base path /", old.BasePath)
	}
	keepParameterExamples(old)
	doc, err := openapi2conv.ToV3(old)
	if err != nil {
		return nil, fmt.Errorf("conversion to OpenAPI 3: %w", err)
	}
	if err := fixUp(doc, types); err != nil {
		return nil, err
	}
	if err := exemplifyRequests(doc, types); err != nil {
		return nil, err
	}
	if err := guide(doc, l.guide); err != nil {
		return nil, err
	}
	if err := validate(doc); err != nil {
		return nil, err
	}
	if err := show(doc, l.shown); err != nil {
		return nil, err
	}
	if err := validate(doc); err != nil {
		return nil, fmt.Errorf("%w: %w", errRecorded, err)
	}
	return doc, nil
}

// errRecorded says that answers were recorded which the source no longer describes.
var errRecorded = errors.New("recorded answers are not what the source says (record them again: go test -run IsShownIsAnswered ./internal/httpapi -update)")

// guide describes the whole by a file of Markdown, which no comment could hold.
func guide(doc *openapi3.T, file string) error {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	doc.Info.Description = strings.TrimSpace(string(text))
	return nil
}

// keepParameterExamples carries the examples of parameters, which Swagger 2.0
// does not have but swag writes, through the conversion as an extension.
func keepParameterExamples(old *openapi2.T) {
	for _, path := range old.Paths {
		for _, op := range path.Operations() {
			for _, p := range op.Parameters {
				if example, ok := p.Extensions["example"]; ok {
					p.Extensions[exampleExtension] = example
				}
			}
		}
	}
}

// validate loads the document afresh, as a reader of it would, so that what
// is checked is what is written; examples are held against their schemas.
func validate(doc *openapi3.T) error {
	data, err := doc.MarshalJSON()
	if err != nil {
		return err
	}
	loaded, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return fmt.Errorf("the document does not load: %w", err)
	}
	err = loaded.Validate(context.Background(), openapi3.EnableExamplesValidation(), openapi3.EnableSchemaDefaultsValidation())
	if err != nil {
		return fmt.Errorf("the document is not valid: %w", err)
	}
	return nil
}

// fixUp mends what Swagger 2.0 cannot say or the conversion gets wrong, in an
// order in which each step can rely on those before it.
func fixUp(doc *openapi3.T, types wireTypes) error {
	doc.Servers = openapi3.Servers{{URL: "/"}}
	if c := doc.Info.Contact; c != nil && c.Name+c.URL+c.Email == "" {
		doc.Info.Contact = nil
	}
	bearerScheme(doc)
	for name, ref := range doc.Components.Schemas {
		if err := fixComponent(name, ref, types[name]); err != nil {
			return err
		}
	}
	if err := eachOperation(doc, offerTables); err != nil {
		return err
	}
	answerInCommon(doc)
	return eachOperation(doc, fixOperation)
}
