package version

import (
	"strings"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json"
)

// Changelog 3.6: the structures System event and Deleted event. A deleted event
// is left out, the original that administrators still see too: before 3.6 what
// was deleted was gone. A system event becomes a system message in words.
func eventDown36(event *node) bool {
	if event.get("deleted").is("true") {
		return false
	}
	event.drop("deleted")
	switch event.get("type").str() {
	case protocol.EventSystem:
		systemDown36(event)
	case protocol.EventMessage:
		event.get("postback").drop("ecommerce")
	case protocol.EventRichMessage:
		if event.get("template_id").is(`"ecommerce"`) {
			event.set("template_id", text("cards"))
		}
		forEach(event.get("elements"), func(element *node) { element.drop("ecommerce") })
	}
	return true
}

// systemDown36 words a system event: the text of a summary, or what happened as
// its subtype has it.
func systemDown36(event *node) {
	source, subtype := event.take("source").str(), event.take("subtype").str()
	details := event.take("details").str()
	event.drop("version")
	event.set("type", text(protocol.EventSystemMessage))
	event.set("system_message_type", text(strings.Trim(source+"."+subtype, ".")))
	var known struct {
		Summary struct {
			Text string `json:"text"`
		} `json:"summary"`
	}
	if json.Unmarshal([]byte(details), &known) == nil && known.Summary.Text != "" {
		event.set("text", text(known.Summary.Text))
		return
	}
	event.set("text", text(strings.ReplaceAll(subtype, "_", " ")))
}

// 3.6 page of rich messages: the template ecommerce.
func sentDown36(event *node, at string) *protocol.Error {
	if event.get("template_id").is(`"ecommerce"`) {
		return newIn(V36, at+".template_id")
	}
	if event.get("postback").has("ecommerce") {
		return newIn(V36, at+".postback.ecommerce")
	}
	return nil
}
