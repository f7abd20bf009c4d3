package upstream

import (
	"context"
	"errors"
	"strings"
	"time"

	"agentdesk/desk"
)

// draftsFor is how long drafts are kept.
const draftsFor = 30 * 24 * time.Hour

// drafts reads what an agent has begun to write.
func (r *Registry) drafts(agentID string) []desk.Draft {
	if r.shelf == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shelfFor)
	defer cancel()
	list, err := r.shelf.Drafts(ctx, agentID, r.now().Add(-draftsFor))
	if err != nil {
		r.log.Error("drafts not read", "err", err)
	}
	return list
}

// keepDraft keeps what is being written. Drafts of a chat are written down in the
// order in which they came; it returns when this one is.
func (s *Session) keepDraft(ctx context.Context, c desk.KeepDraft) error {
	if err := c.Check(); err != nil {
		return err
	}
	var refused error
	var kept <-chan error
	if err := s.do(ctx, func() {
		s.used()
		if !s.board.Has(c.ChatID) {
			refused = desk.Fail(desk.NotFound, "This chat is not here any more.")
			return
		}
		kept, refused = s.putDraft(desk.Draft{ChatID: c.ChatID, Text: c.Text, Note: c.Note, At: s.reg.now()})
	}); err != nil || refused != nil {
		return errors.Join(err, refused)
	}
	return shelved(ctx, kept)
}

// putDraft puts a draft on the board and writes it down.
func (s *Session) putDraft(d desk.Draft) (kept <-chan error, err error) {
	changes, err := s.board.SetDraft(d)
	if err != nil {
		return nil, err
	}
	s.publish(changes)
	if strings.TrimSpace(d.Text) == "" {
		d.Text = ""
	}
	return s.shelve("draft", func(ctx context.Context) error { return s.reg.shelf.PutDraft(ctx, s.id, d) }), nil
}

// dropDraft forgets a chat's draft: something was sent there.
func (s *Session) dropDraft(chatID string) {
	if s.board.Draft(chatID).Text != "" {
		_, _ = s.putDraft(desk.Draft{ChatID: chatID}) // clearing is never refused
	}
}
