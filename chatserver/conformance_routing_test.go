package chatserver_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestConformanceQueue(t *testing.T) {
	s := start(t)
	sam := s.agent("sam") // sees everything, is never assigned
	var guests []*wire
	var chats []string
	for i := range 3 {
		c := s.customer(s.guest())
		p := c.ok("start_chat", `{"continuous":true,"chat":{"access":{"group_ids":[1]},"thread":{"events":[{"type":"message","text":"I wait"}]}}}`)
		chat := c.push("incoming_chat")
		chat.is(t, "payload.chat.thread.queue.position", i+1)
		chat.has(t, "payload.chat.thread.queue.wait_time", "payload.chat.thread.queue.queued_at")
		guests, chats = append(guests, c), append(chats, p.str("chat_id"))
	}
	list := sam.next("queue positions", func(d doc) bool { return d["action"] == "queue_positions_updated" })
	if items, ok := list["payload"].([]any); !ok || len(items) == 0 {
		t.Errorf("queue_positions_updated is no list: %s", list)
	}
	// The first one gives up: the others move on.
	guests[0].ok("deactivate_chat", `{"id":"`+chats[0]+`"}`)
	for i, c := range guests[1:] {
		p := c.next("a better place", func(d doc) bool {
			return d["action"] == "queue_position_updated" && fmt.Sprint(d.at("payload.queue.position")) == fmt.Sprint(i+1)
		})
		p.is(t, "payload.chat_id", chats[i+1])
		p.has(t, "payload.thread_id", "payload.queue.wait_time")
	}
	// Somebody comes: the chats are assigned.
	anna := s.agent("anna")
	for i, c := range guests[1:] {
		p := c.push("user_added_to_chat")
		p.is(t, "payload.user.id", "anna@example.com")
		p.is(t, "payload.user.type", "agent")
		p.has(t, "payload.user.name", "payload.reason")
		p.lacks(t, "payload.user.email", "payload.requester_id")
		p = c.push("chat_transferred")
		p.is(t, "payload.transferred_to.agent_ids.0", "anna@example.com")
		p.is(t, "payload.reason", "assigned")
		p.lacks(t, "payload.requester_id")
		c.next("the system message", func(d doc) bool { return d.str("payload.event.system_message_type") == "routing.assigned" })
		c.ok("get_chat", `{"chat_id":"`+chats[i+1]+`"}`).lacks(t, "thread.queue")
	}
	anna.push("incoming_chat")
	guests[1].ok("list_group_statuses", `{"group_ids":[1,99]}`).is(t, "groups_status.1", "online")
	guests[1].ok("list_group_statuses", `{"group_ids":[1,99]}`).lacks(t, "groups_status.99")
	guests[1].push("groups_status_updated").has(t, "payload.groups.0.id", "payload.groups.0.status")
	guests[1].fails("list_group_statuses", `{}`, "validation")
	p := guests[1].ok("get_predicted_agent", `{}`)
	p.has(t, "agent.name", "agent.job_title", "agent.avatar")
	p.is(t, "agent.id", "anna@example.com")
	p.is(t, "agent.is_bot", false)
	p.is(t, "queue", false)
}

func TestConformanceTransfer(t *testing.T) {
	s := start(t)
	k := s.begin()
	ben := s.agent("ben")
	p := k.anna.call("list_agents_for_transfer", `{"chat_id":"`+k.chat+`"}`)
	if text := p.String(); !strings.Contains(text, "ben@example.com") || strings.Contains(text, "anna@example.com") {
		t.Errorf("list_agents_for_transfer: %s", text)
	}
	k.anna.fails("transfer_chat", `{"id":"`+k.chat+`","target":{"type":"agent","ids":["olivia@example.com"]}}`, "agent_offline")
	ben.fails("transfer_chat", `{"id":"`+k.chat+`","target":{"type":"agent","ids":["ben@example.com"]}}`, "authorization")
	r := k.anna.call("transfer_chat", `{"id":"`+k.chat+`","target":{"type":"agent","ids":["ben@example.com"]}}`)
	if r["success"] != true {
		t.Fatal(r)
	}
	got := ben.next("the chat, transferred", func(d doc) bool {
		return d["action"] == "incoming_chat" && d.at("payload.transferred_from") != nil
	})
	got.is(t, "payload.chat.id", k.chat)
	got.is(t, "payload.transferred_from.agent_ids.0", "anna@example.com")
	for _, w := range []*wire{k.anna, k.guest, ben} {
		moved := w.push("chat_transferred")
		moved.is(t, "payload.transferred_to.agent_ids.0", "ben@example.com")
		moved.is(t, "payload.reason", "manual")
		moved.is(t, "payload.requester_id", "anna@example.com")
		w.push("user_removed_from_chat").is(t, "payload.user_id", "anna@example.com")
		w.push("user_added_to_chat").is(t, "payload.user.id", "ben@example.com")
		if w == k.anna {
			moved.is(t, "request_id", r.str("request_id"))
		} else {
			moved.lacks(t, "request_id")
		}
	}
	k.guest.next("the system message", func(d doc) bool { return d.str("payload.event.system_message_type") == "chat_transferred" })
	k.anna.fails("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"x"}}`, "authorization")
	ben.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"I am ben"}}`)
	k.guest.event("I am ben")

	// To a group where nobody takes chats.
	ben.fails("transfer_chat", `{"id":"`+k.chat+`","target":{"type":"group","ids":[2]}}`, "agent_offline")
	ben.ok("transfer_chat", `{"id":"`+k.chat+`","target":{"type":"group","ids":[2]},"ignore_agents_availability":true}`)
	moved := k.guest.push("chat_transferred")
	moved.is(t, "payload.transferred_to.group_ids.0", 2)
	moved.is(t, "payload.queue.position", 1)
	k.anna.push("chat_access_updated").is(t, "payload.access.group_ids.0", 2)
	ben.fails("get_chat", `{"chat_id":"nothing"}`, "not_found")
}

func TestConformanceRoutingStatus(t *testing.T) {
	s := start(t)
	anna, sam := s.agent("anna"), s.agent("sam")
	anna.ok("set_routing_status", `{"status":"not_accepting_chats"}`)
	sam.next("anna's status", func(d doc) bool {
		return d["action"] == "routing_status_set" && d.str("payload.agent_id") == "anna@example.com" && d.str("payload.status") == "not_accepting_chats"
	})
	c := s.customer(s.guest())
	c.fails("start_chat", `{"chat":{"access":{"group_ids":[1]}}}`, "group_offline")
	statuses := anna.call("list_routing_statuses", `{}`)
	if text := statuses.String(); !strings.Contains(text, `{"agent_id":"anna@example.com","status":"not_accepting_chats"}`) || !strings.Contains(text, `{"agent_id":"ben@example.com","status":"offline"}`) {
		t.Errorf("list_routing_statuses: %s", text)
	}
	anna.fails("set_routing_status", `{"agent_id":"sam@example.com","status":"accepting_chats"}`, "authorization")
	anna.fails("set_routing_status", `{"status":"sleeping"}`, "validation")
	sam.ok("set_routing_status", `{"agent_id":"anna@example.com","status":"accepting_chats"}`)
	anna.next("her status, set by sam", func(d doc) bool {
		return d["action"] == "routing_status_set" && d["request_id"] == nil && d.str("payload.agent_id") == "anna@example.com" && d.str("payload.status") == "accepting_chats"
	})
	anna.ok("set_away_status", `{"away":true}`)
	c.fails("start_chat", `{"chat":{"access":{"group_ids":[1]}}}`, "group_offline")
	anna.ok("set_away_status", `{"away":false}`)
	c.ok("start_chat", `{"chat":{"access":{"group_ids":[1]}}}`)
	anna.push("incoming_chat")
}

func TestConformanceAgentStartsChats(t *testing.T) {
	s := start(t)
	anna := s.agent("anna")
	g := s.guest()
	c := s.customer(g)
	r := anna.call("start_chat", `{"chat":{"access":{"group_ids":[1]},"users":[{"id":"`+g.id+`","type":"customer"}],"thread":{"events":[{"type":"message","text":"May I help?"}]}}}`)
	chat := r.str("payload.chat_id")
	anna.push("incoming_chat").is(t, "request_id", r.str("request_id"))
	p := c.push("incoming_chat")
	p.is(t, "payload.chat.id", chat)
	p.is(t, "payload.requester_id", "anna@example.com")
	p.lacks(t, "request_id")
	anna.fails("resume_chat", `{"chat":{"id":"`+chat+`"}}`, "validation")
	anna.ok("deactivate_chat", `{"id":"`+chat+`"}`)
	c.push("chat_deactivated").is(t, "payload.user_id", "anna@example.com")
	r = anna.call("resume_chat", `{"chat":{"id":"`+chat+`"}}`)
	if r["success"] != true {
		t.Fatal(r)
	}
	c.push("incoming_chat").is(t, "payload.chat.thread.active", true)
	ben := s.agent("ben")
	ben.fails("deactivate_chat", `{"id":"`+chat+`"}`, "authorization")
	ben.ok("deactivate_chat", `{"id":"`+chat+`","ignore_requester_presence":true}`)
}

// TestConformanceScopes: who has no access sees and hears nothing.
func TestConformanceScopes(t *testing.T) {
	s := start(t)
	olivia, ben := s.agent("olivia"), s.agent("ben")
	c := s.customer(s.guest())
	chat := c.ok("start_chat", `{"chat":{"access":{"group_ids":[2]},"thread":{"events":[{"type":"message","text":"to sales"}]}}}`).str("chat_id")
	olivia.push("incoming_chat").is(t, "payload.chat.id", chat)
	ben.none("incoming_chat", "incoming_event", "incoming_customer")
	ben.fails("get_chat", `{"chat_id":"`+chat+`"}`, "missing_access")
	ben.fails("send_event", `{"chat_id":"`+chat+`","event":{"type":"message","text":"x"}}`, "missing_access")
	ben.fails("follow_chat", `{"id":"`+chat+`"}`, "missing_access")
	if text := ben.ok("list_chats", `{}`).String(); strings.Contains(text, chat) {
		t.Errorf("ben lists a chat of sales: %s", text)
	}
}
