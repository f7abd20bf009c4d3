package chatserver_test

import (
	"fmt"
	"net/http"
	"testing"
)

func TestConformanceIsolation(t *testing.T) {
	s := start(t)
	k := s.begin()
	other := s.customer(s.guest())
	event := k.guest.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).str("thread.events.0.id")
	chat, thread := `"chat_id":"`+k.chat+`"`, `"thread_id":"`+k.thread+`"`
	for action, payload := range map[string]string{
		"get_chat":                   `{` + chat + `}`,
		"list_threads":               `{` + chat + `}`,
		"resume_chat":                `{"chat":{"id":"` + k.chat + `"}}`,
		"deactivate_chat":            `{"id":"` + k.chat + `"}`,
		"send_event":                 `{` + chat + `,"event":{"type":"message","text":"intruder"}}`,
		"send_sneak_peek":            `{` + chat + `,"sneak_peek_text":"intruder"}`,
		"mark_events_as_seen":        `{` + chat + `,"seen_up_to":"2030-01-01T00:00:00.000000Z"}`,
		"update_chat_properties":     `{"id":"` + k.chat + `","properties":{"a":{"b":1}}}`,
		"delete_chat_properties":     `{"id":"` + k.chat + `","properties":{"a":["b"]}}`,
		"update_thread_properties":   `{` + chat + `,` + thread + `,"properties":{"rating":{"score":0}}}`,
		"delete_thread_properties":   `{` + chat + `,` + thread + `,"properties":{"rating":["score"]}}`,
		"update_event_properties":    `{` + chat + `,` + thread + `,"event_id":"` + event + `","properties":{"a":{"b":1}}}`,
		"delete_event_properties":    `{` + chat + `,` + thread + `,"event_id":"` + event + `","properties":{"a":["b"]}}`,
		"send_rich_message_postback": `{` + chat + `,` + thread + `,"event_id":"` + event + `","postback":{"id":"x","toggled":true}}`,
	} {
		other.fails(action, payload, "not_found")
	}
	other.ok("list_chats", `{}`).is(t, "total_chats", 0)
	if n := len(k.guest.ok("list_chats", `{}`).list("chats_summary")); n != 1 {
		t.Errorf("the customer has %d chats", n)
	}
	k.anna.none("incoming_event", "thread_properties_updated", "incoming_sneak_peek")
	// Nothing of the agents' side answers to a customer's token.
	for _, action := range []string{"list_archives", "list_chats", "get_customer", "ban_customer", "list_routing_statuses"} {
		if code, d := s.web("agent", k.g.token, action, `{}`); code != http.StatusUnauthorized || d.str("error.type") != "authentication" {
			t.Errorf("agent API, %s with a customer's token: %d %s", action, code, d)
		}
	}
	for _, action := range []string{"list_archives", "transfer_chat", "tag_thread", "ban_customer", "set_routing_status", "follow_chat"} {
		other.fails(action, `{}`, "validation")
	}
}

func TestConformanceLists(t *testing.T) {
	s := start(t)
	k := s.begin()
	for range 5 {
		k.guest.ok("deactivate_chat", `{"id":"`+k.chat+`"}`)
		k.guest.ok("resume_chat", `{"chat":{"id":"`+k.chat+`","thread":{"events":[{"type":"message","text":"again"}]}}}`)
	}
	p := k.guest.ok("list_threads", `{"chat_id":"`+k.chat+`","limit":2}`)
	p.is(t, "found_threads", 6)
	p.has(t, "threads.1.events.0.text", "next_page_id", "threads.0.previous_thread_id", "threads.0.created_at")
	p.lacks(t, "previous_page_id", "threads.2", "threads.0.tags")
	next := k.guest.ok("list_threads", `{"chat_id":"`+k.chat+`","page_id":"`+p.str("next_page_id")+`"}`)
	next.has(t, "threads.1.id", "previous_page_id", "next_page_id")
	if next.str("threads.0.id") == p.str("threads.0.id") {
		t.Error("the second page is the first")
	}
	k.guest.fails("list_threads", `{"chat_id":"`+k.chat+`","limit":2,"min_events_count":5}`, "validation")
	k.guest.fails("list_threads", `{"chat_id":"`+k.chat+`","limit":101}`, "validation")
	k.guest.fails("list_chats", `{"limit":26}`, "validation")
	k.guest.fails("list_chats", `{"page_id":"nonsense"}`, "validation")
	p = k.guest.ok("list_chats", `{"limit":25,"sort_order":"asc"}`)
	p.is(t, "total_chats", 1)
	p.is(t, "chats_summary.0.active", true)
	p.has(t, "chats_summary.0.last_thread_id", "chats_summary.0.last_thread_created_at", "chats_summary.0.last_event_per_type.message.event.text",
		"chats_summary.0.users.0.id", "chats_summary.0.access.group_ids", "chats_summary.0.properties")
	p.lacks(t, "chats_summary.0.last_thread_summary", "found_chats", "chats_info")

	p = k.anna.ok("list_chats", `{"filters":{"active":true},"limit":1}`)
	p.has(t, "chats_summary.0.last_thread_summary.id", "found_chats", "chats_summary.0.users.0.id")
	p = k.anna.ok("list_threads", `{"chat_id":"`+k.chat+`","limit":6}`)
	p.has(t, "threads.5.events.0.id")
	p = k.anna.ok("get_chat", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`"}`)
	p.is(t, "thread.id", k.thread)
	p.is(t, "thread.active", false)
	p.has(t, "thread.next_thread_id")
}

func TestConformanceArchives(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"system_message","system_message_type":"custom_note","text":"the robot says %x%","text_vars":{"x":"hello"}}}`)
	k.guest.next("a system message", func(d doc) bool { return d.str("payload.event.system_message_type") == "custom_note" })
	k.anna.ok("tag_thread", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`","tag":"refund"}`)
	for i := range 3 {
		k.guest.ok("send_event", fmt.Sprintf(`{"chat_id":%q,"event":{"type":"message","text":"word%d zanzibar"}}`, k.chat, i))
		k.guest.ok("deactivate_chat", `{"id":"`+k.chat+`"}`)
		k.guest.ok("resume_chat", `{"chat":{"id":"`+k.chat+`"}}`)
	}
	for filters, want := range map[string]int{
		`{}`:                       3,
		`{"query":"zanzibar"}`:     3,
		`{"query":"word1 zanz"}`:   1,
		`{"query":"word1 absent"}`: 0,
		`{"query":"\"*) OR ("}`:    0,
		`{"group_ids":[1]}`:        3,
		`{"group_ids":[2]}`:        0,
		`{"agents":{"values":["anna@example.com"]}}`:         3,
		`{"agents":{"values":["ben@example.com"]}}`:          0,
		`{"agents":{"exclude_values":["anna@example.com"]}}`: 0,
		`{"tags":{"values":["refund"]}}`:                     1,
		`{"tags":{"exists":false}}`:                          2,
		`{"tags":{"exclude_values":["refund"]}}`:             2,
		`{"from":"2020-01-01T00:00:00.000000Z"}`:             3,
		`{"to":"2020-01-01T00:00:00.000000Z"}`:               0,
	} {
		p := k.anna.ok("list_archives", `{"filters":`+filters+`}`)
		if n := len(p.list("chats")); n != want && filters != `{"query":"\"*) OR ("}` {
			t.Errorf("%s finds %d, want %d", filters, n, want)
		}
		p.has(t, "found_chats")
	}
	p := k.anna.ok("list_archives", `{"limit":2}`)
	p.has(t, "next_page_id", "chats.1.thread.id", "chats.0.users.0.id")
	p.is(t, "chats.0.thread.active", false)
	p.lacks(t, "previous_page_id")
	next := k.anna.ok("list_archives", `{"page_id":"`+p.str("next_page_id")+`"}`)
	next.has(t, "chats.0.thread.id", "previous_page_id")
	next.lacks(t, "chats.1", "next_page_id")
	for _, bad := range []string{`{"limit":0,"sort_order":"up"}`, `{"limit":101}`, `{"page_id":"nonsense"}`, `{"page_id":"` + p.str("next_page_id") + `","limit":2}`, `{"filters":{"from":"yesterday"}}`} {
		k.anna.fails("list_archives", bad, "validation")
	}
	k.anna.ok("logout", `{}`)
	if r := k.anna.closed(5e9); r != "" {
		t.Errorf("after logout a reason came: %q", r)
	}
}
