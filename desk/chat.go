package desk

import "time"

// Event kinds. A kind not listed here is kept and drawn as labelled data.
const (
	KindMessage    = "message"
	KindFile       = "file"
	KindRich       = "rich_message"
	KindFilledForm = "filled_form"
	KindForm       = "form"
	KindCustom     = "custom"
	KindSystemText = "system_message"
	KindSystem     = "system"
	KindAnnotation = "annotation"
)

// Properties are values by namespace and name, as text (JSON for non-strings).
type Properties map[string]map[string]string

// Event is one entry of a thread.
type Event struct {
	ID         string
	CustomID   string
	Kind       string
	AuthorID   string // empty for system lines
	At         time.Time
	AgentsOnly bool
	Deleted    bool // taken back; only administrators still see what it said
	Text       string
	File       *File
	Form       *Form             // form, filled_form
	Rich       *Rich             // rich_message
	SystemType string            // system_message
	Vars       map[string]string // system_message
	Raw        []byte            // JSON, for kinds drawn as data: custom, system, unknown
	Properties Properties
	Postback   *Choice // message: the button it was said by
}

// Choice is a button of a rich message that somebody pressed.
type Choice struct {
	EventID    string // of the rich message
	PostbackID string
	Value      string
}

// Spoken reports whether the event is something said by a person, which counts
// as unread and as an answer, rather than a line about what happened.
func (e *Event) Spoken() bool {
	switch e.Kind {
	case KindMessage, KindFile, KindRich, KindFilledForm:
		return true
	}
	return false
}

// counts reports whether the event is something said that still stands.
func (e *Event) counts() bool { return e.Spoken() && !e.Deleted }

// File of a file event. Size is in bytes, Width and Height in pixels; zero
// means unknown.
type File struct {
	Name        string
	URL         string
	ContentType string
	Size        int64
	Width       int
	Height      int
	Thumbnail   string
	Alt         string
}

// Form holds a form's questions, or a filled form's answers.
type Form struct {
	Type   string // prechat, postchat, ask_for_email, …
	Fields []FormField
}

// FormField is a question with its answers; Answers is empty where none was
// given.
type FormField struct {
	Type    string
	Label   string
	Options []string // what can be chosen, where something can
	Answers []string
}

// Rich is a rich message.
type Rich struct {
	Template string // cards, quick_replies, sticker
	Cards    []Card
}

// Card of a rich message.
type Card struct {
	Title    string
	Subtitle string
	Image    string
	ImageAlt string
	Buttons  []Button
}

// Button of a card. UserIDs are those who pressed it.
type Button struct {
	Type       string
	Text       string
	Value      string
	PostbackID string
	UserIDs    []string
}

// Thread is one conversation within a chat. Events are in the server's order.
type Thread struct {
	ID             string
	Active         bool
	CreatedAt      time.Time
	Events         []Event
	UserIDs        []string
	Groups         []int
	Tags           []string
	Queue          *Queue
	QueuesDuration time.Duration
	Previous       string
	Next           string
	Restricted     string // the reason why events are withheld
	Summary        string
	SummaryAt      time.Time // when the summary was made; zero where there is none
	SummaryFailed  bool      // it was asked for and could not be made
	Properties     Properties
}

// Rating is what a customer thought of a conversation.
type Rating int

// The ratings there are.
const (
	Unrated Rating = iota
	Good
	Bad
)

// Rating is the customer's verdict, as the namespace "rating" of the properties has
// it: its score is 1 or 0, in older threads its value is good or bad.
func (t *Thread) Rating() Rating {
	score := t.Properties["rating"]["score"]
	if score == "" {
		score = t.Properties["rating"]["value"]
	}
	switch score {
	case "1", "good":
		return Good
	case "0", "-1", "bad":
		return Bad
	}
	return Unrated
}

// Queue is a waiting chat's place, from 1.
type Queue struct {
	Position int
	Wait     time.Duration // the server's estimate
	Since    time.Time
}

// Chat is a conversation with one customer. Thread is the newest; its events
// are whole only where Loaded is true.
type Chat struct {
	ID              string
	Users           []Person
	Groups          []int
	Thread          Thread
	Loaded          bool
	Followed        bool
	Properties      Properties
	LastEvent       Event // newest spoken event; zero where there is none
	TransferredFrom string
}

// Customer returns the chat's customer, or a nameless one.
func (c *Chat) Customer() Person {
	for i := range c.Users {
		if !c.Users[i].Agent {
			return c.Users[i]
		}
	}
	return Person{}
}

// User finds a member by id, or nil.
func (c *Chat) User(id string) *Person {
	for i := range c.Users {
		if c.Users[i].ID == id {
			return &c.Users[i]
		}
	}
	return nil
}
