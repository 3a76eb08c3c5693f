package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
)

// wordsExtension names the type whose words a field or parameter may have, such as
// x-words=indicator.Kind: the contract lists its exported constants, so that they
// stand in the source once.
const wordsExtension = "x-words"

// wordLists holds the exported constants of types of text, by package and type.
type wordLists map[string][]any

// readWords reads the constants of the packages below a folder, tests left out.
func readWords(folder string) (wordLists, error) {
	lists := wordLists{}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.go"))
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.CONST {
				lists.collect(file.Name.Name, decl)
			}
		}
	}
	return lists, nil
}

func (l wordLists) collect(pkg string, decl *ast.GenDecl) {
	for _, s := range decl.Specs {
		spec, ok := s.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 || !spec.Names[0].IsExported() {
			continue
		}
		kind, ok := spec.Type.(*ast.Ident)
		value, literal := spec.Values[0].(*ast.BasicLit)
		if !ok || !literal || value.Kind != token.STRING {
			continue
		}
		if word, err := strconv.Unquote(value.Value); err == nil {
			name := pkg + "." + kind.Name
			l[name] = append(l[name], word)
		}
	}
}

// spell replaces, in a document of plain JSON values, the extension by the words that
// it stands for.
func (l wordLists) spell(v any) error {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if err := l.spell(one); err != nil {
				return err
			}
		}
	case map[string]any:
		if named, ok := v[wordsExtension]; ok {
			words := l[fmt.Sprint(named)]
			if len(words) == 0 {
				return fmt.Errorf("%s=%v: there is no such type with exported constants of text", wordsExtension, named)
			}
			delete(v, wordsExtension)
			if items, ok := v["items"].(map[string]any); ok {
				items["enum"] = words
			} else {
				v["enum"] = words
			}
		}
		for _, one := range v {
			if err := l.spell(one); err != nil {
				return err
			}
		}
	}
	return nil
}
