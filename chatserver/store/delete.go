package store

import (
	"context"
	"fmt"

	"agentdesk/protocol"
)

// DropThread deletes a thread with its events, gives up its files, and links its
// neighbours.
func (t *Tx) DropThread(h *Thread) error {
	if err := t.releaseFiles(`thread_id = $1`, h.ID); err != nil {
		return err
	}
	for _, q := range []string{
		`UPDATE threads SET next_id = (SELECT x.next_id FROM threads x WHERE x.id = $1) WHERE id = (SELECT x.prev_id FROM threads x WHERE x.id = $1)`,
		`UPDATE threads SET prev_id = (SELECT x.prev_id FROM threads x WHERE x.id = $1) WHERE id = (SELECT x.next_id FROM threads x WHERE x.id = $1)`,
		`DELETE FROM events WHERE thread_id = $1`,
		`DELETE FROM thread_text WHERE rowid = (SELECT seq FROM threads WHERE id = $1)`,
		`DELETE FROM threads WHERE id = $1`,
	} {
		if err := t.exec(q, h.ID); err != nil {
			return err
		}
	}
	return nil
}

// DropChat deletes a chat with all its threads and gives up their files.
func (t *Tx) DropChat(id string) error {
	if err := t.releaseFiles(`thread_id IN (SELECT h.id FROM threads h WHERE h.chat_id = $1)`, id); err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM events WHERE chat_id = $1`,
		`DELETE FROM thread_text WHERE rowid IN (SELECT seq FROM threads WHERE chat_id = $1)`,
		`DELETE FROM threads WHERE chat_id = $1`,
		`DELETE FROM chat_text WHERE rowid = (SELECT sort_at FROM chats WHERE id = $1)`,
		`DELETE FROM chats WHERE id = $1`,
	} {
		if err := t.exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// NewestThread finds the newest thread of a chat, or ErrNotFound.
func (t *Tx) NewestThread(chatID string) (*Thread, error) {
	return scanThread(t.tx.QueryRowContext(t.ctx, `SELECT `+threadColumns+` FROM threads t WHERE t.chat_id = $1 ORDER BY t.seq DESC LIMIT 1`, chatID))
}

// ClosedThreads reads closed threads that began from one moment to another,
// oldest first, beginning behind a seq. Zero moments are open.
func (s *Store) ClosedThreads(ctx context.Context, from, to protocol.Time, after int64, limit int) ([]*Thread, error) {
	c := &clause{}
	c.add("t.active = 0")
	c.add("t.seq > $", after)
	if from != 0 {
		c.add("t.created_at >= $", times(from))
	}
	if to != 0 {
		c.add("t.created_at <= $", times(to))
	}
	return collect(ctx, s.read, scanThread, fmt.Sprintf(`SELECT %s FROM threads t%s ORDER BY t.seq LIMIT %d`, threadColumns, c.where(), limit), c.args...)
}
