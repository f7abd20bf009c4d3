package store

import (
	"context"

	"agentdesk/protocol"
)

// CannedResponse is a text that agents send often (Configuration API v3.7). Group
// 0 is everybody's.
type CannedResponse struct {
	ID        int64         `json:"id"`
	Text      string        `json:"text"`
	Tags      []string      `json:"tags"`
	GroupID   int           `json:"group_id"`
	Private   bool          `json:"is_private"` // its author's alone
	AuthorID  string        `json:"author_id"`  // who changed it last
	CreatedAt protocol.Time `json:"created_at"`
	UpdatedAt protocol.Time `json:"updated_at"`
}

const cannedColumns = `id, text, tags, group_id, private, author_id, created_at, updated_at`

func scanCanned(r scanner) (c CannedResponse, err error) {
	var tags string
	if err = r.Scan(&c.ID, &c.Text, &tags, &c.GroupID, &c.Private, &c.AuthorID, &c.CreatedAt, &c.UpdatedAt); err != nil {
		return c, notFound(err)
	}
	return c, decode(tags, &c.Tags)
}

// PutCanned creates a canned response or replaces it.
func (t *Tx) PutCanned(c CannedResponse) error {
	return t.exec(`INSERT INTO canned_responses (`+cannedColumns+`, deleted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
		ON CONFLICT (id) DO UPDATE SET text = $2, tags = $3, group_id = $4, private = $5, author_id = $6, updated_at = $8`,
		c.ID, c.Text, encode(c.Tags), c.GroupID, bit(c.Private), c.AuthorID, times(c.CreatedAt), times(c.UpdatedAt))
}

// NewCannedID is a number that no canned response has or had.
func (t *Tx) NewCannedID() (id int64, err error) {
	err = t.tx.QueryRowContext(t.ctx, `SELECT coalesce(max(id), 0) + 1 FROM canned_responses`).Scan(&id)
	return id, err
}

// DeleteCanned deletes a canned response. Its number stays taken.
func (t *Tx) DeleteCanned(id int64) error {
	return t.exec(`UPDATE canned_responses SET text = '', tags = '[]', author_id = '', deleted = 1 WHERE id = $1`, id)
}

// Canned finds a canned response.
func (s *Store) Canned(ctx context.Context, id int64) (CannedResponse, error) {
	return scanCanned(s.read.QueryRowContext(ctx, `SELECT `+cannedColumns+` FROM canned_responses WHERE id = $1 AND deleted = 0`, id))
}

// AllCanned returns every canned response, by id.
func (s *Store) AllCanned(ctx context.Context) ([]CannedResponse, error) {
	return collect(ctx, s.read, scanCanned, `SELECT `+cannedColumns+` FROM canned_responses WHERE deleted = 0 ORDER BY id`)
}
