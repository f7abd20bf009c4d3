package auth

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// Identity is who signs in, as the chat server confirmed it.
type Identity struct {
	AgentID string
	Name    string
	Token   Secret // the agent's token at the chat server, with its scheme
}

// Session is a signed-in browser.
type Session struct {
	Key       string // SHA-256 of the cookie's id in hex: tells sessions apart, opens none
	AgentID   string
	Name      string
	Device    string // the browser as it named itself (User-Agent), "" where it did not
	Token     Secret // empty in lists and in OnEnd
	CreatedAt time.Time
	SeenAt    time.Time // last time the agent did something; an open stream does nothing
}

// The reasons OnEnd gives.
const (
	SignedOut = "signed-out" // by the agent, here or elsewhere, or by a new sign-in of the same browser
	Expired   = "expired"    // idle or too old
)

// Record is a session as it is kept. It is an alias of a struct type without a
// name, so that a store satisfies Store without importing this package.
type Record = struct {
	Key       string // 64 hex digits
	AgentID   string
	Name      string
	Device    string
	Token     []byte // sealed
	CreatedAt time.Time
	SeenAt    time.Time
}

// Store keeps sessions. Its methods are safe for concurrent use. None but
// PutSession may bring a deleted session back.
type Store interface {
	// PutSession adds a session.
	PutSession(ctx context.Context, r Record) error
	// Session finds one by key.
	Session(ctx context.Context, key string) (r Record, found bool, err error)
	// TouchSession sets SeenAt.
	TouchSession(ctx context.Context, key string, seen time.Time) error
	// ResealSession replaces the sealed token.
	ResealSession(ctx context.Context, key string, token []byte) error
	// DeleteSession forgets one and reports whether it was there.
	DeleteSession(ctx context.Context, key string) (bool, error)
	// AgentSessions lists an agent's sessions, oldest first.
	AgentSessions(ctx context.Context, agentID string) ([]Record, error)
	// StaleSessions lists those last seen, or created, at or before a moment.
	StaleSessions(ctx context.Context, seen, created time.Time) ([]Record, error)
}

// maxDevice bounds what is kept of a browser's name for itself, in bytes.
const maxDevice = 300

// deviceOf is how a browser names itself. What cannot be shown is left out.
func deviceOf(r *http.Request) string {
	s := r.UserAgent()
	s = strings.ToValidUTF8(s[:min(len(s), maxDevice)], "")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, s)
}

func (m *Manager) listed(r Record) Session {
	return Session{Key: r.Key, AgentID: r.AgentID, Name: r.Name, Device: r.Device, CreatedAt: r.CreatedAt, SeenAt: m.seenAt(r)}
}
