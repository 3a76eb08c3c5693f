package main

import (
	"github.com/getkin/kin-openapi/openapi3"
)

// tableExtension marks an operation whose rows can be had as tables (@x-table true), with
// "sdmx" also as SDMX-CSV.
const tableExtension = "x-table"

// tableFormats are the formats of tables with their media types, beside JSON.
var tableFormats = []struct{ name, media string }{
	{"ndjson", "application/x-ndjson"},
	{"csv", "text/csv"},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"parquet", "application/vnd.apache.parquet"},
	{sdmxFormat, "application/vnd.sdmx.data+csv"},
}

const (
	sdmxFormat      = "sdmx-csv"
	formatParameter = "format"
)

// offerTables gives the marked operations the parameters that tables have in common, and
// their media types.
func offerTables(op *openapi3.Operation) error {
	mark, marked := op.Extensions[tableExtension]
	if !marked {
		return nil
	}
	delete(op.Extensions, tableExtension)
	formats := []any{"json"}
	answer := op.Responses.Value("200").Value
	for _, f := range tableFormats {
		if f.name == sdmxFormat && mark != "sdmx" {
			continue
		}
		formats = append(formats, f.name)
		answer.Content[f.media] = openapi3.NewMediaType().WithSchemaRef(binary())
	}
	if answer.Headers == nil {
		answer.Headers = openapi3.Headers{}
	}
	answer.Headers["Content-Disposition"] = &openapi3.HeaderRef{Value: &openapi3.Header{Parameter: openapi3.Parameter{
		Description: "表格的文件名 · name of the file that a table is", Schema: openapi3.NewStringSchema().NewRef(),
	}}}
	add := func(name, description string, schema *openapi3.Schema) {
		op.AddParameter(openapi3.NewQueryParameter(name).WithDescription(description).WithSchema(schema))
	}
	add(formatParameter, "格式，先于 Accept；除 json 外不写 limit 即为全部行 · format, before Accept; all but json have every row unless limit is given",
		openapi3.NewStringSchema().WithEnum(formats...).WithDefault("json"))
	add("headings", "表头：字段名、中文或英文，默认字段名，Accept-Language 为中文时中文 · headings: names of the fields, Chinese or English; the names by default, Chinese where Accept-Language asks for it",
		openapi3.NewStringSchema().WithEnum("names", "zh", "en"))
	add("bom", "CSV 以字节顺序标记开头，便于 Excel 识别 UTF-8 · begin a CSV with a byte-order mark, by which Excel knows UTF-8",
		openapi3.NewBoolSchema())
	return nil
}

// hasTables says that the operation answers with tables too.
func (c call) hasTables() bool {
	return c.Parameters.GetByInAndName(openapi3.ParameterInQuery, formatParameter) != nil
}
