package engine

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// tokensPerClient is how many access tokens of one client an agent may have at
// once; the oldest is revoked (api guide, section 1).
const tokensPerClient = 25

// Credential is a checked token: whose it is and what it allows.
type Credential struct {
	Kind      string // protocol.UserAgent or protocol.UserCustomer
	UserID    string
	Bot       bool // the user is a program
	ClientID  string
	Hash      string
	Scopes    Scopes
	Names     []string // the scopes as the token lists them
	CreatedAt protocol.Time
	ExpiresAt protocol.Time // zero: never
}

// Actor is who acts with the credential.
func (c Credential) Actor() Actor {
	return Actor{Kind: c.Kind, ID: c.UserID, Scopes: c.Scopes, Client: c.ClientID}
}

func badToken() error {
	return protocol.Fail(protocol.ErrAuthentication, "The access token is invalid or has expired.")
}

// Authenticate checks a credential as it is sent in the Authorization header or
// in login.token: "Bearer token", "Basic base64(account:token)", or a bare
// token.
func (e *Engine) Authenticate(ctx context.Context, header string) (Credential, error) {
	scheme, value, ok := strings.Cut(strings.TrimSpace(header), " ")
	if !ok {
		scheme, value = "Bearer", scheme
	}
	value = strings.TrimSpace(value)
	switch {
	case value == "" || len(value) > 4096:
		return Credential{}, badToken()
	case strings.EqualFold(scheme, "Bearer"):
		return e.byToken(ctx, value, func(k store.Token) bool { return k.Kind != store.TokenPersonal })
	case strings.EqualFold(scheme, "Basic"):
		raw, err := base64.StdEncoding.DecodeString(value)
		account, token, ok := strings.Cut(string(raw), ":")
		if err != nil || !ok {
			return Credential{}, badToken()
		}
		return e.byToken(ctx, token, func(k store.Token) bool {
			a, found := e.AgentByAccount(account)
			return found && k.Kind == store.TokenPersonal && k.OwnerID == a.ID
		})
	}
	return Credential{}, badToken()
}

func (e *Engine) byToken(ctx context.Context, token string, fits func(store.Token) bool) (Credential, error) {
	k, err := e.store.Token(ctx, HashToken(token))
	if errors.Is(err, store.ErrNotFound) {
		return Credential{}, badToken()
	}
	if err != nil {
		return Credential{}, err
	}
	if !fits(k) || k.ExpiresAt != 0 && k.ExpiresAt <= protocol.At(e.now()) {
		return Credential{}, badToken()
	}
	if err := e.licensed(e.now()); err != nil {
		return Credential{}, err
	}
	c := Credential{Kind: protocol.UserAgent, UserID: k.OwnerID, ClientID: k.ClientID, Hash: k.Hash, Names: k.Scopes, CreatedAt: k.CreatedAt, ExpiresAt: k.ExpiresAt}
	if k.Kind == store.TokenCustomer {
		c.Kind, c.Scopes = protocol.UserCustomer, NewScopes(k.Scopes)
		return c, nil
	}
	a, ok := e.Agent(k.OwnerID)
	switch {
	case !ok || (k.Kind == store.TokenBot) != (a.Details.Bot != nil):
		return Credential{}, badToken()
	case a.Suspended:
		return Credential{}, protocol.Fail(protocol.ErrRequesterSuspended, "The account is suspended.")
	case a.Details.Awaiting:
		return Credential{}, protocol.Fail(protocol.ErrRequesterAwaiting, "The account awaits approval.")
	}
	c.Scopes, c.Bot = NewScopes(k.Scopes), a.Details.Bot != nil
	if !c.Bot {
		c.Scopes = c.Scopes.within(a.Role)
	}
	return c, nil
}

// TokenSpec says what CreateToken makes. Empty fields have defaults: a random
// Token, all scopes of the agent's role, the default lifetime (personal tokens
// and Lifetime < 0: for ever).
type TokenSpec struct {
	Kind     string // store.TokenAgent (default), TokenPersonal or TokenCustomer
	OwnerID  string
	ClientID string
	Token    string
	Scopes   []string
	Lifetime time.Duration
}

// CreateToken keeps a new token, or one given by the caller, and returns it with
// its record. It is not kept in the clear: this is the only time it is seen.
func (e *Engine) CreateToken(ctx context.Context, t TokenSpec) (string, store.Token, error) {
	if t.Kind == "" {
		t.Kind = store.TokenAgent
	}
	if t.Token == "" {
		t.Token = NewToken()
	}
	now := e.now()
	k := store.Token{Hash: HashToken(t.Token), Kind: t.Kind, OwnerID: t.OwnerID, ClientID: t.ClientID, Scopes: t.Scopes, CreatedAt: protocol.At(now)}
	if t.Kind != store.TokenCustomer {
		a, ok := e.Agent(t.OwnerID)
		if !ok {
			return "", k, notFound("agent")
		}
		if k.Scopes == nil {
			k.Scopes = RoleScopes(a.Role)
		}
	}
	if t.Lifetime == 0 && t.Kind != store.TokenPersonal {
		t.Lifetime = e.set.TokenLifetime
	}
	if t.Lifetime > 0 {
		k.ExpiresAt = protocol.At(now.Add(t.Lifetime))
	}
	var revoked []string
	err := e.store.Update(ctx, func(tx *store.Tx) (err error) {
		if err = tx.PutToken(k); err == nil {
			revoked, err = tx.TrimTokens(protocol.At(now), k.OwnerID, k.ClientID, tokensPerClient)
		}
		return err
	})
	if len(revoked) > 0 && err == nil {
		e.mu.Lock()
		e.closeWhere(func(s *Session) bool { return slices.Contains(revoked, s.token) }, protocol.ReasonTokenRevoked)
		e.mu.Unlock()
	}
	return t.Token, k, err
}

// RevokeToken deletes a token and ends the sessions that live by it.
func (e *Engine) RevokeToken(ctx context.Context, hash string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.store.Update(ctx, func(t *store.Tx) error { return t.DeleteToken(hash) }); err != nil {
		return err
	}
	e.closeWhere(func(s *Session) bool { return s.token == hash }, protocol.ReasonTokenRevoked)
	return nil
}

// closeWhere asks sessions to end. They call End when they have.
func (e *Engine) closeWhere(which func(*Session) bool, reason string) {
	for _, p := range e.agents {
		for _, s := range p.sessions {
			if which(s) {
				s.sink.Close(reason)
			}
		}
	}
	for _, v := range e.visitors {
		for _, s := range v.sessions {
			if which(s) {
				s.sink.Close(reason)
			}
		}
	}
}
