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
	worded   = regexp.MustCompile(`^[A-Z][a-z’]+([ ,:].*)?$|[a-z]{2,}[,:]? [a-z“%{(]|%[sd] [a-z]{3,}`)
	wired    = regexp.MustCompile(`^noopener |^[a-z]+-[a-z]+: [a-z]+$|^[a-z]+-[a-z]+ [a-z]+-$|^(a|bdi|figcaption|h[1-3]|img|input|li|small|span|summary|time|ul)( (a|bdi|img|input|li|small|span|summary|time))+$`)
	markup   = regexp.MustCompile(`[<>]|="|;\s*$|^\W*$`)
	patterns = regexp.MustCompile(`^\{(weekday|day)\}`) // of dates
	selector = regexp.MustCompile(`[\[\]{}=]|^[.(]|#[a-z]+[ .]|data-`)
)

// notRead are literals that look like texts and are none: names of products,
// headers, times in Go's words. The key is the file's name and the text, or the
// file's name alone.
var notRead = map[string]bool{
	"device.go":        true, // names of browsers and systems
	"options.go":       true, // what is told to those who start the program
	"emoji.js":         true, // short names of emoji, the same in every chat program
	"panel.go Android": true, // words of user agents and of zones
	"panel.go Mobile":  true,
	"panel.go Local":   true,
	"upload.js Files":  true, // what a browser calls dragged files
}

// keyNames are as keyboards and browsers name them.
var keyNames = regexp.MustCompile(`^(Mod|Enter|Escape|Esc|Tab|Arrow\w*|Home|End|Page(Up|Down)|Shift|Alt|Ctrl|Meta|Control)( .{1,3})?( .)?$`)

// spoken reports whether a literal is a text for people, to be translated where
// it is shown.
func spoken(u catalogue.Use) bool {
	file := filepath.Base(strings.SplitN(u.Where, ":", 2)[0])
	text := strings.TrimSpace(u.Text)
	if notRead[file] || notRead[file+" "+text] || markup.MatchString(text) || wired.MatchString(text) || keyNames.MatchString(text) {
		return false
	}
	switch {
	case patterns.MatchString(text):
		return true
	case strings.Contains(u.Where, "/static/js/"):
		return !selector.MatchString(text) && worded.MatchString(text) && !styled(text)
	case strings.Contains(u.Where, "/views/"):
		return catalogue.Holes.MatchString(text) && letters(catalogue.Holes.ReplaceAllString(text, "")) || worded.MatchString(text) && !styled(text)
	case strings.Contains(u.Where, "/cmd/web/"), strings.Contains(u.Where, "/relay/"), strings.Contains(u.Where, "/internal/"):
		return false
	}
	return sentence.MatchString(text)
}

var class = regexp.MustCompile(`\.([a-z][\w-]*)`)

// classes are the words that the style sheets know.
var classes = func() map[string]bool {
	out := map[string]bool{}
	files, _ := filepath.Glob("../static/css/*.css")
	for _, f := range files {
		body, _ := os.ReadFile(f)
		for _, m := range class.FindAllStringSubmatch(string(body), -1) {
			out[m[1]] = true
		}
	}
	return out
}()

// styled reports whether a text is a list of classes.
func styled(text string) bool {
	first, rest, _ := strings.Cut(text, " ")
	return classes[first] && (rest == "" || !strings.ContainsAny(rest, "%,:…"))
}

// TestScripts finds texts in the scripts that do not go through T, N or around.
// Tables of texts that are translated when they are drawn are named.
func TestScripts(t *testing.T) {
	tables := map[string]bool{"keys.js": true, "palette.js": true}
	for _, u := range scriptTexts(t) {
		if u.Call == "" && spoken(u) && !tables[filepath.Base(strings.Split(u.Where, ":")[0])] {
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

// shown are the attributes that people read or hear. Samples of addresses and
// numbers are not words.
var (
	shown   = regexp.MustCompile(`^(title|alt|placeholder|label|aria-label|aria-description|aria-roledescription|aria-valuetext|data-empty|data-label|data-note-placeholder|data-title|data-text)$`)
	names   = regexp.MustCompile(`^(Android|iPhone|agentdesk)$`)
	samples = regexp.MustCompile(`^(https?://.*|/[a-z]+|#[a-z]+( #[a-z]+)*|\+\d+|agentdesk)$`)
)

func shownAttributes(t *testing.T, file string, list []templ.Attribute) {
	t.Helper()
	for _, a := range list {
		switch a := a.(type) {
		case *templ.ConstantAttribute:
			if name := a.Key.String(); shown.MatchString(name) && letters(a.Value) && !samples.MatchString(a.Value) {
				t.Errorf("%s: %s=%q goes through no T", file, name, a.Value)
			}
		case *templ.ConditionalAttribute:
			shownAttributes(t, file, a.Then)
			shownAttributes(t, file, a.Else)
		}
	}
}
