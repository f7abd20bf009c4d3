package engine

import (
	"context"
	"slices"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// setStatus changes an agent's routing status, keeps it, and tells the others.
// mu is held; the agent is online.
func (e *Engine) setStatus(ctx context.Context, by Actor, agentID, status string) {
	p := e.presence(agentID)
	if p.status == status {
		return
	}
	p.status = status
	if a := e.dir.Load().agents[agentID]; a != nil && (status != protocol.StatusOffline || p.bot) && a.RoutingStatus != status {
		if err := e.store.Update(ctx, func(t *store.Tx) error { return t.SetRoutingStatus(agentID, status) }); err != nil {
			e.log.Error("a routing status could not be kept", "err", err)
		}
		changed := *a
		changed.RoutingStatus = status
		e.dir.Store(e.dir.Load().with(&changed))
	}
	e.requeue = true
	e.announce(by, func(w *work) {
		w.push(protocol.PushRoutingStatusSet, protocol.RoutingStatusSet{AgentID: agentID, Status: status}, e.everyAgent("agents--all:ro"))
	})
}

// SetRoutingStatus lets an agent accept chats or not (v3.6 "Set Routing
// Status"). Unanswered chats of one who stops accepting go to others, unless
// Settings.KeepOnStop.
func (e *Engine) SetRoutingStatus(ctx context.Context, by Actor, r protocol.RoutingStatusRequest) error {
	id := r.AgentID
	if id == "" {
		id = by.ID
	}
	bot := e.bot(id) != nil
	if r.Status != protocol.StatusAccepting && r.Status != protocol.StatusNotAccepting && !(bot && r.Status == protocol.StatusOffline) {
		return invalid("status", "must be accepting_chats or not_accepting_chats, or offline for a bot")
	}
	if id != by.ID && !by.Scopes.Any("agents--all:rw") && !(bot && by.Scopes.Any("agents-bot--all:rw")) {
		return protocol.Fail(protocol.ErrAuthorization, "You may not set the status of another agent.")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.dir.Load().agents[id] == nil {
		return notFound("agent")
	}
	p := e.presence(id)
	if !p.online() && !bot {
		if id == by.ID {
			return protocol.Fail(protocol.ErrRequesterOffline, "You are not logged in.")
		}
		return protocol.Fail(protocol.ErrAgentOffline, "The agent is offline.")
	}
	ctx = context.WithoutCancel(ctx)
	e.setStatus(ctx, by, id, r.Status)
	if r.Status == protocol.StatusOffline || r.Status == protocol.StatusNotAccepting && !e.set.KeepOnStop {
		e.giveBack(ctx, id, "other", r.Status != protocol.StatusOffline)
	}
	e.settle(ctx)
	return nil
}

// SetAway tells that nobody sits before this connection (v3.6 "Set Away
// Status"). An agent away on all connections gets no new chats.
func (e *Engine) SetAway(ctx context.Context, by Actor, away bool) error {
	if by.Session == nil {
		return protocol.Fail(protocol.ErrRequesterOffline, "You are not logged in.")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	by.Session.away = away
	e.requeue = true
	e.settle(context.WithoutCancel(ctx))
	return nil
}

// End closes a session. It may be called more than once.
func (e *Engine) End(s *Session, cause string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.end(s, cause)
}

func (e *Engine) end(s *Session, cause string) {
	if s.ended {
		return
	}
	s.ended = true
	ctx := context.Background()
	if s.Kind == protocol.UserCustomer {
		e.leave(s)
		return
	}
	p := e.presence(s.UserID)
	p.sessions = slices.DeleteFunc(slices.Clone(p.sessions), func(x *Session) bool { return x == s })
	if !p.online() {
		p.leftAt, p.cause = e.now(), cause
		if cause != EndLost {
			e.goOffline(ctx, s.UserID)
		}
	}
	e.requeue = true
	e.settle(ctx)
}

// goOffline is the end of an agent's presence: his chats go to others.
func (e *Engine) goOffline(ctx context.Context, agentID string) {
	p := e.presence(agentID)
	p.leftAt = time.Time{}
	e.setStatus(ctx, Actor{}, agentID, protocol.StatusOffline)
	e.loggedOut(ctx, agentID)
	e.giveBack(ctx, agentID, p.cause, false)
}
