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

// Rows of each list and events of a chat that a page begins with: with more
// than ten thousand of either it stays below 60 kB. The rest is a link away.
const (
	pageRows   = 40
	pageEvents = 45
)

func (s *Server) showHome(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, s.path("chats"))
}

func (s *Server) showInbox(c echo.Context) error {
	p, err := s.inboxPage(c)
	if err != nil {
		return err
	}
	p.Title, p.Refresh = p.T("Chats"), listRefresh
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
	before := c.QueryParam("before")
	if before != "" && !validID(before) {
		return badRequest("There is no such message.")
	}
	f, err := filterOf(c.QueryParams())
	if err != nil {
		return err
	}
	p, err := s.chatPage(c, chatID, before, f)
	if desk.CodeOf(err) == desk.NotFound {
		return s.missing(c)
	}
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, views.Inbox(p))
}

// showThread shows an older thread in place of the conversation.
func (s *Server) showThread(c echo.Context) error {
	at, err := threadOf(c)
	if err != nil {
		return err
	}
	if handled, err := s.eventIn(c, at); handled {
		return err
	}
	p, err := s.inboxPage(c)
	if err != nil {
		return err
	}
	d, ctx := visitIn(c).desk, c.Request().Context()
	thread, err := d.Thread(ctx, at.chat, at.thread)
	if desk.CodeOf(err) == desk.NotFound {
		return s.missing(c)
	}
	if err != nil {
		return err
	}
	view, err := d.Chat(ctx, at.chat, "", 1)
	if err != nil { // it has left the board, but its thread may be seen
		view = desk.ChatView{Chat: desk.Chat{ID: at.chat, Users: thread.Users}, Agents: p.Inbox.Agents, Me: p.Me}
	}
	p.Chat = &views.ChatPane{View: view, Thread: &thread, Tags: p.Inbox.Tags}
	p.Title = personName(p.Env, thread.Customer())
	return s.render(c, http.StatusOK, views.Inbox(p))
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

func (s *Server) inbox(c echo.Context, f desk.Filter) (views.InboxPage, error) {
	v := visitIn(c)
	if f.Limit == 0 {
		f.Limit = pageRows
	}
	in, err := v.desk.Inbox(c.Request().Context(), f)
	if err != nil {
		return views.InboxPage{}, err
	}
	p := views.InboxPage{Page: s.frameOf(c, v, in), Inbox: in}
	p.Active = views.NavChats
	return p, nil
}

// chatPage is the page with an open chat.
func (s *Server) chatPage(c echo.Context, chatID, before string, f desk.Filter) (views.InboxPage, error) {
	// The chat is asked for first: opening it may take a moment, and may change
	// the lists.
	view, err := visitIn(c).desk.Chat(c.Request().Context(), chatID, before, pageEvents)
	if err != nil {
		return views.InboxPage{}, err
	}
	p, err := s.inbox(c, f)
	if err != nil {
		return p, err
	}
	p.Chat = &views.ChatPane{View: view, CustomID: newCustomID(), Before: before, Tags: p.Inbox.Tags}
	p.Title = personName(p.Env, view.Chat.Customer())
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
