package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// ListArchives searches closed threads (v3.6 "List Archives"), newest first by
// default. Each row is a chat with one of its threads. Filters that this server
// does not know are refused, not ignored. With highlights the words found are
// marked in the text of messages. FoundChats is counted with the first page, up
// to 1,000.
func (e *Engine) ListArchives(ctx context.Context, by Actor, r protocol.ListArchivesRequest) (protocol.ListArchivesResponse, error) {
	return e.ArchivesBehind(ctx, by, r, 0)
}

// ArchivesBehind is ListArchives for a page with a number: it begins behind as
// many rows as skip says.
func (e *Engine) ArchivesBehind(ctx context.Context, by Actor, r protocol.ListArchivesRequest, skip int) (protocol.ListArchivesResponse, error) {
	out := protocol.ListArchivesResponse{Chats: []protocol.Chat{}}
	at, err := begin(e, "archives", r, r.PageID, r.Filters == nil && r.SortOrder == "" && r.Limit == 0, "filters, sort_order or limit")
	if err != nil {
		return out, err
	}
	if r.Highlights != nil {
		at.Request.Highlights = r.Highlights
	}
	q, err := e.archiveQuery(ctx, by, at.Request)
	if err != nil {
		return out, err
	}
	at.in(&q.Window, by, skip)
	page, found, err := e.store.Archives(ctx, q)
	if err != nil {
		return out, err
	}
	mark, err := newMarker(at.Request.Highlights, q.Words)
	if err != nil {
		return out, err
	}
	if out.Chats, err = e.archiveRows(ctx, by, page.Rows, mark); err != nil {
		return out, err
	}
	if at.Bound == 0 {
		at.Found = found
	}
	out.FoundChats = at.Found
	if q.ThreadIDs == nil {
		out.NextPageID, out.PreviousPageID = pages(at, e.now(), page, func(t *store.Thread) int64 { return t.Seq })
	}
	return out, nil
}

func (e *Engine) archiveRows(ctx context.Context, by Actor, rows []*store.Thread, mark *marker) ([]protocol.Chat, error) {
	out := make([]protocol.Chat, 0, len(rows))
	ids := make([]string, len(rows))
	for i, t := range rows {
		ids[i] = t.CustomerID
	}
	find, err := e.peopleOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, t := range rows {
		c, err := e.chatNow(ctx, t.ChatID)
		if err != nil {
			return nil, err
		}
		events, err := e.store.Events(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		mark.events(events)
		v := e.chatView(c, t, events, by.ID, find)
		v.Thread.PreviousAccessible, v.Thread.NextAccessible = t.PrevID, t.NextID
		out = append(out, v)
	}
	return out, nil
}

// archiveQuery turns a request into what the store searches by.
func (e *Engine) archiveQuery(ctx context.Context, by Actor, r protocol.ListArchivesRequest) (store.ArchiveQuery, error) {
	var q store.ArchiveQuery
	var err error
	if q.Window, err = window(r.SortOrder, r.Limit, 10); err != nil {
		return q, err
	}
	if groups := e.reach(by); groups != nil {
		q.All = append(q.All, store.ReachTerms(groups, by.ID))
	}
	if r.Filters == nil {
		return q, nil
	}
	f := *r.Filters
	if err := unknown("filters", f.Extra); err != nil {
		return q, err
	}
	if f.ThreadIDs != nil {
		q.ThreadIDs, q.Limit = f.ThreadIDs, maxThreadIDs
		return q, onlyThreads(r)
	}
	if err := checkLimits(f); err != nil {
		return q, err
	}
	a := archiveFilters{q: &q}
	a.apply(f)
	if a.err == nil && f.CustomerEmail != "" {
		err := e.byEmail(ctx, &q, f.CustomerEmail)
		return q, err
	}
	return q, a.err
}

// byEmail narrows to the customers who have an e-mail address now.
func (e *Engine) byEmail(ctx context.Context, q *store.ArchiveQuery, email string) error {
	ids, err := e.store.CustomersByEmail(ctx, email)
	if err != nil {
		return err
	}
	terms := make([]store.Term, len(ids))
	for i, id := range ids {
		terms[i] = store.TermOf(store.KindCustomer, id)
	}
	q.All = append(q.All, terms)
	return nil
}
