package agentapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// behind takes a page's number out of a request's page_id, as 3.0 and 3.1 count
// pages, and gives the rows before the page.
func behind(pageID *string, limit *int) (skip int, err error) {
	p, numbered := version.ParsePage(*pageID)
	if !numbered {
		return 0, nil
	}
	if p.Number > engine.MaxNumbered/p.Limit {
		return 0, protocol.Fail(protocol.ErrValidation, "`pagination.page` is too far: narrow the filters.")
	}
	*pageID, *limit = "", p.Limit
	return (p.Number - 1) * p.Limit, nil
}

func (a api) listArchives(ctx context.Context, by engine.Actor, r protocol.ListArchivesRequest) (protocol.ListArchivesResponse, error) {
	skip, err := behind(&r.PageID, &r.Limit)
	if err != nil {
		return protocol.ListArchivesResponse{}, err
	}
	return a.e.ArchivesBehind(ctx, by, r, skip)
}

func (a api) listChats(ctx context.Context, by engine.Actor, r protocol.ListChatsRequest) (protocol.ListChatsResponse, error) {
	skip, err := behind(&r.PageID, &r.Limit)
	if err != nil {
		return protocol.ListChatsResponse{}, err
	}
	return a.e.ChatsBehind(ctx, by, r, skip)
}
