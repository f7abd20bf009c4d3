package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

func (s *Server) showTransfer(c echo.Context) error {
	chatID, err := param(c, "chat")
	if err != nil {
		return err
	}
	p, err := s.transferPage(c, chatID)
	if desk.CodeOf(err) == desk.NotFound {
		return s.missing(c)
	}
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, views.TransferForm(p))
}

func (s *Server) transferPage(c echo.Context, chatID string) (views.TransferPage, error) {
	d, ctx := visitIn(c).desk, c.Request().Context()
	view, err := d.Chat(ctx, chatID, "", 1)
	if err != nil {
		return views.TransferPage{}, err
	}
	targets, err := d.TransferTargets(ctx, chatID)
	if err != nil {
		return views.TransferPage{}, err
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return views.TransferPage{}, err
	}
	in.Title = in.T("Transfer")
	return views.TransferPage{Page: in.Page, View: view, Targets: targets}, nil
}

// transfer gives a chat away. Where nobody can take it the form comes back and
// offers to let the chat wait.
func (s *Server) transfer(c echo.Context) error {
	chatID, err := param(c, "chat")
	if err != nil {
		return err
	}
	f, _, err := perform(c, func(f *form) desk.Command { return transferOf(f, chatID) })
	if err != nil {
		return err
	}
	if f.err == nil {
		return s.done(c, s.path("chats"))
	}
	problem := problemOf(f.err)
	if byScript(c.Request()) || !wantsHTML(c.Request()) || problem.status >= 500 {
		return f.err
	}
	p, err := s.transferPage(c, chatID)
	if err != nil {
		return f.err
	}
	p.Error, p.Chosen = s.told(c, problem), f.values.Get("to")
	p.Ask = desk.CodeOf(f.err) == desk.Conflict
	return s.render(c, problem.status, views.TransferForm(p))
}

// transferOf reads where a chat goes: agent:<id> or group:<id>.
func transferOf(f *form, chatID string) desk.Transfer {
	cmd := desk.Transfer{ChatID: chatID, Force: f.values.Get("force") == "1"}
	kind, id, _ := strings.Cut(f.values.Get("to"), ":")
	n, err := strconv.Atoi(id)
	switch {
	case kind == "agent" && validID(id):
		cmd.AgentID = id
	case kind == "group" && err == nil && n >= 0:
		cmd.GroupID = n
	default:
		f.wrong("to", "Choose a colleague or a group.")
	}
	return cmd
}
