package main

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

const prefixPath = "/x/desk"

// front is a proxy that gives the desk one folder of its host. Whatever browsers
// ask for outside, and whatever answers name outside, it takes down.
type front struct {
	srv    *httptest.Server
	url    string // with the folder
	strip  bool
	target *url.URL

	mu      sync.Mutex
	outside []string
}

func newFront(t *testing.T, strip bool) *front {
	f := &front{strip: strip}
	proxy := &httputil.ReverseProxy{FlushInterval: -1, Rewrite: f.rewrite, ModifyResponse: f.check}
	f.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !f.inside(r.URL.Path) {
			if r.URL.Path != "/favicon.ico" { // a browser's own wish
				f.note("asked for " + r.URL.String())
			}
			http.NotFound(w, r)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(f.srv.Close)
	f.url = strings.Replace(f.srv.URL, "127.0.0.1", "localhost", 1) + prefixPath
	return f
}

func (f *front) inside(path string) bool {
	return path == prefixPath || strings.HasPrefix(path, prefixPath+"/")
}

// rewrite passes a request on: either the folder and the browser's Host stay, or
// both go, as with the two usual kinds of proxy.
func (f *front) rewrite(r *httputil.ProxyRequest) {
	if f.strip {
		r.Out.URL.Path = strings.TrimPrefix(r.Out.URL.Path, prefixPath)
		r.Out.URL.RawPath = strings.TrimPrefix(r.Out.URL.RawPath, prefixPath)
	}
	r.SetURL(f.target)
	r.SetXForwarded()
	if !f.strip {
		r.Out.Host = r.In.Host
	}
}

// check looks where an answer leads.
func (f *front) check(res *http.Response) error {
	if to := res.Header.Get("Location"); to != "" {
		u, err := url.Parse(to)
		if err != nil || u.Host != "" && u.Host != f.host() || !f.inside(u.Path) {
			f.note("sent to " + to)
		}
	}
	for _, c := range res.Cookies() {
		if !f.inside(c.Path) || c.Domain != "" {
			f.note("cookie " + c.Name + " for " + c.Domain + c.Path)
		}
	}
	return nil
}

func (f *front) host() string { u, _ := url.Parse(f.url); return u.Host }

func (f *front) note(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outside = append(f.outside, what)
}

// clean fails the test for whatever went outside.
func (f *front) clean(t *testing.T) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, what := range f.outside {
		t.Error("outside the folder:", what)
	}
}

// within fails for every address in an answer that leaves the folder.
func (f *front) within(t *testing.T, v visited) {
	t.Helper()
	for _, l := range v.links() {
		u, err := v.url.Parse(l.ref)
		switch {
		case err != nil:
			t.Errorf("%s has %s = %q", v.url, l.where, l.ref)
		case u.Scheme == "data" || u.Scheme == "mailto" || u.Host != "" && u.Host != f.host() && l.where != "form[action]":
		case u.Host != f.host() || !f.inside(u.Path):
			t.Errorf("%s leaves the folder: %s = %q", v.url, l.where, l.ref)
		}
	}
}

// behind starts a desk below the folder.
func behind(t *testing.T, strip bool) (*front, *program) {
	f := newFront(t, strip)
	p := startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_PUBLIC_URL", f.url)
	f.target, _ = url.Parse(p.ownOrigin())
	if p.URL() != f.url {
		t.Fatalf("the desk believes to be at %s", p.URL())
	}
	return f, p
}

func eachProxy(t *testing.T, test func(t *testing.T, strip bool)) {
	for name, strip := range map[string]bool{"proxy strips": true, "proxy keeps": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, strip)
		})
	}
}

// TestBelowABasePath: with a proxy in front that takes the base path off, and
// with one that leaves it, nothing the desk answers leads out of it.
func TestBelowABasePath(t *testing.T) {
	t.Parallel()
	eachProxy(t, func(t *testing.T, strip bool) {
		f, p := behind(t, strip)
		b := newBrowser(t, f.url)
		if code, _ := b.get("/chats"); code != http.StatusSeeOther {
			t.Errorf("a stranger's /chats answers %d", code)
		}
		for _, v := range crawl(t, b, 60, "/", "/login", "/login?next=/x/desk/archives", "/demo/shop", "/widget", "/widget.js") {
			f.within(t, v)
			if v.status >= 400 {
				t.Errorf("%s answers %d", v.url, v.status)
			}
		}
		b.signIn("anna@example.com")
		stream := openStream(t, b)
		hear(t, stream, "hello", "")
		v := p.visitor()
		v.start("Is the zebra lamp still available?")
		patch := hear(t, stream, "patch", v.chat)
		f.within(t, visited{url: mustParse(t, f.url+"/chats"), header: http.Header{"Content-Type": {"text/html"}}, body: []byte(patch.data)})

		// A file of the agent: its address lies below the base path and works.
		page := "/chats/" + v.chat
		if code := b.upload(page+"/events", "lamp.txt", "a lamp"); code != http.StatusSeeOther {
			t.Errorf("a file answers %d", code)
		}
		file := hear(t, stream, "patch", f.url+"/files/")
		if _, rest, _ := strings.Cut(file.data, f.url); rest != "" {
			at, _, _ := strings.Cut(rest, `"`)
			if code, body := newBrowser(t, f.url).get(at); code != http.StatusOK || body != "a lamp" {
				t.Errorf("the file at %s answers %d %.100q", at, code, body)
			}
		}
		if code, _ := b.post(page+"/deactivate", nil); code != http.StatusSeeOther {
			t.Errorf("closing answers %d", code)
		}
		p.visitor().start("And the giraffe?")
		hear(t, stream, "patch", "giraffe")

		var pages int
		for _, v := range crawl(t, b, 150, "/chats", page, page+"/transfer", "/archives", "/archives?query=zebra", "/chats/NOSUCH", "/nowhere", "/archives/export?query=zebra") {
			f.within(t, v)
			if v.kind() == "text/html" {
				pages++
			}
			if v.status >= 500 || v.status == http.StatusNotFound && !strings.Contains(v.url.Path, "NOSUCH") && !strings.Contains(v.url.Path, "nowhere") {
				t.Errorf("%s answers %d", v.url, v.status)
			}
		}
		if pages < 10 {
			t.Errorf("only %d pages were seen", pages)
		}
		if code, _ := b.post("/logout", nil); code != http.StatusSeeOther {
			t.Errorf("signing out answers %d", code)
		}
		hear(t, stream, "bye", "signed-out")
		f.clean(t)
	})
}

// TestBrowserBelowABasePath is the same with a real browser: its scripts, too,
// stay within.
func TestBrowserBelowABasePath(t *testing.T) {
	t.Parallel()
	eachProxy(t, func(t *testing.T, strip bool) {
		f, p := behind(t, strip)
		agent := newChrome(t, f.url, true)
		signIn(agent, "anna@example.com")
		agent.until("an online desk", `document.body.dataset.connection === "online"`)

		customer := newChrome(t, f.url, true)
		customer.open("/demo/shop")
		customer.until("the launcher", launcher)
		customer.js(launcher + `.click(), ""`)
		customer.until("the widget's text field", inWidget("#text")+" && "+inWidget("#text")+".offsetParent")
		sayInWidget(customer, "Do you ship zebra lamps?")

		agent.until("the customer's chat", rowWith("zebra lamps"))
		agent.js(rowWith("zebra lamps") + `.querySelector("a").click(), ""`)
		agent.text("[role=log]", "Do you ship zebra lamps?")
		takeIfWaiting(agent)
		agent.write(`form[data-action=send] textarea[name=text]`, "Yes, everywhere.\r")
		agent.until("the answer to be sent", `[...document.querySelectorAll("[role=log] [data-state=sent]")].some(e => e.textContent.includes("Yes, everywhere."))`)
		customer.until("the answer in the widget", widget+`.body.textContent.includes("Yes, everywhere.")`)
		if at := agent.js("location.href"); !strings.HasPrefix(at, p.URL()+"/chats/") {
			t.Errorf("the agent is at %s", at)
		}
		f.clean(t)
	})
}

func mustParse(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
