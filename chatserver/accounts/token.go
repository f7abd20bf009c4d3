package accounts

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// maxBody bounds a token request, in bytes.
const maxBody = 16 << 10

// Service answers /v2/token, /v2/info and /v2/accounts/me.
type Service struct {
	engine *engine.Engine
	log    *slog.Logger
	tries  *limiter
}

// New makes the service.
func New(e *engine.Engine, log *slog.Logger) *Service {
	return &Service{engine: e, log: log, tries: newLimiter()}
}

// Grant is the answer to a granted token.
type Grant struct {
	AccessToken    string `json:"access_token"`
	AccountID      string `json:"account_id"`
	OrganizationID string `json:"organization_id"`
	ExpiresIn      int64  `json:"expires_in"` // seconds; 0: never
	Scope          string `json:"scope"`      // comma-separated
	TokenType      string `json:"token_type"`
	ClientID       string `json:"client_id,omitempty"`
	EntityID       string `json:"entity_id,omitempty"`
}

// Create answers POST /v2/token with grant_type=password, email and password:
// a new access token with all scopes of the agent's role. The body may be a form
// or JSON.
func (s *Service) Create(w http.ResponseWriter, r *http.Request) {
	in, err := fields(w, r)
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, "invalid_request", "The request is neither a form nor a JSON object of strings.")
		return
	}
	if in["grant_type"] != "password" {
		refuse(w, http.StatusUnauthorized, "unsupported_grant_type", "This server grants tokens for grant_type password.")
		return
	}
	email := strings.ToLower(strings.TrimSpace(in["email"]))
	if !s.tries.allow(email, s.engine.Now()) {
		refuse(w, http.StatusTooManyRequests, "temporarily_unavailable", "Too many attempts to sign in: wait a minute.")
		return
	}
	id, ok, err := s.engine.CheckPassword(r.Context(), email, in["password"])
	if err != nil {
		refuse(w, http.StatusServiceUnavailable, "temporarily_unavailable", "The server is busy.")
		return
	}
	if !ok {
		refuse(w, http.StatusUnauthorized, "invalid_grant", "The e-mail address or the password is wrong.")
		return
	}
	s.tries.forget(email)
	token, k, err := s.engine.CreateToken(r.Context(), engine.TokenSpec{OwnerID: id, ClientID: in["client_id"]})
	if err != nil {
		s.fail(w, "create token", err)
		return
	}
	transport.Write(w, http.StatusOK, s.grant(token, k))
}

func (s *Service) grant(token string, k store.Token) Grant {
	g := Grant{
		AccessToken: token, OrganizationID: s.engine.License().OrganizationID, Scope: strings.Join(k.Scopes, ","),
		TokenType: "Bearer", ClientID: k.ClientID,
	}
	if a, ok := s.engine.Agent(k.OwnerID); ok {
		g.AccountID = a.AccountID
	} else {
		g.EntityID = k.OwnerID
	}
	if k.ExpiresAt != 0 {
		g.ExpiresIn = max(0, int64(k.ExpiresAt.Time().Sub(s.engine.Now()).Seconds()))
	}
	return g
}

// presented is the token a request is about: its Authorization header, or the
// query's code.
func (s *Service) presented(r *http.Request) string {
	if code := r.URL.Query().Get("code"); code != "" {
		return "Bearer " + code
	}
	return r.Header.Get("Authorization")
}

// Info answers GET /v2/info: whose a token is and what it allows.
func (s *Service) Info(w http.ResponseWriter, r *http.Request) {
	header := s.presented(r)
	c, err := s.engine.Authenticate(r.Context(), header)
	if err != nil {
		s.deny(w, err)
		return
	}
	_, token, _ := strings.Cut(header, " ")
	transport.Write(w, http.StatusOK, s.grant(token, store.Token{OwnerID: c.UserID, ClientID: c.ClientID, Scopes: c.Names, ExpiresAt: c.ExpiresAt}))
}

// Revoke answers DELETE /v2/token: the token ends with its connections.
func (s *Service) Revoke(w http.ResponseWriter, r *http.Request) {
	c, err := s.engine.Authenticate(r.Context(), s.presented(r))
	if err != nil {
		s.deny(w, err)
		return
	}
	if err := s.engine.RevokeToken(r.Context(), c.Hash); err != nil {
		s.fail(w, "revoke token", err)
		return
	}
	transport.Write(w, http.StatusOK, nil)
}

// Me answers GET /v2/accounts/me.
func (s *Service) Me(w http.ResponseWriter, r *http.Request) {
	c, err := s.engine.Authenticate(r.Context(), r.Header.Get("Authorization"))
	a, ok := s.engine.Agent(c.UserID)
	if err != nil || !ok {
		s.deny(w, err)
		return
	}
	transport.Write(w, http.StatusOK, map[string]any{
		"account_id": a.AccountID, "email": a.ID, "name": a.Name, "avatar_url": a.Avatar, "email_verified": true,
	})
}

func (s *Service) deny(w http.ResponseWriter, err error) {
	var pe *protocol.Error
	if err != nil && !errors.As(err, &pe) {
		s.fail(w, "check token", err)
		return
	}
	refuse(w, http.StatusUnauthorized, "invalid_token", "The access token is invalid or has expired.")
}

func (s *Service) fail(w http.ResponseWriter, op string, err error) {
	s.log.Error("accounts: "+op, "err", err)
	refuse(w, http.StatusInternalServerError, "server_error", "The server failed.")
}

func refuse(w http.ResponseWriter, status int, code, text string) {
	transport.Write(w, status, map[string]string{"error": code, "error_description": text})
}

// fields reads a form or a flat JSON object; values that are no strings are
// ignored.
func fields(w http.ResponseWriter, r *http.Request) (map[string]string, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/x-www-form-urlencoded" {
		form, err := url.ParseQuery(string(body))
		for k := range form {
			out[k] = form.Get(k)
		}
		return out, err
	}
	var doc map[string]any
	if err := protocol.Decode(body, &doc); err != nil {
		return nil, err
	}
	for k, v := range doc {
		if text, ok := v.(string); ok {
			out[k] = text
		}
	}
	return out, nil
}
