package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"agentdesk/desk"
	"agentdesk/views"
)

// maxBulk is how many chats one request may be about.
const maxBulk = 100

// deeds are what can be done with many chats.
var deeds = map[string]command{
	"close": func(_ *form, chatID string) desk.Command { return desk.Deactivate{ChatID: chatID} },
	"tag": func(f *form, chatID string) desk.Command {
		return desk.Tag{ChatID: chatID, Tag: f.id("tag", "Write a tag.")}
	},
	"transfer": func(f *form, chatID string) desk.Command { return transferOf(f, chatID) },
}

// bulk does one thing with several chats, one after the other, and reports what
// came of each. Our script sends them a few at a time and gets the report alone.
func (s *Server) bulk(c echo.Context) error {
	f, err := postForm(c)
	if err != nil {
		return err
	}
	p := views.BulkPage{Do: f.values.Get("do"), Back: canonical(f.values.Get("back"))}
	list, err := f.bulk()
	if err != nil {
		return s.mistaken(c, err, func(c echo.Context, status int, mistake string) error {
			p.Error = mistake
			return s.bulkReport(c, status, p)
		})
	}
	if p.Results, err = s.carryOutAll(c, list); err != nil {
		return err
	}
	return s.bulkReport(c, http.StatusOK, p)
}

// errand is a command about one chat.
type errand struct {
	chatID string
	cmd    desk.Command
}

// bulk reads what is asked of which chats.
func (f *form) bulk() (list []errand, err error) {
	do := deeds[f.values.Get("do")]
	if do == nil {
		f.wrong("do", "Choose what is to happen.")
		return nil, f.err
	}
	chats := f.values["chat"]
	switch n := len(chats); {
	case n == 0:
		f.wrong("chat", "Choose some chats first.")
	case n > maxBulk:
		f.wrong("chat", "These are too many chats: at most %d at once.", maxBulk)
	}
	for i, id := range chats {
		if !validID(id) {
			f.wrong("chat", "This form is not complete. Load the page again.")
		}
		if !slices.Contains(chats[:i], id) {
			list = append(list, errand{id, do(f, id)})
		}
	}
	return list, f.err
}

// carryOutAll does all there is to do, as far as it can be done.
func (s *Server) carryOutAll(c echo.Context, list []errand) (out []views.BulkResult, err error) {
	d, ctx := visitIn(c).desk, c.Request().Context()
	f := desk.Filter{Limit: maxBulk}
	for _, e := range list {
		f.Chats = append(f.Chats, e.chatID)
	}
	in, err := d.Inbox(ctx, f)
	if err != nil {
		return nil, err
	}
	e := s.env(c, in.Me)
	for _, next := range list {
		r := views.BulkResult{ChatID: next.chatID, Name: e.T("Chat")}
		for _, sec := range in.Sections {
			for _, row := range sec.Rows {
				if row.ChatID == next.chatID {
					r.Name = personName(e, row.Customer)
				}
			}
		}
		if _, err := d.Do(ctx, next.cmd); err != nil {
			r.Error = s.sentence(c, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func (s *Server) bulkReport(c echo.Context, status int, p views.BulkPage) error {
	if byScript(c.Request()) {
		p.Env = s.env(c, visitIn(c).desk.Me())
		return s.render(c, status, views.BulkReport(p))
	}
	in, err := s.inbox(c, desk.Filter{Limit: 1})
	if err != nil {
		return err
	}
	p.Page = in.Page
	p.Active, p.Title = views.NavChats, p.T("What was done")
	return s.render(c, status, views.Bulk(p))
}
