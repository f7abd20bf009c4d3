package views

import (
	"strings"

	"agentdesk/desk"
)

func accountName(a desk.Account) string {
	return nameOf(desk.Person{Agent: true, ID: a.ID, Name: a.Name})
}

func bannedName(b desk.Banned) string { return nameOf(desk.Person{ID: b.CustomerID, Name: b.Name}) }

// rule says in words what a rule of access does.
func (p SettingsPage) rule(r desk.AccessRule) string {
	what := "Chats that fit “" + label(r.Description) + "”"
	if len(r.URLs) > 0 {
		urls := make([]string, 0, len(r.URLs))
		for _, u := range r.URLs {
			urls = append(urls, label(u))
		}
		what = "Chats from addresses with " + strings.Join(urls, " or ")
		if r.More {
			what += " (and other conditions)"
		}
	}
	names := make([]string, 0, len(r.Groups))
	for _, g := range r.Groups {
		names = append(names, groupName(p.Setup.Groups, g))
	}
	return what + " go to " + strings.Join(names, ", ")
}

// accountNote is the line under an agent's name.
func (p SettingsPage) accountNote(a desk.Account) string {
	note := roleWord(a.Role)
	switch {
	case a.Waiting:
		note += " · waits for approval"
	case a.Suspended:
		note += " · suspended"
	}
	if a.ID == p.MeID {
		return note + " · you"
	}
	return note + " · " + label(a.ID)
}

func roleWord(role string) string {
	switch role {
	case "owner":
		return "Owner"
	case "viceowner":
		return "Vice owner"
	case desk.RoleAdministrator:
		return "Administrator"
	}
	return "Agent"
}

// maychange reports whether the one who looks may change an account: never the
// own one, so that nobody locks himself out, and never an owner's.
func (p SettingsPage) maychange(a desk.Account) bool {
	return a.ID != p.MeID && a.Role != "owner" && a.Role != "viceowner"
}
