package version

import "agentdesk/protocol"

// step31 is 3.0 ↔ 3.1. send_file, upload_image and the auto access rules end
// here. There are two documents of 3.0: both are understood, and the first is
// spoken, with what the second adds to it (docs/protocol.md, "Choices").
var step31 = &step{
	upper: V31,
	methods: [][2]string{
		{"get_filtered_chats", "get_chats_summary"},
		{"update_last_seen_timestamp", "mark_events_as_seen"},
	},
	pushes: [][2]string{{"last_seen_timestamp_updated", "events_marked_as_seen"}},
	up: side{
		structures: &visitor{event: eventUp31, user: seenUp31, profile: seenUp31, access: accessUp31},
		sent:       sentUp31,
		requests: map[string]func(*message) *protocol.Error{
			"mark_events_as_seen": markSeenUp31, "send_event": drops("require_active_thread"),
			"start_chat": openingUp31, "activate_chat": openingUp31, "transfer_chat": transferUp31,
			"get_archives": archivesUp31, "get_chats_summary": chatsUp31,
			"add_user_to_chat": userTypeUp31, "remove_user_from_chat": userTypeUp31,
		},
		responses: map[string]func(req, m *message){
			"mark_events_as_seen": func(_, m *message) { m.body = *object() },
			"send_event":          sentEventUp31,
			"start_chat":          openedUp31, "activate_chat": openedUp31,
			"create_customer": createdCustomerUp31,
			"get_archives":    archivedUp31, "get_chats_summary": chatsListedUp31,
		},
		pushes: map[string]func(*message){
			"agent_disconnected":        reason(reasonsUp31),
			"events_marked_as_seen":     markedUp31,
			"customer_updated":          customerUpdatedUp31,
			"incoming_typing_indicator": typingUp31,
		},
	},
	down: side{
		structures: &visitor{event: eventDown31, user: seenDown31, profile: seenDown31, access: accessDown31},
		sent:       sentDown31,
		requests: map[string]func(*message) *protocol.Error{
			"mark_events_as_seen": markSeenDown31, "send_event": sendEventDown31,
			"start_chat": openingDown31, "activate_chat": openingDown31, "transfer_chat": transferDown31,
			"get_archives": archivesDown31, "get_chats_summary": chatsDown31,
		},
		responses: map[string]func(req, m *message){
			"mark_events_as_seen": markedSeenDown31,
			"send_event":          sentEventDown31,
			"start_chat":          openedDown31, "activate_chat": openedDown31,
			"create_customer": createdCustomerDown31,
			"get_archives":    archivedDown31, "get_chats_summary": chatsListedDown31,
		},
		pushes: map[string]func(*message){
			"agent_disconnected":    reason(reasonsDown31),
			"events_marked_as_seen": markedDown31,
			"customer_updated":      customerUpdatedUp33, // flat in 3.0, as it is from 3.3
		},
	},
}

// Reasons of agent_disconnected, by both documents of 3.0 and the page of 3.1.
var (
	reasonsUp31 = map[string]string{
		"logged_out_remotely": protocol.ReasonLoggedOutRemotely,
		"ping_timeout":        protocol.ReasonConnectionTimeout,
		"misdirected_request": protocol.ReasonMisdirected,
		"agent_deleted":       protocol.ReasonDisconnectedByServer,
	}
	reasonsDown31 = map[string]string{
		protocol.ReasonLoggedOutRemotely:    "logged_out_remotely",
		protocol.ReasonDisconnectedByServer: "logged_out_remotely",
		protocol.ReasonConnectionTimeout:    "ping_timeout",
		protocol.ReasonTooManyUnauthorized:  protocol.ReasonInternalError,
		protocol.ReasonLicenseNotFound:      protocol.ReasonLicenseExpired,
		protocol.ReasonMisdirected:          protocol.ReasonUnsupportedVersion,
		"product_version_changed":           protocol.ReasonUnsupportedVersion,
	}
)

// Changelog 3.1: last_seen_timestamp_updated, in seconds, became
// events_marked_as_seen. A second counts as seen to its end.
func markedUp31(m *message) { timestampUp31(&m.body, "timestamp", "seen_up_to") }

func markedDown31(m *message) { timestampDown31(&m.body, "seen_up_to", "timestamp") }

func timestampUp31(n *node, old, name string) {
	seconds, ok := n.take(old).number()
	if ok && plausible(seconds*second) {
		n.set(name, endOfSecond(seconds))
	}
}

func timestampDown31(n *node, name, old string) {
	us, ok := micros(n.take(name))
	if ok {
		n.set(old, number(us/second))
	}
}

// 3.0 document: customer_updated is a flat customer in the sample, nested in the
// table. From 3.1 it is nested.
func customerUpdatedUp31(m *message) {
	if !m.body.has("customer") {
		customerUpdatedDown33(m)
	}
}

// 3.0 document: a typing indicator does not say whether it begins or ends; 3.1
// page: is_typing.
func typingUp31(m *message) {
	if typing := m.body.get("typing_indicator"); typing.open('{') && !typing.has("is_typing") {
		typing.set("is_typing", flag(true))
	}
}
