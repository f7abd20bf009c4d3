package version

import "agentdesk/protocol"

// step36 is 3.5 ↔ 3.6. create_customer, list_customers and get_license_info end
// here; previews, thinking indicators, summaries, subscriptions, update_session
// and their pushes begin.
var step36 = &step{
	upper: V36,
	up: side{
		structures: &visitor{user: visitUp},
		requests: map[string]func(*message) *protocol.Error{
			"list_chats": listChatsUp36,
		},
	},
	down: side{
		structures: &visitor{user: customerDown36, thread: threadDown36, event: eventDown36},
		sent:       sentDown36,
		requests: map[string]func(*message) *protocol.Error{
			"list_chats":                 listChatsDown36,
			"list_archives":              listArchivesDown36,
			"update_customer":            updateCustomerDown36,
			"send_rich_message_postback": postbackDown36,
		},
		pushes: map[string]func(*message){
			"agent_disconnected":             reason(map[string]string{protocol.ReasonRoleChanged: protocol.ReasonInternalError}),
			"incoming_rich_message_postback": func(m *message) { pressedDown36(m.body.get("postback")) },
		},
	},
}

// Changelog 3.6: list_chats' include_active became active, which knows three
// states. include_active false had meant the inactive ones only.
func listChatsUp36(m *message) *protocol.Error {
	filters := m.body.get("filters")
	if old := filters.take("include_active"); old.is("false") {
		filters.set("active", flag(false))
	}
	return nil
}

// The same downwards; 3.5 cannot ask for the active chats alone.
func listChatsDown36(m *message) *protocol.Error {
	filters := m.body.get("filters")
	switch active := filters.take("active"); {
	case active.is("true"):
		return newIn(V36, "filters.active")
	case active.is("false"):
		filters.set("include_active", flag(false))
	}
	return nil
}

// Changelog 3.6: list_archives' filters customer_id, customer_email, chat_ids;
// 3.6 page: agent_types.
func listArchivesDown36(m *message) *protocol.Error {
	return m.refuse(V36, "filters.chat_ids", "filters.customer_id", "filters.customer_email", "filters.agent_types")
}

// 3.6 page of update_customer.
func updateCustomerDown36(m *message) *protocol.Error {
	return m.refuse(V36, "phone_number", "omnichannel", "address")
}

// 3.6 page of send_rich_message_postback: the button's type and value only
// repeat what the event has; what is bought does not.
func postbackDown36(m *message) *protocol.Error {
	pressedDown36(m.body.get("postback"))
	return m.refuse(V36, "postback.ecommerce")
}

func pressedDown36(postback *node) { postback.drop("button_type", "button_value") }

// Changelog 3.6: last_visit became visit in the Customer structure.
func visitUp(user *node) { user.rename("last_visit", "visit") }

// The same downwards; with the fields of customers that 3.6 brought, tickets by
// the changelog, the others by the 3.6 page.
func customerDown36(user *node) {
	user.rename("visit", "last_visit")
	user.drop("phone_number", "omnichannel", "address", "tickets", "carts", "cart")
	user.get("statistics").drop("tickets_count")
}

// Changelog 3.6: customer_visit and summary of a thread.
func threadDown36(thread *node) { thread.drop("customer_visit", "summary") }
