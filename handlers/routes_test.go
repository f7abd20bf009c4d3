package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// eachRoute runs a test for every route that samples can ask.
func eachRoute(t *testing.T, test func(t *testing.T, r route, s sample)) {
	for _, r := range (&Server{}).routes() {
		if s := samples[r.method+" "+r.path]; s.path != "" {
			t.Run(r.method+" "+r.path, func(t *testing.T) { test(t, r, s) })
		}
	}
}

func TestEveryRouteIsListed(t *testing.T) {
	known := map[string]bool{}
	for _, r := range (&Server{}).routes() {
		name := r.method + " " + r.path
		known[name] = true
		if _, ok := samples[name]; !ok {
			t.Errorf("%s has no sample: say how it is used well and badly", name)
		}
	}
	for name := range samples {
		if !known[name] {
			t.Errorf("%s is no route any more", name)
		}
	}
}

func TestRoutesWork(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.path == "/logout" {
			return // it ends the session: TestSignOut
		}
		reply := h.ask(r.method, s.path, strings.NewReader(s.form))
		reply.want(t, s.want(r.method))
		if r.method == post && r.access == page {
			want := http.StatusNoContent
			if s.part {
				want = http.StatusOK
			}
			h.script(s.path, s.form).want(t, want)
		}
		if r.method == get && r.path != "/archives/export" {
			h.ask(http.MethodHead, s.path, nil).want(t, s.want(r.method))
		}
	})
}

func TestRoutesRefuseNonsense(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if s.bad == "" {
			return
		}
		before := len(h.desk.commands())
		if r.method == get {
			path, _, _ := strings.Cut(s.path, "?")
			h.get(path+s.bad).want(t, s.wrong())
			return
		}
		reply := h.script(s.path, s.bad)
		reply.want(t, s.wrong())
		if strings.Contains(reply.body, "<") || len(reply.body) < 10 {
			t.Errorf("our script gets no sentence: %q", reply.body)
		}
		h.post(s.path, s.bad).want(t, s.wrong(), "<!doctype html>")
		if after := len(h.desk.commands()); after != before {
			t.Errorf("it was carried out: %v", h.desk.commands()[before:])
		}
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	h := newHouse(t, "")
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.access == open {
			return
		}
		reply := h.ask(r.method, s.path, strings.NewReader(s.form))
		reply.want(t, http.StatusSeeOther)
		if !strings.HasPrefix(reply.to(), "/login") {
			t.Errorf("sent to %q", reply.to())
		}
		h.ask(r.method, s.path, strings.NewReader(s.form), "X-Desk", "1").want(t, http.StatusUnauthorized)
		h.ask(r.method, s.path, strings.NewReader(s.form), "Accept", "application/json").want(t, http.StatusUnauthorized, `"error":"unauthorized"`)
		if n := len(h.desk.commands()); n > 0 {
			t.Errorf("a stranger's command was carried out: %v", h.desk.commands())
		}
	})
	h.get("/chats/A%2FB?list=mine").want(t, http.StatusSeeOther)
	if to := h.get("/chats/" + chatOpen + "?list=mine").to(); to != "/login?next="+url.QueryEscape("/chats/"+chatOpen+"?list=mine") {
		t.Errorf("sent to %q", to)
	}
}

func TestOthersChatsAreNotFound(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if !strings.Contains(r.path, ":chat") {
			return
		}
		path := strings.Replace(s.path, chatOpen, chatOther, 1)
		h.ask(r.method, path, strings.NewReader(s.form)).want(t, http.StatusNotFound)
		h.ask(r.method, path, strings.NewReader(s.form), "X-Desk", "1").want(t, http.StatusNotFound)
		if n := len(h.desk.commands()); n > 0 {
			t.Errorf("carried out: %v", h.desk.commands())
		}
	})
}

func TestChatServerAway(t *testing.T) {
	h := newHouse(t, "").signIn()
	h.desk.set(func() { h.desk.down = true })
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if !s.needs {
			return
		}
		h.ask(r.method, s.path, strings.NewReader(s.form), "X-Desk", "1").want(t, http.StatusServiceUnavailable, "Not connected")
		h.ask(r.method, s.path, strings.NewReader(s.form)).want(t, http.StatusServiceUnavailable, "Not connected", "<!doctype html>")
	})
}

func TestOtherSitesChangeNothing(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.method != post {
			return
		}
		for name, headers := range map[string][]string{
			"no word of where it comes from": {"Origin", "", "Sec-Fetch-Site", ""},
			"cross-site":                     {"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"},
			"same-site neighbour":            {"Origin", "http://localhost:1", "Sec-Fetch-Site", "same-site"},
			"old browser, other origin":      {"Origin", "https://evil.example", "Sec-Fetch-Site", ""},
			"opaque origin":                  {"Origin", "null", "Sec-Fetch-Site", ""},
		} {
			if reply := h.post(s.path, s.form, headers...); reply.status != http.StatusForbidden {
				t.Errorf("%s: answered %d", name, reply.status)
			}
		}
		if n := len(h.desk.commands()); n > 0 {
			t.Errorf("carried out: %v", h.desk.commands())
		}
	})
	h.get("/chats").want(t, http.StatusOK) // and the session lives
}

func TestReadingChangesNothing(t *testing.T) {
	h := newHouse(t, "").signIn()
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.method != get {
			return
		}
		h.get(s.path)
		h.ask(http.MethodHead, s.path, nil)
		h.ask(http.MethodOptions, s.path, nil)
	})
	if n := h.desk.commands(); len(n) > 0 || h.desk.nudges > 0 || h.desks.signOuts > 0 {
		t.Errorf("reading carried out %v, %d reconnects, %d sign-outs", n, h.desk.nudges, h.desks.signOuts)
	}
}

func TestHeaders(t *testing.T) {
	h := newHouse(t, "").signIn()
	check := func(t *testing.T, header http.Header) {
		t.Helper()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Referrer-Policy": "", "Permissions-Policy": "camera=()", "Cache-Control": "no-store", "X-Request-Id": "",
		} {
			if got := header.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s is %q", name, got)
			}
		}
		if csp := header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
			t.Errorf("policy has holes: %s", csp)
		}
	}
	eachRoute(t, func(t *testing.T, r route, s sample) {
		if r.path != "/logout" && r.path != "/sw.js" { // a service worker is asked for anew, but may be kept
			check(t, h.ask(r.method, s.path, strings.NewReader(s.form)).header)
		}
	})
	t.Run("errors", func(t *testing.T) {
		check(t, h.get("/nowhere").header)
		check(t, h.get("/chats?list=nonsense").header)
		check(t, h.post("/status", "status=asleep").header)
	})
}
