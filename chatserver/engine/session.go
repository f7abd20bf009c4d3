package engine

import (
	"slices"
	"time"

	"agentdesk/protocol"
	"agentdesk/protocol/version"
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
	Client string // the application of the token it began with

	// The engine's lock guards the rest.
	scopes  Scopes
	token   string        // hash of the token it lives by
	expires protocol.Time // of the token; zero: never
	away    bool
	level   string          // customer monitoring level
	version version.Version // of the connection
	pushes  []dialect
	notify  Notifications
	sink    Sink
	ip      string // a customer's address
	ended   bool

	subs map[string]*subscription // by id: see SubscribeCustomers
}

// wants reports whether a push may concern the session. What it is called in
// other versions shows when it is delivered.
func (s *Session) wants(action string) bool {
	return slices.ContainsFunc(s.pushes, func(d dialect) bool { return d.version != version.Canonical || d.wants(action) })
}

// deliver hands a push to the connection, in each of the versions subscribed to.
func (s *Session) deliver(p *Push, requestID string) {
	for _, d := range s.pushes {
		if d.version == p.Version && d.names == nil {
			s.sink.Deliver(p, requestID) // the usual case: nothing to convert or look up
			continue
		}
		for _, said := range p.In(d.version) {
			if d.wants(said.Action) {
				s.sink.Deliver(said, requestID)
			}
		}
	}
}

// agentPresence is what the server knows of an agent beyond the directory.
type agentPresence struct {
	sessions []*Session
	status   string    // routing status while online
	leftAt   time.Time // when the last session ended; zero while online
	cause    string    // why it ended: disconnected, signed_out, …
	assigned protocol.Time
	bot      bool // a program: without sessions, there as its status says
}

func (p *agentPresence) online() bool {
	return len(p.sessions) > 0 || p.bot && p.status != "" && p.status != protocol.StatusOffline
}

// available reports whether the router may assign chats: online, accepting, and
// not away on every connection.
func (p *agentPresence) available() bool {
	return p.status == protocol.StatusAccepting && (p.bot || slices.ContainsFunc(p.sessions, func(s *Session) bool { return !s.away }))
}

// presence returns an agent's entry, a new one where there is none. mu is held.
func (e *Engine) presence(agentID string) *agentPresence {
	p := e.agents[agentID]
	if p == nil {
		p = &agentPresence{bot: e.bot(agentID) != nil}
		e.agents[agentID] = p
	}
	return p
}

// visitor is a customer who is on the site.
type visitor struct {
	sessions []*Session
}
