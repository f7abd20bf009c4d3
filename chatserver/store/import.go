package store

import (
	"fmt"

	"agentdesk/protocol"
)

// Import is a closed thread of another system or of the demo. Thread.Seq and the
// events' ids are set by ImportThread; Thread.ID, ChatID and CreatedAt are the
// caller's. The chat must have been written with PutChat before or is written by
// ImportThread when Chat is not nil.
type Import struct {
	Chat   *Chat
	Thread *Thread
	Events []protocol.Event
	Words  string // searchable text beside the messages
}

// ImportThread writes a closed thread whole: chat, thread, events and search.
// Import the threads of one chat oldest first, with the same *Chat; the last one
// becomes the chat's newest thread.
func (t *Tx) ImportThread(m Import) error {
	h := m.Thread
	seq, err := t.freeSeq(int64(h.CreatedAt))
	if err != nil {
		return err
	}
	h.Seq, h.EventCount = seq, len(m.Events)
	for i := range m.Events {
		m.Events[i].ID = fmt.Sprintf("%s_%d", h.ID, i+1)
	}
	if m.Chat != nil {
		if err := t.importChat(m.Chat, h, m.Events); err != nil {
			return err
		}
	}
	if err := t.PutThread(h); err != nil {
		return err
	}
	for i := range m.Events {
		if err := t.AddEvent(EventRef{ChatID: h.ChatID, ThreadID: h.ID, N: i + 1}, &m.Events[i]); err != nil {
			return err
		}
	}
	if h.Active {
		return nil
	}
	found := Searchable{Thread: h, Events: m.Events, Words: m.Words}
	if m.Chat != nil {
		found.Properties = m.Chat.Properties
	}
	return t.index(found)
}

// importChat moves the chat on to its next thread.
func (t *Tx) importChat(c *Chat, h *Thread, events []protocol.Event) error {
	if c.Thread != nil {
		h.PrevID = c.Thread.ID
		if err := t.LinkThread(c.Thread.ID, h.ID); err != nil {
			return err
		}
	}
	c.Thread, c.SortAt, c.Active = h, h.Seq, h.Active
	if c.LastEvents == nil {
		c.LastEvents = map[string]protocol.LastEvent{}
	}
	for i := range events {
		e := &events[i]
		c.LastEvents[e.Type] = protocol.LastEvent{ThreadID: h.ID, ThreadCreatedAt: h.CreatedAt, Event: e}
	}
	if err := t.PutChat(c); err != nil {
		return err
	}
	return t.IndexChat(c)
}
