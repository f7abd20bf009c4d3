package handlers

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// Canned keeps canned responses, by team. Implementations are safe for concurrent
// use, and durable when a method returns.
type Canned interface {
	// Canned returns the shared responses, of whatever group, and an agent's own.
	Canned(ctx context.Context, team, agentID string) ([]desk.CannedResponse, error)
	// PutCanned keeps responses, all or none; one with a known id is replaced.
	PutCanned(ctx context.Context, team string, list ...desk.CannedResponse) error
	// DeleteCanned forgets one with its files.
	DeleteCanned(ctx context.Context, team, id string) error
	// AddCannedFile keeps a file with a response.
	AddCannedFile(ctx context.Context, team, cannedID string, f desk.CannedFile, content []byte) error
	// CannedFile returns a file and the response it goes with.
	CannedFile(ctx context.Context, team, id string) (desk.CannedResponse, desk.CannedFile, []byte, error)
	// DeleteCannedFile forgets a file.
	DeleteCannedFile(ctx context.Context, team, id string) error
}

// team is what organizations are told apart by; before 3.2 only licences are
// known.
func team(me desk.Me) string {
	if me.Organization != "" {
		return me.Organization
	}
	return me.License
}

// canned are the responses that the agent may use, or with all set those that he
// may see in the settings.
func (s *Server) canned(c echo.Context, all bool) ([]desk.CannedResponse, error) {
	me := visitIn(c).desk.Me()
	list, err := s.Canned.Canned(c.Request().Context(), team(me), me.ID)
	if err != nil || all && me.Administrator() {
		return list, err
	}
	in, err := visitIn(c).desk.Inbox(c.Request().Context(), desk.Filter{Limit: 1})
	if err != nil {
		return nil, err
	}
	var groups []int
	for _, a := range in.Agents {
		if a.ID == me.ID {
			groups = a.Groups
		}
	}
	return slices.DeleteFunc(list, func(r desk.CannedResponse) bool { return !r.For(me.ID, groups) }), nil
}

// oneCanned finds a response that the agent may change.
func (s *Server) oneCanned(c echo.Context, id string) (desk.CannedResponse, error) {
	list, err := s.canned(c, true)
	if err != nil {
		return desk.CannedResponse{}, err
	}
	i := slices.IndexFunc(list, func(r desk.CannedResponse) bool { return r.ID == id })
	if i < 0 {
		return desk.CannedResponse{}, desk.Fail(desk.NotFound, "This canned response is not there any more.")
	}
	return list[i], mayChange(visitIn(c).desk.Me(), list[i])
}

// mayChange lets agents change their own responses, administrators all.
func mayChange(me desk.Me, r desk.CannedResponse) error {
	if r.Owner != me.ID && !me.Administrator() {
		return desk.Fail(desk.Forbidden, "Only administrators change what is shared.")
	}
	return nil
}

// readCanned reads a response from its form.
func (s *Server) readCanned(c echo.Context, f *form) (desk.CannedResponse, error) {
	me := visitIn(c).desk.Me()
	r := desk.CannedResponse{
		ID: f.values.Get("id"), Owner: me.ID, Group: desk.EveryGroup, Words: desk.CannedWords(f.values.Get("words")),
		Text: strings.TrimSpace(strings.ReplaceAll(f.values.Get("text"), "\r\n", "\n")), At: s.Now(),
	}
	switch whose := cmp.Or(f.values.Get("for"), "me"); whose {
	case "me":
	case "all":
		r.Owner = ""
	default:
		n, err := strconv.Atoi(whose)
		if err != nil || n < 0 || n > maxGroup {
			f.wrong("for", noGroup)
		}
		r.Owner, r.Group = "", n
	}
	if f.err != nil {
		return r, f.err
	}
	if err := r.Check(); err != nil {
		return r, err
	}
	if r.ID != "" {
		old, err := s.oneCanned(c, r.ID)
		if err != nil {
			return r, err
		}
		if old.Private() && r.Private() {
			r.Owner = old.Owner
		}
	} else {
		r.ID = rand.Text()
	}
	return r, mayChange(me, r)
}

func (s *Server) saveCanned(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	r, err := s.readCanned(c, f)
	if err == nil {
		err = s.Canned.PutCanned(c.Request().Context(), team(visitIn(c).desk.Me()), r)
	}
	return s.cannedDone(c, err, r)
}

func (s *Server) deleteOwnCanned(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	r, err := s.oneCanned(c, f.id("id", "This canned response is not there any more."))
	if f.err != nil {
		err = f.err
	}
	if err == nil {
		err = s.Canned.DeleteCanned(c.Request().Context(), team(visitIn(c).desk.Me()), r.ID)
	}
	return s.cannedDone(c, err, desk.CannedResponse{})
}

// cannedDone goes on to the page, which has what was wrong and the form again
// where something failed.
func (s *Server) cannedDone(c echo.Context, err error, sent desk.CannedResponse) error {
	switch {
	case err == nil:
		return s.done(c, s.path("canned"))
	case byScript(c.Request()) || !wantsHTML(c.Request()):
		return err
	}
	p := problemOf(err)
	if s.cannedPage(c, p.status, func(page *views.CannedPage) { page.Error, page.Edit = s.told(c, p), sent }) != nil {
		return err // the first error tells more
	}
	return nil
}

func (s *Server) showCanned(c echo.Context) error {
	return s.cannedPage(c, http.StatusOK, func(p *views.CannedPage) {
		for _, r := range p.List {
			if r.ID == c.QueryParam("edit") {
				p.Edit = r
			}
		}
	})
}

// cannedPage draws the responses that the agent may see.
func (s *Server) cannedPage(c echo.Context, status int, fill func(*views.CannedPage)) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	list, err := s.canned(c, true)
	if err != nil {
		return err
	}
	p := views.CannedPage{Page: in.Page, Groups: in.Inbox.Groups, List: list, Query: c.QueryParam("q"), Edit: desk.CannedResponse{Group: desk.EveryGroup}}
	p.Active, p.Title = views.NavSettings, p.T("Canned responses")
	p.From, _ = strconv.Atoi(c.QueryParam("from"))
	p.Added, _ = strconv.Atoi(c.QueryParam("added"))
	fill(&p)
	return s.render(c, status, views.Canned(p))
}
