package engine

import (
	"context"
	"maps"
	"slices"

	"agentdesk/protocol"
)

// regrouped shows agents whose groups are being changed the active chats that
// they begin to see by it, as if they had signed in anew.
func (w *work) regrouped(agentIDs ...string) {
	before := w.e.dir.Load()
	w.after = append(w.after, func() { w.e.showGained(w.ctx, before, agentIDs) })
}

// showGained pushes the chats that agents see now and did not see with the
// directory of before. mu is held.
func (e *Engine) showGained(ctx context.Context, before *directory, agentIDs []string) {
	now := e.dir.Load()
	for _, c := range e.live {
		var to []*Session
		for _, id := range agentIDs {
			to = append(to, slices.DeleteFunc(slices.Clone(e.sessionsOf(id)), func(s *Session) bool {
				return agentSees(s.scopes, before.agents[id], c, "ro") || !agentSees(s.scopes, now.agents[id], c, "ro")
			})...)
		}
		if len(to) == 0 {
			continue
		}
		var events []protocol.Event
		if c.Thread != nil {
			var err error
			if events, err = e.store.Events(ctx, c.Thread.ID); err != nil {
				e.log.Error("a chat could not be shown", "chat", c.ID, "err", err)
				continue
			}
		}
		e.announce(Actor{}, func(w *work) { w.incomingChat(&draft{Chat: c}, events, to, nil, false) })
	}
}

// regroupChats takes a group out of the access of every active chat.
func (w *work) regroupChats(id int) error {
	for _, chat := range slices.Sorted(maps.Keys(w.e.live)) {
		if !slices.Contains(w.e.live[chat].Access, id) {
			continue
		}
		d, err := w.chat(chat)
		if err != nil {
			return err
		}
		if err := w.setGroups(d, slices.DeleteFunc(slices.Clone(d.Access), func(g int) bool { return g == id })); err != nil {
			return err
		}
	}
	return nil
}

// setGroups gives a chat another access; none is everybody's. The agents who
// begin to see it get it whole.
func (w *work) setGroups(d *draft, groups []int) error {
	if len(groups) == 0 {
		groups = []int{0}
	}
	before := w.e.watchers(d.Chat)
	d.Access, d.regroup = groups, true
	if t := d.Thread; t != nil {
		t.Access = slices.Clone(groups)
		if !slices.Contains(groups, t.GroupID) {
			t.GroupID = groups[0]
		}
	}
	events, err := w.newestEvents(d)
	if err != nil {
		return err
	}
	w.incomingChat(d, events, w.gained(d, before), nil, false)
	w.push(protocol.PushChatAccessUpdated, protocol.ChatAccessUpdated{ID: d.ID, Access: protocol.Access{GroupIDs: groups}},
		union(before, w.e.watchers(d.Chat)))
	return nil
}
