package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "agentdesk"

// may is the import table of docs/architecture.md: package → packages of ours
// it may import. A folder's entry holds for the folders below it too. "*" is
// everything.
var may = map[string][]string{
	"desk":               {},
	"desk/report":        {"desk"},
	"protocol":           {},
	"protocol/version":   {"protocol"},
	"static":             {"words"},
	"words":              {},
	"internal/axe":       {},
	"internal/catalogue": {},
	"internal/backoff":   {},
	"internal/archtest":  {},
	"internal/sqlite":    {},
	"internal/store":     {"desk", "internal/sqlite"},
	"internal/push":      {"desk"},
	"internal/testkit":   {"desk", "protocol"},
	"internal/nonblock":  {},
	"upstream":           {"desk", "protocol", "internal/backoff", "internal/nonblock"},
	"relay":              {"desk", "internal/nonblock"},
	"auth":               {"desk"},
	"views":              {"desk", "static", "words", "views"},
	"handlers":           {"desk", "auth", "views", "relay", "static", "words"},
	"chatserver":         {"protocol", "chatserver", "internal/sqlite"},
	"cmd/web":            {"*"},
	"cmd/bench":          {"*"},
}

// never are outside packages that must not reach a room.
var never = map[string][]string{
	"desk":     {"net/http", "github.com/"},
	"protocol": {"net", "github.com/gorilla"},
	"views":    {"net/http", "github.com/labstack", "github.com/gorilla"},
	"handlers": {"github.com/gorilla/websocket", "github.com/r3labs"},
	"auth":     {"github.com/r3labs"},
	"upstream": {"github.com/labstack", "github.com/r3labs"},
}

func TestImports(t *testing.T) {
	for dir, files := range sources(t) {
		room, allowed := table(dir)
		if room == "" {
			t.Errorf("%s is not in the import table: add it there and to docs/architecture.md", dir)
			continue
		}
		for path, file := range files {
			test := strings.HasSuffix(path, "_test.go")
			for _, spec := range file.Imports {
				target, _ := strconv.Unquote(spec.Path.Value)
				if ours, ok := strings.CutPrefix(target, module+"/"); ok {
					if !test && !slices.Contains(allowed, "*") && !within(ours, append(allowed, room)) {
						t.Errorf("%s imports %s, which %s must not", path, ours, room)
					}
					continue
				}
				for _, bad := range never[room] {
					if !test && (target == bad || strings.HasPrefix(target, bad)) && !(bad == "net" && target != "net") {
						t.Errorf("%s imports %s, which %s must not", path, target, room)
					}
				}
			}
		}
	}
}

func TestEveryPackageHasDoc(t *testing.T) {
	for dir, files := range sources(t) {
		found := false
		for path, file := range files {
			found = found || filepath.Base(path) == "doc.go" && file.Doc != nil
		}
		if !found {
			t.Errorf("%s has no doc.go with a package comment", dir)
		}
	}
}

func TestExportedNamesHaveComments(t *testing.T) {
	for _, files := range sources(t) {
		for path, file := range files {
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
				continue
			}
			for _, decl := range file.Decls {
				if name := uncommented(decl); name != "" {
					t.Errorf("%s: %s is exported without a comment", path, name)
				}
			}
		}
	}
}

// uncommented names the first exported thing of a declaration without comment.
func uncommented(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || receiver(d).IsExported()) {
			return d.Name.Name
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					return s.Name.Name
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
						return n.Name
					}
				}
			}
		}
	}
	return ""
}

func receiver(d *ast.FuncDecl) *ast.Ident {
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			return x
		default:
			return ast.NewIdent("_")
		}
	}
}

// table finds a folder's entry, its own or that of a folder above.
func table(dir string) (string, []string) {
	for room := dir; room != "."; room = filepath.Dir(room) {
		if allowed, ok := may[room]; ok {
			return room, allowed
		}
	}
	return "", nil
}

func within(pkg string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(r string) bool { return pkg == r || strings.HasPrefix(pkg, r+"/") })
}

// sources parses every Go file of the module, by folder.
func sources(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	root := filepath.Join("..", "..")
	out := map[string]map[string]*ast.File{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() {
			if base := d.Name(); rel != "." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "tools" || base == "data") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(rel))
		if out[dir] == nil {
			out[dir] = map[string]*ast.File{}
		}
		out[dir][filepath.ToSlash(rel)] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 5 {
		t.Fatalf("only %d packages found: the walk is broken", len(out))
	}
	return out
}
