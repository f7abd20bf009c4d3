package store

import (
	"context"
	"fmt"
	"time"

	"agentdesk/desk"
)

// Marks returns the chats that an agent has marked as unread since a moment,
// oldest first, and forgets what is older.
func (d *DB) Marks(ctx context.Context, agentID string, since time.Time) (list []desk.UnreadMark, err error) {
	if err := d.exec(ctx, "DELETE FROM unread_marks WHERE agent_id = $1 AND at < $2", agentID, micros(since)); err != nil {
		return nil, fmt.Errorf("forget old marks: %w", err)
	}
	rows, err := d.db.Read.QueryContext(ctx, "SELECT chat_id, thread_id, event_id, at FROM unread_marks WHERE agent_id = $1 ORDER BY at, chat_id", agentID)
	if err != nil {
		return nil, fmt.Errorf("read marks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m desk.UnreadMark
		var at int64
		if err := rows.Scan(&m.ChatID, &m.ThreadID, &m.EventID, &at); err != nil {
			return nil, fmt.Errorf("read marks: %w", err)
		}
		m.At = moment(at)
		list = append(list, m)
	}
	return list, rows.Err()
}

// PutMark keeps an agent's mark of a chat in place of the one before.
func (d *DB) PutMark(ctx context.Context, agentID string, m desk.UnreadMark) error {
	err := d.exec(ctx, `INSERT INTO unread_marks (agent_id, chat_id, thread_id, event_id, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agent_id, chat_id) DO UPDATE SET thread_id = excluded.thread_id, event_id = excluded.event_id, at = excluded.at`,
		agentID, m.ChatID, m.ThreadID, m.EventID, micros(m.At))
	if err != nil {
		return fmt.Errorf("put mark: %w", err)
	}
	return nil
}

// DeleteMark forgets an agent's mark of a chat. One that is not there is no error.
func (d *DB) DeleteMark(ctx context.Context, agentID, chatID string) error {
	if err := d.exec(ctx, "DELETE FROM unread_marks WHERE agent_id = $1 AND chat_id = $2", agentID, chatID); err != nil {
		return fmt.Errorf("delete mark: %w", err)
	}
	return nil
}
