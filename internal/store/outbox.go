package store

import (
	"context"
	"fmt"

	"agentdesk/desk"
)

// Put writes a message down, or replaces the one with the same agent and custom
// id.
func (d *DB) Put(ctx context.Context, agentID string, m desk.Outgoing) error {
	only := 0
	if m.AgentsOnly {
		only = 1
	}
	err := d.exec(ctx, `INSERT INTO outbox (agent_id, custom_id, chat_id, text, agents_only, file_url, file_name, created_at, state, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (agent_id, custom_id) DO UPDATE SET chat_id = excluded.chat_id, text = excluded.text, agents_only = excluded.agents_only,
		file_url = excluded.file_url, file_name = excluded.file_name, created_at = excluded.created_at, state = excluded.state, reason = excluded.reason`,
		agentID, m.CustomID, m.ChatID, m.Text, only, m.FileURL, m.FileName, micros(m.At), string(m.State), m.Reason)
	if err != nil {
		return fmt.Errorf("put into the outbox: %w", err)
	}
	return nil
}

// Update changes a message's state and reason. One that is not there is no
// error.
func (d *DB) Update(ctx context.Context, agentID, customID string, state desk.SendState, reason string) error {
	err := d.exec(ctx, "UPDATE outbox SET state = $3, reason = $4 WHERE agent_id = $1 AND custom_id = $2", agentID, customID, string(state), reason)
	if err != nil {
		return fmt.Errorf("update the outbox: %w", err)
	}
	return nil
}

// Delete forgets a message. One that is not there is no error.
func (d *DB) Delete(ctx context.Context, agentID, customID string) error {
	if err := d.exec(ctx, "DELETE FROM outbox WHERE agent_id = $1 AND custom_id = $2", agentID, customID); err != nil {
		return fmt.Errorf("delete from the outbox: %w", err)
	}
	return nil
}

// Pending returns an agent's messages, oldest first.
func (d *DB) Pending(ctx context.Context, agentID string) (list []desk.Outgoing, err error) {
	rows, err := d.db.Read.QueryContext(ctx, `SELECT custom_id, chat_id, text, agents_only, file_url, file_name, created_at, state, reason
		FROM outbox WHERE agent_id = $1 ORDER BY created_at, custom_id`, agentID)
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m desk.Outgoing
		var only, at int64
		if err := rows.Scan(&m.CustomID, &m.ChatID, &m.Text, &only, &m.FileURL, &m.FileName, &at, &m.State, &m.Reason); err != nil {
			return nil, fmt.Errorf("read the outbox: %w", err)
		}
		m.AgentsOnly, m.At = only != 0, moment(at)
		list = append(list, m)
	}
	return list, rows.Err()
}
