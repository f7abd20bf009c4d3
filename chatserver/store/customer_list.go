package store

import (
	"context"
	"fmt"

	"agentdesk/protocol"
)

// Orders of a list of customers, as list_customers names them.
var customerOrders = map[string]string{
	"created_at": "created_at", "threads_count": "threads_count", "visits_count": "visits_count",
	"agent_last_event": "agent_last", "customer_last_event": "customer_last",
}

// KnownCustomerOrder reports whether customers can be listed by a name.
func KnownCustomerOrder(by string) bool { return customerOrders[by] != "" }

// CustomerQuery selects customers. After is the id of the last row of the page
// before this one (or, with Back, of the first of the page behind it) and Bound
// its value of SortBy; without After the list is read from its start.
type CustomerQuery struct {
	Filters protocol.CustomerFilters
	SortBy  string // one of the orders; "" is created_at
	After   string
	Window
}

// CustomerRow is a customer in a list, with its value of the order.
type CustomerRow struct {
	Customer
	Key          int64
	AgentLast    protocol.Time
	CustomerLast protocol.Time
}

// ListCustomers lists customers by SortBy, greatest first unless Asc, and counts
// all that fit.
func (s *Store) ListCustomers(ctx context.Context, q CustomerQuery) (Page[CustomerRow], int, error) {
	key := customerOrders[q.SortBy]
	if key == "" {
		key = "created_at"
	}
	c := q.clause()
	var found int
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM customers c`+c.where(), c.args...).Scan(&found); err != nil {
		return Page[CustomerRow]{}, 0, err
	}
	compare, direction := q.order()
	if q.After != "" {
		c.add("(c."+key+", c.id) "+compare+" ($, $)", q.Bound, q.After)
	}
	rows, err := collect(ctx, s.read, scanCustomerRow, fmt.Sprintf(
		`SELECT %s, %s, agent_last, customer_last FROM customers c%s ORDER BY c.%s %s, c.id %s LIMIT %d`,
		customerColumns, key, c.where(), key, direction, direction, q.Limit+1), c.args...)
	p := fill(q.Window, rows)
	p.HasPrev = p.HasPrev || q.After != "" && !q.Back // a bound may be 0 here
	return p, found, err
}

func scanCustomerRow(r scanner) (CustomerRow, error) {
	var c CustomerRow
	var doc string
	if err := r.Scan(append(c.dest(&doc), &c.Key, &c.AgentLast, &c.CustomerLast)...); err != nil {
		return c, err
	}
	return c, decode(doc, &c.Details)
}

func (q CustomerQuery) clause() *clause {
	c, f := &clause{}, q.Filters
	addValues(c, "c.id", f.CustomerID)
	addValues(c, "c.name", f.Name)
	addValues(c, "c.email", f.Email)
	if v := f.Country; v != nil {
		// A customer has one country, under its name and under its code.
		if len(v.Values) > 0 {
			both := &clause{args: c.args}
			in(both, "(c.country IN (%s)", v.Values)
			in(both, "c.country_code IN (%s))", v.Values)
			c.args, c.parts = both.args, append(c.parts, both.parts[0]+" OR "+both.parts[1])
		} else {
			in(c, "c.country NOT IN (%s)", v.ExcludeValues)
			in(c, "c.country_code NOT IN (%s)", v.ExcludeValues)
		}
	}
	addRange(c, "c.chats_count", f.Chats)
	addRange(c, "c.threads_count", f.Threads)
	addRange(c, "c.visits_count", f.Visits)
	addRange(c, "c.created_at", f.CreatedAt)
	addRange(c, "c.agent_last", f.AgentLast)
	addRange(c, "c.customer_last", f.CustomerLast)
	if f.WithoutChats != nil && !*f.WithoutChats {
		c.add("EXISTS (SELECT 1 FROM chats h WHERE h.customer_id = c.id)")
	}
	if g := f.GroupIDs; g != nil {
		addChatGroups(c, g)
	}
	return c
}

// addChatGroups narrows by the groups a customer's chats belong to now. Access is
// a list of numbers in text.
func addChatGroups(c *clause, f *protocol.ValuesFilter[int]) {
	values, not := f.Values, ""
	if len(values) == 0 {
		values, not = f.ExcludeValues, "NOT "
	}
	any := &clause{args: c.args}
	for _, g := range values {
		any.add(`replace(replace(h.access, '[', ','), ']', ',') LIKE $`, fmt.Sprintf("%%,%d,%%", g))
	}
	cond := ""
	for i, p := range any.parts {
		if i > 0 {
			cond += " OR "
		}
		cond += p
	}
	c.args, c.parts = any.args, append(c.parts, not+"EXISTS (SELECT 1 FROM chats h WHERE h.customer_id = c.id AND ("+cond+"))")
}

func addValues[T any](c *clause, column string, f *protocol.ValuesFilter[T]) {
	switch {
	case f == nil:
	case len(f.Values) > 0:
		in(c, column+" IN (%s)", f.Values)
	default:
		in(c, column+" NOT IN (%s)", f.ExcludeValues)
	}
}

func addRange[T ~int64](c *clause, column string, f *protocol.RangeFilter[T]) {
	if f == nil {
		return
	}
	for op, v := range map[string]*T{"<=": f.LTE, "<": f.LT, ">=": f.GTE, ">": f.GT, "=": f.EQ} {
		if v != nil {
			c.add(column+" "+op+" $", int64(*v))
		}
	}
}

// LastEvents are the times of a customer's newest events: the agents' and his
// own. Zero where there is none.
func (s *Store) LastEvents(ctx context.Context, customerID string) (agent, customer protocol.Time, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT agent_last, customer_last FROM customers WHERE id = $1`, customerID).Scan(&agent, &customer)
	return agent, customer, notFound(err)
}

// touchCustomer moves the times of the customer's newest events, never back.
func (t *Tx) touchCustomer(h *Thread) error {
	if h.CustomerID == "" {
		return nil
	}
	for column, at := range map[string]protocol.Time{"agent_last": h.AgentLast, "customer_last": h.CustomerLast} {
		if at == 0 {
			continue
		}
		if err := t.exec(`UPDATE customers SET `+column+` = $2 WHERE id = $1 AND `+column+` < $2`, h.CustomerID, times(at)); err != nil {
			return err
		}
	}
	return nil
}
