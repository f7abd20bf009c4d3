package engine

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// newEngine has groups 1 (anna, ben) and 2 (cleo), and sam, who supervises both.
// The engine is closed with the test.
func newEngine(t *testing.T, s Settings) *Engine {
	t.Helper()
	ctx := t.Context()
	dir := t.TempDir()
	db, err := store.Open(ctx, filepath.Join(dir, "chat.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	e, err := New(ctx, Options{Store: db, Settings: s, FilesDir: filepath.Join(dir, "files"), PublicURL: func() string { return "http://chat.test" }})
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range map[int]string{1: "Sales", 2: "Support"} {
		if err := e.CreateGroup(ctx, store.Group{ID: id, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range []store.Agent{
		{ID: "anna", Name: "Anna", Role: "normal", Groups: map[int]string{1: PriorityNormal}},
		{ID: "ben", Name: "Ben", Role: "normal", Groups: map[int]string{1: PriorityNormal}},
		{ID: "cleo", Name: "Cleo", Role: "normal", Groups: map[int]string{2: PriorityNormal}},
		{ID: "sam", Name: "Sam", Role: "administrator", Groups: map[int]string{1: PrioritySupervisor, 2: PrioritySupervisor}},
	} {
		if err := e.CreateAgent(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// ear is a Sink that remembers.
type ear struct {
	mu     sync.Mutex
	pushes []*Push
	closed string
}

func (r *ear) Deliver(p *Push, _ string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pushes = append(r.pushes, p)
}

func (r *ear) Close(reason string) { r.closed = reason }

// take returns the payloads of an action and forgets everything heard.
func take[T any](t *testing.T, r *ear, action string) []T {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []T
	for _, p := range r.pushes {
		if p.Action != action {
			continue
		}
		var v T
		if err := json.Unmarshal(p.Payload, &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func (r *ear) forget() { r.mu.Lock(); r.pushes = nil; r.mu.Unlock() }

type desk struct {
	*ear
	s  *Session
	by Actor
}

func agentActor(e *Engine, id string) Actor {
	a, _ := e.Agent(id)
	return Actor{Kind: protocol.UserAgent, ID: id, Scopes: NewScopes(RoleScopes(a.Role))}
}

func online(t *testing.T, e *Engine, id string) desk {
	t.Helper()
	d := desk{ear: &ear{}, by: agentActor(e, id)}
	s, err := e.LoginAgent(t.Context(), Credential{Kind: protocol.UserAgent, UserID: id, Scopes: d.by.Scopes}, protocol.LoginRequest{}, d.ear, func(protocol.LoginResponse) {})
	if err != nil {
		t.Fatal(err)
	}
	d.s, d.by.Session = s, s
	return d
}

// guest is a customer with a live connection.
type guest struct {
	*ear
	by   Actor
	chat string
}

func arrive(t *testing.T, e *Engine, name string) *guest {
	t.Helper()
	c, err := e.CreateCustomer(t.Context(), "", "", CustomerChange{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	g := &guest{ear: &ear{}, by: Actor{Kind: protocol.UserCustomer, ID: c.ID}}
	s, err := e.LoginCustomer(t.Context(), Credential{Kind: protocol.UserCustomer, UserID: c.ID}, Visit{}, g.ear, func(CustomerState) {})
	if err != nil {
		t.Fatal(err)
	}
	g.by.Session = s
	return g
}

func (g *guest) start(t *testing.T, e *Engine, group int) *guest {
	t.Helper()
	out, err := e.StartChat(t.Context(), g.by, protocol.StartChatRequest{Chat: &protocol.Chat{Access: &protocol.Access{GroupIDs: []int{group}}}})
	if err != nil {
		t.Fatal(err)
	}
	g.chat = out.ChatID
	return g
}

func say(t *testing.T, e *Engine, by Actor, chat, text string) string {
	t.Helper()
	out, err := e.SendEvent(t.Context(), by, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: protocol.EventMessage, Text: text}})
	if err != nil {
		t.Fatal(err)
	}
	return out.EventID
}

// holders are the agents present in a chat.
func holders(t *testing.T, e *Engine, chat string) []string {
	t.Helper()
	c, err := e.chatNow(context.Background(), chat)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range c.Users {
		if m.Type == protocol.UserAgent && m.Present {
			out = append(out, m.UserID)
		}
	}
	slices.Sort(out)
	return out
}

func held(t *testing.T, e *Engine, chat string, want ...string) {
	t.Helper()
	if got := holders(t, e, chat); !slices.Equal(got, want) {
		t.Errorf("agents in the chat = %v, want %v", got, want)
	}
}

func wantType(t *testing.T, err error, typ string) {
	t.Helper()
	pe, ok := err.(*protocol.Error)
	if !ok || pe.Type != typ {
		t.Errorf("error = %v, want type %s", err, typ)
	}
}

// systemTypes lists the types of a chat's system messages, in order.
func systemTypes(t *testing.T, e *Engine, chat string) []string {
	t.Helper()
	c, err := e.chatNow(context.Background(), chat)
	if err != nil {
		t.Fatal(err)
	}
	events, err := e.store.Events(context.Background(), c.Thread.ID)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, ev := range events {
		if ev.Type == protocol.EventSystemMessage {
			out = append(out, ev.SystemType)
		}
	}
	return out
}
