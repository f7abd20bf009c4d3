package upstream

import (
	"context"
	"slices"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// Methods about many customers: the first until 3.1, the second until 3.5, the
// others from 3.6 on.
const (
	actGetCustomers         = "get_customers"
	actListCustomers        = "list_customers"
	actSubscribeCustomers   = "subscribe_customers"
	actUnsubscribeCustomers = "unsubscribe_customers"
)

// Customer returns what is known of a customer. Before 3.2 only customers of the
// chats at hand are known.
func (s *Session) Customer(ctx context.Context, id string) (p desk.Person, err error) {
	s.post(s.used)
	if _, has := s.reg.dialect.Method(protocol.ActGetCustomer); has {
		var u protocol.User
		if err := s.read(ctx, nil, protocol.ActGetCustomer, protocol.CustomerRequest{ID: id}, &u); err != nil {
			return p, s.reg.dialect.unseen(err)
		}
		u.Type = protocol.UserCustomer
		return person(&u), nil
	}
	known := false
	if err := s.do(ctx, func() { p, known = s.board.Customer(id) }); err != nil {
		return p, err
	}
	if !known {
		return p, desk.Fail(desk.NotFound, "This customer is in no chat that is open here.")
	}
	return p, nil
}

// customerRows are a page of customers in the words of every version.
type customerRows struct {
	Subscription string          `json:"subscription_id"`
	Customers    []protocol.User `json:"customers"`
	Total        int             `json:"total_customers"`
	Next         string          `json:"next_page_id"`
}

func (c *customerRows) list() desk.CustomerList {
	out := desk.CustomerList{Total: c.Total, Next: c.Next}
	for i := range c.Customers {
		c.Customers[i].Type = protocol.UserCustomer
		out.Customers = append(out.Customers, person(&c.Customers[i]))
	}
	return out
}

// Customers lists customers: before 3.6 all there are, from then on those who
// are on the site now.
func (s *Session) Customers(ctx context.Context, q desk.CustomerQuery) (desk.CustomerList, error) {
	s.post(s.used)
	if q.Limit <= 0 {
		q.Limit = 25
	}
	q.Limit = min(q.Limit, 100)
	if s.reg.dialect.Version >= version.V36 {
		return s.liveCustomers(ctx, q)
	}
	action := actListCustomers
	if s.reg.dialect.Version < version.V32 {
		action = actGetCustomers
	}
	var page customerRows
	err := s.read(ctx, nil, action, native{s.reg.dialect.customers(q)}, &page)
	return page.list(), err
}

// liveCustomers subscribes, takes what it is told at once, and ends the
// subscription, which would otherwise live as long as the connection.
func (s *Session) liveCustomers(ctx context.Context, q desk.CustomerQuery) (desk.CustomerList, error) {
	type request struct {
		GroupIDs []int `json:"group_ids,omitempty"`
		Limit    int   `json:"limit"`
	}
	type ended struct {
		ID string `json:"subscription_id"`
	}
	var page customerRows
	if err := s.ask(ctx, nil, actSubscribeCustomers, request{q.Groups, q.Limit}, &page); err != nil {
		return desk.CustomerList{}, err
	}
	if page.Subscription != "" {
		if err := s.ask(ctx, nil, actUnsubscribeCustomers, ended{page.Subscription}, nil); err != nil {
			s.log.Debug("subscription was not ended", "err", err)
		}
	}
	out := page.list()
	out.Live = true
	out.Customers = slices.DeleteFunc(out.Customers, func(p desk.Person) bool {
		return q.Name != "" && p.Name != q.Name || q.Email != "" && p.Email != q.Email
	})
	out.Total = len(out.Customers)
	return out, nil
}

// anyOf is the filter of list_customers that takes some values.
type anyOf[T any] struct {
	Values []T `json:"values"`
}

// customersRequest is list_customers of 3.2 to 3.5, and get_customers before. A
// page id stands for everything else.
type customersRequest struct {
	PageID  string           `json:"page_id,omitzero"`
	Limit   int              `json:"limit,omitzero"`
	Filters *customerFilters `json:"filters,omitzero"`
}

type customerFilters struct {
	Name   *anyOf[string] `json:"name,omitzero"`
	Email  *anyOf[string] `json:"email,omitzero"`
	Groups *anyOf[int]    `json:"chat_group_ids,omitzero"` // 3.3+
}

func (d dialect) customers(q desk.CustomerQuery) customersRequest {
	if q.Page != "" {
		return customersRequest{PageID: q.Page}
	}
	var f customerFilters
	if q.Name != "" {
		f.Name = &anyOf[string]{[]string{q.Name}}
	}
	if q.Email != "" {
		f.Email = &anyOf[string]{[]string{q.Email}}
	}
	if len(q.Groups) > 0 && d.Version >= version.V33 {
		f.Groups = &anyOf[int]{q.Groups}
	}
	r := customersRequest{Limit: q.Limit}
	if f != (customerFilters{}) {
		r.Filters = &f
	}
	return r
}
