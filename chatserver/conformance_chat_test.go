package chatserver_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestConformanceLogin(t *testing.T) {
	s := start(t)
	w := s.dial(agentPath)
	w.fails("list_chats", `{}`, "authentication")
	w.fails("login", `{}`, "validation")
	w.fails("login", `{"token":"Bearer dal:nonsense"}`, "authentication")
	w.fails("login", `{"token":"Bearer `+s.guest().token+`"}`, "authentication")
	p := w.ok("login", `{"token":"Bearer dal:demo-anna"}`)
	p.has(t, "license.id", "my_profile.name", "my_profile.permission", "my_profile.email", "my_profile.routing_status", "chats_summary")
	p.is(t, "license.organization_id", org)
	p.is(t, "license.id", "1")
	p.is(t, "my_profile.id", "anna@example.com")
	p.is(t, "my_profile.type", "agent")
	p.is(t, "my_profile.permission", "normal")
	w.fails("login", `{"token":"Bearer dal:demo-anna"}`, "validation")
	bare := s.dial(agentPath)
	bare.ok("login", `{"token":"dal:demo-ben"}`)

	g := s.guest()
	c := s.dial(customerPath)
	c.fails("start_chat", `{}`, "authentication")
	c.fails("login", `{"token":"Bearer dal:demo-anna"}`, "authentication")
	p = c.ok("login", `{"token":"Bearer `+g.token+`","customer":{"name":"Vera","email":"vera@example.org","session_fields":[{"plan":"gold"}]},
		"customer_page":{"url":"https://shop.example/a","title":"A"},"group_id":1,"is_mobile":true,"application":{"name":"x","version":"1"}}`)
	p.has(t, "customer.statistics.chats_count", "customer.statistics.threads_count", "customer.statistics.visits_count",
		"customer.statistics.page_views_count", "customer.statistics.greetings_shown_count", "customer.statistics.greetings_accepted_count",
		"customer.session_fields", "chats", "__priv_dynamic_config.customer_groups.monitoring.id", "__priv_dynamic_config.online_groups_ids")
	p.is(t, "customer.id", g.id)
	p.is(t, "customer.name", "Vera")
	p.is(t, "customer.email", "vera@example.org")
	p.is(t, "customer.session_fields.0.plan", "gold")
	p.is(t, "has_active_thread", false)
	p.is(t, "__priv_dynamic_config.customer_groups.monitoring.id", 1)
	p.lacks(t, "customer_id", "customer.fields", "token")
	if !strings.Contains(fmt.Sprint(p.list("__priv_dynamic_config.online_groups_ids")), "1") {
		t.Errorf("group 1 is online, but: %s", p)
	}
}

func TestConformanceOfflineLogin(t *testing.T) {
	s := start(t)
	p := s.dial(customerPath).ok("login", `{"token":"Bearer `+s.guest().token+`"}`)
	p.lacks(t, "__priv_dynamic_config.online_groups_ids")
	c := s.customer(s.guest())
	c.fails("start_chat", `{"chat":{"access":{"group_ids":[1]}}}`, "group_offline")
	c.fails("get_predicted_agent", `{}`, "group_offline")
	c.ok("list_group_statuses", `{"all":true}`).is(t, "groups_status.1", "offline")
}

func TestConformanceStart(t *testing.T) {
	s := start(t)
	anna, ben := s.agent("anna"), s.agent("ben")
	g := s.guest()
	one, two := s.customer(g), s.customer(g)
	r := one.call("start_chat", `{"chat":{"access":{"group_ids":[1]},"properties":{"mine":{"a":1}},"users":[{"id":"someone","type":"customer"}],
		"thread":{"properties":{"t":{"b":"x"}},"events":[{"type":"message","text":"hello","custom_id":"k1","author_id":"","created_at":"0001-01-01T00:00:00Z","id":null,"postback":null},
		{"type":"filled_form","form_id":"f","fields":[{"type":"name","label":"Name","answer":"Vera"}]}]}}}`)
	p := r.sub("payload")
	p.has(t, "chat_id", "thread_id", "event_ids.0", "event_ids.1")
	chat, thread := p.str("chat_id"), p.str("thread_id")

	// The promise of the vendor's SDK resolves on the push with the request's id,
	// on the connection that asked only.
	mine := one.push("incoming_chat")
	mine.is(t, "request_id", r.str("request_id"))
	other := two.push("incoming_chat")
	other.lacks(t, "request_id")
	for _, d := range []doc{mine, other} {
		d.is(t, "payload.requester_id", g.id)
		d.is(t, "payload.chat.id", chat)
		d.is(t, "payload.chat.thread.id", thread)
		d.is(t, "payload.chat.thread.active", true)
		d.is(t, "payload.chat.thread.events.0.text", "hello")
		d.is(t, "payload.chat.thread.events.0.custom_id", "k1")
		d.is(t, "payload.chat.thread.events.0.author_id", g.id)
		d.is(t, "payload.chat.thread.events.1.type", "filled_form")
		d.is(t, "payload.chat.thread.events.1.fields.0.answer", "Vera")
		d.is(t, "payload.chat.properties.mine.a", 1)
		d.has(t, "payload.chat.users.1", "payload.chat.access.group_ids", "payload.chat.thread.created_at", "payload.chat.thread.user_ids",
			"payload.chat.thread.events.0.id", "payload.chat.thread.events.0.created_at")
		d.lacks(t, "payload.chat.thread.tags", "payload.chat.thread.order", "payload.chat.thread.timestamp", "payload.chat.users.0.fields")
	}
	if at := mine.str("payload.chat.thread.events.0.created_at"); len(at) != len("2026-01-02T03:04:05.678901Z") || !strings.HasSuffix(at, "Z") {
		t.Errorf("created_at %q is not in microseconds, UTC", at)
	}

	a := anna.push("incoming_chat")
	a.lacks(t, "request_id")
	a.is(t, "payload.chat.thread.events.0.text", "hello")
	a.has(t, "payload.chat.is_followed", "payload.chat.users.0.statistics", "payload.chat.thread.access.group_ids")
	ben.push("incoming_chat").is(t, "payload.chat.id", chat)

	one.fails("start_chat", `{}`, "chat_already_active")
	one.fails("resume_chat", `{"chat":{"id":"`+chat+`"}}`, "chat_already_active")
	one.ok("deactivate_chat", `{"id":"`+chat+`"}`)
	one.fails("start_chat", `{}`, "limit_reached")
	one.fails("send_event", `{"chat_id":"`+chat+`","event":{"type":"message","text":"x"}}`, "chat_inactive")
	one.ok("send_event", `{"chat_id":"`+chat+`","attach_to_last_thread":true,"event":{"type":"message","text":"late"}}`).has(t, "event_id")
	one.drop()
	r = one.call("resume_chat", `{"chat":{"id":"`+chat+`"}}`)
	p = r.sub("payload")
	p.has(t, "thread_id")
	p.lacks(t, "chat_id")
	mine = one.push("incoming_chat")
	mine.is(t, "request_id", r.str("request_id"))
	mine.is(t, "payload.chat.thread.previous_thread_id", thread)
	if mine.at("payload.chat.thread.events") == nil {
		t.Errorf("a thread without events must have an empty list: %s", mine)
	}
}

func TestConformanceEvents(t *testing.T) {
	s := start(t)
	k := s.begin()
	second := s.customer(k.g)
	ben := s.agent("ben")
	send := func(text, more string) string {
		return fmt.Sprintf(`{"chat_id":"%s","event":{"type":"message","text":"%s"%s}}`, k.chat, text, more)
	}

	// A customer's event.
	r := k.guest.call("send_event", send("one", `,"custom_id":"c1","recipients":"agents","visibility":"agents"`))
	id := r.str("payload.event_id")
	mine := k.guest.event("one")
	mine.is(t, "request_id", r.str("request_id"))
	mine.is(t, "payload.event.id", id)
	mine.is(t, "payload.event.custom_id", "c1")
	mine.is(t, "payload.event.visibility", "all")
	mine.is(t, "payload.chat_id", k.chat)
	mine.is(t, "payload.thread_id", k.thread)
	second.event("one").lacks(t, "request_id")
	k.anna.event("one").lacks(t, "request_id")
	ben.event("one").lacks(t, "request_id")

	// The same custom_id again is the same event, and nobody hears of it.
	k.guest.ok("send_event", send("one", `,"custom_id":"c1"`)).is(t, "event_id", id)
	k.anna.none("incoming_event")

	// An agent's event.
	r = k.anna.call("send_event", send("two", `,"custom_id":"c2"`))
	own := k.anna.event("two")
	own.is(t, "request_id", r.str("request_id"))
	own.is(t, "payload.event.author_id", "anna@example.com")
	k.guest.event("two").lacks(t, "request_id")
	k.anna.ok("send_event", send("two", `,"custom_id":"c2"`)).is(t, "event_id", r.str("payload.event_id"))
	k.guest.none("incoming_event")
	ben.fails("send_event", send("x", ""), "authorization")

	// The end: nothing of it answers the customer's request but the response.
	k.guest.ok("deactivate_chat", `{"id":"`+k.chat+`"}`)
	last := k.guest.next("last event", func(d doc) bool { return d.str("payload.event.system_message_type") != "" })
	last.is(t, "payload.event.type", "system_message")
	last.is(t, "payload.event.system_message_type", "manual_archived_customer")
	last.lacks(t, "request_id", "payload.event.author_id")
	end := k.guest.push("chat_deactivated")
	end.lacks(t, "request_id")
	end.is(t, "payload.user_id", k.g.id)
	end.is(t, "payload.thread_id", k.thread)
	k.anna.push("chat_deactivated").is(t, "payload.chat_id", k.chat)

	// It is in the archives by a word of it.
	found := k.anna.ok("list_archives", `{"filters":{"query":"two"},"highlights":{"pre_tag":"<b>","post_tag":"</b>"}}`)
	found.is(t, "chats.0.id", k.chat)
	found.has(t, "found_chats", "chats.0.thread.events.0.id", "chats.0.users.0.id")
	if !strings.Contains(found.String(), `\u003cb\u003etwo\u003c/b\u003e`) {
		t.Errorf("the word is not marked: %s", found)
	}
}

func TestConformanceAgentsOnly(t *testing.T) {
	s := start(t)
	k := s.begin()
	sam := s.agent("sam")
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"a SECRET note","visibility":"agents"}}`)
	sam.event("a SECRET note").is(t, "payload.event.visibility", "agents")
	sam.ok("add_user_to_chat", `{"chat_id":"`+k.chat+`","user_id":"sam@example.com","user_type":"agent","visibility":"agents","ignore_requester_presence":true}`)
	k.anna.push("user_added_to_chat").is(t, "payload.user.id", "sam@example.com")
	sam.fails("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"visible"}}`, "authorization")
	sam.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"SECRET too","visibility":"agents"}}`)
	sam.ok("send_typing_indicator", `{"chat_id":"`+k.chat+`","is_typing":true}`)
	k.anna.ok("send_typing_indicator", `{"chat_id":"`+k.chat+`","is_typing":true,"visibility":"agents"}`)
	k.anna.ok("tag_thread", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`","tag":"SECRET-tag"}`)
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"an open word"}}`)
	sam.ok("remove_user_from_chat", `{"chat_id":"`+k.chat+`","user_id":"sam@example.com","user_type":"agent"}`)
	k.guest.event("an open word")
	k.guest.none("thread_tagged", "user_added_to_chat", "user_removed_from_chat", "incoming_typing_indicator", "follow_requested")

	for _, d := range []doc{
		k.guest.ok("get_chat", `{"chat_id":"`+k.chat+`"}`),
		k.guest.ok("list_threads", `{"chat_id":"`+k.chat+`"}`),
		k.guest.ok("list_chats", `{}`),
		{"frames": fmt.Sprint(k.guest.held)},
	} {
		if text := d.String(); strings.Contains(text, "SECRET") || strings.Contains(text, "sam@example.com") {
			t.Errorf("a customer sees what is for agents only: %s", text)
		}
	}
	for _, action := range []string{"get_chat", "list_threads", "list_chats"} {
		payload := `{"chat_id":"` + k.chat + `"}`
		if action == "list_chats" {
			payload = `{}`
		}
		if _, d := s.web("customer", k.g.token, action, payload); strings.Contains(d.String(), "SECRET") || len(d) == 0 {
			t.Errorf("%s over the Web: %s", action, d)
		}
	}
}

func TestConformanceTypingAndSeen(t *testing.T) {
	s := start(t)
	k := s.begin()
	ben, follower := s.agent("ben"), s.agent("sam")
	follower.ok("follow_chat", `{"id":"`+k.chat+`"}`)
	follower.push("incoming_chat").is(t, "payload.chat.is_followed", true)

	k.guest.ok("send_sneak_peek", `{"chat_id":"`+k.chat+`","sneak_peek_text":"I wou"}`)
	p := k.anna.push("incoming_sneak_peek")
	p.is(t, "payload.sneak_peek.text", "I wou")
	p.is(t, "payload.sneak_peek.author_id", k.g.id)
	p.has(t, "payload.chat_id", "payload.thread_id", "payload.sneak_peek.timestamp")
	follower.push("incoming_sneak_peek")
	ben.none("incoming_sneak_peek")
	k.guest.none("incoming_sneak_peek")

	k.anna.ok("send_typing_indicator", `{"chat_id":"`+k.chat+`","is_typing":true}`)
	p = k.guest.push("incoming_typing_indicator")
	p.is(t, "payload.typing_indicator.author_id", "anna@example.com")
	p.is(t, "payload.typing_indicator.is_typing", true)
	k.anna.none("incoming_typing_indicator")
	k.guest.fails("send_typing_indicator", `{"chat_id":"`+k.chat+`","is_typing":true}`, "validation")

	at := k.guest.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).str("thread.events.0.created_at")
	k.anna.ok("mark_events_as_seen", `{"chat_id":"`+k.chat+`","seen_up_to":"`+at+`"}`)
	p = k.guest.push("events_marked_as_seen")
	p.is(t, "payload.user_id", "anna@example.com")
	p.is(t, "payload.seen_up_to", at)
	p.is(t, "payload.chat_id", k.chat)
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"news"}}`)
	at = k.guest.event("news").str("payload.event.created_at")
	again := s.dial(customerPath)
	again.ok("login", `{"token":"Bearer `+k.g.token+`"}`).is(t, "chats.0.has_unread_events", true)
	k.guest.ok("mark_events_as_seen", `{"chat_id":"`+k.chat+`","seen_up_to":"`+at+`"}`)
	k.anna.next("the customer's mark", func(d doc) bool { return d["action"] == "events_marked_as_seen" && d.str("payload.user_id") == k.g.id })
	login := s.dial(customerPath).ok("login", `{"token":"Bearer `+k.g.token+`"}`)
	login.is(t, "chats.0.has_unread_events", false)
	login.is(t, "chats.0.chat_id", k.chat)
	login.is(t, "has_active_thread", true)
	follower.ok("unfollow_chat", `{"id":"`+k.chat+`"}`)
	follower.push("chat_unfollowed").is(t, "payload.chat_id", k.chat)
}
