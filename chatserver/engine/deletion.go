package engine

import (
	"context"
	"errors"
	"maps"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// DeleteEvent takes back what was said (Customer Chat API v3.6 "Delete Event").
// A customer may delete his own events, an agent his own and with
// chats--all:rw any, the server any. The event stays where it was: see shown.
func (e *Engine) DeleteEvent(ctx context.Context, by Actor, r protocol.EventRef) error {
	for _, f := range [][2]string{{"chat_id", r.ChatID}, {"thread_id", r.ThreadID}, {"event_id", r.EventID}} {
		if err := required(f[0], f[1]); err != nil {
			return err
		}
	}
	return e.editThread(ctx, by, r.ChatID, r.ThreadID, func(w *work, d *draft, t *store.Thread) error {
		thread, n, ok := splitEventID(r.EventID)
		if !ok || thread != t.ID {
			return notFound("event")
		}
		ev, err := w.Event(t.ID, n)
		if errors.Is(err, store.ErrNotFound) || err == nil && by.IsCustomer() && ev.Visibility == protocol.VisibilityAgents {
			return notFound("event")
		}
		if err != nil {
			return err
		}
		if by.Kind != "" && ev.AuthorID != by.ID && !by.Scopes.Any("chats--all:rw") {
			return protocol.Fail(protocol.ErrAuthorization, "The event is another user's.")
		}
		if ev.Deleted {
			return errUnchanged
		}
		ev.Deleted = true
		if last, ok := d.LastEvents[ev.Type]; ok && last.Event != nil && last.Event.ID == ev.ID {
			last.Event = &ev
			d.LastEvents[ev.Type] = last
		}
		if err := w.SetEvent(store.EventRef{ChatID: d.ID, ThreadID: t.ID, N: n}, &ev); err != nil {
			return err
		}
		w.push(protocol.PushEventDeleted, protocol.EventRef{ChatID: d.ID, ThreadID: t.ID, EventID: ev.ID}, w.whoMaySee(d, &ev)...)
		return nil
	})
}

// seesDeleted reports whether a user reads deleted events as they were: those
// who administer the license do (api guide, section 10).
func (e *Engine) seesDeleted(viewer string) bool {
	a := e.dir.Load().agents[viewer]
	return a != nil && (a.Role == "owner" || a.Role == "viceowner" || a.Role == "administrator")
}

// shown are events as a user may read them: deleted ones without what they said,
// but for administrators.
func (e *Engine) shown(events []protocol.Event, viewer string) []protocol.Event {
	gone := func(ev protocol.Event) bool { return ev.Deleted }
	if !slices.ContainsFunc(events, gone) || e.seesDeleted(viewer) {
		return events
	}
	out := slices.Clone(events)
	for i := range out {
		if out[i].Deleted {
			out[i] = protocol.DeletedEvent(out[i])
		}
	}
	return out
}

// shownLast is shown for the newest events of a chat.
func (e *Engine) shownLast(last map[string]protocol.LastEvent, viewer string) map[string]protocol.LastEvent {
	var out map[string]protocol.LastEvent // a copy, where one is needed
	for typ, l := range last {
		if l.Event == nil || !l.Event.Deleted || e.seesDeleted(viewer) {
			continue
		}
		if out == nil {
			out = maps.Clone(last)
		}
		ev := protocol.DeletedEvent(*l.Event)
		l.Event = &ev
		out[typ] = l
	}
	if out == nil {
		return last
	}
	return out
}
