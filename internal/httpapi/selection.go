package httpapi

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// filter is a query parameter that a field of a selection declares, with the field to be
// filled.
type filter struct {
	name  string
	field reflect.Value
	tag   reflect.StructTag
}

// filtersOf are the parameters that structs declare; each is given by its address.
func filtersOf(selections []any) (list []filter) {
	for _, s := range selections {
		list = appendFilters(list, reflect.ValueOf(s).Elem())
	}
	return list
}

func appendFilters(list []filter, v reflect.Value) []filter {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			list = appendFilters(list, v.Field(i))
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		list = append(list, filter{name: name, field: v.Field(i), tag: f.Tag})
	}
	return list
}

// isList says that the parameter may be given more than once, and holds any of its values.
func (f filter) isList() bool { return f.field.Kind() == reflect.Slice }

// bound is the number that a tag declares, or another without one.
func (f filter) bound(tag string, without int) int {
	n, err := strconv.Atoi(f.tag.Get(tag))
	if err != nil {
		return without
	}
	return n
}

// mostCharacters is how long a value may be.
func (f filter) mostCharacters() int { return f.bound("maxLength", maxWords) }

// values are those of a parameter: parts of a text between commas, unless names may hold one.
// Empty ones count only where they mean something.
func (f filter) values(given []string) (list []string) {
	for _, text := range given {
		parts := []string{text}
		if f.tag.Get("split") != "no" {
			parts = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' })
		}
		for _, s := range parts {
			if s = strings.TrimSpace(s); s != "" || f.tag.Get("blank") == "yes" {
				list = append(list, s)
			}
		}
	}
	return list
}

// querySelecting reads the parameters that selections declare, each of which is given by its
// address, and refuses those that neither they nor the names beside them know.
func querySelecting(c echo.Context, selections []any, others ...string) *params {
	filters := filtersOf(selections)
	var lists, single []string
	for _, f := range filters {
		if f.isList() {
			lists = append(lists, f.name)
		} else {
			single = append(single, f.name)
		}
	}
	for _, name := range others {
		if name == "fields" || name == "sort" {
			lists = append(lists, name)
		} else {
			single = append(single, name)
		}
	}
	p := queryOf(c, lists, single...)
	for _, f := range filters {
		p.fill(f)
	}
	p.checkBounds(filters)
	for _, s := range selections {
		if v, ok := s.(interface{ Validate() error }); ok && p.err == nil {
			p.err = v.Validate()
		}
	}
	return p
}

// fill reads a parameter into its field.
func (p *params) fill(f filter) {
	if !f.isList() {
		p.fillOne(f)
		return
	}
	values := f.values(p.values[f.name])
	most := f.bound("maxItems", indicator.DefaultValues)
	if len(values) > most {
		p.fail(f.name, "一次最多 %d 个取值", "at most %d values may be given", most)
		return
	}
	for _, s := range values {
		if !isPlainWithin(s, f.mostCharacters()) {
			p.failPlain(f.name, f.mostCharacters())
			return
		}
		element := reflect.New(f.field.Type().Elem()).Elem()
		switch words, isWord := element.Interface().(interface{ Words() []string }); {
		case isWord:
			word, err := indicator.ParseWord(s, words.Words())
			p.keep(f.name, err)
			element.SetString(word)
		case element.Kind() == reflect.Int:
			element.SetInt(int64(p.wholeFrom(0, f.name, s)))
		default:
			element.SetString(s)
		}
		f.field.Set(reflect.Append(f.field, element))
	}
}

// fillOne reads a parameter that may be given once. An empty one counts as left out.
func (p *params) fillOne(f filter) {
	s := p.text(f.name)
	if s == "" {
		return
	}
	if !isPlainWithin(s, f.mostCharacters()) {
		p.failPlain(f.name, f.mostCharacters())
		return
	}
	switch field := f.field.Addr().Interface().(type) {
	case *string:
		*field = s
	case *indicator.Date:
		*field = p.date(f.name)
	case *time.Time:
		*field = p.moment(f.name)
	case **quantity.Number:
		n, err := quantity.ParseNumber(s)
		p.keep(f.name, err)
		*field = &n
	case **bool:
		b := p.flag(f.name)
		*field = &b
	default:
		panic("httpapi: no parameter is read into a " + f.field.Type().String())
	}
}

// checkBounds refuses a range whose end is before its beginning.
func (p *params) checkBounds(filters []filter) {
	for _, low := range filters {
		name, isFrom := strings.CutSuffix(low.name, "_from")
		end := name + "_to"
		if !isFrom {
			name, isFrom = strings.CutSuffix(low.name, "_min")
			end = name + "_max"
		}
		at := slices.IndexFunc(filters, func(f filter) bool { return f.name == end })
		if isFrom && at >= 0 && compareBounds(low.field, filters[at].field) > 0 {
			p.fail(end, "%[1]s 不能小于 %[2]s", "%[1]s must not be less than %[2]s", end, low.name)
		}
	}
}

// compareBounds orders two bounds of one type; what is not given is in order with anything.
func compareBounds(low, high reflect.Value) int {
	if low.IsZero() || high.IsZero() {
		return 0
	}
	switch low := low.Interface().(type) {
	case indicator.Date:
		return cmp.Compare(low.String(), high.Interface().(indicator.Date).String())
	case time.Time:
		return low.Compare(high.Interface().(time.Time))
	case *quantity.Number:
		return low.Cmp(*high.Interface().(*quantity.Number))
	}
	return 0
}

// failPlain refuses a text that nothing can be named by.
func (p *params) failPlain(name string, most int) {
	p.fail(name, "应为 UTF-8 文本，最长 %d 个字符，不能含有控制字符", "UTF-8 text of at most %d characters, none of them a control character, is expected", most)
}

// positive reads a whole number from 1 up.
func (p *params) positive(name, s string) int { return p.wholeFrom(1, name, s) }

// wholeFrom reads a whole number from a least one up.
func (p *params) wholeFrom(least int64, name, s string) int {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < least {
		p.fail(name, "应为不小于 %d 的整数", "a whole number from %d up is expected", least)
	}
	return int(n)
}
