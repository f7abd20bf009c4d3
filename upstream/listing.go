package upstream

import (
	"context"
	"slices"
	"strconv"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// Bounds on listing chats of both kinds, newest first: after so many in a row
// that are closed the rest is taken for closed too, and no more than that are
// read where a list does not say which chats are active.
const (
	quietChats = 500
	blindChats = 2000
)

const actGetChatsSummary = "get_chats_summary"

// lists reads the chats that are active, and of the closed ones the newest that
// this agent took part in, so that they stay listed when the agent comes back.
func (r *reading) lists(ctx context.Context, me string) error {
	if r.s.reg.dialect.Version < version.V36 {
		return r.bothLists(ctx, me)
	}
	yes, no := true, false
	if err := r.pages(ctx, &yes, maxPages, func(list []protocol.ChatSummary) bool { r.add(list); return false }); err != nil {
		return err
	}
	return r.pages(ctx, &no, 1, func(list []protocol.ChatSummary) bool { r.addClosed(list, me); return true })
}

// bothLists is lists before 3.6, where one can ask for the closed chats or for
// all chats, but not for the active ones.
func (r *reading) bothLists(ctx context.Context, me string) error {
	closed := map[string]bool{}
	blind := r.s.reg.dialect.Version < version.V32 // a summary does not say whether its thread is active
	if blind {
		no := false
		err := r.pages(ctx, &no, maxPages, func(list []protocol.ChatSummary) bool {
			for i := range list {
				closed[list[i].ID] = list[i].LastThread == nil || !list[i].LastThread.Active
			}
			return len(closed) >= blindChats
		})
		if err != nil {
			return err
		}
	}
	quiet, read := 0, 0
	err := r.pages(ctx, nil, maxPages, func(list []protocol.ChatSummary) bool {
		for i := range list {
			quiet, read = quiet+1, read+1
			if t := list[i].LastThread; blind && t != nil {
				t.Active = !closed[list[i].ID]
			}
			if t := list[i].LastThread; t != nil && t.Active {
				quiet = 0
			}
		}
		r.addClosed(list, me)
		r.add(slices.DeleteFunc(list, func(c protocol.ChatSummary) bool { return c.LastThread == nil || !c.LastThread.Active }))
		return quiet >= quietChats || blind && read >= blindChats
	})
	if !blind {
		return err
	}
	for id, c := range r.chats { // those that login told of
		c.Thread.Active = !closed[id]
		r.chats[id] = c
	}
	return err
}

// pages reads chats page by page, newest first, until look has seen enough.
// active nil is chats of both kinds.
func (r *reading) pages(ctx context.Context, active *bool, most int, look func([]protocol.ChatSummary) (enough bool)) error {
	q := protocol.ListChatsRequest{Filters: &protocol.ChatFilters{Active: active}, Limit: pageSize}
	if r.s.reg.dialect.Version == version.V30 {
		q.Limit = 0 // its first document knows no pages
	}
	seen := map[string]bool{}
	for n := range most {
		page, err := r.page(ctx, q, n+1)
		switch {
		case wireType(err) != "" && (desk.CodeOf(err) == desk.Forbidden || active != nil && !*active && !transient(err)):
			return nil // what login told must do; closed chats are in the archives too
		case err != nil:
			return err
		}
		if n == 0 && r.s.reg.dialect.Version == version.V30 && page.NextPageID != "" && !r.late {
			page = r.larger(ctx, q, page)
		}
		if look(page.ChatsSummary) || page.NextPageID == "" || seen[page.NextPageID] {
			return nil
		}
		seen[page.NextPageID] = true
		if !r.late {
			q = protocol.ListChatsRequest{PageID: page.NextPageID}
		}
	}
	return nil
}

// larger reads the first page again as large as can be, where a server of 3.0
// turns out to have pages: those it gives unasked have 25 chats. One that does not
// give more keeps its page.
func (r *reading) larger(ctx context.Context, q protocol.ListChatsRequest, first protocol.ListChatsResponse) protocol.ListChatsResponse {
	q.Limit = pageSize
	page, err := r.page(ctx, q, 1)
	if err != nil || len(page.ChatsSummary) <= len(first.ChatsSummary) {
		r.late = false // a refusal says nothing of the words
		return first
	}
	return page
}

// page reads one page of chats. There are two documents of 3.0: the first has
// get_filtered_chats, which gives all at once, the second get_chats_summary, by
// page number. What a server does not take is not asked of it again.
func (r *reading) page(ctx context.Context, q protocol.ListChatsRequest, number int) (page protocol.ListChatsResponse, err error) {
	if !r.late {
		err = r.s.read(ctx, r.on, protocol.ActListChats, q, &page)
		if r.s.reg.dialect.Version > version.V30 || wireType(err) != protocol.ErrValidation {
			return page, err
		}
		r.late = true
	}
	type pagination struct {
		Page  int `json:"page"`
		Limit int `json:"limit"`
	}
	type filters struct {
		Active bool `json:"include_active"`
	}
	err = r.s.read(ctx, r.on, actGetChatsSummary, native{struct {
		Filters    filters    `json:"filters"`
		Pagination pagination `json:"pagination"`
	}{filters{q.Filters == nil || q.Filters.Active == nil}, pagination{number, pageSize}}}, &page)
	if page.NextPageID = ""; len(page.ChatsSummary) == pageSize {
		page.NextPageID = strconv.Itoa(number + 1)
	}
	return page, err
}

// addClosed takes the closed chats of a page that this agent took part in, up to
// a page of them.
func (r *reading) addClosed(list []protocol.ChatSummary, me string) {
	for i := range list {
		t := list[i].LastThread
		_, known := r.chats[list[i].ID]
		if !known && t != nil && !t.Active && slices.Contains(t.UserIDs, me) && r.kept < pageSize {
			r.kept++
			r.add(list[i : i+1])
		}
	}
}
