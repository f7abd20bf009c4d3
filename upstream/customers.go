package upstream

import (
	"cmp"
	"context"
	"slices"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// actGetCustomers is what list_customers was called until 3.1.
const actGetCustomers = "get_customers"

// Customer returns what is known of a customer, and administrators until when she
// is banned.
func (s *Session) Customer(ctx context.Context, id string) (desk.Person, error) {
	s.post(s.used)
	p, err := s.customer(ctx, id)
	if err != nil {
		return p, err
	}
	c := p.Customer
	if c.Banned || s.reg.dialect.Version < version.V33 {
		if b, ok := s.banOf(ctx, id); ok {
			c.Banned, c.BannedUntil = true, b.Until
		}
	}
	return p, s.do(ctx, func() {
		if until := s.board.BannedUntil(id); c.BannedUntil.IsZero() && (c.Banned || s.reg.dialect.Version < version.V33) {
			c.Banned, c.BannedUntil = c.Banned || !until.IsZero(), until
		}
		known, ok := s.board.Customer(id)
		if ok && known.Customer != nil && s.reg.dialect.Version < version.V33 { // a list does not tell of these
			c.Banned, c.Online, p.Present = c.Banned || known.Customer.Banned, known.Customer.Online, known.Present
		}
	})
}

// banOf finds a customer's ban, where the agent may read bans.
func (s *Session) banOf(ctx context.Context, id string) (desk.Banned, bool) {
	var out desk.Setup
	if !s.Me().Administrator() || s.setupBans(ctx, &out) != nil {
		return desk.Banned{}, false
	}
	i := slices.IndexFunc(out.Bans, func(b desk.Banned) bool { return b.CustomerID == id })
	if i < 0 {
		return desk.Banned{}, false
	}
	return out.Bans[i], true
}

// customer asks for a customer. Before 3.2, which cannot ask for one, it is a list
// of one, or what the chats at hand tell.
func (s *Session) customer(ctx context.Context, id string) (p desk.Person, err error) {
	if _, has := s.reg.dialect.Method(protocol.ActGetCustomer); has {
		var u protocol.User
		if err := s.read(ctx, nil, protocol.ActGetCustomer, protocol.CustomerRequest{ID: id}, &u); err != nil {
			return p, s.reg.dialect.unseen(err)
		}
		u.Type = protocol.UserCustomer
		return person(&u), nil
	}
	var page customerRows
	filter := protocol.CustomerFilters{CustomerID: &protocol.ValuesFilter[string]{Values: []string{id}}}
	err = s.read(ctx, nil, actGetCustomers, native{protocol.ListCustomersRequest{Limit: 1, Filters: &filter}}, &page)
	if err != nil && wireType(err) == "" {
		return p, err
	}
	for _, p := range page.list().Customers {
		if p.ID == id {
			return p, nil
		}
	}
	known := false
	if err := s.do(ctx, func() { p, known = s.board.Customer(id) }); err != nil {
		return p, err
	}
	if !known {
		return p, desk.Fail(desk.NotFound, "The chat server does not know this customer, or does not show her to you.")
	}
	if p.Customer != nil { // a copy: the board's own is shared
		own := *p.Customer
		p.Customer = &own
	} else {
		p.Customer = &desk.Customer{}
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

// Customers lists customers with their open chats. From 3.6 on they are those who
// are on the site now. Before, they are those of whom pushes tell that they are
// there, and behind them all there are, whom the chat server can look through for
// neither stage nor origin.
func (s *Session) Customers(ctx context.Context, q desk.CustomerQuery) (list desk.CustomerList, err error) {
	s.post(s.used)
	if s.reg.dialect.can().SeeSite {
		if list, err = s.liveCustomers(ctx, q); err == nil {
			err = s.withRows(ctx, &list)
		}
		list.Narrow(q)
		return list, err
	}
	if q.Page == "" {
		if err = s.do(ctx, func() { list.Customers = s.board.Visitors() }); err == nil {
			err = s.withRows(ctx, &list)
		}
		if list.Within(q.Groups); err != nil {
			return list, err
		}
		if list.Narrow(q); q.Stage != "" || q.From != "" {
			return list, nil
		}
	}
	known, err := s.knownCustomers(ctx, q)
	if err != nil {
		return list, err
	}
	known.Customers = joined(list.Customers, known.Customers)
	return known, s.withRows(ctx, &known)
}

// joined puts customers who are known behind those who are here. Of one who is both
// the chat server's answer is newer, but for her being here.
func joined(here, known []desk.Person) []desk.Person {
	for i, h := range here {
		if j := slices.IndexFunc(known, func(p desk.Person) bool { return p.ID == h.ID }); j >= 0 {
			here[i] = known[j]
			known = slices.Delete(known, j, j+1)
			here[i].Customer.Online = here[i].Customer.Online || h.Customer != nil && h.Customer.Online
		}
	}
	return append(here, known...)
}

// withRows looks up the open chats of listed customers.
func (s *Session) withRows(ctx context.Context, list *desk.CustomerList) error {
	list.Rows = map[string]desk.Row{}
	return s.do(ctx, func() {
		for _, p := range list.Customers {
			if id, active := s.board.ChatOf(p.ID); active {
				if row, ok := s.board.Row(id); ok {
					list.Rows[p.ID] = row
				}
			}
		}
	})
}

func (s *Session) knownCustomers(ctx context.Context, q desk.CustomerQuery) (desk.CustomerList, error) {
	q.Limit = min(cmp.Or(q.Limit, 25), 100)
	action := protocol.ActListCustomers
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
	q.Limit = min(cmp.Or(q.Limit, 100), 100)
	var page customerRows
	err := s.ask(ctx, nil, protocol.ActSubscribeCustomers, protocol.SubscribeCustomersRequest{GroupIDs: q.Groups, Limit: &q.Limit}, &page)
	if err != nil {
		return desk.CustomerList{}, err
	}
	if id := page.Subscription; id != "" {
		if err := s.ask(ctx, nil, protocol.ActUnsubscribeCustomers, protocol.SubscriptionRequest{SubscriptionID: id}, nil); err != nil {
			s.log.Debug("subscription was not ended", "err", err)
		}
	}
	out := page.list()
	out.Live = true
	return out, nil
}

// orders are the orders in the words of list_customers from 3.3 on.
var orders = map[desk.CustomerOrder]string{desk.ByVisits: "visits_count", desk.ByThreads: "threads_count"}

// customers asks for a page in the words of list_customers, which get_customers
// had too. A page id stands for everything else.
func (d dialect) customers(q desk.CustomerQuery) protocol.ListCustomersRequest {
	if q.Page != "" {
		return protocol.ListCustomersRequest{PageID: q.Page}
	}
	r := protocol.ListCustomersRequest{Limit: q.Limit}
	if d.can().SortCustomers {
		r.SortBy = orders[q.Sort]
	}
	f := protocol.CustomerFilters{Name: one(q.Name), Email: one(q.Email), Country: one(q.Country)}
	if q.Visits > 0 {
		f.Visits = &protocol.RangeFilter[int64]{GTE: new(int64(q.Visits))}
	}
	if len(q.Groups) > 0 && d.Version >= version.V33 {
		f.GroupIDs = &protocol.ValuesFilter[int]{Values: q.Groups}
	}
	if f.Name != nil || f.Email != nil || f.Country != nil || f.Visits != nil || f.GroupIDs != nil {
		r.Filters = &f
	}
	return r
}

// one takes one value, nil where there is none.
func one(v string) *protocol.ValuesFilter[string] {
	if v == "" {
		return nil
	}
	return &protocol.ValuesFilter[string]{Values: []string{v}}
}
