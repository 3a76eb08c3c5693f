package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const (
	mediaJSON      = "application/json"
	mediaProblem   = "application/problem+json"
	mediaMultipart = "multipart/form-data"
	mediaText      = "text/plain"

	exampleExtension = "x-example"
	orderExtension   = "x-order" // of parameters that are the fields of one type
)

// eachOperation calls visit for every operation, in the order of path and
// method, and names the operation in its error.
func eachOperation(doc *openapi3.T, visit func(*openapi3.Operation) error) error {
	paths := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		operations := paths[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			if err := visit(operations[method]); err != nil {
				return fmt.Errorf("%s %s: %w", method, path, err)
			}
		}
	}
	return nil
}

func fixOperation(op *openapi3.Operation) error {
	if op.OperationID == "" || op.Summary == "" || len(op.Tags) == 0 {
		return errors.New("an operation needs @ID, @Summary and @Tags")
	}
	for _, p := range op.Parameters {
		if p.Value == nil || p.Value.Schema == nil {
			continue
		}
		p.Value.Example = p.Value.Extensions[exampleExtension]
		delete(p.Value.Extensions, exampleExtension)
		delete(p.Value.Extensions, orderExtension)
		p.Value.AllowEmptyValue = p.Value.In == openapi3.ParameterInQuery && p.Value.Schema.Value.Type.Is("array") // a list of none
		if err := restorePattern(p.Value.Extensions, p.Value.Schema.Value); err != nil {
			return fmt.Errorf("parameter %s: %w", p.Value.Name, err)
		}
	}
	if op.RequestBody != nil && op.RequestBody.Value != nil {
		fixRequest(op.RequestBody.Value)
	}
	for status, response := range op.Responses.Map() {
		if response.Value != nil {
			response.Value.Content = fixResponseContent(status, response.Value.Content)
		}
	}
	return nil
}

// isJSON tells the media types whose bodies a JSON schema describes.
func isJSON(media string) bool {
	return media == mediaJSON || strings.HasSuffix(media, "+json")
}

// isError tells the statuses that answer with a problem.
func isError(status string) bool {
	return status == "default" || strings.HasPrefix(status, "4") || strings.HasPrefix(status, "5")
}

// binary is a body that is bytes to JSON schema.
func binary() *openapi3.SchemaRef {
	return openapi3.NewStringSchema().WithFormat("binary").NewRef()
}

// fixResponseContent keeps problems to error answers and JSON schemas to JSON
// bodies: Swagger 2.0 has one list of media types for all of an operation's
// answers.
func fixResponseContent(status string, content openapi3.Content) openapi3.Content {
	if len(content) == 0 {
		return nil
	}
	if isError(status) {
		for _, media := range slices.Sorted(maps.Keys(content)) {
			return openapi3.Content{mediaProblem: content[media]}
		}
	}
	delete(content, mediaProblem)
	for media, body := range content {
		if !isJSON(media) {
			body.Schema = binary()
		}
	}
	return content
}

// fixRequest gives each media type of a request its own schema. Only a form
// has parts, only JSON has the declared type, and the rest are bytes.
func fixRequest(request *openapi3.RequestBody) {
	name, _ := request.Extensions["x-originalParamName"].(string)
	example := request.Extensions[exampleExtension]
	delete(request.Extensions, "x-originalParamName")
	delete(request.Extensions, exampleExtension)
	for media, body := range request.Content {
		switch {
		case media == mediaMultipart:
			body.Schema = multipart(body.Schema, name)
			request.Required = request.Required || len(body.Schema.Value.Required) > 0
		case !isJSON(media):
			body.Schema = binary()
			if media == mediaText { // no other bytes can be written in a comment
				body.Example = example
			}
		}
	}
}

// multipart returns the parts as declared by formData parameters, or a single
// part with the name of the parameter that declared the body as a whole.
func multipart(declared *openapi3.SchemaRef, name string) *openapi3.SchemaRef {
	if declared != nil && declared.Value != nil && len(declared.Value.Properties) > 0 {
		for _, part := range declared.Value.Properties {
			part.Value.Example = part.Value.Extensions[exampleExtension]
			delete(part.Value.Extensions, exampleExtension)
			delete(part.Value.Extensions, "x-formData-name")
		}
		return declared
	}
	parts := openapi3.NewObjectSchema().WithPropertyRef(name, binary())
	parts.Required = []string{name}
	return parts.NewRef()
}

// bearerScheme turns the API key that Swagger 2.0 needs for an Authorization
// header into HTTP bearer authentication.
func bearerScheme(doc *openapi3.T) {
	for _, ref := range doc.Components.SecuritySchemes {
		s := ref.Value
		if s == nil || s.Type != "apiKey" || s.In != "header" || !strings.EqualFold(s.Name, "Authorization") {
			continue
		}
		ref.Value = &openapi3.SecurityScheme{Type: "http", Scheme: "bearer", Description: s.Description}
	}
}
