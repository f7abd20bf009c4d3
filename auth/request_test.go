package auth

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestFormsOnlyFromOurPages(t *testing.T) {
	const own, foreign = "https://desk.example", "https://evil.example"
	d, b := newDesk(t, "https://DESK.example:443"), newBrowser()
	b.signIn(t, d, anna)
	for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "post"} {
		for _, site := range []string{"", "same-origin", "same-site", "cross-site", "none", "bogus"} {
			for _, origin := range []string{"", own, foreign, "null", "http://desk.example", "https://sub.desk.example"} {
				for _, cookie := range []bool{true, false} {
					r := httptest.NewRequest("GET", "http://backend:8080/x", nil)
					if cookie {
						r = b.request("GET", "http://backend:8080/x")
					}
					r.Method = method
					set(r, "Sec-Fetch-Site", site)
					set(r, "Origin", origin)
					unsafe := method != "GET" && method != "HEAD" && method != "OPTIONS"
					ok := !unsafe || site == "same-origin" || site == "none" || origin == own || site == "" && origin == "" && !cookie
					err := d.CheckForm(r)
					if (err == nil) != ok {
						t.Errorf("%s site=%q origin=%q cookie=%v: %v", method, site, origin, cookie, err)
					}
					if err != nil && desk.CodeOf(err) != desk.Forbidden {
						t.Error(err)
					}
				}
			}
		}
	}
}

// Plain http behind a proxy that rewrites Host: no Sec-Fetch-Site there.
func TestFormsOverPlainHTTP(t *testing.T) {
	d := newDesk(t, "http://portal/desk")
	for origin, ok := range map[string]bool{"http://portal": true, "http://backend:8080": true, "http://evil": false} {
		r := httptest.NewRequest("POST", "http://backend:8080/chats/1/events", nil)
		r.Header.Set("Origin", origin)
		if err := d.CheckForm(r); (err == nil) != ok {
			t.Errorf("%s: %v", origin, err)
		}
	}
}

func TestStreamOnlyForOurPages(t *testing.T) {
	d := newDesk(t, "https://desk.example")
	for _, tc := range []struct {
		site, origin string
		ok           bool
	}{
		{"same-origin", "", true}, {"none", "", true}, {"same-site", "", false}, {"cross-site", "", false},
		{"cross-site", "https://desk.example", false}, {"", "", true}, {"", "https://desk.example", true},
		{"", "http://backend", true}, {"", "https://evil.example", false}, {"", "null", false}, {"x", "", false},
	} {
		r := httptest.NewRequest("GET", "http://backend/events", nil)
		set(r, "Sec-Fetch-Site", tc.site)
		set(r, "Origin", tc.origin)
		err := d.CheckRead(r)
		if (err == nil) != tc.ok || err != nil && desk.CodeOf(err) != desk.Forbidden {
			t.Errorf("site=%q origin=%q: %v", tc.site, tc.origin, err)
		}
	}
}

func set(r *http.Request, k, v string) {
	if v != "" {
		r.Header.Set(k, v)
	}
}

func TestHeaders(t *testing.T) {
	for _, tc := range []struct {
		public string
		frames []string
		want   map[string]string // "" means absent; CSP is looked into
		csp    string
	}{
		{"https://desk.example", nil, map[string]string{"Strict-Transport-Security": "max-age=31536000", "X-Frame-Options": "DENY"}, "frame-ancestors 'none'"},
		{"https://intranet.example/desk", nil, map[string]string{"Strict-Transport-Security": "", "X-Frame-Options": "DENY"}, "frame-ancestors 'none'"},
		{"http://localhost:8080", nil, map[string]string{"Strict-Transport-Security": "", "X-Frame-Options": "DENY"}, "frame-ancestors 'none'"},
		{"https://desk.example", []string{"https://portal.example:8443", "self", "https://B.example/"}, map[string]string{"X-Frame-Options": ""},
			"frame-ancestors 'self' https://portal.example:8443 https://b.example"},
	} {
		d := newDesk(t, tc.public, frames(tc.frames...), func(o *Options) { o.ImageOrigins = []string{"https://cdn.example"} })
		w := httptest.NewRecorder()
		d.Headers(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		for k, v := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			"Cross-Origin-Opener-Policy": "same-origin-allow-popups", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if w.Header().Get(k) != v {
				t.Errorf("%s: %s is %q", tc.public, k, w.Header().Get(k))
			}
		}
		for k, v := range tc.want {
			if w.Header().Get(k) != v {
				t.Errorf("%s: %s is %q, want %q", tc.public, k, w.Header().Get(k), v)
			}
		}
		csp := strings.Split(w.Header().Get("Content-Security-Policy"), "; ")
		want := []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: https://cdn.example", "connect-src 'self'",
			"font-src 'self'", "media-src 'self'", "frame-src 'self'", "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", tc.csp}
		if fmt.Sprint(csp) != fmt.Sprint(want) || strings.Contains(fmt.Sprint(csp), "unsafe") {
			t.Errorf("%s:\ngot  %q\nwant %q", tc.public, csp, want)
		}
	}
}

func TestTriesAreLimited(t *testing.T) {
	now := time.Now()
	d := newDesk(t, "http://localhost", func(o *Options) { o.Now = func() time.Time { return now } })
	allowed := 0
	for i := range 10000 { // over ten minutes, each from elsewhere
		now = now.Add(60 * time.Millisecond)
		if _, ok := d.AllowSignIn("Anna@example.com ", fmt.Sprintf("10.%d.%d.1", i/256, i%256)); ok {
			allowed++
		}
	}
	if allowed < 20 || allowed > 60 {
		t.Errorf("%d of 10,000 guesses at one account", allowed)
	}
	wait, ok := d.AllowSignIn("anna@example.com", "192.0.2.1")
	if ok || wait <= 0 || wait > accountEvery {
		t.Errorf("wait %s", wait)
	}
	now = now.Add(wait)
	if _, ok := d.AllowSignIn("anna@example.com", "192.0.2.1"); !ok {
		t.Error("waiting as told did not help")
	}
	d.SignInWorked("anna@example.com")
	for range accountTries {
		if _, ok := d.AllowSignIn("anna@example.com", "192.0.2.2"); !ok {
			t.Error("a success did not clear the failures")
		}
	}
	allowed = 0
	for i := range 10000 { // one IPv6 customer, each account once
		if _, ok := d.AllowSignIn(fmt.Sprint("user", i), fmt.Sprintf("2001:db8::%x", i)); ok {
			allowed++
		}
	}
	if allowed != addressTries {
		t.Errorf("%d guesses from one network at once", allowed)
	}
	if _, ok := d.AllowSignIn("user9999", "198.51.100.1"); !ok {
		t.Error("a try that the address was refused cost the account")
	}
	for i := range maxBuckets + 500 {
		d.AllowSignIn(fmt.Sprint("many", i), fmt.Sprintf("2001:db8:%x::1", i))
	}
	if n := len(d.limits.accounts.byKey); n != maxBuckets || d.limits.accounts.order.Len() != n {
		t.Errorf("%d accounts remembered", n)
	}
	if n := len(d.limits.addresses.byKey); n > maxBuckets {
		t.Errorf("%d addresses remembered", n)
	}
}
