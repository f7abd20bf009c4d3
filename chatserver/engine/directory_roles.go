package engine

import (
	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Roles of agents. There is one owner, who cannot be made, changed or deleted
// over the API.
const (
	RoleOwner         = "owner"
	RoleViceowner     = "viceowner"
	RoleAdministrator = "administrator"
	RoleNormal        = "normal"
)

// rank orders roles: nobody manages who stands above him.
func rank(role string) int {
	switch role {
	case RoleOwner:
		return 3
	case RoleViceowner:
		return 2
	case RoleAdministrator:
		return 1
	}
	return 0
}

// mayManage refuses changes to an agent who stands above the requester. The
// server itself may all.
func (w *work) mayManage(a *store.Agent) error {
	if w.by.Kind == "" || w.by.ID == a.ID {
		return nil
	}
	own := w.e.dir.Load().agents[w.by.ID]
	if own == nil || !w.by.Scopes.Any("agents--all:rw") || rank(a.Role) > rank(own.Role) {
		return protocol.Fail(protocol.ErrAuthorization, "You may not change this agent.")
	}
	return nil
}

// mayGrant refuses a role above the requester's own.
func (w *work) mayGrant(role string) error {
	own := w.e.dir.Load().agents[w.by.ID]
	if w.by.Kind == "" || own != nil && w.by.Scopes.Any("agents--all:rw") && rank(role) <= rank(own.Role) {
		return nil
	}
	return protocol.Fail(protocol.ErrAuthorization, "You may not give this role.")
}

// within leaves of a token's scopes what a role may hold.
func (s Scopes) within(role string) Scopes {
	most, out := NewScopes(RoleScopes(role)), Scopes{}
	for name := range s {
		if most[name] {
			out[name] = true
		}
	}
	return out
}

// mayConnect refuses agents who cannot have a websocket now: a bot never can
// (3.4+).
func mayConnect(a *store.Agent) error {
	switch {
	case a.Details.Bot != nil:
		return protocol.Fail(protocol.ErrAuthorization, "Bots cannot use a websocket.")
	case a.Suspended:
		return protocol.Fail(protocol.ErrRequesterSuspended, "The account is suspended.")
	case a.Details.Awaiting:
		return protocol.Fail(protocol.ErrRequesterAwaiting, "The account awaits approval.")
	}
	return nil
}
