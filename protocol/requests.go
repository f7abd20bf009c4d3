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
