package chatserver_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

func TestConformanceProperties(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.guest.ok("update_thread_properties", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`","properties":{"rating":{"score":1,"comment":"great"}}}`)
	for _, w := range []*wire{k.anna, k.guest} {
		p := w.push("thread_properties_updated")
		p.is(t, "payload.properties.rating.score", 1)
		p.is(t, "payload.thread_id", k.thread)
		p.lacks(t, "payload.properties.rating.score.value")
		for _, typ := range []string{"rating.chat_rated", "rating.chat_commented"} {
			w.next(typ, func(d doc) bool { return d.str("payload.event.system_message_type") == typ })
		}
	}
	k.guest.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).is(t, "thread.properties.rating.comment", "great")
	k.guest.ok("delete_thread_properties", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`","properties":{"rating":["score"]}}`)
	k.anna.push("thread_properties_deleted").is(t, "payload.properties.rating.0", "score")

	k.guest.ok("update_chat_properties", `{"id":"`+k.chat+`","properties":{"mine":{"a":"b"}}}`)
	p := k.anna.push("chat_properties_updated")
	p.is(t, "payload.chat_id", k.chat)
	p.is(t, "payload.properties.mine.a", "b")
	p.lacks(t, "payload.thread_id")
	k.anna.ok("delete_chat_properties", `{"id":"`+k.chat+`","properties":{"mine":["a"]}}`)
	k.guest.push("chat_properties_deleted").is(t, "payload.properties.mine.0", "a")

	event := k.guest.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).str("thread.events.0.id")
	at := `"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `","event_id":"` + event + `"`
	k.anna.ok("update_event_properties", `{`+at+`,"properties":{"x":{"y":true}}}`)
	k.guest.push("event_properties_updated").is(t, "payload.event_id", event)
	k.guest.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).is(t, "thread.events.0.properties.x.y", true)
	k.anna.ok("delete_event_properties", `{`+at+`,"properties":{"x":["y"]}}`)
	k.guest.push("event_properties_deleted").is(t, "payload.properties.x.0", "y")

	for _, bad := range []string{
		`{"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `","properties":{"a":{"b":[1]}}}`,
		`{"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `","properties":{"a":1}}`,
		`{"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `"}`,
		`{"chat_id":"` + k.chat + `","properties":{"a":{"b":1}}}`,
	} {
		k.guest.fails("update_thread_properties", bad, "validation")
	}
	k.guest.fails("update_chat_properties", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`","properties":{"a":{"b":1}}}`, "validation")
}

func TestConformanceTags(t *testing.T) {
	s := start(t)
	k := s.begin()
	at := `{"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `","tag":"refund"}`
	k.anna.ok("tag_thread", at)
	k.anna.push("thread_tagged").is(t, "payload.tag", "refund")
	k.anna.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).is(t, "thread.tags.0", "refund")
	k.anna.ok("untag_thread", at)
	k.anna.push("thread_untagged").is(t, "payload.tag", "refund")
}

func TestConformanceRichMessage(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.anna.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"rich_message","template_id":"cards","elements":[{"title":"T","subtitle":"S",
		"buttons":[{"type":"message","text":"Yes","value":"yes","postback_id":"b1","user_ids":[]},{"type":"url","text":"Web","value":"https://shop.example/","postback_id":"b2"}]}]}}`)
	ev := k.guest.next("the card", func(d doc) bool { return d.str("payload.event.type") == "rich_message" })
	ev.is(t, "payload.event.elements.0.buttons.0.postback_id", "b1")
	id := ev.str("payload.event.id")
	at := `{"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `","event_id":"` + id + `","postback":{"id":"%s","toggled":true}}`
	k.guest.ok("send_rich_message_postback", fmt.Sprintf(at, "b1"))
	p := k.anna.push("incoming_rich_message_postback")
	p.is(t, "payload.user_id", k.g.id)
	p.is(t, "payload.postback.id", "b1")
	p.is(t, "payload.event_id", id)
	k.guest.fails("send_rich_message_postback", fmt.Sprintf(at, "nope"), "not_found")
	chat := k.anna.ok("get_chat", `{"chat_id":"`+k.chat+`"}`)
	if !strings.Contains(chat.String(), `"user_ids":["`+k.g.id+`"]`) {
		t.Errorf("the button does not know who pressed it: %s", chat)
	}
	k.guest.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"yes","postback":{"id":"b1","thread_id":"`+k.thread+`","event_id":"`+id+`","type":"message","value":"yes"}}}`)
	k.anna.event("yes").is(t, "payload.event.postback.id", "b1")
	k.guest.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"custom","content":{"a":[1,{"b":null}]}}}`)
	k.anna.next("custom event", func(d doc) bool { return d.str("payload.event.type") == "custom" }).is(t, "payload.event.content.a.0", 1)
}

// upload sends a file over the Web API.
func (s *server) upload(side, token, name string, body []byte) (int, doc) {
	s.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		s.t.Fatal(err)
	}
	part.Write(body)
	m.Close()
	r, d := s.request("POST", "/v3.6/"+side+"/action/upload_file?organization_id="+org, "Bearer "+token, m.FormDataContentType(), b.Bytes())
	return r.StatusCode, d
}

func TestConformanceFiles(t *testing.T) {
	s := start(t)
	k := s.begin()
	code, d := s.upload("customer", k.g.token, "notes.txt", []byte("a few words"))
	if code != 200 || !strings.HasPrefix(d.str("url"), "http") {
		t.Fatalf("upload: %d %s", code, d)
	}
	k.guest.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"file","url":"`+d.str("url")+`"}}`)
	ev := k.anna.next("the file", func(d doc) bool { return d.str("payload.event.type") == "file" })
	ev.is(t, "payload.event.name", "notes.txt")
	ev.is(t, "payload.event.size", 11)
	ev.is(t, "payload.event.content_type", "text/plain")
	ev.lacks(t, "payload.event.thumbnail_url", "payload.event.width")
	resp, err := http.Get(ev.str("payload.event.url"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 || resp.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file is served with %d %v", resp.StatusCode, resp.Header)
	}
	if code, d := s.upload("agent", "dal:demo-anna", "a.txt", []byte("x")); code != 200 || d.str("url") == "" {
		t.Errorf("an agent's upload: %d %s", code, d)
	}
	for name, want := range map[string]struct {
		body []byte
		typ  string
	}{
		"virus.exe": {[]byte("MZ and more"), "validation"},
		"big.bin":   {make([]byte, 10<<20+1), "entity_too_large"},
		"empty.txt": {nil, "validation"},
	} {
		if code, d := s.upload("customer", k.g.token, name, want.body); code == 200 || d.str("error.type") != want.typ {
			t.Errorf("%s: %d %s", name, code, d)
		}
	}
	if code, _ := s.upload("customer", "nonsense", "a.txt", []byte("x")); code != http.StatusUnauthorized {
		t.Errorf("without a token: %d", code)
	}
	k.guest.fails("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"file","url":"https://elsewhere.example/a.png"}}`, "validation")
	k.guest.fails("upload_file", `{}`, "validation")
}

func TestConformanceCustomer(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.guest.ok("update_customer", `{"name":"Vera","email":"vera@example.org"}`)
	for _, w := range []*wire{k.anna, k.guest} {
		p := w.push("customer_updated")
		p.is(t, "payload.id", k.g.id)
		p.is(t, "payload.name", "Vera")
		p.lacks(t, "payload.customer", "payload.avatar")
	}
	k.guest.ok("set_customer_session_fields", `{"session_fields":[{"plan":"gold"}]}`)
	k.guest.ok("set_customer_session_fields", `{"session_fields":[{"lang":"en"}]}`)
	k.guest.none("customer_updated")
	me := k.guest.ok("get_customer", `{}`)
	me.is(t, "id", k.g.id)
	me.is(t, "type", "customer")
	me.is(t, "session_fields.0.plan", "gold")
	me.is(t, "session_fields.1.lang", "en")
	me.lacks(t, "visit", "banned", "chat_ids")
	k.guest.ok("update_customer_page", `{"url":"https://shop.example/sizes","title":"Sizes"}`)
	p := k.anna.push("customer_page_updated")
	p.is(t, "payload.url", "https://shop.example/sizes")
	p.has(t, "payload.opened_at", "payload.customer_id")
	seen := k.anna.ok("get_customer", `{"id":"`+k.g.id+`"}`)
	seen.is(t, "name", "Vera")
	seen.is(t, "visit.last_pages.0.url", "https://shop.example/sizes")
	seen.has(t, "statistics.page_views_count", "visit.ip", "visit.user_agent", "chat_ids.0")
	k.anna.ok("update_customer", `{"id":"`+k.g.id+`","name":"Vera Lynn"}`)
	k.guest.push("customer_updated").is(t, "payload.name", "Vera Lynn")
	for _, bad := range []string{`{}`, `{"email":"no address"}`, `{"avatar":"javascript:alert(1)"}`, `{"name":7}`} {
		k.guest.fails("update_customer", bad, "validation")
	}
	k.guest.fails("update_customer_page", `{"url":"javascript:alert(1)"}`, "validation")
	k.guest.fails("set_customer_session_fields", `{}`, "validation")

	k.anna.ok("ban_customer", `{"id":"`+k.g.id+`","ban":{"days":1}}`)
	k.guest.next("the last event", func(d doc) bool { return d.str("payload.event.system_message_type") == "customer_banned" })
	k.guest.push("chat_deactivated")
	k.guest.push("customer_disconnected").is(t, "payload.reason", "customer_banned")
	k.anna.push("customer_banned").is(t, "payload.ban.days", 1)
	s.dial(customerPath).fails("login", `{"token":"Bearer `+k.g.token+`"}`, "customer_banned")
	if code, d := s.web("customer", k.g.token, "list_chats", `{}`); code == 200 || d.str("error.type") != "customer_banned" {
		t.Errorf("a banned customer lists chats: %d %s", code, d)
	}
}

// TestConformanceDeleteEvent: a customer takes back what he said (Customer Chat
// API v3.6 "Delete Event").
func TestConformanceDeleteEvent(t *testing.T) {
	s := start(t)
	k := s.begin()
	k.guest.ok("send_event", `{"chat_id":"`+k.chat+`","event":{"type":"message","text":"a slip of the tongue"}}`)
	id := k.anna.next("the slip", func(d doc) bool { return d.str("payload.event.text") == "a slip of the tongue" }).str("payload.event.id")
	at := func(event string) string {
		return `{"chat_id":"` + k.chat + `","thread_id":"` + k.thread + `","event_id":"` + event + `"}`
	}
	k.guest.ok("delete_event", at(id))
	for _, w := range []*wire{k.anna, k.guest} {
		d := w.push("event_deleted")
		d.is(t, "payload.chat_id", k.chat)
		d.is(t, "payload.thread_id", k.thread)
		d.is(t, "payload.event_id", id)
	}
	k.guest.fails("delete_event", at(k.thread+"_999"), "not_found")
	k.guest.fails("delete_event", `{"chat_id":"`+k.chat+`","thread_id":"`+k.thread+`"}`, "validation")
	k.guest.fails("delete_event", `{"chat_id":"nothing","thread_id":"x","event_id":"x_1"}`, "not_found")
}
