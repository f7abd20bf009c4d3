package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"agentdesk/internal/catalogue"
)

// sources are the packages whose texts people read.
var sources = []string{"views", "handlers", "desk", "upstream", "auth", "relay", "cmd/web", "internal/store", "internal/push"}

// goTexts are all string literals of the program, generated code included.
func goTexts(t *testing.T) (out []catalogue.Use) {
	t.Helper()
	for _, dir := range sources {
		files, _ := filepath.Glob("../" + dir + "/*.go")
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, literalsOf(set, parsed)...)
		}
	}
	if len(out) < 1000 {
		t.Fatalf("only %d literals were found", len(out))
	}
	return out
}

// keyed are the calls that take a text for people, and at which places; headers
// are those that name a header.
var (
	keyed = map[string][]int{
		"T": {0}, "N": {1, 2}, "around": {0}, "Fail": {1}, "Failf": {1}, "Wrap": {1}, "badRequest": {0},
	}
	headers = map[string]bool{"Get": true, "Set": true, "Add": true, "Del": true, "Values": true}
)

func literalsOf(set *token.FileSet, file *ast.File) (out []catalogue.Use) {
	keys := map[*ast.BasicLit]string{}
	quiet := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			name := called(n.Fun)
			if logs(n.Fun) || name == "Errorf" || name == "New" {
				quiet[n] = true
			}
			for i, a := range n.Args {
				if l, ok := a.(*ast.BasicLit); ok && slices.Contains(keyed[name], i) {
					keys[l] = name
				} else if ok && headers[name] {
					quiet[l] = true
				}
			}
			return !quiet[n]
		case *ast.KeyValueExpr: // of a desk.Error, and of what pages are drawn from
			if k, ok := n.Key.(*ast.Ident); ok && (k.Name == "Text" || k.Name == "Error" || k.Name == "Message") {
				if l, ok := n.Value.(*ast.BasicLit); ok {
					keys[l] = k.Name
				}
			}
		case *ast.Field:
			if n.Tag != nil {
				quiet[n.Tag] = true
			}
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && !quiet[n] {
				out = append(out, catalogue.Use{Where: set.Position(n.Pos()).String(), Call: keys[n], Text: text})
			}
		}
		return true
	})
	return out
}

func called(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

// logs reports whether a call writes to the log.
func logs(fun ast.Expr) bool {
	s, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	switch x := s.X.(type) {
	case *ast.Ident:
		return x.Name == "log" || x.Name == "slog"
	case *ast.SelectorExpr:
		return x.Sel.Name == "log"
	}
	return false
}

// scriptTexts are all string literals of the scripts.
func scriptTexts(t *testing.T) []catalogue.Use {
	t.Helper()
	out := catalogue.Scripts(t, "../static/js/*.js")
	if len(out) < 300 {
		t.Fatalf("only %d literals were found in scripts", len(out))
	}
	return out
}
