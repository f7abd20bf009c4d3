package customerapi

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// Cookies by which a browser is the same customer again (customer guide,
// section 3.4), and how long they live. Where the server's URL has a port, it
// ends their names.
const (
	cookieID     = "__lc_cid"
	cookieSecret = "__lc_cst"
	cookieLife   = 2 * 365 * 24 * time.Hour
)

const (
	maxBody  = 16 << 10 // of a token request, in bytes
	minLives = time.Minute
)

// Tokens answers /v2/customer/token and /v2/customer/info, and their v1 paths
// without /v2.
type Tokens struct {
	engine *engine.Engine
	public func() string
	log    *slog.Logger
	asks   *limiter
}

// NewTokens makes the service. public is the server's URL as browsers see it:
// its scheme decides about Secure, its path where the cookies live.
func NewTokens(e *engine.Engine, public func() string, l Limits, log *slog.Logger) *Tokens {
	if public == nil {
		public = func() string { return "" }
	}
	return &Tokens{engine: e, public: public, log: log, asks: newLimiter(l.withDefaults().Tokens)}
}

// tokenRequest is the body of POST …/token. License ids come as numbers or
// strings.
type tokenRequest struct {
	GrantType      string         `json:"grant_type"`
	ClientID       string         `json:"client_id"`
	OrganizationID string         `json:"organization_id"`
	LicenseID      jsontext.Value `json:"license_id"`
	EntityID       string         `json:"entity_id"`
	ExpiresIn      int64          `json:"expires_in"`
	Extra          jsontext.Value `json:",embed"`
}

// grant is the answer: a token of a customer.
type grant struct {
	AccessToken    string `json:"access_token"`
	ClientID       string `json:"client_id,omitzero"`
	EntityID       string `json:"entity_id"`
	ExpiresIn      int64  `json:"expires_in"`
	TokenType      string `json:"token_type"`
	OrganizationID string `json:"organization_id"`
}

// refusal is how the accounts service says no. Clients look for these keys, not
// for the status.
type refusal struct {
	status int
	code   string
	text   string
}

func (r *refusal) Error() string { return r.code + ": " + r.text }

// Create answers POST: grant_type cookie makes or recognizes the browser's
// customer, agent_token lets an integration create or reissue one. The body is
// JSON whatever its content type says.
func (t *Tokens) Create(w http.ResponseWriter, r *http.Request) {
	transport.Cross(w, r)
	if host, _, _ := net.SplitHostPort(r.RemoteAddr); !t.asks.allow(host, t.engine.Now()) {
		t.refuse(w, &refusal{http.StatusTooManyRequests, "temporarily_unavailable", "Too many tokens were asked for: wait a few seconds."})
		return
	}
	in, err := t.read(w, r)
	var id string
	if err == nil {
		switch in.GrantType {
		case "cookie":
			id, err = t.byCookie(w, r)
		case "agent_token":
			id, err = t.byAgent(r, in)
		case "":
			err = &refusal{http.StatusBadRequest, "invalid_request", "grant_type is missing."}
		default:
			err = &refusal{http.StatusBadRequest, "unsupported_grant_type", "This server grants tokens for cookie and agent_token."}
		}
	}
	if err != nil {
		t.refuse(w, err)
		return
	}
	spec := engine.TokenSpec{Kind: store.TokenCustomer, OwnerID: id, ClientID: in.ClientID}
	if in.ExpiresIn > 0 {
		lives := min(time.Duration(min(in.ExpiresIn, 1<<30))*time.Second, t.engine.Settings().TokenLifetime)
		spec.Lifetime = max(lives, minLives)
	}
	token, k, err := t.engine.CreateToken(r.Context(), spec)
	if err != nil {
		t.refuse(w, err)
		return
	}
	out := t.grant(token, k.OwnerID, k.ClientID, k.ExpiresAt)
	if in.GrantType == "cookie" {
		out.ClientID = ""
	}
	transport.Write(w, http.StatusOK, out)
}

func (t *Tokens) read(w http.ResponseWriter, r *http.Request) (tokenRequest, error) {
	var in tokenRequest
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil || protocol.Decode(body, &in) != nil {
		return in, &refusal{http.StatusBadRequest, "invalid_request", "The request is not a JSON object."}
	}
	if len(in.ClientID) > protocol.MaxID {
		return in, &refusal{http.StatusBadRequest, "invalid_request", "client_id is too long."}
	}
	l := t.engine.License()
	license := strings.Trim(string(in.LicenseID), `"`)
	if in.OrganizationID != "" && in.OrganizationID != l.OrganizationID || license != "" && license != "null" && license != jsonInt(l.ID) {
		return in, &refusal{http.StatusBadRequest, "invalid_request", "There is no such organization or license here."}
	}
	return in, nil
}

func jsonInt(n int64) string { b, _ := protocol.Encode(n); return string(b) }

// byAgent is for integrations: an agent's OAuth token with the scope
// customers:own. A personal access token does not do.
func (t *Tokens) byAgent(r *http.Request, in tokenRequest) (string, error) {
	header := r.Header.Get("Authorization")
	scheme, _, _ := strings.Cut(header, " ")
	cred, err := t.engine.Authenticate(r.Context(), header)
	if err != nil || !strings.EqualFold(scheme, "Bearer") || cred.Kind != protocol.UserAgent {
		return "", &refusal{http.StatusUnauthorized, "invalid_token", "The access token is no agent's, or it has expired."}
	}
	if !cred.Scopes.Any("customers:own") {
		return "", &refusal{http.StatusForbidden, "access_denied", "The access token lacks the scope customers:own."}
	}
	if in.EntityID != "" {
		c, err := t.engine.Customer(r.Context(), in.EntityID)
		if err != nil {
			return "", &refusal{http.StatusBadRequest, "invalid_request", "There is no such customer."}
		}
		return c.ID, nil
	}
	c, err := t.engine.CreateCustomer(r.Context(), "", "", engine.CustomerChange{})
	return c.ID, err
}

func (t *Tokens) grant(token, owner, client string, expires protocol.Time) grant {
	g := grant{AccessToken: token, ClientID: client, EntityID: owner, TokenType: "Bearer", OrganizationID: t.engine.License().OrganizationID}
	if expires != 0 {
		g.ExpiresIn = int64((expires.Time().Sub(t.engine.Now()) + time.Second/2) / time.Second)
	}
	return g
}

// presented is the customer token a request is about: its Authorization header,
// or the query's code.
func (t *Tokens) presented(r *http.Request) (string, engine.Credential, error) {
	header := r.Header.Get("Authorization")
	if code := r.URL.Query().Get("code"); code != "" {
		header = "Bearer " + code
	}
	cred, err := t.engine.Authenticate(r.Context(), header)
	if err != nil || cred.Kind != protocol.UserCustomer {
		return "", cred, &refusal{http.StatusUnauthorized, "invalid_token", "The access token is no customer's, or it has expired."}
	}
	_, token, _ := strings.Cut(header, " ")
	return strings.TrimSpace(token), cred, nil
}

// Info answers GET …/info: whose a token is.
func (t *Tokens) Info(w http.ResponseWriter, r *http.Request) {
	transport.Cross(w, r)
	token, cred, err := t.presented(r)
	if err != nil {
		t.refuse(w, err)
		return
	}
	transport.Write(w, http.StatusOK, t.grant(token, cred.UserID, cred.ClientID, cred.ExpiresAt))
}

// Revoke answers DELETE …/token: the token ends with its connections.
func (t *Tokens) Revoke(w http.ResponseWriter, r *http.Request) {
	transport.Cross(w, r)
	_, cred, err := t.presented(r)
	if err == nil {
		err = t.engine.RevokeToken(r.Context(), cred.Hash)
	}
	if err != nil {
		t.refuse(w, err)
		return
	}
	transport.Write(w, http.StatusOK, nil)
}

// Preflight answers OPTIONS.
func (t *Tokens) Preflight(w http.ResponseWriter, r *http.Request) { transport.Cross(w, r) }

func (t *Tokens) refuse(w http.ResponseWriter, err error) {
	var no *refusal
	if !errors.As(err, &no) {
		t.log.Error("a customer's token request failed", "err", err)
		no = &refusal{http.StatusInternalServerError, "server_error", "The server could not do it now."}
	}
	transport.Write(w, no.status, map[string]string{"oauth_exception": no.code, "exception_description": no.text})
}
