package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

func createBot(f *form) desk.Command { return desk.CreateBot{Name: f.setupName()} }
func deleteBot(f *form) desk.Command { return desk.DeleteBot{ID: f.id("id", noBot)} }

const noBot = "There is no such bot."

// maxAnswer bounds a canned answer, in bytes.
const maxAnswer = 4000

func addCanned(f *form) desk.Command {
	c := desk.AddCanned{
		Text: strings.TrimSpace(f.text("text", maxAnswer)), Group: f.number("group", 0, maxGroup, noGroup),
		Tags: []string{strings.TrimPrefix(f.id("tag", "Write a word that finds it."), "#")},
	}
	if c.Text == "" {
		f.wrong("text", "Write the answer.")
	}
	return c
}

func deleteCanned(f *form) desk.Command {
	n, err := strconv.ParseInt(f.values.Get("id"), 10, 64)
	if err != nil || n < 1 {
		f.wrong("id", "This answer is not there any more.")
	}
	return desk.DeleteCanned{ID: n}
}

// botToken issues a bot's token and shows it on the page that answers, this once.
func (s *Server) botToken(c echo.Context) error {
	if err := administer(c); err != nil {
		return err
	}
	f, err := postForm(c)
	if err != nil {
		return err
	}
	cmd := desk.IssueBotToken{ID: f.id("id", noBot)}
	var made desk.Result
	if f.err == nil {
		made, f.err = visitIn(c).desk.Do(c.Request().Context(), cmd)
	}
	switch {
	case byScript(c.Request()) || !wantsHTML(c.Request()):
		if f.err != nil {
			return f.err
		}
		return c.NoContent(http.StatusNoContent)
	case f.err != nil:
		return s.settingsPage(c, problemOf(f.err).status, s.sentence(c, f.err))
	}
	return s.settingsWith(c, http.StatusOK, func(p *views.SettingsPage) { p.BotID, p.BotToken = cmd.ID, made.Token })
}
