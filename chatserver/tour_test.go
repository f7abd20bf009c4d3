package chatserver

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

type obj = map[string]any

// TestEveryAction performs every action of the agent API's table over a
// websocket and waits for the push it causes.
func TestEveryAction(t *testing.T) {
	w := newWorld(t)
	c := w.dial("/v3.6/agent/rtm/ws?organization_id=org-1")
	in := get[protocol.LoginResponse](t, c.ok("login", obj{"token": "Bearer " + w.tokens["anna"], "customer_monitoring_level": "online", "timezone": "Europe/Warsaw", "application": obj{"name": "test"}}))
	if string(in.License.ID) != `"1"` || in.License.OrganizationID != "org-1" || in.MyProfile.RoutingStatus != "accepting_chats" || in.MyProfile.Permission != "normal" {
		t.Fatalf("login = %+v", in)
	}
	c.push("incoming_customers")
	v := w.visitor("Vera").start(1, "hello")
	chat := get[protocol.IncomingChat](t, c.push("incoming_chat").Payload).Chat
	thread, done := chat.Thread.ID, map[string]bool{"upload_file": true}
	do := func(action string, payload any, pushes ...string) []byte {
		t.Helper()
		done[action] = true
		out := c.ok(action, payload)
		for _, p := range pushes {
			c.next(p+" with request_id", func(f protocol.Frame) bool { return f.IsPush() && f.Action == p && f.RequestID != "" })
		}
		return out
	}
	send := func(ev obj) string {
		return get[protocol.SendEventResponse](t, do("send_event", obj{"chat_id": v.chat, "event": ev}, "incoming_event")).EventID
	}
	w.login("ben")
	event := send(obj{"type": "rich_message", "template_id": "cards", "elements": []obj{{"title": "t", "buttons": []obj{{"text": "b", "postback_id": "p", "type": "url", "value": "https://example.com", "target": "new"}}}}})
	do("send_rich_message_postback", obj{"chat_id": v.chat, "thread_id": thread, "event_id": event, "postback": obj{"id": "p", "toggled": true}}, "incoming_rich_message_postback")
	do("send_typing_indicator", obj{"chat_id": v.chat, "is_typing": true})
	do("mark_events_as_seen", obj{"chat_id": v.chat, "seen_up_to": "2020-01-01T00:00:00Z"})
	moreActions(do, v.chat, thread)
	moreCustomers(t, do, v.actor.ID)
	do("tag_thread", obj{"chat_id": v.chat, "thread_id": thread, "tag": "a"}, "thread_tagged")
	do("untag_thread", obj{"chat_id": v.chat, "thread_id": thread, "tag": "a"}, "thread_untagged")
	set, del := obj{"ns": obj{"n": 1, "m": "x"}}, obj{"ns": []string{"n"}}
	do("update_chat_properties", obj{"id": v.chat, "properties": set}, "chat_properties_updated")
	do("delete_chat_properties", obj{"id": v.chat, "properties": del}, "chat_properties_deleted")
	do("update_thread_properties", obj{"chat_id": v.chat, "thread_id": thread, "properties": set}, "thread_properties_updated")
	do("delete_thread_properties", obj{"chat_id": v.chat, "thread_id": thread, "properties": del}, "thread_properties_deleted")
	do("update_event_properties", obj{"chat_id": v.chat, "thread_id": thread, "event_id": event, "properties": set}, "event_properties_updated")
	do("delete_event_properties", obj{"chat_id": v.chat, "thread_id": thread, "event_id": event, "properties": del}, "event_properties_deleted")
	do("update_customer", obj{"id": v.actor.ID, "name": "Vera V.", "session_fields": []obj{{"plan": "gold"}}}, "customer_updated")
	if u := get[protocol.User](t, do("get_customer", obj{"id": v.actor.ID})); u.Name != "Vera V." || u.SessionFields[0]["plan"] != "gold" {
		t.Errorf("get_customer = %+v", u)
	}
	do("add_user_to_chat", obj{"chat_id": v.chat, "user_id": "ben@example.com", "user_type": "agent", "visibility": "all"}, "user_added_to_chat")
	do("remove_user_from_chat", obj{"chat_id": v.chat, "user_id": "ben@example.com", "user_type": "agent"}, "user_removed_from_chat")
	if list := get[[]protocol.TransferAgent](t, do("list_agents_for_transfer", obj{"chat_id": v.chat})); len(list) != 1 || list[0].AgentID != "ben@example.com" {
		t.Errorf("list_agents_for_transfer = %+v", list)
	}
	if list := get[[]protocol.RoutingStatus](t, do("list_routing_statuses", obj{"filters": obj{"group_ids": []int{1}}})); len(list) != 3 || list[2].Status != "offline" {
		t.Errorf("list_routing_statuses = %+v", list)
	}
	do("set_away_status", obj{"away": true})
	do("set_away_status", obj{"away": false})
	do("set_routing_status", obj{"status": "not_accepting_chats"}, "routing_status_set")
	do("set_routing_status", obj{"status": "accepting_chats"}, "routing_status_set")
	do("transfer_chat", obj{"id": v.chat, "target": obj{"type": "agent", "ids": []string{"ben@example.com"}}}, "chat_transferred")
	do("follow_chat", obj{"id": v.chat}, "incoming_chat")
	do("unfollow_chat", obj{"id": v.chat}, "chat_unfollowed")
	do("deactivate_chat", obj{"id": v.chat, "ignore_requester_presence": true}, "chat_deactivated")
	do("resume_chat", obj{"chat": obj{"id": v.chat, "thread": obj{"events": []obj{{"type": "message", "text": "again"}}}}}, "incoming_chat")
	got := get[protocol.Chat](t, do("get_chat", obj{"chat_id": v.chat}))
	if len(got.Thread.Events) != 1 || got.Thread.PreviousThreadID != thread || string(got.Properties["ns"]["m"]) != `"x"` {
		t.Errorf("get_chat = %+v", got)
	}
	do("list_chats", obj{"filters": obj{"active": true}})
	do("list_threads", obj{"chat_id": v.chat})
	do("list_archives", obj{"filters": obj{"query": "hello"}})
	do("start_chat", obj{"chat": obj{"thread": obj{"events": []obj{{"type": "message", "text": "to myself"}}}}}, "incoming_chat")
	do("ban_customer", obj{"id": v.actor.ID, "ban": obj{"days": 1}}, "customer_banned", "chat_deactivated")
	fresh, _, err := w.srv.Engine().CreateToken(t.Context(), engine.TokenSpec{OwnerID: "anna@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	do("update_session", obj{"token": "Bearer " + fresh})
	c.fails("update_session", obj{"token": "Bearer " + w.tokens["ben"]}, protocol.ErrAuthentication)
	for _, name := range slices.Sorted(maps.Keys(w.srv.agent.Actions)) {
		if !done[name] {
			t.Errorf("%s is not on the tour", name)
		}
	}
}

// TestBelowABasePath mounts the server as a portal would.
func TestBelowABasePath(t *testing.T) {
	w := newWorld(t)
	ts := httptest.NewServer(http.StripPrefix("/desk", w.srv.Handler()))
	defer ts.Close()
	w.url = ts.URL + "/desk"
	w.login("anna").ok("list_chats", nil)
}

// TestScopes gives a token without rights and wants nothing to work.
func TestScopes(t *testing.T) {
	w := newWorld(t)
	v := w.visitor("Vera")
	anna := w.login("anna")
	v.start(1, "hello")
	anna.push("incoming_chat")
	poor, _, err := w.srv.Engine().CreateToken(t.Context(), engine.TokenSpec{OwnerID: "anna@example.com", Scopes: []string{"agents--my:rw"}})
	if err != nil {
		t.Fatal(err)
	}
	c := w.dial("/v3.6/agent/rtm/ws")
	if in := get[protocol.LoginResponse](t, c.ok("login", obj{"token": poor})); len(in.ChatsSummary) != 0 {
		t.Errorf("login shows %d chats", len(in.ChatsSummary))
	}
	c.fails("list_chats", nil, protocol.ErrAuthorization)
	c.fails("send_event", obj{"chat_id": v.chat, "event": obj{"type": "message", "text": "x"}}, protocol.ErrAuthorization)
	c.fails("get_customer", obj{"id": v.actor.ID}, protocol.ErrAuthorization)
	c.fails("set_routing_status", obj{"agent_id": "ben@example.com", "status": "accepting_chats"}, protocol.ErrAuthorization)
	c.ok("set_away_status", obj{"away": false})
	v.say("more")
	anna.push("incoming_event")
	if n := c.count("incoming_event"); n != 0 {
		t.Errorf("a token without chat scopes got %d events", n)
	}
}

// TestSubscribedPushes gets only what it asked for.
func TestSubscribedPushes(t *testing.T) {
	w := newWorld(t)
	c := w.dial("/v3.6/agent/rtm/ws")
	c.ok("login", obj{"token": w.tokens["anna"], "pushes": obj{"3.6": []string{"incoming_event"}}})
	v := w.visitor("Vera").start(1, "hello")
	v.say("more")
	c.push("incoming_event")
	if n := c.count("incoming_chat"); n != 0 {
		t.Errorf("%d incoming_chat came unasked", n)
	}
}
