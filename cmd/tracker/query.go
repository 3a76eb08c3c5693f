package main

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/indicator-tracker/tracker/api/openapi"
)

// queryFlags are the flags of a command that asks an operation of the contract: one for each
// parameter of its query, with underscores as hyphens.
type queryFlags struct {
	reads openapi.Operation
	// values is the struct that kong fills, a field for each of the parameters.
	values reflect.Value
	// parameters are those that there is a flag for.
	parameters []openapi.Parameter
}

// flagsOf makes the flags of an operation, but for those that the command sets itself.
func flagsOf(id string, others ...string) *queryFlags {
	f := &queryFlags{reads: openapi.Reading(id)}
	var fields []reflect.StructField
	for _, p := range f.reads.Query {
		if slices.Contains(others, p.Name) {
			continue
		}
		f.parameters = append(f.parameters, p)
		fields = append(fields, flagOf(p, len(fields)))
	}
	f.values = reflect.New(reflect.StructOf(fields)).Elem()
	return f
}

// plugins are the flags as kong takes them.
func (f *queryFlags) plugins() kong.Plugins { return kong.Plugins{f.values.Addr().Interface()} }

// flagOf is the field of a parameter's flag. It has no twin in the environment: what is asked
// is no setting.
func flagOf(p openapi.Parameter, i int) reflect.StructField {
	kind, placeholder := reflect.TypeFor[string](), "TEXT"
	switch {
	case p.List:
		kind = reflect.TypeFor[[]string]()
	case p.Type == "boolean":
		kind = reflect.TypeFor[*bool]()
	}
	help := p.Description
	switch {
	case len(p.Words) > 0:
		placeholder = "WORD"
		help += "：" + strings.Join(p.Words, ", ")
	case p.Type == "number" || p.Type == "integer":
		placeholder = "N"
	case strings.Contains(string(p.Schema), `"date-time"`):
		placeholder = "TIME"
	case strings.Contains(string(p.Schema), `"date"`):
		placeholder = "DATE"
	}
	if p.List {
		placeholder += ",…"
	}
	tag := fmt.Sprintf(`name:%q env:"-" sep:"none" help:%q`, flagName(p.Name), strings.ReplaceAll(help, "$", "$$"))
	if p.Type != "boolean" {
		tag += fmt.Sprintf(` placeholder:%q`, placeholder)
	}
	return reflect.StructField{Name: "Parameter" + strconv.Itoa(i), Type: kind, Tag: reflect.StructTag(tag)}
}

func flagName(parameter string) string { return strings.ReplaceAll(parameter, "_", "-") }

// query is what the flags say.
func (f *queryFlags) query() url.Values {
	query := url.Values{}
	for i, p := range f.parameters {
		switch value := f.values.Field(i).Interface().(type) {
		case string:
			if value != "" {
				query.Set(p.Name, value)
			}
		case []string:
			if len(value) > 0 {
				query[p.Name] = p.Encode(value)
			}
		case *bool:
			if value != nil {
				query.Set(p.Name, strconv.FormatBool(*value))
			}
		}
	}
	return query
}
