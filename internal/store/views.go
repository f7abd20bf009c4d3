package store

import (
	"context"
	"database/sql"
	"fmt"

	"agentdesk/desk"
)

// Views returns an agent's saved views and those that the team shares, in their
// order.
func (d *DB) Views(ctx context.Context, team, agentID string) (list []desk.SavedView, err error) {
	rows, err := d.db.Read.QueryContext(ctx, `SELECT id, owner, name, query, shared, position FROM saved_views
		WHERE team = $1 AND (owner = $2 OR shared = 1) ORDER BY position, name, id`, team, agentID)
	if err != nil {
		return nil, fmt.Errorf("read views: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var v desk.SavedView
		if err := rows.Scan(&v.ID, &v.Owner, &v.Name, &v.Query, &v.Shared, &v.Position); err != nil {
			return nil, fmt.Errorf("read views: %w", err)
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

var errManyViews = desk.Fail(desk.TooMany, "There are 100 views already. Delete some first.")

// PutView keeps a view of a team in place of the one with its id.
func (d *DB) PutView(ctx context.Context, team string, v desk.SavedView) error {
	return d.within(ctx, "put a view", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO saved_views (id, team, owner, name, query, shared, position) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, shared = excluded.shared, position = excluded.position
			WHERE saved_views.team = excluded.team`, v.ID, team, v.Owner, v.Name, v.Query, v.Shared, v.Position); err != nil {
			return err
		}
		var own, shared int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE owner = $2), count(*) FILTER (WHERE shared = 1) FROM saved_views WHERE team = $1`,
			team, v.Owner).Scan(&own, &shared); err != nil {
			return err
		}
		if own > desk.MaxViews || shared > desk.MaxViews {
			return errManyViews
		}
		return nil
	})
}

// DeleteView forgets a view of a team. One that is not there is no error.
func (d *DB) DeleteView(ctx context.Context, team, id string) error {
	if err := d.exec(ctx, "DELETE FROM saved_views WHERE team = $1 AND id = $2", team, id); err != nil {
		return fmt.Errorf("delete a view: %w", err)
	}
	return nil
}
