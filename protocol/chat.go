package protocol

import "github.com/go-json-experiment/json/jsontext"

// Access says which groups may see a chat or thread. Group 0 is every agent.
type Access struct {
	GroupIDs []int          `json:"group_ids"`
	Extra    jsontext.Value `json:",embed"`
}

// Chat is a conversation with one customer, with at most one of its threads
// (v3.6 "Chat"). In start_chat requests only the settable fields are sent.
type Chat struct {
	ID         string         `json:"id,omitzero"`
	Users      []User         `json:"users,omitempty"`
	Properties Properties     `json:"properties,omitempty"`
	Access     *Access        `json:"access,omitzero"`
	Thread     *Thread        `json:"thread,omitzero"`
	IsFollowed bool           `json:"is_followed"`
	Extra      jsontext.Value `json:",embed"`
}

// Thread is one conversation within a chat. Only the newest thread of a chat
// can be active.
type Thread struct {
	ID                 string         `json:"id,omitzero"`
	Active             bool           `json:"active"`
	CreatedAt          Time           `json:"created_at,omitzero"`
	UserIDs            []string       `json:"user_ids,omitempty"`
	Events             []Event        `json:"events,omitempty"`
	Properties         Properties     `json:"properties,omitempty"`
	Access             *Access        `json:"access,omitzero"`
	Tags               []string       `json:"tags,omitempty"`
	Queue              *Queue         `json:"queue,omitzero"`
	QueuesDuration     int            `json:"queues_duration,omitzero"`
	PreviousThreadID   string         `json:"previous_thread_id,omitzero"`
	NextThreadID       string         `json:"next_thread_id,omitzero"`
	PreviousAccessible string         `json:"previous_accessible_thread_id,omitzero"`
	NextAccessible     string         `json:"next_accessible_thread_id,omitzero"`
	RestrictedAccess   string         `json:"restricted_access,omitzero"`
	Summary            *ThreadSummary `json:"summary,omitzero"`
	CustomerVisit      *Visit         `json:"customer_visit,omitzero"` // 3.6: address, program and place
	Extra              jsontext.Value `json:",embed"`
}

// ThreadSummary is a computed abstract of a thread (3.6).
type ThreadSummary struct {
	Status    string         `json:"status"`
	Text      string         `json:"text"`
	UpdatedAt Time           `json:"updated_at,omitzero"`
	Extra     jsontext.Value `json:",embed"`
}

// Queue is a waiting thread's place. WaitTime is an estimate in seconds.
type Queue struct {
	Position int            `json:"position"`
	WaitTime int            `json:"wait_time"`
	QueuedAt Time           `json:"queued_at,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// ChatSummary is a chat without events, as login and list_chats give it (v3.6
// "Chat summary").
type ChatSummary struct {
	ID               string               `json:"id"`
	Users            []User               `json:"users"`
	LastThread       *Thread              `json:"last_thread_summary,omitzero"`
	LastEventPerType map[string]LastEvent `json:"last_event_per_type,omitempty"`
	Properties       Properties           `json:"properties,omitempty"`
	Access           *Access              `json:"access,omitzero"`
	IsFollowed       bool                 `json:"is_followed"`
	Extra            jsontext.Value       `json:",embed"`
}

// LastEvent is the newest event of one type in a chat. Where the thread may not
// be read, Event is nil and Restricted has the reason.
type LastEvent struct {
	ThreadID        string         `json:"thread_id,omitzero"`
	ThreadCreatedAt Time           `json:"thread_created_at,omitzero"`
	Event           *Event         `json:"event,omitzero"`
	Restricted      string         `json:"restricted_access,omitzero"`
	Extra           jsontext.Value `json:",embed"`
}
