package upstream

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// inbound is one frame as the session takes it: a reply, an end, or what a push
// means.
type inbound struct {
	push   desk.Push
	more   []desk.Push // goes with push
	stale  []string    // chats that must be read again; allChats is every one
	sight  []string    // chats that this agent may see no more, or see now
	config bool        // agents, groups or tags must be read again
	reply  *reply
	end    *ending
}

// allChats stands for every chat whose events are here.
const allChats = "*"

// reply is a response.
type reply struct {
	id      string
	payload jsontext.Value
	err     error
}

// understand decodes a frame. ok is false where there is nothing to do about
// it: it is unknown, or it cannot be read. Nothing of the result points into
// data.
func (r *Registry) understand(data []byte) (in inbound, ok bool) {
	if in, ok := r.quick(data); ok {
		return in, true
	}
	f, err := protocol.ParseFrameUpTo(data, maxFrame)
	if err != nil {
		r.metrics.BadFrame()
		r.log.Debug("frame could not be read", "size", len(data))
		return inbound{}, false
	}
	switch {
	case f.IsPush():
		return r.understandPush(&f)
	case f.IsResponse():
		rep := &reply{id: f.RequestID, payload: f.Payload}
		if e := f.Err(); e != nil {
			rep.err, rep.payload = fromWire(e), nil
		}
		return inbound{reply: rep}, true
	default:
		r.metrics.BadFrame()
		return inbound{}, false
	}
}

// quick reads a plain message in one pass. Whatever else a frame is, is left to
// understand.
func (r *Registry) quick(data []byte) (in inbound, ok bool) {
	if !quickVersion(r.dialect.Version) {
		return inbound{}, false
	}
	p, ok := protocol.ReadMessagePush(data)
	if !ok || !quickVersion(r.dialect.of(p.Version)) {
		return inbound{}, false
	}
	in.push = desk.IncomingEvent{ChatID: p.ChatID, ThreadID: p.ThreadID, Event: desk.Event{
		ID: p.ID, CustomID: p.CustomID, Kind: desk.KindMessage, AuthorID: p.AuthorID, At: p.CreatedAt.Time(),
		AgentsOnly: p.Visibility == protocol.VisibilityAgents, Text: p.Text,
	}}
	return in, true
}

// understandPush puts a push into canonical words and reads it. One push may be
// several in other words.
func (r *Registry) understandPush(f *protocol.Frame) (in inbound, ok bool) {
	m := version.Message{Action: f.Action, Payload: f.Payload}
	v := r.dialect.of(f.Version)
	if v == version.Canonical || f.Action == protocol.PushAgentDisconnected { // its reasons are known by every name
		return r.readPush(m)
	}
	for _, m := range version.Push(m, v, version.Canonical) {
		if v < version.V34 && m.Action == protocol.PushChatAccessUpdated {
			// Whether the groups named are all or those that changed is not told.
			m.Action = actAccessChanged
		}
		one, fine := r.readPush(m)
		if !fine {
			continue
		}
		in.join(one)
		ok = true
	}
	return in, ok
}

// join adds what another push means.
func (in *inbound) join(o inbound) {
	switch {
	case o.end != nil:
		*in = o
	case in.push == nil:
		in.push, in.more = o.push, append(in.more, o.more...)
	case o.push != nil:
		in.more = append(append(in.more, o.push), o.more...)
	}
	in.stale, in.sight = append(in.stale, o.stale...), append(in.sight, o.sight...)
	in.config = in.config || o.config
}

func (r *Registry) readPush(m version.Message) (in inbound, ok bool) {
	if m.Action == protocol.PushAgentDisconnected {
		var p protocol.AgentDisconnected
		if json.Unmarshal(m.Payload, &p) != nil || p.Reason == "" {
			p.Reason = "unreadable"
		}
		return inbound{end: &ending{reason: p.Reason}}, true
	}
	decode, known := pushes[m.Action]
	if !known {
		if ignored[m.Action] == "" {
			r.unknown(m.Action)
		}
		return inbound{}, false
	}
	if in, err := decode(m.Payload); err == nil {
		return in, in.push != nil || len(in.stale)+len(in.sight) > 0 || in.config
	}
	return r.unreadable(m.Action, m.Payload)
}

// unreadable finds the chat that a push is about, so that the chat can be read
// again: its news must not be lost.
func (r *Registry) unreadable(action string, payload jsontext.Value) (inbound, bool) {
	r.metrics.BadFrame()
	r.log.Debug("push could not be read", "action", safeCode(action), "size", len(payload))
	var ref struct {
		ChatID string `json:"chat_id"`
		Chat   struct {
			ID string `json:"id"`
		} `json:"chat"`
	}
	_ = json.Unmarshal(payload, &ref)
	if ref.ChatID == "" {
		ref.ChatID = ref.Chat.ID
	}
	if ref.ChatID == "" || len(ref.ChatID) > protocol.MaxID {
		return inbound{}, false
	}
	return inbound{stale: []string{ref.ChatID}}, true
}

// namedUnknown bounds how many unknown actions are told apart.
const namedUnknown = 64

// unknown counts a push that means nothing to us, and logs each kind once.
func (r *Registry) unknown(action string) {
	action = safeCode(action)
	r.mu.Lock()
	seen := r.unknowns[action]
	if !seen && len(r.unknowns) >= namedUnknown {
		action, seen = "other", true
	}
	r.unknowns[action] = true
	r.mu.Unlock()
	if !seen {
		r.log.Debug("push is not known", "action", action)
	}
	r.metrics.UnknownPush(action)
}

// encode makes a request's frame in the connection's version. said is what it
// says, which its answer is read by.
func (r *Registry) encode(id, action string, payload any) (frame []byte, said version.Message, err error) {
	if said, err = r.dialect.say(action, payload); err != nil {
		return nil, said, err
	}
	frame, err = protocol.Encode(protocol.Frame{RequestID: id, Action: said.Action, Payload: said.Payload})
	return frame, said, err
}

// decode reads the payload of the answer to a request.
func (r *Registry) decode(said version.Message, payload jsontext.Value, result any) (err error) {
	if a, ok := result.(*verbatim); ok {
		a.said, a.payload = said, payload
		return nil
	}
	if payload, err = r.dialect.hear(said, payload); err != nil || len(payload) == 0 {
		return err
	}
	return protocol.DecodeUpTo(payload, maxFrame, result)
}
