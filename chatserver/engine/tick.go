package engine

import (
	"context"
	"time"

	"agentdesk/chatserver/store"
)

// sweepEvery is how often old uploads and tokens are cleared away.
const sweepEvery = 10 * time.Minute

// Tick does what is due now. Run calls it every second.
func (e *Engine) Tick(ctx context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.now()
	e.expireSessions(now)
	for id, p := range e.agents {
		if !p.online() && !p.leftAt.IsZero() && now.Sub(p.leftAt) >= e.set.OfflineGrace {
			if p.cause == "" {
				p.cause = EndLost
			}
			e.goOffline(ctx, id)
		}
	}
	e.keepHours(ctx, now)
	e.idle(ctx, now)
	if now.After(e.refresh) {
		e.refresh, e.requeue = now.Add(e.set.QueueRefresh), true
	}
	e.settle(ctx)
	if now.After(e.sweep) {
		e.sweep = now.Add(sweepEvery)
		e.forgetCustomers()
		e.sweepFiles(ctx, now)
		e.retire(ctx, now)
	}
}

// idle archives chats nobody writes in and moves those an agent leaves
// unanswered. mu is held.
func (e *Engine) idle(ctx context.Context, now time.Time) {
	for _, c := range e.live {
		t := c.Thread
		if t == nil || c.CustomerID == "" || t.QueuedAt != 0 && e.waitsRightly(c) {
			continue
		}
		last := max(t.CreatedAt, t.AgentLast, t.CustomerLast, t.AssignedAt)
		var err error
		switch {
		case now.Sub(last.Time()) >= e.set.IdleAfter && !e.waitsForAnswer(c):
			err = e.changeLocked(ctx, Actor{}, func(w *work) error {
				d, err := w.chat(c.ID)
				if err != nil {
					return err
				}
				return w.close(d, sysArchivedInactive, "The chat was closed because nobody wrote for a while", nil)
			})
		case t.QueuedAt == 0 && unanswered(t, now, e.set.UnansweredAfter):
			err = e.moveUnanswered(ctx, c)
		}
		if err != nil {
			e.log.Error("an idle chat could not be handled", "chat", c.ID, "err", err)
		}
	}
}

// waitsForAnswer reports whether the customer wrote last and is still here: such
// a chat is not closed, however slow the agent is.
func (e *Engine) waitsForAnswer(c *store.Chat) bool {
	return c.Thread.CustomerLast > c.Thread.AgentLast && e.visitors[c.CustomerID] != nil
}

// waitsRightly reports whether a waiting chat has somebody to wait for it: its
// customer is here, or left a message to be answered whenever it can be.
func (e *Engine) waitsRightly(c *store.Chat) bool {
	return e.visitors[c.CustomerID] != nil || string(c.Properties["routing"]["continuous"]) == "true"
}

// unanswered reports whether the customer has waited for the agent too long.
func unanswered(t *store.Thread, now time.Time, limit time.Duration) bool {
	since := max(t.CustomerLast, t.AssignedAt)
	return t.CustomerLast > t.AgentLast && now.Sub(since.Time()) >= limit
}

// moveUnanswered gives the chat to an agent who has not had it yet; where nobody
// like that is free it stays.
func (e *Engine) moveUnanswered(ctx context.Context, c *store.Chat) error {
	if e.pick(c.Thread.GroupID, c.Thread.AgentIDs...) == "" {
		return nil // asked every second: no transaction for nothing
	}
	return e.changeLocked(ctx, Actor{}, func(w *work) error {
		d, err := w.chat(c.ID)
		if err != nil {
			return err
		}
		return w.reassign(d, w.visibleAgents(d), "inactive", movedInactive)
	})
}

// forgetCustomers drops the customers that neither chat nor visit from memory.
func (e *Engine) forgetCustomers() {
	e.view.Lock()
	defer e.view.Unlock()
	keep := map[string]bool{}
	for _, c := range e.live {
		keep[c.CustomerID] = true
	}
	for id := range e.visitors {
		keep[id] = true
	}
	for id := range e.customers {
		if !keep[id] {
			delete(e.customers, id)
		}
	}
}
