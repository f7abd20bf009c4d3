package chatserver_test

// The conformance suite: raw text frames over a websocket and plain HTTP against
// a running chat server, with documents written by hand. It does not use package
// protocol, so that a mistake in the shared words cannot hide here.
//
// CHAT_URL names the origin of another server to test, which must have the demo's
// accounts and nobody else at work; without it each test starts an embedded one.

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"agentdesk/chatserver"
	"agentdesk/chatserver/demo"
	"agentdesk/chatserver/transport"
)

const org = "390e44e6-f1e6-4368-b6dd-74a14508c2e0"

// server is what is tested.
type server struct {
	t   *testing.T
	url string
	srv *chatserver.Server // nil for one elsewhere
}

// start gives a server with the demo's accounts and nothing else.
func start(t *testing.T, change ...func(*chatserver.Options)) *server {
	t.Helper()
	if url := os.Getenv("CHAT_URL"); url != "" {
		if len(change) > 0 {
			t.Skipf("left out: %s is another server, and this test needs one with settings of its own; it runs where CHAT_URL is not set, as in CI", url)
		}
		return &server{t, strings.TrimSuffix(url, "/"), nil}
	}
	var base atomic.Value
	base.Store("")
	o := chatserver.Options{DataDir: t.TempDir(), Demo: true, Seed: demo.SeedAccounts, PublicURL: func() string { return base.Load().(string) }}
	for _, fn := range change {
		fn(&o)
	}
	srv, err := chatserver.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	ts := httptest.NewServer(srv.Handler())
	base.Store(ts.URL)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := srv.Close(ctx); err != nil {
			t.Error("close:", err)
		}
		ts.Close()
	})
	return &server{t, ts.URL, srv}
}

func timing(timing transport.Timing) func(*chatserver.Options) {
	return func(o *chatserver.Options) { o.Timing = timing }
}

const (
	agentPath    = "/v3.6/agent/rtm/ws?organization_id=" + org
	customerPath = "/v3.6/customer/rtm/ws?organization_id=" + org
)

// agent signs in one of the demo's agents.
func (s *server) agent(name string) *wire {
	s.t.Helper()
	w := s.dial(agentPath)
	w.name = name
	w.ok("login", `{"token":"Bearer dal:demo-`+name+`"}`)
	return w
}

// guest is a new customer with a token.
type guest struct{ id, token string }

func (s *server) guest() guest {
	s.t.Helper()
	code, d := s.post("/v2/customer/token", "", `{"grant_type":"cookie","client_id":"test","response_type":"token","organization_id":"`+org+`"}`)
	if code != 200 {
		s.t.Fatalf("token: %d %s", code, d)
	}
	return guest{d.str("entity_id"), d.str("access_token")}
}

// customer opens a connection for a customer.
func (s *server) customer(g guest) *wire {
	s.t.Helper()
	w := s.dial(customerPath)
	w.name = "customer"
	w.ok("login", `{"token":"Bearer `+g.token+`"}`)
	return w
}

// request is a plain HTTP call.
func (s *server) request(method, path, auth, kind string, body []byte) (*http.Response, doc) {
	s.t.Helper()
	resp, b := s.send(method, path, auth, kind, body)
	var d doc
	_ = json.Unmarshal(b, &d)
	return resp, d
}

func (s *server) send(method, path, auth, kind string, body []byte) (*http.Response, []byte) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if auth != "" {
		r.Header.Set("Authorization", auth)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp, b
}

func (s *server) post(path, auth, body string) (int, doc) {
	s.t.Helper()
	r, d := s.request("POST", path, auth, "application/json", []byte(body))
	return r.StatusCode, d
}

// web calls an action of the Web API; side is agent or customer.
func (s *server) web(side, token, action, payload string) (int, doc) {
	s.t.Helper()
	return s.post("/v3.6/"+side+"/action/"+action+"?organization_id="+org, "Bearer "+token, payload)
}

// talk is a chat that a customer has begun and anna has.
type talk struct {
	anna, guest  *wire
	g            guest
	chat, thread string
}

// begin lets anna sign in and a customer begin a chat with her.
func (s *server) begin() talk {
	s.t.Helper()
	k := talk{anna: s.agent("anna"), g: s.guest()}
	k.guest = s.customer(k.g)
	p := k.guest.ok("start_chat", `{"chat":{"access":{"group_ids":[1]},"thread":{"events":[{"type":"message","text":"hello there"}]}}}`)
	k.chat, k.thread = p.str("chat_id"), p.str("thread_id")
	k.anna.next("the chat", func(d doc) bool { return d["action"] == "incoming_chat" && d.str("payload.chat.id") == k.chat })
	return k
}
