package store

import (
	"context"

	"agentdesk/protocol"
)

// PutFile keeps the record of an upload.
func (t *Tx) PutFile(f File) error {
	return t.exec(`INSERT INTO files (id, name, content_type, size, width, height, owner_id, created_at, used)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		f.ID, f.Name, f.ContentType, f.Size, f.Width, f.Height, f.OwnerID, times(f.CreatedAt), bit(f.Used))
}

// UseFile marks a file as part of an event: it is kept as long as the thread. An
// unknown id does no harm.
func (t *Tx) UseFile(id, threadID string) error {
	if err := t.exec(`INSERT OR IGNORE INTO file_uses (file_id, thread_id) VALUES ($1, $2)`, id, threadID); err != nil {
		return err
	}
	return t.exec(`UPDATE files SET used = 1 WHERE id = $1`, id)
}

// KeepPicture marks a file as an agent's picture, in place of the one before. An
// unknown id, and an empty one, is no picture.
func (t *Tx) KeepPicture(agentID, id string) error {
	holder := "agent/" + agentID // no thread is called so
	if err := t.releaseFiles("thread_id = $1", holder); err != nil {
		return err
	}
	return t.UseFile(id, holder)
}

// releaseFiles gives up the uses of files by threads, which a condition names.
// Files that nothing else uses count as old uploads that no event came to use.
func (t *Tx) releaseFiles(which, id string) error {
	for _, q := range []string{
		`UPDATE files SET used = 0, created_at = 0 WHERE id IN (SELECT u.file_id FROM file_uses u WHERE u.` + which + `)
			AND NOT EXISTS (SELECT 1 FROM file_uses o WHERE o.file_id = files.id AND NOT (o.` + which + `))`,
		`DELETE FROM file_uses WHERE ` + which,
	} {
		if err := t.exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

const fileColumns = `id, name, content_type, size, width, height, owner_id, created_at, used`

func scanFile(r scanner) (f File, err error) {
	err = r.Scan(&f.ID, &f.Name, &f.ContentType, &f.Size, &f.Width, &f.Height, &f.OwnerID, &f.CreatedAt, &f.Used)
	return f, notFound(err)
}

// File finds the record of an upload.
func (s *Store) File(ctx context.Context, id string) (File, error) {
	return scanFile(s.read.QueryRowContext(ctx, `SELECT `+fileColumns+` FROM files WHERE id = $1`, id))
}

// UnusedFiles lists uploads older than before that no event uses.
func (s *Store) UnusedFiles(ctx context.Context, before protocol.Time) ([]File, error) {
	return collect(ctx, s.read, scanFile,
		`SELECT `+fileColumns+` FROM files WHERE used = 0 AND created_at < $1 LIMIT 1000`, times(before))
}

// DeleteFile forgets an upload that no event uses.
func (t *Tx) DeleteFile(id string) error {
	return t.exec(`DELETE FROM files WHERE id = $1 AND used = 0`, id)
}
