package agentapi

import (
	"context"
	"fmt"

	"agentdesk/chatserver/transport"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// sendEvent30 answers the whole event, and opens a thread in an inactive chat
// unless told not to (v3.0 "Send event").
func (a api) sendEvent30(ctx context.Context, r *transport.Request) (any, error) {
	var how struct {
		Attach bool `json:"attach_to_last_thread"`
		Active bool `json:"require_active_thread"`
	}
	if err := r.Decode(&how); err != nil {
		return nil, err
	}
	in, err := canonical[protocol.SendEventRequest](r, version.V30)
	if err != nil {
		return nil, err
	}
	in.AttachToLastThread = how.Attach
	by := r.Actor
	by.Rules.Opens = by.Rules.Opens && !how.Active
	made, err := a.e.SendEvent(ctx, by, in)
	if err != nil {
		return nil, err
	}
	thread, ev, err := a.e.Event(ctx, by, in.ChatID, made.EventID)
	if err != nil {
		return nil, err
	}
	return told("", map[string]any{"thread_id": thread, "event": ev}, version.V30)
}

// startChat30 is start_chat and activate_chat where they answer the whole chat
// (v3.0 "Start chat").
func (a api) startChat30(ctx context.Context, r *transport.Request) (any, error) {
	in, err := canonical[protocol.StartChatRequest](r, version.V30)
	if err != nil {
		return nil, err
	}
	start := a.e.StartChat
	if r.Action != protocol.ActStartChat {
		start = a.e.ResumeChat
	}
	made, err := start(ctx, r.Actor, in)
	if err != nil {
		return nil, err
	}
	if made.ChatID == "" {
		made.ChatID = in.Chat.ID
	}
	chat, err := a.e.GetChat(ctx, r.Actor, protocol.GetChatRequest{ChatID: made.ChatID, ThreadID: made.ThreadID})
	if err != nil {
		return nil, err
	}
	return told("", map[string]any{"chat": chat}, version.V30)
}

// Limits of get_chat_threads. The document gives none.
const (
	maxThreads    = 20   // whole threads in one answer
	maxSummarized = 1000 // threads of a chat named in one answer
)

// chatThreads is get_chat_threads: the threads asked for, or the newest ones,
// and the ids of all (v3.1 "Get Chat Threads").
func (a api) chatThreads(ctx context.Context, r *transport.Request) (any, error) {
	var in struct {
		ChatID    string   `json:"chat_id"`
		ThreadIDs []string `json:"thread_ids"`
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if len(in.ThreadIDs) > maxThreads {
		return nil, protocol.Fail(protocol.ErrValidation, fmt.Sprintf("`thread_ids` has more than %d threads.", maxThreads))
	}
	chat, err := a.e.GetChat(ctx, r.Actor, protocol.GetChatRequest{ChatID: in.ChatID})
	if err != nil {
		return nil, err
	}
	order, err := a.e.ThreadIDs(ctx, r.Actor, in.ChatID, maxSummarized)
	if err != nil {
		return nil, err
	}
	if in.ThreadIDs == nil {
		for _, t := range order[:min(len(order), maxThreads)] {
			in.ThreadIDs = append(in.ThreadIDs, t.ID)
		}
	}
	threads := []protocol.Thread{}
	for _, id := range in.ThreadIDs {
		one, err := a.e.GetChat(ctx, r.Actor, protocol.GetChatRequest{ChatID: in.ChatID, ThreadID: id})
		if err != nil {
			return nil, err
		}
		threads = append(threads, *one.Thread)
	}
	summary := []map[string]any{}
	for _, t := range order {
		summary = append(summary, map[string]any{"thread_id": t.ID, "order": int64(t.CreatedAt)})
	}
	return told("", map[string]any{"chat": map[string]any{
		"id": chat.ID, "users": chat.Users, "threads": threads, "threads_summary": summary,
		"properties": chat.Properties, "access": chat.Access, "is_followed": chat.IsFollowed,
	}}, version.V31)
}

// threadsSummary is get_chat_threads_summary: a page of a chat's threads in
// short (v3.1 "Get Chat Threads Summary").
func (a api) threadsSummary(ctx context.Context, r *transport.Request) (any, error) {
	var in struct {
		ChatID string `json:"chat_id"`
		Order  string `json:"order"`
		Limit  int    `json:"limit"`
		PageID string `json:"page_id"`
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.Limit == 0 && in.PageID == "" {
		in.Limit = 10
	}
	page, err := a.e.ListThreads(ctx, r.Actor, protocol.ListThreadsRequest{ChatID: in.ChatID, SortOrder: in.Order, Limit: in.Limit, PageID: in.PageID})
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, t := range page.Threads {
		rows = append(rows, map[string]any{"id": t.ID, "order": int64(t.CreatedAt), "events_count": len(t.Events)})
	}
	out := map[string]any{"threads_summary": rows, "found_threads": page.FoundThreads}
	if page.NextPageID != "" {
		out["next_page_id"] = page.NextPageID
	}
	if page.PreviousPageID != "" {
		out["previous_page_id"] = page.PreviousPageID
	}
	return out, nil
}
