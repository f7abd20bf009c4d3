package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// command reads a form that asks something of a chat, or of a customer. Mistakes
// are noted in the form.
type command func(f *form, id string) desk.Command

// act carries out what a chat's form asks for.
func (s *Server) act(read command) echo.HandlerFunc {
	return func(c echo.Context) error {
		chatID, err := param(c, "chat")
		if err != nil {
			return err
		}
		f, _, err := perform(c, func(f *form) desk.Command { return read(f, chatID) })
		if err != nil {
			return err
		}
		if f.err != nil {
			return s.refuse(c, chatID, f.err, nil)
		}
		return s.done(c, s.path("chats", chatID))
	}
}

// refuse answers an action that failed: our script gets the sentence, a browser
// the chat with the sentence in it and, by fill, with what was written.
func (s *Server) refuse(c echo.Context, chatID string, err error, fill func(*views.ChatPane)) error {
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return err
	}
	p := problemOf(err)
	if p.status >= 500 && p.status != http.StatusServiceUnavailable && p.status != http.StatusGatewayTimeout {
		return err
	}
	pageOf, paneErr := s.chatPage(c, chatID, span{}, desk.Filter{})
	if paneErr != nil {
		return err // the first error tells more
	}
	pageOf.Chat.Error = s.told(c, p)
	if fill != nil {
		fill(pageOf.Chat)
	}
	return s.render(c, p.status, views.Inbox(pageOf))
}

// reader reads a form that asks something. Mistakes are noted in the form.
type reader func(f *form) desk.Command

// perform reads a form and does what it asks for. err tells that it could not be
// read; that it was refused, or failed, stands in the form.
func perform(c echo.Context, read reader) (f *form, made desk.Result, err error) {
	if f, err = postForm(c); err != nil {
		return nil, made, err
	}
	cmd := read(f)
	if f.err == nil {
		made, f.err = visitIn(c).desk.Do(c.Request().Context(), cmd)
	}
	return f, made, nil
}

// carryOut does what a form of a page asks for. A browser goes on to the page;
// where it fails it gets the page at once, with the sentence in it.
func (s *Server) carryOut(c echo.Context, read reader, path string, draw drawer) error {
	return s.carryOn(c, read, func(desk.Result) string { return s.path(path) }, draw)
}

// drawer draws a page with the sentence of what went wrong.
type drawer func(c echo.Context, status int, mistake string) error

// carryOn is carryOut where the next page shows what was made.
func (s *Server) carryOn(c echo.Context, read reader, next func(desk.Result) string, draw drawer) error {
	f, made, err := perform(c, read)
	switch {
	case err != nil:
		return err
	case f.err == nil:
		return s.done(c, next(made))
	}
	return s.mistaken(c, f.err, draw)
}

// mistaken answers a form that failed: our script gets the sentence, a browser
// the page with the sentence in it.
func (s *Server) mistaken(c echo.Context, err error, draw drawer) error {
	if byScript(c.Request()) || !wantsHTML(c.Request()) || draw(c, problemOf(err).status, s.sentence(c, err)) != nil {
		return err // the first error tells more
	}
	return nil
}
