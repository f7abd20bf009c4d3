package engine

import (
	"context"
	"errors"
	"maps"
	"slices"

	"agentdesk/chatserver/store"
)

// errUnchanged ends a change that turned out to change nothing: no commit, no
// pushes, no error for the caller.
var errUnchanged = errors.New("engine: unchanged")

// work is one change: a transaction, the records it has taken out, and the
// pushes that leave once it is on disk.
type work struct {
	*store.Tx
	e         *Engine
	ctx       context.Context
	by        Actor
	chats     map[string]*draft
	customers map[string]*store.Customer
	outbox    []delivery
	after     []func() // runs after the pushes, with mu held
	directory bool     // the directory changed and must be read anew
	regroups  bool     // agents changed groups: who sees which customer is told after
}

// draft is a copy of a chat that a change edits.
type draft struct {
	*store.Chat
	was     *store.Chat // nil: the chat is new
	regroup bool        // access changed
	archive bool        // the newest thread was closed, or a closed one changed
}

// change runs fn as the only writer. What fn did to drafts is written and
// committed first, then published to readers, then pushed.
func (e *Engine) change(ctx context.Context, by Actor, fn func(*work) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if err := e.changeLocked(ctx, by, fn); err != nil {
		return err
	}
	e.settle(ctx)
	return nil
}

// settle draws the conclusions of a change: free agents get waiting chats, and
// those who wait learn their place. mu is held.
func (e *Engine) settle(ctx context.Context) {
	if !e.requeue {
		return // nobody came, left, or changed place
	}
	e.route(ctx)
	e.tellQueue()
	e.tellGroups()
}

// changeLocked is change for callers that hold mu.
func (e *Engine) changeLocked(ctx context.Context, by Actor, fn func(*work) error) error {
	w := &work{e: e, ctx: ctx, by: by, chats: map[string]*draft{}, customers: map[string]*store.Customer{}}
	err := e.store.Update(ctx, func(t *store.Tx) error {
		w.Tx = t
		if err := fn(w); err != nil {
			return err
		}
		return w.save()
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	if err != nil {
		return err
	}
	if w.directory {
		if err := e.loadDirectory(ctx); err != nil {
			return err
		}
	}
	seen := w.sights()
	w.tellStatistics()
	w.publish()
	w.tellSights(seen)
	w.send()
	for _, fn := range w.after {
		fn()
	}
	return nil
}

// chat takes a chat out for editing.
func (w *work) chat(id string) (*draft, error) {
	if d := w.chats[id]; d != nil {
		return d, nil
	}
	c, err := w.e.chatNow(w.ctx, id)
	if err != nil {
		return nil, err
	}
	d := w.adopt(cloneChat(c))
	d.was = c
	return d, nil
}

func (w *work) adopt(c *store.Chat) *draft {
	d := &draft{Chat: c}
	w.chats[c.ID] = d
	return d
}

// customer takes a customer out for editing; the change is written with it.
func (w *work) customer(id string) (*store.Customer, error) {
	if c := w.customers[id]; c != nil {
		return c, nil
	}
	c, err := w.e.customerNow(w.ctx, id)
	if err != nil {
		return nil, err
	}
	copied := *c
	w.customers[id] = &copied
	return &copied, nil
}

func (w *work) save() error {
	for _, c := range w.customers {
		if err := w.PutCustomer(*c); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.chats)) {
		if err := w.saveChat(w.chats[id]); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) saveChat(d *draft) error {
	if d.regroup {
		w.releaseFollowers(d)
	}
	if err := w.PutChat(d.Chat); err != nil {
		return err
	}
	if d.regroup || d.relisted() {
		if err := w.IndexChat(d.Chat); err != nil {
			return err
		}
	}
	if d.Thread == nil {
		return nil
	}
	if err := w.PutThread(d.Thread); err != nil {
		return err
	}
	if d.archive {
		return w.rearchive(d, d.Thread)
	}
	return nil
}

// relisted reports whether a chat is listed by something else than before.
func (d *draft) relisted() bool {
	was := d.was
	return was == nil || was.Active != d.Active || was.SortAt != d.SortAt || (was.Thread == nil) != (d.Thread == nil) ||
		!sameMembers(was.Users, d.Users) || !sameProperties(was.Properties, d.Properties)
}

// rearchive makes a closed thread findable by what it is now.
func (w *work) rearchive(d *draft, t *store.Thread) error {
	words := ""
	if c, err := w.e.customerNow(w.ctx, d.CustomerID); err == nil {
		words = c.Words()
	}
	return w.ArchiveThread(t, d.Properties, words)
}

// publish lets readers see the change.
func (w *work) publish() {
	w.e.view.Lock()
	defer w.e.view.Unlock()
	for id, c := range w.customers {
		w.e.customers[id] = c
	}
	for id, d := range w.chats {
		w.e.track(id, d.Chat)
	}
}
