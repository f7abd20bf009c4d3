package store

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// IndexChat replaces what a chat is listed by: whose it is, its groups, the agents
// who are present, its properties, and whether it is active. Call it after any of
// them changed, and after SortAt did.
func (t *Tx) IndexChat(c *Chat) error {
	self := quote(string(TermOf(KindChat, c.ID)))
	err := t.exec(`DELETE FROM chat_text WHERE rowid IN (SELECT f.rowid FROM chat_text f WHERE f.chat_text MATCH $1)`, self)
	if err != nil {
		return err
	}
	var body strings.Builder
	for _, term := range c.terms() {
		body.WriteString(string(term) + " ")
	}
	return t.exec(`INSERT INTO chat_text (rowid, body) VALUES ($1, $2)`, c.SortAt, body.String())
}

// terms are what a chat is listed by.
func (c *Chat) terms() []Term {
	t := &traits{seen: map[Term]bool{}}
	t.add(Mark(KindAny, true), TermOf(KindChat, c.ID), TermOf(KindCustomer, c.CustomerID), Mark(KindActive, c.Active), Mark(KindThread, c.Thread != nil))
	t.add(groupTerms(c.Access)...)
	for _, m := range c.Users {
		if m.Type == protocol.UserAgent && m.Present {
			t.add(TermOf(KindAgent, m.UserID))
		}
	}
	t.properties(c.Properties)
	return t.list
}

// ChatQuery selects chats. Reach is the set of groups the asker may see; nil is
// every chat. MemberID is the asker, who also sees the chats he takes part in.
// Groups narrows further; nil does not.
type ChatQuery struct {
	Active         *bool
	WithoutThreads bool
	Reach          []int
	MemberID       string
	Groups         []int
	CustomerID     string
	Properties     protocol.PropertyFilters
	Window
}

// terms writes a query in terms, as a search for threads has it.
func (q ChatQuery) terms() (out ArchiveQuery) {
	out.Properties(q.Properties)
	if q.Active != nil {
		out.All = append(out.All, []Term{Mark(KindActive, *q.Active)})
	}
	if !q.WithoutThreads {
		out.All = append(out.All, []Term{Mark(KindThread, true)})
	}
	if q.CustomerID != "" {
		out.All = append(out.All, []Term{TermOf(KindCustomer, q.CustomerID)})
	}
	if q.Reach != nil {
		out.All = append(out.All, ReachTerms(q.Reach, q.MemberID))
	}
	if q.Groups != nil {
		out.Groups(q.Groups)
	}
	return out
}

// chatCountCap bounds the counting of chats, which wire documents call an
// estimate.
const chatCountCap = 10000

// Chats lists chats by SortAt, newest first unless Asc, and counts them, up to
// 10,000 or Count.
func (s *Store) Chats(ctx context.Context, q ChatQuery) (Page[*Chat], int, error) {
	terms := q.terms()
	if terms.impossible() {
		return Page[*Chat]{}, 0, nil
	}
	match, found := terms.match(), 0
	count := fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM chat_text f WHERE f.chat_text MATCH $1 LIMIT %d) x`, cmp.Or(q.Count, chatCountCap))
	if err := s.read.QueryRowContext(ctx, count, match).Scan(&found); err != nil {
		return Page[*Chat]{}, 0, err
	}
	compare, direction := q.order()
	rows, err := collect(ctx, s.read, scanChat, fmt.Sprintf(`%s JOIN (SELECT f.rowid AS at FROM chat_text f
		WHERE f.chat_text MATCH $1 AND f.rowid %s $2 ORDER BY f.rowid %s LIMIT %d OFFSET %d) k ON k.at = c.sort_at ORDER BY c.sort_at %s`,
		chatJoin, compare, direction, q.Limit+1, q.Skip, direction), match, q.bound())
	return fill(q.Window, rows), found, err
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

// CustomersByEmail lists the ids of the customers with an e-mail address, at
// most 200.
func (s *Store) CustomersByEmail(ctx context.Context, email string) ([]string, error) {
	return collect(ctx, s.read, func(r scanner) (id string, err error) {
		return id, r.Scan(&id)
	}, `SELECT id FROM customers WHERE email = $1 LIMIT 200`, email)
}
