package views

import (
	"net/url"
	"strconv"
	"strings"

	"agentdesk/desk"
)

func (c ChatPane) banned() bool {
	k := c.customer().Customer
	return k != nil && k.Banned
}

func (c ChatPane) visit() desk.Visit {
	if k := c.customer().Customer; k != nil {
		return k.Visit
	}
	return desk.Visit{}
}

func (c ChatPane) fields() []desk.Field {
	if k := c.customer().Customer; k != nil {
		return k.Fields
	}
	return nil
}

func (c ChatPane) chats() int {
	if k := c.customer().Customer; k != nil {
		return max(k.Chats, k.Threads)
	}
	return 0
}

// pagesMax is how many opened pages are listed.
const pagesMax = 8

// pages are the newest opened pages, newest first.
func (c ChatPane) pages() []desk.Page {
	all := c.visit().Pages
	out := make([]desk.Page, 0, pagesMax)
	for i := len(all) - 1; i >= 0 && len(out) < pagesMax; i-- {
		out = append(out, all[i])
	}
	return out
}

// prechat is the filled form before the chat, where its event is shown.
func (c ChatPane) prechat() *desk.Form {
	for i := range c.View.Chat.Thread.Events {
		if ev := &c.View.Chat.Thread.Events[i]; ev.Kind == desk.KindFilledForm && ev.Form != nil && ev.Form.Type == "prechat" {
			return ev.Form
		}
	}
	return nil
}

func (c ChatPane) searchWord() string {
	p := c.customer()
	if p.Email != "" {
		return p.Email
	}
	return p.Name
}

// facts are what is known of the customer, in a fixed order.
func (c ChatPane) facts(e Env) []desk.Field {
	v := c.visit()
	var out []desk.Field
	add := func(name, value string) {
		if value != "" {
			out = append(out, desk.Field{Name: name, Value: value})
		}
	}
	add(e.T("Place"), strings.Join(filled(label(v.City), label(v.Region), label(v.Country)), ", "))
	add(e.T("Device"), device(v.UserAgent))
	add(e.T("Address"), label(v.IP))
	add(e.T("Time zone"), label(v.Timezone))
	if k := c.customer().Customer; k != nil {
		add(e.T("Telephone"), label(k.Phone))
		if k.Threads > 0 {
			add(e.T("Chats"), itoa(k.Threads))
		}
		if k.Visits > 0 {
			add(e.T("Visits"), e.visits(k.Visits, k.PageViews))
		}
		if !k.CreatedAt.IsZero() {
			add(e.T("Known since"), e.form("date", k.CreatedAt))
		}
	}
	if len(out) == 0 {
		add(e.T("Known"), e.T("nothing but the conversation"))
	}
	return out
}

func filled(list ...string) (out []string) {
	for _, s := range list {
		if s != "" && (len(out) == 0 || out[len(out)-1] != s) {
			out = append(out, s)
		}
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// placeName is what a safe address is called: its title, or host and path.
func placeName(title string, l Link) string {
	if t := label(title); t != "" {
		return t
	}
	u, err := url.Parse(l.URL)
	if err != nil {
		return l.Host
	}
	return label(l.Host + strings.TrimSuffix(u.Path, "/"))
}

func placeText(title, address string) string {
	if t := label(title); t != "" {
		return t
	}
	return orDash(label(address))
}

func groupValue(g desk.Group) string { return "group:" + strconv.Itoa(g.ID) }

// load says how busy an agent is.
func (e Env) load(t desk.TransferTarget) string {
	if t.Active == 0 {
		return e.statusWord(t.Agent.Status) + " · " + e.T("no chats now")
	}
	return e.statusWord(t.Agent.Status) + " · " + e.N(t.Active, "%d chat now", "%d chats now")
}

// visits says how often a customer came. Servers that count visits do not always
// count pages.
func (e Env) visits(n, pages int) string {
	if pages < 1 {
		return itoa(n)
	}
	return itoa(n) + ", " + e.N(pages, "%d page", "%d pages")
}

func followAction(followed bool) string {
	if followed {
		return "unfollow-customer"
	}
	return "follow-customer"
}
