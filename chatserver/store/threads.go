package store

import (
	"context"
	"database/sql"
	"fmt"

	"agentdesk/protocol"
)

const threadColumns = `t.seq, t.id, t.chat_id, t.customer_id, t.active, t.created_at, t.closed_at, t.event_count, t.prev_id, t.next_id, t.doc`

// nullThread reads the thread half of a left join.
type nullThread struct {
	seq, created, closed, count                sql.NullInt64
	active                                     sql.NullBool
	id, chatID, customerID, prev, next, detail sql.NullString
}

func (n *nullThread) dest() []any {
	return []any{&n.seq, &n.id, &n.chatID, &n.customerID, &n.active, &n.created, &n.closed, &n.count, &n.prev, &n.next, &n.detail}
}

func (n *nullThread) thread() (*Thread, error) {
	if !n.id.Valid {
		return nil, nil
	}
	t := &Thread{
		Seq: n.seq.Int64, ID: n.id.String, ChatID: n.chatID.String, CustomerID: n.customerID.String, Active: n.active.Bool,
		CreatedAt: protocol.Time(n.created.Int64), ClosedAt: protocol.Time(n.closed.Int64), EventCount: int(n.count.Int64),
		PrevID: n.prev.String, NextID: n.next.String,
	}
	if err := decode(n.detail.String, &t.ThreadDetails); err != nil {
		return nil, fmt.Errorf("thread %s: %w", t.ID, err)
	}
	return t, nil
}

func scanThread(r scanner) (*Thread, error) {
	var n nullThread
	if err := r.Scan(n.dest()...); err != nil {
		return nil, notFound(err)
	}
	return n.thread()
}

// Thread finds a thread.
func (s *Store) Thread(ctx context.Context, id string) (*Thread, error) {
	return scanThread(s.read.QueryRowContext(ctx, `SELECT `+threadColumns+` FROM threads t WHERE t.id = $1`, id))
}

// PutThread creates a thread or replaces it. It does not touch what searches
// use: see ArchiveThread.
func (t *Tx) PutThread(h *Thread) error {
	err := t.exec(`INSERT INTO threads (seq, id, chat_id, customer_id, active, created_at, closed_at, event_count, prev_id, next_id, doc)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (seq) DO UPDATE SET active = $5, closed_at = $7, event_count = $8, next_id = $10, doc = $11`,
		h.Seq, h.ID, h.ChatID, h.CustomerID, bit(h.Active), times(h.CreatedAt), times(h.ClosedAt), h.EventCount, h.PrevID, h.NextID, encode(h.ThreadDetails))
	if err != nil {
		return err
	}
	return t.touchCustomer(h)
}

// LinkThread sets the thread that follows another one.
func (t *Tx) LinkThread(id, next string) error {
	return t.exec(`UPDATE threads SET next_id = $2 WHERE id = $1`, id, next)
}

// LastSeq returns the highest seq of all threads, 0 where there is none.
func (s *Store) LastSeq(ctx context.Context) (int64, error) {
	var n sql.NullInt64
	err := s.read.QueryRowContext(ctx, `SELECT max(seq) FROM threads`).Scan(&n)
	return n.Int64, err
}

// ThreadQuery selects threads of one chat, by creation.
type ThreadQuery struct {
	ChatID   string
	From, To protocol.Time // zero: open
	Window
}

// Threads lists a chat's threads and counts them.
func (s *Store) Threads(ctx context.Context, q ThreadQuery) (Page[*Thread], int, error) {
	c := &clause{}
	c.add("t.chat_id = $", q.ChatID)
	if q.From != 0 {
		c.add("t.created_at >= $", times(q.From))
	}
	if q.To != 0 {
		c.add("t.created_at <= $", times(q.To))
	}
	var found int
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM threads t`+c.where(), c.args...).Scan(&found); err != nil {
		return Page[*Thread]{}, 0, err
	}
	compare, direction := q.order()
	c.add("t.seq "+compare+" $", q.bound())
	rows, err := collect(ctx, s.read, scanThread, fmt.Sprintf(`SELECT %s FROM threads t%s ORDER BY t.seq %s LIMIT %d`,
		threadColumns, c.where(), direction, q.Limit+1), c.args...)
	return fill(q.Window, rows), found, err
}
