package chatserver_test

import "testing"

func TestConformanceBots(t *testing.T) {
	s := start(t)
	anna, sam := s.agent("anna"), s.admin("sam")
	d := sam.ok("create_bot", `{"name":"Bob","owner_client_id":"app","default_group_priority":"first","groups":[{"id":2}],"max_chats_count":50,"job_title":"Helper"}`)
	id, secret := d.str("id"), d.str("secret")
	p := anna.push("bot_created")
	for path, want := range map[string]any{"id": id, "name": "Bob", "default_group_priority": "first", "groups.0.priority": "first", "owner_client_id": "app"} {
		p.is(t, "payload."+path, want)
	}
	p.lacks(t, "payload.secret")
	d = sam.ok("get_bot", `{"id":"`+id+`","fields":["groups","max_chats_count"]}`)
	d.is(t, "max_chats_count", 50)
	d.lacks(t, "job_title", "secret")
	if d := sam.ok("list_bots", `{}`); len(d.list("list")) != 0 {
		t.Errorf("the token's application has bots %s", d)
	}
	sam.ok("list_bots", `{"all":true}`).is(t, "list.0.id", id)
	sam.ok("update_bot", `{"id":"`+id+`","name":"Robert"}`).empty(t)
	p = anna.push("bot_updated")
	p.is(t, "payload.name", "Robert")
	p.lacks(t, "payload.groups")

	issue := func(secret string) (int, doc) {
		return admin{s, "", "v3.6"}.call("issue_bot_token", `{"bot_id":"`+id+`","client_id":"app","bot_secret":"`+secret+`","organization_id":"`+org+`"}`)
	}
	if code, d := issue("guessed"); code != 401 || d.str("error.type") != "authentication" {
		t.Errorf("a wrong secret: %d %s", code, d)
	}
	code, d := issue(secret)
	if code != 200 {
		t.Fatalf("issue_bot_token: %d %s", code, d)
	}
	token := d.str("token")
	s.dial(agentPath).fails("login", `{"token":"`+token+`"}`, "authorization")

	// It takes no chats before its status is set, and the next one then.
	if code, d := s.web("agent", token, "set_routing_status", `{"status":"accepting_chats"}`); code != 200 {
		t.Fatalf("set_routing_status: %d %s", code, d)
	}
	anna.next("the bot's status", func(d doc) bool { return d["action"] == "routing_status_set" && d.str("payload.agent_id") == id })
	guest := s.customer(s.guest())
	chat := guest.ok("start_chat", `{"chat":{"access":{"group_ids":[2]}}}`).str("chat_id")
	if code, d := s.web("agent", token, "send_event", `{"chat_id":"`+chat+`","event":{"type":"message","text":"beep"}}`); code != 200 {
		t.Fatalf("the bot's send_event: %d %s", code, d)
	}
	guest.event("beep").is(t, "payload.event.author_id", id)
	sam.ok("delete_bot", `{"id":"`+id+`"}`).empty(t)
	anna.push("bot_deleted").is(t, "payload.id", id)
	if code, _ := s.web("agent", token, "list_chats", `{}`); code != 401 {
		t.Errorf("a deleted bot's token: %d", code)
	}
}

func TestConformanceBotsAreChecked(t *testing.T) {
	s := start(t)
	sam := s.admin("sam")
	old := sam.ok("create_bot", `{"name":"X","owner_client_id":"app"}`).str("id")
	if fresh := sam.ok("reset_bot_secret", `{"id":"`+old+`"}`).str("secret"); fresh == "" {
		t.Error("no new secret")
	}
	sam.fails("create_bot", `{"owner_client_id":"app"}`, "validation", "`name`")
	sam.fails("create_bot", `{"name":"X","owner_client_id":"app","max_chats_count":501}`, "validation", "`max_chats_count`")
	sam.fails("update_bot", `{"id":"nothing","name":"X"}`, "not_found", "bot")
	sam.fails("get_bot", `{"id":"anna@example.com"}`, "not_found", "bot")
	sam.fails("get_agent", `{"id":"`+old+`"}`, "not_found", "agent")
	admin{s, "", "v3.6"}.fails("issue_bot_token", `{"bot_id":"x"}`, "validation", "")
}
