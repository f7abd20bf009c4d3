package views

import (
	"slices"

	"agentdesk/desk"
)

// count is the sentence under the heading.
func (p TeamPage) count() string {
	accepting := 0
	for _, a := range p.Team {
		if a.Status == desk.Accepting {
			accepting++
		}
	}
	return p.N(len(p.Team), "%[2]d of %[1]d agent accepts chats", "%[2]d of %[1]d agents accept chats", accepting)
}

func (e Env) colleague(a desk.Colleague) string {
	return e.nameOf(desk.Person{Agent: true, ID: a.ID, Name: a.Name})
}

func (p TeamPage) note(a desk.Colleague) string {
	if a.ID == p.MeID {
		return p.T("You")
	}
	return label(a.ID)
}

// groups names the groups an agent serves, as far as they have a name.
func (p TeamPage) groups(a desk.Colleague) string {
	names := make([]string, 0, len(a.Groups))
	for _, g := range p.Groups {
		if g.Name != "" && slices.Contains(a.Groups, g.ID) {
			names = append(names, label(g.Name))
		}
	}
	return p.listed(names)
}

// chatsOf is the list of an agent's chats.
func (p TeamPage) chatsOf(a desk.Colleague) string {
	if a.ID == p.MeID {
		return p.Path("chats")
	}
	return p.Path("chats") + "?agent=" + queryEscape(a.ID)
}

// mayswitch reports whether the one who looks may change an agent's status: the
// own always, others' as administrator, while they are here.
func (p TeamPage) mayswitch(a desk.Colleague) bool {
	if a.Status != desk.Accepting && a.Status != desk.NotAccepting {
		return false
	}
	return a.ID == p.MeID || p.Me.Administrator()
}

func opposite(s desk.RoutingStatus) desk.RoutingStatus {
	if s == desk.Accepting {
		return desk.NotAccepting
	}
	return desk.Accepting
}

func (e Env) switchWord(s desk.RoutingStatus) string {
	if s == desk.Accepting {
		return e.T("Pause")
	}
	return e.T("Accept chats")
}
