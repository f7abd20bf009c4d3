package widget

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed assets
var assets embed.FS

// Policies. The frame shows pictures of rich messages from anywhere on the web
// and is framable by every site; the shop is a page like any other, with one
// script and one frame of this server.
const (
	framePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data: blob:; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
	shopPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

// file is one thing this package serves.
type file struct {
	name   string // in assets
	policy string // Content-Security-Policy, of pages only
	shared bool   // other sites may load it
	demo   bool   // part of the demo shop
}

var files = map[string]file{
	"/widget.js":        {name: "loader.js", shared: true},
	"/widget":           {name: "frame.html", policy: framePolicy, shared: true},
	"/widget/icon.svg":  {name: "icon.svg"},
	"/widget/frame.css": {name: "frame.css"},
	"/widget/main.js":   {name: "main.js"},
	"/widget/wire.js":   {name: "wire.js"},
	"/widget/model.js":  {name: "model.js"},
	"/widget/outbox.js": {name: "outbox.js"},
	"/widget/sender.js": {name: "sender.js"},
	"/widget/log.js":    {name: "log.js"},
	"/widget/view.js":   {name: "view.js"},
	"/widget/bar.js":    {name: "bar.js"},
	"/widget/words.js":  {name: "words.js"},
	"/widget/system.js": {name: "system.js"},

	"/widget/words/pl.json": {name: "words/pl.json"},
	"/widget/words/de.json": {name: "words/de.json"},
	"/widget/words/es.json": {name: "words/es.json"},
	"/widget/words/ar.json": {name: "words/ar.json"},

	"/demo/shop":          {name: "shop.html", policy: shopPolicy, demo: true},
	"/demo/shop/shop.css": {name: "shop.css", demo: true},
	"/demo/shop/shop.js":  {name: "shop.js", demo: true},
}

// Options of Handler.
type Options struct {
	Demo bool // serve the demo shop
}

// Owns reports whether a path, below the base path, is one of this package's.
func Owns(p string) bool {
	_, ok := files[p]
	return ok
}

// Paths lists what Handler answers, for routers that want every path by name.
func Paths() []string {
	out := make([]string, 0, len(files))
	for p := range files {
		out = append(out, p)
	}
	return out
}

// entry is a file ready to be sent.
type entry struct {
	file
	body []byte
	kind string
	tag  string
	also map[string]entry // the page in each language, nil where it has only one
}

func newEntry(f file, body []byte) entry {
	kind := mime.TypeByExtension(path.Ext(f.name))
	if strings.HasSuffix(f.name, ".js") {
		kind = "text/javascript; charset=utf-8"
	}
	sum := sha256.Sum256(body)
	return entry{file: f, body: body, kind: kind, tag: `"` + hex.EncodeToString(sum[:12]) + `"`}
}

// Handler serves the widget and, with Demo, the shop. It expects paths below the
// base path ("/widget"). Answers carry an ETag, so a browser asks again and
// mostly gets 304.
func Handler(o Options) http.Handler {
	table := make(map[string]entry, len(files))
	for p, f := range files {
		if f.demo && !o.Demo {
			continue
		}
		body, err := assets.ReadFile("assets/" + f.name)
		if err != nil {
			continue // cannot happen: a test reads every name
		}
		table[p] = newEntry(f, body)
	}
	if shop, ok := table["/demo/shop"]; ok {
		shop.also = map[string]entry{}
		for _, lang := range languages {
			if body, err := shopPage(lang); err == nil { // a test draws them all
				shop.also[lang] = newEntry(shop.file, body)
			}
		}
		table["/demo/shop"] = shop
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e, ok := table[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "This page can only be read.", http.StatusMethodNotAllowed)
			return
		}
		if e.also != nil {
			w.Header().Add("Vary", "Accept-Language")
			e = e.also[languageFor(r)]
		}
		e.serve(w, r)
	})
}

func (e entry) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", e.kind)
	h.Set("ETag", e.tag)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	if e.policy != "" {
		h.Set("Content-Security-Policy", e.policy)
	}
	if e.name == "frame.html" {
		h.Del("X-Frame-Options") // a wrapping server's default; any site may frame the widget
	}
	if e.shared {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(e.body))
}
