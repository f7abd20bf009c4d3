package store

import "agentdesk/protocol"

// License is the one customer account of the server's operator.
type License struct {
	ID             int64
	OrganizationID string
	Plan           string
	CreatedAt      protocol.Time
	ExpiresAt      protocol.Time // zero: never
}

// Expires is when the license ends; for one that does not, a moment a hundred
// years after its beginning, because the wire wants one.
func (l License) Expires() protocol.Time {
	if l.ExpiresAt != 0 {
		return l.ExpiresAt
	}
	return protocol.At(l.CreatedAt.Time().AddDate(100, 0, 0))
}

// Agent is a person who answers chats. Its ID is an e-mail address; AccountID,
// a UUID, is what Basic credentials name. MaxChats 0 means the server's default.
type Agent struct {
	ID            string
	AccountID     string
	Name          string
	Avatar        string
	JobTitle      string
	Role          string // owner, viceowner, administrator, normal
	Password      string // argon2id, encoded; empty: no sign-in by password
	MaxChats      int
	RoutingStatus string // the last one set
	Suspended     bool
	CreatedAt     protocol.Time
	Groups        map[int]string // priority by group
	DeletedAt     protocol.Time  // zero: not deleted
	Details       AgentDetails
}

// Group of agents.
type Group struct {
	ID       int    `json:"id"`
	Name     string `json:"name"`
	Language string `json:"language_code"`

	DeletedAt protocol.Time `json:"-"` // zero: not deleted
}

// Tag is a word threads can be marked with.
type Tag struct {
	Name      string        `json:"name"`
	GroupIDs  []int         `json:"group_ids"`
	CreatedAt protocol.Time `json:"created_at"`
	AuthorID  string        `json:"author_id"`
}

// Kinds of token.
const (
	TokenAgent    = "agent"    // OAuth access token of an agent, sent as Bearer
	TokenPersonal = "personal" // personal access token of an agent, sent as Basic
	TokenCustomer = "customer" // access token of a customer
	TokenBot      = "bot"      // access token of a bot, sent as Bearer
)

// Token is a credential as it is kept: by hash. ExpiresAt zero means never.
type Token struct {
	Hash      string
	Kind      string
	OwnerID   string
	ClientID  string
	Scopes    []string
	CreatedAt protocol.Time
	ExpiresAt protocol.Time
}

// Customer is a person who asks. Secret is the hash of the long-lived secret
// that gets a browser new tokens for the same customer.
type Customer struct {
	ID          string
	Name        string
	Email       string
	Secret      string
	BannedUntil protocol.Time
	CreatedAt   protocol.Time
	Details     CustomerDetails
}

// CustomerDetails is the part of a customer that no query selects by.
type CustomerDetails struct {
	Avatar        string               `json:"avatar,omitzero"`
	Phone         string               `json:"phone_number,omitzero"`
	EmailVerified bool                 `json:"email_verified,omitzero"`
	SessionFields []map[string]string  `json:"session_fields,omitempty"`
	Visit         *protocol.Visit      `json:"visit,omitzero"`
	Statistics    *protocol.Statistics `json:"statistics,omitzero"`
	AgentLast     protocol.Time        `json:"agent_last,omitzero"`
	CustomerLast  protocol.Time        `json:"customer_last,omitzero"`
	GroupIDs      []int                `json:"group_ids,omitempty"`
	Address       *protocol.Address    `json:"address,omitzero"`
	Followers     []string             `json:"followers,omitempty"` // agents
	Data          protocol.Properties  `json:"data,omitempty"`      // free room for other features

	Omnichannel *protocol.Omnichannel `json:"omnichannel,omitzero"`
}

// Member is a user of a chat.
type Member struct {
	UserID     string        `json:"id"`
	Type       string        `json:"type"`
	Present    bool          `json:"present"`
	Visibility string        `json:"visibility,omitzero"`
	SeenUpTo   protocol.Time `json:"seen,omitzero"`
}

// Chat is one customer's conversation with its newest thread.
type Chat struct {
	ID         string
	CustomerID string
	CreatedAt  protocol.Time
	SortAt     int64 // order of list_chats: seq of the newest thread
	Active     bool
	Access     []int
	Properties protocol.Properties
	Users      []Member
	Followers  []string
	LastEvents map[string]protocol.LastEvent
	Thread     *Thread // nil: no thread yet
}

// Thread is one conversation of a chat.
type Thread struct {
	Seq        int64
	ID         string
	ChatID     string
	CustomerID string
	Active     bool
	CreatedAt  protocol.Time
	ClosedAt   protocol.Time
	EventCount int
	PrevID     string
	NextID     string
	ThreadDetails
}

// ThreadDetails is the part of a thread that is kept as one document. What
// searches select by is copied into the search index: see ArchiveThread.
type ThreadDetails struct {
	UserIDs        []string            `json:"user_ids,omitempty"`
	AgentIDs       []string            `json:"agent_ids,omitempty"`
	Access         []int               `json:"access"`
	Properties     protocol.Properties `json:"properties,omitempty"`
	Tags           []string            `json:"tags,omitempty"`
	Sales          []string            `json:"sales,omitempty"` // of imported threads: no method sets them
	Goals          []string            `json:"goals,omitempty"`
	GroupID        int                 `json:"group_id"`
	QueuedAt       protocol.Time       `json:"queued_at,omitzero"`   // since when the customer of a queued thread waits
	EnqueuedAt     protocol.Time       `json:"enqueued_at,omitzero"` // when it came into the queue, the last time
	QueuesDuration int                 `json:"queues_duration,omitzero"`
	AssignedAt     protocol.Time       `json:"assigned_at,omitzero"`
	AgentLast      protocol.Time       `json:"agent_last,omitzero"`
	CustomerLast   protocol.Time       `json:"customer_last,omitzero"`
	Visit          *protocol.Visit     `json:"visit,omitzero"`

	Summary *protocol.ThreadSummary `json:"summary,omitzero"`
}

// File is an upload. Its bytes lie beside the database under its ID.
type File struct {
	ID          string
	Name        string
	ContentType string
	Size        int64
	Width       int
	Height      int
	OwnerID     string
	CreatedAt   protocol.Time
	Used        bool
}
