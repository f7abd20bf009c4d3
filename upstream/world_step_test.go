package upstream

import (
	"fmt"
	"slices"
	"sort"
)

// step lets one thing happen and returns the pushes.
func (w *world) step() (out []pushed) {
	v := w.v
	ids := w.names()
	if len(ids) < 3 || len(ids) < 9 && w.rnd.Intn(20) == 0 {
		w.ids++
		c := w.open(fmt.Sprintf("C%d", w.ids), [][]string{nil, {me0}, {"ben@example.com"}}[w.rnd.Intn(3)]...)
		return []pushed{v.openedPush(c)}
	}
	c := w.chats[ids[w.rnd.Intn(len(ids))]]
	if !c.active {
		w.reopen(c)
		return []pushed{v.openedPush(c)}
	}
	switch w.rnd.Intn(12) {
	case 0:
		c.active, c.queued = false, ""
		return []pushed{v.closedPush(c)}
	case 1:
		return w.assign(c, []string{me0, "ben@example.com"}[w.rnd.Intn(2)])
	case 2:
		tag := []string{"refund", "vip"}[w.rnd.Intn(2)]
		if slices.Contains(c.tags, tag) {
			c.tags = slices.DeleteFunc(c.tags, func(t string) bool { return t == tag })
			return []pushed{v.tagPush(c, tag, true)}
		}
		if v == 30 {
			return nil // its lists do not tell of tags
		}
		c.tags = append(c.tags, tag)
		sort.Strings(c.tags)
		return []pushed{v.tagPush(c, tag, false)}
	case 3:
		e, ok := c.last()
		if !ok || !slices.Contains(c.agents, me0) || c.seen[me0] >= e.at {
			return nil
		}
		c.seen[me0] = e.at
		return []pushed{v.seenPush(c, me0, e.at)}
	}
	authors := append([]string{"cust-" + c.id, "cust-" + c.id}, c.agents...)
	_, p := w.say(c, authors[w.rnd.Intn(len(authors))], fmt.Sprint("text ", w.ids), "")
	if w.rnd.Intn(6) == 0 {
		return []pushed{{"incoming_event", p}, {"incoming_event", p}}
	}
	return []pushed{{"incoming_event", p}}
}

// reopen begins a new thread of a closed chat.
func (w *world) reopen(c *wchat) {
	w.ids++
	c.old = append(c.old, wthread{c.thread, c.created, c.events})
	c.thread, c.active, c.created = fmt.Sprintf("%s-%d", c.id, w.ids), true, w.tick()
	c.events, c.tags, c.agents, c.queued, c.members = nil, nil, []string{me0}, "", []string{me0}
	// A thread begins with what the customer says: a push of an empty one
	// would not tell what was said in the thread before.
	w.say(c, "cust-"+c.id, "it is me again", "")
}

// assign gives a chat to an agent.
func (w *world) assign(c *wchat, to string) (out []pushed) {
	for _, a := range c.agents {
		if a != to {
			out = append(out, w.v.leftPush(c, a))
		}
	}
	had := slices.Contains(c.agents, to)
	c.agents, c.queued = []string{to}, ""
	out = append(out, w.v.movedPush(c, to))
	if !had {
		if !slices.Contains(c.members, to) {
			c.members = append(c.members, to)
		}
		out = append(out, w.v.joinedPush(c, to))
	}
	return out
}

// happen lets n things happen and pushes them.
func (s *server) happen(n int) {
	for range n {
		s.mu.Lock()
		for _, p := range s.world.step() {
			s.push(p.action, p.payload)
		}
		s.mu.Unlock()
	}
}
