package upstream

import (
	"context"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// writeSend puts a message on the socket.
func (s *Session) writeSend(m *sending) {
	if s.state != desk.Online || s.link == nil {
		m.phase = lost
		return
	}
	if m.writes++; m.writes > maxWrites {
		s.failSend(m, "The chat server takes this message and then does not know of it. Try again later.")
		return
	}
	if isSpooled(m.out.FileURL) {
		s.sendFile(m)
		return
	}
	ev := protocol.Event{Type: protocol.EventMessage, CustomID: m.out.CustomID, Text: m.out.Text, Visibility: visibility(m.out.AgentsOnly)}
	if m.out.FileURL != "" {
		ev.Type, ev.Text, ev.URL = protocol.EventFile, "", m.out.FileURL
	}
	id := s.reg.nextID()
	frame, _, err := s.reg.encode(id, protocol.ActSendEvent, protocol.SendEventRequest{ChatID: m.out.ChatID, Event: ev})
	if err != nil {
		s.failSend(m, "This message cannot be sent.")
		return
	}
	m.phase, m.due = flying, time.Time{}
	s.submit(&request{id: id, frame: frame, late: m, finish: func(p jsontext.Value, err error) { s.answerSend(m, p, err) }})
}

func visibility(agentsOnly bool) string {
	if agentsOnly {
		return protocol.VisibilityAgents
	}
	return protocol.VisibilityAll
}

// answerSend takes the answer to a message, or that there was none.
func (s *Session) answerSend(m *sending, payload jsontext.Value, err error) {
	if s.sends[m.out.CustomID] != m || m.phase != flying {
		return // its push came first
	}
	switch {
	case err == nil:
		s.accepted(m, payload)
	case unknownOutcome(err):
		m.phase = lost
		if s.link != nil && s.state == desk.Online {
			s.lookUp([]*sending{m})
		}
	default:
		s.failSend(m, s.refusal(m, err))
	}
}

// refusal says why a message was refused. Before 3.2 there is no type of its own
// for a chat that is closed (api guide, section 1).
func (s *Session) refusal(m *sending, err error) string {
	if s.reg.dialect.Version < version.V32 && wireType(err) == protocol.ErrValidation && s.board.Closed(m.out.ChatID) {
		return meanings[protocol.ErrChatInactive].text
	}
	return desk.TextOf(err)
}

// lateAnswer takes an answer whose time was up already. It cannot bring back a
// message that is done; it can only end a doubt.
func (s *Session) lateAnswer(m *sending, r *reply) {
	switch {
	case s.sends[m.out.CustomID] != m || m.phase == echoing:
	case r.err == nil:
		s.accepted(m, r.payload)
	case (m.phase == lost || m.phase == looking) && !unknownOutcome(r.err):
		s.failSend(m, s.refusal(m, r.err))
	}
}

// accepted is the server's yes. The message stays on the board until its event
// comes, so that it does not vanish in between.
func (s *Session) accepted(m *sending, payload jsontext.Value) {
	var res protocol.SendEventResponse // empty of send_file, which does not name the event
	if err := s.reg.decode(version.Message{Action: protocol.ActSendEvent}, payload, &res); err == nil {
		m.event = res.EventID
	}
	s.unstore(m)
	event, ok := s.board.FindCustom(m.out.ChatID, m.out.CustomID)
	if !ok && m.event != "" {
		_, ok = s.board.Event(m.out.ChatID, m.event) // a server that does not keep custom ids
		event = m.event
	}
	if ok {
		m.event = event
		s.doneSend(m)
		return
	}
	m.phase, m.due = echoing, time.Now().Add(s.reg.timing.Echo)
	if m.out.State != desk.Sending {
		m.out.State, m.out.Reason = desk.Sending, ""
		s.publish(s.board.SetOutgoing(m.out))
	}
	s.wake(m.due)
	s.flush(m.out.ChatID)
}

// sawEvent ends the way of a message whose event is here.
func (s *Session) sawEvent(chatID string, e *desk.Event) {
	if e.AuthorID != s.id || len(s.sends) == 0 {
		return
	}
	if e.CustomID == "" {
		for _, m := range s.sends {
			if m.event == e.ID && m.phase == echoing {
				s.doneSend(m)
				return
			}
		}
	}
	if m := s.sends[e.CustomID]; m != nil && m.out.ChatID == chatID && m.phase != saving {
		m.event = e.ID
		s.doneSend(m)
	}
}

// doneSend forgets a message that was sent.
func (s *Session) doneSend(m *sending) {
	s.sent.add(m.out, m.event)
	s.unstore(m)
	s.forgetSend(m)
	s.publish(s.board.DropOutgoing(m.out.ChatID, m.out.CustomID))
	s.flush(m.out.ChatID)
}

func (s *Session) forgetSend(m *sending) {
	if s.sends[m.out.CustomID] == m {
		delete(s.sends, m.out.CustomID)
		s.reg.spool.remove(m.out.FileURL)
	}
}

// failSend leaves the decision to the agent.
func (s *Session) failSend(m *sending, reason string) {
	m.phase, m.due, m.decided = failed, time.Time{}, false
	m.out.State, m.out.Reason = desk.Failed, reason
	s.publish(s.board.SetOutgoing(m.out))
	s.store("update", func(ctx context.Context) error {
		return s.reg.outbox.Update(ctx, s.id, m.out.CustomID, desk.Failed, reason)
	})
	s.flush(m.out.ChatID)
}

// unstore deletes a message's row, once.
func (s *Session) unstore(m *sending) {
	if !m.stored {
		return
	}
	m.stored = false
	id := m.out.CustomID
	s.store("delete", func(ctx context.Context) error { return s.reg.outbox.Delete(ctx, s.id, id) })
}

// store writes to the outbox in the background, in order. What is lost here is
// found again by the lookup after the next start.
func (s *Session) store(what string, do func(ctx context.Context) error) {
	s.stores.add(func() {
		ctx, cancel := context.WithTimeout(context.Background(), saveFor)
		defer cancel()
		if err := do(ctx); err != nil {
			s.log.Error("outbox", "action", what, "err", err)
		}
	}, s.reg.start)
}
