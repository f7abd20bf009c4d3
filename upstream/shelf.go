package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
)

// shelfFor is how long the shelf may take.
const shelfFor = 2 * time.Second

// preferences reads an agent's preferences. Where they cannot be read the
// defaults do: nobody shall wait for his chats because of a colour.
func (r *Registry) preferences(agentID string) desk.Preferences {
	if r.shelf == nil {
		return desk.Preferences{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), shelfFor)
	defer cancel()
	p, err := r.shelf.Preferences(ctx, agentID)
	if err != nil {
		r.log.Error("preferences not read", "err", err)
	}
	return p
}

// setPreferences keeps a part of an agent's preferences and draws his pages
// anew. One goes after the other, so that two tabs do not undo each other's parts.
func (s *Session) setPreferences(ctx context.Context, c desk.SetPreferences) error {
	if s.reg.shelf == nil {
		return desk.Fail(desk.Unavailable, "Nothing can be kept here.")
	}
	s.shelving.Lock()
	defer s.shelving.Unlock()
	p, err := s.Me().Preferences.With(c.Part, c.Preferences).Normal()
	if err != nil {
		return err
	}
	if p == s.Me().Preferences {
		return nil
	}
	if err := s.reg.shelf.PutPreferences(ctx, s.id, p); err != nil {
		return desk.Wrap(desk.Internal, "This could not be kept. Please try again.", err)
	}
	return s.do(ctx, func() {
		s.publish(s.board.SetPreferences(p))
		s.keepMe()
		s.inUse()
	})
}

// shelve writes something down in the background, behind what was to be written
// down before it. kept gets the outcome; nobody has to wait for it.
func (s *Session) shelve(what string, do func(ctx context.Context) error) (kept <-chan error) {
	done := make(chan error, 1)
	if s.reg.shelf == nil {
		done <- nil
		return done
	}
	s.stores.add(func() {
		ctx, cancel := context.WithTimeout(context.Background(), shelfFor)
		defer cancel()
		err := do(ctx)
		if err != nil {
			s.log.Error("not kept", "what", what, "err", err)
		}
		done <- err
	}, s.reg.start)
	return done
}

// shelved waits for the outcome of shelve, no longer than ctx lives.
func shelved(ctx context.Context, kept <-chan error) error {
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
