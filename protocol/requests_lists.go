package protocol

import "github.com/go-json-experiment/json/jsontext"

// ListChatsRequest pages through chats, newest first by default. PageID excludes
// every other field. Active: nil means both.
type ListChatsRequest struct {
	Filters   *ChatFilters   `json:"filters,omitzero"`
	SortOrder string         `json:"sort_order,omitzero"` // asc, desc (default)
	Limit     int            `json:"limit,omitzero"`      // 1–100, default 10
	PageID    string         `json:"page_id,omitzero"`
	Extra     jsontext.Value `json:",embed"`
}

// ListChatsResponse is one page of chats.
type ListChatsResponse struct {
	ChatsSummary   []ChatSummary  `json:"chats_summary"`
	FoundChats     int            `json:"found_chats"`
	NextPageID     string         `json:"next_page_id,omitzero"`
	PreviousPageID string         `json:"previous_page_id,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}

// ListThreadsRequest pages through one chat's threads. MinEvents excludes Limit.
type ListThreadsRequest struct {
	ChatID    string         `json:"chat_id"`
	SortOrder string         `json:"sort_order,omitzero"`
	Limit     int            `json:"limit,omitzero"` // 1–100, default 3
	MinEvents int            `json:"min_events_count,omitzero"`
	PageID    string         `json:"page_id,omitzero"`
	Filters   *TimeRange     `json:"filters,omitzero"`
	Extra     jsontext.Value `json:",embed"`
}

// ListThreadsResponse is one page of threads with their events.
type ListThreadsResponse struct {
	Threads        []Thread       `json:"threads"`
	FoundThreads   int            `json:"found_threads"`
	NextPageID     string         `json:"next_page_id,omitzero"`
	PreviousPageID string         `json:"previous_page_id,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}

// GetChatRequest asks for one thread of a chat, the newest by default. The
// response is a Chat.
type GetChatRequest struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// ListArchivesRequest searches closed threads. PageID excludes every other
// field but Highlights.
type ListArchivesRequest struct {
	Filters    *ArchiveFilters `json:"filters,omitzero"`
	SortOrder  string          `json:"sort_order,omitzero"`
	Limit      int             `json:"limit,omitzero"` // 1–100, default 10
	PageID     string          `json:"page_id,omitzero"`
	Highlights *Highlights     `json:"highlights,omitzero"`
	Extra      jsontext.Value  `json:",embed"`
}

// Highlights switches marking of found words on; the tags default to <em>.
type Highlights struct {
	PreTag  string `json:"pre_tag,omitzero"`
	PostTag string `json:"post_tag,omitzero"`
}

// ListArchivesResponse is one page; each row is one thread in its chat.
// FoundChats is an estimate.
type ListArchivesResponse struct {
	Chats          []Chat         `json:"chats"`
	FoundChats     int            `json:"found_chats"`
	NextPageID     string         `json:"next_page_id,omitzero"`
	PreviousPageID string         `json:"previous_page_id,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}
