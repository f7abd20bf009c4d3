package engine

import (
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// sight is who saw a customer before a change, by level, group and subscription.
type sight struct {
	customer string
	before   []*Session
}

// sights notes who sees the customers whose chats or groups the change touches,
// as it was before. Only customers on the site are watched. mu is held.
func (w *work) sights() []sight {
	if w.regroups {
		return nil
	}
	var out []sight
	note := func(id string) {
		have := slices.ContainsFunc(out, func(s sight) bool { return s.customer == id })
		if w.e.visitors[id] == nil || have {
			return
		}
		if c, err := w.e.customerNow(w.ctx, id); err == nil {
			out = append(out, sight{customer: id, before: w.e.sighted(c)})
		}
	}
	for id, d := range w.chats {
		if d.CustomerID != "" && movedOn(w.e.live[id], d.Chat) {
			note(d.CustomerID)
		}
	}
	for id, c := range w.customers {
		if was := w.e.customers[id]; was != nil && !slices.Equal(was.Details.GroupIDs, c.Details.GroupIDs) {
			note(id)
		}
	}
	return out
}

// movedOn reports whether a chat is in other hands than before; old is nil for a
// chat that was not active.
func movedOn(old, now *store.Chat) bool {
	if old == nil {
		return now.Active
	}
	return !now.Active || !sameMembers(old.Users, now.Users) || !slices.Equal(old.Access, now.Access) || !slices.Equal(old.Followers, now.Followers)
}

// tellSights tells the agents for whom a customer came into sight or went out of
// it. It runs after the change was published.
func (w *work) tellSights(list []sight) {
	for _, was := range list {
		c, err := w.e.customerNow(w.ctx, was.customer)
		if err != nil {
			continue
		}
		w.fit(c)
		now := w.e.sighted(c)
		var came []*Session
		for _, s := range now {
			if !slices.Contains(was.before, s) && !s.follows(c) {
				came = append(came, s)
			}
		}
		w.pushCustomer(c, came)
		for _, s := range was.before {
			if !slices.Contains(now, s) {
				w.push(protocol.PushCustomerTransferred, protocol.CustomerTransferred{
					ID: c.ID, TransferredTo: protocol.TransferredTo{GroupIDs: c.Details.GroupIDs}, Followed: s.follows(c),
				}, []*Session{s})
			}
		}
	}
}

// tellStatistics pushes the figures of customers that the change moved. It runs
// before the change is published.
func (w *work) tellStatistics() {
	for id, c := range w.customers {
		was := w.e.customers[id]
		if w.e.visitors[id] == nil || was == nil || c.Details.Statistics == nil || was.Details.Statistics == c.Details.Statistics {
			continue
		}
		p := protocol.CustomerStatistics{CustomerID: id, Statistics: *c.Details.Statistics}
		p.Statistics.Extra = statisticsExtra(c)
		w.push(protocol.PushCustomerStatistics, p, w.e.whoSee(c))
	}
}
