package version

import "agentdesk/protocol"

// step35 is 3.4 ↔ 3.5. change_push_notifications ends here; tag pushes and
// groups_status_updated begin. 3.4 told of group statuses by a multicast whose
// form no document has, so it is told nothing.
var step35 = &step{
	upper: V35,
	pushes: [][2]string{
		{"auto_access_updated", "auto_accesses_updated"},
		{"auto_access_added", "auto_accesses_updated"},
		{"auto_access_deleted", "auto_accesses_updated"},
	},
	up: side{
		requests: map[string]func(*message) *protocol.Error{
			"login":         loginUp35,
			"list_archives": func(m *message) *protocol.Error { return renameFilter(m, "surveys", "forms") },
		},
		pushes: map[string]func(*message){
			"agent_created": scheduleUp35, "agent_updated": scheduleUp35,
			"bot_created": scheduleUp35, "bot_updated": scheduleUp35,
			"auto_accesses_updated": autoAccessUp35,
		},
	},
	down: side{
		requests: map[string]func(*message) *protocol.Error{
			"list_archives": listArchivesDown35,
		},
		pushes: map[string]func(*message){
			"agent_created": scheduleDown35, "agent_updated": scheduleDown35,
			"bot_created": scheduleDown35, "bot_updated": scheduleDown35,
			"auto_accesses_updated": autoAccessDown35,
		},
	},
}

// Changelog 3.5: login no longer accepts push_notifications.
func loginUp35(m *message) *protocol.Error {
	m.body.drop("push_notifications")
	return nil
}

// Changelog 3.5: the filter customer_countries. The pages of 3.3 and 3.4 call
// forms surveys (docs/protocol.md, "Choices").
func listArchivesDown35(m *message) *protocol.Error {
	if err := m.refuse(V35, "filters.customer_countries"); err != nil {
		return err
	}
	return renameFilter(m, "forms", "surveys")
}
