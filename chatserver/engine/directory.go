package engine

import (
	"context"
	"maps"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Priorities of an agent in a group. A supervisor is never assigned by the
// router.
const (
	PriorityFirst      = "first"
	PriorityNormal     = "normal"
	PriorityLast       = "last"
	PrioritySupervisor = "supervisor"
)

// directory is everybody and everything that changes rarely. A value is never
// changed after it has been published.
type directory struct {
	license store.License
	agents  map[string]*store.Agent
	account map[string]*store.Agent // by account id
	groups  []store.Group
	tags    []store.Tag
}

func (e *Engine) loadDirectory(ctx context.Context) error {
	d := &directory{agents: map[string]*store.Agent{}, account: map[string]*store.Agent{}}
	var err error
	if d.license, err = e.store.License(ctx); err != nil && err != store.ErrNotFound {
		return err
	}
	agents, err := e.store.Agents(ctx)
	if err != nil {
		return err
	}
	for i := range agents {
		d.agents[agents[i].ID], d.account[agents[i].AccountID] = &agents[i], &agents[i]
	}
	if d.groups, err = e.store.Groups(ctx); err != nil {
		return err
	}
	if d.tags, err = e.store.Tags(ctx); err != nil {
		return err
	}
	e.dir.Store(d)
	return nil
}

// with is the directory with one agent replaced.
func (d *directory) with(a *store.Agent) *directory {
	next := *d
	next.agents, next.account = maps.Clone(d.agents), maps.Clone(d.account)
	next.agents[a.ID], next.account[a.AccountID] = a, a
	return &next
}

// configure runs a write of the directory and reads it anew.
func (e *Engine) configure(ctx context.Context, fn func(*store.Tx) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.store.Update(ctx, fn); err != nil {
		return err
	}
	return e.loadDirectory(ctx)
}

// License returns the server's license.
func (e *Engine) License() store.License { return e.dir.Load().license }

// Agent finds an agent by id.
func (e *Engine) Agent(id string) (store.Agent, bool) {
	a := e.dir.Load().agents[id]
	if a == nil {
		return store.Agent{}, false
	}
	return *a, true
}

// AgentByAccount finds an agent by the account id of Basic credentials.
func (e *Engine) AgentByAccount(accountID string) (store.Agent, bool) {
	a := e.dir.Load().account[accountID]
	if a == nil {
		return store.Agent{}, false
	}
	return *a, true
}

// Agents lists all agents by id. Do not change their Groups.
func (e *Engine) Agents() []store.Agent {
	d := e.dir.Load()
	out := make([]store.Agent, 0, len(d.agents))
	for _, id := range slices.Sorted(maps.Keys(d.agents)) {
		out = append(out, *d.agents[id])
	}
	return out
}

// Groups lists all groups by id.
func (e *Engine) Groups() []store.Group { return e.dir.Load().groups }

// Tags lists all tags by name.
func (e *Engine) Tags() []store.Tag { return e.dir.Load().tags }

// SetLicense creates or replaces the license.
func (e *Engine) SetLicense(ctx context.Context, l store.License) error {
	if l.CreatedAt == 0 {
		l.CreatedAt = protocol.At(e.now())
	}
	return e.configure(ctx, func(t *store.Tx) error { return t.SetLicense(l) })
}

// CreateAgent creates an agent or replaces it. Where AccountID or CreatedAt are
// empty they are made; Password is the encoded hash (see HashPassword).
func (e *Engine) CreateAgent(ctx context.Context, a store.Agent) error {
	if a.AccountID == "" {
		a.AccountID = NewCustomerID()
	}
	if a.CreatedAt == 0 {
		a.CreatedAt = protocol.At(e.now())
	}
	if a.RoutingStatus == "" {
		a.RoutingStatus = protocol.StatusAccepting
	}
	if a.Role == "" {
		a.Role = "normal"
	}
	return e.configure(ctx, func(t *store.Tx) error { return t.PutAgent(a) })
}

// CreateGroup creates or renames a group.
func (e *Engine) CreateGroup(ctx context.Context, g store.Group) error {
	return e.configure(ctx, func(t *store.Tx) error { return t.PutGroup(g) })
}

// CreateTag creates a tag, or sets the groups it is offered to.
func (e *Engine) CreateTag(ctx context.Context, g store.Tag) error {
	if g.CreatedAt == 0 {
		g.CreatedAt = protocol.At(e.now())
	}
	return e.configure(ctx, func(t *store.Tx) error { return t.PutTag(g) })
}

// priority is an agent's priority in a group; for group 0 without membership it
// is normal, unless the agent is a supervisor everywhere.
func priority(a *store.Agent, group int) (string, bool) {
	if p, ok := a.Groups[group]; ok {
		return p, true
	}
	if group != 0 {
		return "", false
	}
	for _, p := range a.Groups {
		if p != PrioritySupervisor {
			return PriorityNormal, true
		}
	}
	if len(a.Groups) > 0 {
		return PrioritySupervisor, true
	}
	return PriorityNormal, true
}
