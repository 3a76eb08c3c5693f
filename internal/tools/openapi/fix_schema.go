package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// decimalPattern is what a number sent as a string looks like.
const decimalPattern = `^-?[0-9]+(\.[0-9]+)?$`

// componentName is what generated clients can use as a type name everywhere.
var componentName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

// fixComponent mends one named schema and what it holds.
func fixComponent(name string, ref *openapi3.SchemaRef, source wireType) error {
	if !componentName.MatchString(name) {
		return fmt.Errorf("schema %s: give the type a short name with //@name", name)
	}
	schema := ref.Value
	if isRequest(name) {
		schema.AdditionalProperties = openapi3.AdditionalProperties{Has: openapi3.Ptr(false)}
	}
	schema.Required = slices.DeleteFunc(schema.Required, func(field string) bool { return slices.Contains(source.optional, field) })
	for field, property := range schema.Properties {
		if err := fixSchema(property); err != nil {
			return fmt.Errorf("schema %s, field %s: %w", name, field, err)
		}
	}
	if schema.Type.Is("object") && len(schema.Properties) == 0 && schema.AdditionalProperties == (openapi3.AdditionalProperties{}) {
		return fmt.Errorf("schema %s has no fields: tag the fields of this type with swaggertype", name)
	}
	return nil
}

// isRequest tells the types that are decoded strictly, by the ends of their
// names.
func isRequest(name string) bool {
	return strings.HasSuffix(name, "Request") || strings.HasSuffix(name, "Input")
}

// fixSchema mends an inline schema in place.
func fixSchema(ref *openapi3.SchemaRef) error {
	s := ref.Value
	if ref.Ref != "" || s == nil {
		return nil
	}
	if s.Items != nil {
		if err := fixSchema(s.Items); err != nil {
			return err
		}
	}
	if err := restorePattern(s.Extensions, s); err != nil {
		return err
	}
	if s.Type.Is("number") {
		exactInGo(s)
	}
	if s.Extensions["x-number-or-string"] == true {
		numberOrString(s)
	}
	if s.Nullable && len(s.Enum) > 0 {
		s.Enum = append(s.Enum, nil)
	}
	return nil
}

// restorePattern moves a pattern, which swag can only carry as an extension, to
// the schema of the text, where a validator looks for it. swag cuts an
// extension at a comma, and a parameter's at a closing bracket; the anchors
// show that the pattern came whole.
func restorePattern(extensions map[string]any, s *openapi3.Schema) error {
	given, ok := extensions["x-pattern"]
	if !ok {
		return nil
	}
	pattern, _ := given.(string)
	if !strings.HasPrefix(pattern, "^") || !strings.HasSuffix(pattern, "$") {
		return fmt.Errorf("x-pattern %v is not a whole pattern from ^ to $ (a comma or bracket may have cut it)", given)
	}
	if s.Items != nil {
		s = s.Items.Value
	}
	s.Pattern = pattern
	delete(extensions, "x-pattern")
	return nil
}

// exactInGo keeps a generator of Go clients from reading an exact decimal into
// a float32, its choice for a number without a format.
func exactInGo(s *openapi3.Schema) {
	if s.Extensions == nil {
		s.Extensions = map[string]any{}
	}
	s.Extensions["x-go-type"] = "json.Number"
}

// numberOrString turns a number into one that may be sent as a string too.
func numberOrString(s *openapi3.Schema) {
	number := &openapi3.Schema{Type: s.Type, Min: s.Min, Max: s.Max}
	text := openapi3.NewStringSchema().WithPattern(decimalPattern)
	s.OneOf = openapi3.SchemaRefs{number.NewRef(), text.NewRef()}
	s.Type, s.Min, s.Max = nil, nil, nil
	delete(s.Extensions, "x-number-or-string")
}
