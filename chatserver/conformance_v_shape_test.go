package chatserver_test

import "fmt"

// shape checks every structure inside a response or a push against what its
// version has and has not.
func (k *tongue) shape(p doc) {
	k.t.Helper()
	for name, value := range p {
		switch name {
		case "event":
			k.event(asDoc(value))
		case "events":
			each(value, k.event)
		case "thread":
			k.thread(asDoc(value))
		case "threads":
			each(value, k.thread)
		case "chat":
			k.chat(asDoc(value))
		case "chats":
			each(value, func(row doc) {
				if k.v == 0 {
					row.has(k.t, "chat")
					row = row.sub("chat")
				}
				k.chat(row)
			})
		case "chats_summary", "chats_info":
			if (name == "chats_info") != (k.v == 7) {
				k.t.Errorf("%s must not have %s", k.name, name)
			}
			each(value, k.summary)
		case "customers":
			each(value, k.customer)
		case "customer":
			k.customer(asDoc(value))
		case "user":
			k.user(asDoc(value))
		case "ban":
			k.saw("Ban")
		case "sneak_peek":
			k.saw("SneakPeek")
		case "queue":
			k.saw("Queue")
		case "typing_indicator":
			k.saw("TypingIndicator")
			k.only(asDoc(value), "recipients", 0, 3)
			k.only(asDoc(value), "visibility", 4, 7)
		}
	}
}

// saw notes that a structure came and was checked.
func (k *tongue) saw(structure string) { k.t.Helper(); k.notes.saw(k.t, structure, k.v) }

func asDoc(v any) doc { m, _ := v.(map[string]any); return m }

func each(v any, check func(doc)) {
	list, _ := v.([]any)
	for _, item := range list {
		check(asDoc(item))
	}
}

// only fails where a field is there outside its versions, or, within them, is
// not.
func (k *tongue) only(d doc, field string, since, until int) {
	k.t.Helper()
	switch within := since <= k.v && k.v <= until; {
	case d == nil:
	case within && d.at(field) == nil:
		k.t.Errorf("%s: %s is missing in %s", k.name, field, d)
	case !within && d.at(field) != nil:
		k.t.Errorf("%s: %s must not be there in %s", k.name, field, d)
	}
}

// never fails where a field is there outside its versions; within them it may be
// missing.
func (k *tongue) never(d doc, since, until int, fields ...string) {
	k.t.Helper()
	for _, f := range fields {
		if (k.v < since || k.v > until) && d.at(f) != nil {
			k.t.Errorf("%s: %s must not be there in %s", k.name, f, d)
		}
	}
}

func (k *tongue) event(d doc) {
	k.t.Helper()
	if d["restricted_access"] != nil {
		return
	}
	if d["deleted"] == true && d["text"] == nil {
		k.saw("DeletedEvent")
	}
	k.saw("Event." + d.str("type"))
	if d["fields"] != nil && k.v > 0 {
		k.saw(map[string]string{"form": "FormFields", "filled_form": "FilledFormFields"}[d.str("type")])
	}
	d.has(k.t, "id", "type")
	k.only(d, "order", 0, 0)
	k.only(d, "timestamp", 0, 0)
	k.only(d, "created_at", 1, 7)
	k.only(d, "recipients", 0, 3)
	k.only(d, "visibility", 4, 7)
	k.properties(d)
	k.never(d, 3, 7, "alternative_text")
	k.never(d, 4, 7, "form_type")
	k.never(d, 6, 7, "deleted")
}

func (k *tongue) thread(d doc) {
	k.t.Helper()
	k.saw("Thread")
	d.has(k.t, "id", "active")
	k.threadPart(d)
	each(d["events"], k.event)
}

// threadPart is what a thread and the thread of a summary have in common.
func (k *tongue) threadPart(d doc) {
	k.t.Helper()
	k.only(d, "order", 0, 1)
	k.only(d, "timestamp", 0, 1)
	k.only(d, "created_at", 2, 7)
	k.never(d, 2, 7, "previous_thread_id", "next_thread_id", "queue", "queues_duration")
	k.never(d, 4, 7, "previous_accessible_thread_id", "next_accessible_thread_id")
	k.never(d, 6, 7, "customer_visit", "summary")
	if d["summary"] != nil {
		k.saw("ThreadSummary")
	}
	if d["access"] != nil {
		k.saw("Access")
	}
	if d["queue"] != nil {
		k.saw("Queue")
	}
	k.properties(d)
}

func (k *tongue) chat(d doc) {
	k.t.Helper()
	k.saw("Chat")
	d.has(k.t, "id", "users")
	each(d["users"], k.member)
	k.properties(d)
	if t := d.sub("thread"); t != nil {
		k.thread(t)
	}
	each(d["threads"], k.thread)
}

func (k *tongue) summary(d doc) {
	k.t.Helper()
	k.saw(k.pick(6, "ChatSummary", 7, "ChatInfo"))
	d.has(k.t, "id", "users")
	each(d["users"], k.member)
	k.properties(d)
	k.only(d, "last_thread_summary", 0, 6)
	k.only(d, "last_thread_info", 7, 7)
	last, events := d.sub("last_thread_summary"), d.sub("last_event_per_type")
	if k.v == 7 {
		d.lacks(k.t, "last_event_per_type")
		last = d.sub("last_thread_info")
		events = last.sub("last_event_per_type")
	}
	k.threadPart(last)
	for typ, entry := range events {
		e := asDoc(entry)
		k.never(e, 0, 1, "thread_order")
		k.never(e, 2, 7, "thread_created_at")
		if e.str("thread_id") == last.str("id") {
			k.never(e, 0, 6, "thread_id")
		}
		k.event(e.sub("event"))
		e.is(k.t, "event.type", typ)
	}
}

// member is a user of a chat.
func (k *tongue) member(d doc) {
	k.t.Helper()
	k.user(d)
	d.has(k.t, "present")
	if d["type"] == "agent" {
		k.only(d, "visibility", 4, 7)
	}
}

func (k *tongue) user(d doc) {
	k.t.Helper()
	d.has(k.t, "id", "type")
	k.never(d, 1, 7, "events_seen_up_to")
	k.never(d, 0, 0, "last_seen_timestamp")
	if d["type"] == "customer" {
		k.customer(d)
	} else {
		k.saw("Agent")
	}
}

func (k *tongue) customer(d doc) {
	k.t.Helper()
	k.saw("Customer")
	if d["visit"] != nil || d["last_visit"] != nil {
		k.saw("Visit")
	}
	d.has(k.t, "id")
	k.never(d, 0, 5, "last_visit")
	k.never(d, 0, 1, "fields")
	k.never(d, 2, 7, "session_fields")
	k.never(d, 3, 7, "followed", "online", "group_ids", "state", "email_verified", "last_visit.ended_at")
	k.never(d, 6, 7, "visit", "phone_number", "omnichannel", "address", "tickets", "carts")
}

// properties are wrapped up to 3.1, {"value":…}, and bare from 3.2 on.
func (k *tongue) properties(d doc) {
	k.t.Helper()
	for space, names := range d.sub("properties") {
		for name := range asDoc(names) {
			k.saw("Properties")
			at := fmt.Sprintf("properties.%s.%s", space, name)
			if wrapped := d.sub(at)["value"] != nil; wrapped != (k.v <= 1) {
				k.t.Errorf("%s: %s is wrapped: %v, in %s", k.name, at, wrapped, d)
			}
		}
	}
}

// checkLogin checks the answer to a login.
func (k *tongue) checkLogin(p doc) {
	k.t.Helper()
	p.has(k.t, "license.id", "license.plan", "license.creation_timestamp", "license.expiration_timestamp", "license.in_trial",
		"my_profile.id", "my_profile.name", "my_profile.type", "my_profile.permission", "my_profile.routing_status", "my_profile.present")
	k.saw("MyProfile")
	k.only(p, "license.organization_id", 4, 7)
	k.only(p, "chats_summary", 0, 6)
	k.only(p, "chats_info", 7, 7)
	k.never(p, 1, 7, "my_profile.events_seen_up_to")
	if _, text := p.at("license.id").(string); !text {
		k.t.Errorf("%s: license.id is no string in %s", k.name, p)
	}
}
