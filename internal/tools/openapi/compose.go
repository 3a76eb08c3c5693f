package main

import (
	"bytes"
	"encoding/json"
	"path"

	"github.com/getkin/kin-openapi/openapi3"
)

// exemplifyRequests gives bodies of JSON the example that those of their fields make. What a page
// makes of a schema by itself has every field, those that exclude each other too.
func exemplifyRequests(doc *openapi3.T, types wireTypes) error {
	return eachOperation(doc, func(op *openapi3.Operation) error {
		if op.RequestBody == nil || op.RequestBody.Value == nil {
			return nil
		}
		body := op.RequestBody.Value.Content[mediaJSON]
		if body == nil || body.Example != nil || body.Schema == nil {
			return nil
		}
		example, err := compose(doc, body.Schema, types)
		if example != nil && string(example) != "[]" {
			body.Example = example
		}
		return err
	})
}

// compose is the example of a schema, its members in the order of the source; nil for none.
func compose(doc *openapi3.T, ref *openapi3.SchemaRef, types wireTypes) (json.RawMessage, error) {
	name := path.Base(ref.Ref)
	s := ref.Value
	if s == nil { // a reference that is not followed yet
		s = doc.Components.Schemas[name].Value
	}
	switch {
	case s.Example != nil:
		return json.Marshal(s.Example)
	case len(s.AllOf) == 1:
		return compose(doc, s.AllOf[0], types)
	case s.Type.Is("array"):
		item, err := compose(doc, s.Items, types)
		if item == nil {
			return json.RawMessage("[]"), err
		}
		return json.RawMessage("[" + string(item) + "]"), err
	case s.Type.Is("object"):
		return composeMembers(doc, s, types[name].fields, types)
	}
	return nil, nil
}

func composeMembers(doc *openapi3.T, s *openapi3.Schema, order []string, types wireTypes) (json.RawMessage, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, member := range order {
		field := s.Properties[member]
		if field == nil {
			continue
		}
		example, err := compose(doc, field, types)
		if err != nil {
			return nil, err
		}
		if example == nil || string(example) == "[]" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(member)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(example)
	}
	if b.Len() == 1 && len(s.Required) > 0 {
		return nil, nil // nothing says what it must have
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
