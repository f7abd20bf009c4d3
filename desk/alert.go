package desk

import "time"

// AlertKind says what an agent is called for.
type AlertKind string

// The kinds, each with a tone of its own.
const (
	AlertQueue    AlertKind = "queue"    // a chat waits that nobody serves
	AlertMine     AlertKind = "mine"     // a new chat of the agent's own
	AlertMessage  AlertKind = "message"  // something was said in a chat that the agent serves
	AlertTransfer AlertKind = "transfer" // a colleague passed a chat on
	AlertTaken    AlertKind = "taken"    // a chat of the agent's own went to somebody else; it has no tone
)

// Alert calls an agent. It is told once, when the board learns of it.
type Alert struct {
	Kind   AlertKind
	ChatID string
	Title  string // the customer's name, may be empty
	Text   string // what was said, empty where nothing was
	At     time.Time
	More   int // further chats with the same to tell, after a gap
}

// ownDoing is how long a chat that the agent himself asked for or gave away calls
// nobody.
const ownDoing = 10 * time.Second

// TakeAlerts returns what the agent is called for since it was asked last. The
// list is valid until the board changes.
func (b *Board) TakeAlerts() []Alert {
	list := b.alerts
	b.alerts = b.alerts[:0]
	return list
}

// Expect says that the agent has asked for a chat, or for one with a customer, or
// gives it away: nobody needs to be called when it comes or goes.
func (b *Board) Expect(id string) {
	now := b.now()
	for old, at := range b.expected {
		if now.Sub(at) > ownDoing {
			delete(b.expected, old)
		}
	}
	b.expected[id] = now
}

func (b *Board) isExpected(c *Chat) bool {
	at, ok := b.expected[c.ID]
	if !ok {
		at, ok = b.expected[c.Customer().ID]
	}
	return ok && b.now().Sub(at) <= ownDoing
}

// mostAlerts is how many alerts wait to be taken.
const mostAlerts = 64

// alert notes what an agent is called for.
func (b *Board) alert(kind AlertKind, c *Chat, text string) {
	if len(b.alerts) == mostAlerts {
		return
	}
	b.alerts = append(b.alerts, Alert{Kind: kind, ChatID: c.ID, Title: c.Customer().Name, Text: text, At: b.now()})
}

// moved calls for a chat that has come into another list.
func (b *Board) moved(e *entry, before List) {
	c := &e.chat
	switch {
	case b.resetting || before == e.list || b.isExpected(c):
	case before.Served() && !e.list.Served() && c.Thread.Active:
		b.alert(AlertTaken, c, "")
	case e.list == Waiting && b.takesChats():
		b.alert(AlertQueue, c, c.LastEvent.words())
	case e.list.Served() && before.Served():
	case e.list.Served() && c.TransferredFrom != "":
		b.alert(AlertTransfer, c, c.LastEvent.words())
	case e.list.Served():
		b.alert(AlertMine, c, c.LastEvent.words())
	}
}

// said calls for something that was said in a chat of the agent's own.
func (b *Board) said(e *entry, ev *Event) {
	c := &e.chat
	me := c.User(b.me.ID)
	if e.list.Served() && ev.counts() && ev.AuthorID != b.me.ID && (me == nil || ev.At.After(me.SeenUpTo)) {
		b.alert(AlertMessage, c, ev.words())
	}
}

// takesChats reports whether the agent wants to hear of the queue.
func (b *Board) takesChats() bool {
	return b.me.Status != NotAccepting && b.me.Status != Offline && !b.me.Away
}

// words is what an event says, as far as it can be told in a line.
func (e *Event) words() string {
	switch {
	case e.Deleted:
		return ""
	case e.File != nil && e.Text == "":
		return e.File.Name
	}
	return e.Text
}

// standing is where a chat stood before the board was read anew.
type standing struct {
	list List
	last string // id of the newest event
}

func (b *Board) standing() map[string]standing {
	all := make(map[string]standing, len(b.chats))
	for id, e := range b.chats {
		all[id] = standing{e.list, e.chat.LastEvent.ID}
	}
	return all
}

// missed calls once for each kind of what has happened while nothing was heard
// from the chat server.
func (b *Board) missed(before map[string]standing) {
	first := map[AlertKind]int{}
	kept := b.alerts[:0]
	for id, e := range b.chats {
		was, n := before[id], len(b.alerts)
		b.moved(e, was.list)
		if len(b.alerts) == n && e.chat.LastEvent.ID != was.last {
			b.said(e, &e.chat.LastEvent)
		}
		for _, a := range b.alerts[n:] {
			if i, ok := first[a.Kind]; ok {
				kept[i].More++
			} else {
				first[a.Kind] = len(kept)
				kept = append(kept, a)
			}
		}
		b.alerts = kept
	}
}
