package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// use is a text that stands in a source.
type use struct {
	where string
	call  string // T, N or around, where it is the key of such a call; else ""
	text  string
}

// sources are the packages whose texts people read.
var sources = []string{"views", "handlers", "desk", "upstream", "auth", "relay", "cmd/web", "internal/store", "internal/push"}

// goTexts are all string literals of the program, generated code included.
func goTexts(t *testing.T) (out []use) {
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

func literalsOf(set *token.FileSet, file *ast.File) (out []use) {
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
				if l, ok := a.(*ast.BasicLit); ok && (name == "T" && i == 0 || name == "N" && (i == 1 || i == 2) || name == "around") {
					keys[l] = name
				}
			}
			return !quiet[n]
		case *ast.Field:
			if n.Tag != nil {
				quiet[n.Tag] = true
			}
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && !quiet[n] {
				out = append(out, use{set.Position(n.Pos()).String(), keys[n], text})
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

var (
	quoted   = regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"|` + "`[^`\n]*`")
	inserted = regexp.MustCompile(`\$\{[^}]*\}`) // of a template literal
	slashes  = regexp.MustCompile(`(^|\s)//.*$`)
	starred  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	keyBegin = regexp.MustCompile(`\b(T|around)\($`)
	oneBegin = regexp.MustCompile(`\bN\([^"]*(?:"[^"]*", )?$`)
)

// scriptTexts are all string literals of the scripts.
func scriptTexts(t *testing.T) (out []use) {
	t.Helper()
	files, _ := filepath.Glob("../static/js/*.js")
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		plain := starred.ReplaceAllStringFunc(string(body), func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
		for i, line := range strings.Split(plain, "\n") {
			line = slashes.ReplaceAllString(line, "")
			for _, m := range quoted.FindAllStringIndex(line, -1) {
				u := use{where: file + ":" + strconv.Itoa(i+1), text: line[m[0]+1 : m[1]-1]}
				u.text = inserted.ReplaceAllString(u.text, "%s")
				if text, err := strconv.Unquote(line[m[0]:m[1]]); err == nil && line[m[0]] == '"' {
					u.text = text
				}
				switch before := line[:m[0]]; {
				case keyBegin.MatchString(before):
					u.call = "T"
				case oneBegin.MatchString(before):
					u.call = "N"
				}
				out = append(out, u)
			}
		}
	}
	if len(out) < 300 {
		t.Fatalf("only %d literals were found in scripts", len(out))
	}
	return out
}
