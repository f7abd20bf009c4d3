package auth

import (
	"context"
	"time"
)

// sweepEvery is how late an expired session may end.
const sweepEvery = time.Second

// sighting is when a session was last used. The store hears of it at most once
// a minute; until then it is only here.
type sighting struct{ at, stored time.Time }

// Run ends sessions that expire, until ctx ends.
func (m *Manager) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			m.sweep(ctx)
		}
	}
}

func (m *Manager) sweep(ctx context.Context) {
	now := m.now()
	recs, err := m.store.StaleSessions(ctx, now.Add(-m.idle), now.Add(-m.absolute))
	if err != nil {
		if ctx.Err() == nil {
			m.log.Error("expired sessions not read", "err", err)
		}
		return
	}
	for _, r := range recs {
		if m.stale(r) {
			m.end(ctx, r.Key, Expired)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, s := range m.seen { // of requests that were under way when theirs ended
		if now.Sub(s.at) >= m.idle {
			delete(m.seen, key)
		}
	}
}

// Idle is how long a session lasts without use.
func (m *Manager) Idle() time.Duration { return m.idle }

// stale reports whether a session is over by time.
func (m *Manager) stale(r Record) bool {
	now := m.now()
	return now.Sub(m.seenAt(r)) >= m.idle || now.Sub(r.CreatedAt) >= m.absolute
}

func (m *Manager) seenAt(r Record) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.seen[r.Key]; ok && s.at.After(r.SeenAt) {
		return s.at
	}
	return r.SeenAt
}

// touch notes that a session is used now.
func (m *Manager) touch(ctx context.Context, s Session) time.Time {
	now := m.now()
	m.mu.Lock()
	mark, known := m.seen[s.Key]
	if !known {
		mark.stored = s.SeenAt
	}
	mark.at = now
	write := now.Sub(mark.stored) >= min(time.Minute, m.idle/8)
	if write {
		mark.stored = now
	}
	m.seen[s.Key] = mark
	m.mu.Unlock()
	if write {
		if err := m.store.TouchSession(ctx, s.Key, now); err != nil {
			m.log.Warn("session's last use not kept", "err", err)
		}
	}
	return now
}

// end deletes a session and tells OnEnd, once whoever asks first.
func (m *Manager) end(ctx context.Context, key, reason string) bool {
	rec, found, err := m.store.Session(ctx, key)
	if err != nil || !found {
		if err != nil {
			m.log.Error("session not ended", "err", err)
		}
		return false
	}
	s := m.listed(rec)
	deleted, err := m.store.DeleteSession(ctx, key)
	if err != nil {
		m.log.Error("session not ended", "err", err)
		return false
	}
	m.mu.Lock()
	delete(m.seen, key)
	m.mu.Unlock()
	if deleted {
		m.onEnd(s, reason)
	}
	return deleted
}
