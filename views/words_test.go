package views

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"agentdesk/words"
)

// inLanguage builds components with a language for the samples.
func inLanguage(l *words.Language, build func() map[string]templ.Component) map[string]templ.Component {
	before := sampleEnv.Words
	sampleEnv.Words = l
	defer func() { sampleEnv.Words = before }()
	return build()
}

// TestEverythingIsTranslated draws all components in a language whose texts are
// marked. What is left without marks has to be sample data.
func TestEverythingIsTranslated(t *testing.T) {
	data := sampleWords(t)
	for _, l := range words.Languages() {
		data[strings.ToLower(l.Name)] = true
	}
	for name, c := range inLanguage(words.Pseudo(), func() map[string]templ.Component { return goldens() }) {
		if strings.HasSuffix(name, "-ar") || name == "events-text" { // drawn in Arabic; garbage only
			continue
		}
		t.Run(name, func(t *testing.T) {
			doc, err := html.Parse(strings.NewReader(render(t, c)))
			if err != nil {
				t.Fatal(err)
			}
			for text, where := range unmarked(doc) {
				for _, w := range word.FindAllString(text, -1) {
					if !data[strings.ToLower(w)] && !sameEverywhere[w] && len(w) < 80 { // what is longer was repeated
						t.Errorf("%q in %s is not translated: %q", w, where, text)
					}
				}
			}
		})
	}
}

var word = regexp.MustCompile(`\p{L}[\p{L}’]+`)

// sameEverywhere are words that no language changes: names of products, of zones
// and of keys.
var sameEverywhere = map[string]bool{
	"agentdesk": true, "UTC": true, "Chrome": true, "Firefox": true, "Safari": true, "Edge": true, "Windows": true, "macOS": true, "Android": true, "iPhone": true, "Linux": true,
}

// unread are elements whose texts people do not read, or that hold none of ours.
var unread = regexp.MustCompile(`^(script|style|kbd|code|pre|noscript|textarea)$`)

// heard are the attributes that people read or hear.
var heard = regexp.MustCompile(`^(title|alt|placeholder|aria-label|data-empty|data-label|data-note-placeholder)$`)

// unmarked are the pieces of a page outside of marks, with the element they are
// in. A marked text may hold elements.
func unmarked(doc *html.Node) map[string]string {
	out, depth := map[string]string{}, 0
	note := func(text, in string) {
		var b strings.Builder
		for _, r := range text {
			switch {
			case string(r) == words.PseudoStart:
				b.WriteByte(' ')
				depth++
			case string(r) == words.PseudoEnd:
				depth--
			case depth == 0:
				b.WriteRune(r)
			}
		}
		out[b.String()] = in
	}
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode && !unread.MatchString(n.Parent.Data) && !initials(n.Parent):
			note(n.Data, n.Parent.Data)
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				if heard.MatchString(a.Key) {
					note(a.Val, n.Data+" "+a.Key)
				}
			}
		}
	}
	return out
}

func initials(n *html.Node) bool {
	return slices.Contains(n.Attr, html.Attribute{Key: "class", Val: "av"})
}

// sampleWords are the words of the sample data: of files that make some.
func sampleWords(t *testing.T) map[string]bool {
	out := map[string]bool{}
	files, _ := filepath.Glob("*_test.go")
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if file != "hostile_test.go" && file != "golden_test.go" && !bytes.Contains(body, []byte("func sample")) || file == "words_test.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, body, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, err := strconv.Unquote(l.Value); err == nil {
					for _, w := range word.FindAllString(s, -1) {
						out[strings.ToLower(w)] = true
					}
				}
			}
			return true
		})
	}
	return out
}

// In Arabic pages go from right to left, and names stand apart from the
// sentences around them.
func TestRightToLeft(t *testing.T) {
	pages := inLanguage(words.Find("ar"), galleryPages)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		body := render(t, pages[name])
		if !strings.Contains(body, `lang="ar" dir="rtl"`) {
			t.Errorf("%s does not say its language and direction", name)
		}
	}
	inbox := render(t, pages["inbox"])
	for _, want := range []string{`<bdi class="name">Jonas Weber</bdi>`, "محادثة مع \u2068Jonas Weber\u2069", `>المحادثات</h1>`} {
		if !strings.Contains(inbox, want) {
			t.Errorf("the inbox in Arabic lacks %q", want)
		}
	}
}
