package engine

import (
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// Push is one message from the server. It is shared by all its receivers and
// never changed after it was made, apart from the cached frames, which are only
// touched while the engine delivers.
type Push struct {
	Action  string
	Payload jsontext.Value  // in the words of Version
	Version version.Version // canonical, unless only another version has the push
	Since   version.Version // older versions are told by another push; zero: none is
	Until   version.Version // newer ones are; zero: none is
	frame   []byte
	said    *[version.V37 - version.V30 + 1][]*Push // the same in other versions; nil: not said yet
}

// In is the push in the words of another version: not at all where that version
// has no word for it. It is converted once for all receivers of a version. Call
// it while the engine delivers only.
func (p *Push) In(v version.Version) []*Push {
	if !v.Valid() {
		return nil
	}
	if p.said == nil {
		p.said = new([version.V37 - version.V30 + 1][]*Push)
	}
	if have := p.said[v-version.V30]; have != nil {
		return have
	}
	out := []*Push{}
	switch {
	case v < p.Since, p.Until != 0 && v > p.Until:
	case v == p.Version:
		out = []*Push{p}
	case p.Version < version.Canonical && v > p.Version, p.Version > version.Canonical && v < p.Version:
		// The push is not in that version, and no other stands for it.
	default:
		for _, m := range version.Push(version.Message{Action: p.Action, Payload: p.Payload}, p.Version, v) {
			out = append(out, &Push{Action: m.Action, Payload: m.Payload, Version: v})
		}
	}
	p.said[v-version.V30] = out
	return out
}

// Frame is the push as a websocket message of its version, without a request id.
// Call it inside Sink.Deliver only.
func (p *Push) Frame() []byte {
	if p.frame == nil {
		p.frame = p.encode("")
	}
	return p.frame
}

// FrameFor is Frame with the id of the request that caused the push.
func (p *Push) FrameFor(requestID string) []byte {
	if requestID == "" {
		return p.Frame()
	}
	return p.encode(requestID)
}

// encode writes the frame. Pushes name their version from 3.3 on.
func (p *Push) encode(requestID string) []byte {
	f := protocol.Frame{RequestID: requestID, Action: p.Action, Type: protocol.TypePush, Payload: p.Payload}
	if p.Version >= version.V33 {
		f.Version = p.Version.String()
	}
	b, _ := protocol.Encode(f)
	return b
}

// delivery is a push on its way to some sessions.
type delivery struct {
	push *Push
	to   []*Session
	main bool // the answer a customer's client waits for: carries the request id there too
}

// push puts a message into the outbox. The receivers are those of this moment.
func (w *work) push(action string, payload any, to ...[]*Session) {
	w.deliver(action, payload, false, to...)
}

// pushMain is push for the one message by which a customer's client recognises
// the answer to its request (customer guide, section 2).
func (w *work) pushMain(action string, payload any, to ...[]*Session) {
	w.deliver(action, payload, true, to...)
}

// pushFrom is push for a message that stands for itself from a version on; what
// older versions are told instead is pushed beside it.
func (w *work) pushFrom(since version.Version, action string, payload any, to ...[]*Session) {
	n := len(w.outbox)
	if w.push(action, payload, to...); len(w.outbox) > n {
		w.outbox[n].push.Since = since
	}
}

// pushUntil is push for what newer versions than one are told otherwise, beside
// it.
func (w *work) pushUntil(until version.Version, action string, payload any, to ...[]*Session) {
	n := len(w.outbox)
	if w.push(action, payload, speaking(until, to...)); len(w.outbox) > n {
		w.outbox[n].push.Until = until
	}
}

// speaking are the sessions that hear pushes of a version or of one before.
func speaking(until version.Version, to ...[]*Session) []*Session {
	var out []*Session
	for _, s := range slices.Concat(to...) {
		if slices.ContainsFunc(s.pushes, func(d dialect) bool { return d.version <= until }) {
			out = append(out, s)
		}
	}
	return out
}

func (w *work) deliver(action string, payload any, main bool, to ...[]*Session) {
	var all []*Session
	for _, list := range to {
		for _, s := range list {
			if s.wants(action) {
				all = append(all, s)
			}
		}
	}
	if len(all) == 0 {
		return
	}
	b, err := protocol.Encode(payload)
	if err != nil {
		w.e.log.Error("push could not be encoded", "action", action, "err", err)
		return
	}
	w.outbox = append(w.outbox, delivery{push: &Push{Action: action, Payload: b, Version: home(action)}, to: all, main: main})
}

// send hands the outbox to the connections.
func (w *work) send() {
	for _, d := range w.outbox {
		for _, s := range d.to {
			id := ""
			if s == w.by.Session && (s.Kind == protocol.UserAgent || d.main) {
				id = w.by.RequestID
			}
			s.deliver(d.push, id)
		}
	}
}

// watchers are the sessions of agents who have access to a chat.
func (e *Engine) watchers(c *store.Chat) []*Session {
	d := e.dir.Load()
	var out []*Session
	for id, p := range e.agents {
		for _, s := range p.sessions {
			if agentSees(s.scopes, d.agents[id], c, "ro") {
				out = append(out, s)
			}
		}
	}
	return out
}

// close are the sessions of agents who take part in a chat or follow it.
func (e *Engine) closest(c *store.Chat) []*Session {
	d := e.dir.Load()
	var out []*Session
	add := func(id string) {
		if p := e.agents[id]; p != nil {
			for _, s := range p.sessions {
				if agentSees(s.scopes, d.agents[id], c, "ro") && !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	for _, m := range c.Users {
		if m.Type == protocol.UserAgent && m.Present {
			add(m.UserID)
		}
	}
	for _, id := range c.Followers {
		add(id)
	}
	return out
}

// guests are the sessions of a chat's customer.
func (e *Engine) guests(c *store.Chat) []*Session {
	if v := e.visitors[c.CustomerID]; v != nil {
		return v.sessions
	}
	return nil
}

// sessionsOf are an agent's sessions.
func (e *Engine) sessionsOf(agentID string) []*Session {
	if p := e.agents[agentID]; p != nil {
		return p.sessions
	}
	return nil
}

// without leaves out an agent's sessions.
func without(list []*Session, agentIDs ...string) []*Session {
	return slices.DeleteFunc(slices.Clone(list), func(s *Session) bool { return slices.Contains(agentIDs, s.UserID) })
}

// everyAgent are all agents' sessions that hold a scope.
func (e *Engine) everyAgent(scope string) []*Session {
	var out []*Session
	for _, p := range e.agents {
		for _, s := range p.sessions {
			if s.scopes.Any(scope) {
				out = append(out, s)
			}
		}
	}
	return out
}
