package chatserver_test

import (
	"slices"
	"strings"
	"testing"
)

// TestConformanceConfigurationPushes: every version hears of a change in its own
// words, or not at all.
func TestConformanceConfigurationPushes(t *testing.T) {
	s := start(t)
	const since34 = "agent_created agent_updated agent_suspended agent_unsuspended agent_approved agent_deleted bot_created bot_updated bot_deleted " +
		"group_created group_updated group_deleted "
	const since35 = since34 + "auto_accesses_updated tag_created tag_updated tag_deleted "
	const since36 = since35 + "license_properties_updated group_properties_updated "
	want := map[string]string{
		"3.0": "", "3.1": "", "3.2": "", "3.3": "", "3.4": since34 + "auto_access_added auto_access_updated auto_access_deleted",
		"3.5": since35, "3.6": since36,
		"3.7": since36 + "canned_response_created canned_response_updated canned_response_deleted",
	}
	olivia := map[string]*wire{}
	for v := range want {
		w := s.dial("/v" + v + "/agent/rtm/ws?organization_id=" + org)
		w.name = "olivia at " + v
		w.ok("login", `{"token":"Bearer dal:demo-olivia"}`)
		olivia[v] = w
	}
	changeEverything(s.admin("sam"))
	for v, w := range olivia {
		w.ok("ping", `{}`)
		names := strings.Fields(want[v])
		slices.Sort(names)
		if got := heard(w, names); !slices.Equal(got, names) {
			t.Errorf("%s heard %v, want %v", w.name, got, names)
		}
	}
}

// changeEverything creates, changes and deletes one of each.
func changeEverything(sam admin) {
	sam.ok("create_agent", strings.Replace(nora, `"name"`, `"awaiting_approval":true,"name"`, 1))
	for _, action := range []string{"approve_agent", "suspend_agent", "unsuspend_agent", "delete_agent"} {
		if action == "suspend_agent" {
			sam.ok("update_agent", `{"id":"nora@example.com","job_title":"Day shift"}`)
		}
		sam.ok(action, `{"id":"nora@example.com"}`)
	}
	bot := sam.ok("create_bot", `{"name":"Bob","owner_client_id":"app"}`).str("id")
	sam.ok("update_bot", `{"id":"`+bot+`","name":"Robert"}`)
	sam.ok("delete_bot", `{"id":"`+bot+`"}`)
	group := sam.ok("create_group", `{"name":"Returns","agent_priorities":{}}`).text("id")
	sam.ok("update_group_properties", `{"group_id":`+group+`,"properties":{"shop":{"color":"blue"}}}`)
	sam.ok("update_group", `{"id":`+group+`,"name":"Refunds"}`)
	sam.ok("delete_group", `{"id":`+group+`}`)
	sam.ok("update_license_properties", `{"properties":{"shop":{"name":"Nordby"}}}`)
	sam.ok("create_tag", `{"name":"fragile"}`)
	sam.ok("update_tag", `{"name":"fragile","group_ids":[1]}`)
	sam.ok("delete_tag", `{"name":"fragile"}`)
	rule := sam.ok("add_auto_access", `{"access":{"groups":[2]},"conditions":{"url":{"values":[{"value":"/shoes"}]}}}`).str("id")
	sam.ok("update_auto_access", `{"id":"`+rule+`","description":"Shoes"}`)
	sam.ok("delete_auto_access", `{"id":"`+rule+`"}`)
	sam = sam.at("v3.7")
	canned := sam.ok("create_canned_response", `{"text":"Hello","tags":[],"group_id":0}`).text("id")
	sam.ok("update_canned_response", `{"id":`+canned+`,"text":"Good day"}`)
	sam.ok("delete_canned_response", `{"id":`+canned+`}`)
}

// heard are the names of the pushes about configuration that came, each once. A
// name of another version's stands out, because it is not among those wanted.
func heard(w *wire, wanted []string) []string {
	var out []string
	for _, d := range w.held {
		name := d.str("action")
		about := slices.Contains(wanted, name)
		for _, prefix := range []string{"agent_", "bot_", "group_", "tag_", "auto_access", "license_", "canned_response_"} {
			about = about || strings.HasPrefix(name, prefix)
		}
		// Before 3.2 agent_updated tells the routing status.
		if d["type"] == "push" && about && !slices.Contains(out, name) && d.at("payload.routing_status") == nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
