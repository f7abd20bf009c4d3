package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Limits of subscriptions. The documents have a limit without a default.
const (
	defaultSubscribed = 100
	maxSubscribed     = 1000 // customers of one subscription
	maxSubscriptions  = 20   // of one connection
)

// subscription is a connection's wish to be told of the customers on the site.
// The engine's lock guards it.
type subscription struct {
	groups []int           // nil: all that the agent may see
	limit  int             // so many are told whole
	fits   map[string]bool // customers on the site that it covers
	told   map[string]bool // those of them that are told whole
}

// SubscribeCustomers opens a subscription on the requester's connection (v3.6
// "Subscribe Customers"). It ends with UnsubscribeCustomers or the connection.
func (e *Engine) SubscribeCustomers(_ context.Context, by Actor, r protocol.SubscribeCustomersRequest) (protocol.SubscribeCustomersResponse, error) {
	out := protocol.SubscribeCustomersResponse{Customers: []protocol.User{}}
	sub, err := e.checkSubscription(r)
	if err != nil {
		return out, err
	}
	if by.Session == nil {
		return out, protocol.Fail(protocol.ErrRequesterOffline, "You are not logged in.")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	s := by.Session
	if len(s.subs) >= maxSubscriptions {
		return out, protocol.Fail(protocol.ErrLimitReached, fmt.Sprintf("A connection has %d subscriptions at most.", maxSubscriptions))
	}
	for _, c := range e.onSite() {
		if !e.covers(s, sub, c) {
			continue
		}
		sub.fits[c.ID] = true
		if len(sub.told) < sub.limit {
			sub.told[c.ID] = true
			u := customerFor(c, s.UserID)
			u.Online = true
			out.Customers = append(out.Customers, u)
		}
	}
	if s.subs == nil {
		s.subs = map[string]*subscription{}
	}
	out.SubscriptionID = NewID()
	s.subs[out.SubscriptionID] = sub
	e.announce(by, func(w *work) { w.totals(s, map[string]int{out.SubscriptionID: len(sub.fits)}) })
	return out, nil
}

// UnsubscribeCustomers ends a subscription (v3.6 "Unsubscribe Customers").
func (e *Engine) UnsubscribeCustomers(_ context.Context, by Actor, r protocol.SubscriptionRequest) error {
	if err := required("subscription_id", r.SubscriptionID); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if by.Session == nil || by.Session.subs[r.SubscriptionID] == nil {
		return notFound("subscription")
	}
	delete(by.Session.subs, r.SubscriptionID)
	return nil
}

func (e *Engine) checkSubscription(r protocol.SubscribeCustomersRequest) (*subscription, error) {
	sub := &subscription{limit: defaultSubscribed, fits: map[string]bool{}, told: map[string]bool{}}
	if r.Limit != nil {
		if sub.limit = *r.Limit; sub.limit < 1 || sub.limit > maxSubscribed {
			return nil, invalid("limit", fmt.Sprintf("must be from 1 to %d", maxSubscribed))
		}
	}
	if len(r.GroupIDs) > maxGroupIDs {
		return nil, invalid("group_ids", fmt.Sprintf("has more than %d groups", maxGroupIDs))
	}
	for _, g := range r.GroupIDs {
		if !e.groupExists(g) {
			return nil, invalid("group_ids", fmt.Sprintf("names group %d, which does not exist", g))
		}
		sub.groups = append(sub.groups, g)
	}
	return sub, nil
}

// onSite are the customers on the site, who came first first. mu is held.
func (e *Engine) onSite() []*store.Customer {
	out := make([]*store.Customer, 0, len(e.visitors))
	for id := range e.visitors {
		if c := e.customers[id]; c != nil {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *store.Customer) int {
		return cmp.Or(cmp.Compare(visitStart(a), visitStart(b)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func visitStart(c *store.Customer) protocol.Time {
	if c.Details.Visit == nil {
		return 0
	}
	return c.Details.Visit.StartedAt
}

// covers reports whether a subscription is about a customer: of the groups
// wanted, and of groups that the agent may see. Who has no group is of group 0.
func (e *Engine) covers(s *Session, sub *subscription, c *store.Customer) bool {
	groups := c.Details.GroupIDs
	if len(groups) == 0 {
		groups = []int{0}
	}
	a := e.dir.Load().agents[s.UserID]
	if a == nil || !reaches(a.Groups, groups) && !s.scopes.Any("chats--all:ro") {
		return false
	}
	return sub.groups == nil || slices.ContainsFunc(groups, func(g int) bool { return slices.Contains(sub.groups, g) })
}

// subscribes reports whether a customer is told whole on this connection. mu is
// held.
func (s *Session) subscribes(customerID string) bool {
	for _, sub := range s.subs {
		if sub.told[customerID] {
			return true
		}
	}
	return false
}

// follows reports whether the connection's agent follows a customer.
func (s *Session) follows(c *store.Customer) bool {
	return slices.Contains(c.Details.Followers, s.UserID)
}

// fit brings all subscriptions in step with one customer, who came, went or
// changed groups, and tells those whose number changed. Whether he himself is
// told is for the caller. mu is held.
func (w *work) fit(c *store.Customer) {
	here := w.e.visitors[c.ID] != nil
	for _, p := range w.e.agents {
		for _, s := range p.sessions {
			changed := map[string]int{}
			for id, sub := range s.subs {
				now := here && w.e.covers(s, sub, c)
				if now == sub.fits[c.ID] {
					continue
				}
				if now {
					sub.fits[c.ID] = true
					if len(sub.told) < sub.limit {
						sub.told[c.ID] = true
					}
				} else {
					delete(sub.fits, c.ID)
					w.moveUp(s, sub, c.ID)
				}
				changed[id] = len(sub.fits)
			}
			w.totals(s, changed)
		}
	}
}

// refit brings a session's subscriptions in step with all customers, after its
// agent's groups changed. Whether they are told is for the caller. mu is held.
func (w *work) refit(s *Session) {
	changed := map[string]int{}
	for id, sub := range s.subs {
		before := len(sub.fits)
		fits, told := map[string]bool{}, map[string]bool{}
		for _, c := range w.e.onSite() {
			if !w.e.covers(s, sub, c) {
				continue
			}
			if fits[c.ID] = true; sub.told[c.ID] {
				told[c.ID] = true
			}
		}
		for _, c := range w.e.onSite() {
			if fits[c.ID] && len(told) < sub.limit {
				told[c.ID] = true
			}
		}
		if sub.fits, sub.told = fits, told; len(fits) != before {
			changed[id] = len(fits)
		}
	}
	w.totals(s, changed)
}

// moveUp gives the place of a customer who is gone to who waited longest.
func (w *work) moveUp(s *Session, sub *subscription, gone string) {
	if !sub.told[gone] {
		return
	}
	delete(sub.told, gone)
	for _, c := range w.e.onSite() {
		if !sub.fits[c.ID] || sub.told[c.ID] {
			continue
		}
		known := slices.Contains(w.e.whoSee(c), s)
		if sub.told[c.ID] = true; !known {
			w.pushCustomer(c, []*Session{s})
		}
		return
	}
}

func (w *work) totals(s *Session, totals map[string]int) {
	if len(totals) > 0 {
		w.push(protocol.PushCustomerTotals, totals, []*Session{s})
	}
}
