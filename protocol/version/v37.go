package version

// step37 is 3.6 ↔ 3.7, the preview. Its new pushes, canned_response_*, are
// unknown below; everything else is the summary of a chat.
var step37 = &step{
	upper: V37,
	up: side{
		structures: &visitor{summary: chatInfoUp},
		responses: map[string]func(req, m *message){
			"login":      chatsInfoUp,
			"list_chats": chatsInfoUp,
		},
	},
	down: side{
		structures: &visitor{summary: chatInfoDown},
		responses: map[string]func(req, m *message){
			"login":      chatsInfoDown,
			"list_chats": chatsInfoDown,
		},
	},
}

// 3.7 samples of login and list_chats: chats_summary became chats_info.
func chatsInfoUp(_, m *message)   { m.body.rename("chats_summary", "chats_info") }
func chatsInfoDown(_, m *message) { m.body.rename("chats_info", "chats_summary") }

// 3.7 samples of login and list_chats: last_thread_summary became
// last_thread_info and took last_event_per_type in, whose entries lost the
// thread they belong to. An entry of an older thread keeps it, or it would be
// taken for one of the last thread.
func chatInfoUp(chat *node) {
	chat.rename("last_thread_summary", "last_thread_info")
	perType := chat.take("last_event_per_type")
	if perType == nil {
		return
	}
	last := chat.get("last_thread_info")
	if !last.open('{') {
		chat.set("last_event_per_type", *perType)
		return
	}
	id := last.get("id").str()
	forMembers(perType, func(entry *node) {
		if thread := entry.get("thread_id"); thread == nil || thread.str() == id {
			entry.drop("thread_id", "thread_created_at")
		}
	})
	last.set("last_event_per_type", *perType)
}

// The structure page of 3.7 still shows last_event_per_type beside
// last_thread_info, with thread ids: that form is taken too.
func chatInfoDown(chat *node) {
	chat.rename("last_thread_info", "last_thread_summary")
	last := chat.get("last_thread_summary")
	perType := last.take("last_event_per_type")
	if perType == nil {
		return
	}
	id, created := last.get("id"), last.get("created_at")
	forMembers(perType, func(entry *node) {
		if entry.has("thread_id") {
			return
		}
		copyTo(entry, "thread_id", id)
		copyTo(entry, "thread_created_at", created)
	})
	chat.set("last_event_per_type", *perType)
}
