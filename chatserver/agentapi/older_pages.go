package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// maxNumbered is the last row that pages with a number reach: the pages before
// one are read on the way to it.
const maxNumbered = 10_000

func farPage() error {
	return protocol.Fail(protocol.ErrValidation, "`pagination.page` is too far: narrow the filters.")
}

// listArchives is list_archives. 3.0 and 3.1 count its pages.
func (a api) listArchives(ctx context.Context, by engine.Actor, r protocol.ListArchivesRequest) (protocol.ListArchivesResponse, error) {
	p, numbered := version.ParsePage(r.PageID)
	if !numbered {
		return a.e.ListArchives(ctx, by, r)
	}
	if p.Number > maxNumbered/p.Limit {
		return protocol.ListArchivesResponse{}, farPage()
	}
	r.PageID, r.Limit = "", p.Limit
	out, err := a.e.ListArchives(ctx, by, r)
	for n := 1; n < p.Number && err == nil; n++ {
		if out.NextPageID == "" {
			return protocol.ListArchivesResponse{Chats: []protocol.Chat{}, FoundChats: out.FoundChats}, nil
		}
		out, err = a.e.ListArchives(ctx, by, protocol.ListArchivesRequest{PageID: out.NextPageID})
	}
	return out, err
}

// listChats is list_chats. 3.0 counts its pages.
func (a api) listChats(ctx context.Context, by engine.Actor, r protocol.ListChatsRequest) (protocol.ListChatsResponse, error) {
	p, numbered := version.ParsePage(r.PageID)
	if !numbered {
		return a.e.ListChats(ctx, by, r)
	}
	if p.Number > maxNumbered/p.Limit {
		return protocol.ListChatsResponse{}, farPage()
	}
	r.PageID, r.Limit = "", p.Limit
	out, err := a.e.ListChats(ctx, by, r)
	for n := 1; n < p.Number && err == nil; n++ {
		if out.NextPageID == "" {
			return protocol.ListChatsResponse{ChatsSummary: []protocol.ChatSummary{}, FoundChats: out.FoundChats}, nil
		}
		out, err = a.e.ListChats(ctx, by, protocol.ListChatsRequest{PageID: out.NextPageID})
	}
	return out, err
}
