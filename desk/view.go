package desk

import "time"

// List is a section of the inbox.
type List string

// The lists, in the order they are shown.
const (
	Waiting List = "waiting" // nobody serves it: queued, or its agents are gone
	Mine    List = "mine"    // I serve it, and it goes on
	Idle    List = "idle"    // I serve it, the customer was answered, and is gone or silent for long
	Watched List = "watched" // other agents serve it, and I watch unseen or follow it
	Others  List = "others"  // other agents serve it
	Recent  List = "closed"  // closed lately, I took part

	All List = "all" // every chat of these lists, in one; see Filter.List
)

// Lists in the order they are shown.
var Lists = [...]List{Waiting, Mine, Idle, Watched, Others, Recent}

// Served reports whether the chats of a list are served by this agent.
func (l List) Served() bool { return l == Mine || l == Idle }

// You stands in Row.LastBy for the agent who looks.
const You = "You"

// Row is one chat in a list.
type Row struct {
	ChatID   string
	List     List
	Sort     string // ascending order within the list
	Customer Person
	Group    string   // name of the group it waits in or belongs to; empty where there is but one
	GroupID  int      // its first group: whose limits of waiting count
	Agents   []string // names of those who serve it, besides me
	From     string   // who transferred it to me
	Tags     []string

	Last      Event  // newest spoken event; zero where there is none
	LastBy    string // "" the customer, You, or an agent's name
	At        time.Time
	Unread    int
	WaitFrom  time.Time // first unanswered message, or since when it queues; zero: nobody waits
	Position  int       // place in the queue, from 1; 0 not queued
	Typing    bool      // the customer types
	Failed    int       // own messages that were not sent
	Followed  bool
	Watching  bool     // I am in it unseen by the customer
	Draft     bool     // I have begun to write something
	Here      []string // colleagues who look at it now
	Writers   []string // colleagues who type in it
	Closing   bool     // it will be closed in a moment, unless that is taken back
	NotClosed string   // why it could not be closed
}

// Section is one list with its first rows.
type Section struct {
	List    List
	Total   int
	Unread  int       // chats with unread events
	Longest time.Time // the oldest WaitFrom; zero where nobody waits
	GroupID int       // of the chat that waits longest
	Before  int       // how many come before Rows, on earlier pages
	Rows    []Row
}

// Inbox is what the list pane shows.
type Inbox struct {
	Me         Me
	Connection Connection
	Sections   []Section
	Groups     []Group
	Agents     []Agent
	Tags       []string
	Filter     Filter
	Unread     int    // chats of mine with unread messages, whatever the filter
	Waiting    int    // and chats that nobody serves
	Sending    int    // own messages on their way, in all chats
	Failed     int    // and those that were not sent
	Notice     Notice // the newest; no Text: none
}

// Section returns one of the lists, empty where there is none of that name.
func (in *Inbox) Section(l List) Section {
	for i := range in.Sections {
		if in.Sections[i].List == l {
			return in.Sections[i]
		}
	}
	return Section{List: l}
}

// ChatView is an open chat as a page shows it.
type ChatView struct {
	Row      Row
	Chat     Chat // Thread.Events holds the page of events shown, oldest first
	Total    int  // events in the thread that this page is cut from
	Pending  []Outgoing
	Typing   []string  // names of those who type, without me
	Thoughts []Thought // what is being thought about
	Peek     string    // the customer's unsent text
	NewFrom  time.Time // events after this are unread; zero: none
	SeenBy   time.Time // the customer has seen up to here
	Earlier  string    // id of the thread before, where there is one
	Member   bool      // I take part (visibly)
	Draft    Draft     // what I have begun to write
	Here     []string  // names of colleagues who look at it too
	Writers  []string  // and of those who type
	Me       Me
	Groups   []Group
	Agents   []Agent
}

// Thought is something an author works on. Title and Text may both be empty.
type Thought struct{ By, Title, Text string }

// Regions are the parts of the pages that a push may change.
type Regions uint16

// The regions. RegionEvent goes with the event in Change.
const (
	RegionRow        Regions = 1 << iota // the chat's row: content, place or list
	RegionGone                           // the row leaves all lists
	RegionEvent                          // an event is new or has changed
	RegionEventGone                      // an event is gone
	RegionHead                           // the open chat's header, details and composer
	RegionSeen                           // the seen mark in the conversation
	RegionPeek                           // typing and sneak peek; may be shed
	RegionCounts                         // numbers of the sections
	RegionMe                             // my status and choices
	RegionConnection                     // the connection bar
	RegionPending                        // an outgoing message is new or has changed
	RegionNotice                         // a colleague told the team something
	RegionColleagues                     // who else looks at the open chat or types in it
	RegionTeam                           // who of the team takes chats
	RegionAll                            // everything: redraw
)

// Change says what a push changed. EventID is set for RegionEvent and
// RegionEventGone, CustomID for RegionPending.
type Change struct {
	ChatID   string
	What     Regions
	EventID  string
	CustomID string
}
