package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Session is a browser's session as it is kept: the hash of its id, and its
// token sealed. It is an alias of a struct type without a name, so that the
// package which declares what it needs of a store need not be imported.
type Session = struct {
	Key       string
	AgentID   string
	Name      string
	Device    string
	Token     []byte
	CreatedAt time.Time
	SeenAt    time.Time
}

const sessionColumns = "key, agent_id, name, device, token, created_at, seen_at"

// PutSession adds a session.
func (d *DB) PutSession(ctx context.Context, s Session) error {
	err := d.exec(ctx, "INSERT INTO sessions ("+sessionColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)",
		s.Key, s.AgentID, s.Name, s.Device, s.Token, micros(s.CreatedAt), micros(s.SeenAt))
	if err != nil {
		return fmt.Errorf("put session: %w", err)
	}
	return nil
}

// Session finds a session by key.
func (d *DB) Session(ctx context.Context, key string) (s Session, found bool, err error) {
	s, err = scanSession(d.db.Read.QueryRowContext(ctx, "SELECT "+sessionColumns+" FROM sessions WHERE key = $1", key))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return s, false, nil
	case err != nil:
		return s, false, fmt.Errorf("find session: %w", err)
	}
	return s, true, nil
}

// TouchSession sets when a session was last used.
func (d *DB) TouchSession(ctx context.Context, key string, seen time.Time) error {
	if err := d.exec(ctx, "UPDATE sessions SET seen_at = $2 WHERE key = $1", key, micros(seen)); err != nil {
		return fmt.Errorf("touch session: %w", err)
	}
	return nil
}

// ResealSession replaces the sealed token.
func (d *DB) ResealSession(ctx context.Context, key string, token []byte) error {
	if err := d.exec(ctx, "UPDATE sessions SET token = $2 WHERE key = $1", key, token); err != nil {
		return fmt.Errorf("reseal session: %w", err)
	}
	return nil
}

// DeleteSession forgets a session and reports whether it was there.
func (d *DB) DeleteSession(ctx context.Context, key string) (bool, error) {
	res, err := d.db.Write.ExecContext(ctx, "DELETE FROM sessions WHERE key = $1", key)
	if err != nil {
		return false, fmt.Errorf("delete session: %w", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// AgentSessions lists an agent's sessions, oldest first.
func (d *DB) AgentSessions(ctx context.Context, agentID string) ([]Session, error) {
	return d.sessions(ctx, "WHERE agent_id = $1 ORDER BY created_at, key", agentID)
}

// StaleSessions lists those last seen, or created, at or before a moment.
func (d *DB) StaleSessions(ctx context.Context, seen, created time.Time) ([]Session, error) {
	return d.sessions(ctx, "WHERE seen_at <= $1 OR created_at <= $2 ORDER BY created_at, key", micros(seen), micros(created))
}

func (d *DB) sessions(ctx context.Context, where string, args ...any) (list []Session, err error) {
	rows, err := d.db.Read.QueryContext(ctx, "SELECT "+sessionColumns+" FROM sessions "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		s, err := scanSession(rows)
		if err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func scanSession(row interface{ Scan(...any) error }) (s Session, err error) {
	var created, seen int64
	err = row.Scan(&s.Key, &s.AgentID, &s.Name, &s.Device, &s.Token, &created, &seen)
	s.CreatedAt, s.SeenAt = moment(created), moment(seen)
	return s, err
}
