package chatserver_test

import "testing"

func TestConformancePlaceProperties(t *testing.T) {
	s := start(t)
	anna, sam := s.agent("anna"), s.admin("sam")
	sam.ok("update_license_properties", `{"properties":{"shop":{"name":"Nordby","size":3}}}`).empty(t)
	p := anna.push("license_properties_updated")
	p.is(t, "payload.properties.shop.name", "Nordby")
	p.lacks(t, "payload.group_id")
	sam.ok("update_license_properties", `{"properties":{"shop":{"open":true}}}`)
	anna.push("license_properties_updated").lacks(t, "payload.properties.shop.name")
	d := sam.ok("list_license_properties", `{}`)
	for path, want := range map[string]any{"shop.name": "Nordby", "shop.size": 3, "shop.open": true} {
		d.is(t, path, want)
	}
	sam.ok("list_license_properties", `{"namespace":"shop","name_prefix":"na"}`).lacks(t, "shop.size")
	sam.ok("delete_license_properties", `{"properties":{"shop":["size"]}}`).empty(t)
	if d := anna.push("license_properties_updated").sub("payload.properties.shop"); len(d) != 1 || d["size"] != nil {
		t.Errorf("the deletion was told as %s", d)
	}
	s.admin("anna").ok("list_license_properties", `{}`).lacks(t, "shop.size")

	sam.ok("update_group_properties", `{"group_id":1,"properties":{"shop":{"color":"blue"}}}`).empty(t)
	p = anna.push("group_properties_updated")
	p.is(t, "payload.group_id", 1)
	p.is(t, "payload.properties.shop.color", "blue")
	sam.ok("list_groups_properties", `{"group_ids":[]}`).is(t, "list.1.properties.shop.color", "blue")
	sam.ok("delete_group_properties", `{"id":1,"properties":{"shop":["color"]}}`).empty(t)
	anna.push("group_properties_updated").is(t, "payload.group_id", 1)
	sam.ok("list_groups_properties", `{"group_ids":[1]}`).lacks(t, "list.0.properties.shop")

	sam.fails("update_license_properties", `{}`, "validation", "`properties`")
	sam.fails("update_license_properties", `{"properties":{"shop":{"a":[1]}}}`, "validation", "`properties.shop.a`")
	sam.fails("update_group_properties", `{"properties":{"shop":{"a":1}}}`, "validation", "`group_id`")
	sam.fails("update_group_properties", `{"group_id":99,"properties":{"shop":{"a":1}}}`, "not_found", "group")
	sam.fails("delete_license_properties", `{"properties":{}}`, "validation", "`properties`")
	sam.fails("list_groups_properties", `{}`, "validation", "`group_ids`")
}

func TestConformancePropertyDefinitions(t *testing.T) {
	s := start(t)
	sam := s.admin("sam")
	const size = `{"name":"size","owner_client_id":"app","type":"int","range":{"from":1,"to":5},"default_value":2,"access":{"license":{"agent":["read","write"]}}}`
	sam.ok("register_property", size).empty(t)
	sam.fails("register_property", size, "validation", "`name`")
	sam.ok("list_license_properties", `{}`).is(t, "app.size", 2)
	d := sam.ok("list_properties", `{"owner_client_id":"app"}`)
	d.is(t, "size.type", "int")
	d.is(t, "size.access.license.agent", "[read write]")
	// Private: a token of another application may not write it.
	sam.fails("update_license_properties", `{"properties":{"app":{"size":3}}}`, "authorization", "")
	sam.ok("publish_property", `{"name":"size","owner_client_id":"app","access_type":["read","write"]}`).empty(t)
	sam.ok("list_properties", `{"owner_client_id":"app"}`).is(t, "size.public_access", "[read write]")
	sam.ok("update_license_properties", `{"properties":{"app":{"size":3}}}`)
	sam.fails("update_license_properties", `{"properties":{"app":{"size":6}}}`, "validation", "`properties.app.size`")
	sam.fails("update_license_properties", `{"properties":{"app":{"size":"big"}}}`, "validation", "`properties.app.size`")
	sam.fails("update_group_properties", `{"group_id":1,"properties":{"app":{"size":3}}}`, "authorization", "")
	sam.fails("unregister_property", `{"name":"size","owner_client_id":"app"}`, "validation", "`name`")
	sam.ok("register_property", `{"name":"color","owner_client_id":"app","type":"string","domain":["red","blue"],"access":{"chat":{"agent":["read"]}}}`)
	sam.ok("unregister_property", `{"name":"color","owner_client_id":"app"}`).empty(t)
	sam.fails("unregister_property", `{"name":"color","owner_client_id":"app"}`, "not_found", "")
	for payload, field := range map[string]string{
		`{"owner_client_id":"app","type":"int","access":{"chat":{"agent":["read"]}}}`:                                "`name`",
		`{"name":"x","type":"int","access":{"chat":{"agent":["read"]}}}`:                                             "`owner_client_id`",
		`{"name":"x","owner_client_id":"app","type":"float","access":{"chat":{"agent":["read"]}}}`:                   "`type`",
		`{"name":"x","owner_client_id":"app","type":"int"}`:                                                          "`access`",
		`{"name":"x","owner_client_id":"app","type":"int","access":{"moon":{"agent":["read"]}}}`:                     "`access.moon`",
		`{"name":"x","owner_client_id":"app","type":"int","access":{"chat":{"agent":["eat"]}}}`:                      "`access.chat.agent`",
		`{"name":"x","owner_client_id":"app","type":"int","domain":["a"],"access":{"chat":{"agent":["read"]}}}`:      "`domain.0`",
		`{"name":"x","owner_client_id":"app","type":"int","default_value":1,"access":{"chat":{"agent":["read"]}}}`:   "`default_value`",
		`{"name":"x","owner_client_id":"app","type":"bool","range":{"from":1},"access":{"chat":{"agent":["read"]}}}`: "`range`",
	} {
		sam.fails("register_property", payload, "validation", field)
	}
}
