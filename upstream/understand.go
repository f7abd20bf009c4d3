package upstream

import (
	"bytes"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// inbound is one frame as the session takes it. Exactly one of its parts is
// set, but for more, which goes with push.
type inbound struct {
	push  desk.Push
	more  []desk.Push
	reply *reply
	stale string // a chat with a push that could not be read: it must be read again
	end   *ending
}

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

// eventFrame is a whole frame of the push that comes by far the most often.
type eventFrame struct {
	Version   string                 `json:"version"`
	RequestID string                 `json:"request_id"`
	Action    string                 `json:"action"`
	Type      string                 `json:"type"`
	Payload   protocol.IncomingEvent `json:"payload"`
}

var (
	eventFrames = sync.Pool{New: func() any { return new(eventFrame) }}
	eventAction = []byte(`"action":"` + protocol.PushIncomingEvent + `"`)
)

// quick reads incoming_event in one pass instead of two, under the same limits.
// Whatever is odd about the frame is left to understand.
func (r *Registry) quick(data []byte) (in inbound, ok bool) {
	if r.dialect.push != nil || !bytes.Contains(data[:min(len(data), 128)], eventAction) {
		return inbound{}, false
	}
	f := eventFrames.Get().(*eventFrame)
	err := protocol.DecodeUpTo(data, maxFrame, f)
	if ok = err == nil && f.Type == protocol.TypePush && f.Action == protocol.PushIncomingEvent && f.Payload.ChatID != ""; ok {
		in.push = incomingEvent(&f.Payload)
	}
	*f = eventFrame{} // what it held is the push's now
	eventFrames.Put(f)
	return in, ok
}

func (r *Registry) understandPush(f *protocol.Frame) (in inbound, ok bool) {
	action, payload := f.Action, f.Payload
	if r.dialect.push != nil {
		var err error
		if action, payload, err = r.dialect.push(f.Version, action, payload); err != nil {
			return r.unreadable(f.Action, f.Payload)
		}
	}
	if action == protocol.PushAgentDisconnected {
		var p protocol.AgentDisconnected
		if json.Unmarshal(payload, &p) != nil || p.Reason == "" {
			p.Reason = "unreadable"
		}
		return inbound{end: &ending{reason: p.Reason}}, true
	}
	decode, known := pushes[action]
	if !known {
		r.unknown(action)
		return inbound{}, false
	}
	if decode == nil {
		return inbound{}, false
	}
	if in, err := decode(payload); err == nil {
		return in, in.push != nil || in.stale != ""
	}
	return r.unreadable(action, payload)
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
	return inbound{stale: ref.ChatID}, ref.ChatID != "" && len(ref.ChatID) <= protocol.MaxID
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

// encode makes a request's frame in the connection's version.
func (r *Registry) encode(id, action string, payload any) ([]byte, error) {
	f, err := protocol.NewRequest(id, action, payload)
	if err != nil {
		return nil, err
	}
	if r.dialect.request != nil {
		if f.Action, f.Payload, err = r.dialect.request(f.Action, f.Payload); err != nil {
			return nil, err
		}
	}
	return protocol.Encode(f)
}

// decode reads the payload of an answer to the canonical action.
func (r *Registry) decode(action string, payload jsontext.Value, result any) (err error) {
	if r.dialect.response != nil {
		if payload, err = r.dialect.response(action, payload); err != nil {
			return err
		}
	}
	if len(payload) == 0 {
		return nil
	}
	return protocol.DecodeUpTo(payload, maxFrame, result)
}
