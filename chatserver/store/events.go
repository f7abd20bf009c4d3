package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"agentdesk/protocol"
)

// EventRef says where an event lies.
type EventRef struct {
	ChatID   string
	ThreadID string
	N        int // its number in the thread, from 1
}

// AddEvent appends an event. A custom_id that the chat already has is an error:
// look with CustomEvent first, in the same transaction.
func (t *Tx) AddEvent(ref EventRef, e *protocol.Event) error {
	custom := sql.NullString{String: e.CustomID, Valid: e.CustomID != ""}
	return t.exec(`INSERT INTO events (thread_id, n, chat_id, custom_id, created_at, body) VALUES ($1, $2, $3, $4, $5, $6)`,
		ref.ThreadID, ref.N, ref.ChatID, custom, times(e.CreatedAt), encode(e))
}

// SetEvent replaces the document of an event.
func (t *Tx) SetEvent(ref EventRef, e *protocol.Event) error {
	return t.exec(`UPDATE events SET body = $3 WHERE thread_id = $1 AND n = $2`, ref.ThreadID, ref.N, encode(e))
}

// CustomEvent finds the id of the event that has a custom_id in a chat, or
// ErrNotFound.
func (t *Tx) CustomEvent(chatID, customID string) (string, error) {
	var ref EventRef
	err := t.tx.QueryRowContext(t.ctx, `SELECT thread_id, n FROM events WHERE chat_id = $1 AND custom_id = $2`, chatID, customID).
		Scan(&ref.ThreadID, &ref.N)
	return fmt.Sprintf("%s_%d", ref.ThreadID, ref.N), notFound(err)
}

func scanEvent(r scanner) (protocol.Event, error) {
	var body string
	var e protocol.Event
	if err := r.Scan(&body); err != nil {
		return e, notFound(err)
	}
	return e, decode(body, &e)
}

// Event finds one event.
func (s *Store) Event(ctx context.Context, threadID string, n int) (protocol.Event, error) {
	return scanEvent(s.read.QueryRowContext(ctx, `SELECT body FROM events WHERE thread_id = $1 AND n = $2`, threadID, n))
}

// Events returns a thread's events in order.
func (s *Store) Events(ctx context.Context, threadID string) ([]protocol.Event, error) {
	return collect(ctx, s.read, scanEvent, `SELECT body FROM events WHERE thread_id = $1 ORDER BY n`, threadID)
}

// Events is Store.Events inside a write transaction.
func (t *Tx) Events(threadID string) ([]protocol.Event, error) {
	return collect(t.ctx, t.tx, scanEvent, `SELECT body FROM events WHERE thread_id = $1 ORDER BY n`, threadID)
}

// freeSeq returns the first number at or after want that no thread has.
func (t *Tx) freeSeq(want int64) (int64, error) {
	for {
		var have int64
		err := t.tx.QueryRowContext(t.ctx, `SELECT seq FROM threads WHERE seq = $1`, want).Scan(&have)
		if errors.Is(err, sql.ErrNoRows) {
			return want, nil
		}
		if err != nil {
			return 0, err
		}
		want++
	}
}

// Event is Store.Event inside a write transaction.
func (t *Tx) Event(threadID string, n int) (protocol.Event, error) {
	return scanEvent(t.tx.QueryRowContext(t.ctx, `SELECT body FROM events WHERE thread_id = $1 AND n = $2`, threadID, n))
}
