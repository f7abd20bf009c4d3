package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// GroupRouting gives every group's status as agents are told it
// (groups_status_updated): accepting_chats, not_accepting_chats or offline. Group
// 0 is everybody.
func (e *Engine) GroupRouting() map[int]string {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := map[int]string{0: e.groupStatus(0)}
	for _, g := range e.Groups() {
		out[g.ID] = e.groupStatus(g.ID)
	}
	return out
}

// loggedOut keeps when an agent was here last. mu is held.
func (e *Engine) loggedOut(ctx context.Context, agentID string) {
	a := e.dir.Load().person(agentID)
	if a == nil {
		return
	}
	changed := *a
	changed.Details.LastLogout = protocol.At(e.now())
	if err := e.store.Update(ctx, func(t *store.Tx) error { return t.PutAgent(changed) }); err != nil {
		e.log.Error("a logout could not be kept", "err", err)
		return
	}
	e.dir.Store(e.dir.Load().with(&changed))
}
