package chatserver_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"strings"
)

// lists reads the chats there are.
func (c *scene) lists() {
	k := c.anna
	list := k.pick(6, "chats_summary", 7, "chats_info")
	switch {
	case c.v == 0:
		p := k.do("get_filtered_chats", `{"filters":{"include_active":true}}`)
		p.is(c.t, list+".0.id", c.chat)
		k.do("get_chats_summary", `{"filters":{"include_active":true},"pagination":{"page":1,"limit":10}}`).is(c.t, list+".0.id", c.chat)
	case c.v == 1:
		p := k.do("get_chats_summary", `{"filters":{"include_active":true,"group_ids":[1]},"order":"desc","limit":10}`)
		p.is(c.t, list+".0.id", c.chat)
		p.is(c.t, "found_chats", 1)
	case c.v <= 5:
		p := k.do("list_chats", `{"filters":{"include_active":true,"include_chats_without_threads":true},"sort_order":"asc"}`)
		p.is(c.t, list+".0.id", c.chat)
		p.is(c.t, "found_chats", 1)
		k.do("list_chats", `{"filters":{"include_active":false}}`).lacks(c.t, list+".0")
	default:
		k.do("list_chats", `{"filters":{"active":true}}`).is(c.t, list+".0.id", c.chat)
		k.do("list_chats", `{"filters":{"active":false}}`).lacks(c.t, list+".0")
	}
	if c.v <= 1 {
		p := k.do("get_chat_threads", `{"chat_id":"`+c.chat+`","thread_ids":["`+c.thread+`"]}`)
		p.has(c.t, "chat.users.0.id", "chat.threads.0.events.0.id", "chat.threads_summary.0.order", "chat.properties.source.type.value", "chat.access.group_ids")
		p.is(c.t, "chat.threads_summary.0.thread_id", c.thread)
		k.do("get_chat_threads", `{"chat_id":"`+c.chat+`"}`).is(c.t, "chat.threads.0.id", c.thread)
		p = k.do("get_chat_threads_summary", `{"chat_id":"`+c.chat+`","order":"desc","limit":5}`)
		p.has(c.t, "threads_summary.0.order", "threads_summary.0.events_count")
		p.is(c.t, "threads_summary.0.id", c.thread)
		p.is(c.t, "found_threads", 1)
		return
	}
	p := k.do("get_chat", `{"chat_id":"`+c.chat+`","thread_id":"`+c.thread+`"}`)
	p.lacks(c.t, "chat", "threads", "threads_summary", "order")
	p.has(c.t, "is_followed", "access.group_ids", "properties.source.type", "thread.id")
	k.chat(p)
	p = k.do("list_threads", `{"chat_id":"`+c.chat+`"}`)
	p.is(c.t, "threads.0.id", c.thread)
	p.is(c.t, "found_threads", 1)
}

// talk sends events of each type.
func (c *scene) talk() {
	for _, who := range []string{"all", "agents"} {
		ev := c.say(c.message("from anna to "+who, who))
		ev.is(c.t, c.seen, who)
		ev.is(c.t, "author_id", "anna@example.com")
	}
	c.guest.event("from anna to all")
	ev := c.say(`{"type":"system_message","text":"so it is","system_message_type":"note","` + c.seen + `":"all"}`)
	ev.is(c.t, "system_message_type", "note")
	ev.lacks(c.t, "author_id")
	c.say(`{"type":"custom","content":{"a":1},"`+c.seen+`":"all","properties":{"x":{"y":true}}}`).is(c.t, "content.a", 1)
	c.say(`{"type":"filled_form","form_id":"f","fields":[{"type":"name","id":"1","label":"Name","answer":"Vera"}],"`+c.seen+`":"all"}`).is(c.t, "fields.0.label", "Name")
	if c.v >= 3 {
		c.say(`{"type":"form","form_id":"f","fields":[{"type":"name","id":"1","label":"Name"}],"` + c.seen + `":"all"}`)
	}
	if c.v == 0 {
		c.say(`{"type":"annotation","annotation_type":"rating","text":"five stars","recipients":"all"}`).is(c.t, "annotation_type", "rating")
	}
	bad := []string{`{"type":"message","` + c.seen + `":"all"}`, `{"type":"teapot","` + c.seen + `":"all"}`, `{"text":"x","` + c.seen + `":"all"}`,
		c.message(strings.Repeat("x", 16<<10+1), "all")}
	for i, text := range []string{"event.text", "event.type", "event.type", "event.text"} {
		c.anna.refused("send_event", `{"chat_id":"`+c.chat+`","event":`+bad[i]+`}`, text, "validation")
	}
	c.anna.refused("send_event", `{"chat_id":"`+c.chat+`","event":`+c.message("x", "nobody")+`}`, "event."+c.seen, "validation")
	c.anna.refused("send_event", `{"chat_id":"nothing","event":`+c.message("x", "all")+`}`, "", c.unknown()...)

	// Who types, and what the customer is about to say.
	c.anna.do("send_typing_indicator", `{"chat_id":"`+c.chat+`","is_typing":true,"`+c.seen+`":"all"}`)
	c.guest.push("incoming_typing_indicator")
	c.guest.ok("send_sneak_peek", `{"chat_id":"`+c.chat+`","sneak_peek_text":"I wou"}`)
	p := c.anna.hears("incoming_sneak_peek", "chat_id sneak_peek.author_id sneak_peek.text sneak_peek.timestamp", "sneak_peek.visibility")
	c.anna.only(p, "sneak_peek.recipients", 0, 3)
}

// unknown are the types of an error about something that does not exist.
func (c *scene) unknown() []string {
	if c.v < 4 {
		return []string{"validation"}
	}
	return []string{"not_found"}
}

// closed are the types of an error about an inactive chat.
func (c *scene) closed() []string {
	if c.v < 2 {
		return []string{"validation"}
	}
	return []string{"chat_inactive"}
}

// files uploads, and sends what was uploaded.
func (c *scene) files() {
	if c.v == 0 {
		d := c.form("upload_image", map[string]string{"payload.image": string(png)})
		d.has(c.t, "url", "path")
		if !strings.HasSuffix(d.str("url"), d.str("path")) {
			c.t.Errorf("the path is no end of the address: %s", d)
		}
		c.form("send_file", map[string]string{"payload.chat_id": c.chat, "payload.file": "some words", "payload.custom_id": "c"}).has(c.t, "url")
		ev := c.sam.wait("the file", func(d doc) bool { return d.str("payload.event.type") == "file" })
		ev.is(c.t, "payload.event.custom_id", "c")
		ev.has(c.t, "payload.event.url", "payload.event.name", "payload.event.content_type", "payload.event.size")
		return
	}
	url := c.form("upload_file", map[string]string{"file": string(png)}).str("url")
	ev := c.say(`{"type":"file","url":"` + url + `","alternative_text":"a dot","` + c.seen + `":"all"}`)
	ev.has(c.t, "name", "content_type", "width", "height", "thumbnail_url", "thumbnail2x_url")
	c.anna.only(ev, "alternative_text", 3, 7)
}

// png is a picture of one pixel.
var png = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")

// form calls a method that takes a file. Only names with file or image are files.
func (c *scene) form(method string, parts map[string]string) doc {
	c.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, text := range parts {
		if strings.HasSuffix(name, "file") || strings.HasSuffix(name, "image") {
			w, _ := m.CreateFormFile(name, "x.png")
			w.Write([]byte(text))
		} else {
			m.WriteField(name, text)
		}
	}
	m.Close()
	r, d := c.s.request("POST", fmt.Sprintf("/v3.%d/agent/action/%s", c.v, method), "Bearer "+c.anna.token, m.FormDataContentType(), b.Bytes())
	if r.StatusCode != 200 {
		c.t.Fatalf("%s at 3.%d: %d %s", method, c.v, r.StatusCode, d)
	}
	c.n.called(method, c.v, "W")
	return d
}

// buttons sends a rich message and presses its button.
func (c *scene) buttons() {
	ev := c.say(`{"type":"rich_message","template_id":"cards","` + c.seen + `":"all","elements":[{"title":"T","buttons":[{"text":"Yes","postback_id":"b1","type":"message","value":"yes"}]}]}`)
	ev.has(c.t, "template_id", "elements.0.buttons.0.postback_id")
	at := c.in() + `,"event_id":"` + ev.str("id") + `","postback":{"id":"b1","toggled":true}}`
	c.anna.do("send_rich_message_postback", at)
	p := c.sam.hears("incoming_rich_message_postback", "user_id chat_id thread_id event_id", "event")
	p.is(c.t, "postback.id", "b1")
	p.is(c.t, "postback.toggled", true)
	c.sam.hears("event_updated", "chat_id thread_id event.id event.elements.0.buttons.0.user_ids.0", "")
	c.anna.refused("send_rich_message_postback", `{`+strings.TrimPrefix(c.in(), "{")+`,"event_id":"nothing","postback":{"id":"b1","toggled":true}}`, "", c.unknown()...)
}

// marks are what is noted about a chat: what was seen, tags, properties.
func (c *scene) marks() {
	c.guest.ok("send_event", `{"chat_id":"`+c.chat+`","event":{"type":"message","text":"unseen"}}`)
	ev := c.anna.wait("the customer's word", func(d doc) bool { return d.str("payload.event.text") == "unseen" })
	if c.v == 0 {
		at := fmt.Sprintf("%.0f", ev.at("payload.event.timestamp"))
		c.anna.do("update_last_seen_timestamp", `{"chat_id":"`+c.chat+`","timestamp":`+at+`}`).is(c.t, "timestamp", ev.at("payload.event.timestamp"))
		c.sam.hears("last_seen_timestamp_updated", "user_id chat_id timestamp", "seen_up_to")
	} else {
		c.anna.do("mark_events_as_seen", `{"chat_id":"`+c.chat+`","seen_up_to":"`+ev.str("payload.event.created_at")+`"}`).lacks(c.t, "timestamp")
		c.sam.hears("events_marked_as_seen", "user_id chat_id seen_up_to", "timestamp")
	}

	tag, untag := c.anna.pick(1, "tag_chat_thread", 7, "tag_thread"), c.anna.pick(1, "untag_chat_thread", 7, "untag_thread")
	c.anna.do(tag, c.in()+`,"tag":"refund"}`)
	c.anna.own(c.anna.pick(1, "chat_thread_tagged", 7, "thread_tagged"), "chat_id thread_id tag", "")
	c.anna.do(untag, c.in()+`,"tag":"refund"}`)
	c.sam.hears(c.sam.pick(1, "chat_thread_untagged", 7, "thread_untagged"), "chat_id thread_id tag", "")

	set, unset := `,"properties":{"ns":{"n":1,"m":"x"}}}`, `,"properties":{"ns":["n"]}}`
	value := "properties.ns.n" + c.anna.pick(1, ".value", 7, "")
	for _, p := range []struct{ update, remove, updated, removed, at string }{
		{"update_chat_properties", "delete_chat_properties", "chat_properties_updated", "chat_properties_deleted", c.of()},
		{c.anna.pick(1, "update_chat_thread_properties", 7, "update_thread_properties"), c.anna.pick(1, "delete_chat_thread_properties", 7, "delete_thread_properties"),
			c.anna.pick(1, "chat_thread_properties_updated", 7, "thread_properties_updated"), c.anna.pick(1, "chat_thread_properties_deleted", 7, "thread_properties_deleted"), c.in()},
		{"update_event_properties", "delete_event_properties", "event_properties_updated", "event_properties_deleted", c.in() + `,"event_id":"` + c.event + `"`},
	} {
		c.anna.do(p.update, p.at+set)
		c.anna.own(p.updated, "chat_id "+value, "id")
		c.anna.do(p.remove, p.at+unset)
		c.sam.hears(p.removed, "chat_id properties.ns.0", "id")
		c.anna.refused(p.update, p.at+`,"properties":{"ns":{"n":[1]}}}`, "properties", "validation")
	}
}
