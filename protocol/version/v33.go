package version

import "agentdesk/protocol"

// Changelog 3.3: chat_id became id in six methods, customer_id in three; the
// others keep theirs to this day.
var (
	chatIDUp       = rename("chat_id", "id")
	chatIDDown     = rename("id", "chat_id")
	customerIDUp   = rename("customer_id", "id")
	customerIDDown = rename("id", "customer_id")
)

// step33 is 3.2 ↔ 3.3. list_routing_statuses, follow_customer and
// unfollow_customer begin here.
var step33 = &step{
	upper:   V33,
	methods: [][2]string{{"activate_chat", "resume_chat"}},
	pushes: [][2]string{
		{"customer_created", "incoming_customer"},
		{"customer_visit_started", "incoming_customer"},
		{"customer_visit_ended", "customer_left"},
	},
	up: side{
		requests: map[string]func(*message) *protocol.Error{
			"deactivate_chat": chatIDUp, "follow_chat": chatIDUp, "unfollow_chat": chatIDUp,
			"transfer_chat": chatIDUp, "update_chat_properties": chatIDUp, "delete_chat_properties": chatIDUp,
			"get_customer": customerIDUp, "update_customer": customerIDUp, "ban_customer": customerIDUp,
			"list_archives": func(m *message) *protocol.Error { return renameFilter(m, "forms", "surveys") },
		},
		pushes: map[string]func(*message){
			"incoming_customer": incomingCustomerUp33,
			"customer_left":     customerLeftUp33,
			"customer_updated":  customerUpdatedUp33,
		},
	},
	down: side{
		structures: &visitor{event: eventDown33, user: customerDown33},
		sent:       sentDown33,
		requests: map[string]func(*message) *protocol.Error{
			"deactivate_chat": chatIDDown, "follow_chat": chatIDDown, "unfollow_chat": chatIDDown,
			"transfer_chat": chatIDDown, "update_chat_properties": chatIDDown, "delete_chat_properties": chatIDDown,
			"get_customer": customerIDDown, "update_customer": customerIDDown, "ban_customer": customerIDDown,
			"login":          loginDown33,
			"start_chat":     inactiveDown33,
			"resume_chat":    inactiveDown33,
			"list_customers": listCustomersDown33,
			"list_threads":   func(m *message) *protocol.Error { return m.refuse(V33, "filters.from", "filters.to") },
			"list_archives":  func(m *message) *protocol.Error { return renameFilter(m, "surveys", "forms") },
		},
		responses: map[string]func(req, m *message){
			"list_customers": func(_, m *message) { m.body.drop("limited_customers") },
		},
		pushes: map[string]func(*message){
			"incoming_customer": incomingCustomerDown33,
			"customer_left":     customerLeftDown33,
			"customer_updated":  customerUpdatedDown33,

			"customer_page_updated": pageUpdatedDown33,
		},
	},
}

// Changelog 3.3: login's customer_monitoring_level and pushes. Without them 3.2
// sends everything it has.
func loginDown33(m *message) *protocol.Error {
	m.body.drop("customer_monitoring_level", "pushes")
	return nil
}

// Changelog 3.3: start_chat and resume_chat have an optional active.
func inactiveDown33(m *message) *protocol.Error {
	if active := m.body.take("active"); active.is("false") {
		return newIn(V33, "active")
	}
	return nil
}

// Changelog 3.3: list_customers' sort_by and two filters. To sort by creation is
// what 3.2 does.
func listCustomersDown33(m *message) *protocol.Error {
	if by := m.body.get("sort_by"); by.is(`"created_at"`) {
		m.body.drop("sort_by")
	}
	return m.refuse(V33, "sort_by", "filters.include_customers_without_chats", "filters.chat_group_ids")
}
