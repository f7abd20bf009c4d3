package agentapi

import (
	"context"
	"maps"
	"slices"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
)

// agentView is an agent as the Configuration API shows one (v3.6 "Get Agent").
type agentView struct {
	ID        string      `json:"id"`
	AccountID string      `json:"account_id"`
	Name      string      `json:"name"`
	Role      string      `json:"role"`
	Avatar    string      `json:"avatar,omitzero"`
	JobTitle  string      `json:"job_title,omitzero"`
	MaxChats  int         `json:"max_chats_count"`
	Suspended bool        `json:"suspended"`
	Awaiting  bool        `json:"awaiting_approval"`
	Groups    []groupLink `json:"groups"`
}

type groupLink struct {
	ID       int    `json:"id"`
	Priority string `json:"priority"`
}

// groupView is a group (v3.6 "Get Group").
type groupView struct {
	ID            int               `json:"id"`
	Name          string            `json:"name"`
	Language      string            `json:"language_code"`
	RoutingStatus string            `json:"routing_status"`
	Priorities    map[string]string `json:"agent_priorities"`
}

// Configuration is the table of the Configuration API's reads. Each needs an
// agent's token.
func Configuration(e *engine.Engine) map[string]transport.Action {
	c := configuration{e}
	web := func(do transport.Handler, scopes ...string) transport.Action {
		return transport.Action{Do: do, Scopes: scopes, Web: true, Reads: true}
	}
	return map[string]transport.Action{
		"list_agents":             web(with(c.listAgents), "agents--all:ro"),
		"get_agent":               web(with(c.getAgent), "agents--all:ro"),
		"list_groups":             web(with(c.listGroups), "groups--all:ro", "groups--my:ro"),
		"get_group":               web(with(c.getGroup), "groups--all:ro", "groups--my:ro"),
		"list_groups_status":      web(with(c.groupStatuses)),
		"list_tags":               web(with(c.listTags), "tags--all:ro", "tags--groups:ro"),
		"list_group_properties":   web(with(c.noProperties)),
		"list_license_properties": web(with(c.noProperties)),
		"unban_customer":          web(with(c.unban), "customers.ban:rw"),
	}
}

type configuration struct{ e *engine.Engine }

type filters struct {
	Filters *struct {
		GroupIDs []int `json:"group_ids"`
	} `json:"filters"`
}

func (f filters) groups() []int {
	if f.Filters == nil {
		return nil
	}
	return f.Filters.GroupIDs
}

func (c configuration) view(a store.Agent) agentView {
	v := agentView{
		ID: a.ID, AccountID: a.AccountID, Name: a.Name, Role: a.Role, Avatar: a.Avatar, JobTitle: a.JobTitle,
		MaxChats: a.MaxChats, Suspended: a.Suspended, Groups: []groupLink{},
	}
	if v.MaxChats == 0 {
		v.MaxChats = c.e.Settings().ChatLimit
	}
	for _, g := range slices.Sorted(maps.Keys(a.Groups)) {
		v.Groups = append(v.Groups, groupLink{ID: g, Priority: a.Groups[g]})
	}
	return v
}

func (c configuration) listAgents(_ context.Context, _ engine.Actor, r filters) ([]agentView, error) {
	out := []agentView{}
	for _, a := range c.e.Agents() {
		in := len(r.groups()) == 0
		for _, g := range r.groups() {
			_, member := a.Groups[g]
			in = in || member
		}
		if in {
			out = append(out, c.view(a))
		}
	}
	return out, nil
}

func (c configuration) getAgent(_ context.Context, _ engine.Actor, r struct {
	ID string `json:"id"`
}) (agentView, error) {
	a, ok := c.e.Agent(r.ID)
	if !ok {
		return agentView{}, protocol.Fail(protocol.ErrNotFound, "There is no such agent.")
	}
	return c.view(a), nil
}

func (c configuration) groups() []groupView {
	statuses := c.e.GroupStatuses()
	out := []groupView{}
	for _, g := range c.e.Groups() {
		v := groupView{ID: g.ID, Name: g.Name, Language: g.Language, RoutingStatus: statuses[g.ID], Priorities: map[string]string{}}
		for _, a := range c.e.Agents() {
			if p, ok := a.Groups[g.ID]; ok {
				v.Priorities[a.ID] = p
			}
		}
		out = append(out, v)
	}
	return out
}

func (c configuration) listGroups(context.Context, engine.Actor, struct{}) ([]groupView, error) {
	return c.groups(), nil
}

func (c configuration) getGroup(_ context.Context, _ engine.Actor, r struct {
	ID *int `json:"id"`
}) (groupView, error) {
	if r.ID == nil {
		return groupView{}, protocol.Fail(protocol.ErrValidation, "`id` is required")
	}
	for _, g := range c.groups() {
		if g.ID == *r.ID {
			return g, nil
		}
	}
	return groupView{}, protocol.Fail(protocol.ErrNotFound, "There is no such group.")
}

func (c configuration) groupStatuses(context.Context, engine.Actor, struct{}) (map[int]string, error) {
	return c.e.GroupStatuses(), nil
}

func (c configuration) listTags(_ context.Context, _ engine.Actor, r filters) ([]store.Tag, error) {
	out := []store.Tag{}
	for _, t := range c.e.Tags() {
		if len(r.groups()) == 0 || slices.ContainsFunc(t.GroupIDs, func(g int) bool { return slices.Contains(r.groups(), g) }) {
			out = append(out, t)
		}
	}
	return out, nil
}

func (c configuration) noProperties(context.Context, engine.Actor, struct{}) (protocol.Properties, error) {
	return protocol.Properties{}, nil
}

func (c configuration) unban(ctx context.Context, by engine.Actor, r struct {
	ID string `json:"id"`
}) (any, error) {
	if r.ID == "" {
		return nil, protocol.Fail(protocol.ErrValidation, "`id` is required")
	}
	return nil, c.e.Unban(ctx, by, r.ID, "")
}
