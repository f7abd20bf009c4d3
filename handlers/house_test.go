package handlers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"agentdesk/auth"
	"agentdesk/internal/store"
	"agentdesk/relay"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is the whole chain over a real listener, with a fake chat server behind
// it, and Anna's browser.
type house struct {
	t      *testing.T
	url    string // with the base path
	origin string
	desk   *fakeDesk
	desks  *fakeDesks
	auth   *auth.Manager
	hub    *relay.Hub
	canned Canned
	http   *http.Client
	later  atomic.Int64 // nanoseconds that the sign-ins' clock is ahead
}

// newHouse builds a house. The base path is the public one; what arrives is up
// to the test.
func newHouse(t *testing.T, base string, change ...func(*Options)) *house {
	t.Helper()
	db, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, desk: newFakeDesk(), hub: relay.New(relay.Options{})}
	h.desks = &fakeDesks{anna: h.desk}
	h.canned = db
	ts := httptest.NewUnstartedServer(nil)
	h.origin = "http://" + ts.Listener.Addr().String()
	h.url = h.origin + base
	public, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	h.auth, err = auth.New(auth.Options{
		Store: db, Keys: []string{strings.Repeat("k", 32)}, PublicURL: public,
		Now:   func() time.Time { return time.Now().Add(time.Duration(h.later.Load())) },
		OnEnd: func(s auth.Session, _ string) { h.hub.CloseSession(s.Key, relay.SignedOut) },
	})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Base: base, Auth: h.auth, Desks: h.desks, Hub: h.hub, Canned: h.canned, Limits: db, Views: db, Notes: db, Passwords: true, Embedded: true,
		Push: Push{Key: "BKey", Devices: db, Check: func(endpoint string) error {
			if strings.Contains(endpoint, "//10.") {
				return errors.New("private")
			}
			return nil
		}}}
	for _, f := range change {
		f(&o)
	}
	ts.Config.Handler = New(o)
	ts.Start()
	jar, _ := cookiejar.New(nil)
	transport := &http.Transport{DisableCompression: true}
	h.http = &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(func() {
		h.hub.Close()
		transport.CloseIdleConnections()
		ts.Close()
		db.Close()
	})
	return h
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) to() string { return r.header.Get("Location") }

// ask sends a request as a browser does: with Sec-Fetch-Site and Origin on
// forms. Headers given replace those; an empty value removes one.
func (h *house) ask(method, path string, body io.Reader, headers ...string) reply {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", h.origin)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] == "" {
			req.Header.Del(headers[i])
		} else {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	res, err := h.http.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(b)}
}

func (h *house) get(path string, headers ...string) reply {
	h.t.Helper()
	return h.ask(http.MethodGet, path, nil, headers...)
}

func (h *house) post(path, form string, headers ...string) reply {
	h.t.Helper()
	return h.ask(http.MethodPost, path, strings.NewReader(form), headers...)
}

// script posts as the page's own script does.
func (h *house) script(path, form string) reply {
	h.t.Helper()
	return h.post(path, form, "X-Desk", "1", "Accept", "*/*")
}

// upload posts a multipart form with files, name → content.
func (h *house) upload(path string, fields url.Values, files map[string][]byte, headers ...string) reply {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		_ = w.WriteField(k, v[0])
	}
	for name, content := range files {
		part, _ := w.CreateFormFile("file", name)
		_, _ = part.Write(content)
	}
	_ = w.Close()
	return h.ask(http.MethodPost, path, &b, append([]string{"Content-Type", w.FormDataContentType()}, headers...)...)
}

// signIn signs Anna in by the form.
func (h *house) signIn() *house {
	h.t.Helper()
	if r := h.post("/login", "email="+url.QueryEscape(agentAnna)+"&password=demo"); r.status != http.StatusSeeOther {
		h.t.Fatalf("sign-in answered %d: %.300s", r.status, r.body)
	}
	return h
}

// stream opens /events and gives its lines; it ends with the test.
func (h *house) stream() (*http.Response, context.CancelFunc) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 10*time.Second)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/events", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	res, err := h.http.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { cancel(); res.Body.Close() })
	return res, cancel
}

// want checks a status and that the body holds words.
func (r reply) want(t *testing.T, status int, words ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("answered %d, want %d: %.400s", r.status, status, r.body)
	}
	for _, w := range words {
		if !strings.Contains(r.body, w) {
			t.Errorf("body lacks %q: %.600s", w, r.body)
		}
	}
}
