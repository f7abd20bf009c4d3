package store

import (
	"context"
	"database/sql"
	"fmt"

	"agentdesk/desk"
)

// CustomerNotes returns what a team has written down about a customer, the newest
// first.
func (d *DB) CustomerNotes(ctx context.Context, team, customerID string) (list []desk.CustomerNote, err error) {
	rows, err := d.db.Read.QueryContext(ctx, `SELECT id, author, name, text, at, changed_at FROM customer_notes
		WHERE team = $1 AND customer_id = $2 ORDER BY at DESC, id`, team, customerID)
	if err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		n := desk.CustomerNote{CustomerID: customerID}
		var at, changed int64
		if err := rows.Scan(&n.ID, &n.Author, &n.Name, &n.Text, &at, &changed); err != nil {
			return nil, fmt.Errorf("read notes: %w", err)
		}
		n.At, n.Changed = moment(at), moment(changed)
		list = append(list, n)
	}
	return list, rows.Err()
}

var errManyNotes = desk.Fail(desk.TooMany, "There are 100 notes about this customer already. Delete some first.")

// AddCustomerNote keeps a new note of a team. One whose id is kept already is
// kept as it is.
func (d *DB) AddCustomerNote(ctx context.Context, team string, n desk.CustomerNote) error {
	return d.within(ctx, "put a note", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO customer_notes (id, team, customer_id, author, name, text, at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
			ON CONFLICT (id) DO NOTHING`, n.ID, team, n.CustomerID, n.Author, n.Name, n.Text, micros(n.At)); err != nil {
			return err
		}
		var count int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM customer_notes WHERE team = $1 AND customer_id = $2", team, n.CustomerID).Scan(&count); err != nil {
			return err
		}
		if count > desk.MaxNotes {
			return errManyNotes
		}
		return nil
	})
}

// ChangeCustomerNote gives a note of a team another text and the time of the
// change. One that is not there is no error.
func (d *DB) ChangeCustomerNote(ctx context.Context, team string, n desk.CustomerNote) error {
	if err := d.exec(ctx, "UPDATE customer_notes SET text = $3, changed_at = $4 WHERE team = $1 AND id = $2", team, n.ID, n.Text, micros(n.Changed)); err != nil {
		return fmt.Errorf("change a note: %w", err)
	}
	return nil
}

// DeleteCustomerNote forgets a note of a team. One that is not there is no error.
func (d *DB) DeleteCustomerNote(ctx context.Context, team, id string) error {
	if err := d.exec(ctx, "DELETE FROM customer_notes WHERE team = $1 AND id = $2", team, id); err != nil {
		return fmt.Errorf("delete a note: %w", err)
	}
	return nil
}
