package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Postback presses, or releases, a button of a rich message (v3.6 "Send Rich
// Message Postback"). All buttons with the same postback id move together. The
// push comes for active threads only.
func (e *Engine) Postback(ctx context.Context, by Actor, r protocol.PostbackRequest) error {
	for _, f := range [][2]string{{"chat_id", r.ChatID}, {"thread_id", r.ThreadID}, {"event_id", r.EventID}, {"postback.id", r.Postback.ID}} {
		if err := required(f[0], f[1]); err != nil {
			return err
		}
	}
	if err := checkEcommerce("postback", r.Postback.Extra, true); err != nil {
		return err
	}
	return e.editThread(ctx, by, r.ChatID, r.ThreadID, func(w *work, d *draft, t *store.Thread) error {
		thread, n, ok := splitEventID(r.EventID)
		if !ok || thread != t.ID {
			return notFound("event")
		}
		ev, err := w.Event(t.ID, n)
		if err != nil || ev.Type != protocol.EventRichMessage || ev.Deleted || by.IsCustomer() && ev.Visibility == protocol.VisibilityAgents {
			return notFound("rich message")
		}
		if !press(&ev, by.ID, r.Postback) {
			return notFound("button with this postback id")
		}
		if last, ok := d.LastEvents[ev.Type]; ok && last.Event != nil && last.Event.ID == ev.ID {
			last.Event = &ev
			d.LastEvents[ev.Type] = last
		}
		if t.Active {
			p := protocol.IncomingPostback{UserID: by.ID, ChatID: d.ID, ThreadID: t.ID, EventID: ev.ID, Postback: r.Postback}
			w.push(protocol.PushIncomingPostback, p, w.whoMaySee(d, &ev)...)
			w.push(protocol.PushEventUpdated, protocol.IncomingEvent{ChatID: d.ID, ThreadID: t.ID, Event: ev}, w.whoMaySee(d, &ev)...)
		}
		return w.SetEvent(store.EventRef{ChatID: d.ID, ThreadID: t.ID, N: n}, &ev)
	})
}

// press toggles a user on every button with the postback's id.
func press(ev *protocol.Event, user string, p protocol.Postback) bool {
	found := false
	for i := range ev.Elements {
		for j := range ev.Elements[i].Buttons {
			b := &ev.Elements[i].Buttons[j]
			if b.PostbackID != p.ID {
				continue
			}
			found = true
			at := slices.Index(b.UserIDs, user)
			switch {
			case p.Toggled && at < 0:
				b.UserIDs = append(slices.Clone(b.UserIDs), user)
			case !p.Toggled && at >= 0:
				b.UserIDs = slices.Delete(slices.Clone(b.UserIDs), at, at+1)
			}
		}
	}
	return found
}
