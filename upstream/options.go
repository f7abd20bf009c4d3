package upstream

import (
	"context"
	"log/slog"
	"net"
	"net/url"
	"time"

	"agentdesk/desk"
	"agentdesk/internal/backoff"
	"agentdesk/protocol/version"
)

// Options says which server to talk to and whom to tell. BaseURL, Outbox and
// Sink are required.
type Options struct {
	// BaseURL is the origin and base path of the server, http(s):
	// https://api.livechatinc.com, or http://127.0.0.1:8080/desk.
	BaseURL string
	// Version of the API to speak, "3.0" to "3.7"; empty gives "3.6".
	Version string
	// OrganizationID is sent when the socket is opened, from 3.2 on; empty leaves
	// it out.
	OrganizationID string
	// Application names this program at login; empty gives "agentdesk".
	Application string

	Outbox  Outbox
	Shelf   Shelf // nil keeps nothing
	Sink    Sink
	Metrics Metrics
	Timing  Timing
	Logger  *slog.Logger     // nil discards
	Now     func() time.Time // nil is time.Now

	// Dial opens the network connection; nil is net.Dialer and the proxy that
	// the environment names. Tests set it.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// Timing holds every figure of a connection's life. Zero values give the
// defaults named with each.
type Timing struct {
	Dial    time.Duration // 10 s: TCP, TLS and the websocket handshake
	Login   time.Duration // 10 s: until login is answered
	Request time.Duration // 15 s: until any request is answered, as at the server
	Write   time.Duration // 10 s: one frame
	Ping    time.Duration // 15 s: between pings; the server closes after about 30 s, at 3.0 after a minute
	Silence time.Duration // 10 s, at 3.0 45 s: after a ping, until the line counts as dead
	Stable  time.Duration // 30 s online, before the back-off starts anew
	Grace   time.Duration // 5 min after the last tab closed, until the session ends
	Echo    time.Duration // 5 s: from a send's answer until its own push
	Fresh   time.Duration // 2 min: a lost message is sent again by itself only until then
	Backoff backoff.Policy
}

func (t Timing) withDefaults(d dialect) Timing {
	silence := 10 * time.Second
	if d.Version < version.V31 {
		silence = 45 * time.Second // both sides may be silent for a minute (v3.0 "Ping")
	}
	for _, f := range []struct {
		value *time.Duration
		or    time.Duration
	}{
		{&t.Dial, 10 * time.Second}, {&t.Login, 10 * time.Second}, {&t.Request, 15 * time.Second},
		{&t.Write, 10 * time.Second}, {&t.Ping, 15 * time.Second}, {&t.Silence, silence},
		{&t.Stable, 30 * time.Second}, {&t.Grace, 5 * time.Minute}, {&t.Echo, 5 * time.Second},
		{&t.Fresh, 2 * time.Minute},
	} {
		if *f.value <= 0 {
			*f.value = f.or
		}
	}
	return t
}

// Outbox keeps messages from before they are written to a socket until their
// outcome is known, across restarts. Implementations are safe for concurrent
// use, and durable when a method returns.
type Outbox interface {
	// Put adds a message, or replaces the one with the same agent and custom id.
	Put(ctx context.Context, agentID string, m desk.Outgoing) error
	// Update changes state and reason. A message that is not there is no error.
	Update(ctx context.Context, agentID, customID string, state desk.SendState, reason string) error
	// Delete forgets a message. One that is not there is no error.
	Delete(ctx context.Context, agentID, customID string) error
	// Pending returns an agent's messages, oldest first.
	Pending(ctx context.Context, agentID string) ([]desk.Outgoing, error)
}

// Shelf keeps what agents set for themselves at the dashboard. Implementations
// are safe for concurrent use, and durable when a method returns.
type Shelf interface {
	// Preferences returns an agent's preferences, zero where none were kept.
	Preferences(ctx context.Context, agentID string) (desk.Preferences, error)
	// PutPreferences replaces an agent's preferences.
	PutPreferences(ctx context.Context, agentID string, p desk.Preferences) error
	// Drafts returns what an agent has begun to write since a moment, and forgets
	// what is older.
	Drafts(ctx context.Context, agentID string, since time.Time) ([]desk.Draft, error)
	// PutDraft replaces a chat's draft; one without text is forgotten.
	PutDraft(ctx context.Context, agentID string, d desk.Draft) error
	// Marks returns the chats that an agent has marked as unread since a moment,
	// and forgets what is older.
	Marks(ctx context.Context, agentID string, since time.Time) ([]desk.UnreadMark, error)
	// PutMark replaces a chat's mark.
	PutMark(ctx context.Context, agentID string, m desk.UnreadMark) error
	// DeleteMark forgets a chat's mark. One that is not there is no error.
	DeleteMark(ctx context.Context, agentID, chatID string) error
}

// Sink is told what happens. Both methods run while the session's board is
// theirs alone, Changed mostly on the goroutine that reads the socket: they must
// not block and must not call the session.
type Sink interface {
	// Changed tells what changed on an agent's board. The board and the changes
	// may be read until Changed returns.
	Changed(agentID string, b *desk.Board, changes []desk.Change)
	// Ended tells that a session is over for good, and why.
	Ended(agentID string, c desk.Connection)
}

// Metrics are the counters that answer whether all is well. Any may be nil.
// They are called from many goroutines.
type Metrics struct {
	// State moves a session from one state to another; from is empty at its
	// start, to at its end.
	State func(from, to desk.State)
	// Reconnect counts ended connections by reason.
	Reconnect func(reason string)
	// UnknownPush counts pushes whose action means nothing to us.
	UnknownPush func(action string)
	// BadFrame counts frames and payloads that could not be read.
	BadFrame func()
	// Pending adds to the number of requests that wait for an answer.
	Pending func(delta int)
}

func (m Metrics) withDefaults() Metrics {
	if m.State == nil {
		m.State = func(desk.State, desk.State) {}
	}
	if m.Reconnect == nil {
		m.Reconnect = func(string) {}
	}
	if m.UnknownPush == nil {
		m.UnknownPush = func(string) {}
	}
	if m.BadFrame == nil {
		m.BadFrame = func() {}
	}
	if m.Pending == nil {
		m.Pending = func(int) {}
	}
	return m
}

// addresses are where one server's parts are.
type addresses struct {
	socket    string // RTM
	agent     string // Web methods of the Agent Chat API, with a slash at the end
	configure string // Web methods of the Configuration API
	token     string
}

func (o Options) addresses(d dialect) (addresses, error) {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return addresses{}, desk.Fail(desk.Invalid, "The upstream address must be an http or https URL such as https://api.livechatinc.com.")
	}
	at := func(path string) string { return u.JoinPath(path).String() }
	ws := *u
	ws.Scheme = map[string]string{"http": "ws", "https": "wss"}[u.Scheme]
	v := "v" + d.String()
	ws = *ws.JoinPath(v, "agent", "rtm", "ws")
	if o.OrganizationID != "" && d.Version >= version.V32 {
		ws.RawQuery = url.Values{"organization_id": {o.OrganizationID}}.Encode()
	}
	return addresses{
		socket: ws.String(), agent: at(v + "/agent/action/"), token: at("v2/token"),
		configure: at(v + "/configuration/action/"),
	}, nil
}
