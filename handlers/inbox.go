package handlers

import (
	"crypto/rand"
	"net/http"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// listRefresh is how often a browser without scripts loads the lists again, in
// seconds. An open chat is left alone: somebody may be writing in it.
const listRefresh = 15

// keepHeader is how a script says that it has the lists of an address, up to date:
// with "lists" they are left out of the page, and so is what no page changes.
const keepHeader = "X-Keep"

// Rows of each list, of all lists together, and events of a chat that a page
// begins with. With more than ten thousand chats, or with as many events beside one
// full list, it stays below 60 kB; with all at once below 80. The rest is a link
// away.
const (
	pageRows   = 32
	pageAll    = 40
	pageEvents = 30
)

func (s *Server) showHome(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, s.path("chats"))
}

func (s *Server) showInbox(c echo.Context) error {
	p, err := s.inboxPage(c)
	if err != nil {
		return err
	}
	if p.Title = p.T("Chats"); !p.Select {
		p.Refresh = listRefresh
	}
	return s.render(c, http.StatusOK, views.Inbox(p))
}

func (s *Server) showChat(c echo.Context) error {
	chatID, err := param(c, "chat")
	if err != nil {
		return err
	}
	if handled, err := s.eventIn(c, place{chat: chatID}); handled {
		return err
	}
	q, err := spanOf(c)
	if err != nil {
		return err
	}
	if byPart(c) {
		return s.showPart(c, chatID, q)
	}
	f, err := filterOf(c.QueryParams())
	if err != nil {
		return err
	}
	p, err := s.chatPage(c, chatID, q, f)
	if err == nil {
		err = s.quote(c, &p)
	}
	if err != nil {
		return s.settle(c, err)
	}
	return s.render(c, statusOf(p.Chat), views.Inbox(p))
}

// missing answers for a chat that is not there, or not for this agent.
func (s *Server) missing(c echo.Context) error {
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return desk.Fail(desk.NotFound, "This chat is not here any more.")
	}
	p, err := s.inboxPage(c)
	if err != nil {
		return err
	}
	p.Missing, p.Title = true, p.T("Chats")
	return s.render(c, http.StatusNotFound, views.Inbox(p))
}

// inboxPage is the page without a chat, with the filter of the address.
func (s *Server) inboxPage(c echo.Context) (views.InboxPage, error) {
	f, err := filterOf(c.QueryParams())
	if err != nil {
		return views.InboxPage{}, err
	}
	return s.inbox(c, f)
}

// inbox reads what a page shows beside its chat: the lists, where the filter has
// no limit, unless the browser has them.
func (s *Server) inbox(c echo.Context, f desk.Filter) (views.InboxPage, error) {
	v, lists, read := visitIn(c), f.Limit == 0, f
	kept := lists && c.Request().Header.Get(keepHeader) == "lists"
	switch {
	case kept:
		read = desk.Filter{Limit: 1}
	case lists:
		read.Limit, read.All = pageRows, pageAll
	}
	in, err := v.desk.Inbox(c.Request().Context(), read)
	if err != nil {
		return views.InboxPage{}, err
	}
	in.Filter = f
	p := views.InboxPage{Page: s.frameOf(c, v, in), Inbox: in, Select: c.QueryParam("select") == "1"}
	p.Active, p.Kept = views.NavChats, kept
	if lists {
		c.Response().Header().Add(echo.HeaderVary, keepHeader)
	}
	if lists && !kept {
		err = s.addViews(c, &p)
	}
	return p, err
}

// chatPage is the page with an open chat.
func (s *Server) chatPage(c echo.Context, chatID string, q span, f desk.Filter) (views.InboxPage, error) {
	// The chat is asked for first: opening it may take a moment, and may change
	// the lists.
	pane, err := s.paneOf(c, chatID, q)
	// Where that was told to the stream too, the page is drawn from behind it, so
	// that a browser does not draw the chat twice.
	if v := visitIn(c); err == nil && v.position != s.Hub.Position(v.agent()) {
		v.position = s.Hub.Position(v.agent())
		pane, err = s.paneOf(c, chatID, q)
	}
	if err != nil {
		return views.InboxPage{}, err
	}
	p, err := s.inbox(c, f)
	if err != nil {
		return p, err
	}
	pane.CustomID, pane.Tags = newCustomID(), p.Inbox.Tags
	p.Chat, p.Title = pane, personName(p.Env, pane.View.Chat.Customer())
	return p, nil
}

func personName(e views.Env, p desk.Person) string {
	if p.Name == "" {
		return e.T("Chat")
	}
	return p.Name
}

// newCustomID mints the id that makes a message happen once.
func newCustomID() string { return rand.Text() }
