package chatserver_test

import (
	"strings"
	"testing"

	"agentdesk/chatserver"
)

// TestConformanceLostGroup: an agent who loses a group is told, in the words of
// his version, that he sees its chats no more; he follows them no longer and hears
// nothing of them. Who gains a group is shown its chats.
func TestConformanceLostGroup(t *testing.T) {
	for v := range 8 {
		s := start(t, func(*chatserver.Options) {}) // the groups stay changed
		k := s.begin()
		groups := func(list string) {
			t.Helper()
			s.admin("sam").ok("update_agent", `{"id":"ben@example.com","groups":[`+list+`]}`)
		}
		groups(`{"id":2,"priority":"normal"}`)
		ben := s.speak(v, "ben", false, newNotes(t), "")
		groups(`{"id":1,"priority":"supervisor"},{"id":2,"priority":"normal"}`)
		ben.hears(ben.pick(1, "incoming_chat_thread", 7, "incoming_chat"), "chat.id chat.thread.id", "").is(t, "chat.id", k.chat)
		ben.rtm("follow_chat", `{"`+ben.pick(2, "chat_id", 7, "id")+`":"`+k.chat+`"}`)
		ben.forget()

		groups(`{"id":2,"priority":"normal"}`)
		told := ben.hears(ben.pick(1, "access_revoked", 3, "chat_access_revoked", 7, "chat_access_updated"), "id access.group_ids", "")
		told.is(t, "id", k.chat)
		told.is(t, "access.group_ids.0", 1)
		if v <= 1 {
			told.is(t, "resource", "chat")
		}
		if v >= 2 {
			ben.hears("chat_unfollowed", "chat_id", "").is(t, "chat_id", k.chat)
		}
		k.guest.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"psst"}}`)
		k.anna.event("psst")
		k.anna.ok("deactivate_chat", `{"id":"`+k.chat+`"}`)
		k.anna.push("chat_deactivated")
		ben.forget()
		for _, d := range ben.came {
			if a := d.str("action"); (a == "incoming_event" || strings.HasSuffix(a, "closed") || a == "chat_deactivated") && d.str("payload.chat_id") == k.chat {
				t.Errorf("3.%d: heard %s of a chat out of sight", v, a)
			}
		}
		ben.refused("follow_chat", `{"`+ben.pick(2, "chat_id", 7, "id")+`":"`+k.chat+`"}`, "", "missing_access", "authorization")
	}
}
