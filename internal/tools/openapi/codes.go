package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// code is a code of errors with its status and its titles.
type code struct {
	Code   string
	Status int
	ZH, EN string
}

// Again says that the same request may succeed later.
func (c code) Again() bool {
	return c.Status == http.StatusTooManyRequests || c.Status == http.StatusServiceUnavailable
}

// readCodes reads the codes from the source that declares them, by status.
func readCodes(l layout) ([]code, error) {
	declared, titles, err := readTitles(l.codes)
	if err != nil {
		return nil, err
	}
	statuses, err := readStatuses(l.status)
	if err != nil {
		return nil, err
	}
	var codes []code
	for _, d := range declared {
		title, status := titles[d.name], statuses[d.name]
		if len(title) != 2 || status == 0 {
			return nil, fmt.Errorf("the code %s has no title in two languages or no status", d.word)
		}
		codes = append(codes, code{d.word, status, title[0], title[1]})
	}
	if len(codes) == 0 {
		return nil, fmt.Errorf("%s declares no code", l.codes)
	}
	slices.SortStableFunc(codes, func(a, b code) int { return a.Status - b.Status })
	return codes, nil
}

// constant is a constant of text by its name in Go.
type constant struct{ name, word string }

// readTitles reads constants of the type Code in their order, and the map from them to titles.
func readTitles(file string) (declared []constant, titles map[string][]string, err error) {
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return nil, nil, err
	}
	titles = map[string][]string{}
	ast.Inspect(source, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if kind, ok := n.Type.(*ast.Ident); ok && kind.Name == "Code" && len(n.Values) == 1 {
				declared = append(declared, constant{n.Names[0].Name, text(n.Values[0])})
			}
		case *ast.KeyValueExpr:
			key, isName := n.Key.(*ast.Ident)
			value, isList := n.Value.(*ast.CompositeLit)
			if isName && isList {
				for _, one := range value.Elts {
					titles[key.Name] = append(titles[key.Name], text(one))
				}
			}
		}
		return true
	})
	return declared, titles, nil
}

// readStatuses reads a map from fault.Code to http.StatusName.
func readStatuses(file string) (map[string]int, error) {
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return nil, err
	}
	statuses := map[string]int{}
	ast.Inspect(source, func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			of, isCode := pair.Key.(*ast.SelectorExpr)
			status, isStatus := pair.Value.(*ast.SelectorExpr)
			if isCode && isStatus {
				statuses[of.Sel.Name] = statusNamed(status.Sel.Name)
			}
		}
		return true
	})
	return statuses, nil
}

// statusNamed is the status of a constant of net/http, 0 for none.
func statusNamed(name string) int {
	for status := 400; status < 600; status++ {
		if words := http.StatusText(status); words != "" && "Status"+strings.ReplaceAll(words, " ", "") == name {
			return status
		}
	}
	return 0
}

func text(e ast.Expr) string {
	literal, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	word, err := strconv.Unquote(literal.Value)
	if err != nil {
		return ""
	}
	return word
}

const againZH, againEN = "等 Retry-After 后原样重发", "the same again after Retry-After"

// codesAsMarkdown is the list for docs.
func codesAsMarkdown(codes []code) []byte {
	var b bytes.Buffer
	b.WriteString("# 错误代码 · Error codes\n\n" +
		"由 `make generate` 从代码生成，勿手改 · Made from the source by `make generate`; not to be edited.\n\n" +
		"| code | 状态 · status | 含义 | meaning | 重试 · retry |\n|---|---|---|---|---|\n")
	for _, c := range codes {
		again := ""
		if c.Again() {
			again = againZH + " · " + againEN
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s | %s |\n", c.Code, c.Status, c.ZH, c.EN, again)
	}
	return b.Bytes()
}

var codesPage = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>错误代码 · Error codes</title>
  <link rel="icon" type="image/png" sizes="32x32" href="favicon-32x32.png">
  <link rel="stylesheet" href="page.css">
</head>
<body class="codes">
  <nav class="documents" aria-label="接口文档"><a href="./">API</a></nav>
  <main>
    <h1>错误代码 <span lang="en">· Error codes</span></h1>
    <table>
      <thead><tr><th scope="col">code</th><th scope="col">状态 <span lang="en">· status</span></th><th scope="col">含义 <span lang="en">· meaning</span></th></tr></thead>
      <tbody>
{{- range .Codes}}
        <tr id="{{.Code}}"><th scope="row"><code>{{.Code}}</code></th><td>{{.Status}}</td><td>{{.ZH}} <span lang="en">· {{.EN}}</span>{{if .Again}}<br>{{$.ZH}} <span lang="en">· {{$.EN}}</span>{{end}}</td></tr>
{{- end}}
      </tbody>
    </table>
  </main>
</body>
</html>
`))

// codesAsPage is the list as a page beside the one that shows the contract.
func codesAsPage(codes []code) ([]byte, error) {
	var b bytes.Buffer
	err := codesPage.Execute(&b, struct {
		Codes  []code
		ZH, EN string
	}{codes, againZH, againEN})
	return b.Bytes(), err
}
