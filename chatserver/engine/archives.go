package engine

import (
	"context"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// Limits of archive filters at 3.6.
const (
	maxThreadIDs = 20
	maxChatIDs   = 1000
	maxGroupIDs  = 200
	maxValues    = 200
)

// ListArchives searches closed threads (v3.6 "List Archives"), newest first by
// default. Each row is a chat with one of its threads. Filters that this server
// does not know are refused, not ignored. With highlights the words found are
// marked in the text of messages.
func (e *Engine) ListArchives(ctx context.Context, by Actor, r protocol.ListArchivesRequest) (protocol.ListArchivesResponse, error) {
	out := protocol.ListArchivesResponse{Chats: []protocol.Chat{}}
	var at cursor[protocol.ListArchivesRequest]
	if r.PageID != "" {
		if r.Filters != nil || r.SortOrder != "" || r.Limit != 0 {
			return out, invalid("page_id", "cannot be combined with filters, sort_order or limit")
		}
		marks := r.Highlights
		var err error
		if at, err = readCursor[protocol.ListArchivesRequest]("archives", r.PageID); err != nil {
			return out, err
		}
		if r = at.Request; marks != nil {
			r.Highlights = marks
		}
	}
	q, err := e.archiveQuery(by, r)
	if err != nil {
		return out, err
	}
	q.Bound, q.Back = at.Bound, at.Back
	if q.ThreadIDs == nil && r.Filters != nil && r.Filters.Query != "" && len(q.Words) == 0 {
		return out, nil // a query of punctuation finds nothing
	}
	page, found, err := e.store.Archives(ctx, q)
	if err != nil {
		return out, err
	}
	mark, err := newMarker(r.Highlights, q.Words)
	if err != nil {
		return out, err
	}
	if out.Chats, err = e.archiveRows(ctx, by, page.Rows, mark); err != nil {
		return out, err
	}
	out.FoundChats = found
	out.NextPageID, out.PreviousPageID = pages("archives", r, page, func(t *store.Thread) int64 { return t.Seq })
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

func (e *Engine) archiveQuery(by Actor, r protocol.ListArchivesRequest) (store.ArchiveQuery, error) {
	q := store.ArchiveQuery{Reach: e.reach(by), MemberID: by.ID}
	var err error
	if q.Window, err = window(r.SortOrder, r.Limit, 10); err != nil || r.Filters == nil {
		return q, err
	}
	f := *r.Filters
	if len(f.Properties) > 0 || hasFields(f.Extra) {
		return q, invalid("filters", "has a filter this server does not know")
	}
	if len(f.ThreadIDs) > 0 {
		q.ThreadIDs = f.ThreadIDs // excludes every other filter and paging
		q.Limit = maxThreadIDs
		if len(f.ThreadIDs) > maxThreadIDs {
			err = invalid("filters.thread_ids", "has more than 20 threads")
		}
		return q, err
	}
	for _, l := range []struct {
		field  string
		n, max int
	}{{"group_ids", len(f.GroupIDs), maxGroupIDs}, {"chat_ids", len(f.ChatIDs), maxChatIDs}, {"query", len(f.Query), 1024}} {
		if l.n > l.max {
			return q, invalid("filters."+l.field, "is too long")
		}
	}
	q.Words = store.Words(f.Query)
	q.From, q.To, q.CustomerID, q.CustomerEmail = f.From, f.To, f.CustomerID, f.CustomerEmail
	if len(f.GroupIDs) > 0 {
		q.Groups = f.GroupIDs
	}
	if len(f.ChatIDs) > 0 {
		q.ChatIDs = f.ChatIDs
	}
	if q.Agents, err = checkSet("filters.agents", f.Agents); err != nil {
		return q, err
	}
	q.Tags, err = checkSet("filters.tags", f.Tags)
	return q, err
}

func checkSet(field string, f *protocol.SetFilter) (*protocol.SetFilter, error) {
	if f == nil {
		return nil, nil
	}
	n := 0
	for _, has := range []bool{f.Exists != nil, len(f.Values) > 0, len(f.ExcludeValues) > 0} {
		if has {
			n++
		}
	}
	switch {
	case n != 1:
		return nil, invalid(field, "must have exactly one of exists, values and exclude_values")
	case len(f.Values) > maxValues || len(f.ExcludeValues) > maxValues:
		return nil, invalid(field, "has more than 200 values")
	}
	return f, nil
}

// hasFields reports whether a request has fields beyond the known ones.
func hasFields(extra jsontext.Value) bool {
	return len(extra) > 0 && string(extra) != "{}" && string(extra) != "null"
}
