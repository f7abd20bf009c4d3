package handlers

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// Views keeps saved views, by team. Implementations are safe for concurrent use,
// and durable when a method returns.
type Views interface {
	// Views returns an agent's own views and the shared ones, in their order.
	Views(ctx context.Context, team, agentID string) ([]desk.SavedView, error)
	// PutView keeps a view; one with its id is replaced.
	PutView(ctx context.Context, team string, v desk.SavedView) error
	// DeleteView forgets a view.
	DeleteView(ctx context.Context, team, id string) error
}

const noView = "This view is not there any more."

func (s *Server) savedViews(c echo.Context) ([]desk.SavedView, error) {
	if s.Views == nil {
		return nil, nil
	}
	me := visitIn(c).desk.Me()
	return s.Views.Views(c.Request().Context(), me.Team(), me.ID)
}

// addViews gives the lists the saved views, with how many chats each shows now. They
// are counted when a page is drawn, also quietly and when their menu is opened:
// doing it with every push would cost more than the push.
func (s *Server) addViews(c echo.Context, p *views.InboxPage) (err error) {
	if p.Views, err = s.savedViews(c); err != nil || len(p.Views) == 0 {
		return err
	}
	filters := make([]desk.Filter, len(p.Views))
	for i, v := range p.Views {
		q, _ := url.ParseQuery(v.Query) // what is kept was read before it was
		if filters[i], err = filterOf(q); err != nil {
			filters[i] = desk.Filter{Chats: []string{}} // nothing fits what cannot be understood
		}
	}
	p.Counts, err = visitIn(c).desk.Count(c.Request().Context(), filters)
	return err
}

func (s *Server) showViews(c echo.Context) error { return s.viewsPage(c, http.StatusOK, "") }

// viewsPage draws the views with the forms that change them.
func (s *Server) viewsPage(c echo.Context, status int, mistake string) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	list, err := s.savedViews(c)
	if err != nil {
		return err
	}
	p := views.ViewsPage{Page: in.Page, In: in.Inbox, List: list, Error: mistake}
	p.Title = p.T("Views")
	return s.render(c, status, views.Views(p))
}

// saveView keeps the filter of a query under a name, or changes a view's name and
// whether it is shared.
func (s *Server) saveView(c echo.Context) error {
	return s.changeView(c, func(ctx context.Context, me desk.Me, list []desk.SavedView, f *form) (string, error) {
		v := desk.SavedView{ID: rand.Text(), Owner: me.ID}
		if f.values.Get("id") != "" {
			old, err := f.view(me, list)
			if err != nil {
				return "", err
			}
			v = old
		} else {
			v.Query = canonical(f.values.Get("query"))
			if n := len(list); n > 0 {
				v.Position = list[n-1].Position + 1
			}
		}
		v.Name, v.Shared = f.line("name"), f.values.Get("shared") == "1"
		if f.err != nil {
			return "", f.err
		}
		if err := v.Check(); err != nil {
			return "", err
		}
		next := "views"
		if f.values.Get("id") == "" {
			next = "chats?" + v.Query
		}
		return next, s.Views.PutView(ctx, me.Team(), v)
	})
}

func (s *Server) deleteView(c echo.Context) error {
	return s.changeView(c, func(ctx context.Context, me desk.Me, list []desk.SavedView, f *form) (string, error) {
		v, err := f.view(me, list)
		if err != nil {
			return "", err
		}
		return "views", s.Views.DeleteView(ctx, me.Team(), v.ID)
	})
}

// raiseView puts a view before the one above it.
func (s *Server) raiseView(c echo.Context) error {
	return s.changeView(c, func(ctx context.Context, me desk.Me, list []desk.SavedView, f *form) (string, error) {
		v, err := f.view(me, list)
		if err != nil {
			return "", err
		}
		i := slices.IndexFunc(list, func(o desk.SavedView) bool { return o.ID == v.ID })
		if i > 0 {
			list[i], list[i-1] = list[i-1], list[i]
		}
		for at, v := range list {
			if v.Position == at || !v.ChangedBy(me) {
				continue
			}
			v.Position = at
			if err := s.Views.PutView(ctx, me.Team(), v); err != nil {
				return "", err
			}
		}
		return "views", nil
	})
}

// view finds the view that a form is about, where the agent may change it.
func (f *form) view(me desk.Me, list []desk.SavedView) (desk.SavedView, error) {
	i := slices.IndexFunc(list, func(v desk.SavedView) bool { return v.ID == f.values.Get("id") })
	switch {
	case i < 0:
		return desk.SavedView{}, &desk.Error{Code: desk.Invalid, Text: noView}
	case !list[i].ChangedBy(me):
		return desk.SavedView{}, desk.Fail(desk.Forbidden, "Only administrators and the one who saved a view change it.")
	}
	return list[i], nil
}

// viewChange does what a form asks for and says where it goes on, below the base.
type viewChange func(ctx context.Context, me desk.Me, list []desk.SavedView, f *form) (next string, err error)

func (s *Server) changeView(c echo.Context, change viewChange) error {
	if s.Views == nil {
		return echo.ErrNotFound
	}
	f, err := postForm(c)
	if err != nil {
		return err
	}
	list, err := s.savedViews(c)
	if err != nil {
		return err
	}
	next, err := change(c.Request().Context(), visitIn(c).desk.Me(), list, f)
	if err != nil {
		return s.mistaken(c, err, s.viewsPage)
	}
	return s.done(c, s.Base+"/"+next)
}

// canonical writes the filter of a query as links have it, "" for one that narrows
// nothing or cannot be understood.
func canonical(query string) string {
	q, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return ""
	}
	f, err := filterOf(q)
	if err != nil {
		return ""
	}
	f.After = ""
	return strings.TrimPrefix(views.FilterQuery(f), "?")
}
