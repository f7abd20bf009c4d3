package engine

import (
	"context"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// maxChatGroups is how many groups a filter of list_customers may name.
const maxChatGroups = 40

// AddCustomer makes a customer who has not been on the site yet (v3.5 "Create
// Customer"). Who watches everybody is told, and the requester.
func (e *Engine) AddCustomer(ctx context.Context, by Actor, ch CustomerChange) (protocol.CreateCustomerResponse, error) {
	c, err := e.newCustomer(NewCustomerID(), "", ch)
	if err != nil {
		return protocol.CreateCustomerResponse{}, err
	}
	err = e.change(ctx, by, func(w *work) error {
		w.customers[c.ID] = c
		to := without(e.whoSee(c), by.ID)
		for _, s := range e.sessionsOf(by.ID) {
			if s.scopes.Any("customers:ro") {
				to = append(to, s)
			}
		}
		w.pushCustomer(c, to)
		return nil
	})
	return protocol.CreateCustomerResponse{CustomerID: c.ID}, err
}

func (e *Engine) newCustomer(id, secret string, ch CustomerChange) (*store.Customer, error) {
	c := &store.Customer{ID: id, Secret: secret, CreatedAt: protocol.At(e.now())}
	c.Details.Statistics = &protocol.Statistics{}
	return c, ch.apply(c)
}

// ListCustomers pages through all customers, also those who are not on the site
// (v3.5 "List Customers"), newest first by default.
func (e *Engine) ListCustomers(ctx context.Context, by Actor, r protocol.ListCustomersRequest) (protocol.ListCustomersResponse, error) {
	out := protocol.ListCustomersResponse{Customers: []protocol.User{}}
	at := cursor[customerPage]{Kind: "customers", Request: customerPage{ListCustomersRequest: r}}
	if r.PageID != "" {
		if r.Filters != nil || r.SortBy != "" || r.SortOrder != "" || r.Limit != 0 {
			return out, invalid("page_id", "cannot be combined with filters, sort_by, sort_order or limit")
		}
		if err := at.read(r.PageID, e.now()); err != nil {
			return out, err
		}
	}
	q, err := customerQuery(at.Request.ListCustomersRequest)
	if err != nil {
		return out, err
	}
	q.Bound, q.After, q.Back = at.Request.Key, at.Request.After, at.Back
	page, total, err := e.store.ListCustomers(ctx, q)
	if err != nil {
		return out, err
	}
	out.Total = total
	e.mu.Lock()
	for i := range page.Rows {
		row := &page.Rows[i]
		u := customerFor(&row.Customer, by.ID)
		u.AgentLast, u.CustomerLast, u.Online = row.AgentLast, row.CustomerLast, e.visitors[u.ID] != nil
		out.Customers = append(out.Customers, u)
	}
	e.mu.Unlock()
	out.NextPageID, out.PreviousPageID = customerPages(at, e.now(), page)
	return out, nil
}

// customerPage is a request with the customer a page begins behind: the values
// of most orders are not distinct, and may be 0.
type customerPage struct {
	protocol.ListCustomersRequest `json:"r"`

	After string `json:"a"`
	Key   int64  `json:"k"`
}

func customerPages(at cursor[customerPage], now time.Time, p store.Page[store.CustomerRow]) (next, prev string) {
	if len(p.Rows) == 0 {
		return "", ""
	}
	beside := func(row store.CustomerRow, back bool) string {
		at.Request.After, at.Request.Key, at.Bound, at.Back, at.Made = row.ID, row.Key, 1, back, now.Unix()
		return at.id()
	}
	if p.HasNext {
		next = beside(p.Rows[len(p.Rows)-1], false)
	}
	if p.HasPrev {
		prev = beside(p.Rows[0], true)
	}
	return next, prev
}

func customerQuery(r protocol.ListCustomersRequest) (store.CustomerQuery, error) {
	q := store.CustomerQuery{SortBy: r.SortBy}
	var err error
	if q.Window, err = window(r.SortOrder, r.Limit, 10); err != nil {
		return q, err
	}
	if r.SortBy != "" && !store.KnownCustomerOrder(r.SortBy) {
		return q, invalid("sort_by", "must be created_at, threads_count, visits_count, agent_last_event or customer_last_event")
	}
	if r.Filters != nil {
		q.Filters = *r.Filters
	}
	return q, checkCustomerFilters(q.Filters)
}

func checkCustomerFilters(f protocol.CustomerFilters) error {
	if err := unknown("filters", f.Extra); err != nil {
		return err
	}
	for _, err := range []error{
		checkValues("country", f.Country, maxValues), checkValues("email", f.Email, maxValues), checkValues("name", f.Name, maxValues),
		checkValues("customer_id", f.CustomerID, maxValues), checkValues("chat_group_ids", f.GroupIDs, maxChatGroups),
		checkRange("chats_count", f.Chats), checkRange("threads_count", f.Threads), checkRange("visits_count", f.Visits),
		checkRange("created_at", f.CreatedAt), checkRange("agent_last_event_created_at", f.AgentLast),
		checkRange("customer_last_event_created_at", f.CustomerLast),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func checkValues[T any](field string, f *protocol.ValuesFilter[T], most int) error {
	switch {
	case f == nil:
		return nil
	case len(f.Values) > 0 == (len(f.ExcludeValues) > 0):
		return invalid("filters."+field, "must have exactly one of values and exclude_values")
	case len(f.Values) > most || len(f.ExcludeValues) > most:
		return invalid("filters."+field, "has more than "+formatInt(int64(most))+" values")
	}
	return unknown("filters."+field, f.Extra)
}

func checkRange[T ~int64](field string, f *protocol.RangeFilter[T]) error {
	if f == nil {
		return nil
	}
	if f.LTE == nil && f.LT == nil && f.GTE == nil && f.GT == nil && f.EQ == nil {
		return invalid("filters."+field, "must have lte, lt, gte, gt or eq")
	}
	return unknown("filters."+field, f.Extra)
}

// statisticsExtra is what customer_statistics_updated tells beside the counts.
func statisticsExtra(c *store.Customer) jsontext.Value {
	if c.Details.Visit == nil {
		return nil
	}
	b, _ := protocol.Encode(map[string]protocol.Time{"last_visit_started_at": c.Details.Visit.StartedAt})
	return b
}
