package handlers

import (
	"bufio"
	"io"
	"mime"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// pictureTypes are pictures that every browser draws.
var pictureTypes = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// sniffed is how much of a file tells what it is, in bytes.
const sniffed = 512

var noPicture = &desk.Error{Code: desk.Invalid, Text: "This is not a picture: choose a PNG, JPEG, GIF or WebP file.", Field: "file"}

// pictureIn looks at the beginning of a file and gives it back whole.
func pictureIn(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, sniffed)
	head, err := b.Peek(sniffed)
	switch {
	case err != nil && len(head) == 0:
		return nil, noPicture
	case !slices.Contains(pictureTypes, http.DetectContentType(head)):
		return nil, noPicture
	}
	return b, nil
}

// ownPicture changes the picture of the agent who asks.
func (s *Server) ownPicture(c echo.Context) error {
	return s.setPicture(c, func(*form) string { return visitIn(c).desk.Me().ID }, "team", s.teamPage)
}

// agentPicture changes any agent's picture, which administrators may.
func (s *Server) agentPicture(c echo.Context) error {
	if err := administer(c); err != nil {
		return err
	}
	return s.setPicture(c, func(f *form) string { return f.id("agent_id", "There is no such agent.") }, "settings", s.settingsPage)
}

// setPicture takes a picture, or with do=remove takes it away.
func (s *Server) setPicture(c echo.Context, whose func(*form) string, path string, draw drawer) error {
	m := &message{picture: true}
	f := &form{}
	kind, _, _ := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		f.values, f.err = s.readParts(c, m)
	} else {
		var err error
		if f, err = postForm(c); err != nil {
			return err
		}
	}
	cmd := desk.SetPicture{AgentID: whose(f)}
	switch {
	case f.values.Get("do") == "remove":
	case len(m.files) != 1:
		f.wrong("file", "Choose one picture.")
	default:
		cmd.URL = m.files[0].url
	}
	if f.err == nil {
		_, f.err = visitIn(c).desk.Do(c.Request().Context(), cmd)
	}
	if f.err == nil {
		return s.done(c, s.path(path))
	}
	return s.mistaken(c, f.err, draw)
}
