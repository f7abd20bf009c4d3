package store

import (
	"context"
	"strconv"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// terms are what a chat is listed by.
func (c *Chat) terms() []Term {
	t := &traits{seen: map[Term]bool{}}
	t.add(groupTerms(c.Access)...)
	for _, m := range c.Users {
		if m.Type == protocol.UserAgent && m.Present {
			t.add(TermOf(KindAgent, m.UserID))
		}
	}
	t.properties(c.Properties)
	return t.list
}

func groupTerms(ids []int) []Term {
	out := make([]Term, len(ids))
	for i, id := range ids {
		out[i] = TermOf(KindGroup, strconv.Itoa(id))
	}
	return out
}

// ReachTerms are the threads and chats an agent may see: those of his groups,
// and those he takes part in.
func ReachTerms(groups []int, member string) []Term {
	return append(groupTerms(groups), TermOf(KindAgent, member))
}

// PropertyTerms gives, for each property filtered by, the terms of which one is
// needed, or none may be there.
func PropertyTerms(filters protocol.PropertyFilters) (all, none [][]Term) {
	for ns, names := range filters {
		for name, f := range names {
			has := []Term{TermOf(KindProperty, ns, name)}
			switch {
			case f.Exists != nil && *f.Exists:
				all = append(all, has)
			case f.Exists != nil:
				none = append(none, has)
			case f.Values != nil:
				all = append(all, propertyTerms(ns, name, f.Values))
			default:
				none = append(none, propertyTerms(ns, name, f.ExcludeValues))
			}
		}
	}
	return all, none
}

func propertyTerms(ns, name string, values []jsontext.Value) []Term {
	out := make([]Term, len(values))
	for i, v := range values {
		out[i] = TermOf(KindProperty, ns, name, PropertyValue(v))
	}
	return out
}

// terms are the lists of a query: a chat has one of each of all, and nothing of
// none.
func (q ChatQuery) terms() (all, none [][]Term) {
	all, none = PropertyTerms(q.Properties)
	if q.Reach != nil {
		all = append(all, ReachTerms(q.Reach, q.MemberID))
	}
	if q.Groups != nil {
		all = append(all, groupTerms(q.Groups))
	}
	return all, none
}

// CustomersByEmail lists the ids of the customers with an e-mail address, at
// most 200.
func (s *Store) CustomersByEmail(ctx context.Context, email string) ([]string, error) {
	return collect(ctx, s.read, func(r scanner) (id string, err error) {
		return id, r.Scan(&id)
	}, `SELECT id FROM customers WHERE email = $1 LIMIT 200`, email)
}
