package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
)

// marksFor is how long marks are kept. No thread is open for longer.
const marksFor = 30 * 24 * time.Hour

// marks reads what an agent has marked as unread.
func (r *Registry) marks(agentID string) []desk.UnreadMark {
	if r.shelf == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shelfFor)
	defer cancel()
	list, err := r.shelf.Marks(ctx, agentID, r.now().Add(-marksFor))
	if err != nil {
		r.log.Error("marks not read", "err", err)
	}
	return list
}

// markUnread marks a chat. It returns when the mark is written down; until then it
// stands on the board alone.
func (s *Session) markUnread(ctx context.Context, chatID string) error {
	var kept <-chan error
	if err := s.do(ctx, func() {
		s.used()
		m, changes, ok := s.board.MarkUnread(chatID)
		s.publish(changes)
		if ok {
			kept = s.shelve("mark", func(ctx context.Context) error { return s.reg.shelf.PutMark(ctx, s.id, m) })
		}
	}); err != nil || kept == nil {
		return err
	}
	return shelved(ctx, kept)
}

// dropMarks forgets the marks that have ended.
func (s *Session) dropMarks() {
	for _, chatID := range s.board.TakeUnmarked() {
		s.shelve("mark", func(ctx context.Context) error { return s.reg.shelf.DeleteMark(ctx, s.id, chatID) })
	}
}
