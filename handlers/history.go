package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// historyThreads is how many earlier conversations are read at once.
const historyThreads = 5

// showHistory lists conversations of a chat before its newest one, or before the
// one that is named.
func (s *Server) showHistory(c echo.Context) error {
	chatID, err := param(c, "chat")
	if err != nil {
		return err
	}
	next := c.QueryParam("before")
	if next != "" && !validID(next) {
		return badRequest("There is no such conversation.")
	}
	d, ctx := visitIn(c).desk, c.Request().Context()
	view, err := d.Chat(ctx, chatID, "", 1)
	if err != nil {
		return err
	}
	if next == "" {
		next = view.Earlier
	}
	p := views.HistoryPage{View: view}
	for range historyThreads {
		if next == "" {
			break
		}
		th, err := d.Thread(ctx, chatID, next)
		if err != nil {
			return err
		}
		p.Threads, next = append(p.Threads, th), th.Thread.Previous
	}
	p.Next = next
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p.Page = in.Page
	p.Active, p.Title = views.NavChats, p.T("Earlier conversations")
	return s.render(c, http.StatusOK, views.History(p))
}
