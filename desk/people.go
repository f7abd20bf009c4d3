package desk

import "time"

// RoutingStatus says whether an agent takes new chats.
type RoutingStatus string

// The routing statuses of the Agent Chat API.
const (
	Accepting    RoutingStatus = "accepting_chats"
	NotAccepting RoutingStatus = "not_accepting_chats"
	Offline      RoutingStatus = "offline"
)

// Me is the signed-in agent.
type Me struct {
	ID           string // as the server calls the agent: usually the e-mail address
	Name         string
	Email        string
	Avatar       string
	Status       RoutingStatus
	Permission   string // owner, viceowner, administrator, normal
	License      string
	Organization string
	Can          Can
	Preferences  Preferences
	Choices
}

// Administrator reports whether the agent may see and do more than a normal one.
func (m Me) Administrator() bool { return m.Permission != "" && m.Permission != "normal" }

// Team is what organizations are told apart by where the dashboard keeps something
// for all their agents; before 3.2 only licences are known.
func (m Me) Team() string {
	if m.Organization != "" {
		return m.Organization
	}
	return m.License
}

// Agent is a colleague.
type Agent struct {
	ID     string
	Name   string
	Avatar string
	Status RoutingStatus
	Groups []int
}

// Group of agents that chats are routed to.
type Group struct {
	ID   int
	Name string
}

// Person is a member of a chat: the customer, or an agent.
type Person struct {
	ID         string
	Agent      bool
	Name       string
	Email      string
	Avatar     string
	Present    bool // an agent takes part now; a customer is on the site
	SeenUpTo   time.Time
	AgentsOnly bool // an agent who watches and whom the customer does not see
	Customer   *Customer
}

// Customer is what is known of a customer beyond name and address.
type Customer struct {
	EmailVerified bool
	Phone         string // 3.6+
	CreatedAt     time.Time
	Visit         Visit
	Fields        []Field // session fields, in their order
	Chats         int
	Threads       int
	Visits        int
	PageViews     int
	Banned        bool
	BannedUntil   time.Time // zero: not known
	Groups        []int
	Online        bool
	Followed      bool   // the agent is told what this customer does
	State         string // what the chat server calls what she does: browsing, …; empty where it does not say
	Postal        Postal // 3.6+
}

// Postal is a customer's postal address, as far as it is known.
type Postal struct{ Street, Code, City, State, Country string }

// Field is one named value.
type Field struct{ Name, Value string }

// Visit is what a customer does on the site now, or did last.
type Visit struct {
	StartedAt time.Time
	EndedAt   time.Time
	Referrer  string
	IP        string
	UserAgent string
	Country   string
	Region    string
	City      string
	Timezone  string
	Pages     []Page // oldest first
}

// Page is one opened page.
type Page struct {
	At    time.Time
	URL   string
	Title string
}
