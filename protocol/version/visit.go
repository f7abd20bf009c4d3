package version

// visitor converts the structures inside a response or push, wherever they
// stand. A nil function leaves its structure alone.
type visitor struct {
	summary    func(*node) // Chat summary or info
	thread     func(*node)
	lastThread func(*node) // last_thread_summary or last_thread_info
	lastEvent  func(*node) // an entry of last_event_per_type
	user       func(*node) // Agent or Customer
	profile    func(*node) // my_profile
	access     func(*node)
	properties func(*node)
	event      func(*node) bool // false: the version has no such event
}

// root visits a whole payload. A push whose event is left out is gone.
func (v *visitor) root(m *message) {
	n := &m.body
	switch m.action {
	case "get_chat":
		if !n.has("chat") { // until 3.1 it is a member, as in other answers
			v.visitChat(n)
			return
		}
	case "get_customer", "incoming_customer", "customer_updated", "create_customer", "update_customer":
		call(v.user, n)
	case "chat_properties_updated", "thread_properties_updated", "event_properties_updated",
		"chat_thread_properties_updated", "license_properties_updated", "group_properties_updated":
		call(v.properties, n.get("properties"))
	case "chat_access_updated", "chat_access_granted", "chat_access_revoked",
		"access_granted", "access_revoked", "access_set":
		call(v.access, n.get("access"))
	}
	members := n.members()
	for i := range members {
		v.rootMember(m, members[i].name(), &members[i].node)
	}
}

func (v *visitor) rootMember(m *message, name string, n *node) {
	switch name {
	case "chat":
		v.visitChat(n)
	case "chats":
		forEach(n, func(row *node) {
			if chat := row.get("chat"); chat != nil { // 3.0
				row = chat
			}
			v.visitChat(row)
		})
	case "chats_summary", "chats_info":
		forEach(n, func(row *node) {
			call(v.summary, row)
			v.visitChat(row)
		})
	case "thread":
		v.visitThread(n)
	case "threads":
		forEach(n, v.visitThread)
	case "event":
		m.gone = !v.visitEvent(n)
	case "user", "customer":
		call(v.user, n)
	case "customers":
		callEach(v.user, n)
	case "my_profile":
		call(v.profile, n)
	}
}

func (v *visitor) visitChat(chat *node) {
	members := chat.members()
	for i := range members {
		n := &members[i].node
		switch members[i].name() {
		case "users":
			callEach(v.user, n)
		case "thread":
			v.visitThread(n)
		case "threads":
			forEach(n, v.visitThread)
		case "last_thread_summary", "last_thread_info":
			v.visitLastThread(n)
		case "last_event_per_type":
			v.visitLastEvents(n)
		case "properties":
			call(v.properties, n)
		case "access":
			call(v.access, n)
		}
	}
}

func (v *visitor) visitThread(thread *node) {
	call(v.thread, thread)
	call(v.properties, thread.get("properties"))
	call(v.access, thread.get("access"))
	events := thread.get("events")
	if v.event == nil && v.properties == nil || !events.open('[') {
		return
	}
	kept := events.kids[:0]
	for i := range events.kids {
		if v.visitEvent(&events.kids[i].node) {
			kept = append(kept, events.kids[i])
		}
	}
	events.kids = kept
}

func (v *visitor) visitLastThread(thread *node) {
	call(v.lastThread, thread)
	call(v.properties, thread.get("properties"))
	call(v.access, thread.get("access"))
	v.visitLastEvents(thread.get("last_event_per_type"))
}

// visitLastEvents leaves out events whose type is no longer the one they are
// listed under.
func (v *visitor) visitLastEvents(perType *node) {
	if !perType.open('{') {
		return
	}
	kept := perType.kids[:0]
	for i := range perType.kids {
		entry := perType.kids[i]
		call(v.lastEvent, &entry.node)
		event := entry.get("event")
		if event.has("type") && (!v.visitEvent(event) || event.get("type").str() != entry.name()) {
			continue
		}
		kept = append(kept, entry)
	}
	perType.kids = kept
}

func (v *visitor) visitEvent(event *node) bool {
	if v.event != nil && !v.event(event) {
		return false
	}
	call(v.properties, event.get("properties"))
	return true
}

func call(f func(*node), n *node) {
	if f != nil && n != nil {
		f(n)
	}
}

func callEach(f func(*node), n *node) {
	if f != nil {
		forEach(n, f)
	}
}
