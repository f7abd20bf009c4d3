package engine

import (
	"context"
	"errors"
	"slices"
	"time"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// Bulk deletions are cut into transactions of dropBatch threads; the retention
// rule deletes dropMost in one go and goes on at its next turn.
const (
	dropBatch = 200
	dropMost  = 2000
)

// mayDrop holds who may delete conversations: the server itself, and agents who
// may change every chat.
func mayDrop(by Actor) error {
	if by.Kind == "" || by.IsAgent() && by.Scopes.Any("chats--all:rw") {
		return nil
	}
	return protocol.Fail(protocol.ErrAuthorization, "You may not delete conversations.")
}

// DeleteThread deletes a closed thread for good.
func (e *Engine) DeleteThread(ctx context.Context, by Actor, r protocol.ThreadRequest) error {
	if err := required("chat_id", r.ChatID); err != nil {
		return err
	}
	if err := required("thread_id", r.ThreadID); err != nil {
		return err
	}
	if err := mayDrop(by); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		d, err := w.chat(r.ChatID)
		if err != nil {
			return err
		}
		t, err := e.store.Thread(ctx, r.ThreadID)
		if errors.Is(err, store.ErrNotFound) || err == nil && t.ChatID != d.ID {
			return notFound("thread")
		}
		if err != nil {
			return err
		}
		if t.Active {
			return invalid("thread_id", "names an active thread")
		}
		w.push(protocol.PushThreadDeleted, protocol.ThreadRequest{ChatID: d.ID, ThreadID: t.ID}, e.watchers(d.Chat))
		w.sweepAfter()
		return w.dropThread(d, t)
	})
}

// sweepAfter deletes the files that only what is deleted here used.
func (w *work) sweepAfter() {
	w.after = append(w.after, func() { w.e.sweepFiles(w.ctx, w.e.now()) })
}

// dropThread deletes a thread and lets the chat end with the one before it.
func (w *work) dropThread(d *draft, t *store.Thread) error {
	if err := w.DropThread(t); err != nil {
		return err
	}
	newest, err := w.NewestThread(d.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		d.Thread, d.SortAt = nil, int64(d.CreatedAt)
	case err != nil:
		return err
	case d.Thread.ID == t.ID:
		d.Thread, d.SortAt = newest, newest.Seq
	default:
		d.Thread.PrevID = newest.PrevID
	}
	for typ, l := range d.LastEvents {
		if l.ThreadID == t.ID {
			delete(d.LastEvents, typ)
		}
	}
	events, err := w.newestEvents(d)
	for i := range slices.Backward(events) {
		ev := &events[i]
		if _, have := d.LastEvents[ev.Type]; !have {
			if d.LastEvents == nil {
				d.LastEvents = map[string]protocol.LastEvent{}
			}
			d.LastEvents[ev.Type] = protocol.LastEvent{ThreadID: d.Thread.ID, ThreadCreatedAt: d.Thread.CreatedAt, Event: ev}
		}
	}
	return err
}

// DeleteThreads deletes all closed threads of some time, some tag or both, for
// good. They are told with one push.
func (e *Engine) DeleteThreads(ctx context.Context, by Actor, r protocol.ThreadsDeleted) error {
	if r.DateFrom == 0 && r.DateTo == 0 && r.Tag == "" {
		return invalid("date_from", "or date_to or tag is required")
	}
	if r.DateFrom != 0 && r.DateTo != 0 && r.DateFrom > r.DateTo {
		return invalid("date_to", "lies before date_from")
	}
	if err := mayDrop(by); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.dropThreads(ctx, by, r, -1)
}

// dropThreads deletes at most so many threads; -1 is all. mu is held.
func (e *Engine) dropThreads(ctx context.Context, by Actor, r protocol.ThreadsDeleted, most int) error {
	dropped, after := 0, int64(0)
	for most < 0 || dropped < most {
		list, err := e.store.ClosedThreads(ctx, r.DateFrom, r.DateTo, after, dropBatch)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		after = list[len(list)-1].Seq
		list = slices.DeleteFunc(list, func(t *store.Thread) bool { return r.Tag != "" && !slices.Contains(t.Tags, r.Tag) })
		if len(list) == 0 {
			continue
		}
		if err := e.changeLocked(ctx, by, func(w *work) error { return w.dropAll(list) }); err != nil {
			return err
		}
		dropped += len(list)
	}
	if dropped > 0 {
		e.announce(by, func(w *work) { w.push(protocol.PushThreadsDeleted, r, e.everyAgent("chats--access:ro")) })
	}
	return nil
}

func (w *work) dropAll(list []*store.Thread) error {
	w.sweepAfter()
	for _, t := range list {
		d, err := w.chat(t.ChatID)
		if err != nil {
			return err
		}
		if err := w.dropThread(d, t); err != nil {
			return err
		}
	}
	return nil
}

// DeleteChat deletes an inactive chat with all its threads for good.
func (e *Engine) DeleteChat(ctx context.Context, by Actor, chatID string) error {
	if err := required("chat_id", chatID); err != nil {
		return err
	}
	if err := mayDrop(by); err != nil {
		return err
	}
	return e.change(ctx, by, func(w *work) error {
		c, err := e.chatNow(ctx, chatID)
		if err != nil {
			return err
		}
		if c.Active {
			return invalid("chat_id", "names an active chat")
		}
		w.push(protocol.PushChatDeleted, protocol.ChatRef{ChatID: c.ID}, e.watchers(c))
		w.sweepAfter()
		return w.DropChat(c.ID)
	})
}

// retire deletes the threads that are older than Settings.Retention. mu is held.
func (e *Engine) retire(ctx context.Context, now time.Time) {
	if e.set.Retention <= 0 {
		return
	}
	err := e.dropThreads(ctx, Actor{}, protocol.ThreadsDeleted{DateTo: protocol.At(now.Add(-e.set.Retention))}, dropMost)
	if err != nil {
		e.log.Error("old threads could not be deleted", "err", err)
	}
}
