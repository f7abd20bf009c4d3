package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// maxBanDays bounds a ban.
const maxBanDays = 3650

// CreateCustomer makes a customer. secret is the hash of what gets the same
// browser the same customer again; it may be empty. ID may be given.
func (e *Engine) CreateCustomer(ctx context.Context, id, secret string, ch CustomerChange) (store.Customer, error) {
	if id == "" {
		id = NewCustomerID()
	}
	c, err := e.newCustomer(id, secret, ch)
	if err != nil {
		return *c, err
	}
	err = e.change(ctx, Actor{}, func(w *work) error {
		w.customers[id] = c
		return nil
	})
	return *c, err
}

// Customer returns a customer's record.
func (e *Engine) Customer(ctx context.Context, id string) (store.Customer, error) {
	c, err := e.customerNow(ctx, id)
	if err != nil {
		return store.Customer{}, err
	}
	return *c, nil
}

// GetCustomer is a customer as agents see one (v3.6 "Get Customer").
func (e *Engine) GetCustomer(ctx context.Context, by Actor, id string) (protocol.User, error) {
	if err := required("id", id); err != nil {
		return protocol.User{}, err
	}
	c, err := e.customerNow(ctx, id)
	if err != nil {
		return protocol.User{}, err
	}
	u := customerFor(c, by.ID)
	u.Banned = c.BannedUntil > protocol.At(e.now())
	chats, err := e.store.CustomerChats(ctx, id)
	if err != nil {
		return u, err
	}
	if len(chats) > 0 {
		u.Extra, _ = protocol.Encode(map[string][]string{"chat_ids": chats})
	}
	if u.AgentLast, u.CustomerLast, err = e.store.LastEvents(ctx, id); err != nil {
		return u, err
	}
	e.mu.Lock()
	u.Online = e.visitors[id] != nil
	e.mu.Unlock()
	return u, nil
}

// UpdateCustomer changes a customer's data (v3.6 "Update Customer").
func (e *Engine) UpdateCustomer(ctx context.Context, by Actor, id string, ch CustomerChange) error {
	if err := required("id", id); err != nil {
		return err
	}
	if ch.empty() {
		return invalid("name", "or another field to change is required")
	}
	return e.change(ctx, by, func(w *work) error {
		c, err := w.customer(id)
		if err != nil {
			return err
		}
		if err := ch.apply(c); err != nil {
			return err
		}
		to := [][]*Session{w.e.whoSee(c)}
		if !ch.AddFields { // set_customer_session_fields tells the customer nothing (3.1+)
			to = append(to, w.e.sessionsOfCustomer(id))
		}
		w.push(protocol.PushCustomerUpdated, ch.view(id, c), to...)
		return nil
	})
}
