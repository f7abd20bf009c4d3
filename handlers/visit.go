package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"agentdesk/auth"
	"agentdesk/desk"
)

// startTime is how long a page waits for a desk that is starting, as after a
// restart of the program. Then it is drawn with what there is, and the
// connection bar says the rest.
const startTime = 2 * time.Second

// visit is one request of a signed-in browser.
type visit struct {
	session  auth.Session
	desk     Desk
	position string // of the stream, taken before anything is read
}

func (v *visit) agent() string { return v.session.AgentID }

const visitKey = "visit"

// visitIn is the visit that admit has put into the request.
func visitIn(c echo.Context) *visit { return c.Get(visitKey).(*visit) }

// visitOf finds out who asks and opens that agent's desk.
func (s *Server) visitOf(c echo.Context) (*visit, error) {
	session, ok := s.who(c)
	if !ok {
		return nil, desk.Fail(desk.Unauthorized, "You are signed out. Sign in again to continue.")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), startTime)
	defer cancel()
	d, err := s.Desks.Open(ctx, session.AgentID, session.Token)
	if err != nil {
		return nil, err
	}
	v := &visit{session: session, desk: d}
	if c.Path() != streamPath {
		v.position = s.Hub.Position(session.AgentID)
	}
	return v, nil
}

// renewed are the pages whose scripts ask for them again by themselves.
var renewed = [...]string{inspectorPath, customersPath, customerPath}

// who is the browser's session. What a page asks for by itself is not use: the
// stream, and what pages renew of themselves. Everything else is.
func (s *Server) who(c echo.Context) (auth.Session, bool) {
	if c.Path() == streamPath || c.Request().Method == get && byScript(c.Request()) && slices.Contains(renewed[:], c.Path()) {
		return s.Auth.Peek(c.Request())
	}
	return s.Auth.Current(c.Request())
}

// toSignIn sends a browser to the sign-in page and back afterwards. What it
// posted is not repeated, so after a form it lands on the chats.
func (s *Server) toSignIn(c echo.Context, why string) error {
	q := url.Values{}
	if r := c.Request(); r.Method == http.MethodGet && c.Path() != "/" {
		next := r.URL.EscapedPath()
		if r.URL.RawQuery != "" {
			next += "?" + r.URL.RawQuery
		}
		if next = s.Auth.SafeNext(next); next != "/chats" {
			q.Set("next", next)
		}
	}
	if why != "" {
		q.Set("why", why)
	}
	target := s.path("login")
	if len(q) > 0 {
		target += "?" + q.Encode()
	}
	return c.Redirect(http.StatusSeeOther, target)
}
