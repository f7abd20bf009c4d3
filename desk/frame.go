package desk

import (
	"bytes"
	"encoding/json"
	"time"
)

// FrameKind says what a frame of the connection to the chat server is.
type FrameKind string

// The kinds of frames.
const (
	FrameRequest  FrameKind = "request"
	FrameResponse FrameKind = "response"
	FramePush     FrameKind = "push"
)

// FrameKinds in the order they are offered.
var FrameKinds = [...]FrameKind{FrameRequest, FrameResponse, FramePush}

// FrameMask stands where a frame held a secret.
const FrameMask = "•••"

// Frame is one message of an agent's connection to the chat server, as the
// protocol inspector shows it.
type Frame struct {
	Seq       int64 // counts up within a session, from 1
	At        time.Time
	Kind      FrameKind
	Action    string
	RequestID string
	Failed    bool          // a response that is an error
	Took      time.Duration // a response: since its request; zero is unknown
	Size      int           // bytes on the wire
	Body      []byte        // JSON, its secrets masked; nil where it was too large or no JSON
}

// Indented lays out JSON for reading. What is not JSON comes back as it is.
func Indented(body []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, body, "", "  ") != nil {
		return body
	}
	return b.Bytes()
}

// PayloadOf is the payload of a frame's body, laid out; "{}" where it has none.
func PayloadOf(body []byte) string {
	var f struct {
		Payload json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(body, &f) != nil || len(f.Payload) == 0 {
		return "{}"
	}
	return string(Indented(f.Payload))
}
