package store

import (
	"context"
	"fmt"
	"strings"
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
