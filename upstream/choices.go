package upstream

import (
	"context"
	"strings"

	"agentdesk/desk"
	"agentdesk/protocol"
)

// choose changes what the agent chose for this desk.
func (s *Session) choose(change func(*desk.Choices)) {
	now := s.board.Me().Choices
	change(&now)
	s.apply(desk.ChoicesSet{Choices: now})
	s.keepMe()
}

func (s *Session) setPreview(ctx context.Context, c desk.SetPreview) error {
	if c.On && !s.reg.dialect.can().Preview {
		return errTooOld
	}
	return s.do(ctx, func() {
		s.used()
		s.choose(func(now *desk.Choices) { now.Preview = c.On })
	})
}

// errPreviewOff answers a tab that does not know yet what was chosen in another.
var errPreviewOff = desk.Fail(desk.Conflict, "Customers are not shown what you write: it is off in your menu.")

// showPreview shows the customer what is being written (v3.6 "Send Event Preview").
// Blank text is no event; that the agent stopped typing ends an older draft.
// Much going on, it is left out, as typing is.
func (s *Session) showPreview(ctx context.Context, c desk.ShowPreview) error {
	if !s.reg.dialect.can().Preview {
		return errTooOld
	}
	var on, busy bool
	if err := s.do(ctx, func() { on, busy = s.board.Me().Preview, s.busy() }); err != nil {
		return err
	}
	switch {
	case !on:
		return errPreviewOff
	case busy || strings.TrimSpace(c.Text) == "":
		return nil
	}
	return s.command(ctx, protocol.ActSendEventPreview, protocol.EventPreviewRequest{
		ChatID: c.ChatID, Event: protocol.Event{Type: protocol.EventMessage, Text: c.Text, Visibility: protocol.VisibilityAll},
	}, nil)
}

// busy reports whether so much waits to be written that what shows for a moment
// only is left out.
func (s *Session) busy() bool {
	return len(s.queue) > 0 || s.link != nil && s.link.writes.size() > maxFlight/2
}
