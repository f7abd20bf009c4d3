package upstream

import (
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// tally counts what speaks against trying again.
type tally struct {
	failures int // attempts since the last connection that lasted
	strange  int // in a row for reasons that are not known
	refusals int // in a row that the agent had to decide about
}

// run is the supervisor: it makes one attempt after the other and alone decides
// whether there is a next one. first is a connection that is logged in already,
// or nil. It and attempt keep little on the stack: an idle agent waits in them.
func (s *Session) run(first *link) {
	s.turn.Lock()
	defer s.turn.Unlock()
	defer s.finish()
	s.guard(s.used)
	s.guard(s.inUse)
	for !s.over {
		end := s.attempt(first)
		first = nil
		if !s.over {
			s.decide(end)
		}
	}
}

// decide does what is advised after a connection ended, and returns when the
// next attempt is due, or there is none.
//
//go:noinline
func (s *Session) decide(end *ending) {
	s.reg.metrics.Reconnect(safeCode(end.reason))
	if !s.since.IsZero() && time.Since(s.since) >= s.reg.timing.Stable {
		s.tally = tally{}
	}
	v := s.reg.dialect.judge(end.reason)
	if s.newToken(end) || s.evictedByUs(end) {
		v = verdicts[reasonToken]
	}
	switch {
	case v.do == adviseEnd:
		s.token = Token{}
		s.end(desk.Connection{State: desk.Refused, Reason: safeCode(end.reason), Text: v.text, Action: v.action})
	case v.do == adviseStop || v.do == adviseThrice && s.tally.strange+1 >= tries:
		s.tally.strange = 0
		s.refused(end, v)
		s.tally.refusals++
	default:
		if v.do == adviseThrice {
			s.tally.strange++
		}
		s.backOff(end, v)
		s.tally.failures++
	}
}

// evictedByUs reports whether the connection gave way to the short one that
// told whose a new token is (Registry.SignIn): then nobody else took over.
func (s *Session) evictedByUs(end *ending) bool {
	ours := end.reason == protocol.ReasonConnectionEvicted || end.reason == protocol.ReasonTooManyConnections
	return ours && !s.adopted.IsZero() && time.Since(s.adopted) < s.reg.timing.Login
}

// newToken reports whether the agent signed in anew while the old token lost
// its worth: then there is no reason to stop.
func (s *Session) newToken(end *ending) bool {
	return s.reg.dialect.judge(end.reason).action == desk.ActSignIn && end.reason != reasonOtherOne && !s.token.empty() && !s.token.equal(s.tried)
}

// backOff waits before the next attempt, or until somebody wants it now.
func (s *Session) backOff(end *ending, v verdict) {
	delay := s.reg.timing.Backoff.Delay(s.tally.failures)
	if v.do == adviseSlow {
		delay += slowRetry
	}
	s.log.Debug("connection ended", "reason", safeCode(end.reason), "err", end.err, "delay", delay)
	s.setConnection(desk.Connection{
		State: s.notYet(), Attempt: s.tally.failures + 1, RetryAt: s.reg.now().Add(delay), Reason: safeCode(end.reason), Text: v.text, Action: v.action,
	})
	s.rest(time.Now().Add(delay), false)
}

// refused waits until the agent decides. The more often that led nowhere, the
// longer a new try takes.
func (s *Session) refused(end *ending, v verdict) {
	s.setConnection(desk.Connection{State: desk.Refused, Reason: safeCode(end.reason), Text: v.text, Action: v.action})
	again := time.Now()
	if n := s.tally.refusals; n > 0 {
		again = again.Add(s.reg.timing.Backoff.Ceiling(n))
	}
	s.rest(time.Time{}, true)
	if wait := time.Until(again); !s.over && wait > 0 {
		s.setConnection(desk.Connection{
			State: s.notYet(), RetryAt: s.reg.now().Add(wait), Reason: safeCode(end.reason), Text: reconnecting,
		})
		s.rest(again, false)
	}
}

// notYet is the state of a session that is not online but will be.
func (s *Session) notYet() desk.State {
	if s.everOn {
		return desk.Reconnecting
	}
	return desk.Connecting
}

// rest serves calls until a time, a nudge or the end.
func (s *Session) rest(until time.Time, forever bool) {
	s.nudged = false
	s.due.rest = until
	s.wake(until)
	for !s.over && !s.nudged && (forever || time.Now().Before(until)) {
		s.guard(s.step)
	}
	s.due.rest, s.nudged = time.Time{}, false
}

// guard runs f and survives its panic.
func (s *Session) guard(f func()) {
	defer func() {
		if p := recover(); p != nil {
			s.reg.panicked("session", p)
		}
	}()
	f()
}

// end makes the session stop; it is over when run returns.
func (s *Session) end(c desk.Connection) {
	if !s.over {
		s.over, s.final = true, c
	}
}

// stop ends the session from outside and waits until it is over.
func (s *Session) stop(c desk.Connection) {
	s.post(func() { s.end(c) })
	<-s.done
}

// finish is the last thing the session's goroutine does.
func (s *Session) finish() {
	s.cancel()
	s.alarm.Stop()
	s.final.Since = s.reg.now()
	s.reg.metrics.State(s.state, "")
	s.log.Info("ended", "reason", s.final.Reason)
	s.reg.forget(s)
	s.guard(s.lookAway)
	s.guard(func() {
		s.board.SetConnection(s.final)
		s.reg.sink.Ended(s.id, s.final)
	})
	close(s.done)
}
