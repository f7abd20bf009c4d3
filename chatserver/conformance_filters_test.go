package chatserver_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestConformanceArchiveFilters sends every filter of list_archives v3.6 against
// two closed threads: in the first Anna answered a form and a message, in the
// second nobody said anything.
func TestConformanceArchiveFilters(t *testing.T) {
	s := start(t)
	anna, g := s.agent("anna"), s.guest()
	guest := s.customer(g)
	p := guest.ok("start_chat", `{"chat":{"access":{"group_ids":[1]},"properties":{"shop":{"vip":true}},"thread":{"properties":{"lc2":{"greeting_id":7}},"events":[`+
		`{"type":"filled_form","form_id":"f1","form_type":"prechat","fields":[{"type":"radio","id":"q","label":"Which?","answer":{"id":"a2","label":"Two"}},`+
		`{"type":"group_chooser","id":"g","label":"Where?","answer":{"id":"0","group_id":1,"label":"Sales"}}]},{"type":"message","text":"where is my zanzibar"}]}}}`)
	chat, thread := p.str("chat_id"), p.str("thread_id")
	anna.push("incoming_chat")
	anna.ok("send_event", `{"chat_id":"`+chat+`","event":{"type":"message","text":"on its way"}}`)
	anna.ok("tag_thread", `{"chat_id":"`+chat+`","thread_id":"`+thread+`","tag":"refund"}`)
	guest.ok("update_customer", `{"email":"zoe@example.com"}`)
	guest.ok("update_thread_properties", `{"chat_id":"`+chat+`","thread_id":"`+thread+`","properties":{"rating":{"score":1}}}`)
	guest.ok("deactivate_chat", `{"id":"`+chat+`"}`)
	second := guest.ok("resume_chat", `{"chat":{"id":"`+chat+`"}}`).str("thread_id")
	guest.ok("deactivate_chat", `{"id":"`+chat+`"}`)

	for filters, want := range map[string]string{
		`{}`:                   "21",
		`{"query":"zanzibar"}`: "1",
		`{"properties":{"rating":{"score":{"exists":true}}}}`:                                     "1",
		`{"properties":{"rating":{"score":{"values":[0,1]}}}}`:                                    "1",
		`{"properties":{"rating":{"score":{"exclude_values":[1]}}}}`:                              "2",
		`{"properties":{"shop":{"vip":{"values":[true]}}}}`:                                       "21",
		`{"agents":{"values":["anna@example.com","ben@example.com"],"require_every_value":true}}`: "",
		`{"agents":{"values":["anna@example.com","ben@example.com"]}}`:                            "21",
		`{"agents":{"exists":false}}`:                                                             "",
		`{"tags":{"values":["refund"],"require_every_value":true}}`:                               "1",
		`{"tags":{"exists":false}}`:                                                               "2",
		`{"sales":{"exists":false}}`:                                                              "21",
		`{"sales":{"exists":true}}`:                                                               "",
		`{"goals":{"values":["12"]}}`:                                                             "",
		`{"goals":{"exclude_values":["12"]}}`:                                                     "21",
		`{"forms":[{"type":"pre_chat","answer_id":"a2"}]}`:                                        "1",
		`{"forms":[{"type":"pre_chat","answer_id":"a1"}]}`:                                        "",
		`{"forms":[{"type":"pre_chat","groups":{"values":[1]}}]}`:                                 "1",
		`{"forms":[{"type":"post_chat","exists":false}]}`:                                         "21",
		`{"event_types":{"values":["message","filled_form"],"require_every_value":true}}`:         "1",
		`{"event_types":{"exclude_values":["filled_form"]}}`:                                      "2",
		`{"greetings":{"values":[7]}}`:                                                            "1",
		`{"greetings":{"exists":false}}`:                                                          "2",
		`{"agent_response":{"exists":true}}`:                                                      "1",
		`{"agent_response":{"first":true,"agents":{"values":["anna@example.com"]}}}`:              "1",
		`{"agent_response":{"groups":{"values":[2]}}}`:                                            "",
		`{"customer_countries":{"values":["PL"]}}`:                                                "",
		`{"customer_countries":{"exists":false}}`:                                                 "21",
		`{"thread_ids":["` + thread + `","none"]}`:                                                "1",
		`{"chat_ids":["` + chat + `","none"]}`:                                                    "21",
		`{"customer_id":"` + g.id + `","query":"zanzibar"}`:                                       "1",
		`{"customer_email":"zoe@example.com"}`:                                                    "21",
		`{"agent_types":{"all_values":["human"],"exclude_values":["chatbot","ai_agent"]}}`:        "21",
	} {
		out := anna.ok("list_archives", `{"filters":`+filters+`}`)
		got := ""
		for i := range out.list("chats") {
			got += map[string]string{thread: "1", second: "2"}[out.str(fmt.Sprintf("chats.%d.thread.id", i))]
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", filters, got, want)
		}
	}
	many := `["` + strings.Repeat(`x","`, 1000) + `x"]`
	for filters, field := range map[string]string{
		`{"thread_ids":` + many + `}`:                        "filters.thread_ids",
		`{"thread_ids":["a"],"query":"b"}`:                   "filters.thread_ids",
		`{"chat_ids":` + many + `}`:                          "filters.chat_ids",
		`{"group_ids":[` + strings.Repeat("1,", 200) + `1]}`: "filters.group_ids",
		`{"agents":{"exists":true,"values":["a"]}}`:          "filters.agents",
		`{"event_types":{"exists":true}}`:                    "filters.event_types.exists",
		`{"forms":[{"type":"prechat","answer_id":"a"}]}`:     "filters.forms.0.type",
		`{"properties":{"a":{"b":{}}}}`:                      "filters.properties.a.b",
		`{"agent_types":{"any_values":["human","human"]}}`:   "filters.agent_types",
		`{"customer_countries":{"values":["POL"]}}`:          "filters.customer_countries",
		`{"invented":true}`:                                  "filters.invented",
	} {
		d := anna.call("list_archives", `{"filters":`+filters+`}`)
		if d.str("payload.error.type") != "validation" || !strings.Contains(d.str("payload.error.message"), field) {
			t.Errorf("%.60s: want validation of %s, got %s", filters, field, d)
		}
	}
}

// TestConformanceChatFilters is the same for list_chats and list_threads.
func TestConformanceChatFilters(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.anna.ok("update_chat_properties", `{"id":"`+k.chat+`","properties":{"shop":{"level":2}}}`)
	count := func(action, payload, list string, want int) {
		t.Helper()
		if n := len(k.anna.ok(action, payload).list(list)); n != want {
			t.Errorf("%s %s: %d, want %d", action, payload, n, want)
		}
	}
	for _, closed := range []bool{false, true} {
		if closed {
			k.guest.ok("deactivate_chat", `{"id":"`+k.chat+`"}`)
		}
		n := map[bool]int{closed: 1}
		count("list_chats", `{"filters":{"active":true}}`, "chats_summary", n[false])
		count("list_chats", `{"filters":{"active":false}}`, "chats_summary", n[true])
		for _, active := range []string{`"active":null,`, ""} {
			count("list_chats", `{"filters":{`+active+`"properties":{"shop":{"level":{"values":[1,2]}}}}}`, "chats_summary", 1)
			count("list_chats", `{"filters":{`+active+`"properties":{"shop":{"level":{"exclude_values":[2]}}}}}`, "chats_summary", 0)
			count("list_chats", `{"filters":{`+active+`"group_ids":[2]}}`, "chats_summary", 0)
			count("list_chats", `{"filters":{`+active+`"group_ids":[1,2],"include_chats_without_threads":false}}`, "chats_summary", 1)
		}
	}
	k.anna.fails("list_chats", `{"filters":{"include_active":true}}`, "validation")
	k.anna.fails("list_chats", `{"filters":{"group_ids":[`+strings.Repeat("1,", 200)+`1]}}`, "validation")
	k.anna.fails("list_chats", `{"filters":{"properties":{"shop":{"level":{"exists":true,"values":[1]}}}}}`, "validation")

	k.guest.ok("resume_chat", `{"chat":{"id":"`+k.chat+`"}}`)
	at := k.anna.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).str("thread.created_at")
	of := `{"chat_id":"` + k.chat + `",`
	count("list_threads", of+`"filters":{"from":"`+at+`"}}`, "threads", 1)
	count("list_threads", of+`"filters":{"to":"`+at+`"}}`, "threads", 2)
	count("list_threads", of+`"min_events_count":1}`, "threads", 2) // the newest has none
	count("list_threads", of+`"sort_order":"asc","limit":1}`, "threads", 1)
	if first := k.anna.ok("list_threads", of+`"sort_order":"asc","limit":1}`).str("threads.0.id"); first != k.thread {
		t.Errorf("the oldest thread is %s, want %s", first, k.thread)
	}
	k.anna.fails("list_threads", of+`"min_events_count":2,"filters":{"from":"`+at+`"}}`, "validation")
	k.anna.fails("list_threads", of+`"min_events_count":101}`, "validation")
}
