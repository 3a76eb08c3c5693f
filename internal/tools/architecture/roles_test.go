package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestNobodyAsksForARoleByName keeps what each role may do in the one table of
// internal/access: code asks for a permission instead.
func TestNobodyAsksForARoleByName(t *testing.T) {
	roles := map[string]bool{"Admin": true, "Reporter": true, "Analyst": true, "Supervisor": true, "visitor": true}
	named := func(e ast.Expr) bool {
		switch e := e.(type) {
		case *ast.Ident:
			return roles[e.Name]
		case *ast.SelectorExpr:
			of, ok := e.X.(*ast.Ident)
			return ok && of.Name == "access" && roles[e.Sel.Name]
		}
		return false
	}
	read := 0
	for _, root := range []string{"../../../internal", "../../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "/tools/") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			read++
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BinaryExpr:
					if (n.Op == token.EQL || n.Op == token.NEQ) && (named(n.X) || named(n.Y)) {
						t.Errorf("%s compares with a role", files.Position(n.Pos()))
					}
				case *ast.CaseClause:
					for _, e := range n.List {
						if named(e) {
							t.Errorf("%s chooses by a role", files.Position(n.Pos()))
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 100 {
		t.Errorf("only %d files were read", read)
	}
}
