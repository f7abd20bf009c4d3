package engine

import (
	"context"
	"slices"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

func notYours() error {
	return protocol.Fail(protocol.ErrAuthorization, "The access token may change only what the agent looks like.")
}

// AddAgent creates an agent (Configuration API v3.6 "Create Agent"): one who does
// not accept chats after login unless told otherwise. It returns the id in lower
// case. A deleted agent of the same id comes back under his old account.
func (e *Engine) AddAgent(ctx context.Context, by Actor, id string, awaiting bool, ch AgentChange) (string, error) {
	id = strings.ToLower(strings.TrimSpace(id))
	if err := required("id", id); err != nil {
		return "", err
	}
	if local, domain, ok := strings.Cut(id, "@"); !ok || local == "" || domain == "" || strings.ContainsAny(id, " <>,;") {
		return "", invalid("id", "must be an e-mail address")
	}
	hash, err := e.hash(ctx, ch.Password)
	if err != nil {
		return "", err
	}
	return id, e.reconfigure(ctx, by, func(w *work) error {
		d := e.dir.Load()
		if d.agents[id] != nil {
			return invalid("id", "names an agent who exists already")
		}
		a := store.Agent{ID: id, AccountID: NewCustomerID(), Role: RoleNormal, Password: hash, CreatedAt: protocol.At(e.now())}
		a.RoutingStatus, a.Details.Awaiting = protocol.StatusAccepting, awaiting
		a.Details.LoginStatus = LoginNotAccepting
		if err := w.mayGrant(a.Role); err != nil {
			return err
		}
		told, err := w.apply(ch, &a, true)
		if err != nil {
			return err
		}
		w.push(protocol.PushAgentCreated, createdAgent(&a, told), e.everyAgent("agents--all:ro"))
		return w.PutAgent(a)
	})
}

// createdAgent is the push of a new agent: what the documents show of him, and
// whatever else was given.
func createdAgent(a *store.Agent, told map[string]any) map[string]any {
	told["id"], told["name"], told["role"] = a.ID, a.Name, a.Role
	told["awaiting_approval"], told["groups"] = a.Details.Awaiting, GroupPriorities(a.Groups)
	if told["work_scheduler"] == nil {
		told["work_scheduler"] = store.WorkScheduler{Schedule: []store.WorkHours{}}
	}
	for name, list := range map[string][]string{"notifications": a.Details.Notifications, "email_subscriptions": a.Details.EmailSubscriptions} {
		if told[name] == nil {
			told[name] = append([]string{}, list...)
		}
	}
	return told
}

// UpdateAgent changes an agent (Configuration API v3.6 "Update Agent"). Everybody
// may change himself, except for his role, groups, hours, limit of chats and
// password. A new role ends the agent's sessions; his clients come back with the
// new rights. A password that another sets ends his sessions and tokens.
func (e *Engine) UpdateAgent(ctx context.Context, by Actor, id string, ch AgentChange) error {
	if err := required("id", id); err != nil {
		return err
	}
	hash, err := e.hash(ctx, ch.Password)
	if err != nil {
		return err
	}
	return e.editAgent(ctx, by, id, func(w *work, a *store.Agent) error {
		before := a.Role
		if hash != "" {
			if err := w.setPassword(a, hash); err != nil {
				return err
			}
		}
		told, err := w.apply(ch, a, by.Kind == "" || by.Scopes.Any("agents--all:rw"))
		if err != nil {
			return err
		}
		if len(told) == 0 && hash == "" {
			return invalid("name", "or another field to change is required")
		}
		if len(told) > 0 {
			told["id"] = a.ID
			w.push(protocol.PushAgentUpdated, told, e.everyAgent("agents--all:ro"))
		}
		if ch.Groups != nil || a.Role != before {
			w.regrouped(id)
		}
		w.after = append(w.after, func() { e.requeue = true })
		if a.Role == before {
			return nil
		}
		w.after = append(w.after, func() { e.recast(id, a.Role) })
		return w.SwapScopes(id, RoleScopes(before), RoleScopes(a.Role))
	})
}

// recast ends the sessions of an agent whose role changed. Until they are gone
// they may do no more than the new role. mu is held.
func (e *Engine) recast(id, role string) {
	for _, s := range e.sessionsOf(id) {
		s.scopes = s.scopes.within(role)
	}
	e.closeWhere(func(s *Session) bool { return s.UserID == id }, protocol.ReasonRoleChanged)
}

// editAgent changes a person whom the requester may manage. A copy is edited
// and kept.
func (e *Engine) editAgent(ctx context.Context, by Actor, id string, edit func(*work, *store.Agent) error) error {
	return e.reconfigure(ctx, by, func(w *work) error {
		have := e.dir.Load().person(id)
		if have == nil {
			return notFound("agent")
		}
		if err := w.mayManage(have); err != nil {
			return err
		}
		a := *have
		if err := edit(w, &a); err != nil {
			return err
		}
		return w.PutAgent(a)
	})
}

// SuspendAgent shuts an agent out until UnsuspendAgent. His sessions end, his
// chats go to others.
func (e *Engine) SuspendAgent(ctx context.Context, by Actor, id string) error {
	return e.mark(ctx, by, id, protocol.PushAgentSuspended, func(w *work, a *store.Agent) bool {
		w.after = append(w.after, func() { e.shutOut(ctx, id, protocol.ReasonLoggedOutRemotely, EndRemotely) })
		defer func() { a.Suspended = true }()
		return !a.Suspended
	})
}

// UnsuspendAgent takes a suspension back.
func (e *Engine) UnsuspendAgent(ctx context.Context, by Actor, id string) error {
	return e.mark(ctx, by, id, protocol.PushAgentUnsuspended, func(_ *work, a *store.Agent) bool {
		defer func() { a.Suspended = false }()
		return a.Suspended
	})
}

// ApproveAgent lets an agent in who was created awaiting approval.
func (e *Engine) ApproveAgent(ctx context.Context, by Actor, id string) error {
	return e.mark(ctx, by, id, protocol.PushAgentApproved, func(_ *work, a *store.Agent) bool {
		defer func() { a.Details.Awaiting = false }()
		return a.Details.Awaiting
	})
}

// mark changes one flag of another agent and tells it by the agent's id. set
// reports whether the flag changed.
func (e *Engine) mark(ctx context.Context, by Actor, id, push string, set func(*work, *store.Agent) bool) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.editAgent(ctx, by, id, func(w *work, a *store.Agent) error {
		if id == by.ID || a.Role == RoleOwner {
			return protocol.Fail(protocol.ErrAuthorization, "Neither the owner nor oneself can be changed like this.")
		}
		if !set(w, a) {
			return errUnchanged
		}
		w.push(push, agentRef{id}, e.everyAgent("agents--all:ro"))
		return nil
	})
}

// agentRef is a push that names an agent and nothing else.
type agentRef struct {
	ID string `json:"id"`
}

// DeleteAgent deletes an agent with his tokens (Configuration API v3.6 "Delete
// Agent"). His sessions end, his chats go to others, his name stays in old
// chats. The owner cannot be deleted.
func (e *Engine) DeleteAgent(ctx context.Context, by Actor, id string) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.reconfigure(ctx, by, func(w *work) error {
		a := e.dir.Load().person(id)
		if a == nil {
			return notFound("agent")
		}
		if err := w.mayManage(a); err != nil {
			return err
		}
		if a.Role == RoleOwner {
			return protocol.Fail(protocol.ErrAuthorization, "The owner cannot be deleted.")
		}
		w.push(protocol.PushAgentDeleted, agentRef{id}, without(e.everyAgent("agents--all:ro"), id))
		w.after = append(w.after, func() { e.shutOut(ctx, id, protocol.ReasonTokenRevoked, EndDeleted) })
		return w.Tx.DeleteAgent(id, protocol.At(e.now()))
	})
}

// EndDeleted is the cause of End where the agent was deleted.
const EndDeleted = "deleted"

// shutOut ends an agent's sessions at once and gives his chats to others. mu is
// held.
func (e *Engine) shutOut(ctx context.Context, id, reason, cause string) {
	ctx = context.WithoutCancel(ctx)
	p := e.presence(id)
	for _, s := range slices.Clone(p.sessions) {
		s.ended = true
		s.sink.Close(reason)
	}
	p.sessions, p.cause, e.requeue = nil, cause, true
	if e.dir.Load().agents[id] != nil {
		e.goOffline(ctx, id)
		return
	}
	e.giveBack(ctx, id, cause, false)
	delete(e.agents, id)
}
