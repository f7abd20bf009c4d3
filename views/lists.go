package views

import (
	"agentdesk/desk"
)

// ViewsPage lists the saved views with the forms that change them.
type ViewsPage struct {
	Page
	In    desk.Inbox // for the names of groups and agents
	List  []desk.SavedView
	Error string
}

// BulkPage reports what came of a command about several chats.
type BulkPage struct {
	Page
	Do      string // close, tag, transfer
	Back    string // the query of the lists it came from
	Results []BulkResult
	Error   string // it was not even begun, a sentence
}

// BulkResult is what came of it for one chat.
type BulkResult struct {
	ChatID string
	Name   string
	Error  string // a sentence; "" it was done
}

func (p BulkPage) failed() (n int) {
	for _, r := range p.Results {
		if r.Error != "" {
			n++
		}
	}
	return n
}

// summary says in a sentence how it went.
func (p BulkPage) summary() string {
	n, bad := len(p.Results), p.failed()
	if bad > 0 {
		return p.N(n, "Failed in %[2]d of %[1]d chat.", "Failed in %[2]d of %[1]d chats.", bad)
	}
	switch p.Do {
	case "tag":
		return p.N(n, "%d chat has the tag.", "%d chats have the tag.")
	case "transfer":
		return p.N(n, "%d chat was transferred.", "%d chats were transferred.")
	}
	return p.N(n, "%d chat was closed.", "%d chats were closed.")
}

func (p BulkPage) back() string {
	if p.Back == "" {
		return p.Path("chats")
	}
	return p.Path("chats") + "?" + p.Back
}

// viewPath is where a saved view is seen.
func (e Env) viewPath(v desk.SavedView) string { return e.Path("chats") + "?" + v.Query }

// inView reports whether the page shows a saved view as it was saved.
func (p InboxPage) inView(v desk.SavedView) bool { return p.query() == "?"+v.Query }

// viewName is the name of the saved view that is shown.
func (p InboxPage) viewName() string {
	for _, v := range p.Views {
		if p.inView(v) {
			return label(v.Name)
		}
	}
	return ""
}

// selectPath is the page with rows that can be ticked.
func (p InboxPage) selectPath() string {
	if q := p.query(); q != "" {
		return p.herePath() + q + "&select=1"
	}
	return p.herePath() + "?select=1"
}

// takers are the colleagues to whom several chats can be given.
func (p InboxPage) takers() (out []desk.Agent) {
	for _, a := range p.Inbox.Agents {
		if a.ID != p.Me.ID && a.Status != desk.Offline {
			out = append(out, a)
		}
	}
	return out
}

// raisable reports whether a view can go before the one above it.
func (p ViewsPage) raisable(i int) bool {
	return i > 0 && p.List[i].ChangedBy(p.Me) && p.List[i-1].ChangedBy(p.Me)
}
