package version

// Changelog 3.1: Mark Events As Seen no longer answers the timestamp.
func markedSeenDown31(req, m *message) {
	if us, ok := micros(req.body.get("seen_up_to")); ok {
		m.body.set("timestamp", number(us/second))
	}
}

// Changelog 3.1: send_event answers the event's id only, not the event and its
// thread.
func sentEventUp31(_, m *message) {
	id := m.at("event.id")
	m.body = *object()
	copyTo(&m.body, "event_id", id)
}

// The same downwards: the event as it was sent, with its id. Thread, author and
// time are the server's to add.
func sentEventDown31(req, m *message) {
	id := m.body.take("event_id")
	m.body.set("event", identified(req.body.get("event"), id))
}

// Changelog 3.1: start_chat answers ids, not the chat; so does activate_chat,
// without chat_id.
func openedUp31(req, m *message) {
	chat := m.body.take("chat")
	thread := chat.get("thread")
	m.body = *object()
	if m.action == "start_chat" {
		copyTo(&m.body, "chat_id", chat.get("id"))
	}
	copyTo(&m.body, "thread_id", thread.get("id"))
	sent := len(req.at("chat.thread.events").elements())
	if sent == 0 {
		return
	}
	ids := array()
	forEach(thread.get("events"), func(event *node) {
		generated := event.get("type").is(`"system_message"`) && !event.has("author_id")
		if id := event.get("id"); id != nil && !generated && len(ids.kids) < sent {
			ids.add(*id)
		}
	})
	m.body.set("event_ids", ids)
}

// The same downwards: a chat of what was asked for, with the ids. The rest is
// the server's to add.
func openedDown31(req, m *message) {
	chatID, threadID, ids := m.body.take("chat_id"), m.body.take("thread_id"), m.body.take("event_ids")
	if chatID == nil {
		chatID = req.at("chat.id")
	}
	chat, thread := object(), object()
	copyTo(chat, "id", chatID)
	chat.set("users", array())
	copyTo(chat, "users", req.at("chat.users"))
	copyTo(thread, "id", threadID)
	events, known := array(), ids.elements()
	forEach(req.at("chat.thread.events"), func(sent *node) {
		var id *node
		if len(known) > 0 {
			id, known = &known[0].node, known[1:]
		}
		events.add(identified(sent, id))
	})
	thread.set("events", events)
	chat.set("thread", *thread)
	m.body.set("chat", *chat)
}

// identified is an event as it was sent, given its id, in the form of answers.
func identified(sent, id *node) node {
	event := object()
	copyTo(event, "id", id)
	for _, field := range sent.members() {
		if field.name() != "id" {
			copyTo(event, field.name(), &field.node)
		}
	}
	call(wrapped, event.get("properties"))
	eventDown31(event)
	return *event
}

// Changelog 3.1: create_customer answers customer_id, not the customer.
func createdCustomerUp31(_, m *message) {
	id := m.body.take("id")
	m.body = *object()
	copyTo(&m.body, "customer_id", id)
}

// The same downwards: the customer as asked for, with the id.
func createdCustomerDown31(req, m *message) {
	id := m.body.take("customer_id")
	copyTo(&m.body, "id", id)
	m.body.set("type", text("customer"))
	for _, name := range []string{"name", "email", "avatar", "fields"} {
		copyTo(&m.body, name, req.body.get(name))
	}
}

// 3.0 document: rows of get_archives are {chat:{…}}, and pagination has the
// page and the total. From 3.1 rows are chats and found_chats counts.
func archivedUp31(_, m *message) {
	forEach(m.body.get("chats"), func(row *node) {
		if chat := row.take("chat"); chat != nil {
			*row = *chat
		}
	})
	foundUp31(m)
}

func archivedDown31(req, m *message) {
	forEach(m.body.get("chats"), func(row *node) {
		wrapper := object()
		wrapper.set("chat", *row)
		*row = *wrapper
	})
	foundDown31(req, m)
}

// The answer of the first document's get_filtered_chats has nothing but the
// chats; the second's is counted like the archives.
func chatsListedUp31(req, m *message) {
	if m.body.has("pagination") {
		foundUp31(m)
		neighbours(req, m)
	} else if !m.body.has("found_chats") {
		m.body.set("found_chats", number(int64(len(m.body.get("chats_summary").elements()))))
	}
}

func chatsListedDown31(req, m *message) { foundDown31(req, m) }

func foundUp31(m *message) {
	if total := m.at("pagination.total"); total != nil {
		m.body.set("found_chats", *total)
	}
	m.body.drop("pagination")
}

func foundDown31(req, m *message) {
	p := numbered(req)
	if id, ok := ParsePage(req.body.get("page_id").str()); ok {
		p = id
	}
	counted := object()
	counted.set("page", number(int64(p.Number)))
	copyTo(counted, "total", m.body.get("found_chats"))
	m.body.set("pagination", *counted)
	m.body.drop("next_page_id", "previous_page_id")
}
