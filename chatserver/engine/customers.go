package engine

import (
	"context"
	"net/url"
	"strings"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Limits of what is known of a customer.
const (
	maxFields  = 100
	maxName    = 255
	maxBanDays = 3650
)

// CustomerChange is a change of a customer's data; nil leaves a field as it is.
type CustomerChange struct {
	Name          *string
	Email         *string
	Avatar        *string
	Phone         *string
	SessionFields []map[string]string // nil: as it is
	AddFields     bool                // SessionFields are added instead of replacing all
}

// CreateCustomer makes a customer. secret is the hash of what gets the same
// browser the same customer again; it may be empty. ID may be given.
func (e *Engine) CreateCustomer(ctx context.Context, id, secret string, ch CustomerChange) (store.Customer, error) {
	if id == "" {
		id = NewCustomerID()
	}
	c := &store.Customer{ID: id, Secret: secret, CreatedAt: protocol.At(e.now())}
	c.Details.Statistics = &protocol.Statistics{}
	if err := ch.apply(c); err != nil {
		return *c, err
	}
	err := e.change(ctx, Actor{}, func(w *work) error {
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
	u := customerView(c)
	u.Banned = c.BannedUntil > protocol.At(e.now())
	chats, err := e.store.CustomerChats(ctx, id)
	if err != nil {
		return u, err
	}
	if len(chats) > 0 {
		u.Extra, _ = protocol.Encode(map[string][]string{"chat_ids": chats})
		if chat, err := e.chatNow(ctx, chats[0]); err == nil && chat.Thread != nil {
			u.AgentLast, u.CustomerLast = chat.Thread.AgentLast, chat.Thread.CustomerLast
		}
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
	if ch.Name == nil && ch.Email == nil && ch.Avatar == nil && ch.Phone == nil && ch.SessionFields == nil {
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

func (ch CustomerChange) apply(c *store.Customer) error {
	for _, f := range []struct {
		name string
		from *string
		to   *string
	}{{"name", ch.Name, &c.Name}, {"email", ch.Email, &c.Email}, {"avatar", ch.Avatar, &c.Details.Avatar}, {"phone_number", ch.Phone, &c.Details.Phone}} {
		if f.from == nil {
			continue
		}
		v := strings.TrimSpace(*f.from)
		if len(v) > maxName*8 || f.name != "avatar" && len(v) > maxName {
			return invalid(f.name, "is too long")
		}
		*f.to = v
	}
	if ch.Avatar != nil && c.Details.Avatar != "" && !webAddress(c.Details.Avatar) {
		return invalid("avatar", "must be an http or https address")
	}
	if ch.Email != nil && c.Email != "" && !strings.Contains(c.Email, "@") {
		return invalid("email", "is not an e-mail address")
	}
	if ch.SessionFields == nil {
		return nil
	}
	fields, err := mergeFields(c.Details.SessionFields, ch)
	c.Details.SessionFields = fields
	return err
}

func mergeFields(have []map[string]string, ch CustomerChange) ([]map[string]string, error) {
	var out []map[string]string
	given := map[string]bool{}
	for _, f := range ch.SessionFields {
		if len(f) != 1 {
			return nil, invalid("session_fields", "must be a list of objects with one key each")
		}
		for k, v := range f {
			if k == "" || len(k) > maxName || len(v) > 1024 {
				return nil, invalid("session_fields", "has a key or value that is too long")
			}
			given[k] = true
		}
	}
	if ch.AddFields {
		for _, f := range have {
			for k := range f {
				if !given[k] {
					out = append(out, f)
				}
			}
		}
	}
	if out = append(out, ch.SessionFields...); len(out) > maxFields {
		return nil, invalid("session_fields", "has more than 100 fields")
	}
	return out, nil
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// view is the push: the id and what changed.
func (ch CustomerChange) view(id string, c *store.Customer) map[string]any {
	v := map[string]any{"id": id, "type": protocol.UserCustomer}
	if ch.Name != nil {
		v["name"] = c.Name
	}
	if ch.Email != nil {
		v["email"] = c.Email
	}
	if ch.Avatar != nil {
		v["avatar"] = c.Details.Avatar
	}
	if ch.Phone != nil {
		v["phone_number"] = c.Details.Phone
	}
	if ch.SessionFields != nil {
		v["session_fields"] = c.Details.SessionFields
	}
	return v
}
