package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

// keyOrder is the order in which the specification presents the members of
// its objects; members it does not name follow by alphabet.
var keyOrder = []string{
	"openapi", "info", "servers", "security", "tags", "paths", "components",
	"name", "in", "title", "version",
	"get", "put", "post", "patch", "delete",
	"summary", "description", "operationId", "deprecated",
	"parameters", "requestBody", "responses",
	"required", "type", "format", "scheme", "pattern", "enum", "nullable",
	"allOf", "oneOf", "items", "additionalProperties", "properties",
	"headers", "content", "schema", "example", "examples", "schemas", "securitySchemes",
}

// Members whose own members are names chosen by the document, not words of the
// specification; and members that hold data.
var (
	nameHolders = []string{"paths", "responses", "content", "headers", "examples", "schemas", "securitySchemes", "properties", "scopes"}
	dataHolders = []string{"example", "value", "default", "enum"}
)

// arrange turns the document into a tree whose members stand in a fixed,
// readable order: schemas' properties as the Go source has them, example data
// as its files have it.
func arrange(doc *openapi3.T, types wireTypes) (*yaml.Node, error) {
	data, err := doc.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("document as a tree: %w", err)
	}
	tree := root.Content[0]
	arrangeSpec(tree, types, "")
	return tree, nil
}

// arrangeSpec orders an object of the specification; schema is the name of the
// component schema it describes, if any.
func arrangeSpec(n *yaml.Node, types wireTypes, schema string) {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			arrangeSpec(item, types, "")
		}
	case yaml.MappingNode:
		sortMembers(n, keyOrder)
		for key, value := range members(n) {
			arrangeMember(key, value, types, schema)
		}
	}
}

func arrangeMember(key string, value *yaml.Node, types wireTypes, schema string) {
	switch {
	case slices.Contains(dataHolders, key):
	case slices.Contains(nameHolders, key) && value.Kind == yaml.MappingNode:
		var order []string
		if key == "properties" {
			order = types[schema].fields
		}
		sortMembers(value, order)
		for name, inner := range members(value) {
			if key != "schemas" {
				name = ""
			}
			arrangeSpec(inner, types, name)
		}
	case key == "required" && value.Kind == yaml.SequenceNode:
		sortNames(value, types[schema].fields)
	default:
		arrangeSpec(value, types, "")
	}
}

// members iterates over the keys and values of a mapping.
func members(n *yaml.Node) func(yield func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i].Value, n.Content[i+1]) {
				return
			}
		}
	}
}

// byOrder compares names by their place in order; the rest follow by alphabet.
func byOrder(order []string) func(a, b string) int {
	place := func(name string) int {
		if i := slices.Index(order, name); i >= 0 {
			return i
		}
		return len(order)
	}
	return func(a, b string) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	}
}

func sortMembers(n *yaml.Node, order []string) {
	compare := byOrder(order)
	pairs := slices.Collect(slices.Chunk(n.Content, 2))
	slices.SortStableFunc(pairs, func(a, b []*yaml.Node) int { return compare(a[0].Value, b[0].Value) })
	n.Content = slices.Concat(pairs...)
}

func sortNames(n *yaml.Node, order []string) {
	compare := byOrder(order)
	slices.SortStableFunc(n.Content, func(a, b *yaml.Node) int { return compare(a.Value, b.Value) })
}

// renderJSON writes the tree as indented JSON; numbers keep their digits.
func renderJSON(tree *yaml.Node) []byte {
	var out bytes.Buffer
	writeJSON(&out, tree, "\n")
	out.WriteByte('\n')
	return out.Bytes()
}

// writeJSON writes a node; margin is the line break and indentation in force.
func writeJSON(out *bytes.Buffer, n *yaml.Node, margin string) {
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) > 0:
		separator := "{"
		for key, value := range members(n) {
			out.WriteString(separator + margin + "  " + quote(key) + ": ")
			writeJSON(out, value, margin+"  ")
			separator = ","
		}
		out.WriteString(margin + "}")
	case n.Kind == yaml.MappingNode:
		out.WriteString("{}")
	case n.Kind == yaml.SequenceNode && len(n.Content) > 0:
		separator := "["
		for _, item := range n.Content {
			out.WriteString(separator + margin + "  ")
			writeJSON(out, item, margin+"  ")
			separator = ","
		}
		out.WriteString(margin + "]")
	case n.Kind == yaml.SequenceNode:
		out.WriteString("[]")
	case n.Tag == "!!str":
		out.WriteString(quote(n.Value))
	default:
		out.WriteString(n.Value)
	}
}

func quote(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string and a buffer: neither can fail
	return strings.TrimSuffix(out.String(), "\n")
}

// renderYAML writes the tree as YAML in block style.
func renderYAML(tree *yaml.Node) ([]byte, error) {
	blockStyle(tree)
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(tree); err != nil {
		return nil, err
	}
	if err := encoder.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// blockStyle drops the flow style and quotes that came with JSON, but where plain
// text would be read as something else: the encoder sets quotes where readers of
// YAML 1.2 do that.
func blockStyle(n *yaml.Node) {
	n.Style = 0
	if n.Kind == yaml.ScalarNode && n.Tag == "!!str" {
		switch {
		case strings.Contains(n.Value, "\n"):
			n.Style = yaml.LiteralStyle
		case notTextInYAML11(n.Value):
			n.Style = yaml.DoubleQuotedStyle
		}
	}
	for _, child := range n.Content {
		blockStyle(child)
	}
}

// notTextInYAML11 tells text that readers of YAML 1.1 (PyYAML, go-yaml 2) take for
// a boolean, null, a special sign, a number, of base 60 too, or a moment. What has
// two points is a version or an address to all of them.
func notTextInYAML11(text string) bool {
	return scalarInYAML11.MatchString(text) && strings.Count(text, ".") < 2
}

var scalarInYAML11 = regexp.MustCompile(
	`(?i)^(?:|~|=|<<|y|n|yes|no|on|off|true|false|null|[-+]?\.(?:inf|nan)|[-+.0-9][-+.0-9_:,xoba-ftz ]*)$`)
