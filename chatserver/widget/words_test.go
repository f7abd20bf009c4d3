package widget

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"agentdesk/internal/catalogue"
)

var update = flag.Bool("update", false, "put missing keys into the widget's catalogues, without a text, and take out those that nothing uses")

// dir holds the widget's catalogues.
const dir = "assets/words"

// texts are all literals of the widget's scripts and all that its page shows.
// The demo shop speaks English only.
func texts(t *testing.T) []catalogue.Use {
	all := slices.DeleteFunc(catalogue.Scripts(t, "assets/*.js"), func(u catalogue.Use) bool { return u.File() == "shop.js" })
	return append(all, pageTexts(t)...)
}

// pageTexts are the texts and attributes of the page that words.js translates.
func pageTexts(t *testing.T) (out []catalogue.Use) {
	t.Helper()
	body, err := assets.ReadFile("assets/frame.html")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "noscript" && strings.TrimSpace(n.Data) != "" {
			out = append(out, catalogue.Use{Where: "frame.html", Call: "T", Text: strings.TrimSpace(n.Data)})
		}
		for _, a := range n.Attr {
			if spokenAttribute.MatchString(a.Key) {
				out = append(out, catalogue.Use{Where: "frame.html " + a.Key, Call: "T", Text: a.Val})
			}
		}
	}
	if len(out) < 20 {
		t.Fatalf("only %d texts were found in the page", len(out))
	}
	return out
}

var spokenAttribute = regexp.MustCompile(`^(title|alt|placeholder|label|aria-(label|description|roledescription|valuetext))$`)

// TestWords holds the widget's catalogues to its texts.
func TestWords(t *testing.T) {
	all := texts(t)
	keys := catalogue.Keys(all)
	catalogue.CheckKeys(t, dir, keys, all, *update)
	catalogue.CheckTranslations(t, dir, keys)
	catalogue.CheckStyles(t, "assets/frame.css")
}

// TestEverythingIsTranslated finds texts that go through no T or N. What the
// loader says until the frame is there is told anew by the frame.
func TestEverythingIsTranslated(t *testing.T) {
	all := texts(t)
	keys, classes := catalogue.Keys(all), catalogue.ClassesOf("assets/frame.css")
	for _, u := range all {
		_, later := keys[u.Text]
		later = later && u.File() == "loader.js"
		if u.Call == "" && classes.Script(u.Text) && !later && !notRead.MatchString(u.Text) {
			t.Errorf("%s: %q goes through no T or N", u.Where, u.Text)
		}
	}
	script, err := assets.ReadFile("assets/words.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range pageTexts(t) {
		if _, name, ok := strings.Cut(u.Where, " "); ok && !strings.Contains(string(script), "'"+name+"'") {
			t.Errorf("words.js does not translate the attribute %s of %q", name, u.Text)
		}
	}
}

// notRead are literals that look like texts and are none: classes and keys of
// rows with something put in, and a header.
var notRead = regexp.MustCompile(`^(bar|day|seen|rich|avatar|msg|Bearer)( own)?( h?%s)+$`)

// TestSystemMessages: what the server writes into chats has a sentence here.
func TestSystemMessages(t *testing.T) {
	system, err := assets.ReadFile("assets/system.js")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := os.ReadFile("../engine/append.go")
	if err != nil {
		t.Fatal(err)
	}
	types := regexp.MustCompile(`\bsys\w+\s+= "([^"]+)"`).FindAllStringSubmatch(string(engine), -1)
	if len(types) < 10 {
		t.Fatalf("the engine has only %d types", len(types))
	}
	for _, m := range types {
		if !strings.Contains(string(system), m[1]) && !strings.HasPrefix(m[1], "routing.assigned_") {
			t.Errorf("system.js has no sentence for %s", m[1])
		}
	}
}
