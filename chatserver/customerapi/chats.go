package customerapi

import (
	"context"

	"agentdesk/chatserver/engine"
	"agentdesk/protocol"
)

// maxChats is the greatest limit of list_chats for customers.
const maxChats = 25

// chatSummary is a chat as list_chats shows it to its customer (v3.6 "Chat
// summary" of the customer API).
type chatSummary struct {
	ID                  string                        `json:"id"`
	LastThreadID        string                        `json:"last_thread_id,omitzero"`
	LastThreadCreatedAt protocol.Time                 `json:"last_thread_created_at,omitzero"`
	LastEventPerType    map[string]protocol.LastEvent `json:"last_event_per_type"`
	Users               []protocol.User               `json:"users"`
	Access              *protocol.Access              `json:"access,omitzero"`
	Properties          protocol.Properties           `json:"properties"`
	Active              bool                          `json:"active"`
}

type chatList struct {
	ChatsSummary   []chatSummary `json:"chats_summary"`
	TotalChats     int           `json:"total_chats"`
	NextPageID     string        `json:"next_page_id,omitzero"`
	PreviousPageID string        `json:"previous_page_id,omitzero"`
}

func (a api) listChats(ctx context.Context, by engine.Actor, r protocol.ListChatsRequest) (chatList, error) {
	r.Filters = nil // agents have them
	if r.Limit > maxChats {
		return chatList{}, protocol.Fail(protocol.ErrValidation, "`limit` must be from 1 to 25")
	}
	page, err := a.e.ListChats(ctx, by, r)
	if err != nil {
		return chatList{}, err
	}
	out := chatList{ChatsSummary: []chatSummary{}, TotalChats: page.FoundChats, NextPageID: page.NextPageID, PreviousPageID: page.PreviousPageID}
	for _, c := range page.ChatsSummary {
		s := chatSummary{ID: c.ID, LastEventPerType: c.LastEventPerType, Users: c.Users, Access: c.Access, Properties: c.Properties}
		if s.Properties == nil {
			s.Properties = protocol.Properties{}
		}
		if t := c.LastThread; t != nil {
			s.LastThreadID, s.LastThreadCreatedAt, s.Active = t.ID, t.CreatedAt, t.Active
		}
		out.ChatsSummary = append(out.ChatsSummary, s)
	}
	return out, nil
}

func (a api) listThreads(ctx context.Context, by engine.Actor, r protocol.ListThreadsRequest) (protocol.ListThreadsResponse, error) {
	r.Filters = nil
	return a.e.ListThreads(ctx, by, r)
}

// own reduces what a customer wants to start to what he may say: the users are
// known, and everything that the server makes is ignored.
func own(r protocol.StartChatRequest) protocol.StartChatRequest {
	if r.Chat == nil {
		r.Chat = &protocol.Chat{}
	}
	c := protocol.Chat{ID: r.Chat.ID, Access: r.Chat.Access, Properties: r.Chat.Properties, Thread: r.Chat.Thread}
	r.Chat = &c
	return r
}

func (a api) startChat(ctx context.Context, by engine.Actor, r protocol.StartChatRequest) (protocol.StartChatResponse, error) {
	r = own(r)
	r.Chat.ID = ""
	return a.e.StartChat(ctx, by, r)
}

func (a api) resumeChat(ctx context.Context, by engine.Actor, r protocol.StartChatRequest) (protocol.StartChatResponse, error) {
	return a.e.ResumeChat(ctx, by, own(r))
}

func (a api) deactivateChat(ctx context.Context, by engine.Actor, r protocol.ChatIDRequest) error {
	r.IgnorePresence = false
	return a.e.DeactivateChat(ctx, by, r)
}
