package engine

import (
	"cmp"
	"context"
	"slices"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
	"agentdesk/protocol/version"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxSummaries is how many chats a login response brings along, the newest; the
// rest is paged with list_chats.
const MaxSummaries = 100

// Refusal is a login that ends the connection: Reason is one of
// agent_disconnected or customer_disconnected.
type Refusal struct{ Reason string }

// Error names the reason.
func (r *Refusal) Error() string { return "login refused: " + r.Reason }

// LoginAgent opens a session for the agent a credential stands for (v3.6
// "Login"). greet gets the response before any push is delivered to sink; it
// runs under the engine's lock and must not block. The session lasts until End.
func (e *Engine) LoginAgent(ctx context.Context, cred Credential, r protocol.LoginRequest, sink Sink, greet func(protocol.LoginResponse)) (*Session, error) {
	return e.LoginAgentAt(ctx, version.Canonical, cred, r, sink, greet)
}

// LoginAgentAt is LoginAgent for a connection of another version: the pushes
// come in its words.
func (e *Engine) LoginAgentAt(ctx context.Context, v version.Version, cred Credential, r protocol.LoginRequest, sink Sink, greet func(protocol.LoginResponse)) (*Session, error) {
	if err := checkLevel(v, r.MonitoringLevel); err != nil {
		return nil, err
	}
	pushes, err := subscribed(v, r.Pushes)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	a := e.dir.Load().agents[cred.UserID]
	if a == nil {
		return nil, protocol.Fail(protocol.ErrAuthentication, "This account is no agent here.")
	}
	if err := mayConnect(a); err != nil {
		return nil, err
	}
	p := e.presence(a.ID)
	if err := e.crowded(p, v); err != nil {
		return nil, err
	}
	s := &Session{
		ID: NewID(), Kind: protocol.UserAgent, UserID: a.ID, Client: cred.ClientID, scopes: cred.Scopes.within(a.Role), token: cred.Hash, expires: cred.ExpiresAt,
		away: r.Away, level: cmp.Or(r.MonitoringLevel, p.level(v)), version: v, pushes: pushes, sink: sink,
	}
	status := p.status
	if !p.online() {
		status = e.firstStatus(a)
		if r.Reconnect && a.RoutingStatus != "" {
			status = a.RoutingStatus
		}
	}
	greeting, err := e.greeting(ctx, s, a, status)
	if err != nil {
		return nil, err
	}
	greet(greeting)
	e.evict(p)
	p.sessions, p.leftAt = append(p.sessions, s), time.Time{}
	e.setStatus(ctx, Actor{Session: s}, a.ID, status)
	e.announce(Actor{}, func(w *work) { w.welcome(s) })
	if r.MonitoringLevel != "" && v >= version.V33 {
		e.shareLevel(p, s)
	}
	e.settle(ctx)
	return s, nil
}

func checkLevel(v version.Version, level string) error {
	switch {
	case slices.Contains([]string{"", "my", "chatting", "invited", "online"}, level), level == "highest_available" && v >= version.V34:
		return nil
	}
	return invalid("customer_monitoring_level", "must be my, chatting, invited, online or, from 3.4, highest_available")
}

// level is the customer monitoring level of a login that names none: the one in
// force on the agent's other connections, or my. Before 3.3 there are no levels,
// and agents see everybody.
func (p *agentPresence) level(v version.Version) string {
	if v < version.V33 {
		return "online"
	}
	for _, s := range p.sessions {
		if s.version >= version.V33 {
			return s.level
		}
	}
	return "my"
}

// greeting is the login response. mu is held.
func (e *Engine) greeting(ctx context.Context, s *Session, a *store.Agent, status string) (protocol.LoginResponse, error) {
	l := e.dir.Load().license
	id, _ := protocol.Encode(formatInt(l.ID))
	out := protocol.LoginResponse{
		License: protocol.License{ID: id, OrganizationID: l.OrganizationID, Plan: l.Plan, Extra: licenseExtra(l)},
		MyProfile: protocol.MyProfile{
			ID: a.ID, Type: protocol.UserAgent, Name: a.Name, Email: a.ID, Avatar: a.Avatar, Present: true,
			RoutingStatus: status, Permission: a.Role,
		},
		ChatsSummary: []protocol.ChatSummary{},
	}
	if !s.scopes.Any("chats--access:ro") {
		return out, nil
	}
	var mine []*store.Chat
	for _, c := range e.live {
		if agentSees(s.scopes, a, c, "ro") {
			mine = append(mine, c)
		}
	}
	slices.SortFunc(mine, func(x, y *store.Chat) int { return int(y.SortAt - x.SortAt) })
	for _, c := range mine[:min(len(mine), MaxSummaries)] {
		out.ChatsSummary = append(out.ChatsSummary, e.summaryView(c, a.ID, func(id string) *store.Customer {
			found, _ := e.customerNow(ctx, id)
			return found
		}))
	}
	return out, nil
}

func licenseExtra(l store.License) jsontext.Value {
	b, _ := protocol.Encode(map[string]any{
		"creation_timestamp":   int64(l.CreatedAt) / 1e6,
		"expiration_timestamp": int64(l.Expires()) / 1e6,
		"in_trial":             false,
	})
	return b
}

// UpdateSession lets a session live by another token of the same agent (v3.6
// "Update Session").
func (e *Engine) UpdateSession(by Actor, cred Credential) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if by.Session == nil || cred.UserID != by.ID {
		return protocol.Fail(protocol.ErrAuthentication, "The token belongs to another account.")
	}
	by.Session.token, by.Session.expires, by.Session.scopes = cred.Hash, cred.ExpiresAt, cred.Scopes
	return nil
}

// ScopesOf are the scopes a session has now.
func (e *Engine) ScopesOf(s *Session) Scopes {
	e.mu.Lock()
	defer e.mu.Unlock()
	return s.scopes
}

// Causes of End.
const (
	EndLost      = "disconnected" // the connection broke: the chats are kept for Settings.OfflineGrace
	EndSignedOut = "signed_out"   // the agent left: the chats go to others at once
	EndRemotely  = "remotely_signed_out"
)
