package handlers

import (
	"net/http"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"agentdesk/views"
)

// What the palette asks for: how long a text may be in bytes, and how many chats
// are enough to choose from.
const (
	maxFind      = 200
	paletteChats = 30
)

// showPalette answers the palette's script with the chats that have a text.
func (s *Server) showPalette(c echo.Context) error {
	text := c.QueryParam("q")
	if len(text) > maxFind || !utf8.ValidString(text) {
		return badRequest("This is too much to look for.")
	}
	v := visitIn(c)
	rows, err := v.desk.Find(c.Request().Context(), text, paletteChats)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, views.PaletteChats(s.env(c, v.desk.Me()), rows))
}
