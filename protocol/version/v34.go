package version

import "agentdesk/protocol"

// step34 is 3.3 ↔ 3.4. grant_chat_access and revoke_chat_access end here, with
// their pushes; what tells of configuration and of deletion begins.
//
// The old pushes of access are taken to carry, as an Access structure does, all
// groups after the change: the document does not say (docs/protocol.md,
// "Choices").
var step34 = &step{
	upper: V34,
	pushes: [][2]string{
		{"chat_access_granted", "chat_access_updated"},
		{"chat_access_revoked", "chat_access_updated"},
	},
	up: side{
		structures: &visitor{event: visibilityUp, user: userUp34},
		sent:       sentUp34,
		requests: map[string]func(*message) *protocol.Error{
			"send_typing_indicator": func(m *message) *protocol.Error { visibilityUp(&m.body); return nil },
			"deactivate_chat":       absentUp34,
			"remove_user_from_chat": absentUp34,
			"add_user_to_chat":      addUserUp34,
			"transfer_chat":         transferUp34,
			"list_archives":         listArchivesUp34,
		},
		pushes: map[string]func(*message){
			"incoming_typing_indicator": func(m *message) { visibilityUp(m.body.get("typing_indicator")) },
			"incoming_sneak_peek":       func(m *message) { m.body.get("sneak_peek").drop("recipients") },
		},
	},
	down: side{
		structures: &visitor{event: eventDown34, user: userDown34, thread: threadDown34},
		sent:       sentDown34,
		requests: map[string]func(*message) *protocol.Error{
			"login":                 loginDown34,
			"send_typing_indicator": func(m *message) *protocol.Error { visibilityDown(&m.body); return nil },
			"deactivate_chat":       presentDown34,
			"remove_user_from_chat": presentDown34,
			"add_user_to_chat":      addUserDown34,
			"transfer_chat":         transferDown34,
			"list_archives":         listArchivesDown34,
		},
		responses: map[string]func(req, m *message){
			"login": func(_, m *message) { m.body.get("license").drop("organization_id") },
		},
		pushes: map[string]func(*message){
			"agent_disconnected":        reason(map[string]string{protocol.ReasonConnectionEvicted: protocol.ReasonDisconnectedByServer}),
			"incoming_typing_indicator": func(m *message) { visibilityDown(m.body.get("typing_indicator")) },
			"incoming_sneak_peek":       func(m *message) { m.body.get("sneak_peek").set("recipients", text(protocol.VisibilityAgents)) },
		},
	},
}

// 3.4 page of login: the level highest_available. 3.3's widest is online.
func loginDown34(m *message) *protocol.Error {
	if level := m.body.get("customer_monitoring_level"); level.is(`"highest_available"`) {
		*level = text("online")
	}
	return nil
}

// Changelog 3.4: these methods now need the requester among the chat's users,
// unless ignore_requester_presence says otherwise. Before they never did.
func absentUp34(m *message) *protocol.Error {
	m.body.set("ignore_requester_presence", flag(true))
	return nil
}

func presentDown34(m *message) *protocol.Error {
	m.body.drop("ignore_requester_presence")
	return nil
}

// Changelog 3.4: add_user_to_chat always needs an active thread, and by the 3.4
// page a visibility. require_active_thread is left in place: a server that
// wants to serve 3.3 to the letter reads it there.
func addUserUp34(m *message) *protocol.Error {
	if !m.body.has("visibility") {
		m.body.set("visibility", text(protocol.VisibilityAll))
	}
	return absentUp34(m)
}

func addUserDown34(m *message) *protocol.Error {
	if visibility := m.body.take("visibility"); visibility.is(`"agents"`) {
		return newIn(V34, "visibility")
	}
	m.body.set("require_active_thread", flag(true))
	return presentDown34(m)
}

// Changelog 3.4: transfer_chat's force became ignore_agents_availability.
func transferUp34(m *message) *protocol.Error {
	m.body.rename("force", "ignore_agents_availability")
	return absentUp34(m)
}

func transferDown34(m *message) *protocol.Error {
	m.body.rename("ignore_agents_availability", "force")
	return presentDown34(m)
}
