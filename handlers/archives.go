package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// maxChosen bounds how many agents, groups or tags one search may name.
const maxChosen = 50

func (s *Server) showArchives(c echo.Context) error {
	p, err := s.archivesPage(c)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if p.Error == "" {
		p.Result, err = visitIn(c).desk.Archives(c.Request().Context(), p.Query)
		if err != nil && desk.CodeOf(err) == desk.Unauthorized {
			return err
		}
		if err != nil { // the form stays, with what went wrong
			p.Error, status = s.sentence(c, err), problemOf(err).status
		}
	} else {
		status = http.StatusUnprocessableEntity
	}
	return s.render(c, status, views.Archives(p))
}

// archivesPage is the search form as it was filled in.
func (s *Server) archivesPage(c echo.Context) (views.ArchivesPage, error) {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return views.ArchivesPage{}, err
	}
	q := c.QueryParams()
	p := views.ArchivesPage{
		Page: in.Page, Agents: in.Inbox.Agents, Groups: in.Inbox.Groups, Tags: in.Inbox.Tags,
		From: strings.TrimSpace(q.Get("from")), To: strings.TrimSpace(q.Get("to")),
	}
	p.Active, p.Title = views.NavArchives, p.T("Archives")
	var mistake *desk.Error
	p.Query, mistake = s.archiveQuery(q)
	if mistake != nil {
		p.Error, p.Field = s.sentence(c, mistake), mistake.Field
	}
	return p, nil
}

// archiveQuery reads a search from an address. Days are those of the zone that
// times are printed in, and both count.
func (s *Server) archiveQuery(q url.Values) (desk.ArchiveQuery, *desk.Error) {
	out := desk.ArchiveQuery{Text: strings.TrimSpace(q.Get("query")), Page: q.Get("page")}
	var first *desk.Error
	wrong := func(field, text string) {
		if first == nil {
			first = &desk.Error{Code: desk.Invalid, Text: text, Field: field}
		}
	}
	if len(out.Text) > maxLabel || !utf8.ValidString(out.Text) {
		out.Text = strings.ToValidUTF8(out.Text, "\uFFFD") // it comes back with the form
		wrong("query", "Search for fewer words.")
	}
	if len(out.Page) > 4<<10 {
		out.Page = ""
		wrong("page", "There is no such page. Start the search again.")
	}
	day := func(field string) time.Time {
		v := strings.TrimSpace(q.Get(field))
		if v == "" {
			return time.Time{}
		}
		t, err := time.ParseInLocation(time.DateOnly, v, s.Zone)
		if err != nil {
			wrong(field, "Write a day as year-month-day, such as 2026-11-21.")
		}
		return t
	}
	out.From, out.To = day("from"), day("to")
	if !out.To.IsZero() {
		out.To = out.To.AddDate(0, 0, 1)
	}
	if !out.From.IsZero() && !out.To.IsZero() && !out.From.Before(out.To) {
		wrong("to", "The last day lies before the first.")
	}
	out.Agents, out.Tags = chosen(q["agent"]), chosen(q["tag"])
	for _, v := range chosen(q["group"]) {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 {
			wrong("group", "There is no such group.")
			continue
		}
		out.Groups = append(out.Groups, n)
	}
	return out, first
}

// chosen leaves out empty and impossible values of a field that may repeat.
func chosen(values []string) (out []string) {
	for _, v := range values {
		if v = strings.TrimSpace(v); validID(v) && len(out) < maxChosen {
			out = append(out, v)
		}
	}
	return out
}

func (s *Server) showTranscript(c echo.Context) error {
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
	thread, err := visitIn(c).desk.Thread(c.Request().Context(), at.chat, at.thread)
	if err != nil {
		return err
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p := views.TranscriptPage{Page: in.Page, Thread: thread, Groups: in.Inbox.Groups, Agents: in.Inbox.Agents, At: q.at}
	search := c.QueryParams()
	for _, name := range []string{"at", "before", "since"} {
		search.Del(name)
	}
	p.Back = search.Encode()
	events := &p.Thread.Thread.Events
	p.Gone = q.at != "" && !has(*events, q.at)
	if q == (span{}) || p.Gone { // one reads it from its beginning
		q = span{start: true}
	}
	*events, p.Older, p.Newer = q.cut(*events, maxEvents)
	p.Active, p.Title = views.NavArchives, personName(p.Env, thread.Customer())
	status := http.StatusOK
	if p.Gone {
		status = http.StatusNotFound
	}
	return s.render(c, status, views.Transcript(p))
}
