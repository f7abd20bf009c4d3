package store

import (
	"context"
	"fmt"
	"time"

	"agentdesk/desk"
)

// Drafts returns what an agent has begun to write since a moment, oldest first,
// and forgets what is older.
func (d *DB) Drafts(ctx context.Context, agentID string, since time.Time) (list []desk.Draft, err error) {
	if err := d.exec(ctx, "DELETE FROM drafts WHERE agent_id = $1 AND at < $2", agentID, micros(since)); err != nil {
		return nil, fmt.Errorf("forget old drafts: %w", err)
	}
	rows, err := d.db.Read.QueryContext(ctx, "SELECT chat_id, text, note, at FROM drafts WHERE agent_id = $1 ORDER BY at, chat_id", agentID)
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m desk.Draft
		var at int64
		if err := rows.Scan(&m.ChatID, &m.Text, &m.Note, &at); err != nil {
			return nil, fmt.Errorf("read drafts: %w", err)
		}
		m.At = moment(at)
		list = append(list, m)
	}
	return list, rows.Err()
}

// PutDraft keeps an agent's draft of a chat in place of the one before; one
// without text is forgotten.
func (d *DB) PutDraft(ctx context.Context, agentID string, m desk.Draft) (err error) {
	if m.Text == "" {
		err = d.exec(ctx, "DELETE FROM drafts WHERE agent_id = $1 AND chat_id = $2", agentID, m.ChatID)
	} else {
		err = d.exec(ctx, `INSERT INTO drafts (agent_id, chat_id, text, note, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (agent_id, chat_id) DO UPDATE SET text = excluded.text, note = excluded.note, at = excluded.at`,
			agentID, m.ChatID, m.Text, m.Note, micros(m.At))
	}
	if err != nil {
		return fmt.Errorf("put draft: %w", err)
	}
	return nil
}
