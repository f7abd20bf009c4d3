package desk

import (
	"slices"
)

// Rows and events a page shows where nothing else is asked for.
const (
	defaultRows   = 100
	defaultEvents = 100
)

// Me returns the agent.
func (b *Board) Me() Me { return b.me }

// Connection returns the state of the upstream connection.
func (b *Board) Connection() Connection { return b.conn }

// SetConnection changes the state of the upstream connection.
func (b *Board) SetConnection(c Connection) []Change {
	b.conn = c
	return append(b.changes[:0], Change{What: RegionConnection})
}

// Has reports whether a chat is on the board.
func (b *Board) Has(chatID string) bool { return b.chats[chatID] != nil }

// ChatOf returns a customer's chat, "" where none is on the board, and whether it
// is active.
func (b *Board) ChatOf(customerID string) (chatID string, active bool) {
	chatID = b.byCust[customerID]
	if e := b.chats[chatID]; e != nil {
		return chatID, e.chat.Thread.Active
	}
	return "", false
}

// Loaded reports whether a chat's newest thread is here with all its events.
func (b *Board) Loaded(chatID string) bool {
	e := b.chats[chatID]
	return e != nil && e.chat.Loaded
}

// LoadedIDs returns the chats that are loaded, in no order.
func (b *Board) LoadedIDs() (ids []string) {
	for id, e := range b.chats {
		if e.chat.Loaded {
			ids = append(ids, id)
		}
	}
	return ids
}

// ThreadID returns the newest thread of a chat, "" where unknown.
func (b *Board) ThreadID(chatID string) string {
	if e := b.chats[chatID]; e != nil {
		return e.chat.Thread.ID
	}
	return ""
}

// Event returns one event of a loaded chat.
func (b *Board) Event(chatID, eventID string) (Event, bool) {
	e := b.chats[chatID]
	if e == nil {
		return Event{}, false
	}
	for i := len(e.chat.Thread.Events) - 1; i >= 0; i-- {
		if e.chat.Thread.Events[i].ID == eventID {
			return e.chat.Thread.Events[i], true
		}
	}
	return Event{}, false
}

// Person finds a member of a chat, or a colleague; an unknown id gives a person
// with that id and no name.
func (b *Board) Person(chatID, id string) Person {
	if e := b.chats[chatID]; e != nil {
		if u := e.chat.User(id); u != nil {
			return *u
		}
	}
	if a, ok := b.agents[id]; ok {
		return Person{ID: id, Agent: true, Name: a.Name, Avatar: a.Avatar}
	}
	return Person{ID: id}
}

// Row returns a chat as a row of its list; ok is false where it is in none.
func (b *Board) Row(chatID string) (row Row, ok bool) {
	e := b.chats[chatID]
	if e == nil || e.list == "" {
		return Row{}, false
	}
	return b.row(e), true
}

func (b *Board) row(e *entry) Row {
	c := &e.chat
	r := Row{
		ChatID: c.ID, List: e.list, Sort: sortKey(e, ""), Customer: c.Customer(), Tags: c.Thread.Tags,
		Last: c.LastEvent, At: lastAt(e), Unread: e.unread, WaitFrom: e.waitFrom, Typing: e.peek != "",
		Followed: c.Followed, Group: b.groupName(c.Groups), GroupID: e.groupID(), Draft: b.drafts[c.ID].Text != "",
	}
	if e.list.Served() && c.TransferredFrom != "" {
		r.From = b.agentName(c.TransferredFrom)
	}
	if c.Thread.Queue != nil {
		r.Position = c.Thread.Queue.Position
	}
	switch author := c.LastEvent.AuthorID; author {
	case "", r.Customer.ID:
	case b.me.ID:
		r.LastBy = You
	default:
		r.LastBy = b.nameOf(c, author)
	}
	for i := range c.Users {
		u := &c.Users[i]
		switch {
		case u.ID == b.me.ID:
			r.Watching = u.AgentsOnly && u.Present
		case u.Agent && u.Present && !u.AgentsOnly:
			r.Agents = append(r.Agents, u.Name)
		}
	}
	for _, t := range e.typing {
		if t.id == r.Customer.ID {
			r.Typing = true
		}
	}
	if e.list.Served() || e.list == Waiting {
		r.Here, r.Writers = b.colleagues(e), b.writers(e)
	}
	r.Closing, r.NotClosed = b.closingOf(e)
	for _, o := range b.out[c.ID] {
		if o.State == Failed {
			r.Failed++
		}
	}
	return r
}

func (b *Board) nameOf(c *Chat, id string) string {
	if u := c.User(id); u != nil && u.Name != "" {
		return u.Name
	}
	return b.agentName(id)
}

func (b *Board) agentName(id string) string {
	if a, ok := b.agents[id]; ok && a.Name != "" {
		return a.Name
	}
	return id
}

// groupName names the group of a chat, where there is more than one to tell
// apart.
func (b *Board) groupName(ids []int) string {
	if len(b.groups) < 2 || len(ids) == 0 {
		return ""
	}
	for _, g := range b.groups {
		if g.ID == ids[0] {
			return g.Name
		}
	}
	return ""
}

// Head returns what an open chat shows besides its events: Thread.Events is
// empty. It is cheap enough for every push.
func (b *Board) Head(chatID string) (ChatView, bool) {
	e := b.chats[chatID]
	if e == nil {
		return ChatView{}, false
	}
	v := ChatView{
		Row: b.row(e), Chat: e.chat, Total: len(e.chat.Thread.Events), Pending: b.Outgoing(chatID), Peek: e.peek,
		Earlier: e.chat.Thread.Previous, Draft: b.drafts[chatID], Me: b.me, Groups: b.groups, Agents: b.Agents(), SeenBy: e.chat.Customer().SeenUpTo,
	}
	v.Chat.Users = slices.Clone(e.chat.Users)
	v.Chat.Thread.Events = nil
	if me := e.chat.User(b.me.ID); me != nil {
		v.Member = me.Present && !me.AgentsOnly
		if e.unread > 0 {
			v.NewFrom = me.SeenUpTo
		}
	}
	for _, t := range e.typing {
		v.Typing = append(v.Typing, b.nameOf(&e.chat, t.id))
	}
	v.Here, v.Writers = b.colleagues(e), b.writers(e)
	for _, t := range e.thinking {
		v.Thoughts = append(v.Thoughts, Thought{By: b.nameOf(&e.chat, t.id), Title: t.title, Text: t.text})
	}
	return v, true
}

// Chat returns an open chat with its newest events, or with those before the
// event named by before. limit 0 gives 100 events.
func (b *Board) Chat(chatID, before string, limit int) (ChatView, bool) {
	v, ok := b.Head(chatID)
	if !ok {
		return v, false
	}
	if limit <= 0 {
		limit = defaultEvents
	}
	events := b.chats[chatID].chat.Thread.Events
	if before != "" {
		if i := slices.IndexFunc(events, func(e Event) bool { return e.ID == before }); i >= 0 {
			events = events[:i]
		}
		v.Pending = nil
	}
	v.Total = len(events)
	if len(events) > limit {
		events = events[len(events)-limit:]
	}
	v.Chat.Thread.Events = events[:len(events):len(events)]
	return v, true
}

// Agents returns the colleagues by name.
func (b *Board) Agents() []Agent {
	list := make([]Agent, 0, len(b.agents))
	for _, a := range b.agents {
		list = append(list, a)
	}
	slices.SortFunc(list, func(x, y Agent) int {
		if x.Name != y.Name {
			if x.Name < y.Name {
				return -1
			}
			return 1
		}
		return 0
	})
	return list
}

// Groups returns the groups.
func (b *Board) Groups() []Group { return b.groups }

// Tags returns the known tags.
func (b *Board) Tags() []string { return b.tags }
