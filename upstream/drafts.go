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
	kept := make(chan error, 1)
	if err := s.do(ctx, func() {
		s.used()
		if !s.board.Has(c.ChatID) {
			refused = desk.Fail(desk.NotFound, "This chat is not here any more.")
			return
		}
		refused = s.putDraft(desk.Draft{ChatID: c.ChatID, Text: c.Text, Note: c.Note, At: s.reg.now()}, kept)
	}); err != nil || refused != nil {
		return errors.Join(err, refused)
	}
	select {
	case err := <-kept:
		if err != nil {
			return desk.Wrap(desk.Internal, "This could not be kept. Please try again.", err)
		}
		return nil
	case <-ctx.Done():
		return expired(ctx.Err())
	}
}

// putDraft puts a draft on the board and writes it down; kept, which has room for
// one, gets the outcome.
func (s *Session) putDraft(d desk.Draft, kept chan<- error) error {
	changes, err := s.board.SetDraft(d)
	if err != nil {
		return err
	}
	s.publish(changes)
	if s.reg.shelf == nil {
		kept <- nil
		return nil
	}
	if strings.TrimSpace(d.Text) == "" {
		d.Text = ""
	}
	s.stores.add(func() {
		ctx, cancel := context.WithTimeout(context.Background(), shelfFor)
		defer cancel()
		err := s.reg.shelf.PutDraft(ctx, s.id, d)
		if err != nil {
			s.log.Error("draft not kept", "err", err)
		}
		kept <- err
	}, s.reg.start)
	return nil
}

// dropDraft forgets a chat's draft: something was sent there.
func (s *Session) dropDraft(chatID string) {
	if s.board.Draft(chatID).Text != "" {
		_ = s.putDraft(desk.Draft{ChatID: chatID}, make(chan error, 1)) // clearing is never refused
	}
}
