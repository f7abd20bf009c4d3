package desk

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// settle derives what follows from a chat's state: its list, what is unread and
// since when somebody waits. It keeps the counts.
func (b *Board) settle(e *entry) (moved bool) {
	list := b.classify(e)
	unread, wait := b.derive(e, list)
	moved = list != e.list
	b.unlist(e)
	e.list, e.unread, e.waitFrom, e.grown = list, unread, wait, false
	if list != "" {
		if b.lists[list] == nil {
			b.lists[list] = map[string]*entry{}
		}
		b.lists[list][e.chat.ID] = e
		if unread > 0 {
			b.unread[list]++
		}
	}
	return moved
}

func (b *Board) unlist(e *entry) {
	if e.list == "" {
		return
	}
	delete(b.lists[e.list], e.chat.ID)
	if e.unread > 0 {
		b.unread[e.list]--
	}
	e.list, e.unread = "", 0
}

// classify says which list a chat belongs to, "" for none.
func (b *Board) classify(e *entry) List {
	c := &e.chat
	me := c.User(b.me.ID)
	if !c.Thread.Active {
		if me != nil && !me.AgentsOnly || contains(c.Thread.UserIDs, b.me.ID) {
			return Recent
		}
		return ""
	}
	switch {
	case c.Thread.Queue != nil:
		return Waiting
	case me != nil && me.Present && !me.AgentsOnly:
		return Mine
	case !served(c):
		return Waiting
	case !b.mayLook(c, me):
		return ""
	default:
		return Others
	}
}

// served reports whether an agent takes part whom the customer sees.
func served(c *Chat) bool {
	for i := range c.Users {
		if u := &c.Users[i]; u.Agent && u.Present && !u.AgentsOnly {
			return true
		}
	}
	return false
}

// mayLook reports whether a chat is in this agent's sight: the server decides,
// so without knowledge of one's own groups the answer is yes.
func (b *Board) mayLook(c *Chat, me *Person) bool {
	mine := b.agents[b.me.ID].Groups
	if me != nil || c.Followed || len(mine) == 0 || len(c.Groups) == 0 || b.me.Administrator() {
		return true
	}
	for _, g := range c.Groups {
		if g == 0 {
			return true
		}
		for _, m := range mine {
			if m == g {
				return true
			}
		}
	}
	return false
}

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
	case Others:
		if c.LastEvent.ID != "" && c.LastEvent.AuthorID == c.Customer().ID {
			wait = c.LastEvent.At
		}
		return 0, wait
	case Mine:
		if e.grown && e.list == Mine {
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

// trimRecent forgets all but the newest closed chats.
func (b *Board) trimRecent() {
	for len(b.lists[Recent]) > keepRecent {
		var oldest *entry
		for _, e := range b.lists[Recent] {
			if oldest == nil || lastAt(e).Before(lastAt(oldest)) {
				oldest = e
			}
		}
		if b.isOpened(oldest.chat.ID) {
			b.unlist(oldest)
		} else {
			b.remove(oldest)
		}
		b.note(oldest.chat.ID, RegionGone|RegionCounts)
	}
}

func lastAt(e *entry) time.Time {
	if e.chat.LastEvent.ID != "" {
		return e.chat.LastEvent.At
	}
	return e.chat.Thread.CreatedAt
}

// rank orders rows: who waits longest first, otherwise newest first.
func rank(e *entry) int64 {
	if e.list == Waiting {
		return e.waitFrom.UnixMicro()
	}
	return 1<<53 - lastAt(e).UnixMicro()
}

// sortKey is rank as text of fixed width, so that a browser can compare it, and
// the chat's id to tell equals apart.
func sortKey(e *entry) string {
	var digits [20]byte
	s := strconv.AppendInt(digits[:0], rank(e), 10)
	key := make([]byte, 0, 32)
	for i := len(s); i < 16; i++ {
		key = append(key, '0')
	}
	key = append(append(key, s...), '-')
	return string(append(key, e.chat.ID...))
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// first returns the n entries that come first, sorted.
func first(list []*entry, n int) []*entry {
	type ranked struct {
		rank int64
		e    *entry
	}
	keys := make([]ranked, len(list))
	for i, e := range list {
		keys[i] = ranked{rank(e), e}
	}
	slices.SortFunc(keys, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.e.chat.ID, y.e.chat.ID))
	})
	keys = keys[:min(n, len(keys))]
	out := make([]*entry, len(keys))
	for i := range keys {
		out[i] = keys[i].e
	}
	return out
}
