package chatserver_test

import (
	"slices"
	"testing"
)

func TestConformanceGroups(t *testing.T) {
	s := start(t)
	olivia, anna, sam := s.agent("olivia"), s.agent("anna"), s.admin("sam")
	d := sam.ok("create_group", `{"name":"Returns","language_code":"pl","agent_priorities":{"anna@example.com":"first"}}`)
	id := d.text("id")
	for _, w := range []*wire{olivia, anna} {
		p := w.push("group_created")
		p.is(t, "payload.id", id)
		p.is(t, "payload.name", "Returns")
		p.is(t, "payload.language_code", "pl")
	}
	// A group with somebody who accepts chats is open at once.
	state := olivia.next("the new group's status", func(d doc) bool {
		return d["action"] == "groups_status_updated" && slices.ContainsFunc(d.list("payload.groups"), func(g any) bool { return doc(g.(map[string]any)).text("id") == id })
	})
	state.is(t, "payload.groups.0.status", "accepting_chats")

	d = sam.ok("get_group", `{"id":`+id+`,"fields":["agent_priorities","routing_status"]}`)
	for path, want := range map[string]any{"name": "Returns", "language_code": "pl", "routing_status": "accepting_chats"} {
		d.is(t, path, want)
	}
	if m := d.sub("agent_priorities"); len(m) != 1 || m["anna@example.com"] != "first" {
		t.Errorf("agent_priorities = %s", m)
	}
	sam.ok("get_group", `{"id":`+id+`}`).lacks(t, "agent_priorities")
	if d := sam.ok("list_groups", `{}`); len(d.list("list")) != 3 {
		t.Errorf("groups = %s", d)
	}
	if d := sam.ok("list_groups_statuses", `{}`); len(d.list("groups")) != 4 {
		t.Errorf("statuses = %s", d)
	}

	sam.ok("update_group", `{"id":`+id+`,"name":"Returns & refunds","agent_priorities":{"anna@example.com":"supervisor"}}`).empty(t)
	p := olivia.push("group_updated")
	p.is(t, "payload.name", "Returns & refunds")
	p.lacks(t, "payload.language_code")
	olivia.next("the group's end of service", func(d doc) bool {
		return d["action"] == "groups_status_updated" && d.str("payload.groups.0.status") == "offline"
	})

	sam.ok("delete_group", `{"id":`+id+`}`).empty(t)
	olivia.push("group_deleted").is(t, "payload.id", id)
	sam.fails("get_group", `{"id":`+id+`}`, "not_found", "group")
	if next := sam.ok("create_group", `{"name":"Other","agent_priorities":{}}`).text("id"); next == id {
		t.Errorf("the number %s was given out again", id)
	}
	for payload, field := range map[string]string{
		`{"agent_priorities":{}}`:           "`name`",
		`{"name":"","agent_priorities":{}}`: "`name`",
		`{"name":"X"}`:                      "`agent_priorities`",
		`{"name":"X","agent_priorities":{"nobody@example.com":"first"}}`:      "`agent_priorities.nobody@example.com`",
		`{"name":"X","agent_priorities":{"ben@example.com":"loud"}}`:          "`agent_priorities.ben@example.com`",
		`{"name":"X","agent_priorities":{},"language_code":"Klingon please"}`: "`language_code`",
	} {
		sam.fails("create_group", payload, "validation", field)
	}
	sam.fails("update_group", `{"name":"X"}`, "validation", "`id`")
	sam.fails("update_group", `{"id":1}`, "validation", "`name`")
	sam.fails("delete_group", `{"id":99}`, "not_found", "group")
}

// A deleted group leaves nothing behind that only it could reach.
func TestConformanceDeletedGroup(t *testing.T) {
	s := start(t)
	k := s.begin()
	ben, sam := s.agent("ben"), s.admin("sam")
	sam.ok("create_tag", `{"name":"both","group_ids":[1,2]}`)
	sam.ok("add_auto_access", `{"access":{"groups":[1]},"conditions":{"domain":{"values":[{"value":"shop.example"}]}}}`)
	sam.at("v3.7").ok("create_canned_response", `{"text":"Hello","tags":[],"group_id":1}`)
	sam.ok("delete_group", `{"id":1}`)
	ben.about("chat_access_updated", "id", k.chat).is(t, "payload.access.group_ids", "[0]")
	ben.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).is(t, "access.group_ids", "[0]")
	ben.about("tag_deleted", "name", "both") // ben is in no group of it any more
	if d := sam.ok("list_auto_accesses", `{}`); len(d.list("list")) != 0 {
		t.Errorf("automatic accesses = %s", d)
	}
	if d := sam.at("v3.7").ok("list_canned_responses", `{}`); d.text("found_canned_responses") != "0" {
		t.Errorf("canned responses = %s", d)
	}
}

func TestConformanceTagList(t *testing.T) {
	s := start(t)
	ben, sam := s.agent("ben"), s.admin("sam")
	sam.ok("create_tag", `{"name":"fragile","group_ids":[1]}`).empty(t)
	p := ben.about("tag_created", "name", "fragile")
	p.has(t, "payload.created_at")
	p.is(t, "payload.author_id", "sam@example.com")
	p.is(t, "payload.group_ids", "[1]")
	sam.fails("create_tag", `{"name":"Fragile"}`, "validation", "`name`")
	sam.fails("create_tag", `{"group_ids":[1]}`, "validation", "`name`")
	sam.fails("create_tag", `{"name":"x","group_ids":[99]}`, "validation", "`group_ids.0`")

	sam.ok("update_tag", `{"name":"fragile","group_ids":[1,2]}`).empty(t)
	p = ben.about("tag_updated", "name", "fragile")
	p.is(t, "payload.group_ids", "[1 2]")
	p.lacks(t, "payload.author_id")
	// ben is not in group 2: a tag of that alone is gone for him.
	sam.ok("update_tag", `{"name":"fragile","group_ids":[2]}`)
	ben.about("tag_deleted", "name", "fragile")
	has := func(who admin, payload string) bool {
		return slices.ContainsFunc(who.ok("list_tags", payload).list("list"), func(x any) bool { return doc(x.(map[string]any)).str("name") == "fragile" })
	}
	if has(s.admin("ben"), `{}`) || !has(sam, `{}`) || !has(sam, `{"filters":{"group_ids":[2]}}`) || has(sam, `{"filters":{"group_ids":[1]}}`) {
		t.Error("a tag of group 2 is listed to the wrong people")
	}
	sam.fails("delete_tag", `{"name":"FRAGILE"}`, "not_found", "tag")
	sam.fails("update_tag", `{"name":"FRAGILE","group_ids":[]}`, "not_found", "tag")
	sam.ok("delete_tag", `{"name":"fragile"}`).empty(t)
	ben.none("tag_deleted")
}
