package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// FollowCustomer keeps an agent told about a customer, wherever he goes (v3.3
// "Follow Customer"; the pages of later versions had it until 2026).
func (e *Engine) FollowCustomer(ctx context.Context, by Actor, id string) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		c, err := w.customer(id)
		if err != nil {
			return err
		}
		if slices.Contains(c.Details.Followers, by.ID) {
			return errUnchanged
		}
		c.Details.Followers = append(slices.Clone(c.Details.Followers), by.ID)
		w.pushCustomer(c, e.sessionsOf(by.ID))
		return nil
	})
}

// UnfollowCustomer ends a FollowCustomer.
func (e *Engine) UnfollowCustomer(ctx context.Context, by Actor, id string) error {
	if err := required("id", id); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		return w.unfollowCustomer(id, by.ID)
	})
}

// unfollowCustomer ends an agent's following and tells him.
func (w *work) unfollowCustomer(id, agentID string) error {
	c, err := w.customer(id)
	if err != nil {
		return err
	}
	i := slices.Index(c.Details.Followers, agentID)
	if i < 0 {
		return errUnchanged
	}
	c.Details.Followers = slices.Delete(slices.Clone(c.Details.Followers), i, i+1)
	w.push(protocol.PushCustomerUnfollowed, map[string]string{"id": id}, w.e.sessionsOf(agentID))
	return nil
}

// mayWatch reports whether an agent's groups or role let him watch a customer: all
// groups do where the customer has none. nil may nothing. mu is held.
func (e *Engine) mayWatch(a *store.Agent, c *store.Customer) bool {
	if a == nil {
		return false
	}
	return adminRole(a.Role) || len(c.Details.GroupIDs) == 0 || reaches(a.Groups, c.Details.GroupIDs) ||
		slices.ContainsFunc(e.liveOf(c.ID), func(chat *store.Chat) bool { return present(chat, a.ID) || reaches(a.Groups, chat.Access) })
}

// customerFor is a customer as one agent sees him.
func customerFor(c *store.Customer, agentID string) protocol.User {
	u := customerView(c)
	u.Followed = slices.Contains(c.Details.Followers, agentID)
	return u
}

// pushCustomer is incoming_customer, to each agent with his own followed. mu is
// held.
func (w *work) pushCustomer(c *store.Customer, to []*Session) {
	var plain []*Session
	for _, s := range to {
		u := customerFor(c, s.UserID)
		if !u.Followed {
			plain = append(plain, s)
			continue
		}
		u.Online = w.e.visitors[c.ID] != nil
		w.pushVisit(c, protocol.PushIncomingCustomer, u, []*Session{s})
	}
	u := customerView(c)
	u.Online = w.e.visitors[c.ID] != nil
	w.pushVisit(c, protocol.PushIncomingCustomer, u, plain)
}
