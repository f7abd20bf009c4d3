package version

import "agentdesk/protocol"

// Changelog 3.1: Update Last Seen Timestamp was transformed into Mark Events As
// Seen. Without a timestamp the first means now, which the server has to fill in.
func markSeenUp31(m *message) *protocol.Error {
	timestampUp31(&m.body, "timestamp", "seen_up_to")
	return nil
}

func markSeenDown31(m *message) *protocol.Error {
	timestampDown31(&m.body, "seen_up_to", "timestamp")
	return nil
}

// Changelog 3.1: send_event has no require_active_thread, and the thread has to
// be active unless attach_to_last_thread. 3.0 would open another.
func sendEventDown31(m *message) *protocol.Error {
	if !m.body.get("attach_to_last_thread").is("true") {
		m.body.set("require_active_thread", flag(true))
	}
	return nil
}

// 3.0 document: an empty access is one for everybody; from 3.1 that is group 0.
func openingUp31(m *message) *protocol.Error {
	call(accessUp31, m.at("chat.access"))
	return nil
}

// The same downwards; the 3.1 pages add continuous.
func openingDown31(m *message) *protocol.Error {
	call(accessDown31, m.at("chat.access"))
	if m.body.take("continuous").is("true") {
		return newIn(V31, "continuous")
	}
	return nil
}

// 3.0 document: transfer_chat {chat_id, type, ids}; the second document and 3.1
// have {chat_id, target}. Downwards both are sent, for a server of either.
func transferUp31(m *message) *protocol.Error {
	kind, ids := m.body.take("type"), m.body.take("ids")
	if m.body.has("target") || kind == nil && ids == nil {
		return nil
	}
	target := object()
	if kind != nil {
		target.set("type", *kind)
	}
	if ids != nil {
		target.set("ids", *ids)
	}
	m.body.set("target", *target)
	return nil
}

func transferDown31(m *message) *protocol.Error {
	copyTo(&m.body, "type", m.at("target.type"))
	copyTo(&m.body, "ids", m.at("target.ids"))
	return nil
}

// 3.0 document: the samples of add_user_to_chat and remove_user_from_chat call
// user_type type.
func userTypeUp31(m *message) *protocol.Error {
	if !m.body.has("user_type") {
		m.body.rename("type", "user_type")
	}
	return nil
}

// 3.0 document: get_archives' filter team_ids, group_ids in the second document
// and from 3.1; the sample calls agent_ids agents.
func archivesUp31(m *message) *protocol.Error {
	filters := m.body.get("filters")
	if teams := filters.take("team_ids"); teams != nil && !filters.has("group_ids") {
		filters.set("group_ids", *teams)
	}
	if filters.get("agents").open('[') {
		filters.rename("agents", "agent_ids")
	}
	return nil
}

// The same downwards, where both names are sent for a server of either
// document; the other filters are new in 3.1.
func archivesDown31(m *message) *protocol.Error {
	if ids := m.at("filters.group_ids"); ids != nil {
		m.body.get("filters").set("team_ids", node{raw: ids.bytes()})
	}
	return m.refuse(V31, "filters.thread_ids", "filters.tags", "filters.sales", "filters.goals", "filters.surveys")
}

// Second document of 3.0: get_chats_summary pages by number. The first has
// get_filtered_chats, which does not page.
func chatsUp31(m *message) *protocol.Error {
	if m.body.has("pagination") {
		return pagedUp(m)
	}
	return nil
}

// The same downwards, into the words of the first document, whose answer is the
// only one that is described, with the second's pagination for those who know
// it. The others give everything at once. The order is theirs.
func chatsDown31(m *message) *protocol.Error {
	m.body.drop("order")
	if err := m.refuse(V31, "filters.group_ids"); err != nil {
		return err
	}
	if !m.body.has("limit") && !m.body.has("page_id") {
		return nil
	}
	return pagedDown(m)
}
