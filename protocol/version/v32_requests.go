package version

import "agentdesk/protocol"

// Changelog 3.2: Get Chat Threads evolved into Get Chat, which reads one thread,
// the newest if none is named.
func getChatUp32(m *message) *protocol.Error {
	ids := m.body.take("thread_ids").elements()
	if len(ids) > 1 {
		return protocol.Fail(protocol.ErrValidation, "`thread_ids` has more than the one thread that get_chat can read")
	}
	if len(ids) == 1 {
		m.body.set("thread_id", ids[0].node)
	}
	return nil
}

func getChatDown32(m *message) *protocol.Error {
	if id := m.body.take("thread_id"); id != nil {
		m.body.set("thread_ids", array(*id))
	}
	return nil
}

// Changelog 3.2: Get Chat Threads Summary was removed. What it asked for is what
// List Threads asks for, by other defaults.
func listThreadsUp32(m *message) *protocol.Error {
	m.body.rename("order", "sort_order")
	if !m.body.has("limit") && !m.body.has("page_id") {
		m.body.set("limit", number(10))
	}
	return nil
}

// The same downwards. A summary has no events, so min_events_count, which only
// says how many threads come, is left to the default.
func listThreadsDown32(m *message) *protocol.Error {
	m.body.rename("sort_order", "order")
	counted := m.body.take("min_events_count")
	if counted == nil && !m.body.has("limit") && !m.body.has("page_id") {
		m.body.set("limit", number(3))
	}
	return nil
}

// Changelog 3.2: list_chats has the filter include_chats_without_threads. An
// answer of 3.1 may have such chats: they have no last_thread_summary.
func listChatsDown32(m *message) *protocol.Error {
	m.body.rename("sort_order", "order")
	m.body.get("filters").drop("include_chats_without_threads")
	return nil
}

// Changelog 3.2: grant and revoke access no longer take a resource; it is a chat.
func resourceUp32(m *message) *protocol.Error {
	if resource := m.body.take("resource"); resource != nil && !resource.is(`"chat"`) {
		return protocol.Fail(protocol.ErrValidation, "`resource` must be chat from 3.2")
	}
	return nil
}

func resourceDown32(m *message) *protocol.Error {
	m.body.set("resource", text("chat"))
	return nil
}

// 3.2 pages of start_chat and activate_chat: agents may be among the users that
// a chat is opened with; before, it was one customer.
func openingDown32(m *message) *protocol.Error {
	for i, users := 0, m.at("chat.users").elements(); i < len(users); i++ {
		if users[i].get("type").is(`"agent"`) {
			return newIn(V32, "chat.users")
		}
	}
	return nil
}

// 3.0 and 3.1 documents: the samples of requests have bare properties, but their
// events are "Event objects", whose properties are wrapped. Both are taken.
func propertiesUp32(paths ...string) func(*message) *protocol.Error {
	return func(m *message) *protocol.Error {
		for _, path := range paths {
			call(bare, m.at(path))
		}
		return nil
	}
}
