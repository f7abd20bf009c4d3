package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// limit is how many chats the router gives an agent.
func (e *Engine) limit(a *store.Agent) int {
	if a.MaxChats > 0 {
		return a.MaxChats
	}
	return e.set.ChatLimit
}

// pick chooses who gets the next chat of a group: first by priority, then who
// has the fewest chats, then who has waited longest for one. "" means nobody can
// take it. mu is held.
func (e *Engine) pick(group int, not ...string) string {
	d := e.dir.Load()
	best, bestRank, bestLoad := "", 0, 0
	for id, p := range e.agents {
		a := d.agents[id]
		if a == nil || !p.available() || slices.Contains(not, id) {
			continue
		}
		pr, in := priority(a, group)
		if !in || pr == PrioritySupervisor {
			continue
		}
		load := e.loads[id]
		if load >= e.limit(a) {
			continue
		}
		rank := map[string]int{PriorityFirst: 0, PriorityLast: 2}[pr]
		if pr == PriorityNormal {
			rank = 1
		}
		better := best == "" || rank < bestRank || rank == bestRank && (load < bestLoad ||
			load == bestLoad && (p.assigned < e.agents[best].assigned || p.assigned == e.agents[best].assigned && id < best))
		if better {
			best, bestRank, bestLoad = id, rank, load
		}
	}
	return best
}

// groupStatus is offline where no agent of the group is online, and
// not_accepting_chats where nobody takes chats. mu is held.
func (e *Engine) groupStatus(group int) string {
	d := e.dir.Load()
	status := protocol.StatusOffline
	for id, p := range e.agents {
		a := d.agents[id]
		if a == nil || !p.online() {
			continue
		}
		if pr, in := priority(a, group); !in || pr == PrioritySupervisor {
			continue
		}
		if p.available() {
			return protocol.StatusAccepting
		}
		status = protocol.StatusNotAccepting
	}
	return status
}

// place assigns a new chat or lets it wait. mu is held.
func (w *work) place(d *draft) error {
	if id := w.e.pick(d.Thread.GroupID); id != "" {
		w.join(d, store.Member{UserID: id, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll})
		d.Thread.AssignedAt = w.e.tick()
		w.e.presence(id).assigned = d.Thread.AssignedAt
		return nil
	}
	continuous := string(d.Properties["routing"]["continuous"]) == "true"
	if !continuous && w.e.groupStatus(d.Thread.GroupID) != protocol.StatusAccepting && w.by.IsCustomer() {
		return protocol.Fail(protocol.ErrGroupOffline, "Nobody of the group is available now.")
	}
	return w.joinQueue(d)
}

// enqueue puts an active chat without an agent back into the queue, or to an
// agent who is free.
func (w *work) enqueue(d *draft) error {
	return w.reassign(d, nil, "other", movedUnassigned)
}

// reassign gives a chat to somebody else or to the queue. cause is the last part
// of the system message's type.
func (w *work) reassign(d *draft, leave []string, cause, reason string) error {
	m := move{leave: leave, reason: reason, vars: map[string]string{}}
	if len(leave) > 0 {
		m.vars["agent_removed"] = w.name(leave[0])
	}
	not := leave
	if reason == movedInactive {
		not = d.Thread.AgentIDs // nobody who left it unanswered before
	}
	m.agent = w.e.pick(d.Thread.GroupID, not...)
	if m.agent == "" {
		m.typ, m.text = "routing.unassigned_"+cause, "The chat is waiting for an agent"
		if m.reason != movedInactive {
			m.reason = movedUnassigned
		}
	} else {
		m.typ, m.text, m.vars["agent"] = "routing.assigned_"+cause, "%agent% took over the chat", w.name(m.agent)
		if m.reason == movedUnassigned {
			m.reason = movedAssigned
		}
	}
	return w.move(d, m)
}

// route gives waiting chats to agents who have become free, first come first
// served within each group. mu is held.
func (e *Engine) route(ctx context.Context) {
	full := map[int]bool{}
	for _, c := range e.waiting() {
		if g := c.Thread.GroupID; full[g] || e.pick(g) == "" {
			full[g] = true
			continue
		}
		err := e.changeLocked(ctx, Actor{}, func(w *work) error {
			d, err := w.chat(c.ID)
			if err != nil {
				return err
			}
			agent := e.pick(d.Thread.GroupID)
			return w.move(d, move{
				agent: agent, reason: movedAssigned, typ: sysAssigned,
				text: "%agent% was assigned to the chat", vars: map[string]string{"agent": w.name(agent)},
			})
		})
		if err != nil {
			e.log.Error("a waiting chat could not be assigned", "chat", c.ID, "err", err)
			return
		}
	}
}

// giveBack takes an agent's chats from him, or only those he has not answered
// yet. mu is held.
func (e *Engine) giveBack(ctx context.Context, agentID, cause string, unanswered bool) {
	for _, c := range e.chatsOf(agentID) {
		if unanswered && c.Thread.AgentLast > c.Thread.AssignedAt {
			continue
		}
		err := e.changeLocked(ctx, Actor{}, func(w *work) error {
			d, err := w.chat(c.ID)
			if err != nil {
				return err
			}
			if m := member(d.Chat, agentID); m.Visibility == protocol.VisibilityAgents || d.CustomerID == "" || len(w.visibleAgents(d)) > 1 {
				w.remove(d, agentID, movedOther)
				return nil
			}
			return w.reassign(d, []string{agentID}, cause, movedOther)
		})
		if err != nil {
			e.log.Error("a chat could not be given back", "chat", c.ID, "err", err)
		}
	}
}

// chatsOf are the active chats an agent takes part in, oldest first. mu is held.
func (e *Engine) chatsOf(agentID string) []*store.Chat {
	var out []*store.Chat
	for _, c := range e.live {
		if present(c, agentID) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *store.Chat) int { return int(a.SortAt - b.SortAt) })
	return out
}

func routingFlag(name string, on bool) protocol.Properties {
	v := jsontext.Value("false")
	if on {
		v = jsontext.Value("true")
	}
	return protocol.Properties{"routing": {name: v}}
}
