package engine

import (
	"context"
	"slices"

	"agentdesk/chatserver/store"
	"agentdesk/protocol"
)

// CannedQuery selects canned responses (Configuration API v3.7 "List Canned
// Responses").
type CannedQuery struct {
	GroupIDs   []int  `json:"group_ids"`
	Private    bool   `json:"include_private"`
	AllPrivate bool   `json:"include_all_private"`
	Limit      int    `json:"limit"`
	PageID     string `json:"page_id"`
}

// CannedPage is one page of canned responses, by number.
type CannedPage struct {
	CannedResponses []store.CannedResponse `json:"canned_responses"`
	Found           int                    `json:"found_canned_responses"`
	NextPageID      string                 `json:"next_page_id,omitzero"`
}

const (
	defaultCanned = 100
	maxCanned     = 100000
)

// ListCanned lists the public canned responses of the requester's groups, with
// his own private ones or, where he may, all.
func (e *Engine) ListCanned(ctx context.Context, by Actor, q CannedQuery) (CannedPage, error) {
	out := CannedPage{CannedResponses: []store.CannedResponse{}}
	at := cursor[CannedQuery]{Kind: "canned", Request: q}
	if q.PageID != "" {
		if err := at.read(q.PageID, e.now()); err != nil {
			return out, err
		}
		q, q.PageID = at.Request, ""
	}
	if q.Limit == 0 {
		q.Limit = defaultCanned
	}
	if q.Limit < 1 || q.Limit > maxCanned {
		return out, invalid("limit", "must be from 1 to 100000")
	}
	if q.AllPrivate && !by.Scopes.Any("canned_responses--all:ro") {
		return out, protocol.Fail(protocol.ErrAuthorization, "`include_all_private` needs the scope canned_responses--all:ro.")
	}
	all, err := e.store.AllCanned(ctx)
	if err != nil {
		return out, err
	}
	all = slices.DeleteFunc(all, func(c store.CannedResponse) bool {
		hidden := c.Private && !q.AllPrivate && !(q.Private && c.AuthorID == by.ID)
		return hidden || len(q.GroupIDs) > 0 && !slices.Contains(q.GroupIDs, c.GroupID) || !e.seesCanned(by, c)
	})
	out.Found = len(all)
	for _, c := range all {
		if c.ID <= at.Bound {
			continue
		}
		if len(out.CannedResponses) == q.Limit {
			at.Request, at.Made, at.Bound = q, e.now().Unix(), out.CannedResponses[q.Limit-1].ID
			out.NextPageID = at.id()
			break
		}
		out.CannedResponses = append(out.CannedResponses, c)
	}
	return out, nil
}
