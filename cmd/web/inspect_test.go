package main

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// active lists whatever in a document could run, load or lead somewhere that our
// own pages do not.
func active(doc *html.Node, at *url.URL) (found []string) {
	bad := func(n *html.Node, why string) {
		found = append(found, fmt.Sprintf("<%s %v>: %s", n.Data, n.Attr, why))
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "iframe", "object", "embed", "base", "applet", "style", "frame", "math", "foreignobject", "animate", "set", "video", "audio", "marquee":
			bad(n, "no such element is ours")
		case "script":
			if attr(n, "src") == "" || n.FirstChild != nil {
				bad(n, "a script in the page")
			}
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "srcdoc", a.Key == "style", a.Key == "srcset":
				bad(n, "attribute "+a.Key)
			case a.Key == "http-equiv" && a.Val != "refresh":
				bad(n, "http-equiv")
			}
		}
		for _, l := range nodeLinks(n) {
			u, err := at.Parse(l.ref)
			own := err == nil && u.Host == at.Host && u.Scheme == at.Scheme
			switch {
			case err != nil:
				bad(n, "address "+l.ref)
			case strings.Contains(l.where, "[data-"):
			case n.Data != "a" && !own:
				bad(n, "loads or posts to "+l.ref)
			case n.Data == "script" && !strings.HasPrefix(u.Path, "/static/"):
				bad(n, "a foreign script")
			case n.Data == "a" && !own && !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme):
				bad(n, "leads to "+l.ref)
			case n.Data == "a" && !own && u.Scheme != "mailto" && !strings.Contains(attr(n, "rel"), "noopener"):
				bad(n, "no rel=noopener")
			}
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// shown is everything a page shows or keeps in fields: texts and attributes.
func shown(doc *html.Node) string {
	var texts, values strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			texts.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			values.WriteString("\x00" + a.Val)
		}
	}
	return texts.String() + values.String()
}

// inspect looks at one page or fragment.
func inspect(t *testing.T, where string, at *url.URL, body []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	for _, what := range active(doc, at) {
		t.Errorf("%s has %.400s", where, what)
	}
	return shown(doc)
}
