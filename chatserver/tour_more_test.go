package chatserver

// moreActions is the part of TestEveryAction about what 3.6 brought, in a chat
// of the agent's own.
func moreActions(do func(action string, payload any, pushes ...string) []byte, chat, thread string) {
	do("send_thinking_indicator", obj{"chat_id": chat, "title": "Reading"})
	do("send_event_preview", obj{"chat_id": chat, "event": obj{"type": "message", "text": "I am rea"}})
	do("request_thread_summary", obj{"chat_id": chat, "thread_id": thread}, "thread_summary_set", "incoming_event")
	do("multicast", obj{"recipients": obj{"agents": obj{"all": true}}, "content": obj{"a": 1}}, "incoming_multicast")
}
