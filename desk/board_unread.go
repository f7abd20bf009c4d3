package desk

import "time"

// derive computes what depends on events. Only chats this agent serves have
// their events for certain, so only they have an exact count.
func (b *Board) derive(e *entry, list List) (unread int, wait time.Time) {
	c := &e.chat
	switch list {
	case Waiting:
		wait = c.Thread.CreatedAt
		if c.Thread.Queue != nil && !c.Thread.Queue.Since.IsZero() {
			wait = c.Thread.Queue.Since
		}
		return 0, wait
	case Others, Watched:
		if c.LastEvent.ID != "" && c.LastEvent.AuthorID == c.Customer().ID {
			wait = c.LastEvent.At
		}
		return 0, wait
	case Mine:
		if e.grown && e.list.Served() {
			return b.unreadGrown(e), unansweredGrown(e)
		}
		return b.unreadOf(c), firstUnanswered(c)
	}
	return 0, time.Time{}
}

func (b *Board) unreadOf(c *Chat) (n int) {
	var seen time.Time
	if me := c.User(b.me.ID); me != nil {
		seen = me.SeenUpTo
	}
	for i := len(c.Thread.Events) - 1; i >= 0; i-- {
		ev := &c.Thread.Events[i]
		if !ev.At.After(seen) || ev.AuthorID == b.me.ID {
			break
		}
		if ev.counts() {
			n++
		}
	}
	return n
}

// firstUnanswered finds the customer's first message since an agent spoke.
func firstUnanswered(c *Chat) (at time.Time) {
	customer := c.Customer().ID
	for i := len(c.Thread.Events) - 1; i >= 0; i-- {
		ev := &c.Thread.Events[i]
		switch {
		case !ev.counts() || ev.AgentsOnly:
		case ev.AuthorID == customer:
			at = ev.At
		default:
			return at
		}
	}
	return at
}

// unreadGrown is unreadOf from the number before the last event came: a chat in
// which much is said must not cost more with each message.
func (b *Board) unreadGrown(e *entry) int {
	c := &e.chat
	ev := &c.Thread.Events[len(c.Thread.Events)-1]
	me := c.User(b.me.ID)
	switch {
	case ev.AuthorID == b.me.ID || me != nil && !ev.At.After(me.SeenUpTo):
		return 0
	case ev.counts():
		return e.unread + 1
	}
	return e.unread
}

// unansweredGrown is the same for firstUnanswered.
func unansweredGrown(e *entry) time.Time {
	c := &e.chat
	ev := &c.Thread.Events[len(c.Thread.Events)-1]
	switch {
	case !ev.counts() || ev.AgentsOnly:
		return e.waitFrom
	case ev.AuthorID != c.Customer().ID:
		return time.Time{}
	case e.waitFrom.IsZero():
		return ev.At
	}
	return e.waitFrom
}
