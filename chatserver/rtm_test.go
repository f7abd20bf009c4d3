package chatserver

import (
	"strings"
	"testing"

	"agentdesk/protocol"
)

func TestConversation(t *testing.T) {
	w := newWorld(t)
	anna, sam, cleo := w.login("anna"), w.login("sam"), w.login("cleo")
	v := w.visitor("Vera").start(1, "hello there")

	in := get[protocol.IncomingChat](t, anna.push("incoming_chat").Payload)
	if in.Chat.ID != v.chat || len(in.Chat.Thread.Events) != 1 || in.Chat.Thread.Events[0].Text != "hello there" {
		t.Fatalf("incoming_chat = %+v", in)
	}
	sam.push("incoming_chat")
	if !memberOf(in.Chat.Users, "anna@example.com") {
		t.Fatalf("anna was not assigned: %+v", in.Chat.Users)
	}

	r := get[protocol.SendEventResponse](t, anna.ok("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": "hi", "custom_id": "c1"}}))
	p := anna.push("incoming_event")
	if p.RequestID == "" || p.Version != "3.6" {
		t.Errorf("own push lacks request_id or version: %+v", p)
	}
	if q := sam.push("incoming_event"); q.RequestID != "" {
		t.Errorf("another's push has request_id %q", q.RequestID)
	}
	again := get[protocol.SendEventResponse](t, anna.ok("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": "hi", "custom_id": "c1"}}))
	if again != r {
		t.Errorf("second send = %v, want %v", again, r)
	}
	if n := anna.count("incoming_event"); n != 0 {
		t.Errorf("second send pushed %d events", n)
	}

	v.say("a word: zanzibar")
	anna.push("incoming_event")
	anna.ok("mark_events_as_seen", map[string]any{"chat_id": v.chat, "seen_up_to": "2099-01-01T00:00:00.000000Z"})
	sam.push("events_marked_as_seen")
	anna.ok("tag_thread", map[string]any{"chat_id": v.chat, "thread_id": in.Chat.Thread.ID, "tag": "vip"})
	sam.push("thread_tagged")
	sam.fails("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": "x"}}, "authorization")
	cleo.fails("get_chat", map[string]any{"chat_id": v.chat}, "missing_access")
	anna.ok("deactivate_chat", map[string]any{"id": v.chat})
	d := get[protocol.ChatDeactivated](t, sam.push("chat_deactivated").Payload)
	if d.UserID != "anna@example.com" {
		t.Errorf("chat_deactivated = %+v", d)
	}
	anna.fails("send_event", map[string]any{"chat_id": v.chat, "event": map[string]any{"type": "message", "text": "late"}}, "chat_inactive")

	found := get[protocol.ListArchivesResponse](t, anna.ok("list_archives", map[string]any{"filters": map[string]any{"query": "zanz"}, "highlights": map[string]any{}}))
	if found.FoundChats != 1 || !strings.Contains(textOf(found.Chats[0]), "<em>zanzibar</em>") {
		t.Fatalf("list_archives = %+v", found)
	}
	if none := get[protocol.ListArchivesResponse](t, cleo.ok("list_archives", map[string]any{"filters": map[string]any{"query": "zanzibar"}})); none.FoundChats != 0 {
		t.Errorf("cleo found %d", none.FoundChats)
	}
	for _, action := range []string{"incoming_chat", "incoming_event", "chat_deactivated", "thread_tagged", "events_marked_as_seen"} {
		if n := cleo.count(action); n != 0 {
			t.Errorf("cleo got %d %s", n, action)
		}
	}
}

func memberOf(users []protocol.User, id string) bool {
	for _, u := range users {
		if u.ID == id && u.Present {
			return true
		}
	}
	return false
}

func textOf(c protocol.Chat) string {
	var b strings.Builder
	for _, e := range c.Thread.Events {
		b.WriteString(e.Text + "\n")
	}
	return b.String()
}
