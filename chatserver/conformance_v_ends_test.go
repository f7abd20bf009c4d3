package chatserver_test

import (
	"fmt"
	"strings"
)

// newest is what 3.6 brought: previews, thinking, summaries.
func (c *scene) newest() {
	if c.v < 6 {
		return
	}
	c.anna.do("send_thinking_indicator", `{"chat_id":"`+c.chat+`","title":"Looking","description":"into it","visibility":"all","custom_id":"k"}`)
	c.sam.do("follow_chat", c.of()+`}`)
	c.anna.do("send_thinking_indicator", `{"chat_id":"`+c.chat+`","title":"Looking"}`)
	c.sam.hears("incoming_thinking_indicator", "chat_id thread_id author_id sent_at title", "visibility")
	c.sam.do("unfollow_chat", c.of()+`}`)
	c.anna.do("send_event_preview", `{"chat_id":"`+c.chat+`","event":{"type":"message","text":"half a wo"}}`)
	c.guest.next("the preview", func(d doc) bool { return d["action"] == "incoming_event_preview" }).is(c.t, "payload.event.text", "half a wo")
	c.anna.do("request_thread_summary", c.in()+`}`)
	c.anna.hears("thread_summary_set", "chat_id thread_id summary.status summary.text summary.updated_at", "")
}

// threads closes the chat, finds it in the archives, and opens it again.
func (c *scene) threads() {
	shut, told := c.anna.pick(1, "close_thread", 7, "deactivate_chat"), c.anna.pick(1, "thread_closed", 7, "chat_deactivated")
	c.anna.do(shut, c.of()+`}`)
	p := c.anna.own(told, "chat_id thread_id", "id")
	p.is(c.t, "user_id", "anna@example.com")
	c.anna.refused(shut, c.of()+`}`, "", c.closed()...)
	c.archives()
	c.dormant()

	open, came := c.anna.pick(2, "activate_chat", 7, "resume_chat"), c.anna.pick(1, "incoming_chat_thread", 7, "incoming_chat")
	c.old = c.thread
	p = c.anna.do(open, `{"chat":{"id":"`+c.chat+`","thread":{"events":[`+c.message("again", "all")+`]}},"continuous":true}`)
	if c.v == 0 {
		p.is(c.t, "chat.thread.events.0.text", "again")
		p.lacks(c.t, "thread_id")
		c.thread = p.str("chat.thread.id")
	} else {
		p.has(c.t, "thread_id", "event_ids.0")
		p.lacks(c.t, "chat", "chat_id")
		c.thread = p.str("thread_id")
	}
	c.anna.own(came, "chat.id chat.thread.events.0.id", "")
	c.anna.refused(open, `{"chat":{"id":"`+c.chat+`"}}`, "chat.id", "validation")

	if c.v >= 6 { // where nothing was said there is nothing to sum up
		p = c.anna.do("start_chat", `{"chat":{}}`)
		c.anna.do("request_thread_summary", `{"chat_id":"`+p.str("chat_id")+`","thread_id":"`+p.str("thread_id")+`"}`)
		c.anna.hears("incoming_error", "chat_id thread_id", "").is(c.t, "action", "set_thread_summary")
		c.anna.forget()
	}
	p = c.anna.do("start_chat", `{"chat":{"properties":{"source":{"type":"desk"}},"access":{"group_ids":[1]},"thread":{"events":[`+c.message("to myself", "all")+`]}}}`)
	if c.v == 0 {
		p.has(c.t, "chat.id", "chat.users.0.id", "chat.thread.id")
	} else {
		p.has(c.t, "chat_id", "thread_id", "event_ids.0")
		p.lacks(c.t, "chat")
	}
	c.anna.own(came, "chat.id", "")
	c.anna.refused("start_chat", `{"chat":{"access":{"group_ids":[99]}}}`, "group_ids", "validation")
}

// archives finds the closed thread.
func (c *scene) archives() {
	k := c.sam
	if c.v >= 2 {
		p := k.do("list_archives", `{"filters":{"query":"hello","group_ids":[2]},"highlights":{},"limit":1}`)
		p.is(c.t, "chats.0.thread.id", c.thread)
		p.has(c.t, "found_chats", "chats.0.users.0.id")
		p.lacks(c.t, "pagination", "chats.0.chat")
		return
	}
	page := `"pagination":{"page":%d,"limit":1}`
	p := k.do("get_archives", `{"filters":{"query":"hello"},`+fmt.Sprintf(page, 1)+`}`)
	row := k.pick(0, "chats.0.chat", 1, "chats.0")
	p.is(c.t, row+".thread.id", c.thread)
	p.has(c.t, row+".users.0.id")
	if c.v == 0 {
		p.is(c.t, "pagination.page", 1)
		p.is(c.t, "pagination.total", 1)
	} else {
		p.is(c.t, "found_chats", 1)
	}
	k.do("get_archives", `{"filters":{"query":"hello"},`+fmt.Sprintf(page, 2)+`}`).lacks(c.t, "chats.0")
	k.do("get_archives", `{"pagination":{"page":1000,"limit":100}}`).lacks(c.t, "chats.0")
	k.refused("get_archives", `{`+fmt.Sprintf(page, 1001)+`}`, "pagination.page", "validation")
	k.refused("get_archives", `{`+fmt.Sprintf(page, 0)+`}`, "pagination.page", "validation")
}

// dormant is what the versions allow in an inactive chat.
func (c *scene) dormant() {
	send := func(event, how string) string {
		return `{"chat_id":"` + c.chat + `","event":` + event + how + `}`
	}
	late, note := c.message("late", "all"), `{"type":"system_message","text":"late","system_message_type":"note","`+c.seen+`":"all"}`
	attach := `,"attach_to_last_thread":true`
	add := `{"chat_id":"` + c.chat + `","user_id":"sam@example.com","user_type":"agent"` + c.anna.pick(3, "", 7, `,"visibility":"all"`)
	switch {
	case c.v <= 2:
		c.anna.do("send_event", send(late, attach))
	case c.v == 3:
		c.anna.do("send_event", send(note, attach))
		c.anna.refused("send_event", send(late, attach), "", c.closed()...)
	default:
		c.anna.refused("send_event", send(late, attach), "", c.closed()...)
	}
	if c.v >= 4 {
		c.anna.refused("add_user_to_chat", add+`}`, "", c.closed()...)
		c.anna.refused("transfer_chat", c.of()+`,"target":{"type":"group","ids":[1]}}`, "", c.closed()...)
	} else {
		if c.v >= 2 {
			c.anna.refused("add_user_to_chat", add+`,"require_active_thread":true}`, "", c.closed()...)
		}
		c.anna.do("add_user_to_chat", add+`}`)
		c.anna.do("remove_user_from_chat", add+`}`)
	}
	if c.v == 2 || c.v == 3 {
		c.anna.forget()
		c.anna.do("transfer_chat", c.of()+`,"target":{"type":"group","ids":[1]}}`)
		c.anna.own("chat_transferred", "chat_id transferred_to.group_ids.0", "queue")
	}
	if c.v > 0 {
		c.anna.refused("send_event", send(late, ""), "", c.closed()...)
		return
	}
	c.anna.refused("send_event", send(late, `,"require_active_thread":true`), "", "validation")
	p := c.anna.do("send_event", send(late, ""))
	c.anna.own("incoming_chat_thread", "chat.thread.events.0.id", "").is(c.t, "chat.thread.id", p.str("thread_id"))
	c.anna.do("close_thread", c.of()+`}`)
	c.anna.own("thread_closed", "thread_id", "")
}

// rules are those of who may write, and 3.0's rules of access.
func (c *scene) rules() {
	event := `{"chat_id":"` + c.chat + `","event":` + c.message("from outside", "all") + `}`
	olivia := c.s.speak(c.v, "olivia", c.anna.web, c.n, "")
	c.anna.forget()
	if c.v >= 4 {
		olivia.refused("send_event", event, "", "authorization")
		olivia.refused("deactivate_chat", `{"id":"`+c.chat+`"}`, "", "authorization")
	} else {
		olivia.do("send_event", event)
		added := c.anna.hears(c.anna.pick(1, "chat_user_added", 3, "user_added_to_chat"), "user.id", "")
		added.is(c.t, "user.id", "olivia@example.com")
		added.is(c.t, "user.present", false)
	}
	if c.v > 0 {
		return
	}
	id := c.sam.rtm("add_auto_access_rules", `{"description":"d","access":{"groups":[2]},"rules":{"chat_properties":{"source":{"type":{"values":["facebook"]}}},
		"customer_url":{"values":[{"value":"sales","exact_match":false}]}}}`).str("auto_chat_scopes_id")
	p := c.sam.rtm("get_auto_access_rules_config", `{}`)
	rule := "auto_access_rules_config.0."
	p.is(c.t, rule+"id", id)
	p.is(c.t, rule+"access.groups.0", 2)
	p.is(c.t, rule+"rules.customer_url.values.0.value", "sales")
	p.is(c.t, rule+"rules.chat_properties.source.type.values.0", "facebook")
	c.anna.refused("get_auto_access_rules_config", `{}`, "", "authorization")
	c.sam.rtm("remove_auto_access_rules", `{"auto_chat_scopes_id":"`+id+`"}`)
	c.sam.rtm("get_auto_access_rules_config", `{}`).lacks(c.t, rule+"id")
}

// deleted takes back an event, then threads.
func (c *scene) deleted() {
	id := c.guest.ok("send_event", `{"chat_id":"`+c.chat+`","event":{"type":"message","text":"oops"}}`).str("event_id")
	c.guest.ok("delete_event", `{"chat_id":"`+c.chat+`","thread_id":"`+c.thread+`","event_id":"`+id+`"}`)
	if c.v >= 6 {
		c.sam.hears("event_deleted", "chat_id thread_id event_id", "")
		c.anna.do("get_chat", `{"chat_id":"`+c.chat+`"}`)
	}
	if c.s.srv == nil {
		return
	}
	c.must(c.s.srv.DeleteThread(c.t.Context(), c.chat, c.old))
	if c.v >= 4 {
		c.sam.hears("thread_deleted", "chat_id thread_id", "").is(c.t, "thread_id", c.old)
	}
}

func (c *scene) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// ends bans the customer, deletes the rest, and ends the connections.
func (c *scene) ends() {
	me := `{"` + c.custID + `":"` + c.g.id + `"`
	c.anna.refused("ban_customer", me+`,"ban":{"days":0}}`, "ban.days", "validation")
	c.anna.do("ban_customer", me+`,"ban":{"days":3}}`)
	c.sam.hears("customer_banned", "customer_id ban.days", "id").is(c.t, "ban.days", 3)

	if c.s.srv != nil {
		c.must(c.s.srv.DeleteThreads(c.t.Context()))
		c.must(c.s.srv.DeleteChat(c.t.Context(), c.chat))
		if c.v >= 4 {
			c.sam.hears("threads_deleted", "date_to", "")
			c.sam.hears("chat_deleted", "chat_id", "id")
		}
	}

	c.anna.rtm("logout", `{}`)
	if r := c.anna.closed(patience); r != "" {
		c.t.Errorf("after logout a reason came: %q", r)
	}
	r, d := c.s.request("DELETE", "/v2/token?code="+strings.ReplaceAll(c.sam.token, ":", "%3A"), "", "", nil)
	if r.StatusCode != 200 {
		c.t.Fatalf("revoke: %d %s", r.StatusCode, d)
	}
	c.sam.hears("agent_disconnected", "reason", "").is(c.t, "reason", "access_token_revoked")
}
