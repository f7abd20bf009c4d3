package upstream

import (
	"context"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// idleSlack is how much longer than the browser the session waits before it says
// that nobody is there: the minute of the browser's warning, and what tabs leave
// between two reports. Browsers that sleep or have crashed do not report at all.
const idleSlack = 150 * time.Second

// inUse notes that somebody uses the desk. Who was set away only because nobody
// did is back.
func (s *Session) inUse() {
	s.due.idle = time.Time{}
	if n := s.board.Me().Preferences.AwayAfter; n > 0 {
		s.due.idle = time.Now().Add(time.Duration(n)*time.Minute + idleSlack)
		s.wake(s.due.idle)
	}
	if s.board.Me().Idle {
		s.timedAway(false)
	}
}

// timedAway sets the agent away, or back, without having been asked.
func (s *Session) timedAway(away bool) {
	s.reg.start(func() {
		ctx, cancel := context.WithTimeout(s.ctx, s.reg.timing.Request)
		defer cancel()
		if err := s.setAway(ctx, desk.SetAway{Away: away, Idle: true}); err != nil {
			s.log.Debug("away could not be set by the timer", "away", away, "err", err)
		}
	})
}

// setAway tells whether anybody sits at this desk. The timer changes nothing that
// the agent chose: it sets away only who takes chats, and back only whom it set.
func (s *Session) setAway(ctx context.Context, c desk.SetAway) error {
	leave := false
	if err := s.do(ctx, func() {
		me := s.board.Me()
		leave = c.Idle && (c.Away && (me.Away || me.Status != desk.Accepting) || !c.Away && !me.Idle)
		if !c.Idle {
			s.used()
		}
	}); err != nil || leave {
		return err
	}
	if err := s.ask(ctx, nil, protocol.ActSetAwayStatus, protocol.AwayRequest{Away: c.Away}, nil); err != nil {
		return err
	}
	return s.do(ctx, func() {
		s.choose(func(now *desk.Choices) { now.Away, now.Idle = c.Away, c.Away && c.Idle })
	})
}
