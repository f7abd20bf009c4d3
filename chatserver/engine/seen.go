package engine

import (
	"context"

	"agentdesk/protocol"
)

// MarkSeen moves the requester's mark of what was read, never back (v3.6 "Mark
// Events As Seen"). An agent who is not in the chat has no mark: nothing
// happens.
func (e *Engine) MarkSeen(ctx context.Context, by Actor, r protocol.SeenRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if r.SeenUpTo == 0 {
		return invalid("seen_up_to", "is required")
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(r.ChatID)
		if err != nil {
			return err
		}
		if err := e.mayRead(by, d.Chat); err != nil {
			return err
		}
		m := member(d.Chat, by.ID)
		if m == nil || m.SeenUpTo >= r.SeenUpTo {
			return errUnchanged
		}
		m.SeenUpTo = min(r.SeenUpTo, protocol.At(e.now())+1)
		p := protocol.EventsMarkedAsSeen{UserID: by.ID, ChatID: d.ID, SeenUpTo: m.SeenUpTo}
		if m.Visibility == protocol.VisibilityAgents {
			w.push(protocol.PushEventsMarkedAsSeen, p, e.watchers(d.Chat))
		} else {
			w.push(protocol.PushEventsMarkedAsSeen, p, e.watchers(d.Chat), e.guests(d.Chat))
		}
		return nil
	})
}
