package version

import "agentdesk/protocol"

// Changelog 3.2: order and timestamp of a thread became created_at, and
// restricted_access, which was true, became the reason.
func threadUp32(thread *node) {
	createdUp(thread)
	restrictedUp(thread)
}

// The same downwards; with the fields of a thread that are new in 3.2.
func threadDown32(thread *node) {
	createdDown(thread)
	restrictedDown(thread)
	thread.drop("previous_thread_id", "next_thread_id", "queue", "queues_duration")
}

// Changelog 3.2: a chat summary's last thread has a queue; the 3.2 page adds
// active and access.
func lastThreadDown32(thread *node) {
	threadDown32(thread)
	thread.drop("active", "access")
}

// restricted is the reason that a restricted thread of 3.1 gives.
const restricted = "restricted"

func restrictedUp(n *node) {
	switch old := n.get("restricted_access"); {
	case old.is("true"):
		*old = text(restricted)
	case old.is("false"):
		n.drop("restricted_access")
	}
}

func restrictedDown(n *node) {
	if reason := n.get("restricted_access"); reason != nil && !reason.is("false") {
		*reason = flag(true)
	}
}

// Changelog 3.2 and the pages of 3.1: the order of an event's thread became
// thread_created_at.
func lastEventUp32(entry *node) {
	if order, ok := entry.take("thread_order").number(); ok && isMoment(order) && !entry.has("thread_created_at") {
		entry.set("thread_created_at", moment(order))
	}
	restrictedUp(entry)
	restrictedUp(entry.get("event"))
}

func lastEventDown32(entry *node) {
	if us, ok := micros(entry.take("thread_created_at")); ok {
		entry.set("thread_order", number(us))
	}
	restrictedDown(entry)
	restrictedDown(entry.get("event"))
}

// Changelog 3.2: customers' fields became session_fields, an array that keeps
// their order.
func customerUp32(user *node) {
	if fields := user.get("fields"); fields.open('{') {
		ordered := array()
		for _, field := range fields.kids {
			ordered.add(node{kind: '{', kids: []member{field}})
		}
		*fields = ordered
		user.rename("fields", "session_fields")
	}
}

func customerDown32(user *node) {
	if fields := user.get("session_fields"); fields.open('[') {
		byName, place := object(), map[string]int{}
		forEach(fields, func(field *node) {
			for _, f := range field.members() {
				if i, twice := place[string(f.key)]; twice {
					byName.kids[i] = f
					continue
				}
				place[string(f.key)] = len(byName.kids)
				byName.kids = append(byName.kids, f)
			}
		})
		*fields = *byName
		user.rename("session_fields", "fields")
	}
}

func sessionFieldsUp32(m *message) *protocol.Error {
	customerUp32(&m.body)
	return nil
}

func sessionFieldsDown32(m *message) *protocol.Error {
	customerDown32(&m.body)
	return nil
}

// Changelog 3.2: a property has the same form in answers and pushes as in
// requests; before it was wrapped there, {"value":…}. A bare one is taken too.
func bare(properties *node) {
	forMembers(properties, func(namespace *node) {
		forMembers(namespace, func(property *node) {
			if value := property.get("value"); value != nil && len(property.kids) == 1 {
				*property = *value
			}
		})
	})
}

func wrapped(properties *node) {
	forMembers(properties, func(namespace *node) {
		forMembers(namespace, func(property *node) {
			value := *property
			*property = node{kind: '{', kids: []member{{valueKey, value}}}
		})
	})
}

var valueKey = []byte(`"value"`)
