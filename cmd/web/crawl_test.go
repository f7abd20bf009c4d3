package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// visited is one answer that a crawler got.
type visited struct {
	url    *url.URL
	status int
	header http.Header
	body   []byte
}

// crawl follows every link of every page, style sheet and script, from some
// addresses on, within the origin of base. It ends after limit answers.
func crawl(t testing.TB, b *browser, limit int, starts ...string) (all []visited) {
	t.Helper()
	base, err := url.Parse(b.base + "/")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var queue []*url.URL
	push := func(from *url.URL, ref string) {
		u, err := from.Parse(ref)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme {
			return
		}
		u.Fragment = ""
		if !seen[u.String()] && !strings.HasSuffix(u.Path, "/events") {
			seen[u.String()] = true
			queue = append(queue, u)
		}
	}
	for _, s := range starts {
		push(base, b.base+s)
	}
	for len(queue) > 0 && len(all) < limit {
		u := queue[0]
		queue = queue[1:]
		res, err := b.http.Get(u.String())
		if err != nil {
			t.Fatalf("GET %s: %v", u, err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatalf("GET %s: %v", u, err)
		}
		v := visited{u, res.StatusCode, res.Header, body}
		all = append(all, v)
		if to := res.Header.Get("Location"); to != "" {
			push(u, to)
		}
		for _, l := range v.links() {
			if l.follow {
				push(u, l.ref)
			}
		}
	}
	return all
}

// link is an address in a document. follow is false where only a form or a
// script would go there.
type link struct {
	where, ref string
	follow     bool
}

var (
	urlInCSS = regexp.MustCompile(`url\(\s*["']?([^"')]+)`)
	urlInJS  = regexp.MustCompile(`(?:\bfrom|\bimport)\s*\(?\s*["']([./][^"']+)["']`)
)

// addresses are the attributes of HTML that hold them.
var addresses = map[string]bool{
	"href": true, "src": true, "action": true, "formaction": true, "poster": true, "data": true, "cite": true, "ping": true,
	"background": true, "manifest": true, "xlink:href": true, "longdesc": true, "icon": true,
}

func (v visited) kind() string {
	kind, _, _ := strings.Cut(v.header.Get("Content-Type"), ";")
	return kind
}

func (v visited) links() (out []link) {
	add := func(rx *regexp.Regexp) {
		for _, m := range rx.FindAllSubmatch(v.body, -1) {
			out = append(out, link{v.kind(), string(m[1]), true})
		}
	}
	switch v.kind() {
	case "text/css":
		add(urlInCSS)
	case "text/javascript":
		add(urlInJS)
	case "text/html":
		doc, err := html.Parse(bytes.NewReader(v.body))
		if err != nil || strings.HasPrefix(v.header.Get("Content-Disposition"), "attachment") {
			return nil
		}
		for n := range doc.Descendants() {
			out = append(out, nodeLinks(n)...)
		}
	}
	return out
}

func nodeLinks(n *html.Node) (out []link) {
	if n.Type != html.ElementNode {
		return nil
	}
	for _, a := range n.Attr {
		where := n.Data + "[" + a.Key + "]"
		switch {
		case addresses[a.Key]:
			out = append(out, link{where, a.Val, n.Data != "form" && a.Key != "formaction"})
		case a.Key == "srcset":
			for part := range strings.SplitSeq(a.Val, ",") {
				ref, _, _ := strings.Cut(strings.TrimSpace(part), " ")
				out = append(out, link{where, ref, true})
			}
		case a.Key == "content" && n.Data == "meta":
			if _, ref, ok := strings.Cut(strings.ToLower(a.Val), "url="); ok {
				out = append(out, link{where, a.Val[len(a.Val)-len(ref):], true})
			}
		case strings.HasPrefix(a.Key, "data-") && a.Key != "data-page" && // the demo shop's own pages, behind #
			(strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "http")):
			out = append(out, link{where, a.Val, false})
		}
	}
	return out
}
