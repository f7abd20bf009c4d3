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
	license    store.License
	agents     map[string]*store.Agent // people and bots
	account    map[string]*store.Agent // by account id
	former     map[string]*store.Agent // deleted ones, for their names
	groups     []store.Group
	tags       []store.Tag
	rules      []store.AutoAccess             // the first that fits counts
	properties map[string]protocol.Properties // by place, see store.SetProperties
	defined    map[string]map[string]store.PropertyDefinition
	shut       map[string]protocol.Time // banned addresses, until when
}

func (e *Engine) loadDirectory(ctx context.Context) error {
	d := &directory{agents: map[string]*store.Agent{}, account: map[string]*store.Agent{}, former: map[string]*store.Agent{}}
	var err error
	if d.license, err = e.store.License(ctx); err != nil && err != store.ErrNotFound {
		return err
	}
	agents, err := e.store.Agents(ctx)
	if err != nil {
		return err
	}
	for i := range agents {
		if a := &agents[i]; a.DeletedAt != 0 {
			d.former[a.ID] = a
		} else {
			d.agents[a.ID], d.account[a.AccountID] = a, a
		}
	}
	if d.groups, err = e.store.Groups(ctx); err != nil {
		return err
	}
	d.groups = slices.DeleteFunc(d.groups, func(g store.Group) bool { return g.DeletedAt != 0 })
	if d.tags, err = e.store.Tags(ctx); err != nil {
		return err
	}
	if d.rules, err = e.store.AutoAccesses(ctx); err != nil {
		return err
	}
	if d.properties, err = e.store.Properties(ctx); err != nil {
		return err
	}
	if d.defined, err = e.store.Definitions(ctx); err != nil {
		return err
	}
	bans, err := e.Bans(ctx)
	d.shut = map[string]protocol.Time{}
	for _, b := range bans {
		if b.IP != "" {
			d.shut[b.IP] = max(d.shut[b.IP], b.ExpiresAt)
		}
	}
	e.dir.Store(d)
	return err
}

// with is the directory with one agent replaced.
func (d *directory) with(a *store.Agent) *directory {
	next := *d
	next.agents, next.account = maps.Clone(d.agents), maps.Clone(d.account)
	next.agents[a.ID], next.account[a.AccountID] = a, a
	return &next
}

// known is an agent who is or was one here, or nil.
func (d *directory) known(id string) *store.Agent {
	if a := d.agents[id]; a != nil {
		return a
	}
	return d.former[id]
}

// person is an agent who is no bot, or nil.
func (d *directory) person(id string) *store.Agent {
	if a := d.agents[id]; a != nil && a.Details.Bot == nil {
		return a
	}
	return nil
}

// all lists people and bots by id.
func (d *directory) all() []*store.Agent {
	out := make([]*store.Agent, 0, len(d.agents))
	for _, id := range slices.Sorted(maps.Keys(d.agents)) {
		out = append(out, d.agents[id])
	}
	return out
}

// reconfigure is change for what stands in the directory: it is read anew
// before anybody is told, and free places are given away after.
func (e *Engine) reconfigure(ctx context.Context, by Actor, fn func(*work) error) error {
	return e.change(ctx, by, func(w *work) error {
		w.directory = true
		return fn(w)
	})
}

// License returns the server's license.
func (e *Engine) License() store.License { return e.dir.Load().license }

// Agent finds an agent, a person or a bot, by id. Do not change its Groups.
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

// Agents lists all agents but the bots, by id. Do not change their Groups.
func (e *Engine) Agents() []store.Agent {
	var out []store.Agent
	for _, a := range e.dir.Load().all() {
		if a.Details.Bot == nil {
			out = append(out, *a)
		}
	}
	return out
}

// Groups lists all groups by id. Do not change the list.
func (e *Engine) Groups() []store.Group { return e.dir.Load().groups }

// Tags lists all tags by name. Do not change the list.
func (e *Engine) Tags() []store.Tag { return e.dir.Load().tags }

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
