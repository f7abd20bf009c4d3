package engine

import (
	"context"
	"slices"
	"time"

	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// crowded is the answer to a login beyond Settings.MaxConnections. From 3.4 on it
// takes the place of the agent's oldest connection (see evict); before, the
// documents know no other way than to refuse it.
func (e *Engine) crowded(p *agentPresence, v version.Version) error {
	if len(p.sessions) >= e.set.MaxConnections && v < version.V34 {
		return &Refusal{Reason: protocol.ReasonTooManyConnections}
	}
	return nil
}

// evict makes room for one more connection of an agent. mu is held.
func (e *Engine) evict(p *agentPresence) {
	for len(p.sessions) >= e.set.MaxConnections {
		s := p.sessions[0]
		s.ended = true
		p.sessions = slices.Clone(p.sessions[1:])
		s.sink.Close(protocol.ReasonConnectionEvicted)
	}
}

// LogoutRemotely ends all connections of an agent; his chats go to others at
// once.
func (e *Engine) LogoutRemotely(ctx context.Context, agentID string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.dir.Load().agents[agentID] == nil {
		return notFound("agent")
	}
	if e.presence(agentID).online() {
		e.shutOut(ctx, agentID, protocol.ReasonLoggedOutRemotely, EndRemotely)
		e.settle(context.WithoutCancel(ctx))
	}
	return nil
}

// licensed is the error of everything on an expired license.
func (e *Engine) licensed(now time.Time) error {
	if l := e.License(); l.ExpiresAt != 0 && l.ExpiresAt <= protocol.At(now) {
		return protocol.Fail(protocol.ErrLicenseExpired, "The license has expired.")
	}
	return nil
}

// expireSessions ends the sessions whose token ran out, and all of them where the
// license did. mu is held.
func (e *Engine) expireSessions(now time.Time) {
	if e.licensed(now) != nil {
		e.closeWhere(func(*Session) bool { return true }, protocol.ReasonLicenseExpired)
		return
	}
	at := protocol.At(now)
	e.closeWhere(func(s *Session) bool { return s.expires != 0 && s.expires <= at }, protocol.ReasonTokenExpired)
}
