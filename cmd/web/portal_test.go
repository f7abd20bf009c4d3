package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// portal is a page of another port that shows a desk in a frame.
func portal(t *testing.T) string {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>Portal</title><h1>Portal</h1><iframe width="1200" height="800" src="%s" onload="document.body.dataset.loaded = 1"></iframe>`,
			html.EscapeString(r.URL.Query().Get("desk")))
	}))
	t.Cleanup(srv.Close)
	return strings.Replace(srv.URL, "127.0.0.1", "localhost", 1)
}

// frames knows the newest document of each origin in a browser's page.
type frames struct {
	c  *chrome
	mu sync.Mutex
	at map[string]string // origin → its document
}

func newFrames(c *chrome) *frames {
	c.t.Helper()
	f := &frames{c: c, at: map[string]string{}}
	if err := chromedp.Listen(c.ctx, f.hear); err != nil {
		c.t.Fatal(err)
	}
	return f
}

func (f *frames) hear(ev any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExecutionContextCreated:
		var aux struct {
			Default bool `json:"isDefault"`
		}
		if json.Unmarshal([]byte(ev.Context.AuxData), &aux) == nil && aux.Default {
			f.at[ev.Context.Origin] = ev.Context.UniqueID
		}
	case *runtime.EventExecutionContextDestroyed:
		for origin, id := range f.at {
			if id == ev.ExecutionContextUniqueID {
				delete(f.at, origin)
			}
		}
	case *runtime.EventExecutionContextsCleared:
		clear(f.at)
	}
}

func (f *frames) has(origin string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.at[origin]
	return ok
}

// ask evaluates an expression in the document of an origin; false where there is
// none, or where it is just being left.
func (f *frames) ask(origin, expr string) (string, bool) {
	f.mu.Lock()
	id, ok := f.at[origin]
	f.mu.Unlock()
	if !ok {
		return "", false
	}
	ctx, cancel := context.WithTimeout(f.c.ctx, 10*time.Second)
	defer cancel()
	res, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "String(" + expr + ")", UniqueContextID: id})
	if err != nil || res.ExceptionDetails != nil || res.Result == nil {
		return "", false
	}
	var s string
	err = json.Unmarshal([]byte(res.Result.Value), &s)
	return s, err == nil
}

func (f *frames) until(origin, what, expr string) {
	f.c.t.Helper()
	until(f.c.t, what, func() bool { s, ok := f.ask(origin, "Boolean("+expr+")"); return ok && s == "true" })
}

// framed starts a desk on localhost with an allow list of framing origins.
func framed(t *testing.T, ancestors string) *program {
	return startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_ADDR", "localhost:0", "AGENTDESK_FRAME_ANCESTORS", ancestors)
}

// TestPortal: the desk in a frame of a page of the same site works like the desk
// itself; without leave of the settings the browser shows no frame.
func TestPortal(t *testing.T) {
	t.Parallel()
	site := portal(t)
	c := newChrome(t, site, true)
	f := newFrames(c)

	for name, ancestors := range map[string]string{"by default": "", "for another portal": "http://localhost:1", "for itself": "self"} {
		p := framed(t, ancestors)
		c.open("/?desk=" + p.URL() + "/login")
		c.until("the frame to be decided", `document.body.dataset.loaded`)
		if f.has(p.URL()) {
			t.Errorf("%s the portal shows the desk", name)
		}
		p.end()
	}

	p := framed(t, "https://portal.example,"+site)
	c.open("/?desk=" + p.URL() + "/")
	f.until(p.URL(), "the sign-in in the frame", `document.querySelector("form[data-action=login]")`)
	if _, ok := f.ask(p.URL(), `(form => { form.querySelector("[name=email]").value = "anna@example.com"; form.querySelector("[name=password]").value = "demo"; form.requestSubmit() })(document.querySelector("form[data-action=login]"))`); !ok {
		t.Fatal("the form could not be filled in")
	}
	f.until(p.URL(), "the inbox in the frame", `location.pathname === "/chats" && document.body.dataset.connection === "online"`)
	v := p.visitor()
	v.start("Is the zebra lamp still available?")
	f.until(p.URL(), "the chat in the frame's list", rowWith("zebra lamp"))
	f.ask(p.URL(), rowWith("zebra lamp")+`.querySelector("a").click()`)
	f.until(p.URL(), "the open chat", `document.querySelector("[role=log]")?.textContent.includes("zebra lamp")`)
	v.say("I take both")
	f.until(p.URL(), "the live message", `document.querySelector("[role=log]").textContent.includes("I take both")`)
	f.ask(p.URL(), `(form => { form.elements.text.value = "They are yours"; form.requestSubmit() })(document.querySelector("form[data-action=send]"))`)
	f.until(p.URL(), "the answer to be sent", `[...document.querySelectorAll("[role=log] [data-state=sent]")].some(e => e.textContent.includes("They are yours"))`)
	if f.has(site) && c.js("location.href") != site+"/?desk="+p.URL()+"/" {
		t.Errorf("the portal was left for %s", c.js("location.href"))
	}
}

// TestHeadersForAPortal: what a desk behind https says to a portal's browsers.
func TestHeadersForAPortal(t *testing.T) {
	t.Parallel()
	p := startProgram(t, "AGENTDESK_DEMO", "true", "AGENTDESK_PUBLIC_URL", "https://intranet.example/desk", "AGENTDESK_FRAME_ANCESTORS", "https://portal.example,https://other.example:8443")
	req, err := http.NewRequest(http.MethodPost, p.ownOrigin()+"/desk/login", strings.NewReader("email=anna%40example.com&password=demo"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", "https://intranet.example")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
			"media-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; " +
			"frame-ancestors https://portal.example https://other.example:8443",
		"X-Frame-Options":              "",
		"Strict-Transport-Security":    "",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin-allow-popups",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
		"Location":                     "/desk/chats",
	}
	for name, value := range want {
		if got := res.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	cookies := res.Header.Values("Set-Cookie")
	if res.StatusCode != http.StatusSeeOther || len(cookies) != 1 {
		t.Fatalf("sign-in answers %d with cookies %q", res.StatusCode, cookies)
	}
	name, rest, _ := strings.Cut(cookies[0], "=")
	_, rest, _ = strings.Cut(rest, "; ")
	parts := strings.Split(rest, "; ")
	for i, part := range parts {
		if strings.HasPrefix(part, "Expires=") {
			parts[i] = "Expires"
		}
	}
	if got := name + "; " + strings.Join(parts, "; "); got != "__Secure-sid-emb; Path=/desk/; Expires; Max-Age=86400; HttpOnly; Secure; SameSite=None; Partitioned" {
		t.Errorf("the cookie is %s", got)
	}
}

// TestTwoDesksOnOneHost: cookies know no ports, yet an agent may be signed in to
// two desks of one machine with one browser.
func TestTwoDesksOnOneHost(t *testing.T) {
	t.Parallel()
	one := startProgram(t, "AGENTDESK_DEMO", "true")
	two := startProgram(t, "AGENTDESK_DEMO", "true")
	a := newBrowser(t, one.URL())
	b := &browser{t: t, base: two.URL(), http: a.http}
	a.signIn("anna@example.com")
	b.signIn("ben@example.com")
	for b, name := range map[*browser]string{a: "anna@example.com", b: "ben@example.com"} {
		if code, body := b.get("/chats"); code != http.StatusOK || !strings.Contains(body, name) {
			t.Errorf("%s at %s: %d", name, b.base, code)
		}
	}
	b.post("/logout", nil)
	if code, _ := a.get("/chats"); code != http.StatusOK {
		t.Errorf("signing out of one desk signs out of the other: %d", code)
	}
	if code, _ := b.get("/chats"); code != http.StatusSeeOther {
		t.Errorf("still signed in after signing out: %d", code)
	}
}
