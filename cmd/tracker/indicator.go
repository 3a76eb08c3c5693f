package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/api/openapi"
	"github.com/indicator-tracker/tracker/internal/fault"
)

type indicatorCommand struct {
	List indicatorListCommand `cmd:"" help:"List indicators, by any selection."`
	Show indicatorShowCommand `cmd:"" help:"Print all that is kept of an indicator."`
	Edit indicatorEditCommand `cmd:"" help:"Change fields of an indicator and print them before and after."`
}

func indicatorPath(code string) string { return "/api/v1/indicators/" + url.PathEscape(code) }

type indicatorShowCommand struct {
	databaseFlag
	outputFlags
	Code string `arg:"" help:"The indicator's code."`
}

// Run prints an indicator.
func (c indicatorShowCommand) Run(s *session) error {
	return c.ask(s, func(l local) error {
		if c.Format != "" {
			return c.pass(s, l, indicatorPath(c.Code), url.Values{})
		}
		var answer json.RawMessage
		if err := l.read(s.ctx, indicatorPath(c.Code), nil, &answer); err != nil {
			return err
		}
		leaves, err := leavesOf(answer, "")
		if err != nil {
			return err
		}
		return c.to(s, func(out io.Writer) error {
			t := table.NewWriter()
			t.SetStyle(table.StyleLight)
			t.AppendHeader(table.Row{"字段 field", "值 value"})
			t.SetColumnConfigs([]table.ColumnConfig{{Number: 1, WidthMax: 26}, {Number: 2, WidthMax: 66}})
			for _, f := range leaves {
				t.AppendRow(table.Row{f.path, f.value})
			}
			_, err := fmt.Fprintln(out, t.Render())
			return err
		})
	})
}

type indicatorEditCommand struct {
	databaseFlag
	Code      string   `arg:"" help:"The indicator's code."`
	Set       []string `required:"" sep:"none" env:"-" placeholder:"FIELD=VALUE" help:"A field and what it shall say; may be given several times. Fields within another after a point: target.value=230. Agencies with commas between; null clears. The fields: ${fields}."`
	IfVersion int      `env:"-" placeholder:"N" help:"Refuse when the indicator has another version by now; by default that which is there."`
}

// Help shows how fields are set.
func (indicatorEditCommand) Help() string {
	return `Examples:
  tracker indicator edit qingzhou-2023-14-1 --set name=新增公共充电桩数 --set due_on=2023-12-31
  tracker indicator edit qingzhou-2023-14-1 --set target.value=230 --if-version 3
  tracker indicator edit qingzhou-2023-14-1 --set lead_agencies=市工信局,市发改局 --set baseline=null`
}

// editable are the fields of an indicator that can be changed.
func editable() string {
	var names []string
	for _, f := range openapi.Fields("PatchIndicatorRequest") {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// Run changes an indicator as PATCH does, from the version that was read.
func (c indicatorEditCommand) Run(s *session) error {
	return c.change(s, func(l local) error {
		before, version, err := readWhole(l.send(s.ctx, http.MethodGet, indicatorPath(c.Code), nil, nil, nil))
		if err != nil {
			return err
		}
		body, err := changeOf(c.Set, before)
		if err != nil {
			return err
		}
		if c.IfVersion > 0 {
			version = strconv.Quote(strconv.Itoa(c.IfVersion))
		}
		header := http.Header{"Content-Type": {"application/json"}, "If-Match": {version}}
		after, _, err := readWhole(l.send(s.ctx, http.MethodPatch, indicatorPath(c.Code), nil, header, strings.NewReader(string(body))))
		if err != nil {
			return err
		}
		return printChange(s.out, before, after)
	})
}

// readWhole reads an answer and its ETag.
func readWhole(answer *http.Response, err error) (body json.RawMessage, tag string, _ error) {
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	return body, answer.Header.Get("ETag"), err
}

// changeOf is the body of a change: {"name":"…"} of name=…, and of target.value=230 the whole
// target that the indicator has, with another value.
func changeOf(settings []string, before json.RawMessage) ([]byte, error) {
	fields := openapi.Fields("PatchIndicatorRequest")
	refuse := func(zh, en string, args ...any) ([]byte, error) {
		return nil, fault.Newf(fault.InvalidParameter, zh, en, args...).At("--set")
	}
	change, given := map[string]any{}, map[string]bool{}
	for _, setting := range settings {
		path, text, found := strings.Cut(setting, "=")
		name, part, isPart := strings.Cut(path, ".")
		if !found || name == "" || isPart && part == "" {
			return refuse("应写作 字段=值，如 due_on=2023-12-31；收到的是“%s”", "FIELD=VALUE is expected, such as due_on=2023-12-31; %q was given", setting)
		}
		if given[path] {
			return refuse("“%s”给出了两次", "%q is given twice", path)
		}
		given[path] = true
		isList := slices.ContainsFunc(fields, func(f openapi.Field) bool { return f.Name == path && f.List })
		value := valueOf(text, isList)
		if raw, ok := value.(json.RawMessage); ok && !json.Valid(raw) {
			return refuse("“%s”的值不是 JSON", "the value of %q is no JSON", path)
		}
		if !isPart {
			change[name] = value
			continue
		}
		whole, ok := change[name].(map[string]any)
		if !ok {
			whole = partsOf(before, name)
			change[name] = whole
		}
		whole[part] = value
	}
	return json.Marshal(change)
}

// partsOf are the fields of an object within an indicator.
func partsOf(indicator json.RawMessage, name string) map[string]any {
	var all row
	_ = json.Unmarshal(indicator, &all) // an answer of the service
	parts := map[string]any{}
	for part, value := range all.object(name) {
		parts[part] = value
	}
	return parts
}

// valueOf is a value as a body holds it: null, JSON of a list or an object, a list of texts, or
// a text, which numbers may be too.
func valueOf(text string, isList bool) any {
	switch {
	case text == "null":
		return nil
	case strings.HasPrefix(text, "{") || strings.HasPrefix(text, "["):
		return json.RawMessage(text)
	case isList:
		words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == '、' })
		for i := range words {
			words[i] = strings.TrimSpace(words[i])
		}
		return append([]string{}, words...)
	}
	return text
}

// printChange prints the fields that differ.
func printChange(out io.Writer, before, after json.RawMessage) error {
	was, err := leavesOf(before, "")
	if err != nil {
		return err
	}
	is, err := leavesOf(after, "")
	if err != nil {
		return err
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"字段 field", "改前 before", "改后 after"})
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 1, WidthMax: 24}, {Number: 2, WidthMax: 32}, {Number: 3, WidthMax: 32}})
	valueIn := func(leaves []leaf, path string) string {
		if i := slices.IndexFunc(leaves, func(f leaf) bool { return f.path == path }); i >= 0 {
			return leaves[i].value
		}
		return nothing
	}
	for _, f := range is {
		if earlier := valueIn(was, f.path); earlier != f.value {
			t.AppendRow(table.Row{f.path, earlier, f.value})
		}
	}
	for _, f := range was {
		if !slices.ContainsFunc(is, func(x leaf) bool { return x.path == f.path }) {
			t.AppendRow(table.Row{f.path, f.value, nothing})
		}
	}
	if t.Length() == 0 {
		_, err := fmt.Fprintln(out, "内容未变 / nothing changed")
		return err
	}
	_, err = fmt.Fprintln(out, t.Render())
	return err
}
