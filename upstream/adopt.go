package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
)

// actUpdateSession is a method of 3.6 and later.
const actUpdateSession = "update_session"

// adopt takes over a new token of the same agent, and connects with it where
// the session is not online.
func (s *Session) adopt(ctx context.Context, t Token) error {
	return s.do(ctx, func() {
		s.token, s.adopted = t, time.Now()
		s.used()
		switch {
		case s.state == desk.Refused || s.due.rest != (time.Time{}):
			s.nudged = true
		case s.state == desk.Online:
			s.renew(s.link, t)
		}
	})
}

// renew puts a live connection on a new token, which it then lives as long as
// (v3.6 "Update session"). Before 3.6, and where the server does not take it,
// the old token ends the connection, and the next one is made with the new.
func (s *Session) renew(on *link, t Token) {
	if _, has := s.reg.dialect.Method(actUpdateSession); !has {
		return
	}
	type request struct {
		Token string `json:"token"`
	}
	s.reg.start(func() {
		if err := s.ask(s.ctx, on, actUpdateSession, request{t.header()}, nil); err != nil {
			s.log.Debug("session was not renewed", "err", err)
			return
		}
		s.post(func() {
			if on == s.link {
				on.token, s.tried = t, t
				s.live.Store(&t)
			}
		})
	})
}
