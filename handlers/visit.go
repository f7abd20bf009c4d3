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

// reported is what scripts tell as long as a chat stands in a window, and of what
// comes into it there.
var reported = [...]string{viewingPath, seenPath}

// quietHeader is how a script says that it draws a page again which nobody has asked
// for.
const quietHeader = "X-Quiet"

// who is the browser's session. What a page asks for by itself is not use: the
// stream, what pages renew of themselves, what they report. Everything else is.
// Scripts say that somebody is there with POST /here.
func (s *Server) who(c echo.Context) (auth.Session, bool) {
	r, script := c.Request(), byScript(c.Request())
	switch {
	case c.Path() == streamPath, r.Header.Get(quietHeader) != "",
		script && r.Method == get && slices.Contains(renewed[:], c.Path()), script && slices.Contains(reported[:], c.Path()):
		return s.Auth.Peek(r)
	}
	return s.Auth.Current(r)
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
