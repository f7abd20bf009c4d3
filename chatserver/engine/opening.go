package engine

import (
	"errors"
	"fmt"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// open begins a thread: users, access, properties, first events, routing, and
// the push of the whole.
func (w *work) open(d *draft, given protocol.Chat, r protocol.StartChatRequest) ([]string, error) {
	if err := w.setAccess(d, given.Access); err != nil {
		return nil, err
	}
	if err := checkProperties("chat.properties", given.Properties); err != nil {
		return nil, err
	}
	d.Properties = mergeProperties(d.Properties, given.Properties)
	if r.Continuous != nil {
		d.Properties = mergeProperties(d.Properties, routingFlag("continuous", *r.Continuous))
	}
	if err := w.autoAccess(d, given.Access); err != nil {
		return nil, err
	}
	prev := d.Thread
	at := w.e.tick()
	t := &store.Thread{Seq: int64(at), ID: NewID(), ChatID: d.ID, CustomerID: d.CustomerID, CreatedAt: at}
	t.Active = r.Active == nil || *r.Active
	t.Access, t.GroupID = slices.Clone(d.Access), d.Access[0]
	if prev != nil {
		t.PrevID = prev.ID
		if err := w.LinkThread(prev.ID, t.ID); err != nil {
			return nil, err
		}
	}
	d.Thread, d.SortAt, d.Active, d.Followers = t, t.Seq, t.Active, nil
	if err := w.seat(d, given.Users); err != nil {
		return nil, err
	}
	if err := w.countThread(d, prev == nil); err != nil {
		return nil, err
	}
	ids, events, err := w.initial(d, given.Thread)
	if err != nil {
		return nil, err
	}
	if t.Active && d.CustomerID != "" && !w.hasAgent(d) {
		if err := w.place(d); err != nil {
			return nil, err
		}
	}
	if !t.Active {
		t.ClosedAt, d.archive = at, true
	}
	w.incomingChat(d, events, w.e.watchers(d.Chat), nil, true)
	return ids, nil
}

func (w *work) setAccess(d *draft, given *protocol.Access) error {
	if given != nil && len(given.GroupIDs) > 0 {
		for _, g := range given.GroupIDs {
			if !w.e.groupExists(g) {
				return invalid("chat.access.group_ids", fmt.Sprintf("names group %d, which does not exist", g))
			}
		}
		d.Access, d.regroup = slices.Clone(given.GroupIDs), true
	}
	if len(d.Access) == 0 {
		d.Access, d.regroup = []int{0}, true
	}
	return nil
}

func (e *Engine) groupExists(id int) bool {
	return id == 0 || slices.ContainsFunc(e.dir.Load().groups, func(g store.Group) bool { return g.ID == id })
}

// seat sets who takes part in the new thread. Agents of earlier threads stay
// listed, but not present.
func (w *work) seat(d *draft, extra []protocol.User) error {
	for i := range d.Users {
		d.Users[i].Present = d.Users[i].Type == protocol.UserCustomer
	}
	if d.CustomerID != "" {
		w.join(d, store.Member{UserID: d.CustomerID, Type: protocol.UserCustomer})
	}
	if w.by.IsAgent() {
		w.join(d, store.Member{UserID: w.by.ID, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll})
	}
	agents := 0
	for _, u := range extra {
		switch u.Type {
		case protocol.UserAgent:
			if w.by.IsCustomer() {
				return invalid("chat.users", "cannot name agents")
			}
			a := w.e.dir.Load().agents[u.ID]
			if a == nil || !reaches(a.Groups, d.Access) {
				return invalid("chat.users.id", "names an agent without access to the chat")
			}
			if w.by.Rules.LoneCustomer && u.ID != w.by.ID {
				return invalid("chat.users", "may name one customer and no further agents")
			}
			if agents++; agents > maxExtraAgents {
				return invalid("chat.users", "has more than 4 agents")
			}
			w.join(d, store.Member{UserID: u.ID, Type: protocol.UserAgent, Visibility: protocol.VisibilityAll})
		case protocol.UserCustomer:
			if u.ID != d.CustomerID {
				return invalid("chat.users.id", "names another customer than the chat's")
			}
		default:
			return invalid("chat.users.type", "must be agent or customer")
		}
	}
	return nil
}

// join makes a user a present member.
func (w *work) join(d *draft, m store.Member) {
	m.Present = true
	if have := member(d.Chat, m.UserID); have != nil {
		m.SeenUpTo = have.SeenUpTo
		*have = m
	} else {
		d.Users = append(d.Users, m)
	}
	t := d.Thread
	if !slices.Contains(t.UserIDs, m.UserID) {
		t.UserIDs = append(t.UserIDs, m.UserID)
	}
	if m.Type == protocol.UserAgent && !slices.Contains(t.AgentIDs, m.UserID) {
		t.AgentIDs = append(t.AgentIDs, m.UserID)
	}
}

func (w *work) hasAgent(d *draft) bool {
	return slices.ContainsFunc(d.Users, func(m store.Member) bool { return m.Type == protocol.UserAgent && m.Present })
}

// initial adds the events a thread begins with. Their visibility is all (3.4+);
// only the requester may be their author.
func (w *work) initial(d *draft, given *protocol.Thread) ([]string, []protocol.Event, error) {
	if given == nil {
		return nil, nil, nil
	}
	if err := checkProperties("chat.thread.properties", given.Properties); err != nil {
		return nil, nil, err
	}
	d.Thread.Properties = mergeProperties(nil, given.Properties)
	if len(given.Events) > maxInitial {
		return nil, nil, invalid("chat.thread.events", "has more than 20 events")
	}
	var ids []string
	var events []protocol.Event
	for i, raw := range given.Events {
		ev, err := w.checkEvent(fmt.Sprintf("chat.thread.events.%d", i), raw)
		if err != nil {
			return nil, nil, err
		}
		if id, err := w.sentBefore(d.ID, ev.CustomID); err != nil || id != "" {
			return nil, nil, errors.Join(err, invalid(fmt.Sprintf("chat.thread.events.%d.custom_id", i), "was used in this chat before"))
		}
		if !w.by.Rules.Visible || w.by.IsCustomer() {
			ev.Visibility = protocol.VisibilityAll
		}
		author := w.by.ID
		if ev.Type == protocol.EventSystemMessage {
			author = ""
		}
		made, err := w.append(d, author, ev)
		if err != nil {
			return nil, nil, err
		}
		ids, events = append(ids, made.ID), append(events, *made)
	}
	return ids, events, nil
}

// countThread keeps the customer's statistics and what he visits. A banned one
// gets no thread.
func (w *work) countThread(d *draft, first bool) error {
	if d.CustomerID == "" {
		return nil
	}
	c, err := w.customer(d.CustomerID)
	if err != nil {
		return err
	}
	if c.BannedUntil > protocol.At(w.e.now()) {
		return protocol.Fail(protocol.ErrCustomerBanned, "The customer is banned.")
	}
	stats := protocol.Statistics{}
	if c.Details.Statistics != nil {
		stats = *c.Details.Statistics
	}
	stats.Threads++
	if first {
		stats.Chats++
	}
	c.Details.Statistics, c.Details.GroupIDs = &stats, slices.Clone(d.Access)
	d.Thread.Visit = c.Details.Visit
	return nil
}

// incomingChat pushes a chat whole: to agents, each with his own is_followed,
// and, at the start of a thread, to its customer.
func (w *work) incomingChat(d *draft, events []protocol.Event, to []*Session, from *protocol.TransferredFrom, start bool) {
	view := w.e.chatView(d.Chat, d.Thread, events, "", w.people)
	p := protocol.IncomingChat{Chat: view, RequesterID: w.by.ID, TransferredFrom: from}
	var plain []*Session
	for _, s := range to {
		if slices.Contains(d.Followers, s.UserID) {
			followed := p
			followed.Chat.IsFollowed = true
			w.pushMain(protocol.PushIncomingChat, followed, []*Session{s})
		} else {
			plain = append(plain, s)
		}
	}
	w.pushMain(protocol.PushIncomingChat, p, plain)
	if start {
		p.Chat = forCustomer(view)
		w.pushMain(protocol.PushIncomingChat, p, w.e.guests(d.Chat))
	}
}
