package chatserver_test

import (
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
)

func TestConformanceWebAPI(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.guest.drop()
	// Answers without content are an empty object with 200.
	for action, payload := range map[string]string{
		"send_sneak_peek": `{"chat_id":"` + k.chat + `","sneak_peek_text":"x"}`,
		"update_customer": `{"name":"Vera"}`,
	} {
		if code, d := s.web("customer", k.g.token, action, payload); code != 200 || d == nil || len(d) != 0 {
			t.Errorf("%s: %d %s, want an empty object", action, code, d)
		}
	}
	code, d := s.web("customer", k.g.token, "send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"over the web"}}`)
	if code != 200 || d.str("event_id") == "" {
		t.Errorf("send_event: %d %s", code, d)
	}
	k.guest.event("over the web").lacks(t, "request_id")
	k.anna.event("over the web")
	if code, d = s.web("agent", "dal:demo-anna", "send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"answered"}}`); code != 200 {
		t.Errorf("an agent's send_event: %d %s", code, d)
	}
	k.guest.event("answered")
	for _, c := range []struct {
		side, token, action, payload string
		code                         int
		typ                          string
	}{
		{"customer", "nonsense", "list_chats", `{}`, 401, "authentication"},
		{"customer", "dal:demo-anna", "list_chats", `{}`, 401, "authentication"},
		{"customer", k.g.token, "no_such_action", `{}`, 404, "not_found"},
		{"customer", k.g.token, "login", `{}`, 404, "not_found"},
		{"customer", k.g.token, "update_customer_page", `{"url":"https://a.example/"}`, 404, "not_found"},
		{"customer", k.g.token, "send_event", `not json`, 400, "validation"},
		{"customer", k.g.token, "get_chat", `{"chat_id":"nothing"}`, 404, "not_found"},
		{"customer", k.g.token, "get_chat", ``, 400, "validation"},
		{"agent", "dal:demo-ben", "no_such_action", `{}`, 404, "not_found"},
		{"agent", "nonsense", "list_chats", `{}`, 401, "authentication"},
	} {
		if code, d := s.web(c.side, c.token, c.action, c.payload); code != c.code || d.str("error.type") != c.typ || d.str("error.message") == "" {
			t.Errorf("%s %s %s: %d %s, want %d %s", c.side, c.action, c.payload, code, d, c.code, c.typ)
		}
	}
	if code, d := s.post("/v3.6/customer/action/list_chats?organization_id=another", "Bearer "+k.g.token, `{}`); code == 200 || d.str("error.type") != "license_not_found" {
		t.Errorf("another organization: %d %s", code, d)
	}
	if code, d := s.post("/v1.0/customer/action/list_chats", "Bearer "+k.g.token, `{}`); code == 200 || d.str("error.type") != "unsupported_version" {
		t.Errorf("another version: %d %s", code, d)
	}
	if code, _ := s.post("/v3.6/customer/action/list_chats?license_id=1", "Bearer "+k.g.token, `{}`); code != 200 {
		t.Errorf("with license_id: %d", code)
	}
}

// cross is a request of a page of another origin.
func (s *server) cross(c *http.Client, method, path, body string) (*http.Response, doc) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Origin", "https://shop.example")
	r.Header.Set("Content-Type", "text/plain") // as the vendor's SDK does, to avoid a preflight
	resp, err := c.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp, readDoc(s.t, resp)
}

// TestConformanceCookiesOfTwoPorts: one browser is one customer at each of two
// servers on one host, however often they take turns.
func TestConformanceCookiesOfTwoPorts(t *testing.T) {
	a, b := start(t), start(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	ask := `{"grant_type":"cookie","client_id":"x","response_type":"token","organization_id":"` + org + `"}`
	seen := map[*server]string{}
	for range 3 {
		for _, s := range []*server{a, b} {
			_, d := s.cross(browser, "POST", "/v2/customer/token", ask)
			id := d.str("entity_id")
			if seen[s] == "" {
				seen[s] = id
			}
			if id == "" || id != seen[s] {
				t.Errorf("%s knew the browser as %s, now as %s", s.url, seen[s], id)
			}
		}
	}
}

func TestConformanceCustomerToken(t *testing.T) {
	s := start(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	ask := `{"grant_type":"cookie","client_id":"x","response_type":"token","organization_id":"` + org + `","redirect_uri":"https://shop.example"}`
	resp, one := s.cross(browser, "POST", "/v2/customer/token", ask)
	one.has(t, "access_token", "entity_id", "expires_in")
	one.is(t, "token_type", "Bearer")
	one.is(t, "expires_in", 28800)
	one.is(t, "organization_id", org)
	if !strings.HasPrefix(one.str("access_token"), "dal:") {
		t.Errorf("token %q has no region", one.str("access_token"))
	}
	h := resp.Header
	if h.Get("Access-Control-Allow-Origin") != "https://shop.example" || h.Get("Access-Control-Allow-Credentials") != "true" || h.Get("Vary") == "" {
		t.Errorf("headers for other origins: %v", h)
	}
	names := map[string]*http.Cookie{}
	for _, c := range resp.Cookies() {
		names[c.Name] = c
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(s.url, "http://"), ":")
	for _, n := range []string{"__lc_cid", "__lc_cst"} {
		c := names[n+"_"+port] // a browser does not keep the cookies of two ports apart
		if c == nil || !c.HttpOnly || c.Path != "/v2/customer" || c.MaxAge < 360*24*3600 || c.Secure {
			t.Errorf("cookie %s = %+v (over plain http)", n, c)
		}
	}
	// The same browser is the same customer, with another token.
	_, two := s.cross(browser, "POST", "/v2/customer/token", ask)
	if two.str("entity_id") != one.str("entity_id") || two.str("access_token") == one.str("access_token") {
		t.Errorf("the second time: %s after %s", two, one)
	}
	// A secret that is not the customer's makes somebody new.
	r, _ := http.NewRequest("POST", s.url+"/v2/customer/token", strings.NewReader(ask))
	r.AddCookie(&http.Cookie{Name: "__lc_cid", Value: one.str("entity_id")})
	r.AddCookie(&http.Cookie{Name: "__lc_cst", Value: "guess"})
	resp, err = http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if d := readDoc(t, resp); d.str("entity_id") == "" || d.str("entity_id") == one.str("entity_id") {
		t.Errorf("a guessed secret gave %s", d)
	}

	if resp, _ := s.cross(browser, "OPTIONS", "/v3.6/customer/action/upload_file", ""); resp.StatusCode != 204 || !strings.Contains(resp.Header.Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("preflight: %d %v", resp.StatusCode, resp.Header)
	}

	resp, info := s.request("GET", "/v2/customer/info", "Bearer "+two.str("access_token"), "", nil)
	if resp.StatusCode != 200 || info.str("entity_id") != one.str("entity_id") {
		t.Errorf("info: %d %s", resp.StatusCode, info)
	}
	live := s.dial(customerPath)
	live.ok("login", `{"token":"Bearer `+two.str("access_token")+`"}`)
	if resp, d := s.request("DELETE", "/v2/customer/token", "Bearer "+two.str("access_token"), "", nil); resp.StatusCode != 200 || d == nil {
		t.Errorf("revoke: %d %s", resp.StatusCode, d)
	}
	if reason := live.closed(5e9); reason != "access_token_revoked" {
		t.Errorf("the live connection ended with %q", reason)
	}
	if resp, d := s.request("GET", "/v2/customer/info", "Bearer "+two.str("access_token"), "", nil); resp.StatusCode != 401 || d.str("oauth_exception") == "" {
		t.Errorf("info of a revoked token: %d %s", resp.StatusCode, d)
	}

	// v1, with a license's number.
	if code, d := s.post("/customer/token", "", `{"grant_type":"cookie","client_id":"x","response_type":"token","license_id":1}`); code != 200 || d.str("access_token") == "" {
		t.Errorf("v1: %d %s", code, d)
	}
	for body, want := range map[string]string{
		`{"grant_type":"cookie","organization_id":"another"}`: "invalid_request",
		`{"grant_type":"cookie","license_id":9}`:              "invalid_request",
		`{"grant_type":"guess"}`:                              "unsupported_grant_type",
		`{}`:                                                  "invalid_request",
		`nonsense`:                                            "invalid_request",
	} {
		if code, d := s.post("/v2/customer/token", "", body); code == 200 || d.str("oauth_exception") != want {
			t.Errorf("%s: %d %s, want %s", body, code, d, want)
		}
	}
}

func TestConformanceAgentTokenGrant(t *testing.T) {
	s := start(t)
	ask := `{"grant_type":"agent_token","client_id":"bridge","response_type":"token"}`
	code, d := s.post("/v2/customer/token", "Bearer dal:demo-olivia", ask)
	if code != 200 || d.str("entity_id") == "" || d.str("client_id") != "bridge" {
		t.Fatalf("%d %s", code, d)
	}
	again := `{"grant_type":"agent_token","client_id":"bridge","response_type":"token","entity_id":"` + d.str("entity_id") + `"}`
	if code, e := s.post("/v2/customer/token", "Bearer dal:demo-olivia", again); code != 200 || e.str("entity_id") != d.str("entity_id") {
		t.Errorf("for the same customer: %d %s", code, e)
	}
	for _, auth := range []string{"", "Bearer nonsense", "Bearer dal:demo-anna", "Bearer " + d.str("access_token")} {
		if code, d := s.post("/v2/customer/token", auth, ask); code == 200 || d.str("oauth_exception") == "" {
			t.Errorf("with %q: %d %s", auth, code, d)
		}
	}
}
