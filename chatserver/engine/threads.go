package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// GetChat reads a chat with one thread, the newest by default (v3.6 "Get Chat").
// An agent needs access to the thread itself.
func (e *Engine) GetChat(ctx context.Context, by Actor, r protocol.GetChatRequest) (protocol.Chat, error) {
	if err := required("chat_id", r.ChatID); err != nil {
		return protocol.Chat{}, err
	}
	c, err := e.chatNow(ctx, r.ChatID)
	if err != nil {
		return protocol.Chat{}, err
	}
	t := c.Thread
	if r.ThreadID != "" && (t == nil || t.ID != r.ThreadID) {
		if t, err = e.store.Thread(ctx, r.ThreadID); err == store.ErrNotFound || err == nil && t.ChatID != c.ID {
			return protocol.Chat{}, notFound("thread")
		} else if err != nil {
			return protocol.Chat{}, err
		}
	}
	if err := e.mayReadThread(by, c, t); err != nil {
		return protocol.Chat{}, err
	}
	var events []protocol.Event
	if t != nil {
		if events, err = e.store.Events(ctx, t.ID); err != nil {
			return protocol.Chat{}, err
		}
	}
	find, err := e.peopleOf(ctx, []string{c.CustomerID})
	if err != nil {
		return protocol.Chat{}, err
	}
	v := e.chatView(c, t, events, by.ID, find)
	if by.IsCustomer() {
		v = forCustomer(v)
	}
	return v, nil
}

// mayReadThread lets an agent read a thread by access to the chat, to the
// thread, or by having taken part in it.
func (e *Engine) mayReadThread(by Actor, c *store.Chat, t *store.Thread) error {
	err := e.mayRead(by, c)
	if err == nil || t == nil || !by.IsAgent() || !by.Scopes.Any("chats--access:ro") {
		return err
	}
	a := e.dir.Load().agents[by.ID]
	if a != nil && (reaches(a.Groups, t.Access) || slices.Contains(t.AgentIDs, by.ID)) {
		return nil
	}
	return err
}

// ListThreads pages through a chat's threads with their events (v3.6 "List
// Threads").
func (e *Engine) ListThreads(ctx context.Context, by Actor, r protocol.ListThreadsRequest) (protocol.ListThreadsResponse, error) {
	out := protocol.ListThreadsResponse{Threads: []protocol.Thread{}}
	if err := required("chat_id", r.ChatID); err != nil {
		return out, err
	}
	c, err := e.chatNow(ctx, r.ChatID)
	if err != nil {
		return out, err
	}
	if err := e.mayRead(by, c); err != nil {
		return out, err
	}
	q, at, err := e.threadQuery(r)
	if err != nil {
		return out, err
	}
	page, found, err := e.store.Threads(ctx, q)
	if err != nil {
		return out, err
	}
	if err := e.fillThreads(ctx, by, c, at.Request.MinEvents, &page, &out); err != nil {
		return out, err
	}
	out.FoundThreads = found
	out.NextPageID, out.PreviousPageID = pages(at, e.now(), page, func(t *store.Thread) int64 { return t.Seq })
	return out, nil
}

// fillThreads reads the events of a page, until there are enough where a number
// of events was asked for.
func (e *Engine) fillThreads(ctx context.Context, by Actor, c *store.Chat, enough int, page *store.Page[*store.Thread], out *protocol.ListThreadsResponse) error {
	n := 0
	for i, t := range page.Rows {
		events, err := e.store.Events(ctx, t.ID)
		if err != nil {
			return err
		}
		v := e.withQueue(threadView(t), t)
		if setEvents(v, e.shown(events, by.ID)); by.IsCustomer() {
			*v = guestThread(*v, e.usersView(c, func(string) *store.Customer { return nil }))
		}
		out.Threads = append(out.Threads, *v)
		if n += len(v.Events); enough > 0 && n >= enough && i < len(page.Rows)-1 {
			page.Rows, page.HasNext = page.Rows[:i+1], true
			return nil
		}
	}
	return nil
}

// threadQuery checks a request; the cursor returned says where its page begins.
func (e *Engine) threadQuery(r protocol.ListThreadsRequest) (store.ThreadQuery, cursor[protocol.ListThreadsRequest], error) {
	q := store.ThreadQuery{ChatID: r.ChatID}
	at, err := begin(e, "threads", r, r.PageID, r.Filters == nil && r.SortOrder == "" && r.Limit == 0 && r.MinEvents == 0,
		"filters, sort_order, limit or min_events_count")
	if err != nil {
		return q, at, err
	}
	if at.Request.ChatID != r.ChatID {
		return q, at, invalid("page_id", "belongs to another chat")
	}
	r = at.Request
	def := 3
	switch {
	case r.MinEvents != 0 && (r.Limit != 0 || r.Filters != nil):
		return q, at, invalid("min_events_count", "cannot be combined with limit or filters")
	case r.MinEvents < 0 || r.MinEvents > maxPage:
		return q, at, invalid("min_events_count", "must be from 1 to 100")
	case r.MinEvents > 0:
		def = maxPage // a thread may have no events at all
	}
	q.Window, err = window(r.SortOrder, r.Limit, def)
	q.Bound, q.Back = at.Bound, at.Back
	if r.Filters != nil {
		q.From, q.To = r.Filters.From, r.Filters.To
	}
	return q, at, err
}
