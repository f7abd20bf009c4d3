package version

import "agentdesk/protocol"

// Changelog 3.1: order and timestamp of an event became created_at. The first
// document of 3.0 also writes the answers of a filled form differently.
func eventUp31(event *node) bool {
	createdUp(event)
	if event.get("type").is(`"filled_form"`) {
		forEach(event.get("fields"), answeredUp31)
	}
	return true
}

func eventDown31(event *node) bool {
	createdDown(event)
	if event.get("type").is(`"filled_form"`) {
		forEach(event.get("fields"), answeredDown31)
	}
	return true
}

func sentUp31(event *node, _ string) *protocol.Error {
	eventUp31(event)
	return nil
}

func sentDown31(event *node, _ string) *protocol.Error {
	eventDown31(event)
	return nil
}

// 3.0 document: a text field has value, a choice has options, those checked
// among the others. From the second document on it is answer and answers.
func answeredUp31(field *node) {
	if value := field.take("value"); value != nil && !field.has("answer") {
		field.set("answer", *value)
	}
	options := field.take("options")
	if options == nil || field.has("answer") || field.has("answers") {
		return
	}
	answers := array()
	forEach(options, func(option *node) {
		if option.get("checked").is("true") {
			answer := object()
			copyTo(answer, "label", option.get("value"))
			answers.add(*answer)
		}
	})
	if field.get("type").is(`"checkbox"`) {
		field.set("answers", answers)
	} else if len(answers.kids) > 0 {
		field.set("answer", answers.kids[0].node)
	}
}

// The same downwards, in the words of both: the first document's types, value
// and options, and the second's answer and answers beside them.
func answeredDown31(field *node) {
	switch kind := field.get("type"); kind.str() {
	case "name", "question", "textarea", "subject":
		*kind = text("text")
	case "group_chooser":
		*kind = text("select")
	}
	if answer := field.get("answer"); answer.open('{') {
		field.set("options", array(checked31(answer)))
	} else if answer != nil {
		field.set("value", *answer)
	}
	if field.has("answers") {
		options := array()
		forEach(field.get("answers"), func(answer *node) {
			options.add(checked31(answer))
		})
		field.set("options", options)
	}
}

func checked31(answer *node) node {
	option := object()
	copyTo(option, "value", answer.get("label"))
	option.set("checked", flag(true))
	return *option
}

// 3.1 pages: a user's last_seen_timestamp, in seconds, became
// events_seen_up_to.
func seenUp31(user *node) { timestampUp31(user, "last_seen_timestamp", "events_seen_up_to") }

func seenDown31(user *node) {
	timestampDown31(user, "events_seen_up_to", "last_seen_timestamp")
}

// 3.0 document: an empty access is one for everybody. The second document and
// all later ones write group 0.
func accessUp31(access *node) {
	if access.open('{') && !access.has("group_ids") {
		access.set("group_ids", array(number(0)))
	}
}

func accessDown31(access *node) {
	groups := access.get("group_ids").elements()
	for i := range groups {
		if groups[i].is("0") {
			access.drop("group_ids")
			return
		}
	}
}
