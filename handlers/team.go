package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

func (s *Server) showTeam(c echo.Context) error {
	return s.teamPage(c, http.StatusOK, "")
}

// teamPage draws the team, with the sentence of what went wrong where there is
// one.
func (s *Server) teamPage(c echo.Context, status int, mistake string) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	team, err := visitIn(c).desk.Team(c.Request().Context())
	if err != nil {
		return err
	}
	p := views.TeamPage{Page: in.Page, Team: team, Groups: in.Inbox.Groups, Error: mistake}
	p.Active, p.Title, p.Refresh = views.NavTeam, "Team", listRefresh
	return s.render(c, status, views.Team(p))
}

// setTeamStatus switches a colleague's routing status, which administrators may.
func (s *Server) setTeamStatus(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	agent := f.values.Get("agent_id")
	if !validID(agent) {
		return &desk.Error{Code: desk.Invalid, Text: "There is no such agent.", Field: "agent_id"}
	}
	status, err := acceptance(f.values.Get("status"))
	if err == nil {
		_, err = visitIn(c).desk.Do(c.Request().Context(), desk.SetStatus{AgentID: agent, Status: status})
	}
	if err == nil {
		return s.done(c, s.path("team"))
	}
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return err
	}
	return s.teamPage(c, problemOf(err).status, desk.TextOf(err))
}

// acceptance reads a routing status.
func acceptance(value string) (desk.RoutingStatus, error) {
	switch status := desk.RoutingStatus(value); status {
	case desk.Accepting, desk.NotAccepting, desk.Offline:
		return status, nil
	}
	return "", &desk.Error{Code: desk.Invalid, Text: "Choose whether chats are accepted.", Field: "status"}
}
