package protocol

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Canonical is the API version whose shapes this package's types have.
const Canonical = "3.6"

// Frame types: the value of "type" in what a server sends. A request has none.
const (
	TypeResponse = "response"
	TypePush     = "push"
)

// Frame is one RTM message in either direction (Agent Chat API v3.6, "Messaging
// via websockets"). A request has Action and usually RequestID; a response adds
// Type and Success; a push has Type, Action and, from 3.3, Version.
//
// RequestID alone never makes a frame a response: pushes caused by a request
// carry it too, for the requester. Look at Type.
type Frame struct {
	Version   string         `json:"version,omitzero"`
	RequestID string         `json:"request_id,omitzero"`
	Action    string         `json:"action"`
	Type      string         `json:"type,omitzero"`
	Success   *bool          `json:"success,omitzero"`
	Payload   jsontext.Value `json:"payload,omitzero"`
	AuthorID  string         `json:"author_id,omitzero"` // 3.0–3.5 requests of bots
	Extra     jsontext.Value `json:",embed"`
}

// IsPush reports whether the frame is a push.
func (f *Frame) IsPush() bool { return f.Type == TypePush }

// IsResponse reports whether the frame answers a request.
func (f *Frame) IsResponse() bool { return f.Type == TypeResponse }

// Err returns the error a failed response carries, or nil for a success. A
// failure whose payload cannot be read is reported as type "internal".
func (f *Frame) Err() *Error {
	if f.Success == nil || *f.Success {
		return nil
	}
	var p ErrorPayload
	if len(f.Payload) == 0 || json.Unmarshal(f.Payload, &p) != nil || p.Error.Type == "" {
		return &Error{Type: ErrInternal, Message: "the server refused without a reason"}
	}
	return &p.Error
}

// NewRequest builds a request frame; payload may be nil for actions without one.
func NewRequest(id, action string, payload any) (Frame, error) {
	f := Frame{RequestID: id, Action: action}
	if payload == nil {
		return f, nil
	}
	b, err := json.Marshal(payload)
	f.Payload = b
	return f, err
}

// Encode writes a value of this package as JSON. Map keys come out sorted, so
// equal values give equal bytes.
func Encode(v any) (jsontext.Value, error) {
	return json.Marshal(v, json.Deterministic(true))
}

// MustEncode is Encode for values that cannot fail: structs of this package
// that were not built from foreign Extra bytes. It panics otherwise.
func MustEncode(v any) jsontext.Value {
	b, err := Encode(v)
	if err != nil {
		panic("protocol: " + err.Error())
	}
	return b
}
