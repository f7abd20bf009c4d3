package store

import (
	"context"
	"fmt"

	"agentdesk/desk"
)

// MaxDevices is how many browsers of an agent are called. The oldest gives way.
const MaxDevices = 10

// PutDevice keeps a browser to call an agent in. Its endpoint belongs to whoever
// was signed in there last.
func (d *DB) PutDevice(ctx context.Context, agentID string, v desk.Device) error {
	words := 0
	if v.Words {
		words = 1
	}
	err := d.exec(ctx, `INSERT INTO push_subscriptions (endpoint, agent_id, p256dh, auth, user_agent, words, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (endpoint) DO UPDATE SET agent_id = excluded.agent_id, p256dh = excluded.p256dh, auth = excluded.auth, user_agent = excluded.user_agent, words = excluded.words`,
		v.Endpoint, agentID, v.P256dh, v.Auth, v.UserAgent, words, micros(v.CreatedAt))
	if err == nil {
		err = d.exec(ctx, `DELETE FROM push_subscriptions WHERE agent_id = $1 AND endpoint NOT IN
			(SELECT endpoint FROM push_subscriptions WHERE agent_id = $1 ORDER BY created_at DESC, endpoint LIMIT $2)`, agentID, MaxDevices)
	}
	if err != nil {
		return fmt.Errorf("put device: %w", err)
	}
	return nil
}

// Devices returns the browsers that an agent is called in, oldest first.
func (d *DB) Devices(ctx context.Context, agentID string) (list []desk.Device, err error) {
	rows, err := d.db.Read.QueryContext(ctx, "SELECT endpoint, p256dh, auth, user_agent, words, created_at FROM push_subscriptions WHERE agent_id = $1 ORDER BY created_at, endpoint", agentID)
	if err != nil {
		return nil, fmt.Errorf("read devices: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var v desk.Device
		var created int64
		if err := rows.Scan(&v.Endpoint, &v.P256dh, &v.Auth, &v.UserAgent, &v.Words, &created); err != nil {
			return nil, fmt.Errorf("read devices: %w", err)
		}
		v.CreatedAt = moment(created)
		list = append(list, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read devices: %w", err)
	}
	return list, nil
}

// DeleteDevice forgets a browser. One that is not there, or not this agent's, is
// no error.
func (d *DB) DeleteDevice(ctx context.Context, agentID, endpoint string) error {
	if err := d.exec(ctx, "DELETE FROM push_subscriptions WHERE agent_id = $1 AND endpoint = $2", agentID, endpoint); err != nil {
		return fmt.Errorf("delete device: %w", err)
	}
	return nil
}
