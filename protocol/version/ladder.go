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

// steps are the rungs, steps[v-V31] between v and the version below it.
var steps = [...]*step{step31, step32, step33, step34, step35, step36, step37}

// Request says a request of version from in version to. The error is a
// *protocol.Error of type validation, which names the action or the field that
// version to has no word for. Between equal versions m is returned as it is,
// unread.
func Request(m Message, from, to Version) (Message, error) {
	if from == to {
		return m, nil
	}
	if err := known(from, to); err != nil {
		return Message{}, err
	}
	if _, ok := from.Method(m.Action); !ok {
		return Message{}, unknownMethod(m.Action, from)
	}
	msg, err := read(m)
	if err != nil {
		return Message{}, err
	}
	for v := from; v < to; v++ {
		if err := steps[v-V30].requestUp(msg); err != nil {
			return Message{}, err
		}
	}
	for v := from; v > to; v-- {
		if err := steps[v-V31].requestDown(msg); err != nil {
			return Message{}, err
		}
	}
	if _, ok := to.Method(msg.action); !ok {
		return Message{}, unknownMethod(m.Action, to)
	}
	return msg.message(), nil
}

// Response says the payload of a successful response in version to. The request
// is the one it answers, as it was at version from; where the versions answer
// different things, what is missing is taken from it. What it cannot give is
// listed in the package comment. The error is a *protocol.Error.
func Response(request Message, payload jsontext.Value, from, to Version) (jsontext.Value, error) {
	if from == to {
		return payload, nil
	}
	if err := known(from, to); err != nil {
		return nil, err
	}
	msg, err := read(Message{request.Action, payload})
	if err != nil {
		return nil, err
	}
	req, err := read(request)
	if err != nil {
		return nil, err
	}
	for v := from; v < to; v++ {
		steps[v-V30].responseUp(req, msg)
	}
	for v := from; v > to; v-- {
		steps[v-V31].responseDown(req, msg)
	}
	return msg.message().Payload, nil
}

// Push says a push in version to: not at all where that version has no word for
// it, as several where it took several. A push that no version knows passes as it
// is. The payload has to be valid JSON, as protocol.ParseFrame and encoding
// leave it; from other bytes come other bytes. Between equal versions m is
// returned unread, and a caller who does not keep the slice pays nothing.
func Push(m Message, from, to Version) []Message {
	if from == to {
		return []Message{m}
	}
	return push(m, from, to)
}

func push(m Message, from, to Version) []Message {
	if known(from, to) != nil {
		return nil
	}
	msgs := []*message{trust(m)}
	for v := from; v < to && len(msgs) > 0; v++ {
		msgs = each(msgs, v+1, steps[v-V30].pushUp)
	}
	for v := from; v > to && len(msgs) > 0; v-- {
		msgs = each(msgs, v-1, steps[v-V31].pushDown)
	}
	if len(msgs) == 0 {
		return nil
	}
	out := make([]Message, len(msgs))
	for i, msg := range msgs {
		out[i] = msg.message()
	}
	return out
}

// each takes every push one step to version v, and leaves out what v has no
// word for.
func each(msgs []*message, v Version, take func(*message)) []*message {
	out := msgs[:0:1]
	for _, msg := range msgs {
		take(msg)
		if v.says(msg) {
			out = append(out, msg)
		}
		for _, m := range msg.more {
			if v.says(m) {
				out = append(out, m)
			}
		}
		msg.more = nil
	}
	return out
}

// says reports whether a version has a word for a push, or nobody knows it.
func (v Version) says(push *message) bool {
	return !push.gone && (pushIndex[push.action] == 0 || v.HasPush(push.action))
}

// Error maps an error to one whose type version to knows (api guide, section 1).
// An error that needs no change is returned as it is, and so is one of a type
// that no version knows.
func Error(e *protocol.Error, to Version) *protocol.Error {
	if e == nil {
		return nil
	}
	typ := e.Type
	for row, ok := errorTypes[typ]; ok && row.since > to; row, ok = errorTypes[typ] {
		typ = row.before
	}
	if typ == e.Type {
		return e
	}
	return &protocol.Error{Type: typ, Message: e.Message, Data: e.Data}
}
