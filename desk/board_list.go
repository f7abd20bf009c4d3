package desk

import "time"

// settle derives what follows from a chat's state: its list, what is unread and
// since when somebody waits. It keeps the counts.
func (b *Board) settle(e *entry) (moved bool) {
	list := b.classify(e)
	if _, marked := b.marked[e.chat.ID]; marked {
		e.grown = false // the number there is may be the mark's, which counts nothing
	}
	unread, wait := b.derive(e, list)
	if b.holds(e, list) {
		unread = max(unread, 1)
	}
	if list == Mine && unread == 0 && wait.IsZero() && e.chat.Loaded && b.idle(e) {
		list = Idle
	}
	if at := lastAt(e).Add(idleAfter); list == Mine && unread == 0 && wait.IsZero() && at.Before(b.calmAt) {
		b.calmAt = at // it has come with an old silence
	}
	before := e.list
	moved = list != before
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
	b.moved(e, before)
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
	case c.Thread.Queue == nil && me != nil && me.Present && !me.AgentsOnly:
		return Mine
	case !b.mayLook(c, me):
		return ""
	case c.Thread.Queue != nil, !served(c):
		return Waiting
	case me != nil && me.Present || c.Followed:
		return Watched
	default:
		return Others
	}
}

// idleAfter is how long nothing has been said in a chat that counts as idle.
const idleAfter = 15 * time.Minute

// idle reports whether nothing is to be done in a chat that the agent serves and
// that was answered: the customer has left, or nobody has spoken for long.
func (b *Board) idle(e *entry) bool {
	p := e.chat.Customer()
	gone := !p.Present && (p.Customer == nil || !p.Customer.Online)
	return gone || !lastAt(e).Add(idleAfter).After(b.now())
}

// IdleBy is when the next chat of the agent may become idle, zero where that is
// not known. Call Expire then.
func (b *Board) IdleBy() time.Time { return b.calmAt }

// calm moves chats of the agent that have become silent to the idle ones, and
// says when the next one will be.
func (b *Board) calm() (next time.Time) {
	now := b.now()
	if b.calmAt.After(now) {
		return b.calmAt
	}
	for id, e := range b.lists[Mine] {
		if at := lastAt(e).Add(idleAfter); at.After(now) {
			next = sooner(next, at)
		} else if b.settle(e) {
			b.note(id, RegionRow|RegionCounts)
		}
	}
	// An answer that comes meanwhile makes a chat idle later than this; settle
	// sees to chats that come meanwhile.
	b.calmAt = sooner(next, now.Add(idleAfter))
	return b.calmAt
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
	if me != nil && me.Present || c.Followed || len(mine) == 0 || len(c.Groups) == 0 || b.me.Administrator() {
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

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
