package upstream

import (
	"time"

	"agentdesk/desk"
	"agentdesk/protocol/version"
)

// hear is how a link's reader hands over a frame, on its own goroutine. false
// means that nothing more of this link is wanted.
func (s *Session) hear(l *link, in inbound) bool {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.link != l || s.ended != nil {
		return false
	}
	s.survive(in)
	if s.ended == nil && !s.over {
		return true
	}
	select {
	case s.stir <- struct{}{}:
	default: // it has not noticed the last time yet
	}
	return false
}

// survive receives a frame; a panic ends the connection.
func (s *Session) survive(in inbound) {
	defer func() {
		if p := recover(); p != nil {
			s.reg.panicked("session", p)
			s.ended = &ending{reason: reasonPanic}
		}
	}()
	s.receive(in)
}

// receive takes one frame from the link.
func (s *Session) receive(in inbound) {
	switch {
	case in.end != nil:
		s.ended = in.end
	case in.reply != nil:
		s.answered(in.reply)
	case s.held != nil:
		s.hold(in)
	default:
		if in.push != nil {
			s.apply(in.push)
		}
		for _, p := range in.more {
			s.apply(p)
		}
		s.readAgain(in.stale)
		s.lookAgain(in.sight)
		if in.config {
			s.refreshSoon()
		}
	}
}

// lookAgain reads chats whose access changed. Those that cannot be read are out
// of this agent's sight.
func (s *Session) lookAgain(ids []string) {
	on := s.link
	if on == nil {
		return
	}
	for _, id := range ids {
		s.watch(id).news = true
		s.reg.start(func() {
			if _, err := s.fetch(s.ctx, on, id); err == nil || desk.CodeOf(err) != desk.NotFound {
				return
			}
			s.post(func() {
				if on == s.link {
					s.apply(desk.ChatGone{ChatID: id})
				}
			})
		})
	}
}

// readAgain reads chats of which a push told that they changed, but not how.
func (s *Session) readAgain(ids []string) {
	for _, id := range ids {
		if id != allChats {
			s.reloadAgain(id)
			continue
		}
		for _, id := range s.board.LoadedIDs() {
			s.reloadAgain(id)
		}
		for _, sec := range s.board.Inbox(desk.Filter{List: desk.Recent}).Sections {
			for _, row := range sec.Rows {
				s.reloadAgain(row.ChatID)
			}
		}
	}
}

// reloadAgain is reload where a reading that runs already may be too old.
func (s *Session) reloadAgain(id string) {
	if l := s.loading[id]; l != nil {
		l.again = true
		return
	}
	s.reload(id)
}

// expireBy sees to it that the board forgets what has expired by a time of its
// clock, at the latest.
func (s *Session) expireBy(at time.Time) {
	if at.IsZero() {
		return
	}
	due := time.Now().Add(max(at.Sub(s.reg.now()), 10*time.Millisecond))
	if s.due.expire.IsZero() || due.Before(s.due.expire) {
		s.due.expire = due
		s.wake(due)
	}
}

// apply puts a push on the board and follows up on it.
func (s *Session) apply(p desk.Push) {
	p, known := s.nameEarlier(p)
	changes := s.board.Apply(p)
	s.publish(changes)
	s.expireBy(s.board.IdleBy())
	for id, l := range s.loading {
		if about := chatOf(p); about == "" || about == id {
			l.missed = append(l.missed, p)
		}
	}
	switch p := p.(type) {
	case desk.Typing, desk.SneakPeek, desk.Thinking:
		s.expireBy(s.reg.now().Add(10 * time.Second))
		return
	case desk.Seen:
		return
	case desk.IncomingEvent:
		s.sawEvent(p.ChatID, &p.Event)
		if s.board.Loaded(p.ChatID) && s.board.ThreadID(p.ChatID) == p.ThreadID {
			return // the usual case: nothing can be missing
		}
	case desk.EventUpdated:
		s.sawEvent(p.ChatID, &p.Event)
	case desk.IncomingChat:
		s.setFollowed(p.Chat.ID, false) // whoever follows is not told of it
		for i := range p.Chat.Thread.Events {
			s.sawEvent(p.Chat.ID, &p.Chat.Thread.Events[i])
		}
	case desk.StatusSet, desk.Directory:
		s.keepMe()
	}
	for _, id := range s.board.NeedLoad() {
		s.reload(id)
	}
	if id := chatOf(p); !known && s.board.Loaded(id) {
		s.reload(id)
	}
}

// nameEarlier names the thread before that of a chat which is pushed. Before 3.2
// no push does, so what the board knows of the chat must tell; false: it knows
// nothing.
func (s *Session) nameEarlier(p desk.Push) (desk.Push, bool) {
	c, ok := p.(desk.IncomingChat)
	if !ok || s.reg.dialect.Version >= version.V32 {
		return p, true
	}
	known, ok := s.board.Head(c.Chat.ID)
	switch id := known.Chat.Thread.ID; {
	case !ok || c.Chat.Thread.Previous != "":
	case id == c.Chat.Thread.ID:
		c.Chat.Thread.Previous = known.Earlier
	default:
		c.Chat.Thread.Previous = id
	}
	return c, ok
}

// keepMe makes the board's idea of the agent readable from outside.
func (s *Session) keepMe() {
	if me := s.board.Me(); me != *s.me.Load() {
		s.me.Store(&me)
	}
}
