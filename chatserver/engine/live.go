package engine

import (
	"maps"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// track keeps what is known of the active chats in step with a chat's new state.
// mu and view are held, or nobody else knows the engine yet.
func (e *Engine) track(id string, c *store.Chat) {
	old := e.live[id]
	if old != nil {
		e.count(old, -1)
	}
	if old == nil || !c.Active || !sameMembers(old.Users, c.Users) {
		e.requeue = true
	}
	delete(e.live, id)
	delete(e.queued, id)
	if !c.Active {
		if e.byCustomer[c.CustomerID] == id {
			delete(e.byCustomer, c.CustomerID)
		}
		return
	}
	e.live[id] = c
	if c.CustomerID != "" {
		e.byCustomer[c.CustomerID] = id
	}
	e.count(c, 1)
	if c.Thread != nil && c.Thread.QueuedAt != 0 {
		e.queued[id] = c
	}
}

// sameMembers reports whether the same users are present.
func sameMembers(a, b []store.Member) bool {
	return slices.EqualFunc(a, b, func(x, y store.Member) bool {
		return x.UserID == y.UserID && x.Present == y.Present && x.Visibility == y.Visibility
	})
}

// count adds a chat to the loads of its agents, or takes it off.
func (e *Engine) count(c *store.Chat, n int) {
	if c.CustomerID == "" {
		return
	}
	for _, m := range c.Users {
		if m.Type == protocol.UserAgent && m.Present && m.Visibility != protocol.VisibilityAgents {
			e.loads[m.UserID] += n
		}
	}
}

// cloneChat copies a chat as deeply as drafts edit it.
func cloneChat(c *store.Chat) *store.Chat {
	d := *c
	d.Access = slices.Clone(c.Access)
	d.Properties = cloneProperties(c.Properties)
	d.Users = slices.Clone(c.Users)
	d.Followers = slices.Clone(c.Followers)
	d.LastEvents = maps.Clone(c.LastEvents)
	if c.Thread != nil {
		t := *c.Thread
		t.UserIDs = slices.Clone(t.UserIDs)
		t.AgentIDs = slices.Clone(t.AgentIDs)
		t.Access = slices.Clone(t.Access)
		t.Tags = slices.Clone(t.Tags)
		t.Properties = cloneProperties(t.Properties)
		d.Thread = &t
	}
	return &d
}

func cloneProperties(p protocol.Properties) protocol.Properties {
	if p == nil {
		return nil
	}
	out := make(protocol.Properties, len(p))
	for ns, names := range p {
		out[ns] = maps.Clone(names)
	}
	return out
}
