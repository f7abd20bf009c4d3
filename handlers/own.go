package handlers

import (
	"github.com/labstack/echo/v4"

	"agentdesk/desk"
)

// The forms of the agent's own menu.

// choose carries out what the agent's own menu asks for.
func (s *Server) choose(read reader) echo.HandlerFunc {
	return func(c echo.Context) error {
		f, _, err := perform(c, read)
		if err != nil {
			return err
		}
		if f.err != nil {
			return f.err
		}
		return s.done(c, s.path("chats"))
	}
}

func ownStatus(f *form) desk.Command { return desk.SetStatus{Status: f.acceptance()} }

func away(f *form) desk.Command { return desk.SetAway{Away: f.on(), Idle: f.ticked("idle")} }

func here(*form) desk.Command { return desk.Here{} }

func showPreview(f *form) desk.Command { return desk.SetPreview{On: f.on()} }

// on reads a switch.
func (f *form) on() bool {
	switch f.values.Get("on") {
	case "true":
		return true
	case "false":
	default:
		f.wrong("on", "Choose on or off.")
	}
	return false
}

func (s *Server) reconnect(c echo.Context) error {
	visitIn(c).desk.Reconnect()
	return s.done(c, s.path("chats"))
}
