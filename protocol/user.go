package protocol

import "github.com/go-json-experiment/json/jsontext"

// User types.
const (
	UserAgent    = "agent"
	UserCustomer = "customer"
)

// Routing statuses. Offline is seen in pushes and for bots; agents set the
// other two.
const (
	StatusAccepting    = "accepting_chats"
	StatusNotAccepting = "not_accepting_chats"
	StatusOffline      = "offline"
)

// Statuses of a group as customers are told them (customer guide, section 11).
const (
	GroupOnline         = "online"
	GroupOffline        = "offline"
	GroupOnlineForQueue = "online_for_queue"
)

// User is an agent or a customer, as a member of a chat or on its own (v3.6
// "Users"). Type says which; the customer part is empty for agents.
type User struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Name       string `json:"name,omitzero"`
	Email      string `json:"email,omitzero"`
	Avatar     string `json:"avatar,omitzero"`
	Present    bool   `json:"present"`
	SeenUpTo   Time   `json:"events_seen_up_to,omitzero"`
	Visibility string `json:"visibility,omitzero"` // agents in a chat: all or agents
	JobTitle   string `json:"job_title,omitzero"`  // agents

	EmailVerified bool                `json:"email_verified,omitzero"` // customers from here on
	CreatedAt     Time                `json:"created_at,omitzero"`
	Visit         *Visit              `json:"visit,omitzero"`
	SessionFields []map[string]string `json:"session_fields,omitempty"`
	Statistics    *Statistics         `json:"statistics,omitzero"`
	AgentLast     Time                `json:"agent_last_event_created_at,omitzero"`
	CustomerLast  Time                `json:"customer_last_event_created_at,omitzero"`
	Followed      bool                `json:"followed,omitzero"`
	Online        bool                `json:"online,omitzero"`
	GroupIDs      []int               `json:"group_ids,omitempty"`
	State         string              `json:"state,omitzero"`
	Banned        bool                `json:"banned,omitzero"`
	PhoneNumber   string              `json:"phone_number,omitzero"`
	Address       *Address            `json:"address,omitzero"`
	Omnichannel   jsontext.Value      `json:"omnichannel,omitzero"` // see Accounts; others spell it otherwise
	Extra         jsontext.Value      `json:",embed"`
}

// MyProfile is the signed-in agent (v3.6 "My profile").
type MyProfile struct {
	ID            string         `json:"id"`
	Type          string         `json:"type"`
	Name          string         `json:"name"`
	Email         string         `json:"email,omitzero"`
	Avatar        string         `json:"avatar,omitzero"`
	Present       bool           `json:"present"`
	SeenUpTo      Time           `json:"events_seen_up_to,omitzero"`
	RoutingStatus string         `json:"routing_status,omitzero"`
	Permission    string         `json:"permission,omitzero"` // owner, viceowner, administrator, normal
	Extra         jsontext.Value `json:",embed"`
}

// Visit is what a customer does on the site now, or did last.
type Visit struct {
	StartedAt   Time           `json:"started_at,omitzero"`
	EndedAt     Time           `json:"ended_at,omitzero"`
	Referrer    string         `json:"referrer,omitzero"`
	IP          string         `json:"ip,omitzero"`
	UserAgent   string         `json:"user_agent,omitzero"`
	Geolocation *Geolocation   `json:"geolocation,omitzero"`
	LastPages   []Page         `json:"last_pages,omitempty"`
	Extra       jsontext.Value `json:",embed"`
}

// Geolocation of a visit.
type Geolocation struct {
	Country     string         `json:"country,omitzero"`
	CountryCode string         `json:"country_code,omitzero"`
	Region      string         `json:"region,omitzero"`
	City        string         `json:"city,omitzero"`
	Timezone    string         `json:"timezone,omitzero"`
	Extra       jsontext.Value `json:",embed"`
}

// Page is one page a customer opened.
type Page struct {
	OpenedAt Time           `json:"opened_at,omitzero"`
	URL      string         `json:"url"`
	Title    string         `json:"title,omitzero"`
	Extra    jsontext.Value `json:",embed"`
}

// Statistics count what a customer has done.
type Statistics struct {
	Chats     int            `json:"chats_count"`
	Threads   int            `json:"threads_count"`
	Visits    int            `json:"visits_count"`
	PageViews int            `json:"page_views_count"`
	Greetings int            `json:"greetings_shown_count"`
	Accepted  int            `json:"greetings_accepted_count"`
	Extra     jsontext.Value `json:",embed"`
}
