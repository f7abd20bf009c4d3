package version

import (
	"strings"

	"agentdesk/protocol"
)

// message is a request, a response or a push on its way along the ladder.
type message struct {
	action string
	was    string // a push's name before the step
	body   node
	absent bool       // it came without a payload
	gone   bool       // the version reached has no word for this push
	more   []*message // pushes that this one became besides itself
}

// read takes a message on its way, if its payload is JSON.
func read(m Message) (*message, error) {
	if len(m.Payload) > 0 && !m.Payload.IsValid() {
		return nil, protocol.Fail(protocol.ErrValidation, "`payload` is not valid JSON")
	}
	return trust(m), nil
}

// trust is read for a payload that was checked before.
func trust(m Message) *message {
	if len(m.Payload) == 0 {
		return &message{action: m.Action, body: *object(), absent: true}
	}
	return &message{action: m.Action, body: node{raw: m.Payload}}
}

// message writes the message out.
func (m *message) message() Message {
	if m.absent && m.body.kind == '{' && len(m.body.kids) == 0 {
		return Message{Action: m.action}
	}
	return Message{Action: m.action, Payload: m.body.bytes()}
}

// at returns the value at a dotted path, or nil.
func (m *message) at(path string) *node {
	n := &m.body
	for name := range strings.SplitSeq(path, ".") {
		n = n.get(name)
	}
	return n
}

// refuse returns an error that names the first of the paths that has a value.
// It is for what version v brought and the one below cannot say.
func (m *message) refuse(v Version, paths ...string) *protocol.Error {
	for _, path := range paths {
		if n := m.at(path); n != nil && !n.is("null") {
			return newIn(v, path)
		}
	}
	return nil
}

// newIn says that a field cannot be said before version v.
func newIn(v Version, field string) *protocol.Error {
	return protocol.Fail(protocol.ErrValidation, "`"+field+"` is not known before "+v.String())
}

func unknownMethod(name string, v Version) *protocol.Error {
	return protocol.Fail(protocol.ErrValidation, "`"+name+"` is not a method of "+v.String())
}

// known refuses what is no version.
func known(versions ...Version) error {
	for _, v := range versions {
		if !v.Valid() {
			return protocol.Fail(protocol.ErrUnsupportedVersion, "Unsupported version")
		}
	}
	return nil
}
