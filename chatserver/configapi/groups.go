package configapi

import (
	"context"
	"slices"

	"agentdesk/chatserver/engine"
	"agentdesk/chatserver/store"
	"agentdesk/chatserver/transport"
)

func (a api) groups() map[string]transport.Action {
	const all, my = "groups--all:rw", "groups--my:rw"
	const allRead, myRead = "groups--all:ro", "groups--my:ro"
	return map[string]transport.Action{
		"create_group": write(transport.Answer(a.createGroup), all),
		"update_group": write(transport.Perform(a.updateGroup), my, all),
		"delete_group": write(transport.Perform(a.deleteGroup), my, all),

		"get_group":            read(transport.Answer(a.getGroup), myRead, allRead),
		"list_groups":          read(transport.Answer(a.listGroups), myRead, allRead),
		"list_groups_statuses": read(transport.Answer(a.listStatuses), myRead, allRead),
	}
}

type groupID struct {
	ID int `json:"id"`
}

func (a api) createGroup(ctx context.Context, r *transport.Request, in engine.GroupChange) (groupID, error) {
	id, err := a.e.AddGroup(ctx, r.Actor, in)
	return groupID{id}, err
}

func (a api) updateGroup(ctx context.Context, r *transport.Request, in struct {
	byID[int]
	engine.GroupChange
}) error {
	id, err := in.need()
	if err != nil {
		return err
	}
	return a.e.UpdateGroup(ctx, r.Actor, id, in.GroupChange)
}

func (a api) deleteGroup(ctx context.Context, r *transport.Request, in byID[int]) error {
	id, err := in.need()
	if err != nil {
		return err
	}
	return a.e.DeleteGroup(ctx, r.Actor, id)
}

var groupFields = []string{"agent_priorities", "routing_status"}

// groupView is a group with everything. The table of the documents lets
// routing_status be asked for, their samples show it always: so it is.
func (a api) groupView(g store.Group, fields []string, statuses map[int]string) view {
	v := view{"id": g.ID, "name": g.Name, "language_code": g.Language, "routing_status": statuses[g.ID]}
	if slices.Contains(fields, "agent_priorities") {
		members := map[string]string{}
		for _, agent := range slices.Concat(a.e.Agents(), a.e.Bots()) {
			if p, in := agent.Groups[g.ID]; in {
				members[agent.ID] = p
			}
		}
		v["agent_priorities"] = members
	}
	return v
}

// visible reports whether the requester may know of a group.
func (a api) visible(by engine.Actor, id int) bool {
	me, _ := a.e.Agent(by.ID)
	_, in := me.Groups[id]
	return in || by.Scopes.Any("groups--all:ro")
}

func (a api) getGroup(_ context.Context, r *transport.Request, in struct {
	byID[int]
	Fields []string `json:"fields"`
}) (view, error) {
	id, err := in.need()
	if err != nil {
		return nil, err
	}
	if err := checkFields(in.Fields, groupFields); err != nil {
		return nil, err
	}
	for _, g := range a.e.Groups() {
		if g.ID == id && a.visible(r.Actor, id) {
			return a.groupView(g, in.Fields, a.e.GroupRouting()), nil
		}
	}
	return nil, noSuch("group")
}

func (a api) listGroups(_ context.Context, r *transport.Request, in struct {
	Fields []string `json:"fields"`
}) ([]view, error) {
	if err := checkFields(in.Fields, groupFields); err != nil {
		return nil, err
	}
	out, statuses := []view{}, a.e.GroupRouting()
	for _, g := range a.e.Groups() {
		if a.visible(r.Actor, g.ID) {
			out = append(out, a.groupView(g, in.Fields, statuses))
		}
	}
	return out, nil
}

// status is an element of list_groups_statuses and of groups_status_updated.
type status struct {
	ID     int    `json:"id"`
	Status string `json:"status"`
}

func (a api) listStatuses(_ context.Context, r *transport.Request, _ struct{}) (map[string][]status, error) {
	out := []status{}
	for id, s := range a.e.GroupRouting() {
		if id == 0 || a.visible(r.Actor, id) {
			out = append(out, status{id, s})
		}
	}
	slices.SortFunc(out, func(x, y status) int { return x.ID - y.ID })
	return map[string][]status{"groups": out}, nil
}
