package version

import (
	"strings"

	"agentdesk/protocol"
)

// Changelog 3.3: the event type Form, alternative_text of images, target of
// buttons, the field type subject. A form becomes a system message that lists
// its questions.
func eventDown33(event *node) bool {
	switch event.get("type").str() {
	case protocol.EventForm:
		formDown33(event)
	case protocol.EventFilledForm:
		forEach(event.get("fields"), func(field *node) {
			if kind := field.get("type"); kind.is(`"subject"`) {
				*kind = text("question")
			}
		})
	case protocol.EventFile:
		event.drop("alternative_text")
	case protocol.EventRichMessage:
		forEach(event.get("elements"), func(element *node) {
			element.get("image").drop("alternative_text")
			forEach(element.get("buttons"), func(button *node) { button.drop("target") })
		})
	}
	return true
}

func formDown33(event *node) {
	var labels []string
	forEach(event.take("fields"), func(field *node) {
		if label := field.get("label").str(); label != "" {
			labels = append(labels, label)
		}
	})
	event.drop("form_id", "author_id", "properties")
	event.set("type", text(protocol.EventSystemMessage))
	event.set("system_message_type", text(protocol.EventForm))
	event.set("text", text(strings.Join(labels, "\n")))
}

// The same for events that are sent, where a form cannot be said at all.
func sentDown33(event *node, at string) *protocol.Error {
	if event.get("type").is(`"form"`) {
		return newIn(V33, at+".type")
	}
	eventDown33(event)
	return nil
}
