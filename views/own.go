package views

import "agentdesk/desk"

// ownState is the word under the agent's own picture. Away from the desk matters
// only to who would get chats.
func ownState(e Env, me desk.Me) string {
	if me.Away && me.Status == desk.Accepting {
		return e.T("Away")
	}
	return e.statusShort(me.Status)
}

// ownPresence is the shape at the agent's own picture.
func ownPresence(me desk.Me) string {
	if me.Away && me.Status == desk.Accepting {
		return presence(desk.NotAccepting)
	}
	return presence(me.Status)
}
