package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"agentdesk/desk"
)

// Preferences returns what an agent has set for himself, zero where nothing was
// kept. What this version does not know, or no longer takes, is left out.
func (d *DB) Preferences(ctx context.Context, agentID string) (p desk.Preferences, err error) {
	var value []byte
	err = d.db.Read.QueryRowContext(ctx, "SELECT value FROM preferences WHERE agent_id = $1", agentID).Scan(&value)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, nil
	case err != nil:
		return p, fmt.Errorf("read preferences: %w", err)
	}
	if err := json.Unmarshal(value, &p); err != nil {
		return desk.Preferences{}, fmt.Errorf("read preferences: %w", err)
	}
	p, _ = p.Normal()
	return p, nil
}

// PutPreferences replaces an agent's preferences.
func (d *DB) PutPreferences(ctx context.Context, agentID string, p desk.Preferences) error {
	value, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("put preferences: %w", err)
	}
	err = d.exec(ctx, "INSERT INTO preferences (agent_id, value) VALUES ($1, $2) ON CONFLICT (agent_id) DO UPDATE SET value = excluded.value", agentID, string(value))
	if err != nil {
		return fmt.Errorf("put preferences: %w", err)
	}
	return nil
}
