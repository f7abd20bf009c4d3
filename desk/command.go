package desk

import "time"

// Command is something an agent asks for. Each is one request to the chat
// server; Send alone is kept until its outcome is known.
type Command interface{ command() }

// Result names what a command made, where it made something. Token is a secret:
// the one that IssueBotToken made.
type Result struct{ ChatID, ThreadID, EventID, CustomerID, Token string }

// Send says something in a chat. CustomID is minted with the form and makes the
// send happen once, however often it is asked for.
type Send struct {
	ChatID     string
	CustomID   string
	Text       string
	AgentsOnly bool
	FileURL    string // an uploaded file instead of text
	FileName   string
}

// Retry sends a failed message again; Discard forgets it.
type (
	Retry   struct{ ChatID, CustomID string }
	Discard struct{ ChatID, CustomID string }
)

// ShowTyping tells the others that this agent types, or stopped.
type ShowTyping struct {
	ChatID     string
	On         bool
	AgentsOnly bool
}

// MarkSeen marks everything up to a moment as seen.
type MarkSeen struct {
	ChatID string
	UpTo   time.Time
}

// Deactivate closes the active thread; Resume opens a new one.
type (
	Deactivate struct {
		ChatID         string
		IgnorePresence bool
	}
	Resume struct{ ChatID string }
)

// Take assigns a waiting or foreign chat to this agent.
type Take struct{ ChatID string }

// Transfer moves a chat to an agent, or to a group where AgentID is empty.
type Transfer struct {
	ChatID  string
	AgentID string
	GroupID int
	Force   bool // also where nobody is available: it waits
}

// AddUser joins an agent to a chat, RemoveUser takes one out.
type (
	AddUser struct {
		ChatID, UserID string
		AgentsOnly     bool
	}
	RemoveUser struct{ ChatID, UserID string }
)

// Follow and Unfollow watch a chat without joining it.
type (
	Follow   struct{ ChatID string }
	Unfollow struct{ ChatID string }
)

// Tag and Untag the chat's newest thread.
type (
	Tag   struct{ ChatID, ThreadID, Tag string }
	Untag struct{ ChatID, ThreadID, Tag string }
)

// Postback presses a button of a rich message in this agent's name, or with
// Toggled off lets go of it again.
type Postback struct {
	ChatID, ThreadID, EventID string
	PostbackID                string // of the button; buttons that share it move together
	Toggled                   bool
}

// SetProperties merges properties into the chat, or into its thread where
// ThreadID is set, or into one of that thread's events where EventID is too.
type SetProperties struct {
	ChatID, ThreadID, EventID string
	Properties                Properties
}

// DeleteProperty takes one property from what SetProperties would set it on.
type DeleteProperty struct{ ChatID, ThreadID, EventID, Namespace, Name string }

// GiveAccess lets a group see a chat, TakeAccess ends that. See Can.ShareChats.
type (
	GiveAccess struct {
		ChatID  string
		GroupID int
	}
	TakeAccess struct {
		ChatID  string
		GroupID int
	}
)

// SetAccess lets one group see a chat, and no other. See Can.SetAccess.
type SetAccess struct {
	ChatID  string
	GroupID int
}

// SetStatus switches an agent's routing status, one's own where AgentID is
// empty.
type SetStatus struct {
	AgentID string
	Status  RoutingStatus
}

// UpdateCustomer changes what is known of a customer; what is empty stays as it
// is. Phone is in the form of E.164, see Can.Phones. Fields, where there are any,
// are all session fields from then on.
type UpdateCustomer struct {
	CustomerID, Name, Email, Phone string
	Fields                         []Field
}

// BanCustomer keeps a customer out for some days.
type BanCustomer struct {
	CustomerID string
	Days       int
}

// FollowCustomer asks to be told what a customer does, UnfollowCustomer not to
// be told any more. See Can.FollowCustomers.
type (
	FollowCustomer   struct{ CustomerID string }
	UnfollowCustomer struct{ CustomerID string }
)

// StartChat opens a chat with a customer.
type StartChat struct{ CustomerID string }

// RequestSummary asks for the summary of a thread, the newest where ThreadID is
// empty. It comes later, as a push. See Can.Summarise.
type RequestSummary struct{ ChatID, ThreadID string }

// ShowThinking tells the others that an answer is being thought about. See
// Can.ShowThinking.
type ShowThinking struct {
	ChatID      string
	Title, Text string // may both be empty
	AgentsOnly  bool
}

// Multicast sends content to programs of agents: to all, or to those named and
// those of the groups named. The chat server does not keep it.
type Multicast struct {
	All     bool
	Agents  []string
	Groups  []int
	Content []byte // JSON
	Type    string // free text that tells contents apart; may be empty
}

func (Send) command()           {}
func (Retry) command()          {}
func (Discard) command()        {}
func (ShowTyping) command()     {}
func (MarkSeen) command()       {}
func (Deactivate) command()     {}
func (Resume) command()         {}
func (Take) command()           {}
func (Transfer) command()       {}
func (AddUser) command()        {}
func (RemoveUser) command()     {}
func (Follow) command()         {}
func (Unfollow) command()       {}
func (Tag) command()            {}
func (Untag) command()          {}
func (Postback) command()       {}
func (SetProperties) command()  {}
func (SetStatus) command()      {}
func (UpdateCustomer) command() {}
func (BanCustomer) command()    {}
func (StartChat) command()      {}

func (FollowCustomer) command()   {}
func (UnfollowCustomer) command() {}
func (RequestSummary) command()   {}
func (ShowThinking) command()     {}
func (Multicast) command()        {}
func (DeleteProperty) command()   {}
func (GiveAccess) command()       {}
func (TakeAccess) command()       {}
func (SetAccess) command()        {}
