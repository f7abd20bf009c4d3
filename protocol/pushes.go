package protocol

import "github.com/go-json-experiment/json/jsontext"

// AgentDisconnected ends an agent's connection.
type AgentDisconnected struct {
	Reason string         `json:"reason"`
	Data   jsontext.Value `json:"data,omitzero"`
}

// IncomingChat is a new chat, a resumed one, or one the agent came to see.
type IncomingChat struct {
	Chat            Chat             `json:"chat"`
	RequesterID     string           `json:"requester_id,omitzero"`
	TransferredFrom *TransferredFrom `json:"transferred_from,omitzero"`
	Extra           jsontext.Value   `json:",embed"`
}

// TransferredFrom names where a transferred chat came from.
type TransferredFrom struct {
	GroupIDs []int    `json:"group_ids,omitempty"`
	AgentIDs []string `json:"agent_ids,omitempty"`
}

// ChatDeactivated closes the active thread. UserID is empty when the router
// closed it.
type ChatDeactivated struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	UserID   string         `json:"user_id,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// ChatTransferred moves a chat: to agents, to groups (queued), or both.
type ChatTransferred struct {
	ChatID        string         `json:"chat_id"`
	ThreadID      string         `json:"thread_id,omitzero"`
	RequesterID   string         `json:"requester_id,omitzero"`
	Reason        string         `json:"reason"` // manual, inactive, assigned, unassigned, other
	TransferredTo TransferredTo  `json:"transferred_to"`
	Queue         *Queue         `json:"queue,omitzero"`
	Extra         jsontext.Value `json:",embed"`
}

// TransferredTo names a transfer's new owners.
type TransferredTo struct {
	GroupIDs []int    `json:"group_ids,omitempty"`
	AgentIDs []string `json:"agent_ids,omitempty"`
}

// ChatAccessUpdated carries the full new access.
type ChatAccessUpdated struct {
	ID     string         `json:"id"`
	Access Access         `json:"access"`
	Extra  jsontext.Value `json:",embed"`
}

// UserAddedToChat carries the new member whole.
type UserAddedToChat struct {
	ChatID      string         `json:"chat_id"`
	ThreadID    string         `json:"thread_id,omitzero"`
	User        User           `json:"user"`
	Reason      string         `json:"reason,omitzero"`
	RequesterID string         `json:"requester_id,omitzero"`
	Extra       jsontext.Value `json:",embed"`
}

// UserRemovedFromChat names who left.
type UserRemovedFromChat struct {
	ChatID      string         `json:"chat_id"`
	ThreadID    string         `json:"thread_id,omitzero"`
	UserID      string         `json:"user_id"`
	Reason      string         `json:"reason,omitzero"`
	RequesterID string         `json:"requester_id,omitzero"`
	Extra       jsontext.Value `json:",embed"`
}

// IncomingEvent is one event, also used by event_updated.
type IncomingEvent struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	Event    Event          `json:"event"`
	Extra    jsontext.Value `json:",embed"`
}

// EventRef addresses one event: event_deleted.
type EventRef struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	EventID  string         `json:"event_id"`
	Extra    jsontext.Value `json:",embed"`
}

// IncomingTyping tells who types. Timestamp is in seconds.
type IncomingTyping struct {
	ChatID   string          `json:"chat_id"`
	ThreadID string          `json:"thread_id,omitzero"`
	Typing   TypingIndicator `json:"typing_indicator"`
	Extra    jsontext.Value  `json:",embed"`
}

// TypingIndicator of one author.
type TypingIndicator struct {
	AuthorID   string `json:"author_id"`
	Visibility string `json:"visibility,omitzero"`
	Timestamp  int64  `json:"timestamp"`
	IsTyping   bool   `json:"is_typing"`
}

// IncomingSneakPeek carries a customer's unsent text. Timestamp is in seconds.
type IncomingSneakPeek struct {
	ChatID    string         `json:"chat_id"`
	ThreadID  string         `json:"thread_id,omitzero"`
	SneakPeek SneakPeek      `json:"sneak_peek"`
	Extra     jsontext.Value `json:",embed"`
}

// SneakPeek of one author.
type SneakPeek struct {
	AuthorID  string `json:"author_id"`
	Text      string `json:"text"`
	Timestamp int64  `json:"timestamp"`
}

// EventsMarkedAsSeen moves one user's mark.
type EventsMarkedAsSeen struct {
	UserID   string         `json:"user_id"`
	ChatID   string         `json:"chat_id"`
	SeenUpTo Time           `json:"seen_up_to"`
	Extra    jsontext.Value `json:",embed"`
}

// ThreadTag is thread_tagged and thread_untagged.
type ThreadTag struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	Tag      string         `json:"tag"`
	Extra    jsontext.Value `json:",embed"`
}

// PropertiesChanged is the push of every *_properties_updated (Properties is a
// merge) and *_properties_deleted ({"namespace":["name",…]}). ThreadID and
// EventID say what it is about; both empty: the chat. Chat pushes name the chat
// in chat_id.
type PropertiesChanged struct {
	ChatID     string         `json:"chat_id"`
	ThreadID   string         `json:"thread_id,omitzero"`
	EventID    string         `json:"event_id,omitzero"`
	Properties jsontext.Value `json:"properties"`
	Extra      jsontext.Value `json:",embed"`
}

// RoutingStatusSet tells an agent's new status. Documents name the agent
// agent_id.
type RoutingStatusSet struct {
	AgentID string         `json:"agent_id"`
	Status  string         `json:"status"`
	Extra   jsontext.Value `json:",embed"`
}

// QueuePosition is one element of queue_positions_updated, and the customer's
// queue_position_updated.
type QueuePosition struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	Queue    Queue          `json:"queue"`
	Extra    jsontext.Value `json:",embed"`
}

// ChatRef names a chat: chat_unfollowed, chat_deleted (as id there).
type ChatRef struct {
	ChatID string         `json:"chat_id,omitzero"`
	ID     string         `json:"id,omitzero"`
	Extra  jsontext.Value `json:",embed"`
}

// CustomerPageUpdated tells where a customer is now.
type CustomerPageUpdated struct {
	CustomerID string         `json:"customer_id"`
	Page       Page           `json:"page"`
	Extra      jsontext.Value `json:",embed"`
}

// CustomerBanned names a banned customer and for how long.
type CustomerBanned struct {
	CustomerID string         `json:"customer_id"`
	Ban        Ban            `json:"ban"`
	Extra      jsontext.Value `json:",embed"`
}

// IncomingPostback tells that a customer pressed a button.
type IncomingPostback struct {
	UserID   string         `json:"user_id"`
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	EventID  string         `json:"event_id"`
	Postback Postback       `json:"postback"`
	Extra    jsontext.Value `json:",embed"`
}
