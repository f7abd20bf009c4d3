package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// SignIn begins a session for whom the chat server has confirmed, with a new
// id; a session that the browser had before ends. Call it before anything is
// written to w.
func (m *Manager) SignIn(w http.ResponseWriter, r *http.Request, who Identity) (Session, error) {
	sess, err := m.gorilla(r)
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	if sess.ID != "" {
		m.end(context.WithoutCancel(r.Context()), keyOf([]byte(sess.ID)), SignedOut)
	}
	now, options := m.now(), m.cookie.options
	sess.ID, sess.Options = "", &options
	sess.Values[valueKey{}] = Session{AgentID: who.AgentID, Name: who.Name, Device: deviceOf(r), Token: who.Token, CreatedAt: now, SeenAt: now}
	if err := sess.Save(r, w); err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	return sess.Values[valueKey{}].(Session), nil
}

// Current returns the browser's session and counts as something the agent did.
// Use Peek for requests that a page makes by itself.
func (m *Manager) Current(r *http.Request) (Session, bool) {
	s, ok := m.Peek(r)
	if ok {
		s.SeenAt = m.touch(r.Context(), s)
	}
	return s, ok
}

// Peek returns the browser's session without prolonging it: for GET /events and
// whatever else happens while nobody is there.
func (m *Manager) Peek(r *http.Request) (Session, bool) {
	sess, err := m.gorilla(r)
	if err != nil {
		m.log.Error("session not read", "err", err)
		return Session{}, false
	}
	s, ok := sess.Values[valueKey{}].(Session)
	return s, ok
}

// SignOut ends the browser's session and tells the browser to forget what it
// keeps for us. It returns the session that ended, if there was one. Call it
// before anything is written to w.
func (m *Manager) SignOut(w http.ResponseWriter, r *http.Request) (Session, bool) {
	sess, err := m.gorilla(r)
	if err != nil {
		m.log.Error("session not read", "err", err)
		return Session{}, false
	}
	s, ok := sess.Values[valueKey{}].(Session)
	sess.Options.MaxAge = -1
	if err := sess.Save(r, w); err != nil {
		m.log.Error("session not ended", "err", err)
	}
	if m.clearData != "" {
		w.Header().Set("Clear-Site-Data", m.clearData)
	}
	return s, ok
}

// Alive reports whether a session has neither ended nor expired. Serve a stream
// with it, so that a sign-out in the same moment is not missed.
func (m *Manager) Alive(ctx context.Context, key string) bool {
	rec, found, err := m.store.Session(ctx, key)
	return err == nil && found && !m.stale(rec)
}

// Sessions lists an agent's sessions, oldest first and without tokens.
func (m *Manager) Sessions(ctx context.Context, agentID string) ([]Session, error) {
	recs, err := m.store.AgentSessions(ctx, agentID)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	var list []Session
	for _, r := range recs {
		if !m.stale(r) {
			list = append(list, m.listed(r))
		}
	}
	return list, nil
}

// End ends one session of an agent, from a list of them. It reports whether
// there was such a session of this agent.
func (m *Manager) End(ctx context.Context, agentID, key string) (bool, error) {
	rec, found, err := m.store.Session(ctx, key)
	if err != nil {
		return false, fmt.Errorf("end session: %w", err)
	}
	if !found || rec.AgentID != agentID {
		return false, nil
	}
	return m.end(ctx, key, SignedOut), nil
}

// EndOthers ends an agent's sessions but one.
func (m *Manager) EndOthers(ctx context.Context, agentID, keep string) error {
	recs, err := m.store.AgentSessions(ctx, agentID)
	if err != nil {
		return fmt.Errorf("end other sessions: %w", err)
	}
	for _, r := range recs {
		if r.Key != keep {
			m.end(ctx, r.Key, SignedOut)
		}
	}
	return nil
}

// SignOutAgent ends all sessions of an agent: signed out everywhere, or refused
// by the chat server.
func (m *Manager) SignOutAgent(ctx context.Context, agentID string) error {
	recs, err := m.store.AgentSessions(ctx, agentID)
	if err != nil {
		return fmt.Errorf("sign out agent: %w", err)
	}
	for _, r := range recs {
		m.end(ctx, r.Key, SignedOut)
	}
	return nil
}

// find reads a session and opens its token.
func (m *Manager) find(ctx context.Context, key string) (Session, bool, error) {
	rec, found, err := m.store.Session(ctx, key)
	if err != nil {
		return Session{}, false, fmt.Errorf("read session: %w", err)
	}
	if !found {
		return Session{}, false, nil
	}
	if m.stale(rec) {
		m.end(context.WithoutCancel(ctx), key, Expired)
		return Session{}, false, nil
	}
	token, old, err := m.sealer.open(rec.AgentID, rec.Key, rec.Token)
	if err != nil {
		// The row stays: its key may be listed again. It expires like any other.
		if !errors.Is(err, errUnknownKey) {
			m.log.Warn("session's token does not open", "err", err)
		}
		return Session{}, false, nil
	}
	if old {
		if err := m.store.ResealSession(ctx, key, m.sealer.seal(rec.AgentID, rec.Key, token)); err != nil {
			m.log.Warn("session's token not sealed anew", "err", err)
		}
	}
	s := m.listed(rec)
	s.Token = NewSecret(token)
	return s, true, nil
}
