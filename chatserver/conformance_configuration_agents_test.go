package chatserver_test

import "testing"

const nora = `{"id":"Nora@Example.com","name":"Nora","role":"administrator","job_title":"Night shift","max_chats_count":5,
	"login_status":"accepting chats","password":"a long enough one","groups":[{"id":1,"priority":"last"}],
	"notifications":["incoming_chat"],"email_subscriptions":["weekly_summary"],
	"work_scheduler":{"timezone":"Europe/Warsaw","schedule":[{"day":"monday","enabled":true,"start":"08:00","end":"12:30"}]}}`

func TestConformanceAgents(t *testing.T) {
	s := start(t)
	olivia, sam := s.agent("olivia"), s.admin("sam")
	sam.ok("create_agent", nora).is(t, "id", "nora@example.com")
	p := olivia.push("agent_created")
	p.has(t, "payload.groups", "payload.work_scheduler.schedule", "payload.email_subscriptions")
	p.lacks(t, "payload.password", "request_id")
	for path, want := range map[string]any{
		"id": "nora@example.com", "name": "Nora", "role": "administrator", "awaiting_approval": false, "groups.0.id": 1, "groups.0.priority": "last",
		"notifications.0": "incoming_chat", "work_scheduler.timezone": "Europe/Warsaw", "work_scheduler.schedule.0.end": "12:30",
	} {
		p.is(t, "payload."+path, want)
	}
	d := sam.ok("get_agent", `{"id":"nora@example.com"}`)
	d.has(t, "account_id", "login_status")
	d.lacks(t, "groups", "password", "job_title", "work_scheduler", "suspended")
	d = sam.ok("get_agent", `{"id":"nora@example.com","fields":["groups","job_title","max_chats_count","work_scheduler","suspended","awaiting_approval","notifications","email_subscriptions","mobile"]}`)
	d.has(t, "notifications", "email_subscriptions", "mobile")
	for path, want := range map[string]any{"job_title": "Night shift", "max_chats_count": 5, "suspended": false, "work_scheduler.schedule.0.day": "monday"} {
		d.is(t, path, want)
	}
	sam.at("v3.4").ok("get_agent", `{"id":"nora@example.com","fields":["work_scheduler"]}`).is(t, "work_scheduler.monday.start", "08:00")

	sam.ok("update_agent", `{"id":"nora@example.com","max_chats_count":7}`).empty(t)
	p = olivia.push("agent_updated")
	p.is(t, "payload.max_chats_count", 7)
	p.lacks(t, "payload.name", "payload.role", "payload.groups")

	if d := sam.ok("list_agents", `{"filters":{"group_ids":[2]},"fields":["groups"]}`); len(d.list("list")) != 3 {
		t.Errorf("agents of group 2: %s", d)
	}
	code, grant := s.post("/v2/token", "", `{"grant_type":"password","email":"nora@example.com","password":"a long enough one"}`)
	if code != 200 {
		t.Fatalf("the new agent cannot sign in: %d %s", code, grant)
	}
	s.dial(agentPath).ok("login", `{"token":"`+grant.str("access_token")+`"}`)
	d = sam.ok("delete_agent", `{"id":"nora@example.com"}`)
	d.empty(t)
	olivia.push("agent_deleted").is(t, "payload.id", "nora@example.com")
	sam.fails("get_agent", `{"id":"nora@example.com"}`, "not_found", "agent")
	s.dial(agentPath).fails("login", `{"token":"`+grant.str("access_token")+`"}`, "authentication")
}

func TestConformanceAgentsAreChecked(t *testing.T) {
	s := start(t)
	olivia, sam, anna := s.admin("olivia"), s.admin("sam"), s.admin("anna")
	for payload, field := range map[string]string{
		`{"name":"X"}`:                                                                              "`id`",
		`{"id":"nobody","name":"X"}`:                                                                "`id`",
		`{"id":"ben@example.com","name":"X"}`:                                                       "`id`",
		`{"id":"x@example.com"}`:                                                                    "`name`",
		`{"id":"x@example.com","name":7}`:                                                           "name",
		`{"id":"x@example.com","name":"X","role":"owner"}`:                                          "`role`",
		`{"id":"x@example.com","name":"X","avatar":"javascript:alert(1)"}`:                          "`avatar`",
		`{"id":"x@example.com","name":"X","login_status":"asleep"}`:                                 "`login_status`",
		`{"id":"x@example.com","name":"X","max_chats_count":21}`:                                    "`max_chats_count`",
		`{"id":"x@example.com","name":"X","groups":[{"id":99,"priority":"first"}]}`:                 "`groups.0.id`",
		`{"id":"x@example.com","name":"X","groups":[{"id":1,"priority":"loud"}]}`:                   "`groups.0.priority`",
		`{"id":"x@example.com","name":"X","notifications":["x"]}`:                                   "`notifications.0`",
		`{"id":"x@example.com","name":"X","password":"short"}`:                                      "`password`",
		`{"id":"x@example.com","name":"X","work_scheduler":{"timezone":"Mars/Base"}}`:               "`work_scheduler.timezone`",
		`{"id":"x@example.com","name":"X","work_scheduler":{"friday":{"start":"9","end":"17:00"}}}`: "`work_scheduler.schedule.0.start`",
	} {
		olivia.fails("create_agent", payload, "validation", field)
	}
	olivia.fails("update_agent", `{"id":"ben@example.com"}`, "validation", "`name`")
	olivia.fails("update_agent", `{"id":"nobody@example.com","name":"X"}`, "not_found", "agent")
	olivia.fails("update_agent", `{"id":"olivia@example.com","role":"normal"}`, "validation", "`role`")
	olivia.fails("delete_agent", `{"id":"olivia@example.com"}`, "authorization", "")
	olivia.fails("suspend_agent", `{"id":"olivia@example.com"}`, "authorization", "")
	olivia.fails("suspend_agent", `{}`, "validation", "`id`")
	sam.fails("update_agent", `{"id":"olivia@example.com","name":"X"}`, "authorization", "")
	sam.fails("update_agent", `{"id":"ben@example.com","role":"viceowner"}`, "authorization", "")
	anna.ok("update_agent", `{"id":"anna@example.com","job_title":"Expert"}`).empty(t)
	anna.fails("update_agent", `{"id":"anna@example.com","groups":[]}`, "authorization", "")
	anna.fails("update_agent", `{"id":"anna@example.com","role":"administrator"}`, "authorization", "")
}

func TestConformanceAgentApproval(t *testing.T) {
	s := start(t)
	sam, anna := s.admin("sam"), s.agent("anna")
	sam.ok("create_agent", `{"id":"tim@example.com","name":"Tim","awaiting_approval":true,"password":"a long enough one"}`)
	anna.push("agent_created").is(t, "payload.awaiting_approval", true)
	_, grant := s.post("/v2/token", "", `{"grant_type":"password","email":"tim@example.com","password":"a long enough one"}`)
	login := `{"token":"` + grant.str("access_token") + `"}`
	s.dial(agentPath).fails("login", login, "requester_awaiting_approval")
	sam.ok("approve_agent", `{"id":"tim@example.com"}`).empty(t)
	anna.push("agent_approved").is(t, "payload.id", "tim@example.com")
	// New agents do not accept chats at first.
	s.dial(agentPath).ok("login", login).is(t, "my_profile.routing_status", "not_accepting_chats")
}

func TestConformancePasswordReset(t *testing.T) {
	s := start(t)
	ben := s.agent("ben")
	s.admin("ben").fails("update_agent", `{"id":"ben@example.com","password":"a new and long one"}`, "authorization", "")
	s.admin("sam").ok("update_agent", `{"id":"ben@example.com","password":"a new and long one"}`).empty(t)
	ben.push("agent_disconnected").is(t, "payload.reason", "access_token_revoked")
	s.dial(agentPath).fails("login", `{"token":"dal:demo-ben"}`, "authentication")
	code, grant := s.post("/v2/token", "", `{"grant_type":"password","email":"ben@example.com","password":"a new and long one"}`)
	if code != 200 {
		t.Fatalf("the new password does not do: %d %s", code, grant)
	}
	s.dial(agentPath).ok("login", `{"token":"`+grant.str("access_token")+`"}`)
	s.admin("sam").ok("update_agent", `{"id":"sam@example.com","password":"a new and long one"}`)
	s.agent("sam") // his own change leaves his tokens
}

func TestConformanceRoleChange(t *testing.T) {
	s := start(t)
	olivia, ben := s.admin("olivia"), s.agent("ben")
	s.admin("ben").fails("list_auto_accesses", `{}`, "authorization", "")
	olivia.ok("update_agent", `{"id":"ben@example.com","role":"administrator"}`)
	ben.push("agent_disconnected").is(t, "payload.reason", "role_permissions_changed")
	s.admin("ben").ok("list_auto_accesses", `{}`) // the token grew with the role
	ben = s.agent("ben")
	olivia.ok("update_agent", `{"id":"ben@example.com","role":"normal"}`)
	ben.push("agent_disconnected").is(t, "payload.reason", "role_permissions_changed")
	s.admin("ben").fails("list_auto_accesses", `{}`, "authorization", "")
}

func TestConformanceSuspension(t *testing.T) {
	s := start(t)
	k := s.begin()
	ben, sam := s.agent("ben"), s.admin("sam")
	sam.ok("suspend_agent", `{"id":"anna@example.com"}`).empty(t)
	k.anna.push("agent_disconnected").is(t, "payload.reason", "agent_logged_out_remotely")
	ben.push("agent_suspended").is(t, "payload.id", "anna@example.com")
	ben.next("anna's chat", func(d doc) bool { return d["action"] == "incoming_chat" && d.str("payload.chat.id") == k.chat })
	s.dial(agentPath).fails("login", `{"token":"dal:demo-anna"}`, "requester_suspended")
	if d := sam.ok("list_agents", `{"filters":{"suspended":true}}`); len(d.list("list")) != 1 {
		t.Errorf("suspended agents: %s", d)
	}
	sam.ok("unsuspend_agent", `{"id":"anna@example.com"}`).empty(t)
	ben.push("agent_unsuspended").is(t, "payload.id", "anna@example.com")
	s.agent("anna")
}

func TestConformanceDeletedAgent(t *testing.T) {
	s := start(t)
	k := s.begin()
	ben := s.agent("ben")
	s.admin("olivia").ok("delete_agent", `{"id":"anna@example.com"}`)
	k.anna.push("agent_disconnected").is(t, "payload.reason", "access_token_revoked")
	ben.push("agent_deleted").is(t, "payload.id", "anna@example.com")
	ben.next("anna's chat", func(d doc) bool { return d["action"] == "incoming_chat" && d.str("payload.chat.id") == k.chat })
	users := ben.ok("get_chat", `{"chat_id":"`+k.chat+`"}`).list("users")
	for _, u := range users {
		if d := doc(u.(map[string]any)); d.str("id") == "anna@example.com" {
			d.is(t, "name", "Anna Lindqvist")
			d.is(t, "present", false)
		}
	}
	s.dial(agentPath).fails("login", `{"token":"dal:demo-anna"}`, "authentication")
}
