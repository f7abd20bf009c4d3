package views

import (
	"net/url"
	"strconv"
	"strings"

	"agentdesk/desk"
)

func (c ChatPane) banned() bool { return c.known().Banned }

func (c ChatPane) visit() desk.Visit { return c.known().Visit }

func (c ChatPane) fields() []desk.Field { return c.known().Fields }

func (c ChatPane) chats() int { return max(c.known().Chats, c.known().Threads) }

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

func followPath(followed bool) string {
	if followed {
		return "unfollow"
	}
	return "follow"
}
