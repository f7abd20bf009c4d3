package handlers

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"agentdesk/static"
)

// links finds every address in a page.
var links = regexp.MustCompile(`\s(?:href|src|action|formaction)="([^"]*)"`)

func TestBasePath(t *testing.T) {
	const base = "/x/desk"
	for name, strips := range map[string]bool{"a proxy that strips": true, "a proxy that does not": false} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, base)
			h.http.Jar = nil // the test carries its cookie itself, past the path
			if strips {
				h.url = h.origin
			}
			r := h.post("/login", "email=anna@example.com&password=demo&next="+base+"/chats/"+chatOpen)
			r.want(t, 303)
			if want := base + "/chats/" + chatOpen; r.to() != want {
				t.Errorf("sent to %q, want %q", r.to(), want)
			}
			cookie := r.header.Get("Set-Cookie")
			if !strings.Contains(cookie, "Path="+base+"/") {
				t.Errorf("cookie is for elsewhere: %s", cookie)
			}
			sid, _, _ := strings.Cut(cookie, ";")
			for _, path := range []string{"/chats", "/chats/" + chatOpen, "/archives", inChat + "/transfer", "/chats/" + chatOther, "/nowhere", "/login"} {
				page := h.get(path, "Cookie", sid)
				for _, m := range links.FindAllStringSubmatch(page.body, -1) {
					inside := strings.HasPrefix(m[1], base+"/") || strings.HasPrefix(m[1], "#") || strings.HasPrefix(m[1], "?") || strings.HasPrefix(m[1], "https://files.example/")
					if !inside && m[1] != "" {
						t.Errorf("%s leads out of the base path: %q", path, m[1])
					}
				}
			}
			asset := static.URL("desk.css")
			h.get(asset).want(t, 200)
			if to := h.get("/chats").to(); to != base+"/login" {
				t.Errorf("a stranger is sent to %q", to)
			}
			if to := h.get("", "Cookie", sid).to(); to != base+"/chats" {
				t.Errorf("the base itself sends to %q", to)
			}
			h.get("/events", "Sec-Fetch-Site", "cross-site", "Cookie", sid).want(t, 403)
		})
	}
}

func TestStripBase(t *testing.T) {
	for _, c := range []struct{ base, target, path, raw string }{
		{"", "/chats", "/chats", ""},
		{"/desk", "/desk", "/", ""},
		{"/desk", "/desk/", "/", ""},
		{"/desk", "/desk/chats", "/chats", ""},
		{"/desk", "/chats", "/chats", ""},
		{"/desk", "/desktop", "/desktop", ""},
		{"/desk", "/desk/chats/A%2FB", "/chats/A/B", "/chats/A%2FB"},
		{"/desk", "/chats/A%2FB", "/chats/A/B", "/chats/A%2FB"},
		// A base path that is also the name of a page.
		{"/demo", "/demo/shop", "/demo/shop", ""},
		{"/demo", "/demo/demo/shop", "/demo/shop", ""},
		{"/demo", "/demo/chats", "/chats", ""},
		{"/demo", "/chats", "/chats", ""},
		{"/chats", "/chats", "/chats", ""},
		{"/chats", "/chats/", "/", ""},
		{"/chats", "/chats/chats", "/chats", ""},
		{"/chats", "/chats/A", "/chats/A", ""},
		{"/chats", "/chats/chats/A", "/chats/A", ""},
		{"/archives", "/archives/login", "/login", ""},
	} {
		r, err := http.NewRequest(http.MethodGet, c.target, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := StripBase(r, c.base, func(path string) bool {
			return path == "/demo/shop" || path == "/" || strings.HasPrefix(path, "/chats") || strings.HasPrefix(path, "/archives") || path == "/login"
		})
		if got.URL.Path != c.path || got.URL.RawPath != c.raw {
			t.Errorf("%s below %q gives %q %q", c.target, c.base, got.URL.Path, got.URL.RawPath)
		}
		if r.URL.RequestURI() != c.target {
			t.Errorf("%s: the request itself was changed", c.target)
		}
	}
}

func TestAssets(t *testing.T) {
	h := newHouse(t, "")
	for _, name := range []string{"desk.css", "desk.js"} {
		plain := h.get(static.URL(name))
		plain.want(t, 200)
		if cc := plain.header.Get("Cache-Control"); !strings.Contains(cc, "immutable") {
			t.Errorf("%s: Cache-Control is %q", name, cc)
		}
		packed := h.get(static.URL(name), "Accept-Encoding", "gzip")
		if packed.header.Get("Content-Encoding") != "gzip" || len(packed.body) >= len(plain.body) {
			t.Errorf("%s is not compressed", name)
		}
		h.get(static.URL(name), "If-None-Match", plain.header.Get("ETag")).want(t, 304)
	}
	h.get("/static/../options.go").want(t, 404)
	h.get("/static/none.css").want(t, 404)
}

func TestCompression(t *testing.T) {
	h := newHouse(t, "").signIn()
	page := h.get("/chats", "Accept-Encoding", "gzip")
	if page.header.Get("Content-Encoding") != "gzip" {
		t.Error("a page is not compressed")
	}
	if r := h.ask(http.MethodHead, "/events", nil, "Accept-Encoding", "gzip"); r.header.Get("Content-Encoding") != "" {
		t.Error("the stream is compressed")
	}
}
