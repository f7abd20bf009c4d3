package engine

import (
	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// guestStatuses is GroupStatuses for callers that hold mu.
func (e *Engine) guestStatuses() map[int]string {
	out := map[int]string{0: e.guestStatus(0)}
	for _, g := range e.dir.Load().groups {
		out[g.ID] = e.guestStatus(g.ID)
	}
	return out
}

// PredictedAgent tells who would get a customer's chat of a group if it started
// now. Where all are busy it is one of the group's agents, and queue is true.
// Where nobody takes chats it fails with group_offline.
func (e *Engine) PredictedAgent(group int) (who store.Agent, queue bool, err error) {
	if !e.groupExists(group) {
		return who, false, protocol.Fail(protocol.ErrGroupUnavailable, "There is no such group.")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.groupStatus(group) != protocol.StatusAccepting {
		return who, false, protocol.Fail(protocol.ErrGroupOffline, "Nobody of the group is available now.")
	}
	d := e.dir.Load()
	if id := e.pick(group); id != "" {
		return *d.agents[id], false, nil
	}
	for id, p := range e.agents {
		a := d.agents[id]
		if a == nil || !p.available() {
			continue
		}
		if pr, in := priority(a, group); in && pr != PrioritySupervisor && (who.ID == "" || id < who.ID) {
			who = *a
		}
	}
	return who, true, nil
}

// WebAddress reports whether an address is one of the web, which may be shown as
// a link.
func WebAddress(s string) bool { return webAddress(s) }

// AgentSessions counts an agent's live connections.
func (e *Engine) AgentSessions(agentID string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.sessionsOf(agentID))
}
