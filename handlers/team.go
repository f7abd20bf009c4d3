package handlers

import (
	"net/http"
	"strings"

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
	p.Active, p.Title, p.Refresh = views.NavTeam, p.T("Team"), listRefresh
	return s.render(c, status, views.Team(p))
}

// onTeam carries out what a form of the team's page asks for.
func (s *Server) onTeam(read reader) echo.HandlerFunc {
	return func(c echo.Context) error { return s.carryOut(c, read, "team", s.teamPage) }
}

// teamStatus switches a colleague's routing status, which administrators may.
func teamStatus(f *form) desk.Command {
	return desk.SetStatus{AgentID: f.id("agent_id", "There is no such agent."), Status: f.acceptance()}
}

// maxNotice bounds a notice, in bytes.
const maxNotice = 1200

func tell(f *form) desk.Command {
	c := desk.Tell{Text: strings.TrimSpace(f.text("text", maxNotice)), Group: f.number("group", 0, maxGroup, noGroup)}
	if c.Text == "" {
		f.wrong("text", "Write what the team is to know.")
	}
	return c
}

// maxToken bounds a telephone's token, in bytes. The document gives no bound.
const maxToken = 4 << 10

func phone(f *form) desk.Command {
	c := desk.NotifyPhone{
		Token: strings.TrimSpace(f.text("firebase_token", maxToken)), Platform: f.choice("platform", desk.PhoneAndroid, desk.PhoneIOS),
		On: f.choice("do", "on", "off") == "on",
	}
	if c.Token == "" {
		f.wrong("firebase_token", "Write the token that the app on the telephone shows.")
	}
	return c
}

// acceptance reads a routing status.
func (f *form) acceptance() desk.RoutingStatus {
	switch status := desk.RoutingStatus(f.values.Get("status")); status {
	case desk.Accepting, desk.NotAccepting, desk.Offline:
		return status
	}
	f.wrong("status", "Choose whether chats are accepted.")
	return ""
}
