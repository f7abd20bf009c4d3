package store

import (
	"context"
	"fmt"
	"strings"

	"agentdesk/protocol"
)

const chatColumns = `c.id, c.customer_id, c.created_at, c.sort_at, c.active, c.access, c.properties, c.users, c.followers, c.last_events`

// chatJoin reads a chat together with its newest thread.
const chatJoin = `SELECT ` + chatColumns + `, ` + threadColumns + ` FROM chats c LEFT JOIN threads t ON t.id = c.last_thread_id`

func scanChat(r scanner) (*Chat, error) {
	c := &Chat{}
	var access, properties, users, followers, last string
	var t nullThread
	dest := append([]any{&c.ID, &c.CustomerID, &c.CreatedAt, &c.SortAt, &c.Active, &access, &properties, &users, &followers, &last}, t.dest()...)
	if err := r.Scan(dest...); err != nil {
		return nil, notFound(err)
	}
	for text, v := range map[*string]any{&access: &c.Access, &properties: &c.Properties, &users: &c.Users, &followers: &c.Followers, &last: &c.LastEvents} {
		if err := decode(*text, v); err != nil {
			return nil, fmt.Errorf("chat %s: %w", c.ID, err)
		}
	}
	var err error
	c.Thread, err = t.thread()
	return c, err
}

// Chat finds a chat with its newest thread.
func (s *Store) Chat(ctx context.Context, id string) (*Chat, error) {
	return scanChat(s.read.QueryRowContext(ctx, chatJoin+` WHERE c.id = $1`, id))
}

// ActiveChats returns every active chat: what the server holds in memory.
func (s *Store) ActiveChats(ctx context.Context) ([]*Chat, error) {
	return collect(ctx, s.read, scanChat, chatJoin+` WHERE c.active = 1 ORDER BY c.sort_at`)
}

// PutChat creates a chat or replaces it, without its thread.
func (t *Tx) PutChat(c *Chat) error {
	thread := ""
	if c.Thread != nil {
		thread = c.Thread.ID
	}
	return t.exec(`INSERT INTO chats (id, customer_id, created_at, sort_at, active, access, properties, users, followers, last_events, last_thread_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET sort_at = $4, active = $5, access = $6, properties = $7, users = $8,
			followers = $9, last_events = $10, last_thread_id = $11`,
		c.ID, c.CustomerID, times(c.CreatedAt), c.SortAt, bit(c.Active), encode(c.Access), encode(c.Properties), encode(c.Users),
		encode(c.Followers), encode(c.LastEvents), thread)
}

// IndexChat replaces what a chat is listed by: groups, present agents,
// properties.
func (t *Tx) IndexChat(c *Chat) error {
	if err := t.exec(`DELETE FROM chat_terms WHERE chat_id = $1`, c.ID); err != nil {
		return err
	}
	for _, term := range c.terms() {
		if err := t.exec(`INSERT INTO chat_terms (term, chat_id) VALUES ($1, $2)`, string(term), c.ID); err != nil {
			return err
		}
	}
	return nil
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

// countCap bounds the counting of lists, which wire documents call estimates.
const countCap = 10000

// clause collects conditions with their arguments.
type clause struct {
	parts []string
	args  []any
}

// add appends a condition; each $ in it stands for the next argument.
func (c *clause) add(cond string, args ...any) {
	var b strings.Builder
	for _, r := range cond {
		if r == '$' {
			c.args = append(c.args, args[0])
			args = args[1:]
			fmt.Fprintf(&b, "$%d", len(c.args))
			continue
		}
		b.WriteRune(r)
	}
	c.parts = append(c.parts, b.String())
}

// in appends "column IN (…)" inside the condition's %s.
func in[T any](c *clause, cond string, values []T) {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	c.add(fmt.Sprintf(cond, strings.TrimSuffix(strings.Repeat("$,", len(values)), ",")), args...)
}

func (c *clause) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

func (q ChatQuery) clause() *clause {
	c := &clause{}
	if q.Active != nil {
		c.add("c.active = $", bit(*q.Active))
	}
	if !q.WithoutThreads {
		c.add("c.last_thread_id <> ''")
	}
	if q.CustomerID != "" {
		c.add("c.customer_id = $", q.CustomerID)
	}
	all, none := q.terms()
	for _, list := range all {
		in(c, "EXISTS (SELECT 1 FROM chat_terms m WHERE m.chat_id = c.id AND m.term IN (%s))", list)
	}
	for _, list := range none {
		in(c, "NOT EXISTS (SELECT 1 FROM chat_terms m WHERE m.chat_id = c.id AND m.term IN (%s))", list)
	}
	return c
}

// Chats lists chats by SortAt, newest first unless Asc, and counts them (up to
// 10,000).
func (s *Store) Chats(ctx context.Context, q ChatQuery) (Page[*Chat], int, error) {
	var found int
	c := q.clause()
	count := fmt.Sprintf(`SELECT count(*) FROM (SELECT 1 FROM chats c%s LIMIT %d) x`, c.where(), countCap)
	if err := s.read.QueryRowContext(ctx, count, c.args...).Scan(&found); err != nil {
		return Page[*Chat]{}, 0, err
	}
	compare, direction := q.order()
	c.add("c.sort_at "+compare+" $", q.bound())
	rows, err := collect(ctx, s.read, scanChat, fmt.Sprintf(`%s%s ORDER BY c.sort_at %s LIMIT %d`,
		chatJoin, c.where(), direction, q.Limit+1), c.args...)
	return fill(q.Window, rows), found, err
}
