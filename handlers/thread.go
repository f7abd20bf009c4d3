package handlers

import (
	"math"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// maxBack bounds how many earlier threads are read in search of an event.
const maxBack = 20

// paneOf opens a chat at a part of its newest thread.
func (s *Server) paneOf(c echo.Context, chatID string, q span) (*views.ChatPane, error) {
	view, err := visitIn(c).desk.Chat(c.Request().Context(), chatID, "", math.MaxInt)
	if err != nil {
		return nil, err
	}
	pane := &views.ChatPane{View: view, At: q.at, Files: views.FilesOf(view.Chat.Thread.Events)}
	if pane.Notes, err = s.notesOf(c, view.Chat.Customer().ID, chatID); err != nil {
		return nil, err
	}
	th := &pane.View.Chat.Thread
	th.Events, pane.Older, pane.Newer = q.cut(th.Events, eventsOf(c))
	if pane.Newer {
		pane.View.Pending = nil
	}
	if q.at != "" && !has(th.Events, q.at) {
		err := s.findBack(c, chatID, th.Previous, q.at)
		if desk.CodeOf(err) != desk.NotFound || byPart(c) {
			return nil, err
		}
		pane.Gone = true
	}
	return pane, nil
}

func has(events []desk.Event, id string) bool {
	return slices.ContainsFunc(events, func(ev desk.Event) bool { return ev.ID == id })
}

// elsewhere is the answer "it is there": an address to go on to.
type elsewhere string

func (e elsewhere) Error() string { return "moved to " + string(e) }

// findBack looks for an event in the threads before, and goes on to where it is.
func (s *Server) findBack(c echo.Context, chatID, threadID, eventID string) error {
	for range maxBack {
		if threadID == "" {
			break
		}
		th, err := visitIn(c).desk.Thread(c.Request().Context(), chatID, threadID)
		if err != nil {
			return err
		}
		if has(th.Thread.Events, eventID) {
			return elsewhere(s.path("chats", chatID, "threads", threadID) + "?at=" + url.QueryEscape(eventID))
		}
		threadID = th.Thread.Previous
	}
	return desk.Fail(desk.NotFound, "This message is not here any more.")
}

// showThread shows an older thread in place of the conversation. The newest one
// has the address of the chat.
func (s *Server) showThread(c echo.Context) error {
	at, err := threadOf(c)
	if err != nil {
		return err
	}
	if handled, err := s.eventIn(c, at); handled {
		return err
	}
	q, err := spanOf(c)
	if err != nil {
		return err
	}
	pane, err := s.pastPane(c, at, q)
	if err != nil {
		return s.settle(c, err)
	}
	if byPart(c) {
		return s.renderPart(c, pane)
	}
	p, err := s.inboxPage(c)
	if err != nil {
		return err
	}
	pane.Tags = p.Inbox.Tags
	if pane.View.Chat.ID == "" {
		pane.View = desk.ChatView{Chat: desk.Chat{ID: at.chat, Users: pane.Thread.Users}, Agents: p.Inbox.Agents, Me: p.Me}
	}
	p.Chat = pane
	p.Title = personName(p.Env, pane.Thread.Customer())
	return s.render(c, statusOf(pane), views.Inbox(p))
}

// pastPane is a part of a thread that is named. The view of its chat is empty
// where the chat has left the board: its threads may still be seen.
func (s *Server) pastPane(c echo.Context, at place, q span) (*views.ChatPane, error) {
	d, ctx := visitIn(c).desk, c.Request().Context()
	view, err := d.Chat(ctx, at.chat, "", 1)
	if err == nil && view.Chat.Thread.ID == at.thread {
		if byPart(c) {
			return s.paneOf(c, at.chat, q)
		}
		return nil, elsewhere(withQuery(s.path("chats", at.chat), c.QueryString()))
	}
	thread, err := d.Thread(ctx, at.chat, at.thread)
	if err != nil {
		return nil, err
	}
	gone := q.at != "" && !has(thread.Thread.Events, q.at)
	if gone && byPart(c) {
		return nil, desk.Fail(desk.NotFound, "This message is not here any more.")
	}
	pane := &views.ChatPane{View: view, Thread: &thread, At: q.at, Gone: gone, Files: views.FilesOf(thread.Thread.Events)}
	if pane.Notes, err = s.notesOf(c, thread.Customer().ID, at.chat); err != nil {
		return nil, err
	}
	if n := len(thread.Thread.Events); n > 0 {
		pane.Ended = thread.Thread.Events[n-1].At
	}
	thread.Thread.Events, pane.Older, pane.Newer = q.cut(thread.Thread.Events, eventsOf(c))
	return pane, nil
}

// statusOf is the status of a page: its conversation is there, but what was asked
// for of it may not be.
func statusOf(pane *views.ChatPane) int {
	if pane.Gone {
		return http.StatusNotFound
	}
	return http.StatusOK
}

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// settle answers for what could not be shown: it is elsewhere, or not there.
func (s *Server) settle(c echo.Context, err error) error {
	if to, ok := err.(elsewhere); ok {
		return c.Redirect(http.StatusSeeOther, string(to))
	}
	if desk.CodeOf(err) == desk.NotFound && !byPart(c) {
		return s.missing(c)
	}
	return err
}

// byPart reports whether a script asks for a page's conversation alone, to put
// it above or below what it shows.
func byPart(c echo.Context) bool { return c.QueryParam("part") == "log" }

// showPart answers with a part of a chat's newest thread.
func (s *Server) showPart(c echo.Context, chatID string, q span) error {
	pane, err := s.paneOf(c, chatID, q)
	if err != nil {
		return s.settle(c, err)
	}
	return s.renderPart(c, pane)
}

func (s *Server) renderPart(c echo.Context, pane *views.ChatPane) error {
	return s.render(c, http.StatusOK, views.LogPart(s.env(c, visitIn(c).desk.Me()), *pane))
}
