package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/relay"
)

// stream is the agent's events, for as long as the tab is open. Whose events
// they are comes from the session alone.
func (s *Server) stream(c echo.Context) error {
	v, ctx := visitIn(c), c.Request().Context()
	v.desk.Attach()
	// The writer below echo's own, whose Flush hides errors.
	err := s.Hub.Serve(c.Response().Writer, c.Request(), relay.Tab{
		Topic: v.agent(), Session: v.session.Key,
		Valid: func() bool { return s.Auth.Alive(ctx, v.session.Key) },
		Left:  v.desk.Detach,
	})
	if err != nil {
		v.desk.Detach()
	}
	return err
}

// canStream answers for a stream without opening one: admit has said 401 or
// 503 where there is none to be had.
func (s *Server) canStream(c echo.Context) error {
	if !s.Readiness().Ready {
		return desk.Fail(desk.Unavailable, "The dashboard is being restarted.")
	}
	return c.NoContent(http.StatusOK)
}
