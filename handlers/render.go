package handlers

import (
	"bytes"
	"net/http"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
	"agentdesk/words"
)

// buffers are reused between pages; a page is written only when it is whole, so
// that a failure is a clean 500.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKept bounds what a reused buffer holds on to, in bytes.
const maxKept = 1 << 20

func (s *Server) render(c echo.Context, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= maxKept {
			b.Reset()
			buffers.Put(b)
		}
	}()
	if err := page.Render(c.Request().Context(), b); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, b.Bytes())
}

// envOf is the env of a request: of the agent it comes from, where that is known.
func (s *Server) envOf(c echo.Context) views.Env {
	if v, ok := c.Get(visitKey).(*visit); ok && v.desk != nil {
		return s.env(c, v.desk.Me())
	}
	return s.env(c, desk.Me{})
}

// lang is the language of a request: the agent's, at the sign-in page the
// browser's.
func (s *Server) lang(c echo.Context) *words.Language { return s.envOf(c).Words }

// told is a problem's sentence in the language of a request.
func (s *Server) told(c echo.Context, p problem) string { return s.lang(c).T(p.text, p.args...) }

// sentence is an error's sentence in the language of a request.
func (s *Server) sentence(c echo.Context, err error) string {
	text, args := desk.SentenceOf(err)
	return s.lang(c).T(text, args...)
}

// env is what components need to know of an agent, nobody's where there is none
// yet. The language is the agent's; at the sign-in page the browser's.
func (s *Server) env(c echo.Context, me desk.Me) views.Env {
	lang := words.Find(me.Preferences.Language)
	if lang == nil {
		lang = words.Match(c.Request().Header.Get("Accept-Language"))
	}
	return views.Env{Base: s.Base, MeID: me.ID, Zone: s.Zone, Now: s.Now(), Words: lang, Hour12: me.Preferences.TwelveHours(lang.Tag), Limits: s.limits(c.Request().Context(), me)}
}

// frameOf is the frame around a page, from the lists that are read with it.
func (s *Server) frameOf(c echo.Context, v *visit, in desk.Inbox) views.Page {
	p := views.Page{
		Env: s.env(c, in.Me), Me: in.Me, Connection: in.Connection,
		Sending: in.Sending, Failed: in.Failed, Position: v.position, Told: in.Notice, Unread: in.Unread, Waiting: in.Waiting, Lasts: s.Auth.Idle(),
	}
	return p
}

// done answers a request that has changed something: a browser goes on to a
// page, everybody else gets nothing.
func (s *Server) done(c echo.Context, path string) error {
	if byScript(c.Request()) || !wantsHTML(c.Request()) {
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// path joins a path below the base, escaping each part.
func (s *Server) path(parts ...string) string { return views.Env{Base: s.Base}.Path(parts...) }
