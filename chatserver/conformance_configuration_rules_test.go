package chatserver_test

import (
	"strings"
	"testing"
)

// visit signs a new customer in on a page.
func (s *server) visit(url string) *wire {
	s.t.Helper()
	w := s.dial(customerPath)
	w.name = "customer"
	w.ok("login", `{"token":"Bearer `+s.guest().token+`","customer_page":{"url":"`+url+`","title":"Page"}}`)
	return w
}

// access are the groups of a chat that a customer begins on a page.
func access(s *server, agent *wire, url, start string) string {
	s.t.Helper()
	chat := s.visit(url).ok("start_chat", start).str("chat_id")
	d := agent.ok("get_chat", `{"chat_id":"`+chat+`"}`)
	d.has(s.t, "access.group_ids")
	d.is(s.t, "thread.access.group_ids", d.text("access.group_ids"))
	return d.text("access.group_ids")
}

func TestConformanceAutoAccess(t *testing.T) {
	s := start(t)
	olivia, ben, sam := s.agent("olivia"), s.agent("ben"), s.admin("sam")
	add := func(payload string) string {
		t.Helper()
		id := sam.ok("add_auto_access", payload).str("id")
		olivia.about("auto_accesses_updated", "0.id", id)
		return id
	}
	shoes := sam.ok("add_auto_access", `{"description":"Shoes","access":{"groups":[2]},"conditions":{"url":{"values":[{"value":"/shoes"}]}}}`).str("id")
	p := olivia.push("auto_accesses_updated")
	for path, want := range map[string]any{
		"0.id": shoes, "0.status": "added", "0.description": "Shoes", "0.access.groups": "[2]", "0.next_id": "",
		"0.conditions.url.values.0.value": "/shoes", "0.conditions.url.values.0.exact_match": false,
	} {
		p.is(t, "payload."+path, want)
	}
	ben.none("auto_accesses_updated") // he may not read rules
	shop := add(`{"access":{"groups":[1]},"conditions":{"domain":{"values":[{"value":"shop.example","exact_match":true}]}}}`)
	list := sam.ok("list_auto_accesses", `{}`)
	list.is(t, "list.0.next_id", shop)
	list.is(t, "list.1.id", shop)

	const plain = `{"continuous":true}`
	for _, c := range []struct{ url, start, want string }{
		{"https://shop.example/shoes/3", plain, "[2]"}, // the first rule that fits
		{"https://shop.example/hats", plain, "[1]"},
		{"https://www.shop.example/hats", plain, "[0]"},
		{"https://shop.example/shoes", `{"continuous":true,"chat":{"access":{"group_ids":[1]}}}`, "[1]"}, // asked for
	} {
		if got := access(s, olivia, c.url, c.start); got != c.want {
			t.Errorf("%s %s: groups %s, want %s", c.url, c.start, got, c.want)
		}
	}

	sam.ok("update_auto_access", `{"id":"`+shop+`","next_id":"`+shoes+`"}`).empty(t)
	p = olivia.about("auto_accesses_updated", "0.id", shop)
	p.is(t, "payload.0.status", "updated")
	p.is(t, "payload.0.next_id", shoes)
	p.is(t, "payload.1.id", shoes)
	p.is(t, "payload.1.next_id", "")
	if got := access(s, olivia, "https://shop.example/shoes/3", plain); got != "[1]" {
		t.Errorf("after the move: groups %s", got)
	}
	sam.ok("delete_auto_access", `{"id":"`+shop+`"}`).empty(t)
	olivia.next("the end of the rule", func(d doc) bool {
		return d["action"] == "auto_accesses_updated" && strings.Contains(d.String(), `{"id":"`+shop+`","status":"deleted"}`)
	})
}

func TestConformanceAutoAccessIsChecked(t *testing.T) {
	sam := start(t).admin("sam")
	for payload, field := range map[string]string{
		`{"conditions":{"url":{"values":[{"value":"x"}]}}}`:                                                          "`access`",
		`{"access":{"groups":[1]}}`:                                                                                  "`conditions`",
		`{"access":{"groups":[]},"conditions":{"url":{"values":[{"value":"x"}]}}}`:                                   "`access.groups`",
		`{"access":{"groups":[99]},"conditions":{"url":{"values":[{"value":"x"}]}}}`:                                 "`access.groups.0`",
		`{"access":{"groups":[1]},"conditions":{}}`:                                                                  "`conditions`",
		`{"access":{"groups":[1]},"conditions":{"url":{"values":[{"value":"x"}],"exclude_values":[{"value":"y"}]}}}`: "`conditions.url`",
		`{"access":{"groups":[1]},"conditions":{"geolocation":{"values":[{}]}}}`:                                     "`conditions.geolocation.values.0`",
		`{"access":{"groups":[1]},"conditions":{"url":{"values":[{"value":"x"}]}},"next_id":"nothing"}`:              "`next_id`",
		`{"access":{"groups":[1]},"conditions":{"chat_properties":{"a":{"b":{"exists":true,"values":["x"]}}}}}`:      "`conditions.chat_properties.a.b`",
	} {
		sam.fails("add_auto_access", payload, "validation", field)
	}
	sam.fails("update_auto_access", `{"id":"nothing","description":"x"}`, "not_found", "")
	sam.fails("delete_auto_access", `{}`, "validation", "`id`")
}

func TestConformanceBans(t *testing.T) {
	s := start(t)
	k := s.begin()
	ben := s.admin("ben")
	k.anna.ok("ban_customer", `{"id":"`+k.g.id+`","ban":{"days":2}}`)
	k.guest.push("customer_disconnected").is(t, "payload.reason", "customer_banned")
	d := ben.ok("list_customer_bans", `{}`)
	for path, want := range map[string]any{"customer_id": k.g.id, "agent_id": "anna@example.com", "thread_id": k.thread} {
		d.is(t, "list.0."+path, want)
	}
	d.has(t, "list.0.created_at", "list.0.expires_at")
	d.lacks(t, "list.0.ip", "list.1")
	login := `{"token":"Bearer ` + k.g.token + `"}`
	s.dial(customerPath).fails("login", login, "customer_banned")
	ben.ok("unban_customer", `{"customer_id":"`+k.g.id+`"}`).empty(t)
	s.dial(customerPath).ok("login", login)
	if d := ben.ok("list_customer_bans", `{}`); len(d.list("list")) != 0 {
		t.Errorf("bans = %s", d)
	}

	later := ben.at("v3.7")
	later.ok("ban_customer", `{"customer_id":"`+k.g.id+`","seconds":3600}`).empty(t)
	k.anna.about("customer_banned", "customer_id", k.g.id) // of two days
	k.anna.about("customer_banned", "customer_id", k.g.id).is(t, "payload.ban.days", 1)
	ben.ok("unban_customer", `{"customer_id":"`+k.g.id+`"}`)
	for payload, field := range map[string]string{
		`{"seconds":60}`:                          "`customer_id`",
		`{"customer_id":"x"}`:                     "`seconds`",
		`{"ip":"not an address","seconds":60}`:    "`ip`",
		`{"customer_id":"x","seconds":315360001}`: "`seconds`",
	} {
		later.fails("ban_customer", payload, "validation", field)
	}
	later.fails("ban_customer", `{"customer_id":"nobody","seconds":60}`, "not_found", "")
	ben.fails("unban_customer", `{}`, "validation", "`customer_id`")
	ben.fails("unban_customer", `{"customer_id":"x","ip":"192.0.2.1"}`, "validation", "`customer_id`")
}

// An address is shut out whoever comes from it.
func TestConformanceBannedAddress(t *testing.T) {
	s := start(t)
	g := s.guest()
	guest, sam := s.customer(g), s.admin("sam").at("v3.7")
	sam.ok("ban_customer", `{"ip":"127.0.0.1","seconds":3600}`)
	guest.push("customer_disconnected").is(t, "payload.reason", "customer_banned")
	s.dial(customerPath).fails("login", `{"token":"Bearer `+g.token+`"}`, "customer_banned")
	if code, d := s.web("customer", g.token, "list_chats", `{}`); code == 200 || d.str("error.type") != "customer_banned" {
		t.Errorf("list_chats: %d %s", code, d)
	}
	sam.ok("list_customer_bans", `{}`).is(t, "list.0.ip", "127.0.0.1")
	sam.ok("unban_customer", `{"ip":"127.0.0.1"}`)
	s.customer(g)
}
