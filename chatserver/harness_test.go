package chatserver

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/gorilla/websocket"
)

// world is a server with two groups and four agents: anna and ben in group 1,
// sam supervises both, cleo is in group 2 alone.
type world struct {
	t      *testing.T
	srv    *Server
	url    string
	tokens map[string]string
}

const password = "correct horse"

func people(ctx context.Context, e *engine.Engine) error {
	if err := e.SetLicense(ctx, store.License{ID: 1, OrganizationID: "org-1", Plan: "test"}); err != nil {
		return err
	}
	for id, name := range map[int]string{1: "Sales", 2: "Support"} {
		if err := e.CreateGroup(ctx, store.Group{ID: id, Name: name, Language: "en"}); err != nil {
			return err
		}
	}
	hash := engine.HashPassword(password)
	for _, a := range []store.Agent{
		{ID: "anna@example.com", Name: "Anna", Role: "normal", Groups: map[int]string{1: "normal"}},
		{ID: "ben@example.com", Name: "Ben", Role: "normal", Groups: map[int]string{1: "normal"}},
		{ID: "sam@example.com", Name: "Sam", Role: "administrator", Groups: map[int]string{1: "supervisor", 2: "supervisor"}},
		{ID: "cleo@example.com", Name: "Cleo", Role: "normal", Groups: map[int]string{2: "normal"}},
	} {
		a.Password = hash
		if err := e.CreateAgent(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	w := &world{t: t, tokens: map[string]string{}}
	var base atomic.Value
	base.Store("")
	o := Options{DataDir: t.TempDir(), Seed: people, PublicURL: func() string { return base.Load().(string) }}
	for _, fn := range change {
		fn(&o)
	}
	srv, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	w.srv = srv
	ts := httptest.NewServer(srv.Handler())
	w.url = ts.URL
	base.Store(ts.URL)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := srv.Close(ctx); err != nil {
			t.Error("close:", err)
		}
		ts.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	for _, a := range srv.Engine().Agents() {
		name, _, _ := strings.Cut(a.ID, "@")
		token, _, err := srv.Engine().CreateToken(t.Context(), engine.TokenSpec{OwnerID: a.ID})
		if err != nil {
			t.Fatal(err)
		}
		w.tokens[name] = token
	}
	return w
}

// client is a websocket that remembers what came.
type client struct {
	t      *testing.T
	ws     *websocket.Conn
	frames chan protocol.Frame
	held   []protocol.Frame
	n      int
}

func (w *world) dial(path string) *client {
	w.t.Helper()
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(w.url, "http")+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	c := &client{t: w.t, ws: ws, frames: make(chan protocol.Frame, 4096)}
	go func() {
		defer close(c.frames)
		for {
			_, data, err := ws.ReadMessage()
			if err != nil {
				return
			}
			var f protocol.Frame
			if json.Unmarshal(data, &f) == nil {
				c.frames <- f
			}
		}
	}()
	w.t.Cleanup(func() { ws.Close() })
	return c
}

func (w *world) login(name string) *client {
	w.t.Helper()
	c := w.dial("/v3.6/agent/rtm/ws")
	c.ok("login", map[string]any{"token": "Bearer " + w.tokens[name]})
	return c
}

// next returns the first frame that fits, keeping the others.
func (c *client) next(what string, fits func(protocol.Frame) bool) protocol.Frame {
	c.t.Helper()
	for i, f := range c.held {
		if fits(f) {
			c.held = append(c.held[:i:i], c.held[i+1:]...)
			return f
		}
	}
	deadline := time.After(30 * time.Second)
	for {
		select {
		case f, open := <-c.frames:
			if !open {
				c.t.Fatalf("connection ended while waiting for %s", what)
			}
			if fits(f) {
				return f
			}
			c.held = append(c.held, f)
		case <-deadline:
			c.t.Fatalf("no %s came; have %v", what, actions(c.held))
		}
	}
}

func actions(list []protocol.Frame) (out []string) {
	for _, f := range list {
		out = append(out, f.Type+" "+f.Action)
	}
	return out
}

func (c *client) push(action string) protocol.Frame {
	c.t.Helper()
	return c.next("push "+action, func(f protocol.Frame) bool { return f.IsPush() && f.Action == action })
}

// silent reports what came up to now, after a round trip, with an action.
func (c *client) count(action string) int {
	c.t.Helper()
	c.ok("ping", nil)
	n := 0
	for _, f := range c.held {
		if f.IsPush() && f.Action == action {
			n++
		}
	}
	return n
}

func (c *client) send(action string, payload any) string {
	c.t.Helper()
	c.n++
	id := action + "-" + strconv.Itoa(c.n)
	f, err := protocol.NewRequest(id, action, payload)
	if err != nil {
		c.t.Fatal(err)
	}
	b, _ := protocol.Encode(f)
	if err := c.ws.WriteMessage(websocket.TextMessage, b); err != nil {
		c.t.Fatal(err)
	}
	return id
}

func (c *client) call(action string, payload any) protocol.Frame {
	c.t.Helper()
	id := c.send(action, payload)
	return c.next("response "+action, func(f protocol.Frame) bool { return f.IsResponse() && f.RequestID == id })
}

func (c *client) ok(action string, payload any) jsontext.Value {
	c.t.Helper()
	f := c.call(action, payload)
	if err := f.Err(); err != nil {
		c.t.Fatalf("%s: %v", action, err)
	}
	return f.Payload
}

func (c *client) fails(action string, payload any, typ string) *protocol.Error {
	c.t.Helper()
	f := c.call(action, payload)
	err := f.Err()
	if err == nil {
		c.t.Fatalf("%s succeeded, want %s", action, typ)
	}
	pe := err
	if pe.Type != typ {
		c.t.Fatalf("%s: %v, want type %s", action, pe, typ)
	}
	return pe
}

func get[T any](t *testing.T, raw jsontext.Value) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return v
}

// visitor is a customer without a wire.
type visitor struct {
	w     *world
	actor engine.Actor
	chat  string
}

func (w *world) visitor(name string) *visitor {
	w.t.Helper()
	c, err := w.srv.Engine().CreateCustomer(w.t.Context(), "", "", engine.CustomerChange{Name: &name})
	if err != nil {
		w.t.Fatal(err)
	}
	return &visitor{w: w, actor: engine.Actor{Kind: protocol.UserCustomer, ID: c.ID}}
}

func (v *visitor) start(group int, text string) *visitor {
	v.w.t.Helper()
	out, err := v.w.srv.Engine().StartChat(v.w.t.Context(), v.actor, protocol.StartChatRequest{Chat: &protocol.Chat{
		Access: &protocol.Access{GroupIDs: []int{group}},
		Thread: &protocol.Thread{Events: []protocol.Event{{Type: protocol.EventMessage, Text: text}}},
	}})
	if err != nil {
		v.w.t.Fatal(err)
	}
	v.chat = out.ChatID
	return v
}

func (v *visitor) say(text string) {
	v.w.t.Helper()
	if _, err := v.w.srv.Engine().SendEvent(v.w.t.Context(), v.actor, protocol.SendEventRequest{
		ChatID: v.chat, Event: protocol.Event{Type: protocol.EventMessage, Text: text},
	}); err != nil {
		v.w.t.Fatal(err)
	}
}

// web calls the Web API.
func (w *world) web(path, auth, body string) (int, []byte) {
	w.t.Helper()
	r, err := http.NewRequest("POST", w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if auth != "" {
		r.Header.Set("Authorization", auth)
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, bytes.TrimSpace(b)
}

func fast(o *Options) { o.Timing = transport.Timing{LoginWithin: time.Second} }

// dialSilent logs in and then never reads again.
func (w *world) dialSilent(name string) *websocket.Conn {
	w.t.Helper()
	// A small window, so that the server notices soon.
	d := websocket.Dialer{NetDial: func(network, address string) (net.Conn, error) {
		c, err := net.Dial(network, address)
		if err == nil {
			err = c.(*net.TCPConn).SetReadBuffer(4096)
		}
		return c, err
	}}
	ws, _, err := d.Dial("ws"+strings.TrimPrefix(w.url, "http")+"/v3.6/agent/rtm/ws", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	f, _ := protocol.NewRequest("1", "login", map[string]any{"token": w.tokens[name]})
	b, _ := protocol.Encode(f)
	ws.WriteMessage(websocket.TextMessage, b)
	if _, _, err := ws.ReadMessage(); err != nil {
		w.t.Fatal(err)
	}
	return ws
}
