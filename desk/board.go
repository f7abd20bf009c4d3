package desk

import "time"

// Snapshot is all that is true right now, as read from the chat server.
type Snapshot struct {
	Me     Me
	Chats  []Chat
	Agents []Agent
	Groups []Group
	Tags   []string
}

// keepOpened is how many chats that the agent does not serve stay loaded after
// having been looked at; keepRecent is how many closed ones stay listed.
const (
	keepOpened = 24
	keepRecent = 20
)

// Board is what one agent sees: chats, people, lists, what is typed, what is on
// its way. It has one owner; it is not safe for concurrent use. What its view
// methods return are copies.
type Board struct {
	me      Me
	conn    Connection
	now     func() time.Time
	chats   map[string]*entry
	lists   map[List]map[string]*entry
	unread  map[List]int
	byCust  map[string]string    // customer id → chat id
	site    map[string]Person    // customers on the site; see visitor
	bans    map[string]time.Time // by customer, until when; survive Reset
	agents  map[string]Agent
	groups  []Group
	tags    []string
	out     map[string][]Outgoing // chat id → messages on their way; survives Reset
	missing map[string]bool       // chats that pushes spoke of and we do not have whole
	opened  []string              // loaded chats of others, oldest first
	hot     map[string]*entry     // chats with typing or a peek
	calmAt  time.Time             // until when no chat of the agent becomes idle by itself
	changes []Change              // reused by Apply
	notice  Notice                // the newest; survives Reset

	alerts    []Alert
	expected  map[string]time.Time // chats and customers that the agent asked for
	resetting bool                 // the first reading, or one anew: what is there is no news
	drafts    map[string]Draft     // by chat; survive Reset
	looking   func(chatID string) []string
	closing   map[string]closing    // by chat; survive Reset
	marked    map[string]UnreadMark // by chat; survive Reset
	unmarked  []string              // chats whose marks have ended
}

// entry is a chat with what the board derives for it.
type entry struct {
	chat     Chat
	list     List
	unread   int
	waitFrom time.Time
	grown    bool // since unread and waitFrom were derived one event was added at the end
	typing   []typer
	thinking []thinker
	peek     string
	peekAt   time.Time
	deleted  map[string]bool // events deleted, perhaps before they came
}

type typer struct {
	id string
	at time.Time
}

// NewBoard makes an empty board. now is asked when typing expires.
func NewBoard(me Me, now func() time.Time) *Board {
	b := &Board{me: me, now: now, out: map[string][]Outgoing{}, expected: map[string]time.Time{}, bans: map[string]time.Time{}, resetting: true, conn: Connection{State: Connecting, Since: now()}}
	b.clear()
	return b
}

func (b *Board) clear() {
	b.chats = map[string]*entry{}
	b.lists = map[List]map[string]*entry{}
	b.unread = map[List]int{}
	b.byCust = map[string]string{}
	b.site = map[string]Person{}
	b.agents = map[string]Agent{}
	b.missing = map[string]bool{}
	b.hot = map[string]*entry{}
	b.calmAt = time.Time{}
	b.opened = b.opened[:0]
}

// Reset replaces everything but messages on their way, the agent's choices and
// the connection. A
// chat that comes without events but was loaded in the same thread must be
// loaded again by the caller; see NeedLoad.
func (b *Board) Reset(s Snapshot) []Change {
	before, first := b.standing(), b.resetting
	b.resetting = true
	b.clear()
	s.Me.Choices, s.Me.Preferences = b.me.Choices, b.me.Preferences // the dashboard's, not the chat server's
	b.me = s.Me
	for _, a := range s.Agents {
		b.agents[a.ID] = a
		if a.ID == b.me.ID && a.Status != "" && b.me.Status == "" {
			b.me.Status = a.Status
		}
	}
	b.groups, b.tags = s.Groups, s.Tags
	for i := range s.Chats {
		if s.Chats[i].ID != "" {
			b.put(s.Chats[i])
		}
	}
	b.trimRecent()
	for chatID, list := range b.out {
		for _, o := range list {
			if _, ok := b.FindCustom(chatID, o.CustomID); ok {
				b.dropOutgoing(chatID, o.CustomID)
			}
		}
	}
	b.resetting = false
	if !first {
		b.missed(before)
	}
	return append(b.changes[:0], Change{What: RegionAll})
}

// remember keeps a foreign chat loaded and unloads the one opened longest ago.
func (b *Board) remember(id string) {
	for i, o := range b.opened {
		if o == id {
			b.opened = append(append(b.opened[:i:i], b.opened[i+1:]...), id)
			return
		}
	}
	b.opened = append(b.opened, id)
	if len(b.opened) > keepOpened {
		old := b.opened[0]
		b.opened = append(b.opened[:0], b.opened[1:]...)
		if e := b.chats[old]; e != nil && !e.list.Served() {
			b.unload(e)
		}
	}
}

func (b *Board) unload(e *entry) {
	e.chat.Loaded, e.chat.Thread.Events, e.deleted = false, nil, nil
	if e.list == "" {
		b.remove(e)
	}
}

func (b *Board) isOpened(id string) bool {
	for _, o := range b.opened {
		if o == id {
			return true
		}
	}
	return false
}

// remove takes a chat off the board.
func (b *Board) remove(e *entry) {
	b.unlist(e)
	delete(b.chats, e.chat.ID)
	delete(b.hot, e.chat.ID)
	if id := e.chat.Customer().ID; b.byCust[id] == e.chat.ID {
		delete(b.byCust, id)
	}
}

// NeedLoad returns the chats that must be read whole: those this agent serves
// without having their events, and those pushes spoke of without our having
// them. It forgets the latter.
func (b *Board) NeedLoad() []string {
	var ids []string
	for id := range b.missing {
		ids = append(ids, id)
	}
	clear(b.missing)
	for _, l := range [...]List{Mine, Idle} {
		for id, e := range b.lists[l] {
			if !e.chat.Loaded {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// noteBack is how many of the newest changes are looked through for one of the same
// chat. To tell a change twice does no harm; a push may be about very many chats.
const noteBack = 32

// note adds to the changes of the running Apply.
func (b *Board) note(chatID string, what Regions) {
	for i := max(0, len(b.changes)-noteBack); i < len(b.changes); i++ {
		if b.changes[i].ChatID == chatID && b.changes[i].EventID == "" && b.changes[i].CustomID == "" {
			b.changes[i].What |= what
			return
		}
	}
	b.changes = append(b.changes, Change{ChatID: chatID, What: what})
}
