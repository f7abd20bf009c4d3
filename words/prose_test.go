package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	templ "github.com/a-h/templ/parser/v2"

	"agentdesk/internal/catalogue"
)

var (
	sentence = regexp.MustCompile(`^[A-Z][\w’']*[ ,].*[.…?!]$`)
	patterns = regexp.MustCompile(`^\{(weekday|day)\}`) // of dates
	classes  = catalogue.ClassesOf("../static/css/*.css")
)

// notRead are literals that look like texts and are none: names of products,
// headers, times in Go's words. The key is the file's name and the text, or the
// file's name alone.
var notRead = map[string]bool{
	"device.go":          true, // names of browsers and systems
	"options.go":         true, // what is told to those who start the program
	"main.go":            true,
	"config.go":          true,
	"settings.go":        true,
	"metrics.go":         true, // what is told to those who run it
	"emoji.js":           true, // short names of emoji, the same in every chat program
	"panel.go Android":   true, // words of user agents and of zones
	"panel.go Mobile":    true,
	"panel.go Local":     true,
	"thread.go moved to": true, // an error that nobody sees: it is an address
	"upload.js Files":    true, // what a browser calls dragged files
}

// spoken reports whether a literal is a text for people, to be translated where
// it is shown.
func spoken(u catalogue.Use) bool {
	file := u.File()
	text := strings.TrimSpace(u.Text)
	if notRead[file] || notRead[file+" "+text] || catalogue.Wire(text) {
		return false
	}
	switch {
	case patterns.MatchString(text):
		return true
	case strings.Contains(u.Where, "/static/js/"):
		return classes.Script(text)
	case strings.Contains(u.Where, "/views/"):
		return catalogue.Holes.MatchString(text) && letters(catalogue.Holes.ReplaceAllString(text, "")) || classes.Worded(text)
	case strings.Contains(u.Where, "/handlers/"):
		return classes.Worded(text)
	}
	return sentence.MatchString(text)
}

// TestScripts finds texts in the scripts that do not go through T, N or around.
// Tables of texts that are translated when they are drawn are named.
func TestScripts(t *testing.T) {
	tables := map[string]bool{"keys.js": true, "palette.js": true}
	for _, u := range scriptTexts(t) {
		if u.Call == "" && spoken(u) && !tables[u.File()] {
			t.Errorf("%s: %q goes through no T or N", u.Where, u.Text)
		}
	}
}

// TestTemplates finds texts in the templates that stand there as they are.
func TestTemplates(t *testing.T) {
	files, _ := filepath.Glob("../views/*.templ")
	if len(files) < 10 {
		t.Fatalf("only %d templates were found", len(files))
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := templ.ParseString(string(body))
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for _, n := range parsed.Nodes {
			if h, ok := n.(*templ.HTMLTemplate); ok {
				literal(t, f, h.Children, "")
			}
		}
	}
}

func letters(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// literal walks through elements. Names of keys and of wire formats are the same
// in every language.
func literal(t *testing.T, file string, nodes []templ.Node, in string) {
	t.Helper()
	for _, n := range nodes {
		switch n := n.(type) {
		case *templ.Text:
			if in != "kbd" && in != "code" && letters(n.Value) && !names.MatchString(strings.TrimSpace(n.Value)) {
				t.Errorf("%s:%d: the text %q goes through no T", file, n.Range.From.Line+1, strings.TrimSpace(n.Value))
			}
		case *templ.Element:
			shownAttributes(t, file, n.Attributes)
			literal(t, file, n.Children, n.Name)
		case *templ.IfExpression:
			literal(t, file, n.Then, in)
			for _, e := range n.ElseIfs {
				literal(t, file, e.Then, in)
			}
			literal(t, file, n.Else, in)
		case *templ.ForExpression:
			literal(t, file, n.Children, in)
		case *templ.SwitchExpression:
			for _, c := range n.Cases {
				literal(t, file, c.Children, in)
			}
		case *templ.TemplElementExpression:
			literal(t, file, n.Children, in)
		}
	}
}

// shown are the attributes that people read or hear; coded are those that no text
// can stand in. Samples of addresses and numbers are not words.
var (
	coded   = regexp.MustCompile(`^(class|content|rel|accept|autocomplete|sizes|d|viewBox|points|transform|style|data-keep)$`)
	shown   = regexp.MustCompile(`^(title|alt|placeholder|label|aria-label|aria-description|aria-roledescription|aria-valuetext|data-empty|data-label|data-note-placeholder|data-title|data-text)$`)
	names   = regexp.MustCompile(`^(Android|iPhone|agentdesk)$`)
	samples = regexp.MustCompile(`^(https?://.*|/[a-z]+|#[a-z]+( #[a-z]+)*|\+\d+|agentdesk)$`)
)

func shownAttributes(t *testing.T, file string, list []templ.Attribute) {
	t.Helper()
	for _, a := range list {
		switch a := a.(type) {
		case *templ.ConstantAttribute:
			name := a.Key.String()
			read := shown.MatchString(name) && letters(a.Value) && !samples.MatchString(a.Value)
			if read || !coded.MatchString(name) && classes.Worded(a.Value) {
				t.Errorf("%s: %s=%q goes through no T", file, name, a.Value)
			}
		case *templ.ConditionalAttribute:
			shownAttributes(t, file, a.Then)
			shownAttributes(t, file, a.Else)
		}
	}
}

// TestStyles: a style sheet puts no words on a page, where no catalogue could
// reach them.
func TestStyles(t *testing.T) { catalogue.CheckStyles(t, "../static/css/*.css") }
