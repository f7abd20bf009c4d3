package desk

import "slices"

// put adds or replaces a chat without reporting changes.
func (b *Board) put(c Chat) *entry {
	e := b.chats[c.ID]
	if e == nil {
		e = &entry{}
		b.chats[c.ID] = e
	}
	e.chat = c
	if id := e.chat.Customer().ID; id != "" {
		b.byCust[id] = c.ID
	}
	delete(b.missing, c.ID)
	b.settle(e)
	return e
}

// Merge takes a chat as read by itself because somebody opens it: its newest
// thread whole. Events are merged by id, so pushes that came meanwhile stay.
func (b *Board) Merge(c Chat) []Change {
	b.changes = b.changes[:0]
	b.merge(c)
	b.Open(c.ID)
	return b.changes
}

// Reread is Merge for a chat that was read because of a push. Very many may be read,
// and none of them takes the place of one that was opened: unless the agent serves
// it or it was loaded before, its events are kept only while there is room.
func (b *Board) Reread(c Chat) []Change {
	b.changes = b.changes[:0]
	old := b.chats[c.ID]
	loaded := old != nil && old.chat.Loaded
	b.merge(c)
	switch e := b.chats[c.ID]; {
	case loaded || e.list.Served() || b.isOpened(c.ID):
	case len(b.opened) < keepOpened:
		b.opened = slices.Insert(b.opened, 0, c.ID)
	default:
		b.unload(e)
	}
	return b.changes
}

// Open says that somebody looks at a chat: it is among the last of those that are
// unloaded because others were opened. One that the agent serves stays anyway.
func (b *Board) Open(chatID string) {
	if e := b.chats[chatID]; e != nil && !e.list.Served() {
		b.remember(chatID)
	}
}

func (b *Board) merge(c Chat) {
	old := b.chats[c.ID]
	if old == nil {
		b.put(c)
		b.note(c.ID, RegionRow|RegionHead|RegionCounts)
	} else {
		if old.chat.Loaded && old.chat.Thread.ID == c.Thread.ID {
			known := old.chat.Thread.Events
			c.Thread.Events = mergeEvents(c.Thread.Events, known, old.deleted)
			b.noteReread(c.ID, known, c.Thread.Events)
		}
		if c.TransferredFrom == "" {
			c.TransferredFrom = old.chat.TransferredFrom
		}
		if old.chat.LastEvent.At.After(c.LastEvent.At) {
			c.LastEvent = old.chat.LastEvent
		}
		b.put(c)
		b.note(c.ID, RegionRow|RegionHead|RegionCounts)
	}
}

// mergeEvents joins two lists of one thread by id, in order of time.
func mergeEvents(fresh, known []Event, deleted map[string]bool) []Event {
	seen := make(map[string]bool, len(fresh))
	for i := range fresh {
		seen[fresh[i].ID] = true
	}
	for _, e := range known {
		if !seen[e.ID] && !deleted[e.ID] {
			fresh = insert(fresh, e)
		}
	}
	return fresh
}

// insert puts an event into its place by time, behind those of the same time.
func insert(list []Event, e Event) []Event {
	i := len(list)
	for i > 0 && e.At.Before(list[i-1].At) {
		i--
	}
	list = append(list, Event{})
	copy(list[i+1:], list[i:])
	list[i] = e
	return list
}
