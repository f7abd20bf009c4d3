package desk

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// keepPages is how many opened pages a customer's visit keeps.
const keepPages = 30

func (b *Board) tagged(p Tagged) {
	e := b.chats[p.ChatID]
	if e == nil || p.ThreadID != "" && p.ThreadID != e.chat.Thread.ID {
		return
	}
	has := contains(e.chat.Thread.Tags, p.Tag)
	switch {
	case p.Removed && has:
		e.chat.Thread.Tags = slices.DeleteFunc(slices.Clone(e.chat.Thread.Tags), func(t string) bool { return t == p.Tag })
	case !p.Removed && !has:
		e.chat.Thread.Tags = append(slices.Clone(e.chat.Thread.Tags), p.Tag)
		slices.Sort(e.chat.Thread.Tags)
	default:
		return
	}
	b.touch(e, RegionRow|RegionHead)
}

func (b *Board) propertiesChanged(p PropertiesChanged) {
	e := b.chats[p.ChatID]
	if e == nil {
		return
	}
	switch {
	case p.EventID != "":
		for i := range e.chat.Thread.Events {
			if e.chat.Thread.Events[i].ID == p.EventID {
				events := slices.Clone(e.chat.Thread.Events)
				events[i].Properties = events[i].Properties.with(p.Set, p.Deleted)
				e.chat.Thread.Events = events
				b.changes = append(b.changes, Change{ChatID: p.ChatID, What: RegionEvent, EventID: p.EventID, CustomID: events[i].CustomID})
			}
		}
	case p.ThreadID != "":
		if p.ThreadID == e.chat.Thread.ID {
			e.chat.Thread.Properties = e.chat.Thread.Properties.with(p.Set, p.Deleted)
			b.touch(e, RegionHead)
		}
	default:
		e.chat.Properties = e.chat.Properties.with(p.Set, p.Deleted)
		b.touch(e, RegionHead)
	}
}

// with returns a copy with values merged in and names taken out.
func (p Properties) with(set Properties, deleted map[string][]string) Properties {
	out := Properties{}
	for ns, names := range p {
		out[ns] = maps.Clone(names)
	}
	for ns, names := range set {
		if out[ns] == nil {
			out[ns] = map[string]string{}
		}
		maps.Copy(out[ns], names)
	}
	for ns, names := range deleted {
		for _, n := range names {
			delete(out[ns], n)
		}
		if len(out[ns]) == 0 {
			delete(out, ns)
		}
	}
	return out
}

func (b *Board) statusSet(p StatusSet) {
	if a, ok := b.agents[p.AgentID]; ok && a.Status != p.Status {
		a.Status = p.Status
		b.agents[p.AgentID] = a
		b.note("", RegionTeam)
	}
	if p.AgentID == b.me.ID && b.me.Status != p.Status {
		b.me.Status = p.Status
		b.note("", RegionMe)
	}
}

// customer changes a customer among the visitors and in the chat they are in: a
// visit may begin before a chat and end before the chat leaves the board. The
// change works on a copy of the details, because views share them.
func (b *Board) customer(id string, change func(*Person)) {
	b.visitor(id, change)
	e := b.chats[b.byCust[id]]
	if e == nil {
		return
	}
	u := e.chat.User(id)
	if u == nil {
		return
	}
	if u.Customer != nil {
		c := *u.Customer
		u.Customer = &c
	}
	change(u)
	b.touch(e, RegionRow|RegionHead) // a chat whose customer left may be idle
}

func details(u *Person) *Customer {
	if u.Customer == nil {
		u.Customer = &Customer{}
	}
	return u.Customer
}

// updateCustomer takes over what is set: the push carries changed fields only.
func updateCustomer(u *Person, p Person) {
	if p.Name != "" {
		u.Name = p.Name
	}
	if p.Email != "" {
		u.Email = p.Email
	}
	if p.Avatar != "" {
		u.Avatar = p.Avatar
	}
	if p.Customer == nil {
		return
	}
	d := details(u)
	if p.Customer.Phone != "" {
		d.Phone = p.Customer.Phone
	}
	if p.Customer.Fields != nil {
		d.Fields = p.Customer.Fields
	}
	if p.Customer.Postal != (Postal{}) {
		d.Postal = p.Customer.Postal
	}
	d.State = cmp.Or(p.Customer.State, d.State)
	if v := p.Customer.Visit; !v.StartedAt.IsZero() || len(v.Pages) > 0 {
		if v.StartedAt.Equal(d.Visit.StartedAt) && len(v.Pages) == 0 { // customer_visit_started, until 3.2, tells no pages
			v.Pages, v.Referrer = d.Visit.Pages, cmp.Or(v.Referrer, d.Visit.Referrer)
		}
		d.Visit = v
	}
	if p.Customer.Visits > 0 {
		d.Chats, d.Threads, d.Visits = p.Customer.Chats, p.Customer.Threads, p.Customer.Visits
		d.PageViews = cmp.Or(p.Customer.PageViews, d.PageViews) // not every push counts them
	}
	if p.Customer.Online {
		u.Present, d.Online = true, true
	}
}

func openPage(u *Person, p Page) {
	d := details(u)
	u.Present, d.Online = true, true
	if !p.At.IsZero() && slices.Contains(d.Visit.Pages, p) {
		return // a push that came twice, or before a reading that knew it
	}
	pages := append(slices.Clone(d.Visit.Pages), p)
	if len(pages) > keepPages {
		pages = pages[len(pages)-keepPages:]
	}
	d.Visit.Pages = pages
}

func left(u *Person, at time.Time) {
	d := details(u)
	u.Present, d.Online = false, false
	d.Visit.EndedAt = at
}

// Closed reports whether a chat is known to have no active thread.
func (b *Board) Closed(chatID string) bool {
	e := b.chats[chatID]
	return e != nil && !e.chat.Thread.Active
}

// Customer finds a customer of a chat on the board.
func (b *Board) Customer(id string) (Person, bool) {
	if e := b.chats[b.byCust[id]]; e != nil {
		if u := e.chat.User(id); u != nil {
			return *u, true
		}
	}
	return Person{}, false
}
