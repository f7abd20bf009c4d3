package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// load is a chat that is being read by itself. What happens to it meanwhile is
// applied as it comes and once more after the reading, which may be older.
type load struct {
	missed []desk.Push
	users  int
	news   bool // a push wants the reading
	opened bool // a page wants it
	again  bool // it changed in a way that only another reading shows
}

// spoilFor is how long a chat that could not be read is left alone.
const spoilFor = 30 * time.Second

// maxOwed bounds how many chats wait to be read again.
const maxOwed = 1000

// reload reads a chat in the background. It belongs to the session's goroutine.
func (s *Session) reload(id string) {
	now := time.Now()
	if s.link == nil || s.loading[id] != nil || now.Before(s.spoiled[id]) {
		return
	}
	on := s.link
	s.watch(id).news = true
	s.reg.start(func() {
		if _, err := s.fetch(s.ctx, on, id); err != nil {
			s.log.Debug("chat could not be read", "chat", id, "err", err)
		}
	})
}

// shown takes note that a page shows a chat. Where its events are not kept any more,
// because many others were opened while the page was not looked at, it has missed
// some: the chat is read and pages are drawn again.
func (s *Session) shown(id string) {
	s.board.Open(id)
	if s.board.Loaded(id) || s.offline() != nil || s.loading[id] != nil || time.Now().Before(s.spoiled[id]) {
		return
	}
	on := s.link
	s.watch(id).opened = true
	s.reg.start(func() {
		if _, err := s.fetch(s.ctx, on, id); err == nil {
			s.post(func() { s.publish([]desk.Change{{What: desk.RegionAll}}) })
		}
	})
}

// loadChat reads a chat onto the board and returns when it is there.
func (s *Session) loadChat(ctx context.Context, id string) error {
	var on *link
	var off error
	err := s.do(ctx, func() {
		if off = s.offline(); off == nil {
			on = s.link
			s.watch(id).opened = true
		}
	})
	if err != nil {
		return err
	}
	if off != nil {
		return off
	}
	_, err = s.fetch(ctx, on, id)
	return err
}

func (s *Session) watch(id string) *load {
	l := s.loading[id]
	if l == nil {
		l = &load{}
		s.loading[id] = l
	}
	l.users++
	return l
}

// fetch asks for a chat and merges it onto the board. watch was called before.
// It is for any goroutine but the session's own.
func (s *Session) fetch(ctx context.Context, on *link, id string) (fresh desk.Chat, err error) {
	c, err := s.getChat(ctx, on, id, "")
	if err == nil {
		fresh = chat(&c)
	}
	s.post(func() {
		l := s.loading[id]
		if on != s.link || l == nil {
			if err == nil {
				err = errLost
			}
			return
		}
		if l.users--; l.users <= 0 {
			delete(s.loading, id)
		}
		if err != nil {
			s.notRead(id, l, err)
			return
		}
		delete(s.spoiled, id)
		delete(s.owed, id)
		s.merge(fresh, l.opened)
		for _, p := range l.missed {
			p, _ := s.nameEarlier(p)
			s.publish(s.board.Apply(p))
		}
		if l.again && l.users <= 0 {
			s.reload(id)
		}
	})
	return fresh, err
}

// notRead takes the failure of a reading. What a push told must not be lost with
// it, so unless the chat server says that there is no such chat it is read again.
func (s *Session) notRead(id string, l *load, err error) {
	if typ := wireType(err); typ == protocol.ErrNotFound || typ == protocol.ErrMissingAccess {
		s.apply(desk.ChatGone{ChatID: id})
	}
	if wireType(err) != "" { // rather than that nobody waited for it
		s.spoil(id)
	}
	if l.users <= 0 && (l.news || l.again) && len(s.owed) < maxOwed && (wireType(err) == "" || transient(err)) {
		s.owed[id] = time.Now().Add(spoilFor)
		s.wake(s.owed[id])
	}
}

// readOwed reads what could not be read before, and says when more is due.
func (s *Session) readOwed(now time.Time) (next time.Time) {
	for id, at := range s.owed {
		if !at.After(now) {
			delete(s.owed, id)
			delete(s.spoiled, id)
			s.reload(id)
		} else if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

func (s *Session) merge(c desk.Chat, opened bool) {
	s.recallFollowed(&c)
	if opened {
		s.publish(s.board.Merge(c))
	} else {
		s.publish(s.board.Reread(c))
	}
	for i := range c.Thread.Events {
		s.sawEvent(c.ID, &c.Thread.Events[i])
	}
}

// spoil leaves a chat alone for a while, lest every push asks for it again.
func (s *Session) spoil(id string) {
	now := time.Now()
	for other, until := range s.spoiled {
		if now.After(until) {
			delete(s.spoiled, other)
		}
	}
	s.spoiled[id] = now.Add(spoilFor)
}
