package version

// Changelog 3.2: grant_chat_access and revoke_chat_access, and their pushes, are
// about chats alone; there is no resource any more. Access to a customer has no
// push from 3.2.
func accessUp32(m *message) {
	resource := m.body.take("resource")
	m.gone = resource.is(`"customer"`)
}

func accessDown32(m *message) { m.body.set("resource", text("chat")) }

// Changelog 3.2: user_added_to_chat has reason and requester_id, and no
// user_type, which the user's own type gives back.
func userAddedDown32(m *message) {
	m.body.drop("reason", "requester_id")
	copyTo(&m.body, "user_type", m.at("user.type"))
}

// Changelog 3.2: the same for user_removed_from_chat. Customers are never
// removed, so whoever was is an agent.
func userRemovedDown32(m *message) {
	m.body.drop("reason", "requester_id")
	m.body.set("user_type", text("agent"))
}

// Changelog 3.2: chat_transferred has thread_id, reason, queue and
// transferred_to, and no type and ids.
func transferredUp32(m *message) {
	kind, ids := m.body.take("type"), m.body.take("ids")
	if ids == nil {
		return
	}
	to := object()
	if kind.is(`"agent"`) {
		to.set("agent_ids", *ids)
	} else {
		to.set("group_ids", *ids)
	}
	m.body.set("reason", text("manual"))
	m.body.set("transferred_to", *to)
}

// The same downwards. Before 3.2 only transfer_chat led to this push, so that of
// an implicit transfer, which has no requester, is left out. A transfer to both
// names the agents.
func transferredDown32(m *message) {
	to := m.body.take("transferred_to")
	kind, ids := "agent", to.get("agent_ids")
	if len(ids.elements()) == 0 {
		kind, ids = "group", to.get("group_ids")
	}
	if ids == nil || !m.body.has("requester_id") {
		m.gone = true
		return
	}
	m.body.drop("thread_id", "reason", "queue")
	m.body.set("type", text(kind))
	m.body.set("ids", *ids)
}
