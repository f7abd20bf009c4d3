package engine

import (
	"maps"
	"slices"

	"agentdesk/protocol"
)

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
