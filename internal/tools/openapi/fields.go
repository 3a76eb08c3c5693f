package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// wireType is what the source says of a struct and swag does not pass on.
type wireType struct {
	fields   []string // JSON names in the order of the source
	optional []string // JSON names tagged omitzero
}

// wireTypes holds the structs by the name of their schema.
type wireTypes map[string]wireType

// readTypes reads the structs of the folders, tests left out.
func readTypes(dirs []string) (wireTypes, error) {
	found := map[string]*ast.StructType{}
	schema := map[string]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			collectStructs(file, found, schema)
		}
	}
	types := wireTypes{}
	for name, body := range found {
		types[schema[name]] = describe(body, found)
	}
	return types, nil
}

// collectStructs notes each struct of a file by its Go name, and the name that
// a //@name comment gives its schema.
func collectStructs(file *ast.File, found map[string]*ast.StructType, schema map[string]string) {
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		body, ok := spec.Type.(*ast.StructType)
		if !ok {
			return true
		}
		name := spec.Name.Name
		found[name], schema[name] = body, name
		if spec.Comment != nil {
			for _, c := range spec.Comment.List {
				if _, given, ok := strings.Cut(c.Text, "@name "); ok {
					schema[name] = strings.TrimSpace(given)
				}
			}
		}
		return true
	})
}

// describe lists the fields of a struct, those of embedded structs in place.
func describe(body *ast.StructType, found map[string]*ast.StructType) wireType {
	var t wireType
	for _, field := range body.Fields.List {
		name, options := jsonTag(field)
		if embedded, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 && name == "" {
			if inner, ok := found[embedded.Name]; ok {
				d := describe(inner, found)
				t.fields = append(t.fields, d.fields...)
				t.optional = append(t.optional, d.optional...)
			}
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		t.fields = append(t.fields, name)
		if slices.Contains(options, "omitzero") {
			t.optional = append(t.optional, name)
		}
	}
	return t
}

// jsonTag returns the JSON name of a field and the options after it.
func jsonTag(field *ast.Field) (string, []string) {
	if field.Tag == nil {
		return "", nil
	}
	text, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return "", nil
	}
	parts := strings.Split(reflect.StructTag(text).Get("json"), ",")
	return parts[0], parts[1:]
}
