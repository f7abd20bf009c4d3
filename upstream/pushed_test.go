package upstream

import "fmt"

// pushed is one push: its name and payload.
type pushed struct{ action, payload string }

// ref names a chat and its thread.
func (c *wchat) ref() string { return fmt.Sprintf(`"chat_id":%q,"thread_id":%q`, c.id, c.thread) }

// where is ref, without the thread in the pushes of 3.0 that did not name it.
func (v tongue) where(c *wchat) string {
	if v == 30 {
		return fmt.Sprintf(`"chat_id":%q`, c.id)
	}
	return c.ref()
}

func (v tongue) saidPush(c *wchat, e wevent) pushed {
	return pushed{"incoming_event", fmt.Sprintf(`{%s,"event":%s}`, v.where(c), v.event(e))}
}

func (v tongue) openedPush(c *wchat) pushed {
	return pushed{v.old(32, "incoming_chat_thread", "incoming_chat"), `{"chat":` + v.chat(c) + `}`}
}

func (v tongue) closedPush(c *wchat) pushed {
	return pushed{v.old(32, "thread_closed", "chat_deactivated"), "{" + c.ref() + "}"}
}

func (v tongue) leftPush(c *wchat, agent string) pushed {
	if v < 32 {
		return pushed{"chat_user_removed", fmt.Sprintf(`{%s,"user_id":%q,"user_type":"agent"}`, v.where(c), agent)}
	}
	return pushed{"user_removed_from_chat", fmt.Sprintf(`{%s,"user_id":%q,"reason":"manual","requester_id":"boss@example.com"}`, c.ref(), agent)}
}

func (v tongue) joinedPush(c *wchat, agent string) pushed {
	if v < 32 {
		return pushed{"chat_user_added", fmt.Sprintf(`{%s,"user":%s,"user_type":"agent"}`, v.where(c), v.agent(c, agent))}
	}
	return pushed{"user_added_to_chat", fmt.Sprintf(`{%s,"user":%s,"reason":"manual","requester_id":"boss@example.com"}`, c.ref(), v.agent(c, agent))}
}

func (v tongue) movedPush(c *wchat, agent string) pushed {
	if v < 32 {
		return pushed{"chat_transferred", fmt.Sprintf(`{"chat_id":%q,"requester_id":"boss@example.com","type":"agent","ids":[%q]}`, c.id, agent)}
	}
	return pushed{"chat_transferred", fmt.Sprintf(`{%s,"requester_id":"boss@example.com","reason":"manual","transferred_to":{"agent_ids":[%q]}}`, c.ref(), agent)}
}

func (v tongue) tagPush(c *wchat, tag string, removed bool) pushed {
	name := v.old(32, "chat_thread_tagged", "thread_tagged")
	if removed {
		name = v.old(32, "chat_thread_untagged", "thread_untagged")
	}
	return pushed{name, fmt.Sprintf(`{%s,"tag":%q}`, c.ref(), tag)}
}

func (v tongue) seenPush(c *wchat, user, at string) pushed {
	if v == 30 {
		return pushed{"last_seen_timestamp_updated", fmt.Sprintf(`{"user_id":%q,"chat_id":%q,"timestamp":%d}`, user, c.id, unix(at))}
	}
	return pushed{"events_marked_as_seen", fmt.Sprintf(`{"user_id":%q,"chat_id":%q,"seen_up_to":%q}`, user, c.id, at)}
}

func (v tongue) typingPush(c *wchat, author string) pushed {
	switch {
	case v == 30:
		return pushed{"incoming_typing_indicator", fmt.Sprintf(`{"chat_id":%q,"typing_indicator":{"author_id":%q,"recipients":"all","timestamp":1795248000}}`, c.id, author)}
	default:
		return pushed{"incoming_typing_indicator", fmt.Sprintf(`{%s,"typing_indicator":{"author_id":%q,%s:"all","timestamp":1795248000,"is_typing":true}}`,
			c.ref(), author, v.old(34, `"recipients"`, `"visibility"`))}
	}
}

func (v tongue) peekPush(c *wchat, text string) pushed {
	return pushed{"incoming_sneak_peek", fmt.Sprintf(`{%s,"sneak_peek":{"author_id":"cust-%s"%s,"text":%q,"timestamp":1795248000}}`,
		v.where(c), c.id, v.old(34, `,"recipients":"agents"`, ""), text)}
}

// frame is a push as it stands on the wire. From 3.3 on it names its version.
func (v tongue) frame(p pushed) string {
	version := ""
	if v >= 33 {
		version = fmt.Sprintf(`"version":%q,`, v.String())
	}
	return fmt.Sprintf(`{%s"action":%q,"type":"push","payload":%s}`, version, p.action, p.payload)
}

func (v tongue) statusPush(agent string) pushed {
	if v < 32 {
		return pushed{"agent_updated", fmt.Sprintf(`{"agent_id":%q,"routing_status":"not_accepting_chats"}`, agent)}
	}
	return pushed{"routing_status_set", fmt.Sprintf(`{"agent_id":%q,"status":"not_accepting_chats"}`, agent)}
}
