package version

import "agentdesk/protocol"

// step32 is 3.1 ↔ 3.2, the big one. set_access and get_chat_threads_summary end
// here; get_customer, list_agents_for_transfer and queue positions begin.
//
// list_threads has no like in 3.1. It goes down to get_chat_threads_summary,
// whose answer has the threads without their events: a client reads each of
// them by get_chat afterwards. access_set is taken for a grant of all it has.
var step32 = &step{
	upper: V32,
	methods: [][2]string{
		{"get_archives", "list_archives"},
		{"get_chats_summary", "list_chats"},
		{"get_chat_threads", "get_chat"},
		{"get_chat_threads_summary", "list_threads"},
		{"close_thread", "deactivate_chat"},
		{"grant_access", "grant_chat_access"},
		{"revoke_access", "revoke_chat_access"},
		{"update_chat_thread_properties", "update_thread_properties"},
		{"delete_chat_thread_properties", "delete_thread_properties"},
		{"tag_chat_thread", "tag_thread"},
		{"untag_chat_thread", "untag_thread"},
		{"get_customers", "list_customers"},
		{"update_agent", "set_routing_status"},
	},
	pushes: [][2]string{
		{"thread_closed", "chat_deactivated"},
		{"incoming_chat_thread", "incoming_chat"},
		{"access_granted", "chat_access_granted"},
		{"access_revoked", "chat_access_revoked"},
		{"access_set", "chat_access_granted"},
		{"chat_user_added", "user_added_to_chat"},
		{"chat_user_removed", "user_removed_from_chat"},
		{"chat_thread_properties_updated", "thread_properties_updated"},
		{"chat_thread_properties_deleted", "thread_properties_deleted"},
		{"chat_thread_tagged", "thread_tagged"},
		{"chat_thread_untagged", "thread_untagged"},
		{"agent_updated", "routing_status_set"},
	},
	up: side{
		structures: &visitor{
			summary: func(chat *node) { chat.drop("order") }, thread: threadUp32, lastThread: threadUp32,
			lastEvent: lastEventUp32, user: customerUp32, properties: bare,
		},
		sent: func(event *node, _ string) *protocol.Error { call(bare, event.get("properties")); return nil },
		requests: map[string]func(*message) *protocol.Error{
			"update_chat_properties": propertiesUp32("properties"), "update_thread_properties": propertiesUp32("properties"),
			"update_event_properties": propertiesUp32("properties"),
			"start_chat":              propertiesUp32("chat.properties", "chat.thread.properties"),
			"activate_chat":           propertiesUp32("chat.properties", "chat.thread.properties"),
			"list_archives":           listArchivesUp32, "get_chat": getChatUp32, "list_threads": listThreadsUp32,
			// Changelog: order became sort_order, scopes recipients.
			"list_chats": rename("order", "sort_order"), "list_customers": rename("order", "sort_order"),
			"grant_chat_access": resourceUp32, "revoke_chat_access": resourceUp32,
			"create_customer": sessionFieldsUp32, "update_customer": sessionFieldsUp32,
			"multicast":          rename("scopes", "recipients"),
			"set_routing_status": rename("routing_status", "status"),
		},
		responses: map[string]func(req, m *message){
			"list_archives": listedUp32, "get_chat": gotChatUp32, "list_threads": listedThreadsUp32,
			"update_customer": func(_, m *message) { m.body = *object() },
		},
		pushes: map[string]func(*message){
			"chat_access_granted": accessUp32, "chat_access_revoked": accessUp32,
			"user_added_to_chat":     func(m *message) { m.body.drop("user_type") },
			"user_removed_from_chat": func(m *message) { m.body.drop("user_type") },
			"chat_transferred":       transferredUp32,
			"routing_status_set":     func(m *message) { m.body.rename("routing_status", "status") },
		},
	},
	down: side{
		structures: &visitor{
			thread: threadDown32, lastThread: lastThreadDown32,
			lastEvent: lastEventDown32, user: customerDown32, properties: wrapped,
		},
		requests: map[string]func(*message) *protocol.Error{
			"list_archives": listArchivesDown32, "get_chat": getChatDown32, "list_threads": listThreadsDown32,
			"list_chats": listChatsDown32, "list_customers": rename("sort_order", "order"),
			"grant_chat_access": resourceDown32, "revoke_chat_access": resourceDown32,
			"create_customer": sessionFieldsDown32, "update_customer": sessionFieldsDown32,
			"start_chat": openingDown32, "activate_chat": openingDown32, "resume_chat": openingDown32,
			"multicast":          rename("recipients", "scopes"),
			"set_routing_status": rename("status", "routing_status"),
			"login":              drops("away"),
			"add_user_to_chat":   drops("require_active_thread"),
		},
		responses: map[string]func(req, m *message){
			"get_chat": gotChatDown32, "list_threads": listedThreadsDown32,
		},
		pushes: map[string]func(*message){
			"agent_disconnected":  reason(map[string]string{protocol.ReasonLoggedOutRemotely: protocol.ReasonDisconnectedByServer}),
			"incoming_chat":       func(m *message) { m.body.drop("requester_id", "transferred_from") },
			"chat_access_granted": accessDown32, "chat_access_revoked": accessDown32,
			"user_added_to_chat":     userAddedDown32,
			"user_removed_from_chat": userRemovedDown32,
			"chat_transferred":       transferredDown32,
			"routing_status_set":     func(m *message) { m.body.rename("status", "routing_status") },
		},
	},
}
