package engine

import (
	"fmt"
	"path/filepath"
	"testing"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

func benchEngine(b *testing.B) *Engine {
	b.Helper()
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "chat.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	e, err := New(b.Context(), Options{Store: db})
	if err != nil {
		b.Fatal(err)
	}
	if err := e.CreateGroup(b.Context(), store.Group{ID: 1, Name: "g"}); err != nil {
		b.Fatal(err)
	}
	if err := e.CreateAgent(b.Context(), store.Agent{ID: "anna", Name: "Anna", MaxChats: 100000, Groups: map[int]string{1: PriorityNormal}}); err != nil {
		b.Fatal(err)
	}
	return e
}

func benchLogin(b *testing.B, e *Engine) Actor {
	by := agentActor(e, "anna")
	s, err := e.LoginAgent(b.Context(), Credential{Kind: protocol.UserAgent, UserID: "anna", Scopes: by.Scopes}, protocol.LoginRequest{}, mute{}, func(protocol.LoginResponse) {})
	if err != nil {
		b.Fatal(err)
	}
	by.Session = s
	return by
}

type mute struct{}

func (mute) Deliver(*Push, string) {}
func (mute) Close(string)          {}

func benchChat(b *testing.B, e *Engine) string {
	c, err := e.CreateCustomer(b.Context(), "", "", CustomerChange{})
	if err != nil {
		b.Fatal(err)
	}
	out, err := e.StartChat(b.Context(), Actor{Kind: protocol.UserCustomer, ID: c.ID}, protocol.StartChatRequest{Chat: &protocol.Chat{Access: &protocol.Access{GroupIDs: []int{1}}}})
	if err != nil {
		b.Fatal(err)
	}
	return out.ChatID
}

// BenchmarkSendEvent is one message, from check to push, on disk.
func BenchmarkSendEvent(b *testing.B) {
	e := benchEngine(b)
	by := benchLogin(b, e)
	chat := benchChat(b, e)
	b.ResetTimer()
	for i := range b.N {
		if _, err := e.SendEvent(b.Context(), by, protocol.SendEventRequest{ChatID: chat, Event: protocol.Event{Type: "message", Text: "hello", CustomID: fmt.Sprint(i)}}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGetChat reads a thread of 10,000 events.
func BenchmarkGetChat(b *testing.B) {
	e := benchEngine(b)
	h := &store.Thread{ID: "T", ChatID: "C", CreatedAt: 1, ThreadDetails: store.ThreadDetails{Access: []int{1}}}
	m := store.Import{Chat: &store.Chat{ID: "C", CreatedAt: 1, Access: []int{1}}, Thread: h}
	for i := range 10000 {
		m.Events = append(m.Events, protocol.Event{Type: "message", Text: "hello there", AuthorID: "anna", Visibility: "all", CreatedAt: protocol.Time(i + 1)})
	}
	if err := e.ImportThreads(b.Context(), nil, []store.Import{m}); err != nil {
		b.Fatal(err)
	}
	by := agentActor(e, "anna")
	for b.Loop() {
		c, err := e.GetChat(b.Context(), by, protocol.GetChatRequest{ChatID: "C"})
		if err != nil || len(c.Thread.Events) != 10000 {
			b.Fatal(err)
		}
		protocol.Encode(c)
	}
}

// BenchmarkLogin is a login among 10,000 active chats; BenchmarkListChats reads a
// page of them.
func BenchmarkLogin(b *testing.B) {
	e := benchEngine(b)
	by := benchLogin(b, e)
	for range 10000 {
		benchChat(b, e)
	}
	yes := true
	b.Run("login", func(b *testing.B) {
		for b.Loop() {
			e.End(benchLogin(b, e).Session, EndLost)
		}
	})
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if _, err := e.ListChats(b.Context(), by, protocol.ListChatsRequest{Limit: 100, Filters: &protocol.ChatFilters{Active: &yes}}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("tick", func(b *testing.B) {
		for b.Loop() {
			e.Tick(b.Context())
		}
	})
}
