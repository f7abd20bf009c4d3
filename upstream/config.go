package upstream

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// configSoon is how long after a push about agents, groups or tags they are
// read again; by chance up to twice that, since everybody is told at once.
const configSoon = time.Second

func (s *Session) refreshSoon() {
	if s.due.config.IsZero() {
		s.due.config = time.Now().Add(configSoon + rand.N(configSoon))
		s.wake(s.due.config)
	}
}

// refresh reads agents, groups and tags in the background. It belongs to the
// session's goroutine.
func (s *Session) refresh() {
	s.due.config = time.Time{}
	on := s.link
	if on == nil || s.held != nil {
		return
	}
	r := reading{s: s, on: on, token: on.token}
	s.reg.start(func() {
		var d desk.Directory
		d.Agents, d.Groups, d.Tags = r.config(s.ctx)
		s.post(func() {
			if on == s.link && s.held == nil {
				s.apply(d)
			}
		})
	})
}

// config reads agents, groups and tags. A server without them, or a token that
// may not read them, breaks nothing: what chats tell must do. What could not be
// read is nil.
func (r *reading) config(ctx context.Context) (agents []desk.Agent, groups []desk.Group, tags []string) {
	s := r.s
	ctx, cancel := context.WithTimeout(ctx, s.reg.timing.Request)
	defer cancel()
	post := func(action string, payload, result any) error {
		return s.reg.web.post(ctx, r.token, s.reg.web.at.configure+action, payload, result)
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
		if post("list_groups", none{}, &found) == nil {
			groups = make([]desk.Group, 0, len(found))
		}
		for _, g := range found {
			groups = append(groups, desk.Group{ID: g.ID, Name: g.Name})
		}
	})
	wg.Go(func() {
		var found []struct {
			Name string `json:"name"`
		}
		if post("list_tags", none{}, &found) == nil {
			tags = make([]string, 0, len(found))
		}
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
