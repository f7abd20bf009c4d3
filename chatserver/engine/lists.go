package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"

	"github.com/go-json-experiment/json/jsontext"
)

// ListChats pages through chats by their newest thread (v3.6 "List Chats"). For
// a customer it lists his own.
func (e *Engine) ListChats(ctx context.Context, by Actor, r protocol.ListChatsRequest) (protocol.ListChatsResponse, error) {
	return e.ChatsBehind(ctx, by, r, 0)
}

// ChatsBehind is ListChats for a page with a number: it begins behind as many
// rows as skip says.
func (e *Engine) ChatsBehind(ctx context.Context, by Actor, r protocol.ListChatsRequest, skip int) (protocol.ListChatsResponse, error) {
	out := protocol.ListChatsResponse{ChatsSummary: []protocol.ChatSummary{}}
	at, err := begin(e, "chats", r, r.PageID, r.Filters == nil && r.SortOrder == "" && r.Limit == 0, "filters, sort_order or limit")
	if err != nil {
		return out, err
	}
	q, err := e.chatQuery(by, at.Request)
	if err != nil {
		return out, err
	}
	at.in(&q.Window, by, skip)
	page, found, err := e.chats(ctx, q)
	if err != nil {
		return out, err
	}
	ids := make([]string, len(page.Rows))
	for i, c := range page.Rows {
		ids[i] = c.CustomerID
	}
	find, err := e.peopleOf(ctx, ids)
	if err != nil {
		return out, err
	}
	for _, c := range page.Rows {
		v := e.summaryView(c, by.ID, find)
		if by.IsCustomer() {
			v = summaryForCustomer(v)
		}
		out.ChatsSummary = append(out.ChatsSummary, v)
	}
	out.FoundChats = found
	out.NextPageID, out.PreviousPageID = pages(at, e.now(), page, func(c *store.Chat) int64 { return c.SortAt })
	return out, nil
}

// chats answers a query: for active chats from memory, else from the store.
func (e *Engine) chats(ctx context.Context, q store.ChatQuery) (store.Page[*store.Chat], int, error) {
	if q.Active == nil || !*q.Active {
		return e.store.Chats(ctx, q)
	}
	touch := func(groups, access []int) bool {
		return groups == nil || slices.ContainsFunc(access, func(g int) bool { return slices.Contains(groups, g) })
	}
	var rows []*store.Chat
	e.view.RLock()
	for _, c := range e.live {
		if (touch(q.Reach, c.Access) || present(c, q.MemberID)) && touch(q.Groups, c.Access) &&
			(q.CustomerID == "" || q.CustomerID == c.CustomerID) && fits(c.Properties, q.Properties) {
			rows = append(rows, c)
		}
	}
	e.view.RUnlock()
	return store.Cut(q.Window, rows, func(c *store.Chat) int64 { return c.SortAt }), len(rows), nil
}

// fits reports whether properties pass filters.
func fits(have protocol.Properties, filters protocol.PropertyFilters) bool {
	for ns, names := range filters {
		for name, f := range names {
			v, has := have[ns][name]
			among := func(list []jsontext.Value) bool {
				return has && slices.ContainsFunc(list, func(w jsontext.Value) bool { return store.PropertyValue(v) == store.PropertyValue(w) })
			}
			if f.Exists != nil && *f.Exists != has || f.Values != nil && !among(f.Values) || among(f.ExcludeValues) {
				return false
			}
		}
	}
	return true
}

func (e *Engine) chatQuery(by Actor, r protocol.ListChatsRequest) (store.ChatQuery, error) {
	q := store.ChatQuery{WithoutThreads: true}
	var err error
	if q.Window, err = window(r.SortOrder, r.Limit, 10); err != nil {
		return q, err
	}
	if by.IsCustomer() {
		q.CustomerID = by.ID
	} else {
		q.Reach, q.MemberID = e.reach(by), by.ID
	}
	f := r.Filters
	if f == nil {
		return q, nil
	}
	if err := unknown("filters", f.Extra); err != nil {
		return q, err
	}
	if len(f.GroupIDs) > maxGroupIDs {
		return q, invalid("filters.group_ids", "has more than 200 groups")
	}
	if err := checkPropertyFilters("filters.properties", f.Properties); err != nil {
		return q, err
	}
	q.Properties = f.Properties
	q.Active = f.Active
	if len(f.GroupIDs) > 0 {
		q.Groups = f.GroupIDs
	}
	if f.WithoutThreads != nil {
		q.WithoutThreads = *f.WithoutThreads
	}
	return q, nil
}
