package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"

	"agentdesk/auth"
	"agentdesk/relay"
	"agentdesk/views"
)

// Options are the parts that handlers work with. Auth, Desks, Hub and Canned are
// required.
type Options struct {
	Base  string // base path, "" or such as "/desk"
	Auth  *auth.Manager
	Desks Desks
	Hub   *relay.Hub

	Canned Canned // the team's canned responses
	Push   Push   // calls agents where no tab is open
	Limits Limits // from when on a wait is marked; nil: the same for all
	Views  Views  // saved views of the lists; nil: there are none
	Notes  Notes  // the team's notes about customers; nil: there are none

	Passwords bool // the chat server can be asked for tokens
	Embedded  bool // the chat server is the embedded one
	Demo      []views.DemoAccount
	DemoShop  string // path of the demo shop below the base

	Readiness   func() Readiness
	Metrics     http.Handler   // GET /metrics; nil leaves it out
	MetricsFrom []netip.Prefix // who may read them
	Proxies     []netip.Prefix // whose X-Forwarded-For is believed
	// Observe is told of every finished request, with the pattern of its route.
	// Streams are left out.
	Observe func(method, route string, status int, took time.Duration)

	Now    func() time.Time // nil is time.Now
	Zone   *time.Location   // of printed times and of dates in filters; nil is UTC
	Logger *slog.Logger     // nil discards
}

// Readiness is what /readyz answers. Ready may be true while the chat server is
// away: pages are still served, and say so.
type Readiness struct {
	Ready    bool           `json:"ready"`
	Upstream string         `json:"upstream"` // embedded, or the origin
	Sessions map[string]int `json:"sessions"` // agents' connections by state
}

// Desks are the desks of the agents who are signed in. Safe for concurrent use.
type Desks interface {
	// PasswordToken trades an e-mail address and a password for an access token.
	PasswordToken(ctx context.Context, email, password string) (string, error)
	// SignIn proves a token at the chat server and gives the desk of its agent.
	SignIn(ctx context.Context, token auth.Secret) (Desk, error)
	// Open gives an agent's desk and starts it with the token where it does not
	// run. A desk that is starting is waited for, but no longer than ctx lives:
	// then it is given as it is.
	Open(ctx context.Context, agentID string, token auth.Secret) (Desk, error)
	// SignOut closes an agent's desk and tells the chat server.
	SignOut(ctx context.Context, agentID string)
}

// Server answers the dashboard's requests. It is safe for concurrent use.
type Server struct {
	Options
	log   *slog.Logger
	echo  *echo.Echo
	rooms map[string]bool // the first parts of all routes' paths
}

// New builds the routes. It starts nothing.
func New(o Options) *Server {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Observe == nil {
		o.Observe = func(string, string, int, time.Duration) {}
	}
	if o.Readiness == nil {
		o.Readiness = func() Readiness { return Readiness{Ready: true} }
	}
	s := &Server{Options: o, log: o.Logger, echo: echo.New()}
	s.build()
	return s
}

// ServeHTTP answers a request whose path begins with the base path, or one that
// a proxy has taken it off.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.echo.ServeHTTP(w, StripBase(r, s.Base, s.Serves))
}
