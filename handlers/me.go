package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
	"agentdesk/words"
)

func (s *Server) showMe(c echo.Context) error {
	return s.mePage(c, http.StatusOK, func(p *views.MePage) {
		if parts[desk.Part(c.QueryParam("saved"))] != nil {
			p.Notice = p.T("Saved")
		}
	})
}

// mePage draws what an agent sets for himself.
func (s *Server) mePage(c echo.Context, status int, fill func(*views.MePage)) error {
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	v := visitIn(c)
	list, err := s.Auth.Sessions(c.Request().Context(), v.agent())
	if err != nil {
		return err
	}
	p := views.MePage{Page: in.Page, Groups: in.Inbox.Groups}
	p.Active, p.Title = views.NavNone, p.T("My settings")
	for _, a := range in.Inbox.Agents {
		if a.ID == p.Me.ID {
			p.Member = a.Groups
		}
	}
	for _, l := range list {
		p.Sessions = append(p.Sessions, views.SignedIn{Key: l.Key, Device: l.Device, Created: l.CreatedAt, Seen: l.SeenAt, Here: l.Key == v.session.Key})
	}
	fill(&p)
	return s.render(c, status, views.Me(p))
}

// parts read the forms of the page, each one part of the preferences.
var parts = map[desk.Part]func(*form) desk.Preferences{
	desk.PartLook: look, desk.PartWork: work, desk.PartKeys: keyMap, desk.PartAlerts: alerts, desk.PartPanes: panes,
}

// setPreferences saves one part. What is wrong comes back with what was sent.
func (s *Server) setPreferences(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	part := desk.Part(f.values.Get("part"))
	read := parts[part]
	if read == nil {
		return &desk.Error{Code: desk.Invalid, Text: "This form is not complete. Load the page again.", Field: "part"}
	}
	p := read(f)
	if err = f.err; err == nil {
		_, err = visitIn(c).desk.Do(c.Request().Context(), desk.SetPreferences{Part: part, Preferences: p})
	}
	if err == nil {
		return s.done(c, s.path("me")+"?saved="+string(part)+"#"+string(part))
	}
	wrong := problemOf(err)
	if wrong.field == "" || byScript(c.Request()) || !wantsHTML(c.Request()) {
		return err
	}
	return s.mePage(c, wrong.status, func(p *views.MePage) {
		p.Part, p.Error, p.Field, p.Sent = part, s.told(c, wrong), wrong.field, map[string]string{}
		for name := range f.values {
			p.Sent[name] = f.values.Get(name)
		}
	})
}

func look(f *form) desk.Preferences {
	p := desk.Preferences{Language: f.line("language"), Clock: f.line("clock"), Theme: f.line("theme"), Density: f.line("density")}
	if words.Find(p.Language) == nil {
		f.wrong("language", "Choose one of the languages.")
	}
	return p
}

func work(f *form) desk.Preferences {
	return desk.Preferences{
		Send: f.line("send"), Focus: f.line("focus"), SilentTyping: !f.ticked("typing"),
		AwayAfter: f.number("away_after", 0, desk.MaxAway, "Write minutes: 0 to 240."),
	}
}

func alerts(f *form) desk.Preferences {
	return desk.Preferences{Alerts: desk.Alerts{
		Queue: f.line("queue"), Mine: f.line("mine"), Message: f.line("message"), Transfer: f.line("transfer"),
		Quieter: 100 - f.number("volume", 0, 100, "The volume is 0 to 100."),
		Once:    !f.ticked("repeat"), FocusSilent: !f.ticked("focused"), NoDesktop: !f.ticked("desktop"),
		QuietFrom: f.line("quiet_from"), QuietTo: f.line("quiet_to"),
	}}
}

func panes(f *form) desk.Preferences {
	width := func(field string) int {
		if f.values.Get(field) == "" {
			return 0
		}
		return f.number(field, desk.MinPane, max(desk.MaxListPane, desk.MaxDetailsPane), "Choose one of the widths.")
	}
	return desk.Preferences{Panes: desk.Panes{List: width("list"), Details: width("details")}}
}

// keyMap reads the keys' fields. An empty one takes the usual key.
func keyMap(f *form) desk.Preferences {
	k := desk.Keys{Off: !f.ticked("keys")}
	for _, a := range desk.KeyActions {
		if key := f.line("key-" + a.Name); key != "" {
			k = k.With(a.Name, key)
		}
	}
	for name := range f.values {
		if action, ok := strings.CutPrefix(name, "key-"); ok && (desk.Keys{}).Key(action) == "" {
			f.wrong("map", "There is no such action of a key.")
		}
	}
	return desk.Preferences{Keys: k}
}

// ticked reads a box.
func (f *form) ticked(field string) bool { return f.choice(field, "", "1") == "1" }

// endSession signs another browser of the agent out.
func (s *Server) endSession(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	v, key := visitIn(c), f.id("session", "There is no such session.")
	if key == v.session.Key {
		f.wrong("session", "This browser is signed out with “Sign out” in your menu.")
	}
	if f.err == nil {
		_, f.err = s.Auth.End(detached(c), v.agent(), key) // one that has ended by itself is as good
	}
	return s.ended(c, f.err)
}

// endOthers signs the agent out everywhere but here.
func (s *Server) endOthers(c echo.Context) error {
	v := visitIn(c)
	return s.ended(c, s.Auth.EndOthers(detached(c), v.agent(), v.session.Key))
}

// detached outlives the request: a browser that gives up must not leave half of
// it done.
func detached(c echo.Context) context.Context { return context.WithoutCancel(c.Request().Context()) }

func (s *Server) ended(c echo.Context, err error) error {
	if err == nil {
		return s.done(c, s.path("me")+"#sessions")
	}
	wrong := problemOf(err)
	if wrong.field == "" || byScript(c.Request()) || !wantsHTML(c.Request()) {
		return err
	}
	return s.mePage(c, wrong.status, func(p *views.MePage) { p.Error, p.Field = s.told(c, wrong), wrong.field })
}
