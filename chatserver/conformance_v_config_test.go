package chatserver_test

import "fmt"

// set calls the Configuration API as sam and returns the answer.
func (c *scene) set(action, payload string) doc {
	c.t.Helper()
	code, d := c.s.postList("/v3.7/configuration/action/"+action, "Bearer dal:demo-sam", payload)
	if code != 200 {
		c.t.Fatalf("%s %s: %d %s", action, payload, code, d)
	}
	return d
}

// hears waits for a push of configuration, where the version has it.
func (c *scene) hears(since int, action, has string) {
	c.t.Helper()
	if c.v >= since {
		c.sam.hears(action, has, "")
	}
}

// configuration changes what administrators set up and wants the pushes.
func (c *scene) configuration() {
	c.sam.forget()
	c.set("create_agent", `{"id":"nora@example.com","name":"Nora","groups":[{"id":1,"priority":"normal"}],"work_scheduler":{"timezone":"Europe/Warsaw","schedule":[{"day":"monday","enabled":true,"start":"09:00","end":"17:00"}]}}`)
	if c.v >= 4 {
		p := c.sam.hears("agent_created", "id name", "")
		c.sam.only(p, "work_scheduler.schedule", 5, 7)
		c.sam.only(p, "work_scheduler.monday", 4, 4)
	}
	c.set("update_agent", `{"id":"nora@example.com","job_title":"Expert"}`)
	if c.v >= 4 {
		c.sam.hears("agent_updated", "id job_title", "routing_status agent_id")
	}
	c.set("suspend_agent", `{"id":"nora@example.com"}`)
	c.hears(4, "agent_suspended", "id")
	c.set("unsuspend_agent", `{"id":"nora@example.com"}`)
	c.hears(4, "agent_unsuspended", "id")
	c.set("delete_agent", `{"id":"nora@example.com"}`)
	c.hears(4, "agent_deleted", "id")
	c.set("create_agent", `{"id":"tim@example.com","name":"Tim","awaiting_approval":true,"password":"a long enough one"}`)
	c.set("approve_agent", `{"id":"tim@example.com"}`)
	c.hears(4, "agent_approved", "id")

	id := fmt.Sprint(c.set("create_group", `{"name":"Returns","agent_priorities":{"anna@example.com":"first"}}`)["id"])
	c.hears(4, "group_created", "id name")
	c.set("update_group", `{"id":`+id+`,"name":"Refunds"}`)
	c.hears(4, "group_updated", "id name")
	c.set("delete_group", `{"id":`+id+`}`)
	c.hears(4, "group_deleted", "id")

	c.set("create_tag", `{"name":"fragile","group_ids":[1]}`)
	c.hears(5, "tag_created", "name group_ids")
	c.set("update_tag", `{"name":"fragile","group_ids":[1,2]}`)
	c.hears(5, "tag_updated", "name group_ids")
	c.set("delete_tag", `{"name":"fragile"}`)
	c.hears(5, "tag_deleted", "name")

	rule := c.set("add_auto_access", `{"description":"Shoes","access":{"groups":[2]},"conditions":{"url":{"values":[{"value":"/shoes"}]}}}`).str("id")
	c.rule("auto_access_added", "added", rule)
	c.set("update_auto_access", `{"id":"`+rule+`","description":"Boots"}`)
	c.rule("auto_access_updated", "updated", rule)
	c.set("delete_auto_access", `{"id":"`+rule+`"}`)
	c.rule("auto_access_deleted", "deleted", rule)
	c.bot()

	c.set("update_license_properties", `{"properties":{"shop":{"size":3}}}`)
	c.hears(6, "license_properties_updated", "properties.shop.size")
	c.set("update_group_properties", `{"group_id":1,"properties":{"shop":{"color":"blue"}}}`)
	c.hears(6, "group_properties_updated", "properties.shop.color")
	text := fmt.Sprint(c.set("create_canned_response", `{"text":"Hello","tags":["hi"],"group_id":1}`)["id"])
	c.hears(7, "canned_response_created", "id text tags.0")
	c.set("update_canned_response", `{"id":`+text+`,"text":"Good day"}`)
	c.hears(7, "canned_response_updated", "id text")
	c.set("delete_canned_response", `{"id":`+text+`}`)
	c.hears(7, "canned_response_deleted", "id")
}

// rule waits for a push about an automatic access: three of them at 3.4, a list
// from 3.5.
func (c *scene) rule(at34, status, id string) {
	c.t.Helper()
	if c.v == 4 {
		c.sam.hears(at34, "id", "").is(c.t, "id", id)
	}
	if c.v >= 5 {
		c.sam.wait("auto_accesses_updated "+status, func(d doc) bool {
			return d["action"] == "auto_accesses_updated" && d.str("payload.0.status") == status && d.str("payload.0.id") == id
		})
	}
}

// bot makes a bot, and up to 3.5 speaks for it.
func (c *scene) bot() {
	id := c.set("create_bot", `{"name":"Bob","owner_client_id":"app","default_group_priority":"normal","groups":[{"id":1},{"id":2}]}`).str("id")
	c.hears(4, "bot_created", "id name")
	c.set("update_bot", `{"id":"`+id+`","name":"Robert"}`)
	c.hears(4, "bot_updated", "id name")
	defer func() {
		c.set("delete_bot", `{"id":"`+id+`"}`)
		c.hears(4, "bot_deleted", "id")
	}()
	if c.v > 5 {
		return
	}
	user := `{"chat_id":"` + c.chat + `","user_id":"` + id + `","user_type":"agent"` + c.sam.pick(3, `}`, 5, `,"visibility":"all","ignore_requester_presence":true}`)
	c.sam.do("add_user_to_chat", user)
	event := `{"chat_id":"` + c.chat + `","event":` + c.message("beep", "all") + `}`
	as := func(name, author string) doc {
		c.sam.raw(`{"request_id":"` + name + `","action":"send_event","author_id":"` + author + `","payload":` + event + `}`)
		return c.sam.wait(name, func(d doc) bool { return d["type"] == "response" && d["request_id"] == name })
	}
	as("as the bot", id).is(c.t, "success", true)
	beep := c.sam.wait("the bot's word", func(d doc) bool { return d.str("payload.event.text") == "beep" })
	beep.is(c.t, "payload.event.author_id", id)
	as("as nobody", "nobody").is(c.t, "payload.error.type", "validation")

	body := event
	head := map[string]string{"X-Author-Id": id}
	if c.v == 0 {
		body, head = `{"payload":`+event+`,"author_id":"`+id+`"}`, nil
	}
	if code, d := c.s.postAs(fmt.Sprintf("/v3.%d/agent/action/send_event", c.v), "Bearer "+c.sam.token, body, head); code != 200 {
		c.t.Errorf("the bot over the Web: %d %s", code, d)
	}
	c.sam.wait("the bot's word", func(d doc) bool { return d.str("payload.event.text") == "beep" }).is(c.t, "payload.event.author_id", id)
	if code, d := c.s.postAs(fmt.Sprintf("/v3.%d/agent/action/send_event", c.v), "Bearer "+c.anna.token, body, head); code == 200 || d.str("error.type") != "authorization" {
		c.t.Errorf("anna for the bot: %d %s", code, d)
	}
}
