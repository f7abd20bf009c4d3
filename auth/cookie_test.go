package auth

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The header of each mode, as it must be: nothing more, nothing less.
func TestCookieByMode(t *testing.T) {
	portal := []string{"https://portal.example"}
	for _, tc := range []struct {
		public string
		frames []string
		want   string
	}{
		{"https://desk.example", nil, "__Host-sid=V; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax"},
		{"https://desk.example/", nil, "__Host-sid=V; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax"},
		{"https://intranet.example/desk", nil, "__Secure-sid=V; Path=/desk/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax"},
		{"https://intranet.example/a/desk/", nil, "__Secure-sid=V; Path=/a/desk/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax"},
		{"http://localhost:8080", nil, "sid-8080=V; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"},
		{"http://[::1]:8081/desk", nil, "sid-8081=V; Path=/desk/; Max-Age=86400; HttpOnly; SameSite=Lax"},
		{"http://localhost:8080", []string{"http://localhost:9000"}, "sid-8080=V; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"},
		{"https://desk.example:8443", nil, "__Host-sid=V; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax"},
		{"http://intranet/desk", nil, "sid=V; Path=/desk/; Max-Age=86400; HttpOnly; SameSite=Lax"},
		{"https://desk.example", portal, "__Host-sid-emb=V; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=None; Partitioned"},
		{"https://intranet.example/desk", portal, "__Secure-sid-emb=V; Path=/desk/; Max-Age=86400; HttpOnly; Secure; SameSite=None; Partitioned"},
		{"http://intranet/desk", []string{"http://portal"}, "sid=V; Path=/desk/; Max-Age=86400; HttpOnly; SameSite=Lax"},
	} {
		t.Run(fmt.Sprint(tc.public, tc.frames), func(t *testing.T) {
			d := newDesk(t, tc.public, func(o *Options) { o.FrameAncestors = tc.frames })
			w := httptest.NewRecorder()
			if _, err := d.SignIn(w, newBrowser().request("POST", "/login"), anna); err != nil {
				t.Fatal(err)
			}
			got := w.Header().Values("Set-Cookie")
			if len(got) != 1 || len(got[0]) > 400 {
				t.Fatal(got)
			}
			if plain := masked(got[0]); plain != tc.want {
				t.Errorf("\ngot  %s\nwant %s", plain, tc.want)
			}
			out := httptest.NewRecorder()
			d.SignOut(out, newBrowser().request("POST", "/logout"))
			gone := strings.Replace(tc.want, "=V", "=", 1)
			gone = strings.Replace(gone, "Max-Age=86400", "Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0", 1)
			if got := out.Header().Get("Set-Cookie"); got != gone {
				t.Errorf("\ngot  %s\nwant %s", got, gone)
			}
		})
	}
}

// masked takes value and date out of a Set-Cookie.
func masked(s string) string {
	parts := strings.Split(s, "; ")
	name, _, _ := strings.Cut(parts[0], "=")
	out := []string{name + "=V"}
	for _, p := range parts[1:] {
		if !strings.HasPrefix(p, "Expires=") {
			out = append(out, p)
		}
	}
	return strings.Join(out, "; ")
}

func TestSettingsRefused(t *testing.T) {
	for _, tc := range []struct {
		name   string
		public string
		change func(*Options)
		want   string
	}{
		{"no key", "http://localhost", func(o *Options) { o.Keys = nil }, "at least one secret key"},
		{"short key", "http://localhost", func(o *Options) { o.Keys = []string{testKey, "changeme"} }, "secret key 2 is too short"},
		{"no scheme", "desk.example", nil, "must begin with http"},
		{"ftp", "ftp://desk.example", nil, "must begin with http"},
		{"query", "http://desk.example?x", nil, "scheme, host and path only"},
		{"user", "http://u:p@desk.example", nil, "scheme, host and path only"},
		{"dots", "http://desk.example/a/../b", nil, "cannot be served"},
		{"wildcard", "https://d.example", frames("https://*.example"), "want an origin like"},
		{"path", "https://d.example", frames("https://p.example/x"), "want an origin like"},
		{"any", "https://d.example", frames("*"), "want an origin like"},
		{"scheme only", "https://d.example", frames("https:"), "want an origin like"},
		{"injection", "https://d.example", frames("https://p.example; script-src *"), "want an origin like"},
		{"http frames https", "https://d.example", frames("http://p.example"), "cannot frame one over https"},
		{"images", "https://d.example", func(o *Options) { o.ImageOrigins = []string{"cdn"} }, "image origin"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			u, _ := url.Parse(tc.public)
			o := Options{Store: newMemory(), Keys: []string{testKey}, PublicURL: u}
			if tc.change != nil {
				tc.change(&o)
			}
			if _, err := New(o); err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
}

func frames(list ...string) func(*Options) { return func(o *Options) { o.FrameAncestors = list } }

func TestWarnings(t *testing.T) {
	for _, tc := range []struct {
		public string
		frames []string
		want   int
	}{
		{"https://desk.example", []string{"https://p.example"}, 0}, {"http://localhost:8080", nil, 0}, {"http://127.0.0.1:1", nil, 0},
		{"http://[::1]:1", nil, 0}, {"http://intranet", nil, 1}, {"http://localhost", []string{"'self'"}, 1}, {"http://intranet", []string{"http://p"}, 2},
	} {
		if got := newDesk(t, tc.public, frames(tc.frames...)).Warnings(); len(got) != tc.want {
			t.Errorf("%s %v: %q", tc.public, tc.frames, got)
		}
	}
}

func TestSecretHidesItself(t *testing.T) {
	const canary = "canary"
	s := Session{Key: "k", Token: NewSecret(canary), CreatedAt: time.Unix(1, 0)}
	hidden := struct{ inner struct{ s Session } }{}
	hidden.inner.s = s
	var log strings.Builder
	l := slog.New(slog.NewTextHandler(&log, nil))
	l.Info("x", "s", s, "t", s.Token, "p", &s)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "s", s, "t", s.Token, "p", &s)
	js, err := json.Marshal(map[string]any{"s": s, "t": &s.Token})
	if err != nil {
		t.Fatal(err)
	}
	all := []string{log.String(), string(js), fmt.Sprintf("%v %+v %#v %s %q %x %d", s, s, s, s, s, s, s.Token),
		fmt.Sprintf("%v %+v %#v %s", hidden, hidden, hidden, hidden), fmt.Sprint(&s), fmt.Errorf("x: %v", s.Token).Error()}
	for _, out := range all {
		if strings.Contains(out, canary) || strings.Contains(out, fmt.Sprintf("%x", canary)) {
			t.Errorf("shown in %q", out)
		}
	}
	if s.Token.Reveal() != canary || (Secret{}).Reveal() != "" || s.Token.String() != "***" {
		t.Error("Reveal")
	}
}
