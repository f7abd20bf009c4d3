package protocol

import "github.com/go-json-experiment/json/jsontext"

// Deletions. The Agent Chat API only tells of them; event_deleted and
// chat_deleted are among the other pushes.
const (
	ActDeleteEvent = "delete_event" // customer API, 3.6

	PushThreadDeleted  = "thread_deleted"  // 3.4
	PushThreadsDeleted = "threads_deleted" // 3.4
)

// ThreadsDeleted says which closed threads were deleted at once: those that began
// from DateFrom to DateTo and have the tag, as far as each is set.
type ThreadsDeleted struct {
	DateFrom Time           `json:"date_from,omitzero"`
	DateTo   Time           `json:"date_to,omitzero"`
	Tag      string         `json:"tag,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// DeletedEvent is what is left of a deleted event for everybody but
// administrators (v3.6 "Deleted event").
func DeletedEvent(e Event) Event {
	return Event{
		ID: e.ID, CustomID: e.CustomID, Type: e.Type, AuthorID: e.AuthorID, CreatedAt: e.CreatedAt, Visibility: e.Visibility, Deleted: true,
	}
}
