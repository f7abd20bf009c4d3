package upstream

import (
	"context"
	"errors"
	"slices"
	"time"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// Bounds of a lookup. Clocks of the two sides may differ by skew.
const (
	skew        = 10 * time.Minute
	lookPages   = 5
	lookThreads = 10 // per page
	lookAgain   = 5 * time.Second
)

// restore takes over the rows that the last run of this program left.
func (s *Session) restore(rows []desk.Outgoing) {
	for _, o := range rows {
		if s.sends[o.CustomID] != nil {
			continue
		}
		m := &sending{out: o, phase: lost, saved: make(chan struct{}), stored: true}
		close(m.saved)
		if o.State == desk.Failed {
			m.phase = failed
		}
		s.sends[o.CustomID] = m
		s.board.SetOutgoing(o)
	}
}

// settleSends ends the way of all messages whose events are on the board.
func (s *Session) settleSends() {
	for _, m := range s.sends {
		if event, ok := s.board.FindCustom(m.out.ChatID, m.out.CustomID); ok && m.phase != saving {
			m.event = event
			s.doneSend(m)
		}
	}
}

// resolveSends is called once online again: what was accepted is done, and what
// is in doubt is looked up, oldest first.
func (s *Session) resolveSends() {
	var list []*sending
	for _, m := range s.sends {
		switch m.phase {
		case echoing:
			s.doneSend(m)
		case lost, looking:
			list = append(list, m)
		}
	}
	s.lookUp(list)
}

// lookUp finds out in the background what became of messages.
func (s *Session) lookUp(list []*sending) {
	if len(list) == 0 {
		return
	}
	slices.SortFunc(list, byAge)
	on := s.link
	for _, m := range list {
		m.phase, m.due, m.on = looking, time.Time{}, on
	}
	outs := make([]desk.Outgoing, len(list))
	for i, m := range list {
		outs[i] = m.out
	}
	s.reg.start(func() {
		for i, m := range list {
			event, err := s.find(on, outs[i])
			s.post(func() { s.found(on, m, event, err) })
			if errors.Is(err, errLost) {
				return
			}
		}
	})
}

// find looks for a message in its chat: in the newest thread, and in those
// before where the newest began after it was written.
func (s *Session) find(on *link, o desk.Outgoing) (event string, err error) {
	gone := true
	s.post(func() {
		if gone = on != s.link; !gone {
			s.watch(o.ChatID)
		}
	})
	if gone {
		return "", errLost
	}
	c, err := s.fetch(s.ctx, on, o.ChatID)
	if err != nil {
		return "", err
	}
	if event = s.findIn(c.Thread.Events, o.CustomID); event != "" || !c.Thread.CreatedAt.After(o.At.Add(-skew)) {
		return event, nil
	}
	err = s.olderThreads(s.ctx, on, o.ChatID, func(t *protocol.Thread) bool {
		event = s.findIn(events(t.Events), o.CustomID)
		return event != "" || t.CreatedAt.Time().Before(o.At.Add(-skew))
	})
	return event, err
}

func (s *Session) findIn(list []desk.Event, custom string) string {
	for i := range list {
		if list[i].CustomID == custom && list[i].AuthorID == s.id {
			return list[i].ID
		}
	}
	return ""
}

// found takes the outcome of a lookup.
func (s *Session) found(on *link, m *sending, event string, err error) {
	if s.sends[m.out.CustomID] != m || m.phase != looking || m.on != on {
		return // its push or a late answer came meanwhile
	}
	switch {
	case on != s.link:
		m.phase = lost // the next connection looks again
	case event != "":
		m.event = event
		s.doneSend(m)
	case errors.Is(err, errSilent) || wireType(err) == "" && desk.CodeOf(err) == desk.Timeout:
		// Nothing is answered any more: only a new connection can tell.
		m.phase = lost
		on.kill(&ending{reasonSilent, err})
	case err != nil && (wireType(err) == "" || transient(err)):
		m.phase, m.due = lost, time.Now().Add(lookAgain)
		s.wake(m.due)
	case err != nil:
		s.failSend(m, desk.TextOf(err))
	case m.decided || s.reg.now().Sub(m.out.At) < s.reg.timing.Fresh:
		s.writeSend(m)
		s.flush(m.out.ChatID)
	default:
		s.failSend(m, "The connection was lost before this message was sent. Send it now, or discard it?")
	}
}

// dueSends looks after messages whose event did not come, and looks up again
// what could not be looked up.
func (s *Session) dueSends(now time.Time) {
	var again []*sending
	for _, m := range s.sends {
		switch {
		case m.due.IsZero():
		case m.due.After(now):
			s.wake(m.due)
		case m.phase == echoing && m.echoes == 0 && s.state == desk.Online:
			m.echoes++
			m.due = now.Add(s.reg.timing.Echo)
			s.wake(m.due)
			s.reload(m.out.ChatID)
		case m.phase == echoing:
			s.doneSend(m)
		case m.phase == lost && s.state == desk.Online:
			again = append(again, m)
		}
	}
	s.lookUp(again)
}

// retry sends a failed message, because the agent wants it so. It too is looked
// up first.
func (s *Session) retry(ctx context.Context, c desk.Retry) (desk.Result, error) {
	var no error
	var m *sending
	if err := s.do(ctx, func() { m, no = s.failedOne(c.ChatID, c.CustomID) }); err != nil || no != nil {
		return desk.Result{}, errors.Join(err, no)
	}
	if err := s.reg.outbox.Update(ctx, s.id, c.CustomID, desk.Sending, ""); err != nil {
		return desk.Result{}, desk.Wrap(desk.Unavailable, "This could not be saved, so the message was not sent. Try again.", err)
	}
	err := s.do(context.WithoutCancel(ctx), func() {
		if s.sends[c.CustomID] != m || m.phase != failed {
			return
		}
		if no = s.offline(); no != nil {
			s.failSend(m, m.out.Reason)
			return
		}
		m.out.State, m.out.Reason, m.decided, m.writes = desk.Sending, "", true, 0
		s.publish(s.board.SetOutgoing(m.out))
		s.lookUp([]*sending{m})
	})
	if err == nil {
		err = no
	}
	return desk.Result{ChatID: c.ChatID}, err
}

// discard forgets a failed message.
func (s *Session) discard(ctx context.Context, c desk.Discard) (desk.Result, error) {
	var no error
	var m *sending
	if err := s.do(ctx, func() { m, no = s.failedOne(c.ChatID, c.CustomID) }); err != nil || no != nil {
		return desk.Result{}, errors.Join(err, no)
	}
	if err := s.reg.outbox.Delete(ctx, s.id, c.CustomID); err != nil {
		return desk.Result{}, desk.Wrap(desk.Unavailable, "This message could not be discarded. Try again.", err)
	}
	err := s.do(context.WithoutCancel(ctx), func() {
		if s.sends[c.CustomID] == m && m.phase == failed {
			m.stored = false
			s.forgetSend(m)
			s.publish(s.board.DropOutgoing(c.ChatID, c.CustomID))
		}
	})
	return desk.Result{ChatID: c.ChatID}, err
}

// failedOne finds a message that waits for the agent's decision.
func (s *Session) failedOne(chatID, custom string) (*sending, error) {
	m := s.sends[custom]
	switch {
	case m == nil || m.out.ChatID != chatID:
		return nil, desk.Fail(desk.NotFound, "This message is no longer waiting: it was sent or discarded.")
	case m.phase != failed:
		return nil, desk.Fail(desk.Conflict, "This message is being sent right now.")
	}
	return m, nil
}
