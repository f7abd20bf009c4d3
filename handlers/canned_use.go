package handlers

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// cannedItem is a canned response as the composer's script gets it, with its
// placeholders filled in for the chat.
type cannedItem struct {
	ID       string         `json:"id"`
	Words    []string       `json:"words"`
	Text     string         `json:"text"`
	Unfilled []string       `json:"unfilled,omitempty"` // placeholders that have no value here
	Files    []views.Chosen `json:"files,omitempty"`
}

// showChoice gives the responses for a chat: to the composer's script as data, to
// a browser without scripts as a page to choose from.
func (s *Server) showChoice(c echo.Context) error {
	chatID, err := param(c, "chat")
	if err != nil {
		return err
	}
	v, err := visitIn(c).desk.Chat(c.Request().Context(), chatID, "", 1)
	if err != nil {
		return err
	}
	list, err := s.canned(c, false)
	if err != nil {
		return err
	}
	values := s.values(c, v)
	if !byScript(c.Request()) {
		in, err := s.inbox(c, desk.Filter{Limit: 1})
		if err != nil {
			return err
		}
		for i := range list {
			list[i].Text = desk.Fill(list[i].Text, values)
		}
		p := views.ChoicePage{Page: in.Page, ChatID: chatID, List: list, Query: c.QueryParam("q"), CustomID: newCustomID()}
		p.Active, p.Title = views.NavChats, p.T("Canned responses")
		return s.render(c, http.StatusOK, views.Choice(p))
	}
	items := make([]cannedItem, 0, len(list))
	for _, r := range list {
		item := cannedItem{ID: r.ID, Words: r.Words, Text: desk.Fill(r.Text, values)}
		for _, name := range desk.Unfilled(r.Text) {
			if desk.Fill(name, values) == name {
				item.Unfilled = append(item.Unfilled, name)
			}
		}
		for _, f := range r.Files {
			item.Files = append(item.Files, views.Chosen{ID: f.ID, Name: f.Name, Size: f.Size})
		}
		items = append(items, item)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, items)
}

// values are what placeholders stand for in a chat.
func (s *Server) values(c echo.Context, v desk.ChatView) map[string]string {
	e := s.env(c, v.Me)
	return v.Values(e.Date(s.Now()), e.Clock(s.Now()))
}

// keepDraft keeps what is being written in a chat. With insert it puts a canned
// response behind it, with next=canned it goes on to choose one: so browsers
// without scripts use them.
func (s *Server) keepDraft(c echo.Context) error {
	chatID, err := param(c, "chat")
	if err != nil {
		return err
	}
	f, err := postForm(c)
	if err != nil {
		return err
	}
	if id := f.values.Get("insert"); id != "" {
		return s.insertCanned(c, chatID, id)
	}
	cmd := keepDraft(f, chatID)
	if f.err == nil {
		_, f.err = visitIn(c).desk.Do(c.Request().Context(), cmd)
	}
	switch {
	case f.err != nil:
		return s.refuse(c, chatID, f.err, func(p *views.ChatPane) { keepText(p, f) })
	case f.values.Get("next") == "canned":
		return s.done(c, s.path("chats", chatID, "canned"))
	}
	return s.done(c, s.path("chats", chatID))
}

func (s *Server) insertCanned(c echo.Context, chatID, id string) error {
	v, err := visitIn(c).desk.Chat(c.Request().Context(), chatID, "", 1)
	if err != nil {
		return err
	}
	list, err := s.canned(c, false)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.ID != id {
			continue
		}
		text := strings.TrimLeft(v.Draft.Text+"\n"+desk.Fill(r.Text, s.values(c, v)), "\n")
		if _, err := visitIn(c).desk.Do(c.Request().Context(), desk.KeepDraft{ChatID: chatID, Text: text, Note: v.Draft.Note}); err != nil {
			return err
		}
		return s.done(c, s.path("chats", chatID))
	}
	return desk.Fail(desk.NotFound, "This canned response is not there any more.")
}

// cannedFiles hands the files of canned responses that a form names to the chat
// server.
func (s *Server) cannedFiles(c echo.Context, m *message, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if len(ids)+len(m.files) > maxFiles {
		return desk.Failf(desk.Invalid, "At most %d files can be sent at once.", maxFiles)
	}
	list, err := s.canned(c, false)
	if err != nil {
		return err
	}
	ctx, me := c.Request().Context(), visitIn(c).desk.Me()
	for _, id := range ids {
		if !ownsFile(list, id) {
			return desk.Fail(desk.NotFound, "This file is not there any more.")
		}
		_, f, content, err := s.Canned.CannedFile(ctx, team(me), id)
		if err != nil {
			return err
		}
		url, err := visitIn(c).desk.Upload(ctx, f.Name, bytes.NewReader(content))
		if err != nil {
			return err
		}
		m.files = append(m.files, upload{name: f.Name, url: url})
	}
	return nil
}

func ownsFile(list []desk.CannedResponse, id string) bool {
	for _, r := range list {
		for _, f := range r.Files {
			if f.ID == id {
				return true
			}
		}
	}
	return false
}
