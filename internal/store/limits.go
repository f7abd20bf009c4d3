package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"agentdesk/desk"
)

// limits keeps what was read of the limits of waiting: they are asked for with
// every push that is drawn. Only this process writes them.
type limits struct {
	mu   sync.RWMutex
	team map[string]desk.WaitLimits
}

// WaitLimits returns the limits of waiting that a team has set, by group.
func (d *DB) WaitLimits(ctx context.Context, team string) (desk.WaitLimits, error) {
	d.limits.mu.RLock()
	list, ok := d.limits.team[team]
	d.limits.mu.RUnlock()
	if ok {
		return list, nil
	}
	d.limits.mu.Lock()
	defer d.limits.mu.Unlock()
	return d.readLimits(ctx, team)
}

func (d *DB) readLimits(ctx context.Context, team string) (list desk.WaitLimits, err error) {
	rows, err := d.db.Read.QueryContext(ctx, "SELECT group_id, warn_seconds, late_seconds FROM waiting_limits WHERE team = $1 ORDER BY group_id", team)
	if err != nil {
		return nil, fmt.Errorf("read limits of waiting: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l desk.WaitLimit
		var warn, late int64
		if err := rows.Scan(&l.Group, &warn, &late); err != nil {
			return nil, fmt.Errorf("read limits of waiting: %w", err)
		}
		l.Warn, l.Late = time.Duration(warn)*time.Second, time.Duration(late)*time.Second
		list = append(list, l)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read limits of waiting: %w", err)
	}
	if d.limits.team == nil {
		d.limits.team = map[string]desk.WaitLimits{}
	}
	d.limits.team[team] = list
	return list, nil
}

// PutWaitLimit keeps a team's limit for a group in place of the one before.
func (d *DB) PutWaitLimit(ctx context.Context, team string, l desk.WaitLimit) error {
	return d.changeLimits(ctx, team, `INSERT INTO waiting_limits (team, group_id, warn_seconds, late_seconds) VALUES ($1, $2, $3, $4)
		ON CONFLICT (team, group_id) DO UPDATE SET warn_seconds = excluded.warn_seconds, late_seconds = excluded.late_seconds`,
		team, l.Group, int64(l.Warn/time.Second), int64(l.Late/time.Second))
}

// DeleteWaitLimit forgets a team's limit for a group. One that is not there is no
// error.
func (d *DB) DeleteWaitLimit(ctx context.Context, team string, group int) error {
	return d.changeLimits(ctx, team, "DELETE FROM waiting_limits WHERE team = $1 AND group_id = $2", team, group)
}

func (d *DB) changeLimits(ctx context.Context, team, query string, args ...any) error {
	d.limits.mu.Lock()
	defer d.limits.mu.Unlock()
	if err := d.exec(ctx, query, args...); err != nil {
		return fmt.Errorf("put a limit of waiting: %w", err)
	}
	delete(d.limits.team, team)
	return nil
}
