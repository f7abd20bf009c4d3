package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"agentdesk/desk"
)

// Canned returns the canned responses that an agent of a team may have: those
// that are shared, of whatever group, and the agent's own.
func (d *DB) Canned(ctx context.Context, team, agentID string) (list []desk.CannedResponse, err error) {
	return d.cannedOf(ctx, "team = $1 AND owner IN ('', $2)", team, agentID)
}

// cannedOf reads responses with their files, in the order of their words.
func (d *DB) cannedOf(ctx context.Context, where string, args ...any) (list []desk.CannedResponse, err error) {
	rows, err := d.db.Read.QueryContext(ctx, `SELECT c.id, c.owner, c.group_id, c.words, c.text, c.at, coalesce(f.id, ''), coalesce(f.name, ''), coalesce(f.size, 0)
		FROM canned c LEFT JOIN canned_files f ON f.canned_id = c.id WHERE `+where+` ORDER BY c.words, c.id, f.name, f.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read canned responses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r desk.CannedResponse
		var f desk.CannedFile
		var words string
		var at int64
		if err := rows.Scan(&r.ID, &r.Owner, &r.Group, &words, &r.Text, &at, &f.ID, &f.Name, &f.Size); err != nil {
			return nil, fmt.Errorf("read canned responses: %w", err)
		}
		r.Words, r.At = strings.Fields(words), moment(at)
		if n := len(list); n == 0 || list[n-1].ID != r.ID {
			list = append(list, r)
		}
		if f.ID != "" {
			last := &list[len(list)-1]
			last.Files = append(last.Files, f)
		}
	}
	return list, rows.Err()
}

var errManyCanned = desk.Fail(desk.TooMany, "The team has 2000 canned responses already. Delete some first.")

// PutCanned keeps responses of a team, all or none, each in place of the one with
// its id. Files stay as they are.
func (d *DB) PutCanned(ctx context.Context, team string, list ...desk.CannedResponse) error {
	return d.within(ctx, "put canned responses", func(tx *sql.Tx) error {
		for _, r := range list {
			if _, err := tx.ExecContext(ctx, `INSERT INTO canned (id, team, owner, group_id, words, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, group_id = excluded.group_id, words = excluded.words,
				text = excluded.text, at = excluded.at WHERE canned.team = excluded.team`,
				r.ID, team, r.Owner, r.Group, strings.Join(r.Words, " "), r.Text, micros(r.At)); err != nil {
				return err
			}
		}
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM canned WHERE team = $1", team).Scan(&n); err != nil {
			return err
		}
		if n > desk.MaxCanned {
			return errManyCanned
		}
		return nil
	})
}

// DeleteCanned forgets a response of a team with its files. One that is not there
// is no error.
func (d *DB) DeleteCanned(ctx context.Context, team, id string) error {
	return d.within(ctx, "delete a canned response", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM canned_files WHERE canned_id = (SELECT id FROM canned WHERE id = $1 AND team = $2)", id, team); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM canned WHERE id = $1 AND team = $2", id, team)
		return err
	})
}

// AddCannedFile keeps a file with a response.
func (d *DB) AddCannedFile(ctx context.Context, team, cannedID string, f desk.CannedFile, content []byte) error {
	return d.within(ctx, "put a file", func(tx *sql.Tx) error {
		var files int
		var all int64
		if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM canned_files WHERE canned_id = $1),
			(SELECT coalesce(sum(size), 0) FROM canned_files f JOIN canned c ON c.id = f.canned_id WHERE c.team = $2)`, cannedID, team).Scan(&files, &all); err != nil {
			return err
		}
		switch {
		case files >= desk.MaxCannedFiles:
			return &desk.Error{Code: desk.Invalid, Text: "A canned response can have up to 3 files.", Field: "file"}
		case all+int64(len(content)) > desk.MaxCannedBytes:
			return &desk.Error{Code: desk.TooMany, Text: "The files of all canned responses are together too large. Take some away first.", Field: "file"}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO canned_files (id, canned_id, name, size, content) VALUES ($1, $2, $3, $4, $5)", f.ID, cannedID, f.Name, len(content), content)
		return err
	})
}

// CannedFile returns a file and the response that it goes with.
func (d *DB) CannedFile(ctx context.Context, team, id string) (of desk.CannedResponse, f desk.CannedFile, content []byte, err error) {
	var cannedID string
	err = d.db.Read.QueryRowContext(ctx, "SELECT canned_id, content FROM canned_files WHERE id = $1", id).Scan(&cannedID, &content)
	if err == nil {
		var list []desk.CannedResponse
		if list, err = d.cannedOf(ctx, "c.team = $1 AND c.id = $2", team, cannedID); err == nil && len(list) == 0 {
			err = sql.ErrNoRows
		} else if err == nil {
			of = list[0]
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		return of, f, nil, desk.Fail(desk.NotFound, "This file is not there any more.")
	}
	for _, one := range of.Files {
		if one.ID == id {
			f = one
		}
	}
	return of, f, content, err
}

// DeleteCannedFile forgets a file. One that is not there is no error.
func (d *DB) DeleteCannedFile(ctx context.Context, team, id string) error {
	return d.within(ctx, "delete a file", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM canned_files WHERE id = $1 AND canned_id IN (SELECT id FROM canned WHERE team = $2)", id, team)
		return err
	})
}

// within does something whole or not at all. Errors of desk come back as they
// are.
func (d *DB) within(ctx context.Context, what string, do func(tx *sql.Tx) error) error {
	tx, err := d.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer tx.Rollback() // after Commit this does nothing
	if err = do(tx); err == nil {
		err = tx.Commit()
	}
	var e *desk.Error
	if err != nil && !errors.As(err, &e) {
		return fmt.Errorf("%s: %w", what, err)
	}
	return err
}
