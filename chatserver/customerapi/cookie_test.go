package customerapi

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestCookies(t *testing.T) {
	for _, c := range []struct {
		public, path, wantName, wantPath string
		secure                           bool
	}{
		{"http://localhost:8080", "/v2/customer/token", "__lc_cid_8080", "/v2/customer", false},
		{"http://[::1]:8081", "/v2/customer/token", "__lc_cid_8081", "/v2/customer", false},
		{"https://desk.example", "/v2/customer/token", "__lc_cid", "/v2/customer", true},
		{"https://intranet.example/desk", "/v2/customer/token", "__lc_cid", "/desk/v2/customer", true},
		{"https://intranet.example/desk/", "/customer/token", "__lc_cid", "/desk/customer", true},
		{"", "/v2/customer/token", "__lc_cid_9000", "/v2/customer", false}, // the request's own host
	} {
		s := &Tokens{public: func() string { return c.public }}
		w := httptest.NewRecorder()
		r := httptest.NewRequest("POST", c.path, nil)
		r.Host = "localhost:9000"
		s.setCookie(w, r, cookieID, "x")
		got := w.Result().Cookies()[0]
		same := http.SameSiteLaxMode
		if c.secure {
			same = http.SameSiteNoneMode
		}
		if got.Name != c.wantName || got.Path != c.wantPath || got.Secure != c.secure || got.SameSite != same || !got.HttpOnly {
			t.Errorf("%s %s: %+v", c.public, c.path, got)
		}
	}
}

// TestCookiesFromBefore: cookies without a port in their name are taken, unless
// there are some with it; the two are never mixed.
func TestCookiesFromBefore(t *testing.T) {
	s := &Tokens{public: func() string { return "http://localhost:8080" }}
	for _, c := range []struct {
		name       string
		given      map[string]string
		id, secret string
	}{
		{"old", map[string]string{"__lc_cid": "a", "__lc_cst": "b"}, "a", "b"},
		{"new", map[string]string{"__lc_cid_8080": "a", "__lc_cst_8080": "b"}, "a", "b"},
		{"both", map[string]string{"__lc_cid": "x", "__lc_cst": "y", "__lc_cid_8080": "a", "__lc_cst_8080": "b"}, "a", "b"},
		{"half", map[string]string{"__lc_cid": "x", "__lc_cst": "y", "__lc_cid_8080": "a"}, "x", "y"},
		{"another port's", map[string]string{"__lc_cid_8081": "a", "__lc_cst_8081": "b"}, "", ""},
	} {
		r := httptest.NewRequest("POST", "/v2/customer/token", nil)
		for k, v := range c.given {
			r.AddCookie(&http.Cookie{Name: k, Value: v})
		}
		if id, secret := s.cookies(r); id != c.id || secret != c.secret {
			t.Errorf("%s: %q %q", c.name, id, secret)
		}
	}
}
