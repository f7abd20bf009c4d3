package chatserver

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// TestRestartKeepsEverything stops a server without any goodbye to its engine and
// opens the data again: what was answered is there.
func TestRestartKeepsEverything(t *testing.T) {
	dir := t.TempDir()
	first := newWorld(t, func(o *Options) { o.DataDir = dir })
	anna := first.login("anna")
	v := first.visitor("Vera").start(1, "first words")
	anna.push("incoming_chat")
	sent := get[protocol.SendEventResponse](t, anna.ok("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": "answer", "custom_id": "k"}}))
	anna.ok("set_routing_status", map[string]any{"status": "not_accepting_chats"})

	// A second server on the same files, as after a crash: nothing was closed.
	second := newWorld(t, func(o *Options) { o.DataDir = dir })
	if got := second.srv.Engine().License().OrganizationID; got != "org-1" {
		t.Errorf("organization %q", got)
	}
	again := second.dial("/v3.6/agent/rtm/ws")
	in := get[protocol.LoginResponse](t, again.ok("login", map[string]any{"token": first.tokens["anna"], "reconnect": true}))
	if len(in.ChatsSummary) != 1 || in.ChatsSummary[0].ID != v.chat || in.MyProfile.RoutingStatus != "not_accepting_chats" {
		t.Fatalf("login = %+v", in)
	}
	c := get[protocol.Chat](t, again.ok("get_chat", map[string]any{"chat_id": v.chat}))
	if text := textOf(c); !strings.Contains(text, "first words") || !strings.Contains(text, "answer") {
		t.Errorf("thread has %q", text)
	}
	resent := get[protocol.SendEventResponse](t, again.ok("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": "answer", "custom_id": "k"}}))
	if resent != sent {
		t.Errorf("the same send after the restart made %v, want %v", resent, sent)
	}
}

func TestSeedOnce(t *testing.T) {
	dir, n := t.TempDir(), 0
	for range 2 {
		srv, err := New(t.Context(), Options{DataDir: dir, Seed: func(ctx context.Context, e *engine.Engine) error { n++; return people(ctx, e) }})
		if err != nil {
			t.Fatal(err)
		}
		srv.Start()
		if err := srv.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n != 1 {
		t.Errorf("seeded %d times", n)
	}
}

func TestUnusableData(t *testing.T) {
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "chat.db"), []byte(strings.Repeat("this is no database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{damaged, filepath.Join(blocked, "data"), ""} {
		srv, err := New(t.Context(), Options{DataDir: dir})
		if err == nil {
			srv.Close(t.Context())
			t.Fatalf("%q was opened", dir)
		}
		if strings.Contains(err.Error(), "\n") || dir != "" && !strings.Contains(err.Error(), dir) && !strings.Contains(err.Error(), blocked) {
			t.Errorf("the sentence does not name %s: %v", dir, err)
		}
		t.Log(err)
	}
	b, err := os.ReadFile(filepath.Join(damaged, "chat.db"))
	if err != nil || !strings.HasPrefix(string(b), "this is no database") {
		t.Error("the damaged file was changed")
	}
}
