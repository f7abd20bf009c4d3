package upstream

import (
	"context"
	"sync"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// config reads agents, groups and tags. A server without them, or a token that
// may not read them, breaks nothing: what chats tell must do.
func (r *reading) config(ctx context.Context) (agents []desk.Agent, groups []desk.Group, tags []string) {
	s := r.s
	ctx, cancel := context.WithTimeout(ctx, s.reg.timing.Request)
	defer cancel()
	post := func(action string, payload, result any) error {
		return s.reg.web.post(ctx, r.on.token, s.reg.web.at.configure+action, payload, result)
	}
	type none struct{}
	var wg sync.WaitGroup
	var statuses []protocol.RoutingStatus
	wg.Go(func() {
		_ = s.ask(ctx, r.on, protocol.ActListRoutingStatuses, protocol.ListRoutingStatusesRequest{}, &statuses)
	})
	var list []configAgent
	wg.Go(func() {
		fields := map[string][]string{"fields": {"groups"}}
		if err := post("list_agents", fields, &list); wireType(err) == protocol.ErrValidation {
			_ = post("list_agents", none{}, &list)
		}
	})
	wg.Go(func() {
		var found []struct {
			ID   int    `json:"id"`
			Name string `json:"name"`
		}
		_ = post("list_groups", none{}, &found)
		for _, g := range found {
			groups = append(groups, desk.Group{ID: g.ID, Name: g.Name})
		}
	})
	wg.Go(func() {
		var found []struct {
			Name string `json:"name"`
		}
		_ = post("list_tags", none{}, &found)
		for _, t := range found {
			tags = append(tags, t.Name)
		}
	})
	wg.Wait()
	return join(list, statuses), groups, tags
}

// join makes agents of what the two readings told. Agents known by their status
// alone are kept by their id.
func join(list []configAgent, statuses []protocol.RoutingStatus) (agents []desk.Agent) {
	status := map[string]desk.RoutingStatus{}
	for _, st := range statuses {
		status[st.AgentID] = desk.RoutingStatus(st.Status)
	}
	for i := range list {
		a := list[i].agent()
		a.Status = status[a.ID]
		delete(status, a.ID)
		agents = append(agents, a)
	}
	if len(list) > 0 {
		return agents // what is left are bots
	}
	for id, st := range status {
		agents = append(agents, desk.Agent{ID: id, Status: st})
	}
	return agents
}
