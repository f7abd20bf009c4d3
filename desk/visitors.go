package desk

import (
	"maps"
	"slices"
	"time"
)

// maxVisitors bounds of how many customers without a chat, and of how many bans, a
// board keeps record.
const maxVisitors = 1000

// visitor notes what a push tells of a customer, for chat servers that cannot be
// asked who is on the site (Can.SeeSite). Who left is forgotten. While the customer
// has a chat on the board, Visitors tells what that knows of her.
func (b *Board) visitor(id string, change func(*Person)) {
	p, known := b.site[id]
	if b.me.Can.SeeSite || id == "" || !known && len(b.site) >= maxVisitors {
		return
	}
	p.ID = id
	if p.Customer != nil {
		own := *p.Customer
		p.Customer = &own
	}
	change(&p)
	if p.known().Online {
		b.site[id] = p
	} else {
		delete(b.site, id)
	}
}

// ban remembers until when a customer is banned: chat servers tell that only once.
// Bans that are over make room.
func (b *Board) ban(p CustomerBanned) {
	maps.DeleteFunc(b.bans, func(id string, until time.Time) bool { return id == p.CustomerID || !until.After(b.now()) })
	if !p.Lifted && p.Days > 0 && len(b.bans) < maxVisitors {
		b.bans[p.CustomerID] = b.now().AddDate(0, 0, p.Days)
	}
}

// BannedUntil is when a ban ends of which a push told, zero where none is known
// that is in force.
func (b *Board) BannedUntil(customerID string) (until time.Time) {
	if at := b.bans[customerID]; at.After(b.now()) {
		until = at
	}
	return until
}

// Visitors are the customers of open chats and those of whom pushes told that they
// are on the site, in no order.
func (b *Board) Visitors() (list []Person) {
	for id, p := range b.site {
		if b.chats[b.byCust[id]] == nil {
			list = append(list, p)
		}
	}
	for id, chatID := range b.byCust {
		e := b.chats[chatID]
		if e == nil {
			continue
		}
		if u := e.chat.User(id); u != nil && (e.chat.Thread.Active || u.known().Online) {
			list = append(list, *u)
		}
	}
	return list
}

// Within leaves the customers who are in one of some groups, by their chat or as the
// chat server says; no groups leave all.
func (l *CustomerList) Within(groups []int) {
	if len(groups) == 0 {
		return
	}
	l.Customers = slices.DeleteFunc(l.Customers, func(p Person) bool {
		row, ok := l.Rows[p.ID]
		return !(ok && slices.Contains(groups, row.GroupID)) && !slices.ContainsFunc(p.known().Groups, func(g int) bool { return slices.Contains(groups, g) })
	})
}
