package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// regroup is a change of agents' groups or role, with what they saw before it.
type regroup struct {
	e      *Engine
	ctx    context.Context
	agents []string
	before *directory
	chats  map[string][]*Session // the agents' sessions that saw an active chat
	sights []sight
}

// regrouped draws the conclusions for agents whose groups or role are being
// changed, as if they had signed in anew: they are shown the chats and customers
// that they begin to see, and told which they see no more. Those they do not
// follow or watch any longer. A chat that they serve stays theirs.
func (w *work) regrouped(agentIDs ...string) {
	r := &regroup{e: w.e, ctx: w.ctx, agents: agentIDs, before: w.e.dir.Load(), chats: map[string][]*Session{}}
	for id, c := range w.e.live {
		r.chats[id] = r.seeing(c)
	}
	for _, c := range w.e.onSite() {
		r.sights = append(r.sights, sight{customer: c.ID, before: w.e.sighted(c)})
	}
	w.regroups = true
	w.after = append(w.after, func() {
		for id := range w.chats {
			delete(r.chats, id) // whoever changed it has told of it
		}
		r.tellCustomers()
		if err := r.e.changeLocked(r.ctx, Actor{}, r.release); err != nil {
			r.e.log.Error("chats could not be taken from agents who left their groups", "err", err)
		}
		r.tellChats()
	})
}

// seeing are the agents' sessions that see a chat now. mu is held.
func (r *regroup) seeing(c *store.Chat) []*Session {
	var out []*Session
	d := r.e.dir.Load()
	for _, id := range r.agents {
		for _, s := range r.e.sessionsOf(id) {
			if agentSees(s.scopes, d.agents[id], c, "ro") {
				out = append(out, s)
			}
		}
	}
	return out
}

// tellCustomers brings levels and subscriptions in step with the new groups.
func (r *regroup) tellCustomers() {
	r.e.announce(Actor{}, func(w *work) {
		for _, id := range r.agents {
			for _, s := range r.e.sessionsOf(id) {
				w.refit(s)
			}
		}
		w.tellSights(r.sights)
	})
}

// release ends what the agents may not do any more: following chats and customers
// out of their reach, and watching chats unseen.
func (r *regroup) release(w *work) error {
	now := r.e.dir.Load()
	for _, id := range r.agents {
		a := now.agents[id]
		if a == nil {
			continue
		}
		for _, c := range r.e.live {
			if err := w.releaseChat(c, a); err != nil {
				return err
			}
		}
		for _, c := range r.e.customers {
			if !slices.Contains(c.Details.Followers, id) || r.e.mayWatch(a, c) || !r.e.mayWatch(r.before.agents[id], c) {
				continue
			}
			if err := w.unfollowCustomer(c.ID, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// releaseChat ends following a chat and watching it unseen, where an agent has no
// access to it.
func (w *work) releaseChat(c *store.Chat, a *store.Agent) error {
	m := member(c, a.ID)
	watches := m != nil && m.Present && m.Visibility == protocol.VisibilityAgents
	follows := slices.Contains(c.Followers, a.ID)
	if !watches && !follows || oversees(a, c) {
		return nil
	}
	d, err := w.chat(c.ID)
	if err != nil {
		return err
	}
	if watches {
		w.remove(d, a.ID, movedOther)
	}
	if follows {
		w.unfollowChat(d, a.ID)
	}
	return nil
}

// oversees reports whether an agent has access to a chat without being in it; nil
// has none.
func oversees(a *store.Agent, c *store.Chat) bool {
	return a != nil && (adminRole(a.Role) || reaches(a.Groups, c.Access))
}

// releaseFollowers ends the following of a chat whose access changed by those who
// have none any more.
func (w *work) releaseFollowers(d *draft) {
	for _, id := range slices.Clone(d.Followers) {
		if !oversees(w.e.dir.Load().agents[id], d.Chat) {
			w.unfollowChat(d, id)
		}
	}
}

// tellChats shows the chats that came into sight, and tells of access to those
// that went out of it with the push of a change of access: the groups it names
// are none of the agent's now.
func (r *regroup) tellChats() {
	for id, before := range r.chats {
		c := r.e.live[id]
		if c == nil {
			continue
		}
		now := r.seeing(c)
		came, went := less(now, before), less(before, now)
		if len(came) == 0 && len(went) == 0 {
			continue
		}
		events, err := r.e.store.Events(r.ctx, c.Thread.ID)
		if err != nil {
			r.e.log.Error("a chat could not be shown", "chat", id, "err", err)
			continue
		}
		r.e.announce(Actor{}, func(w *work) {
			w.incomingChat(&draft{Chat: c}, events, came, nil, false)
			w.tellAccess(&draft{Chat: c}, went, []string{pushAccessRevoked})
		})
	}
}

// less is a without b.
func less(a, b []*Session) []*Session {
	return slices.DeleteFunc(slices.Clone(a), func(s *Session) bool { return slices.Contains(b, s) })
}
