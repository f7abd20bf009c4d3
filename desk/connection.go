package desk

import (
	"strings"
	"time"
)

// State of the upstream connection.
type State string

// The states. Only online takes commands; refused and closed do not come back
// by themselves.
const (
	Connecting   State = "connecting"
	Online       State = "online"
	Reconnecting State = "reconnecting"
	Refused      State = "refused" // the server does not want us: Action says what helps
	Closed       State = "closed"  // signed out, or given up after the last tab
)

// Action is what the agent can do about a state.
type Action string

// The actions a connection bar offers.
const (
	ActNothing  Action = ""
	ActRetry    Action = "retry"    // try again now
	ActSignIn   Action = "sign_in"  // the token is no longer good
	ActTakeOver Action = "takeover" // another session took over; use it here instead
)

// Connection is the state of the upstream connection, with what to tell.
type Connection struct {
	State   State
	Since   time.Time
	Attempt int       // since the last time online
	RetryAt time.Time // when the next attempt starts; zero while it runs
	Reason  string    // the server's or our code: connection_evicted, dial, …
	Text    string    // a sentence for the agent; %s in it stands for Reason
	Action  Action
}

// Sentence is Text as a format, with what it needs.
func (c Connection) Sentence() (text string, args []any) {
	if strings.Contains(c.Text, "%s") {
		return c.Text, []any{c.Reason}
	}
	return c.Text, nil
}

// Outgoing is a message on its way. It leaves the board when its event arrives.
type Outgoing struct {
	CustomID   string
	ChatID     string
	Text       string
	AgentsOnly bool
	FileURL    string
	FileName   string
	At         time.Time
	State      SendState
	Reason     string // why it failed: an English sentence of the catalogue, translated where it is shown
}

// SendState of an Outgoing.
type SendState string

// A message is being sent (or its outcome is being looked up), or has failed
// and waits for the agent's decision.
const (
	Sending SendState = "sending"
	Failed  SendState = "failed"
)
