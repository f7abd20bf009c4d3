package views

import (
	"agentdesk/desk"
)

func (e Env) accountName(a desk.Account) string {
	return e.nameOf(desk.Person{Agent: true, ID: a.ID, Name: a.Name})
}

func (e Env) bannedName(b desk.Banned) string {
	return e.nameOf(desk.Person{ID: b.CustomerID, Name: b.Name})
}

// rule says in words what a rule of access does.
func (p SettingsPage) rule(r desk.AccessRule) string {
	names := make([]string, 0, len(r.Groups))
	for _, g := range r.Groups {
		names = append(names, p.groupName(p.Setup.Groups, g))
	}
	groups := p.listed(names)
	if len(r.URLs) == 0 {
		return p.T("Chats that fit “%s” go to %s", label(r.Description), groups)
	}
	urls := make([]string, 0, len(r.URLs))
	for _, u := range r.URLs {
		urls = append(urls, label(u))
	}
	if r.More {
		return p.T("Chats from addresses with %s (and other conditions) go to %s", p.listed(urls), groups)
	}
	return p.T("Chats from addresses with %s go to %s", p.listed(urls), groups)
}

// accountNote is the line under an agent's name.
func (p SettingsPage) accountNote(a desk.Account) string {
	note := p.roleWord(a.Role)
	switch {
	case a.Waiting:
		note += " · " + p.T("waits for approval")
	case a.Suspended:
		note += " · " + p.T("suspended")
	}
	if a.ID == p.MeID {
		return note + " · " + p.T("you")
	}
	return note + " · " + label(a.ID)
}

func (e Env) roleWord(role string) string {
	switch role {
	case "owner":
		return e.T("Owner")
	case "viceowner":
		return e.T("Vice owner")
	case desk.RoleAdministrator:
		return e.T("Administrator")
	}
	return e.T("Agent")
}

// maychange reports whether the one who looks may change an account: never the
// own one, so that nobody locks himself out, and never an owner's.
func (p SettingsPage) maychange(a desk.Account) bool {
	return a.ID != p.MeID && a.Role != "owner" && a.Role != "viceowner"
}
