package views

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Ways around templ's escaping are not used; raw markup is written in few files,
// and only literals go there.
func TestNoWayAroundEscaping(t *testing.T) {
	banned := regexp.MustCompile(`templ\.(Raw|SafeURL|SafeCSS|JSUnsafe|SafeScript|ToGoHTML|URL\()|unsafe\.`)
	writes := regexp.MustCompile(`\.raw\(|io\.WriteString`)
	byHand := map[string]bool{"sections.go": true, "markup.go": true, "row.go": true, "alert.go": true, "rowmarks.go": true, "eventdraw.go": true, "prose.go": true, "icon.go": true, "quote.go": true, "breaks.go": true}
	// What raw may get besides literals: constants of this package, numbers, and
	// what DOMID made safe.
	known := regexp.MustCompile("^(`[^`]*`( \\+ (name|pictures\\[name\\]) \\+ `[^`]*`)*|\"[^\"]*\"|picture|attribute|form|word|ref|v\\.ID|v\\.class\\(\\)|lineClass\\(v\\.Ev\\)|e\\.urgency\\([\\w., ]+\\)|e\\.waited\\(t\\)|e\\.form\\(form, t\\)|capped\\([\\w.]+\\)|DOMID\\([\\w.]+\\))$")
	// The exported page is written in pieces: only literals and the language.
	pieces := regexp.MustCompile("^\\t@templ\\.Raw\\((\"[^\"]*\"|`[^`]*`( \\+ o\\.Words\\.(Code|Direction)\\(\\) \\+ `[^`]*`)*)\\)$")
	files, _ := filepath.Glob("*")
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || !strings.HasSuffix(f, ".go") && !strings.HasSuffix(f, ".templ") {
			continue
		}
		body, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		for i, line := range strings.Split(string(body), "\n") {
			if strings.HasSuffix(f, "_templ.go") {
				break
			}
			if m := banned.FindString(line); m != "" && !pieces.MatchString(line) {
				t.Errorf("%s:%d: %s", f, i+1, m)
			}
			if writes.MatchString(line) && !byHand[f] {
				t.Errorf("%s:%d writes markup by hand", f, i+1)
			}
			at := strings.Index(line, "m.raw(")
			if at < 0 || !strings.HasSuffix(line, ")") {
				continue
			}
			for _, arg := range arguments(line[at+len("m.raw(") : len(line)-1]) {
				if !known.MatchString(arg) {
					t.Errorf("%s:%d: raw gets %s, which is no literal", f, i+1, arg)
				}
			}
		}
	}
}

// arguments splits a call's arguments at its top level.
func arguments(s string) (out []string) {
	depth, from, quote := 0, 0, rune(0)
	for i, c := range s {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '`' || c == '"':
			quote = c
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == ',' && depth == 0:
			out = append(out, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	return append(out, strings.TrimSpace(s[from:]))
}

// Committed templ output is what the sources give.
func TestGeneratedIsFresh(t *testing.T) {
	sources, _ := filepath.Glob("*.templ")
	if len(sources) < 5 {
		t.Fatalf("only %d templ files found", len(sources))
	}
	dir := t.TempDir()
	for _, s := range sources {
		body, err := os.ReadFile(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, s), body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command("go", "tool", "templ", "generate", "-path", dir).CombinedOutput(); err != nil {
		t.Fatalf("templ generate: %v\n%s", err, out)
	}
	for _, s := range sources {
		name := strings.TrimSuffix(s, ".templ") + "_templ.go"
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		if !bytes.Equal(want, got) {
			t.Errorf("%s is not what %s gives: run make generate", name, s)
		}
	}
	outputs, _ := filepath.Glob("*_templ.go")
	if len(outputs) != len(sources) {
		t.Errorf("%d generated files for %d sources: delete what is left over", len(outputs), len(sources))
	}
}
