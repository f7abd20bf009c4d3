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

// place is where an event stands.
type place struct{ chat, thread, event string }

// threadOf reads the chat and the thread of an address.
func threadOf(c echo.Context) (at place, err error) {
	if at.chat, err = param(c, "chat"); err == nil {
		at.thread, err = param(c, "thread")
	}
	return at, err
}

// eventIn answers a page of a conversation that is asked for one of its events.
// handled: it was.
func (s *Server) eventIn(c echo.Context, at place) (handled bool, err error) {
	if !c.QueryParams().Has("event") {
		return false, nil
	}
	if at.event = c.QueryParam("event"); !validID(at.event) {
		return true, badRequest("There is no such message.")
	}
	return true, s.showEvent(c, at, http.StatusOK, "")
}

// showEvent draws what can be done with one event; mistake is what went wrong
// before.
func (s *Server) showEvent(c echo.Context, at place, status int, mistake string) error {
	p, err := s.findEvent(c, at)
	if err != nil {
		return err
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p.Page, p.Agents, p.Error = in.Page, in.Inbox.Agents, mistake
	p.Title = p.T("Message")
	return s.render(c, status, views.EventForm(p))
}

// findEvent looks in the chat's newest thread, which is where an address without
// a thread points to, and else in the thread that is named.
func (s *Server) findEvent(c echo.Context, at place) (p views.EventPage, err error) {
	d, ctx := visitIn(c).desk, c.Request().Context()
	p.ChatID = at.chat
	view, err := d.Chat(ctx, at.chat, "", math.MaxInt)
	th, users := view.Chat.Thread, view.Chat.Users
	if at.thread != "" && th.ID != at.thread {
		var old desk.ArchivedThread
		old, err = d.Thread(ctx, at.chat, at.thread)
		th, users, p.Earlier = old.Thread, old.Users, true
	}
	if err != nil {
		return p, err
	}
	i := slices.IndexFunc(th.Events, func(ev desk.Event) bool { return ev.ID == at.event })
	if i < 0 {
		return p, desk.Fail(desk.NotFound, "This message is not here any more.")
	}
	p.ThreadID, p.Users, p.Event = th.ID, users, th.Events[i]
	p.Answer = view.Chat.Thread.Active && (view.Member || view.Row.Watching)
	return p, nil
}

// quote puts an event that the address names into the composer, behind what is
// written there: the way without scripts.
func (s *Server) quote(c echo.Context, p *views.InboxPage) error {
	at := place{chat: p.Chat.View.Chat.ID, thread: c.QueryParam("thread"), event: c.QueryParam("quote")}
	if at.event == "" {
		return nil
	}
	if !validID(at.event) || at.thread != "" && !validID(at.thread) {
		return badRequest("There is no such message.")
	}
	found, err := s.findEvent(c, at)
	if err != nil {
		return err
	}
	if found.Page, found.Agents = p.Page, p.Inbox.Agents; found.Answer {
		p.Chat.Quote(p.Env, found.Event, found.Author())
	}
	return nil
}

// onEvent carries out what a form about an event asks for, and shows it again.
func (s *Server) onEvent(read func(f *form, at place) desk.Command) echo.HandlerFunc {
	return func(c echo.Context) error {
		at, err := threadOf(c)
		if err != nil {
			return err
		}
		if at.event, err = param(c, "event"); err != nil {
			return err
		}
		next := func(desk.Result) string {
			return s.path("chats", at.chat, "threads", at.thread) + "?event=" + url.QueryEscape(at.event)
		}
		return s.carryOn(c, func(f *form) desk.Command { return read(f, at) }, next, func(c echo.Context, status int, mistake string) error {
			return s.showEvent(c, at, status, mistake)
		})
	}
}

func setEventProperty(f *form, at place) desk.Command {
	return desk.SetProperties{ChatID: at.chat, ThreadID: at.thread, EventID: at.event, Properties: f.properties()}
}

func deleteEventProperty(f *form, at place) desk.Command {
	return desk.DeleteProperty{
		ChatID: at.chat, ThreadID: at.thread, EventID: at.event, Namespace: f.id("namespace", "Name a namespace."), Name: f.id("name", "Name a property."),
	}
}
