package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// people finds customers for a view; nil where there is none.
type people func(id string) *store.Customer

// peopleOf reads the customers of some chats at once.
func (e *Engine) peopleOf(ctx context.Context, ids []string) (people, error) {
	found := make(map[string]*store.Customer, len(ids))
	var missing []string
	e.view.RLock()
	for _, id := range ids {
		if c := e.customers[id]; c != nil {
			found[id] = c
		} else {
			missing = append(missing, id)
		}
	}
	e.view.RUnlock()
	more, err := e.store.Customers(ctx, missing)
	for id, c := range more {
		found[id] = &c
	}
	return func(id string) *store.Customer { return found[id] }, err
}

// people finds customers inside a change.
func (w *work) people(id string) *store.Customer {
	if c := w.customers[id]; c != nil {
		return c
	}
	c, _ := w.e.customerNow(w.ctx, id)
	return c
}

// userView is a chat's user as the wire has it.
func (e *Engine) userView(m store.Member, find people) protocol.User {
	u := protocol.User{ID: m.UserID, Type: m.Type, Present: m.Present, SeenUpTo: m.SeenUpTo}
	if m.Type == protocol.UserAgent {
		u.Visibility = m.Visibility
		if a := e.dir.Load().known(m.UserID); a != nil {
			u.Name, u.Email, u.Avatar, u.JobTitle = a.Name, a.ID, a.Avatar, a.JobTitle
		}
		return u
	}
	if c := find(m.UserID); c != nil {
		u = customerView(c)
		u.Present, u.SeenUpTo = m.Present, m.SeenUpTo
	}
	return u
}

// customerView is a customer on its own.
func customerView(c *store.Customer) protocol.User {
	d := &c.Details
	u := protocol.User{
		ID: c.ID, Type: protocol.UserCustomer, Name: c.Name, Email: c.Email, Avatar: d.Avatar, PhoneNumber: d.Phone,
		EmailVerified: d.EmailVerified, CreatedAt: c.CreatedAt, Visit: d.Visit, SessionFields: d.SessionFields,
		Statistics: d.Statistics, GroupIDs: d.GroupIDs, State: "browsing", Address: d.Address,
		Omnichannel: d.Omnichannel.Accounts(),
	}
	if u.Statistics == nil {
		u.Statistics = &protocol.Statistics{}
	}
	return u
}

func (e *Engine) usersView(c *store.Chat, find people) []protocol.User {
	out := make([]protocol.User, 0, len(c.Users))
	for _, m := range c.Users {
		out = append(out, e.userView(m, find))
	}
	return out
}

// threadView is a thread without its events.
func threadView(t *store.Thread) *protocol.Thread {
	if t == nil {
		return nil
	}
	return &protocol.Thread{
		ID: t.ID, Active: t.Active, CreatedAt: t.CreatedAt, UserIDs: t.UserIDs, Properties: t.Properties,
		Access: &protocol.Access{GroupIDs: t.Access}, Tags: t.Tags, QueuesDuration: t.QueuesDuration,
		PreviousThreadID: t.PrevID, NextThreadID: t.NextID, Summary: t.Summary,
		CustomerVisit: visitedFrom(t.Visit),
	}
}

// visitedFrom is what a thread keeps of the visit it began in (3.6).
func visitedFrom(v *protocol.Visit) *protocol.Visit {
	if v == nil {
		return nil
	}
	return &protocol.Visit{IP: v.IP, UserAgent: v.UserAgent, Geolocation: v.Geolocation}
}

// withQueue adds the place in the queue, where the thread waits.
func (e *Engine) withQueue(v *protocol.Thread, t *store.Thread) *protocol.Thread {
	if t != nil && t.QueuedAt != 0 {
		q := e.queuePlace(t)
		v.Queue = &q
	}
	return v
}

// chatView is a chat with one thread.
func (e *Engine) chatView(c *store.Chat, t *store.Thread, events []protocol.Event, viewer string, find people) protocol.Chat {
	v := protocol.Chat{
		ID: c.ID, Users: e.usersView(c, find), Properties: c.Properties, Access: &protocol.Access{GroupIDs: c.Access},
		IsFollowed: slices.Contains(c.Followers, viewer),
	}
	if t != nil {
		v.Thread = e.withQueue(threadView(t), t)
		setEvents(v.Thread, e.shown(events, viewer))
	}
	return v
}

// setEvents gives a thread its events. An empty list is written too: the vendor's
// customer SDK fails where it is missing.
func setEvents(t *protocol.Thread, events []protocol.Event) {
	t.Events, t.Extra = events, nil
	if len(events) == 0 {
		t.Extra = jsontext.Value(`{"events":[]}`)
	}
}

// summaryView is a chat without events.
func (e *Engine) summaryView(c *store.Chat, viewer string, find people) protocol.ChatSummary {
	v := protocol.ChatSummary{
		ID: c.ID, Users: e.usersView(c, find), Properties: c.Properties, Access: &protocol.Access{GroupIDs: c.Access},
		LastEventPerType: e.shownLast(c.LastEvents, viewer), IsFollowed: slices.Contains(c.Followers, viewer),
	}
	if c.Thread != nil {
		v.LastThread = e.withQueue(threadView(c.Thread), c.Thread)
		v.LastThread.Summary, v.LastThread.CustomerVisit = nil, nil // of whole threads only
	}
	return v
}

// forCustomer is what a chat's customer may see of it: no events or users that
// are for agents only, no e-mail addresses of agents.
func forCustomer(v protocol.Chat) protocol.Chat {
	if v.Thread != nil {
		t := guestThread(*v.Thread, v.Users)
		v.Thread = &t
	}
	v.Users = guestUsers(v.Users)
	return v
}

// guestThread leaves out the events and users of a thread that are for agents
// only, and its tags and summary, which are for agents too.
func guestThread(t protocol.Thread, users []protocol.User) protocol.Thread {
	setEvents(&t, guestEvents(t.Events))
	t.Tags, t.Summary, t.CustomerVisit = nil, nil, nil
	t.UserIDs = slices.DeleteFunc(slices.Clone(t.UserIDs), func(id string) bool {
		return slices.ContainsFunc(users, func(u protocol.User) bool { return u.ID == id && u.Visibility == protocol.VisibilityAgents })
	})
	return t
}

func guestUsers(list []protocol.User) []protocol.User {
	out := make([]protocol.User, 0, len(list))
	for _, u := range list {
		if u.Visibility != protocol.VisibilityAgents {
			out = append(out, guestUser(u))
		}
	}
	return out
}

func guestUser(u protocol.User) protocol.User {
	if u.Type == protocol.UserAgent {
		u.Email = ""
	}
	return u
}

func guestEvents(list []protocol.Event) []protocol.Event {
	out := make([]protocol.Event, 0, len(list))
	for _, ev := range list {
		if ev.Visibility != protocol.VisibilityAgents {
			out = append(out, ev)
		}
	}
	return out
}

// summaryForCustomer is forCustomer for a summary. Where the newest event of a
// type is for agents only, the type is left out.
func summaryForCustomer(v protocol.ChatSummary) protocol.ChatSummary {
	if v.LastThread != nil {
		t := guestThread(*v.LastThread, v.Users)
		t.Events, t.Extra = nil, nil
		v.LastThread = &t
	}
	v.Users = guestUsers(v.Users)
	last := map[string]protocol.LastEvent{}
	for typ, l := range v.LastEventPerType {
		if l.Event == nil || l.Event.Visibility != protocol.VisibilityAgents {
			last[typ] = l
		}
	}
	v.LastEventPerType = last
	return v
}
