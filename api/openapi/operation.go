package openapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Operation is what the contract says of a request that reads: where it goes and what its
// query may hold.
type Operation struct {
	ID      string
	Path    string // below the service's address, with parameters in braces
	Summary string
	// Query are the parameters of the query, in the order of the contract.
	Query []Parameter
}

// Parameter is one parameter of a query.
type Parameter struct {
	Name        string
	Description string // Chinese · English
	// List says that it holds any of several values: joined by commas or, where Repeated, given
	// as often as there are values, which may hold commas.
	List, Repeated bool
	// Type is that of a value, as JSON Schema names it: string, number, integer or boolean.
	Type string
	// Words are the values that there are; nil when they are not counted.
	Words []string
	// Schema is the JSON Schema of the parameter, a list for one that is a list.
	Schema json.RawMessage
}

// Find returns the parameter of a name, false when there is none.
func (o Operation) Find(name string) (Parameter, bool) {
	i := slices.IndexFunc(o.Query, func(p Parameter) bool { return p.Name == name })
	if i < 0 {
		return Parameter{}, false
	}
	return o.Query[i], true
}

// Encode is how a query holds values of the parameter.
func (p Parameter) Encode(values []string) []string {
	if p.List && !p.Repeated && len(values) > 0 {
		return []string{strings.Join(values, ",")}
	}
	return values
}

// Field is a field of a body that the contract describes.
type Field struct {
	Name string
	List bool // a list
	Text bool // a text, or a number that may be written as one
	// Words are the values that there are; nil when they are not counted.
	Words []string
}

// contract is what is read of the document.
type contract struct {
	Paths map[string]struct {
		Get *struct {
			OperationID string
			Summary     string
			Parameters  []struct {
				Name, In, Description string
				Schema                json.RawMessage
				Explode               *bool
			}
		}
	}
	Components struct {
		Schemas map[string]struct {
			Properties map[string]schema
		}
	}
}

// schema is what is read of a JSON Schema.
type schema struct {
	Type  string
	Enum  []any // null among the words of what may be null
	Items *schema
	OneOf []schema
}

func (s schema) words() (words []string) {
	for _, w := range s.Enum {
		if text, ok := w.(string); ok {
			words = append(words, text)
		}
	}
	return words
}

// read is the document as it is embedded, which is read once.
var read = sync.OnceValue(func() (c contract) {
	if err := json.Unmarshal(documentJSON, &c); err != nil {
		panic(err) // the document is part of the binary
	}
	return c
})

// Reading returns the operation with an id that reads. It panics when the contract has none:
// that is a mistake in the program.
func Reading(id string) Operation {
	for path, item := range read().Paths {
		if item.Get == nil || item.Get.OperationID != id {
			continue
		}
		o := Operation{ID: id, Path: path, Summary: item.Get.Summary}
		for _, p := range item.Get.Parameters {
			if p.In != "query" {
				continue
			}
			var s schema
			if err := json.Unmarshal(p.Schema, &s); err != nil {
				panic(err)
			}
			value := s
			if s.Items != nil {
				value = *s.Items
			}
			list := s.Type == "array"
			o.Query = append(o.Query, Parameter{
				Name: p.Name, Description: p.Description, List: list, Repeated: list && (p.Explode == nil || *p.Explode),
				Type: value.Type, Words: value.words(), Schema: p.Schema,
			})
		}
		return o
	}
	panic(fmt.Sprintf("openapi: there is no operation %q that reads", id))
}

// Fields returns the fields of a schema, by name. It panics when the contract has no such
// schema: that is a mistake in the program.
func Fields(name string) []Field {
	s, ok := read().Components.Schemas[name]
	if !ok {
		panic(fmt.Sprintf("openapi: there is no schema %q", name))
	}
	fields := make([]Field, 0, len(s.Properties))
	for name, f := range s.Properties {
		text := f.Type == "string" || slices.ContainsFunc(f.OneOf, func(s schema) bool { return s.Type == "string" })
		fields = append(fields, Field{
			Name: name, List: f.Type == "array" && f.Items.Type == "string", Text: text, Words: f.words(),
		})
	}
	slices.SortFunc(fields, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}
