package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
)

// attempt is one connection, from dial to end, and says why it ended.
func (s *Session) attempt(l *link) (end *ending) {
	defer func() {
		if p := recover(); p != nil {
			s.reg.panicked("session", p)
			end = &ending{reason: reasonPanic}
		}
		s.guard(s.drop)
	}()
	s.prepare(l)
	for s.ended == nil && !s.over {
		s.step()
	}
	if s.ended == nil {
		s.ended = &ending{reason: s.final.Reason}
	}
	return s.ended
}

// prepare begins with a link that is there, or dials for one.
//
//go:noinline
func (s *Session) prepare(l *link) {
	s.ended, s.since = nil, time.Time{}
	if l != nil {
		s.begin(l)
		return
	}
	c := s.board.Connection()
	if n := s.tally.failures; s.everOn || n > 0 || c.State == desk.Refused {
		s.setConnection(desk.Connection{State: s.notYet(), Attempt: n, Reason: c.Reason, Text: reconnecting})
	} else {
		s.setConnection(desk.Connection{State: desk.Connecting, Text: "Connecting to the chat server…"})
	}
	s.dial()
}

// dial connects in the background; answerDial goes on. There is one at a time.
func (s *Session) dial() {
	if s.token.empty() {
		s.ended = &ending{reason: "authentication"}
		return
	}
	// A session that starts from a kept token was online before the restart.
	token, away, result := s.token, s.board.Me().Away, make(chan dialed, 1)
	s.dialed = result
	s.reg.start(func() {
		ctx, cancel := context.WithTimeout(s.ctx, s.reg.timing.Dial+s.reg.timing.Login)
		defer cancel()
		l, err := s.reg.connect(ctx, token, true, away)
		result <- dialed{l, err}
	})
}

func (s *Session) answerDial(d dialed) {
	var why *ending
	switch {
	case d.err != nil:
		s.tried = s.token
		why, _ = d.err.(*ending)
		s.ended = why
	case d.link.login.MyProfile.ID != s.id:
		d.link.shut()
		s.ended = &ending{reason: reasonOtherOne}
	default:
		s.begin(d.link)
	}
}

// begin takes a link that is logged in: its pushes are held until what is true
// has been read.
func (s *Session) begin(l *link) {
	s.link, s.tried, l.owner = l, l.token, s
	l.tap = l.tap.join(s.tap.Load())
	s.tap.Store(l.tap)
	s.held = &held{}
	s.due.ping = time.Now().Add(s.reg.timing.Ping)
	s.wake(s.due.ping)
	early := l.early
	l.early = nil
	for _, in := range early {
		s.receive(in)
	}
	s.reg.start(l.read)
	s.startResync(l)
}

// drop ends the link: whoever waits for an answer learns that none will come.
func (s *Session) drop() {
	s.live.Store(nil)
	if s.dialed != nil { // only at the end of the session, or after a panic
		late := s.dialed
		s.dialed = nil
		s.reg.start(func() {
			if d := <-late; d.link != nil {
				d.link.shut()
			}
		})
	}
	if s.link != nil {
		if !s.over {
			s.link.kill(nil)
		}
		s.link.shut()
		s.link = nil
	}
	s.held, s.due.ping, s.due.config = nil, time.Time{}, time.Time{}
	clear(s.loading)
	clear(s.owed)
	s.dropRequests()
}
