package engine

import (
	"slices"
	"time"

	"agentdesk/protocol"
)

// Sink is the way to one connection. Deliver is called in the order of pushes,
// with the engine's lock held: it must not block and must not call the engine.
// Close asks for the connection to be ended with a reason; it must not block
// either.
type Sink interface {
	Deliver(p *Push, requestID string)
	Close(reason string)
}

// Session is one live connection of an agent or a customer. It is made by the
// login methods and ended with End.
type Session struct {
	ID     string
	Kind   string // protocol.UserAgent or protocol.UserCustomer
	UserID string

	// The engine's lock guards the rest.
	scopes  Scopes
	token   string        // hash of the token it lives by
	expires protocol.Time // of the token; zero: never
	away    bool
	level   string          // customer monitoring level
	pushes  map[string]bool // nil: all
	sink    Sink
	ended   bool
}

// wants reports whether the session subscribed to an action. Its end is always
// told.
func (s *Session) wants(action string) bool {
	return s.pushes == nil || s.pushes[action] || action == protocol.PushAgentDisconnected || action == protocol.PushCustomerDisconnected
}

// subscribed reads the pushes field of a login: names by version. Versions other
// than our own have no pushes of ours.
func subscribed(byVersion map[string][]string) map[string]bool {
	if byVersion == nil {
		return nil
	}
	out := map[string]bool{}
	for version, names := range byVersion {
		if version != protocol.Canonical {
			continue
		}
		if slices.Contains(names, "all") {
			return nil
		}
		for _, n := range names {
			out[n] = true
		}
	}
	return out
}

// agentPresence is what the server knows of an agent beyond the directory.
type agentPresence struct {
	sessions []*Session
	status   string    // routing status while online
	leftAt   time.Time // when the last session ended; zero while online
	cause    string    // why it ended: disconnected, signed_out, …
	assigned protocol.Time
}

func (p *agentPresence) online() bool { return len(p.sessions) > 0 }

// available reports whether the router may assign chats: online, accepting, and
// not away on every connection.
func (p *agentPresence) available() bool {
	return p.status == protocol.StatusAccepting && slices.ContainsFunc(p.sessions, func(s *Session) bool { return !s.away })
}

// presence returns an agent's entry, a new one where there is none. mu is held.
func (e *Engine) presence(agentID string) *agentPresence {
	p := e.agents[agentID]
	if p == nil {
		p = &agentPresence{}
		e.agents[agentID] = p
	}
	return p
}

// visitor is a customer who is on the site.
type visitor struct {
	sessions []*Session
}
