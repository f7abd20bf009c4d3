package protocol

import "github.com/go-json-experiment/json/jsontext"

// LoginRequest opens an RTM session (v3.6 "Login"). Token carries its scheme:
// "Bearer …" or "Basic …".
type LoginRequest struct {
	Token           string              `json:"token"`
	Timezone        string              `json:"timezone,omitzero"`
	Reconnect       bool                `json:"reconnect,omitzero"`
	Away            bool                `json:"away,omitzero"`
	Application     *Application        `json:"application,omitzero"`
	MonitoringLevel string              `json:"customer_monitoring_level,omitzero"`
	Pushes          map[string][]string `json:"pushes,omitempty"`
	Extra           jsontext.Value      `json:",embed"`
}

// Application names the client in login.
type Application struct {
	Name    string `json:"name,omitzero"`
	Version string `json:"version,omitzero"`
}

// LoginResponse is what an agent learns at login. License.ID is a string on the
// wire of RTM, a number on some pages: any is read.
type LoginResponse struct {
	License      License        `json:"license"`
	MyProfile    MyProfile      `json:"my_profile"`
	ChatsSummary []ChatSummary  `json:"chats_summary"`
	Extra        jsontext.Value `json:",embed"`
}

// License of the agent.
type License struct {
	ID             jsontext.Value `json:"id,omitzero"`
	OrganizationID string         `json:"organization_id,omitzero"`
	Plan           string         `json:"plan,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}

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

// StartChatRequest starts (Chat.ID empty) or resumes (Chat.ID set) a chat.
// Active nil means true.
type StartChatRequest struct {
	Chat       *Chat          `json:"chat,omitzero"`
	Active     *bool          `json:"active,omitzero"`
	Continuous *bool          `json:"continuous,omitzero"`
	Extra      jsontext.Value `json:",embed"`
}

// StartChatResponse names what was made; ChatID is empty for resume_chat.
type StartChatResponse struct {
	ChatID   string   `json:"chat_id,omitzero"`
	ThreadID string   `json:"thread_id"`
	EventIDs []string `json:"event_ids,omitempty"`
}

// ChatIDRequest is the request of follow_chat, unfollow_chat and, with
// IgnorePresence, deactivate_chat.
type ChatIDRequest struct {
	ID             string         `json:"id"`
	IgnorePresence bool           `json:"ignore_requester_presence,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}

// TransferChatRequest moves a chat. Without Target it is routed again within
// its group. IgnoreAgents allows a queue where nobody is available.
type TransferChatRequest struct {
	ID             string          `json:"id"`
	Target         *TransferTarget `json:"target,omitzero"`
	IgnoreAgents   bool            `json:"ignore_agents_availability,omitzero"`
	IgnorePresence bool            `json:"ignore_requester_presence,omitzero"`
	Extra          jsontext.Value  `json:",embed"`
}

// TransferTarget: Type is "group" (IDs are numbers) or "agent" (strings).
type TransferTarget struct {
	Type string         `json:"type"`
	IDs  jsontext.Value `json:"ids"`
}

// ChatUserRequest adds a user to a chat or removes one.
type ChatUserRequest struct {
	ChatID         string         `json:"chat_id"`
	UserID         string         `json:"user_id"`
	UserType       string         `json:"user_type"`
	Visibility     string         `json:"visibility,omitzero"` // required when adding
	IgnorePresence bool           `json:"ignore_requester_presence,omitzero"`
	Extra          jsontext.Value `json:",embed"`
}

// SendEventRequest adds one event to the active thread.
type SendEventRequest struct {
	ChatID             string         `json:"chat_id"`
	Event              Event          `json:"event"`
	AttachToLastThread bool           `json:"attach_to_last_thread,omitzero"` // customer API
	Extra              jsontext.Value `json:",embed"`
}

// SendEventResponse names the event made.
type SendEventResponse struct {
	EventID string `json:"event_id"`
}

// UploadFileResponse has the address to put into a file event.
type UploadFileResponse struct {
	URL string `json:"url"`
}

// TypingRequest tells the others that the requester types.
type TypingRequest struct {
	ChatID     string         `json:"chat_id"`
	IsTyping   bool           `json:"is_typing"`
	Visibility string         `json:"visibility,omitzero"`
	Extra      jsontext.Value `json:",embed"`
}

// SneakPeekRequest carries a customer's unsent text (customer API).
type SneakPeekRequest struct {
	ChatID string         `json:"chat_id"`
	Text   string         `json:"sneak_peek_text"`
	Extra  jsontext.Value `json:",embed"`
}

// SeenRequest marks events up to and including SeenUpTo.
type SeenRequest struct {
	ChatID   string         `json:"chat_id"`
	SeenUpTo Time           `json:"seen_up_to"`
	Extra    jsontext.Value `json:",embed"`
}

// TagRequest tags or untags a thread.
type TagRequest struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	Tag      string         `json:"tag"`
	Extra    jsontext.Value `json:",embed"`
}

// PostbackRequest presses a button of a rich message.
type PostbackRequest struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	EventID  string         `json:"event_id"`
	Postback Postback       `json:"postback"`
	Extra    jsontext.Value `json:",embed"`
}

// PropertiesRequest sets or deletes properties. ID is the chat for chat
// properties; the other three address a thread or an event. For deletion
// Properties is {"namespace":["name",…]}.
type PropertiesRequest struct {
	ID         string         `json:"id,omitzero"`
	ChatID     string         `json:"chat_id,omitzero"`
	ThreadID   string         `json:"thread_id,omitzero"`
	EventID    string         `json:"event_id,omitzero"`
	Properties jsontext.Value `json:"properties"`
	Extra      jsontext.Value `json:",embed"`
}

// CustomerRequest reads, changes or bans one customer. For update_customer at
// least one field besides ID is set.
type CustomerRequest struct {
	ID            string              `json:"id,omitzero"`
	Name          *string             `json:"name,omitzero"`
	Email         *string             `json:"email,omitzero"`
	Avatar        *string             `json:"avatar,omitzero"`
	PhoneNumber   *string             `json:"phone_number,omitzero"`
	Address       *Address            `json:"address,omitzero"`
	Omnichannel   *Omnichannel        `json:"omnichannel,omitzero"`
	SessionFields []map[string]string `json:"session_fields,omitempty"`
	Ban           *Ban                `json:"ban,omitzero"`
	Extra         jsontext.Value      `json:",embed"`
}

// Ban lasts Days days.
type Ban struct {
	Days int `json:"days"`
}

// RoutingStatusRequest sets a status, one's own where AgentID is empty.
type RoutingStatusRequest struct {
	AgentID string         `json:"agent_id,omitzero"`
	Status  string         `json:"status"`
	Extra   jsontext.Value `json:",embed"`
}

// AwayRequest says whether this connection's agent is away.
type AwayRequest struct {
	Away  bool           `json:"away"`
	Extra jsontext.Value `json:",embed"`
}

// ListRoutingStatusesRequest; the response is a []RoutingStatus.
type ListRoutingStatusesRequest struct {
	Filters *GroupFilter   `json:"filters,omitzero"`
	Extra   jsontext.Value `json:",embed"`
}

// GroupFilter selects by group.
type GroupFilter struct {
	GroupIDs []int `json:"group_ids,omitempty"`
}

// RoutingStatus of one agent.
type RoutingStatus struct {
	AgentID string `json:"agent_id"`
	Status  string `json:"status"`
}

// TransferAgent is one row of list_agents_for_transfer. Documents disagree on
// the count's name; both are read, the first is written.
type TransferAgent struct {
	AgentID     string `json:"agent_id"`
	TotalActive int    `json:"total_active_chats"`
	Active      int    `json:"active_chats,omitzero"`
}
