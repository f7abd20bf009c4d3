package views

import (
	"time"

	"agentdesk/desk"
)

// LoginPage is the sign-in page. Text is never shown again for passwords and
// tokens.
type LoginPage struct {
	Env
	Email     string
	Next      string // where to go afterwards, checked by the caller
	Reason    string // why the last try failed, a sentence
	Message   string // why one is here: signed out, session ended
	Wrong     bool   // what was entered is to blame
	ShowToken bool   // the token form was used
	Passwords bool   // e-mail and password are offered
	Demo      []DemoAccount
	DemoShop  string // path of the demo shop below the base, "" without demo
}

// DemoAccount is a sign-in that the demo offers.
type DemoAccount struct{ Email, Password, Role string }

// InboxPage is the inbox: the lists, and an open chat where Chat is set.
// Missing says that the chat that was asked for is not there.
type InboxPage struct {
	Page
	Inbox   desk.Inbox
	Chat    *ChatPane
	Missing bool
	Views   []desk.SavedView // nil where views are not kept
	Counts  []int            // how many chats each of them shows; nil where not counted
	Select  bool             // rows can be ticked, to do something with all of them
}

// ChatPane is an open chat. Text, Mode, Error and Field give a refused form
// back.
type ChatPane struct {
	View     desk.ChatView
	CustomID string               // freshly minted for the composer
	Text     string               // what was written and not accepted
	Note     bool                 // the composer stands on Note
	Error    string               // why, a sentence
	Older    bool                 // there are events before those shown
	Newer    bool                 // and after them
	At       string               // the event that was asked for
	Gone     bool                 // it is not there
	Ended    time.Time            // when Thread's last event was
	Thread   *desk.ArchivedThread // an older thread is shown instead, read only
	Tags     []string             // tags to choose from
	Edit     *CustomerForm        // the form about the customer was refused
	Session  *SessionForm         // the form about the session fields was refused
	Files    []desk.Event         // files of the thread shown; nil in a push, which leaves them as they are
	Notes    *NotesPane           // the team's notes about the customer; nil in a push, or where none are kept
}

// TransferPage asks where a chat goes. The scripts show its form in a dialog.
type TransferPage struct {
	Page
	View    desk.ChatView
	Targets []desk.TransferTarget
	Error   string
	Chosen  string // agent:<id> or group:<id>
	Ask     bool   // nobody is available there: offer to let the chat wait
}

// EventPage is what can be done with one event of a conversation. The scripts
// show it in a dialog.
type EventPage struct {
	Page
	ChatID, ThreadID string
	Event            desk.Event
	Users            []desk.Person
	Agents           []desk.Agent
	Earlier          bool // the thread is not the chat's newest
	Answer           bool // the chat has a composer, in which the event can be quoted
	Error            string
}

// ArchivesPage is the search of closed threads. From and To are as given.
type ArchivesPage struct {
	Page
	Query  desk.ArchiveQuery
	From   string // YYYY-MM-DD, inclusive
	To     string // YYYY-MM-DD, inclusive
	Result desk.ArchivePage
	Agents []desk.Agent
	Groups []desk.Group
	Tags   []string
	Error  string // a sentence about Field, or about the search
	Field  string
}

// TranscriptPage is one closed thread.
type TranscriptPage struct {
	Page
	Thread desk.ArchivedThread
	Groups []desk.Group
	Agents []desk.Agent
	Back   string // query string of the search it was found by, without "?"
	At     string // the event that was asked for
	Gone   bool   // it is not there
	Older  bool   // there are events before those shown
	Newer  bool   // and after them
}

// HistoryPage lists conversations of a chat before one of them, with their files.
// Next is the thread to go on before, "" at the first one.
type HistoryPage struct {
	Page
	View    desk.ChatView
	Threads []desk.ArchivedThread
	Next    string
}

// CustomersPage lists customers. Error is what went wrong, a sentence.
type CustomersPage struct {
	Page
	Query  desk.CustomerQuery
	List   desk.CustomerList
	Groups []desk.Group
	Error  string
	New    NewCustomer
}

// NewCustomer is the form that adds a customer, as it was refused with Error.
type NewCustomer struct {
	Name, Email, Avatar string
	Fields              []desk.Field
	Error               string
}

// CustomerPage is one customer. Pane has the notes, and gives a refused form back
// as beside a chat.
type CustomerPage struct {
	Page
	Customer desk.Person
	Pane     ChatPane
}

// TeamPage lists the agents and what they do. Error is what a refused form gets
// back, a sentence.
type TeamPage struct {
	Page
	Team   []desk.Colleague
	Groups []desk.Group
	Error  string
}

// SettingsPage is what administrators set up. Error is what a refused form gets
// back, a sentence.
type SettingsPage struct {
	Page
	Setup    desk.Setup
	Error    string
	BotID    string // whose token was issued, shown this once
	BotToken string
}

// ErrorPage says what went wrong. Signed tells that Page is filled, so that the
// rail can be drawn.
type ErrorPage struct {
	Page
	Status  int
	Heading string // "" takes the usual one for Status
	Text    string // a sentence that may be shown
	Signed  bool
	Session bool   // somebody is signed in, so nobody is asked to
	ID      string // of the request, to be told to an administrator
}
