package protocol

import "github.com/go-json-experiment/json/jsontext"

// Methods and pushes about what is not said yet and what was said in short, new
// at 3.6.
const (
	ActRequestThreadSummary = "request_thread_summary"
	ActSendEventPreview     = "send_event_preview"
	ActSendThinking         = "send_thinking_indicator"

	PushIncomingError        = "incoming_error"
	PushIncomingEventPreview = "incoming_event_preview" // customer API
	PushIncomingThinking     = "incoming_thinking_indicator"
	PushThreadSummarySet     = "thread_summary_set"
)

// States of a ThreadSummary.
const (
	SummaryOK    = "ok"
	SummaryError = "error"
)

// ThinkingRequest tells the others that an answer is being worked on (v3.6 "Send
// Thinking Indicator"). Visibility "" is all.
type ThinkingRequest struct {
	ChatID      string         `json:"chat_id"`
	Title       string         `json:"title,omitzero"`
	Description string         `json:"description,omitzero"`
	Visibility  string         `json:"visibility,omitzero"`
	CustomID    string         `json:"custom_id,omitzero"`
	Extra       jsontext.Value `json:",embed"`
}

// IncomingThinking is the push of a ThinkingRequest. It does not say who may see
// it.
type IncomingThinking struct {
	ChatID      string         `json:"chat_id"`
	ThreadID    string         `json:"thread_id,omitzero"`
	AuthorID    string         `json:"author_id"`
	SentAt      Time           `json:"sent_at"`
	Title       string         `json:"title,omitzero"`
	Description string         `json:"description,omitzero"`
	CustomID    string         `json:"custom_id,omitzero"`
	Extra       jsontext.Value `json:",embed"`
}

// EventPreviewRequest shows the customer a message that is still being made
// (v3.6 "Send Event Preview"). The push to him is an IncomingEvent without an id.
type EventPreviewRequest struct {
	ChatID string         `json:"chat_id"`
	Event  Event          `json:"event"`
	Extra  jsontext.Value `json:",embed"`
}

// ThreadRequest names a thread: request_thread_summary, thread_deleted and, with
// Action, incoming_error.
type ThreadRequest struct {
	Action   string         `json:"action,omitzero"`
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	Extra    jsontext.Value `json:",embed"`
}

// ThreadSummarySet carries a new summary.
type ThreadSummarySet struct {
	ChatID   string         `json:"chat_id"`
	ThreadID string         `json:"thread_id"`
	Summary  ThreadSummary  `json:"summary"`
	Extra    jsontext.Value `json:",embed"`
}

// SystemDetails are the fields of an event of type system beyond the common
// ones; on the wire they stand beside them. Details is JSON in a string whose
// form depends on the other three.
type SystemDetails struct {
	Source  string `json:"source"` // ai_agents, cdp or messaging
	Subtype string `json:"subtype"`
	Version int    `json:"version"`
	Details string `json:"details"`
}
