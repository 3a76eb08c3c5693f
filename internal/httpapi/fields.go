package httpapi

import (
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"
)

// fieldSet are fields of the rows of a list, in the order of their struct; nil are all.
type fieldSet []rowField

type rowField struct {
	name  string
	index []int
}

// fieldsOf reads which fields of its rows a list shall have. It refuses what is none of them.
func fieldsOf[R any](p *params) fieldSet {
	asked := filter{}.values(p.values["fields"])
	if len(asked) == 0 {
		return nil
	}
	all := rowFields(reflect.TypeFor[R](), nil)
	for _, name := range asked {
		if !slices.ContainsFunc(all, func(f rowField) bool { return f.name == name }) {
			var names []string
			for _, f := range all {
				names = append(names, f.name)
			}
			p.fail("fields", "没有字段“%s”，可用的有：%s", "there is no field %q; those of a row are: %s", clipped(name), strings.Join(names, ", "))
		}
	}
	return slices.DeleteFunc(all, func(f rowField) bool { return !slices.Contains(asked, f.name) })
}

// rowFields are the fields of a type of rows, those of embedded ones in place.
func rowFields(t reflect.Type, at []int) (fields []rowField) {
	for i := range t.NumField() {
		f, index := t.Field(i), append(slices.Clone(at), i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			fields = append(fields, rowFields(f.Type, index)...)
		case name != "" && name != "-":
			fields = append(fields, rowField{name, index})
		}
	}
	return fields
}

// names are those of the fields; none for all.
func (s fieldSet) names() (names []string) {
	for _, f := range s {
		names = append(names, f.name)
	}
	return names
}

// clipped keeps the echo of bad input short.
func clipped(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// some is a row with some of its fields, which are there whether or not they are empty.
type some[R any] struct {
	row    *R
	fields fieldSet
}

// MarshalJSONTo implements json.MarshalerTo.
func (s some[R]) MarshalJSONTo(out *jsontext.Encoder) error {
	if err := out.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	row := reflect.ValueOf(s.row).Elem()
	for _, f := range s.fields {
		if err := out.WriteToken(jsontext.String(f.name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(out, row.FieldByIndex(f.index).Addr().Interface()); err != nil {
			return err
		}
	}
	return out.WriteToken(jsontext.EndObject)
}

// withFields are rows with some of their fields, or whole ones.
func withFields[R any](fields fieldSet, rows []R) any {
	if fields == nil {
		return rows
	}
	parts := make([]some[R], len(rows))
	for i := range rows {
		parts[i] = some[R]{&rows[i], fields}
	}
	return parts
}

// answerPage answers a page of a list, of which the contract has the type: rows with the fields
// that are asked for, and the cursor of the next page, nil at the end.
func answerPage[R any](c echo.Context, fields fieldSet, rows []R, next *string) error {
	return c.JSON(http.StatusOK, struct {
		Items      any     `json:"items"`
		NextCursor *string `json:"next_cursor"`
	}{withFields(fields, rows), next})
}
