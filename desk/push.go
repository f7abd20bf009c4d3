package desk

import "time"

// Push is something that happened at the chat server, in the desk's words. The
// types of this file are all there are; a Board ignores what it does not know.
type Push interface{ push() }

// IncomingChat is a new chat, a resumed one, or one the agent came to see. Chat
// is loaded: its thread has all its events.
type IncomingChat struct{ Chat Chat }

// ChatDeactivated closed the active thread.
type ChatDeactivated struct{ ChatID, ThreadID, UserID string }

// ChatTransferred moved a chat to other agents, other groups, or both.
type ChatTransferred struct {
	ChatID, ThreadID string
	ByID             string
	Reason           string
	Groups           []int
	Agents           []string
	Queue            *Queue
}

// ChatAccess is a chat's new set of groups.
type ChatAccess struct {
	ChatID string
	Groups []int
}

// ChatGone is a chat that was deleted or that the agent may no longer see.
type ChatGone struct{ ChatID string }

// ChatUnfollowed ended a following.
type ChatUnfollowed struct{ ChatID string }

// UserAdded is a new member.
type UserAdded struct {
	ChatID, ThreadID string
	User             Person
}

// UserRemoved is a member who left.
type UserRemoved struct{ ChatID, ThreadID, UserID string }

// IncomingEvent is a new event.
type IncomingEvent struct {
	ChatID, ThreadID string
	Event            Event
}

// EventUpdated is a changed event, whole.
type EventUpdated struct {
	ChatID, ThreadID string
	Event            Event
}

// EventDeleted took back what an event says. The event stays in its place.
type EventDeleted struct{ ChatID, ThreadID, EventID string }

// Typing tells that somebody types, or stopped. It expires after 10 seconds.
type Typing struct {
	ChatID, AuthorID string
	On               bool
	At               time.Time
}

// SneakPeek is a customer's text before it is sent; empty when it was erased.
type SneakPeek struct {
	ChatID, AuthorID string
	Text             string
	At               time.Time
}

// Seen moved a member's mark.
type Seen struct {
	ChatID, UserID string
	UpTo           time.Time
}

// Tagged and untagged threads.
type Tagged struct {
	ChatID, ThreadID, Tag string
	Removed               bool
}

// PropertiesChanged merges Set and removes Deleted (namespace → names) in the
// chat, or in its thread or event where those ids are set.
type PropertiesChanged struct {
	ChatID, ThreadID, EventID string
	Set                       Properties
	Deleted                   map[string][]string
}

// QueuePositions are the places of waiting chats.
type QueuePositions struct{ Places []QueuePlace }

// QueuePlace is one chat's place.
type QueuePlace struct {
	ChatID, ThreadID string
	Queue            Queue
}

// StatusSet is an agent's new routing status.
type StatusSet struct {
	AgentID string
	Status  RoutingStatus
}

// Thinking tells that somebody, a bot most of all, works on an answer. It expires
// after 30 seconds, and with the author's next event.
type Thinking struct {
	ChatID, AuthorID string
	Title, Text      string
}

// SummarySet is the new summary of a thread, or Failed: there will be none.
type SummarySet struct {
	ChatID, ThreadID string
	Text             string
	At               time.Time
	Failed           bool
}

// Directory is what is known of colleagues, groups and tags, read anew. A list
// that is nil stays as it was, and so does an agent's status that is empty.
type Directory struct {
	Agents []Agent
	Groups []Group
	Tags   []string
}

// CustomerUpdated carries a customer whole.
type CustomerUpdated struct{ Customer Person }

// CustomerPage tells which page a customer opened.
type CustomerPage struct {
	CustomerID string
	Page       Page
}

// CustomerLeft tells that a customer left the site.
type CustomerLeft struct {
	CustomerID string
	At         time.Time
}

// CustomerBanned tells that a customer may not come back for some days, or with
// Lifted that she may again.
type CustomerBanned struct {
	CustomerID string
	Days       int
	Lifted     bool
}

// CustomerFollowed tells that the agent follows a customer, or does no more.
type CustomerFollowed struct {
	CustomerID string
	On         bool
}

func (IncomingChat) push()      {}
func (ChatDeactivated) push()   {}
func (ChatTransferred) push()   {}
func (ChatAccess) push()        {}
func (ChatGone) push()          {}
func (ChatUnfollowed) push()    {}
func (UserAdded) push()         {}
func (UserRemoved) push()       {}
func (IncomingEvent) push()     {}
func (EventUpdated) push()      {}
func (EventDeleted) push()      {}
func (Typing) push()            {}
func (SneakPeek) push()         {}
func (Seen) push()              {}
func (Tagged) push()            {}
func (PropertiesChanged) push() {}
func (QueuePositions) push()    {}
func (StatusSet) push()         {}
func (ChoicesSet) push()        {}
func (CustomerUpdated) push()   {}
func (CustomerPage) push()      {}
func (CustomerLeft) push()      {}
func (CustomerBanned) push()    {}
func (Thinking) push()          {}
func (SummarySet) push()        {}
func (Directory) push()         {}
func (CustomerFollowed) push()  {}
